// SPDX-License-Identifier: GPL-2.0-only
/* instrument clock: nanoseconds of CLOCK_MONOTONIC_RAW, which no time daemon steers. */
#include <time.h>

#include "benches/instrument.h"

static int clock_open(const struct plan *plan, struct metrics *metrics, char *reason)
{
	(void)plan;
	(void)reason;
	metrics->items[0] = (struct metric){ "ns", "ns", NULL };
	metrics->count = 1;
	return 0;
}

static void clock_measure(void (*body)(void *state), void *state, uint64_t *values)
{
	struct timespec before, after;

	clock_gettime(CLOCK_MONOTONIC_RAW, &before);
	body(state);
	clock_gettime(CLOCK_MONOTONIC_RAW, &after);
	values[0] = (uint64_t)((after.tv_sec - before.tv_sec) * 1000000000 +
			       (after.tv_nsec - before.tv_nsec));
}

static void clock_close(void)
{
}

const struct instrument instrument_clock = {
	.name = "clock",
	.open = clock_open,
	.measure = clock_measure,
	.close = clock_close,
};
