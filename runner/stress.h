/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stress: one stress of one kernel, from boot to verdict: the agent finds nothing wrong, and the kernel
 * reports nothing of itself. What went wrong is kept: console, report, and the command that repeats it.
 */
#ifndef RUNNER_STRESS_H
#define RUNNER_STRESS_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/text.h"
#include "runner/ask.h"
#include "runner/console.h"
#include "runner/kernels.h"
#include "runner/report.h"

struct stress_request {
	const struct kernel *kernel; /* NULL: the running one */
	struct ask_stress ask;
	unsigned int cpus;
	const char *append;
	double silence; /* seconds without progress; 0: the default */
	bool quiet;
	const char *command; /* that repeats it, kept with what went wrong */
};

struct stress_result {
	bool ok;
	char reason[1100]; /* "" with ok */
	char kept[PATH_MAX]; /* the folder; "" with ok, or where it could not be kept */
	double seconds;
	struct report_stress report; /* zeroed where there was none */
	struct console_scan console;
	struct text tail; /* of the console */
};

/* -EINTR after a signal; other errors where it could not even begin. */
int stress_do(const struct stress_request *request, struct stress_result *result,
	      struct fault *fault);
void stress_result_free(struct stress_result *result);

#endif
