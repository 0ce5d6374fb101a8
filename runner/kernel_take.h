/* SPDX-License-Identifier: GPL-2.0-only */
/* kernel_take: a build of a suite becomes a kernel in the cache. */
#ifndef RUNNER_KERNEL_TAKE_H
#define RUNNER_KERNEL_TAKE_H

#include <stdbool.h>

#include "base/fault.h"
#include "runner/apt.h"
#include "runner/catalogue.h"
#include "runner/kernels.h"

/* Whether the cache has it, by its name. */
bool build_there(const struct kernel_list *list, const struct apt_package *package);

/*
 * Downloads and adds one of the packages, unless it is there, and says so on stderr; name is what it is
 * called in the cache. The lock of CACHE/apt is held: CACHE/apt/work is made and removed.
 */
int build_take(const struct catalogue *catalogue, const struct apt_suite *apt,
	       const struct apt_packages *packages, const struct apt_package *package,
	       char name[KERNEL_NAME], struct fault *fault);

/*
 * The two halves of it, which may run for two builds at once: into a folder of its own, which the caller
 * removes. build_keep's name is what the kernel is called in the cache.
 */
int build_download(const struct catalogue *catalogue, const struct apt_suite *apt,
		   const struct apt_package *package, const char *folder, struct fault *fault);
int build_keep(const struct apt_suite *apt, const struct apt_package *package, const char *folder,
	       char name[KERNEL_NAME], struct fault *fault);

#endif
