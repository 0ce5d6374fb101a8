/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * instrument: what the cost of a timed body is read with. One file each; a new one is one file and
 * one line in instruments.c. measure() reads, calls the body once, reads again, and puts nothing
 * else in between.
 */
#ifndef BENCHES_INSTRUMENT_H
#define BENCHES_INSTRUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "benches/bench.h"
#include "benches/plan.h"

enum { METRICS = 32 };

struct metric {
	const char *name, *unit;
	const char *unsupported; /* NULL, or why it has no values */
};
struct metrics {
	struct metric items[METRICS];
	size_t count;
};

struct instrument {
	const char *name;
	bool marks; /* each measure() is a region that the plugin records */
	/* In the process that is to be measured, before its warm-up. The strings live until close. */
	int (*open)(const struct plan *plan, struct metrics *metrics, char *reason);
	/* values: one a metric; those of unsupported ones are left alone. */
	void (*measure)(void (*body)(void *state), void *state, uint64_t *values);
	/* 0, or why the last measure() is not to be believed. NULL: it always is. */
	int (*check)(char *reason);
	void (*close)(void);
};

extern const struct instrument instrument_clock, instrument_pmu, instrument_insn;

/* NULL for an unknown name. */
const struct instrument *instrument_find(const char *name);

#endif
