/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * schema: the tables, as steps from one schema version to the next. PRAGMA user_version holds the
 * number of steps taken; PRAGMA application_id says that the file is ours.
 */
#ifndef RESULTS_SCHEMA_H
#define RESULTS_SCHEMA_H

#include <sqlite3.h>
#include <stddef.h>

#include "base/fault.h"

enum { SCHEMA_APPLICATION = 0x726d7062 }; /* "rmpb" */

/* Step i takes a database from version i to version i + 1. A step is never edited once released. */
extern const char *const schema_steps[];
extern const size_t schema_step_count;

/* Version the database is at; negative errno. */
int schema_version(sqlite3 *db, struct fault *fault);

/*
 * Takes the steps that are missing, all in one transaction: the database ends at version count or
 * is as it was. -EPROTO where it is newer. Foreign keys must be off; they are checked at the end.
 */
int schema_apply(sqlite3 *db, const char *const steps[], size_t count, struct fault *fault);

#endif
