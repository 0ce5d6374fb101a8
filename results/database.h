/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * database: the few ways in which this room talks to SQLite. Internal to results/.
 */
#ifndef RESULTS_DATABASE_H
#define RESULTS_DATABASE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "results/store.h"

struct store {
	sqlite3 *db;
	enum store_mode mode;
};

/* The negative errno that fits what db last said; its words go to fault. */
int db_error(sqlite3 *db, struct fault *fault);
/* Runs statements that return no rows anyone wants. */
int db_run(sqlite3 *db, const char *sql, struct fault *fault);
int db_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **stmt, struct fault *fault);
/* 1: a row; 0: done; negative errno. */
int db_step(sqlite3_stmt *stmt, struct fault *fault);
/* Runs a bound statement to its end and makes it ready for the next. */
int db_finish(sqlite3_stmt *stmt, struct fault *fault);
void db_bind(sqlite3_stmt *stmt, int index, const char *string); /* must outlive the step */

/* A column as text: never NULL; valid until the next step. */
const char *db_text(sqlite3_stmt *stmt, int column);
/* Copies it; -ENOMEM. */
int db_copy(sqlite3_stmt *stmt, int column, char **out);

/*
 * Several statements over one state of the database. *mine: whether db_snapshot_end has anything to
 * end (a snapshot inside another one is that other one).
 */
int db_snapshot(sqlite3 *db, bool *mine, struct fault *fault);
void db_snapshot_end(sqlite3 *db, bool mine);

/*
 * A transaction that writes; inside another one it is a part of that one, which ends it. db_end commits
 * where err is 0, else takes back; the error, or the commit's.
 */
int db_begin(sqlite3 *db, bool *mine, struct fault *fault);
int db_end(sqlite3 *db, bool mine, int err, struct fault *fault);

#endif
