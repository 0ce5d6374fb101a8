/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_fetch: Debian's stock images from the suites of the mirror that the system itself uses, by a
 * private apt state; configs/kernels.yaml says which suites and which packages. What a suite that
 * can't be had is passed over for is said on stderr.
 */
#ifndef RUNNER_KERNEL_FETCH_H
#define RUNNER_KERNEL_FETCH_H

#include <stddef.h>

#include "base/fault.h"
#include "runner/kernels.h"

/*
 * Fetches each of the specs (kernel_spec.h) into the cache, where it isn't there yet; all are parsed
 * before any is looked for. names[i] is what it is called there, "" where it failed. One that fails keeps
 * none of the others; the first failure is returned.
 */
int kernel_fetch(const char *const specs[], size_t count, char names[][KERNEL_NAME],
		 struct fault *fault);

#endif
