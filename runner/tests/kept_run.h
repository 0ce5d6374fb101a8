/* SPDX-License-Identifier: GPL-2.0-only */
/* kept_run: for tests: a run in a database of the test's own, and one trial on its way into it. */
#ifndef RUNNER_TESTS_KEPT_RUN_H
#define RUNNER_TESTS_KEPT_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "results/store.h"
#include "runner/keep.h"

struct place {
	char directory[4000], path[4096];
	struct store *store;
	int64_t run;
};

/* How a guest's report begins. */
#define GUEST "remapbench-report 1\nmetric 0 tsc ticks ok\n"

extern struct trial kept_trial; /* one at a time; large */
extern const struct ask ask_nothing;

/* cmocka's setup and teardown: *state is the place, with one run. */
int place_make(void **state);
int place_remove(void **state);
/* Another run in the same database. 0, or it can't be. */
int place_again(struct place *place);
/* The trial has said this; plugin: NULL for none. */
void trial_says(const char *report, const char *plugin);
void trial_keeps(struct place *place, bool counted);
/* All samples of the place's run, as lines "CELL METRIC SAMPLE VALUE[: INVALID]". */
void stored_is(struct place *place, const char *metric, const char *want);

#endif
