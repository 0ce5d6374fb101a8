// SPDX-License-Identifier: GPL-2.0-only
/*
 * store: opening the database, and what is known of a run: its kernel, its provenance, its end.
 * (A trial's measurements: store_trial.c.)
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/text.h"
#include "results/database.h"
#include "results/owner.h"
#include "results/schema.h"
#include "results/store.h"

enum {
	BUSY_MS = 60000,
	HEADER_BYTES = 100, /* https://www.sqlite.org/fileformat.html, 1.3 */
	HEADER_APPLICATION = 68,
};

/*
 * Looks at the file before SQLite does anything with it, for even reading a database can change it
 * (it replays another program's journal). The file is read through SQLite's own handle: closing one
 * of ours would drop the locks that this process has on it.
 */
static int file_check(sqlite3 *db, enum store_mode mode, struct fault *fault)
{
	uint8_t header[HEADER_BYTES] = { 0 };
	sqlite3_file *file = NULL;
	sqlite3_int64 size = 0;
	uint32_t application;
	int code;

	if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
	    !file || !file->pMethods)
		return fault_set(fault, -EIO, "it can't be read");
	if (file->pMethods->xFileSize(file, &size) != SQLITE_OK)
		return fault_set(fault, -EIO, "its size can't be read");
	if (!size && mode == STORE_WRITE)
		return 0;
	if (!size)
		return fault_set(fault, -ENOENT, "it is empty: nothing was stored yet");
	/* A short file leaves zeros behind it. */
	code = file->pMethods->xRead(file, header, sizeof(header), 0);
	if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
		return fault_set(fault, -EIO, "it can't be read");
	if (memcmp(header, "SQLite format 3", 16))
		return fault_set(fault, -EBADMSG, "not a SQLite database");
	application = (uint32_t)header[HEADER_APPLICATION] << 24 |
		      (uint32_t)header[HEADER_APPLICATION + 1] << 16 |
		      (uint32_t)header[HEADER_APPLICATION + 2] << 8 |
		      (uint32_t)header[HEADER_APPLICATION + 3];
	if (application != SCHEMA_APPLICATION)
		return fault_set(fault, -EBADMSG, "a SQLite database of another program");
	return 0;
}

static int settings_apply(sqlite3 *db, struct fault *fault)
{
	sqlite3_busy_timeout(db, BUSY_MS);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	return db_run(db, "PRAGMA cell_size_check=ON", fault);
}

/* Two processes that switch a new database to WAL at once: one may be told "busy" without a wait. */
static int journal_set(sqlite3 *db, struct fault *fault)
{
	int err;

	for (int waited = 0;; waited += 20) {
		err = db_run(db, "PRAGMA journal_mode=WAL", fault);
		if (err != -EBUSY || waited >= BUSY_MS)
			return err;
		sqlite3_sleep(20);
	}
}

/*
 * The application id is committed with the tables before the journal's mode changes: from the first
 * byte that a killed writer leaves behind, the file says that it is ours.
 */
static int write_prepare(sqlite3 *db, struct fault *fault)
{
	int err;

	err = schema_apply(db, schema_steps, schema_step_count, fault);
	if (!err)
		err = journal_set(db, fault);
	if (!err)
		err = db_run(db, "PRAGMA foreign_keys=ON", fault);
	return err;
}

static int read_prepare(sqlite3 *db, struct fault *fault)
{
	int version = schema_version(db, fault);

	if (version < 0)
		return version;
	if (!version)
		return fault_set(fault, -ENOENT, "nothing was stored in it yet");
	if ((size_t)version > schema_step_count)
		return fault_set(fault, -EPROTO,
				 "its schema is version %d, newer than this program's (%zu)",
				 version, schema_step_count);
	if ((size_t)version < schema_step_count)
		return fault_set(fault, -EPROTO,
				 "its schema is version %d, older than this program's (%zu): "
				 "the next run into it brings it up to date",
				 version, schema_step_count);
	return 0;
}

/* A relative path gets a "./", for SQLite takes ":memory:" and "file:…" as something else. */
static char *path_plain(const char *path)
{
	size_t room = strlen(path) + 3;
	char *plain = malloc(room);

	if (plain)
		snprintf(plain, room, "%s%s", path[0] == '/' ? "" : "./", path);
	return plain;
}

/* Opens the file and looks at it, no more; on an error the caller closes *db all the same. */
static int database_open(const char *plain, enum store_mode mode, int flags, sqlite3 **db,
			 struct fault *fault)
{
	int err;

	flags |= mode == STORE_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
				     : SQLITE_OPEN_READONLY;
	if (sqlite3_open_v2(plain, db, flags, NULL) != SQLITE_OK)
		return *db ? db_error(*db, fault) : fault_set(fault, -ENOMEM, "out of memory");
	err = file_check(*db, mode, fault);
	return err ? err : settings_apply(*db, fault);
}

/*
 * In a directory where nothing can be written (another user's, a read-only medium) SQLite can't make
 * the files that readers and writers share. Where no writer has it open (there is no log beside it)
 * the file is all there is, and can be read as it stands.
 */
static int database_open_still(const char *plain, sqlite3 **db, struct fault *fault)
{
	struct text name = { 0 };
	struct stat log;
	int err;

	text_addf(&name, "%s-wal", plain);
	if (name.failed || !stat(text_get(&name), &log)) {
		text_free(&name);
		return -EROFS;
	}
	text_clear(&name);
	text_add(&name, "file:");
	for (const char *at = plain; *at; at++)
		text_addf(&name, strchr("%?#", *at) ? "%%%02x" : "%c", (unsigned char)*at);
	text_add(&name, "?immutable=1");
	sqlite3_close(*db);
	*db = NULL;
	err = name.failed ? -ENOMEM
			  : database_open(text_get(&name), STORE_READ, SQLITE_OPEN_URI, db, fault);
	text_free(&name);
	return err ? err : read_prepare(*db, fault);
}

int store_open(const char *path, enum store_mode mode, struct store **store, struct fault *fault)
{
	struct store *made = NULL;
	char *plain = NULL;
	int err;

	*store = NULL;
	if (!path[0])
		return fault_set(fault, -EINVAL, "the database's path is empty");
	made = calloc(1, sizeof(*made));
	plain = path_plain(path);
	if (!made || !plain) {
		err = fault_set(fault, -ENOMEM, "out of memory");
		goto out;
	}
	made->mode = mode;
	err = database_open(plain, mode, 0, &made->db, fault);
	if (!err)
		err = mode == STORE_WRITE ? write_prepare(made->db, fault)
					  : read_prepare(made->db, fault);
	if (err == -EROFS && mode == STORE_READ)
		err = database_open_still(plain, &made->db, fault);
	if (!err) {
		*store = made;
		made = NULL;
		/* What was met and got over on the way is no fault. */
		if (fault)
			fault->text[0] = '\0';
	}
out:
	if (err)
		fault_wrap(fault, err, "%s", path);
	store_close(made);
	free(plain);
	return err;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	sqlite3_close(store->db);
	free(store);
}

int store_kernel_put(struct store *store, const struct kernel_record *kernel, int64_t *kernel_id,
		     struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	int err;

	/* The last name given to an image is the one that people know; a known config stays known. */
	err = db_prepare(
		store->db,
		"INSERT INTO kernel (sha256, name, release, version, origin, config_sha256)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (sha256) DO UPDATE SET"
		" name = excluded.name, release = excluded.release,"
		" version = excluded.version, origin = excluded.origin, config_sha256 ="
		" iif(excluded.config_sha256 = '', config_sha256, excluded.config_sha256)"
		" RETURNING id",
		&stmt, fault);
	if (err)
		return err;
	db_bind(stmt, 1, kernel->sha256);
	db_bind(stmt, 2, kernel->name);
	db_bind(stmt, 3, kernel->release);
	db_bind(stmt, 4, kernel->version);
	db_bind(stmt, 5, kernel->origin);
	db_bind(stmt, 6, kernel->config_sha256);
	err = db_step(stmt, fault);
	if (err == 1) {
		*kernel_id = sqlite3_column_int64(stmt, 0);
		err = db_finish(stmt, fault);
	}
	sqlite3_finalize(stmt);
	return err;
}

static int64_t time_now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int store_run_begin(struct store *store, const struct run_record *run, int64_t *run_id,
		    struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	struct owner self;
	int err;

	err = owner_self(&self, fault);
	if (err)
		return err;
	err = db_prepare(store->db,
			 "INSERT INTO run (kernel, suite, suite_sha256, instrument, machine,"
			 " command, trials_planned, status, started_us, pid, pid_started, boot_id,"
			 " kernel_traits)"
			 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'running', ?8, ?9, ?10, ?11, ?12)",
			 &stmt, fault);
	if (err)
		return err;
	sqlite3_bind_int64(stmt, 1, run->kernel_id);
	db_bind(stmt, 2, run->suite);
	db_bind(stmt, 3, run->suite_sha256);
	db_bind(stmt, 4, run->instrument);
	db_bind(stmt, 5, run->machine);
	db_bind(stmt, 6, run->command);
	sqlite3_bind_int64(stmt, 7, run->trials_planned);
	sqlite3_bind_int64(stmt, 8, time_now_us());
	sqlite3_bind_int64(stmt, 9, self.pid);
	sqlite3_bind_int64(stmt, 10, self.started);
	db_bind(stmt, 11, self.boot_id);
	db_bind(stmt, 12, run->kernel_traits ? run->kernel_traits : "");
	err = db_finish(stmt, fault);
	if (!err)
		*run_id = sqlite3_last_insert_rowid(store->db);
	sqlite3_finalize(stmt);
	return err;
}

int store_run_note(struct store *store, int64_t run_id, const char *key, const char *value,
		   struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	int err;

	err = db_prepare(store->db,
			 "INSERT INTO provenance (run, key, value) VALUES (?1, ?2, ?3)"
			 " ON CONFLICT (run, key) DO UPDATE SET value = excluded.value",
			 &stmt, fault);
	if (err)
		return err;
	sqlite3_bind_int64(stmt, 1, run_id);
	db_bind(stmt, 2, key);
	db_bind(stmt, 3, value);
	err = db_finish(stmt, fault);
	sqlite3_finalize(stmt);
	return err;
}

int store_run_more(struct store *store, int64_t run_id, int64_t trials, struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	int err = db_prepare(store->db,
			     "UPDATE run SET trials_planned = trials_planned + ?2 WHERE id = ?1",
			     &stmt, fault);

	if (err)
		return err;
	sqlite3_bind_int64(stmt, 1, run_id);
	sqlite3_bind_int64(stmt, 2, trials);
	err = db_finish(stmt, fault);
	sqlite3_finalize(stmt);
	return err;
}

int store_run_end(struct store *store, int64_t run_id, const char *status, const char *reason,
		  struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	int err;

	if (!strcmp(status, "running"))
		return fault_set(fault, -EINVAL, "a run can't end as \"running\"");
	/* "interrupted" is not the last word: recovery may have judged a run that lives after all. */
	err = db_prepare(store->db,
			 "UPDATE run SET status = ?2, reason = ?3, ended_us = ?4"
			 " WHERE id = ?1 AND status IN ('running', 'interrupted')",
			 &stmt, fault);
	if (err)
		return err;
	sqlite3_bind_int64(stmt, 1, run_id);
	db_bind(stmt, 2, status);
	db_bind(stmt, 3, reason ? reason : "");
	sqlite3_bind_int64(stmt, 4, time_now_us());
	err = db_finish(stmt, fault);
	if (!err && !sqlite3_changes(store->db))
		err = fault_set(fault, -ENOENT, "no run %" PRId64 " is running", run_id);
	sqlite3_finalize(stmt);
	return err;
}

/* Inside a transaction: nobody ends a run between the look and the verdict. */
static int runs_interrupt(sqlite3 *db, const struct owner *self, int64_t *count,
			  struct fault *fault)
{
	sqlite3_stmt *list = NULL, *mark = NULL;
	int err;

	err = db_prepare(db,
			 "SELECT id, pid, pid_started, boot_id FROM run WHERE status = 'running'",
			 &list, fault);
	if (!err)
		err = db_prepare(db,
				 "UPDATE run SET status = 'interrupted', ended_us = ?2,"
				 " reason = 'the runner is gone' WHERE id = ?1",
				 &mark, fault);
	while (!err && (err = db_step(list, fault)) == 1) {
		struct owner owner = { .pid = sqlite3_column_int64(list, 1),
				       .started = sqlite3_column_int64(list, 2) };

		err = 0;
		snprintf(owner.boot_id, sizeof(owner.boot_id), "%s", db_text(list, 3));
		if (owner_alive(&owner, self))
			continue;
		sqlite3_bind_int64(mark, 1, sqlite3_column_int64(list, 0));
		sqlite3_bind_int64(mark, 2, time_now_us());
		err = db_finish(mark, fault);
		++*count;
	}
	sqlite3_finalize(list);
	sqlite3_finalize(mark);
	return err;
}

int store_runs_recover(struct store *store, int64_t *count, struct fault *fault)
{
	struct owner self;
	int err;

	*count = 0;
	err = owner_self(&self, fault);
	if (!err)
		err = db_run(store->db, "BEGIN IMMEDIATE", fault);
	if (err)
		return err;
	err = runs_interrupt(store->db, &self, count, fault);
	if (!err)
		err = db_run(store->db, "COMMIT", fault);
	if (err) {
		db_run(store->db, "ROLLBACK", NULL);
		*count = 0;
	}
	return err;
}
