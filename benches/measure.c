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

static void tell_sample(const struct measure_context *context, uint32_t index,
			const uint64_t *values, const struct outcomes *outcomes,
			const char *invalid)
{
	char line[METRICS * 24];
	size_t used = 0;

	for (size_t i = 0; i < context->metrics->count; i++)
		used += (size_t)snprintf(line + used, sizeof(line) - used, " %" PRIu64, values[i]);
	tell("sample %" PRIu32 "%s", index, line);
	if (context->instrument->marks)
		tell("region %" PRIu64, *context->regions);
	if (invalid[0])
		tell("invalid %" PRIu32 " %s", index, invalid);
	for (size_t i = 0; i < outcomes->count; i++)
		tell("outcome %s %" PRIu64, outcomes->items[i].name, outcomes->items[i].value);
}

/* One operation. Returns non-zero where the cell can't go on; invalid is "" for a sample that holds. */
static int measure_once(const struct measure_context *context, const struct bench *bench,
			void *state, uint64_t *values, struct outcomes *outcomes, char *invalid,
			char *reason)
{
	int bad = bench->ready ? bench->ready(state, invalid) : 0;

	if (context->guest)
		nanosleep(&settle_time, NULL);
	context->instrument->measure(bench->body, state, values);
	if (context->instrument->marks)
		++*context->regions;
	if (!bad && bench->verify)
		bad = bench->verify(state, invalid);
	if (!bad && context->instrument->check)
		bad = context->instrument->check(invalid);
	if (!bad)
		invalid[0] = '\0';
	else if (!invalid[0])
		reason_set(invalid, bad, "%s", strerror(-bad));
	if (bench->outcome)
		bench->outcome(state, outcomes);
	return bench->reset ? bench->reset(state, reason) : 0;
}

static void measure_samples(const struct measure_context *context, const struct bench *bench,
			    void *state)
{
	uint32_t warmup = context->plan->warmup, total = warmup + context->plan->samples;

	for (uint32_t i = 0; i < total; i++) {
		uint64_t values[METRICS] = { 0 };
		struct outcomes outcomes = { 0 };
		char invalid[REASON_SIZE] = "", reason[REASON_SIZE] = "";
		int err = measure_once(context, bench, state, values, &outcomes, invalid, reason);

		if (i >= warmup)
			tell_sample(context, i - warmup, values, &outcomes, invalid);
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
