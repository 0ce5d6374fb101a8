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
	bool judged, unfit; /* by its kernel's config, at the run's beginning */
	bool waits; /* for its kernel's symbols, without which no guest can be watched */
	uint32_t ok, failed; /* trials so far */
	int64_t sequence; /* the last one given to a trial */
	uint32_t again; /* boots for what a guest that died did not come to */
	int64_t splats; /* what its guests' kernels reported of themselves */
	char splat[CONSOLE_HEADLINE + 16]; /* the first one's kind and headline */
	char reason[512]; /* of the first trial that failed */
};

/* One trial, or a boot for a kernel's symbols, of which nothing is stored. What it needs only while it runs is allocated then: a run may have many thousands. */
struct job {
	struct planned_run *run;
	int64_t sequence;
	struct ask ask;
	const double *weights; /* of the cells asked for; not owned */
	double weight; /* of all of it, in the unit of cell_weight() */
	double weight_done; /* of the cells that earlier boots of it came to */
	unsigned int again; /* such boots */
	bool symbols; /* the run's trials wait for it; where it fails, they fail as it did */
	bool done;
	struct trial *trial; /* while it runs, else NULL */
};

struct schedule {
	struct store *store;
	struct job *jobs;
	size_t count;
	unsigned int guests; /* side by side, at least 1 */
	struct trial_limits limits;
	const char *scratch; /* directory */
	bool quiet;
	bool timed; /* by clock or pmu: one trial at a time, guests under KVM */
};

/*
 * Runs all jobs. 0; -EINTR after SIGINT or SIGTERM (trials in flight are lost, the rest is kept);
 * another error only where nothing more can be kept. Trials that fail are results, not errors.
 */
int schedule_run(struct schedule *schedule, struct fault *fault);

/*
 * About how many seconds a cell takes in a counted guest, by what the listing says of it (thousands
 * of instructions): for estimates, and for sharing cells out to boots, which must not depend on the
 * machine. rounds: samples and warm-ups.
 */
double cell_weight(uint64_t setup, uint64_t sample, uint32_t rounds);
double boot_weight(void);
/*
 * Of the next `count` cells (at least 1), so many are one boot's: as many as weigh no more than a
 * boot's share, or one that alone weighs more. *weight: theirs, and the boot's own.
 */
size_t boot_cells(const double *weights, size_t count, double *weight);

#endif
