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
	/* One a cell of `cells`: what a timed trial of that cell alone is asked for. */
	const char **single;
	bool timed; /* by clock or pmu: one trial at a time, in blocks */
	char group
		[40]; /* what the runs that are timed side by side have in common; "" for others */
};

/* Counted guests: all trials of one run. -ENOMEM. */
int work_guest_jobs(struct work *work, struct planned_run *run);

/*
 * Timed trials: `rounds` more of each run and cell (those of which taken is true; NULL: all). A trial is one
 * process, or boot, that measures one cell. Runs of one group are measured side by side in blocks: in a
 * round, cells come in a random order, and for each cell all runs, in an order that the next round turns round
 * (ABBA, or BAAB by chance), so that no run has the better place and drift hits all alike. Trials of one
 * block have one sequence number in all runs.
 */
int work_timed_jobs(struct work *work, uint32_t rounds, const bool *taken);

/* splitmix64 (Steele, Lea, Flood 2014): a seed that is stored gives the same order again. */
uint64_t work_random(struct work *work);

#endif
