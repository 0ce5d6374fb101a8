/* SPDX-License-Identifier: GPL-2.0-only */
/* run_kernels: the kernels that a run's request names: the host alone, or builds of the cache. */
#ifndef RUNNER_RUN_KERNELS_H
#define RUNNER_RUN_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "runner/kernels.h"
#include "runner/run_plan.h"

struct run_kernels {
	bool host;
	struct kernel_list known; /* the cache's */
	struct kernel items[RUN_NAMES]; /* in the order of their naming; the host has none */
	size_t count; /* the host counts as one */
	int holds[RUN_NAMES]; /* of the kernels, so that none is removed meanwhile */
	size_t hold_count;
};

/* Into a zeroed choice. run_kernels_drop in any case. */
int run_kernels_choose(const struct run_request *request, struct run_kernels *choice,
		       struct fault *fault);
void run_kernels_drop(struct run_kernels *choice);

#endif
