// SPDX-License-Identifier: GPL-2.0-only
/* store_trial: writing one trial, with all that it measured, in one transaction. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "results/blob.h"
#include "results/database.h"
#include "results/store.h"
#include "results/store_profile.h"

/* The statements of one transaction, in the order of statement_sql. */
enum statement {
	ADD_TRIAL,
	ADD_CELL,
	FIND_CELL,
	ADD_METRIC,
	FIND_METRIC,
	ADD_MEASUREMENT,
	ADD_SERIES,
	ADD_REJECT,
	ADD_SPLAT,
	STATEMENTS,
};

static const char *const statement_sql[STATEMENTS] = {
	[ADD_TRIAL] = "INSERT INTO trial (run, sequence, status, reason, console, started_us,"
		      " ended_us, ending, splats, head)"
		      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
	[ADD_CELL] = "INSERT INTO cell (key) VALUES (?1)",
	[FIND_CELL] = "SELECT id FROM cell WHERE key = ?1",
	[ADD_METRIC] = "INSERT INTO metric (name, unit) VALUES (?1, ?2)",
	[FIND_METRIC] = "SELECT id FROM metric WHERE name = ?1 AND unit = ?2",
	[ADD_MEASUREMENT] = "INSERT INTO measurement (trial, position, cell, status, reason,"
			    " expected, samples) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[ADD_SERIES] = "INSERT INTO series (measurement, metric, position, unsupported, data)"
		       " VALUES (?1, ?2, ?3, ?4, ?5)",
	/* The first reason that a sample is given is the one that is kept. */
	[ADD_REJECT] = "INSERT INTO reject (measurement, sample, reason) VALUES (?1, ?2, ?3)"
		       " ON CONFLICT (measurement, sample) DO NOTHING",
	[ADD_SPLAT] = "INSERT INTO splat (trial, position, kind, headline, count)"
		      " VALUES (?1, ?2, ?3, ?4, ?5)",
};

struct writer {
	sqlite3 *db;
	sqlite3_stmt *stmts[STATEMENTS];
	struct text blob;
	struct fault *fault;
};

/* What is not ok must say why; a caller that did not must not cost us the trial. */
static const char *reason_of(const char *status, const char *reason)
{
	if (reason && reason[0])
		return reason;
	return strcmp(status, "ok") ? "no reason was given" : "";
}

static int row_add(struct writer *writer, enum statement which, int64_t *id)
{
	int err = db_finish(writer->stmts[which], writer->fault);

	if (!err)
		*id = sqlite3_last_insert_rowid(writer->db);
	return err;
}

/* The id of the row that has this name (and unit), which is made where it is missing. */
static int name_id(struct writer *writer, enum statement find, enum statement add, const char *name,
		   const char *unit, int64_t *id)
{
	sqlite3_stmt *stmt = writer->stmts[find];
	int err;

	db_bind(stmt, 1, name);
	if (unit)
		db_bind(stmt, 2, unit);
	err = db_step(stmt, writer->fault);
	if (err == 1)
		*id = sqlite3_column_int64(stmt, 0);
	sqlite3_reset(stmt);
	if (err)
		return err < 0 ? err : 0;
	db_bind(writer->stmts[add], 1, name);
	if (unit)
		db_bind(writer->stmts[add], 2, unit);
	return row_add(writer, add, id);
}

static int series_save(struct writer *writer, int64_t measurement, size_t position,
		       const struct series_record *series, uint32_t samples)
{
	sqlite3_stmt *stmt = writer->stmts[ADD_SERIES];
	int64_t metric = 0;
	int err;

	if (!series->metric || !series->unit ||
	    (!series->unsupported && !series->values && samples))
		return fault_set(writer->fault, -EINVAL, "a series without name, unit or values");
	err = name_id(writer, FIND_METRIC, ADD_METRIC, series->metric, series->unit, &metric);
	if (err)
		return err;
	sqlite3_bind_int64(stmt, 1, measurement);
	sqlite3_bind_int64(stmt, 2, metric);
	sqlite3_bind_int64(stmt, 3, (int64_t)position);
	sqlite3_bind_null(stmt, 4);
	sqlite3_bind_null(stmt, 5);
	if (series->unsupported) {
		db_bind(stmt, 4, reason_of("unsupported", series->unsupported));
		return db_finish(stmt, writer->fault);
	}
	text_clear(&writer->blob);
	err = blob_encode(series->values, samples, &writer->blob);
	if (err)
		return fault_set(writer->fault, err, "%u values of %s: %s", samples, series->metric,
				 strerror(-err));
	sqlite3_bind_blob64(stmt, 5, writer->blob.data, writer->blob.len, SQLITE_STATIC);
	return db_finish(stmt, writer->fault);
}

static int reject_save(struct writer *writer, int64_t measurement,
		       const struct reject_record *reject, uint32_t samples)
{
	sqlite3_stmt *stmt = writer->stmts[ADD_REJECT];

	if (reject->sample >= samples)
		return fault_set(writer->fault, -EINVAL,
				 "sample %u is called invalid, but there are %u", reject->sample,
				 samples);
	sqlite3_bind_int64(stmt, 1, measurement);
	sqlite3_bind_int64(stmt, 2, reject->sample);
	db_bind(stmt, 3, reason_of("invalid", reject->reason));
	return db_finish(stmt, writer->fault);
}

static int measurement_save(struct writer *writer, int64_t trial, size_t position,
			    const struct measurement_record *record,
			    const struct profile_record *profile)
{
	sqlite3_stmt *stmt = writer->stmts[ADD_MEASUREMENT];
	int64_t cell = 0, id = 0;
	int err;

	if (!record->cell || !record->status)
		return fault_set(writer->fault, -EINVAL, "a measurement without cell or status");
	err = name_id(writer, FIND_CELL, ADD_CELL, record->cell, NULL, &cell);
	if (err)
		return err;
	sqlite3_bind_int64(stmt, 1, trial);
	sqlite3_bind_int64(stmt, 2, (int64_t)position);
	sqlite3_bind_int64(stmt, 3, cell);
	db_bind(stmt, 4, record->status);
	db_bind(stmt, 5, reason_of(record->status, record->reason));
	db_bind(stmt, 6, record->expected ? record->expected : "");
	sqlite3_bind_int64(stmt, 7, record->samples);
	err = row_add(writer, ADD_MEASUREMENT, &id);
	for (size_t i = 0; !err && i < record->series_count; i++)
		err = series_save(writer, id, i, &record->series[i], record->samples);
	for (size_t i = 0; !err && i < record->reject_count; i++)
		err = reject_save(writer, id, &record->rejects[i], record->samples);
	if (!err && profile)
		err = store_profile(writer->db, id, profile, record->samples, writer->fault);
	return err ? fault_wrap(writer->fault, err, "%s", record->cell) : 0;
}

static int splat_save(struct writer *writer, int64_t trial, size_t position,
		      const struct splat_record *splat)
{
	sqlite3_stmt *stmt = writer->stmts[ADD_SPLAT];

	if (!splat->kind || !splat->headline)
		return fault_set(writer->fault, -EINVAL, "a splat without kind or headline");
	sqlite3_bind_int64(stmt, 1, trial);
	sqlite3_bind_int64(stmt, 2, (int64_t)position);
	db_bind(stmt, 3, splat->kind);
	db_bind(stmt, 4, splat->headline);
	sqlite3_bind_int64(stmt, 5, splat->count);
	return db_finish(stmt, writer->fault);
}

static int trial_write(struct writer *writer, int64_t run_id, const struct trial_record *trial)
{
	sqlite3_stmt *stmt = writer->stmts[ADD_TRIAL];
	int64_t id = 0;
	int err;

	sqlite3_bind_int64(stmt, 1, run_id);
	sqlite3_bind_int64(stmt, 2, trial->sequence);
	db_bind(stmt, 3, trial->status);
	db_bind(stmt, 4, reason_of(trial->status, trial->reason));
	db_bind(stmt, 5, trial->console ? trial->console : "");
	sqlite3_bind_int64(stmt, 6, trial->started_us);
	sqlite3_bind_int64(stmt, 7, trial->ended_us);
	db_bind(stmt, 8, trial->ending ? trial->ending : "unknown");
	sqlite3_bind_int64(stmt, 9, trial->splats);
	db_bind(stmt, 10, trial->head ? trial->head : "");
	err = row_add(writer, ADD_TRIAL, &id);
	for (size_t i = 0; !err && i < trial->measurement_count; i++)
		err = measurement_save(writer, id, i, &trial->measurements[i],
				       trial->profiles ? &trial->profiles[i] : NULL);
	for (size_t i = 0; !err && i < trial->splat_count; i++)
		err = splat_save(writer, id, i, &trial->splat_records[i]);
	return err;
}

int store_trial_save(struct store *store, int64_t run_id, const struct trial_record *trial,
		     struct fault *fault)
{
	struct writer writer = { .db = store->db, .fault = fault };
	bool mine = false;
	int err = 0;

	if (!trial->status)
		return fault_set(fault, -EINVAL, "a trial without status");
	for (int i = 0; !err && i < STATEMENTS; i++)
		err = db_prepare(store->db, statement_sql[i], &writer.stmts[i], fault);
	if (err)
		goto out;
	err = db_begin(store->db, &mine, fault);
	if (err)
		goto out;
	err = db_end(store->db, mine, trial_write(&writer, run_id, trial), fault);
out:
	for (int i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(writer.stmts[i]);
	text_free(&writer.blob);
	return err ? fault_wrap(fault, err, "run %" PRId64 ", trial %" PRId64, run_id,
				trial->sequence)
		   : 0;
}

static int plan_rows(struct store *store, int64_t run_id, const char *const *cells, size_t count,
		     struct fault *fault)
{
	sqlite3_stmt *cell = NULL, *planned = NULL;
	int err = db_prepare(store->db, "INSERT INTO cell (key) VALUES (?1) ON CONFLICT DO NOTHING",
			     &cell, fault);

	if (!err)
		err = db_prepare(store->db,
				 "INSERT INTO planned (run, position, cell)"
				 " VALUES (?1, ?2, (SELECT id FROM cell WHERE key = ?3))",
				 &planned, fault);
	for (size_t i = 0; i < count && !err; i++) {
		db_bind(cell, 1, cells[i]);
		err = db_finish(cell, fault);
		if (err)
			break;
		sqlite3_bind_int64(planned, 1, run_id);
		sqlite3_bind_int64(planned, 2, (sqlite3_int64)i);
		db_bind(planned, 3, cells[i]);
		err = db_finish(planned, fault);
	}
	sqlite3_finalize(cell);
	sqlite3_finalize(planned);
	return err;
}

int store_run_plan(struct store *store, int64_t run_id, const char *const *cells, size_t count,
		   struct fault *fault)
{
	bool mine = false;
	int err = db_begin(store->db, &mine, fault);

	if (err)
		return err;
	return db_end(store->db, mine, plan_rows(store, run_id, cells, count, fault), fault);
}
