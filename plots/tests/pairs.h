/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pairs: made-up databases of runs that go together, or don't: what the newest comparisons are
 * picked from. None of it is a measurement.
 */
#ifndef PLOTS_TESTS_PAIRS_H
#define PLOTS_TESTS_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is NULL, false or 0 is as most runs have it. */
struct pairs_run {
	const char *kernel; /* its name, and what its image is known by */
	const char *instrument; /* "insn" */
	const char *suite; /* "core" */
	const char *cell; /* its only one: "merge/neighbour=both" */
	const char *status; /* "complete" */
	const char *machine, *traits;
	const char *group, *recipe, *reference; /* notes: run.group, guest.recipe, reference */
	bool splat;
	uint64_t path, refill; /* what the cell costs in each: 1000 and 0 */
};
/* Run 1 is runs[0]. */
void pairs_write(const char *database, const struct pairs_run *runs, size_t count);

#endif
