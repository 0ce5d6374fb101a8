// SPDX-License-Identifier: GPL-2.0-only
/* run_jobs: a run's trials: which cells each measures, and in which order. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "results/order.h"
#include "runner/events.h"
#include "runner/run_work.h"

static struct job *work_job(struct work *work, struct planned_run *run, int64_t sequence)
{
	struct job *job;

	if (work->job_count == work->job_room) {
		size_t room = work->job_room ? 2 * work->job_room : 64;

		job = realloc(work->jobs, room * sizeof(*job));
		if (!job)
			return NULL;
		work->jobs = job;
		work->job_room = room;
	}
	job = &work->jobs[work->job_count++];
	memset(job, 0, sizeof(*job));
	job->run = run;
	job->sequence = sequence;
	job->ask = (struct ask){
		.task = "measure",
		.instrument = work->instrument,
		.samples = work->samples,
		.warmup = work->effort->warmup,
		.shape = work->request->shape,
		.profile = !work->timed && !work->request->no_profile,
	};
	if (strcmp(work->instrument, "pmu") == 0) {
		bool own = work->suite.event_count > 0;

		job->ask.events = own ? (const char *const *)work->suite.events : event_defaults;
		job->ask.event_count = own ? work->suite.event_count : event_default_count;
	}
	return job;
}

uint64_t work_random(struct work *work)
{
	uint64_t z = work->random += 0x9e3779b97f4a7c15ull;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ z >> 27) * 0x94d049bb133111ebull;
	return z ^ z >> 31;
}

static int work_symbols_job(struct work *work, struct planned_run *run)
{
	struct job *job = work_job(work, run, 0);

	if (!job)
		return -ENOMEM;
	job->ask = (struct ask){ .task = "symbols" };
	job->weight = boot_weight();
	job->symbols = true;
	run->waits = true;
	return 0;
}

/* Each boot takes the next cells, up to its share. */
int work_guest_jobs(struct work *work, struct planned_run *run)
{
	int64_t sequence = 1;

	if (probe_symbols_wanted(run->kernel) && work_symbols_job(work, run))
		return -ENOMEM;

	for (uint32_t trial = 0; trial < work->trials; trial++)
		for (size_t i = 0; i < work->cell_count;) {
			struct job *job = work_job(work, run, sequence++);

			if (!job)
				return -ENOMEM;
			job->ask.cells = &work->cells[i];
			job->weights = &work->weights[i];
			job->ask.cell_count =
				boot_cells(job->weights, work->cell_count - i, &job->weight);
			i += job->ask.cell_count;
		}
	run->sequence = sequence - 1;
	return 0;
}

/* A trial of one cell in one run. */
static int work_timed_job(struct work *work, size_t which, size_t cell, int64_t sequence)
{
	struct planned_run *run = &work->runs[which];
	struct job *job = work_job(work, run, sequence);

	if (!job)
		return -ENOMEM;
	job->ask.cells = &work->cells[cell];
	job->ask.cell_count = 1;
	job->weights = &work->weights[cell];
	job->weight = work->weights[cell] + (run->kernel ? boot_weight() : 0);
	return 0;
}

/* One cell's trials of one block: one of the only run, or two of each, as order_block() has them. */
static int work_block(struct work *work, size_t cell, int64_t *sequence)
{
	uint32_t kinds = (uint32_t)work->run_count, order[2 * RUN_TIMED], times[RUN_TIMED] = { 0 };
	int err = 0;

	if (kinds == 1)
		return work_timed_job(work, 0, cell, ++*sequence);
	/* Each cell has a sequence of orders of its own. */
	order_block(work->seed + 0x9e3779b9u * (uint64_t)cell, work->blocks, kinds, order);
	for (uint32_t i = 0; i < 2 * kinds && !err; i++)
		err = work_timed_job(work, order[i], cell, *sequence + 1 + times[order[i]]++);
	*sequence += 2;
	return err;
}

/* Fisher's and Yates' shuffle, as Durstenfeld gave it (Algorithm 235, CACM 7, 1964). */
static void cells_shuffle(struct work *work, size_t *order, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = (size_t)(work_random(work) % i), swap = order[i - 1];

		order[i - 1] = order[other];
		order[other] = swap;
	}
}

int work_timed_jobs(struct work *work, uint32_t blocks, const bool *taken)
{
	size_t *order = calloc(work->cell_count + 1, sizeof(*order));
	int64_t sequence = work->runs[0].sequence;
	int err = order ? 0 : -ENOMEM;

	for (uint32_t block = 0; block < blocks && !err; block++, work->blocks++) {
		size_t count = 0;

		for (size_t i = 0; i < work->cell_count; i++)
			if (!taken || taken[i])
				order[count++] = i;
		cells_shuffle(work, order, count);
		for (size_t i = 0; i < count && !err; i++)
			err = work_block(work, order[i], &sequence);
	}
	for (size_t i = 0; i < work->run_count; i++)
		work->runs[i].sequence = sequence;
	free(order);
	return err;
}
