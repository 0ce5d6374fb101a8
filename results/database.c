// SPDX-License-Identifier: GPL-2.0-only
/* database: the few ways in which this room talks to SQLite. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "results/database.h"

int db_error(sqlite3 *db, struct fault *fault)
{
	static const struct {
		int code, err;
	} map[] = {
		{ SQLITE_BUSY, -EBUSY },
		{ SQLITE_LOCKED, -EBUSY },
		{ SQLITE_FULL, -ENOSPC },
		{ SQLITE_NOTADB, -EBADMSG },
		{ SQLITE_CORRUPT, -EBADMSG },
		{ SQLITE_READONLY, -EROFS },
		{ SQLITE_NOMEM, -ENOMEM },
		{ SQLITE_CONSTRAINT, -EINVAL },
		{ SQLITE_PERM, -EACCES },
		{ SQLITE_MISMATCH, -EINVAL },
		{ SQLITE_TOOBIG, -EFBIG },
		/* A statement that does not fit the tables: they are not what the version says. */
		{ SQLITE_ERROR, -EBADMSG },
	};
	int code = sqlite3_errcode(db) & 0xff;
	int err = -EIO;

	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (map[i].code == code)
			err = map[i].err;
	if (code == SQLITE_CANTOPEN && sqlite3_system_errno(db) > 0)
		return fault_set(fault, -sqlite3_system_errno(db), "%s",
				 strerror(sqlite3_system_errno(db)));
	return fault_set(fault, err, "%s", sqlite3_errmsg(db));
}

int db_run(sqlite3 *db, const char *sql, struct fault *fault)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : db_error(db, fault);
}

int db_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **stmt, struct fault *fault)
{
	*stmt = NULL;
	return sqlite3_prepare_v2(db, sql, -1, stmt, NULL) == SQLITE_OK ? 0 : db_error(db, fault);
}

int db_step(sqlite3_stmt *stmt, struct fault *fault)
{
	switch (sqlite3_step(stmt)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		return db_error(sqlite3_db_handle(stmt), fault);
	}
}

int db_finish(sqlite3_stmt *stmt, struct fault *fault)
{
	int err;

	do
		err = db_step(stmt, fault);
	while (err == 1);
	sqlite3_reset(stmt);
	return err;
}

void db_bind(sqlite3_stmt *stmt, int index, const char *string)
{
	sqlite3_bind_text(stmt, index, string, -1, SQLITE_STATIC);
}

const char *db_text(sqlite3_stmt *stmt, int column)
{
	const unsigned char *string = sqlite3_column_text(stmt, column);

	return string ? (const char *)string : "";
}

int db_copy(sqlite3_stmt *stmt, int column, char **out)
{
	*out = strdup(db_text(stmt, column));
	return *out ? 0 : -ENOMEM;
}

int db_snapshot(sqlite3 *db, bool *mine, struct fault *fault)
{
	*mine = false;
	if (!sqlite3_get_autocommit(db))
		return 0;
	int err = db_run(db, "BEGIN", fault);

	*mine = !err;
	return err;
}

void db_snapshot_end(sqlite3 *db, bool mine)
{
	if (mine)
		db_run(db, "ROLLBACK", NULL);
}

int db_begin(sqlite3 *db, bool *mine, struct fault *fault)
{
	int err;

	*mine = false;
	if (!sqlite3_get_autocommit(db))
		return 0;
	err = db_run(db, "BEGIN IMMEDIATE", fault);
	*mine = !err;
	return err;
}

int db_end(sqlite3 *db, bool mine, int err, struct fault *fault)
{
	if (!mine)
		return err;
	if (!err)
		err = db_run(db, "COMMIT", fault);
	if (err)
		db_run(db, "ROLLBACK", NULL);
	return err;
}
