/* SPDX-License-Identifier: GPL-2.0-only */
/* run_work: what run_plan.c, run_jobs.c and run_decide.c share of one `run`. */
#ifndef RUNNER_RUN_WORK_H
#define RUNNER_RUN_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "results/store.h"
#include "runner/probe.h"
#include "runner/run_kernels.h"
#include "runner/run_plan.h"
#include "runner/schedule.h"
#include "runner/scratch.h"
#include "runner/suite.h"

enum { RUN_TIMED = 16 }; /* runs that are timed side by side, at most */

/* All that one `run` holds. */
struct work {
	const struct run_request *request;
	struct suite suite;
	const struct suite_effort *effort;
	const char *instrument;
	uint32_t samples, trials;
	struct run_kernels kernels;
	struct cell_list all;
	const char **cells; /* those that are measured, and what each weighs */
	double *weights;
	size_t cell_count;
	struct scratch scratch;
	struct store *store;
	struct planned_run runs[RUN_NAMES];
	size_t run_count;
	struct job *jobs;
	size_t job_count, job_room;
	uint64_t seed, random; /* of the timed trials' order, and where its sequence stands */
	uint32_t blocks; /* of the timed trials, that there are jobs for */
	bool timed; /* by clock or pmu: one trial at a time */
	char group
		[40]; /* what the runs that are timed side by side have in common; "" for others */
};

/* Counted guests: all trials of one run. -ENOMEM. */
int work_guest_jobs(struct work *work, struct planned_run *run);

/*
 * Timed trials: `blocks` more of each cell (of those of which taken is true; NULL: all). A trial is one process,
 * or boot, that measures one cell. A block of the only run is one trial. Of several runs, which are compared,
 * it is two trials of each, side by side in balanced order (results/order.h); trial n of such a run is of block
 * (n - 1) / 2, in all of them. In each block the cells come in a new random order.
 */
int work_timed_jobs(struct work *work, uint32_t blocks, const bool *taken);

/* All of what is timed until each row is decided (run_request.decide), with a look after each block. */
int work_decide(struct work *work, struct schedule *schedule, struct fault *fault);

/* splitmix64 (Steele, Lea, Flood 2014): a seed that is stored gives the same order again. */
uint64_t work_random(struct work *work);

#endif
