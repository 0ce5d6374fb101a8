// SPDX-License-Identifier: GPL-2.0-only
/* reason: what a bench says of a cell or a sample: reasons beside an errno, outcomes, expected entries. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "benches/bench.h"

int reason_set(char *reason, int err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(reason, REASON_SIZE, fmt, args);
	va_end(args);
	return err;
}

void outcome_add(struct outcomes *outcomes, const char *name, uint64_t value)
{
	if (outcomes->count == BENCH_OUTCOMES)
		abort(); /* the bench's own mistake: its cells would tell less than it counts */
	outcomes->items[outcomes->count].name = name;
	outcomes->items[outcomes->count++].value = value;
}

void expect_add(struct fingerprint *fingerprint, const char *function, uint64_t min, uint64_t max)
{
	if (fingerprint->count == BENCH_EXPECTS)
		abort();
	fingerprint->items[fingerprint->count++] = (struct expect){ function, min, max };
}
