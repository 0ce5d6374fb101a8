// SPDX-License-Identifier: GPL-2.0-only
/* schema: the tables, as steps from one schema version to the next. */
#include <errno.h>
#include <stdio.h>

#include "results/database.h"
#include "results/schema.h"

const char *const schema_steps[] = {
	/* 1: kernels, runs with their provenance, trials, cells, series of samples */
	"CREATE TABLE kernel ("
	" id INTEGER PRIMARY KEY,"
	" sha256 TEXT NOT NULL UNIQUE CHECK (sha256 <> ''),"
	" name TEXT NOT NULL,"
	" release TEXT NOT NULL,"
	" version TEXT NOT NULL,"
	" origin TEXT NOT NULL,"
	" config_sha256 TEXT NOT NULL"
	") STRICT;"
	/* AUTOINCREMENT: an id that a person wrote down never comes to mean another run. */
	"CREATE TABLE run ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" kernel INTEGER NOT NULL REFERENCES kernel (id),"
	" suite TEXT NOT NULL,"
	" suite_sha256 TEXT NOT NULL,"
	" instrument TEXT NOT NULL CHECK (instrument <> ''),"
	" machine TEXT NOT NULL,"
	" command TEXT NOT NULL,"
	" trials_planned INTEGER NOT NULL CHECK (trials_planned >= 0),"
	" status TEXT NOT NULL CHECK"
	"  (status IN ('running', 'complete', 'partial', 'failed', 'interrupted')),"
	" reason TEXT NOT NULL DEFAULT '',"
	" started_us INTEGER NOT NULL,"
	" ended_us INTEGER,"
	/* Who writes it: enough to tell, later, whether that process still lives. */
	" pid INTEGER NOT NULL,"
	" pid_started INTEGER NOT NULL,"
	" boot_id TEXT NOT NULL,"
	" CHECK ((status = 'running') = (ended_us IS NULL))"
	") STRICT;"
	"CREATE INDEX run_kernel ON run (kernel);"
	"CREATE TABLE provenance ("
	" run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,"
	" key TEXT NOT NULL CHECK (key <> ''),"
	" value TEXT NOT NULL,"
	" PRIMARY KEY (run, key)"
	") STRICT, WITHOUT ROWID;"
	"CREATE TABLE trial ("
	" id INTEGER PRIMARY KEY,"
	" run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,"
	" sequence INTEGER NOT NULL CHECK (sequence >= 1),"
	" status TEXT NOT NULL CHECK (status IN ('ok', 'failed')),"
	" reason TEXT NOT NULL,"
	" console TEXT NOT NULL,"
	" started_us INTEGER NOT NULL,"
	" ended_us INTEGER NOT NULL,"
	" UNIQUE (run, sequence),"
	" CHECK ((status = 'ok') = (reason = ''))"
	") STRICT;"
	"CREATE TABLE cell ("
	" id INTEGER PRIMARY KEY,"
	" key TEXT NOT NULL UNIQUE CHECK (key <> '')"
	") STRICT;"
	/* What a run set out to measure, in the order in which tables show it (trials may be shuffled). */
	"CREATE TABLE planned ("
	" run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,"
	" position INTEGER NOT NULL CHECK (position >= 0),"
	" cell INTEGER NOT NULL REFERENCES cell (id),"
	" PRIMARY KEY (run, position),"
	" UNIQUE (run, cell)"
	") STRICT, WITHOUT ROWID;"
	"CREATE TABLE metric ("
	" id INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL CHECK (name <> ''),"
	" unit TEXT NOT NULL,"
	" UNIQUE (name, unit)"
	") STRICT;"
	/* One cell in one trial. position: its place in the trial, from 0. */
	"CREATE TABLE measurement ("
	" id INTEGER PRIMARY KEY,"
	" trial INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,"
	" position INTEGER NOT NULL CHECK (position >= 0),"
	" cell INTEGER NOT NULL REFERENCES cell (id),"
	" status TEXT NOT NULL CHECK (status IN ('ok', 'unsupported', 'failed')),"
	" reason TEXT NOT NULL,"
	" expected TEXT NOT NULL,"
	" samples INTEGER NOT NULL CHECK (samples BETWEEN 0 AND 4294967295),"
	" UNIQUE (trial, cell),"
	" UNIQUE (trial, position),"
	" CHECK ((status = 'ok') = (reason = ''))"
	") STRICT;"
	"CREATE INDEX measurement_cell ON measurement (cell);"
	/* One metric of one measurement: its values (blob.h), or the reason why there are none. */
	"CREATE TABLE series ("
	" measurement INTEGER NOT NULL REFERENCES measurement (id) ON DELETE CASCADE,"
	" metric INTEGER NOT NULL REFERENCES metric (id),"
	" position INTEGER NOT NULL CHECK (position >= 0),"
	" unsupported TEXT CHECK (unsupported <> ''),"
	" data BLOB,"
	" PRIMARY KEY (measurement, metric),"
	" CHECK ((unsupported IS NULL) <> (data IS NULL))"
	") STRICT;"
	/* A sample that was not what its cell says, for every metric of the measurement. */
	"CREATE TABLE reject ("
	" measurement INTEGER NOT NULL REFERENCES measurement (id) ON DELETE CASCADE,"
	" sample INTEGER NOT NULL CHECK (sample BETWEEN 0 AND 4294967295),"
	" reason TEXT NOT NULL CHECK (reason <> ''),"
	" PRIMARY KEY (measurement, sample)"
	") STRICT, WITHOUT ROWID;",
	/* 2: how a trial ended, what its kernel reported of itself, and what is special about a kernel */
	"ALTER TABLE trial ADD COLUMN ending TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE trial ADD COLUMN splats INTEGER NOT NULL DEFAULT 0 CHECK (splats >= 0);"
	"ALTER TABLE trial ADD COLUMN head TEXT NOT NULL DEFAULT '';"
	"UPDATE trial SET ending = CASE"
	" WHEN status = 'ok' THEN 'ended'"
	" WHEN reason LIKE 'the kernel panicked:%' THEN 'panic'"
	" WHEN reason LIKE 'it hung:%' THEN 'hang'"
	" WHEN reason LIKE 'its report is not valid:%' THEN 'report'"
	" WHEN reason LIKE 'it flooded its %' THEN 'flood'"
	" ELSE 'unknown' END;"
	/* One headline of one trial: how often it came. What was found beyond these is in trial.splats. */
	"CREATE TABLE splat ("
	" trial INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,"
	" position INTEGER NOT NULL CHECK (position >= 0),"
	" kind TEXT NOT NULL CHECK (kind <> ''),"
	" headline TEXT NOT NULL,"
	" count INTEGER NOT NULL CHECK (count >= 1),"
	" PRIMARY KEY (trial, position)"
	") STRICT, WITHOUT ROWID;"
	"ALTER TABLE run ADD COLUMN kernel_traits TEXT NOT NULL DEFAULT '';",
	/* 3: the instructions of each sample by kernel function */
	"CREATE TABLE function ("
	" id INTEGER PRIMARY KEY CHECK (id >= 1),"
	" name TEXT NOT NULL UNIQUE CHECK (name <> '')"
	") STRICT;"
	/* data: profile_blob.h; its ids are those of table function. */
	"CREATE TABLE profile ("
	" measurement INTEGER PRIMARY KEY REFERENCES measurement (id) ON DELETE CASCADE,"
	" data BLOB NOT NULL"
	") STRICT;",
};
const size_t schema_step_count = sizeof(schema_steps) / sizeof(schema_steps[0]);

int schema_version(sqlite3 *db, struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	int err, version = -1;

	err = db_prepare(db, "PRAGMA user_version", &stmt, fault);
	if (err)
		return err;
	err = db_step(stmt, fault);
	if (err == 1)
		version = sqlite3_column_int(stmt, 0);
	if (err >= 0)
		err = version >= 0 ? version
				   : fault_set(fault, -EBADMSG, "it says no usable schema version");
	sqlite3_finalize(stmt);
	return err;
}

static int foreign_keys_check(sqlite3 *db, struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	int err;

	err = db_prepare(db, "PRAGMA foreign_key_check", &stmt, fault);
	if (err)
		return err;
	err = db_step(stmt, fault);
	if (err == 1)
		err = fault_set(fault, -EBADMSG,
				"a row of table %s refers to one that is not there",
				db_text(stmt, 0));
	sqlite3_finalize(stmt);
	return err;
}

static int steps_take(sqlite3 *db, const char *const steps[], size_t from, size_t count,
		      struct fault *fault)
{
	char pragma[96];
	int err;

	for (size_t i = from; i < count; i++) {
		err = db_run(db, steps[i], fault);
		if (err)
			return fault_wrap(fault, err, "schema step %zu", i + 1);
	}
	snprintf(pragma, sizeof(pragma), "PRAGMA application_id=%d; PRAGMA user_version=%zu",
		 SCHEMA_APPLICATION, count);
	err = db_run(db, pragma, fault);
	return err ? err : foreign_keys_check(db, fault);
}

int schema_apply(sqlite3 *db, const char *const steps[], size_t count, struct fault *fault)
{
	int err, version;

	err = db_run(db, "BEGIN IMMEDIATE", fault);
	if (err)
		return err;
	/* Read inside the transaction: another process may have just done it. */
	version = schema_version(db, fault);
	if (version < 0)
		err = version;
	else if ((size_t)version > count)
		err = fault_set(fault, -EPROTO,
				"its schema is version %d, newer than this program's (%zu)",
				version, count);
	else if ((size_t)version < count)
		err = steps_take(db, steps, (size_t)version, count, fault);
	if (!err)
		err = db_run(db, "COMMIT", fault);
	if (err)
		db_run(db, "ROLLBACK", NULL);
	return err;
}
