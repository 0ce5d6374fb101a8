// SPDX-License-Identifier: GPL-2.0-only
/*
 * instrument insn: marks the region that QEMU's plugin counts, and reads the TSC around it. Under
 * -icount shift=0 the TSC counts instructions too, so the two must agree up to a constant. What the
 * plugin counted is joined to the samples by the runner; outside such a guest the marks do nothing.
 */
#include "base/marker.h"
#include "benches/instrument.h"

static int insn_open(const struct plan *plan, struct metrics *metrics, char *reason)
{
	(void)plan;
	(void)reason;
	metrics->items[0] = (struct metric){ "tsc", "ticks", NULL };
	metrics->count = 1;
	return 0;
}

static inline uint64_t tsc_read(void)
{
	uint32_t low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high)::"memory");
	return (uint64_t)high << 32 | low;
}

/* Not inlined: the instructions around the body are then the same for every bench. */
static __attribute__((noinline)) void insn_measure(void (*body)(void *state), void *state,
						   uint64_t *values)
{
	uint64_t before = tsc_read(), after;

	MARKER(MARKER_BEGIN);
	body(state);
	MARKER(MARKER_END);
	after = tsc_read();
	values[0] = after - before;
}

static void insn_close(void)
{
}

const struct instrument instrument_insn = {
	.name = "insn",
	.marks = true,
	.open = insn_open,
	.measure = insn_measure,
	.close = insn_close,
};
