/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reading: what the commands that only read the results share: opening the database that was asked
 * for, and finding out at the end whether all of the output was written.
 */
#ifndef RUNNER_READING_H
#define RUNNER_READING_H

#include <stdio.h>

#include "results/query.h"
#include "results/store.h"

/* db: --db behind the command's name, NULL without. Says what is wrong; NULL then. */
struct store *reading_open(const char *command, const char *db);

/* "remapbench COMMAND: text" on stderr; returns 1. */
int reading_failed(const char *command, const char *text);

/* As many as --cell is taken. */
enum { CELL_GLOBS = 64 };
/* Adds one to globs; 0, or 2, the exit status of wrong usage, after saying that they are too many. */
int reading_cell(const char *command, const char *globs[CELL_GLOBS], size_t *count,
		 const char *glob);

/* Flushes; 0, or 1 after saying that not all of it could be written. */
int reading_end(const char *command, FILE *out);

/* "key   text", plain, key padded (NULL: indented by two only); nothing for an empty text. */
void reading_line(FILE *out, const char *key, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* What must be said wherever an instrument's numbers are shown; NULL for nothing. */
const char *reading_caution(const char *instrument);

#endif
