/* SPDX-License-Identifier: GPL-2.0-only */
/* measure: runs one cell, sample by sample, and tells what it found. */
#ifndef BENCHES_MEASURE_H
#define BENCHES_MEASURE_H

#include <stdbool.h>
#include <stdint.h>

#include "benches/bench.h"
#include "benches/instrument.h"
#include "benches/plan.h"

struct measure_context {
	const struct plan *plan;
	const struct instrument *instrument; /* open */
	const struct metrics *metrics;
	struct kernel_version kernel;
	bool guest; /* settle before each sample, so that the kernel's threads run outside it */
	uint64_t *regions; /* marked regions so far, shared by all processes of the agent */
};

/* Tells everything between `cell` and `cell-end`, and the latter. */
void measure_cell(const struct measure_context *context, const char *key);

/* The cell's expected fingerprint on such a kernel, as `expect` lines. */
void tell_expected(const struct cell *cell, struct kernel_version kernel);

#endif
