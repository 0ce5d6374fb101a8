/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_fetch: Debian's stock images from the suites of the mirror that the system itself uses, by a
 * private apt state; configs/kernels.yaml says which suites and which packages. What a suite that
 * can't be had is passed over for is said on stderr.
 */
#ifndef RUNNER_KERNEL_FETCH_H
#define RUNNER_KERNEL_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "runner/catalogue.h"
#include "runner/kernels.h"

/*
 * Fetches each of the specs (kernel_spec.h) into the cache, where it isn't there yet; all are parsed
 * before any is looked for. names[i] is what it is called there, "" where it failed. One that fails keeps
 * none of the others; the first failure is returned.
 */
int kernel_fetch(const char *const specs[], size_t count, char names[][KERNEL_NAME],
		 struct fault *fault);

struct kernel_available {
	char version[72], suite[SUITE_NAME], package[128];
	char name[KERNEL_NAME]; /* what it is called in the cache, once it is there */
	uint64_t bytes; /* to download */
	bool cached;
};
struct kernel_available_list {
	struct kernel_available *items; /* oldest first */
	size_t count;
};

/* What all suites of the catalogue hold of its images. glob: of a version, a package, SUITE/VERSION; or NULL. */
int kernels_available(const char *glob, struct kernel_available_list *list, struct fault *fault);

#endif
