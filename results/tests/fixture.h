/* SPDX-License-Identifier: GPL-2.0-only */
/* fixture: a database in a directory of its own, filled with what a test needs. */
#ifndef RESULTS_TESTS_FIXTURE_H
#define RESULTS_TESTS_FIXTURE_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#include "results/store.h"

struct fixture {
	char directory[PATH_MAX / 2], path[PATH_MAX];
	struct store *store; /* open for writing; NULL until fixture_open */
};

/* cmocka's setup and teardown: *state is the fixture. */
int fixture_make(void **state);
int fixture_remove(void **state);

void fixture_open(struct fixture *fixture);
void fixture_close(struct fixture *fixture);
int64_t fixture_kernel(struct fixture *fixture, const char *name, const char *release);
int64_t fixture_run(struct fixture *fixture, int64_t kernel, const char *instrument);
/* Of a kernel with traits; NULL: none. */
int64_t fixture_run_traits(struct fixture *fixture, int64_t kernel, const char *instrument,
			   const char *traits);
/* A trial of one cell with one metric. */
void fixture_trial(struct fixture *fixture, int64_t run, int64_t sequence, const char *cell,
		   const char *metric, const uint64_t *values, uint32_t samples);
/* Runs SQL of the test's own, by a connection of its own. */
void fixture_sql(const char *path, const char *sql);
/* The first column of the first row, as a number. */
int64_t fixture_number(const char *path, const char *sql);

/*
 * Two insn runs on two kernels (1: 6.1, 2: 6.12), with every state that a cell and a trial can have,
 * a clock run (3), and a second insn run of the first kernel with the same samples (4).
 * Dates and ids of processes are fixed, so that what is printed of them is.
 */
void fixture_fill(struct fixture *fixture);
/* cmocka's setup: made, filled and open. */
int fixture_make_filled(void **state);

#endif
