/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fixture: databases with made-up figures for the tests of this room. None of them is a
 * measurement.
 */
#ifndef PLOTS_TESTS_FIXTURE_H
#define PLOTS_TESTS_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>

/* A fresh folder of its own; fixture_end removes it. */
char *fixture_begin(void);
void fixture_end(char *directory);
/* DIRECTORY/name in a string of the fixture's own, good until 64 more calls. */
char *fixture_path(const char *directory, const char *name);
/* cmocka's setup and teardown: a test's own folder, in fixture_folder; fixture_at: a name in it. */
extern char *fixture_folder;
int fixture_set_up(void **state);
int fixture_tear_down(void **state);
char *fixture_at(const char *name);

/*
 * An empty database; one with some runs of three kernels and three instruments; one that wants to
 * hurt.
 */
void fixture_empty(const char *database);
void fixture_full(const char *database);
/* Adds to the full one a newer run, of a single cell, of the kernel of run 3. */
void fixture_narrow(const char *database);
void fixture_hostile(const char *database);

/* The words with which the hostile database is full. */
extern const char *const fixture_hostile_words;

/* Reads a whole file; fails the test where it can't. Freed by the caller. */
char *fixture_read(const char *path);
/*
 * DIRECTORY/name is what the golden is whose name is golden and name together. With REMAPBENCH_GOLDEN set
 * that is written anew, to be looked at and committed.
 */
void fixture_same_as_golden(const char *directory, const char *golden, const char *name);
bool fixture_holds(const char *file, const char *words);
/* How many entries of the folder begin with prefix. */
size_t fixture_entries(const char *directory, const char *prefix);

#endif
