// SPDX-License-Identifier: GPL-2.0-only
/* run_decide: `--until-decided`: block after block, until each row has its answer or the budget is used. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/process.h"
#include "runner/run_undecided.h"
#include "runner/run_work.h"

/* Which cells go on: those that are undecided against any of the runs. *left: how many. */
static int cells_choose(struct work *work, bool *taken, size_t *left, struct fault *fault)
{
	bool *wanted = calloc(work->cell_count + 1, sizeof(*wanted));
	int err = wanted ? 0 : -ENOMEM;

	for (size_t other = 1; other < work->run_count && !err; other++)
		err = rows_undecided(work->store, work->runs[0].id, work->runs[other].id,
				     work->cells, work->cell_count, wanted, fault);
	*left = 0;
	for (size_t i = 0; i < work->cell_count && !err; i++) {
		taken[i] = taken[i] && wanted[i];
		*left += taken[i];
	}
	free(wanted);
	return err;
}

static int block_run(struct work *work, struct schedule *schedule, const bool *taken, size_t cells,
		     struct fault *fault)
{
	int err;

	/* The first block was planned with the run. */
	for (size_t i = 0; i < work->run_count && work->blocks; i++) {
		err = store_run_more(work->store, work->runs[i].id, (int64_t)(2 * cells), fault);
		if (err)
			return err;
	}
	work->job_count = 0;
	if (work_timed_jobs(work, 1, taken))
		return -ENOMEM;
	schedule->jobs = work->jobs;
	schedule->count = work->job_count;
	return schedule_run(schedule, fault);
}

int work_decide(struct work *work, struct schedule *schedule, struct fault *fault)
{
	const double began = seconds_now(), budget = work->request->budget;
	const uint32_t looks = work->trials / 2;
	size_t left = work->cell_count;
	bool *taken = calloc(work->cell_count + 1, sizeof(*taken));
	int err = taken ? 0 : -ENOMEM;

	for (size_t i = 0; i < work->cell_count && taken; i++)
		taken[i] = true;
	while (!err && left && work->blocks < looks) {
		err = block_run(work, schedule, taken, left, fault);
		if (!err)
			err = cells_choose(work, taken, &left, fault);
		if (!err && !work->request->quiet)
			fprintf(stderr, "block %" PRIu32 " of %" PRIu32 ": %zu of %zu rows open\n",
				work->blocks, looks, left, work->cell_count);
		if (budget > 0 && seconds_now() - began > budget)
			break;
	}
	free(taken);
	return err;
}
