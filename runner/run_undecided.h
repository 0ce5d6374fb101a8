/* SPDX-License-Identifier: GPL-2.0-only */
/* run_undecided: which rows of a comparison that is still being measured have no answer yet. */
#ifndef RUNNER_RUN_UNDECIDED_H
#define RUNNER_RUN_UNDECIDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "results/store.h"

/* wanted[i] becomes true for each of the cells that is undecided; the others are left as they are. */
int rows_undecided(struct store *store, int64_t base, int64_t judged, const char *const *cells,
		   size_t count, bool *wanted, struct fault *fault);

#endif
