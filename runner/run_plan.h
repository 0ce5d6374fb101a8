/* SPDX-License-Identifier: GPL-2.0-only */
/* run_plan: from what a person asked `run` for to runs and their trials, and their doing. */
#ifndef RUNNER_RUN_PLAN_H
#define RUNNER_RUN_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "runner/ask.h"
#include "runner/console.h"
#include "runner/probe.h"
#include "runner/suite.h"

enum { RUN_NAMES = 256 };

struct run_request {
	const char *suite; /* NULL: "core" */
	const char *kernels[RUN_NAMES]; /* as kernel_find's, or globs over names and releases */
	size_t kernel_count; /* 0: the host */
	const char *instrument; /* NULL: clock on the host, else insn */
	const char *globs[RUN_NAMES];
	size_t glob_count; /* 0: all of the suite's cells */
	uint32_t samples, trials, guests; /* 0: the suite's, the suite's, as many as CPUs */
	/* Timed runs side by side: until each row is decided, trials being the most a side, budget seconds (0: any)
	 * the most in all. */
	bool decide;
	double budget;
	double silence; /* seconds; 0: the default */
	const char *database;
	bool quiet;
	bool no_profile; /* with insn: the counts alone, not by function */
	struct guest_shape shape;
};

struct run_outcome {
	int64_t id;
	char label[128], status[16], reason[512];
	uint32_t ok, failed;
	int64_t splats; /* a run with one is marked */
	char splat[CONSOLE_HEADLINE + 16]; /* the first one's kind and headline */
};

/*
 * outcomes: room for RUN_NAMES; *count of them are filled, also where an error came later.
 * -EINVAL for a request that can't be (unknown suite, kernel, instrument, no such cell).
 */
int run_request_do(const struct run_request *request, struct run_outcome *outcomes, size_t *count,
		   struct fault *fault);

/* On stderr: the suite's globs that match no cell at all. A slip of the pen must not pass in silence. */
void suite_warn(const struct suite *suite, const struct cell_list *cells);

#endif
