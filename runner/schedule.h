/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * schedule: the trials of one or more runs, in order, some side by side, each kept as soon as it ends.
 * Host trials run alone, since they are timed. Guests run side by side: their counts don't change by it.
 */
#ifndef RUNNER_SCHEDULE_H
#define RUNNER_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "results/store.h"
#include "runner/kernels.h"
#include "runner/progress.h"
#include "runner/trial.h"

struct planned_run {
	int64_t id; /* in the store */
	const struct kernel *kernel; /* NULL: the running one */
	char label[128]; /* "6.12.107… insn", for the progress line */
	bool envs_kept;
	uint32_t ok, failed; /* trials so far */
	char reason[512]; /* of the first trial that failed */
};

struct job { /* one trial */
	struct planned_run *run;
	int64_t sequence;
	struct ask ask;
	double weight; /* work, in the unit of cell_weight() */
	bool running, done;
	struct trial trial;
};

struct schedule {
	struct store *store;
	struct job *jobs;
	size_t count;
	unsigned int guests; /* side by side, at least 1 */
	struct trial_limits limits;
	const char *scratch; /* directory */
	bool quiet;
};

/*
 * Runs all jobs. 0; -EINTR after SIGINT or SIGTERM (trials in flight are lost, the rest is kept);
 * another error only where nothing more can be kept. Trials that fail are results, not errors.
 */
int schedule_run(struct schedule *schedule, struct fault *fault);

/* About how long a cell takes: a figure for estimates and for sharing cells out to boots. */
double cell_weight(const char *cell, uint32_t samples);
double boot_weight(void);

#endif
