// SPDX-License-Identifier: GPL-2.0-only
/* store_profile: writing one measurement's profile: its functions' names once, its counts as a blob. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "results/profile_blob.h"
#include "results/store_profile.h"

static int function_id(sqlite3_stmt *find, sqlite3_stmt *add, sqlite3 *db, const char *name,
		       uint64_t *id, struct fault *fault)
{
	int err;

	db_bind(find, 1, name);
	err = db_step(find, fault);
	if (err == 1)
		*id = (uint64_t)sqlite3_column_int64(find, 0);
	sqlite3_reset(find);
	if (err)
		return err < 0 ? err : 0;
	db_bind(add, 1, name);
	err = db_finish(add, fault);
	*id = (uint64_t)sqlite3_last_insert_rowid(db);
	return err;
}

static int column_order(const void *a, const void *b)
{
	const struct profile_column *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static int columns_fill(sqlite3 *db, const struct profile_record *record,
			struct profile_column *columns, struct fault *fault)
{
	sqlite3_stmt *find = NULL, *add = NULL;
	int err = db_prepare(db, "SELECT id FROM function WHERE name = ?1", &find, fault);

	if (!err)
		err = db_prepare(db, "INSERT INTO function (name) VALUES (?1)", &add, fault);
	for (size_t i = 0; !err && i < record->count; i++) {
		const struct function_record *function = &record->functions[i];

		if (!function->name || !function->values)
			err = fault_set(fault, -EINVAL, "a function without name or values");
		else
			err = function_id(find, add, db, function->name, &columns[i].id, fault);
		columns[i].values = function->values;
	}
	sqlite3_finalize(find);
	sqlite3_finalize(add);
	return err;
}

static int blob_save(sqlite3 *db, int64_t measurement, const struct text *blob, struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	int err = db_prepare(db, "INSERT INTO profile (measurement, data) VALUES (?1, ?2)", &stmt,
			     fault);

	if (!err) {
		sqlite3_bind_int64(stmt, 1, measurement);
		sqlite3_bind_blob64(stmt, 2, blob->data, blob->len, SQLITE_STATIC);
		err = db_finish(stmt, fault);
	}
	sqlite3_finalize(stmt);
	return err;
}

int store_profile(sqlite3 *db, int64_t measurement, const struct profile_record *record,
		  uint32_t samples, struct fault *fault)
{
	const size_t count = record->count;
	struct profile_column *columns;
	struct text blob = { 0 };
	int err;

	if (!count || !samples)
		return 0;
	columns = calloc(count, sizeof(*columns));
	if (!columns)
		return fault_set(fault, -ENOMEM, "no memory for a profile");
	err = columns_fill(db, record, columns, fault);
	if (!err) {
		qsort(columns, count, sizeof(*columns), column_order);
		err = profile_blob_encode(columns, count, samples, &blob);
		if (err)
			fault_set(fault, err, "a profile of %zu functions: %s", count,
				  err == -EINVAL ? "one of them twice" : strerror(-err));
	}
	if (!err)
		err = blob_save(db, measurement, &blob, fault);
	text_free(&blob);
	free(columns);
	return err;
}
