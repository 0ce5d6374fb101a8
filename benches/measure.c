// SPDX-License-Identifier: GPL-2.0-only
/* measure: ready, timed body, verify, reset, as often as the plan says. */
#include "benches/measure.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "benches/cell.h"
#include "benches/tell.h"

/* Longer than a tick of any HZ, so that what the last sample left to the kernel's threads gets done. */
static const struct timespec settle_time = { .tv_nsec = 12000000 };

struct sample {
	bool timed; /* the body ran */
	uint64_t values[METRICS];
	struct outcomes outcomes;
	char invalid[REASON_SIZE]; /* "": it holds */
};

static void tell_sample(const struct measure_context *context, uint32_t index,
			const struct sample *sample)
{
	char line[METRICS * 24];
	size_t used = 0;

	for (size_t i = 0; i < context->metrics->count; i++)
		used += (size_t)snprintf(line + used, sizeof(line) - used, " %" PRIu64,
					 sample->values[i]);
	tell("sample %" PRIu32 "%s", index, line);
	if (context->instrument->marks && sample->timed)
		tell("region %" PRIu64, *context->regions);
	if (sample->invalid[0])
		tell("invalid %" PRIu32 " %s", index, sample->invalid);
	for (size_t i = 0; i < sample->outcomes.count; i++)
		tell("outcome %s %" PRIu64, sample->outcomes.items[i].name,
		     sample->outcomes.items[i].value);
}

static void measure_body(const struct measure_context *context, const struct bench *bench,
			 void *state, struct sample *sample)
{
	if (context->guest)
		nanosleep(&settle_time, NULL);
	context->instrument->measure(bench->body, state, sample->values);
	if (context->instrument->marks)
		++*context->regions;
	sample->timed = true;
}

/* One operation. Returns non-zero where the cell can't go on. */
static int measure_once(const struct measure_context *context, const struct bench *bench,
			void *state, struct sample *sample, char *reason)
{
	int bad = bench->ready ? bench->ready(state, sample->invalid) : 0;

	/* In a state that nobody has proven, the call could do anything, to this process too. */
	if (!bad)
		measure_body(context, bench, state, sample);
	if (!bad && bench->verify)
		bad = bench->verify(state, sample->invalid);
	if (!bad && context->instrument->check)
		bad = context->instrument->check(sample->invalid);
	if (!bad)
		sample->invalid[0] = '\0';
	else if (!sample->invalid[0])
		reason_set(sample->invalid, bad, "%s", strerror(-bad));
	if (bench->outcome)
		bench->outcome(state, &sample->outcomes);
	return bench->reset ? bench->reset(state, reason) : 0;
}

static void measure_samples(const struct measure_context *context, const struct bench *bench,
			    void *state)
{
	uint32_t warmup = context->plan->warmup, total = warmup + context->plan->samples;

	for (uint32_t i = 0; i < total; i++) {
		struct sample sample = { 0 };
		char reason[REASON_SIZE] = "";
		int err = measure_once(context, bench, state, &sample, reason);

		if (i >= warmup)
			tell_sample(context, i - warmup, &sample);
		if (err) {
			tell("failed %s", reason[0] ? reason : strerror(-err));
			return;
		}
	}
}

void tell_expected(const struct cell *cell, struct kernel_version kernel)
{
	struct fingerprint fingerprint = { 0 };

	if (cell->bench->expect)
		cell->bench->expect(cell, kernel, &fingerprint);
	for (size_t i = 0; i < fingerprint.count; i++)
		tell("expect %s %" PRIu64 " %" PRIu64, fingerprint.items[i].function,
		     fingerprint.items[i].min, fingerprint.items[i].max);
}

static void measure_found(const struct measure_context *context, const struct cell *cell)
{
	const struct bench *bench = cell->bench;
	char reason[REASON_SIZE] = "";
	void *state;
	int err;

	if (bench->clock_only && strcmp(context->instrument->name, "clock") != 0) {
		tell("unsupported clock only: %s", bench->clock_only);
		return;
	}
	if (bench->supported && bench->supported(cell, reason)) {
		tell("unsupported %s", reason);
		return;
	}
	state = calloc(1, bench->state_size ? bench->state_size : 1);
	if (!state) {
		tell("failed no memory");
		return;
	}
	tell_expected(cell, context->kernel);
	err = bench->setup ? bench->setup(cell, state, reason) : 0;
	if (err)
		tell("failed setup: %s", reason[0] ? reason : strerror(-err));
	else
		measure_samples(context, bench, state);
	if (bench->teardown)
		bench->teardown(state);
	free(state);
}

void measure_cell(const struct measure_context *context, const char *key)
{
	struct cell cell;

	if (cell_find(key, &cell))
		tell("unsupported this agent has no such cell");
	else
		measure_found(context, &cell);
	tell("cell-end %s", key);
}
