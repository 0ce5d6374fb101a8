/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_make: make in a kernel tree, in an environment that holds nothing of the user's, with what it
 * says kept in a log. A signal (SIGINT, SIGTERM, SIGHUP) ends it and all its children.
 */
#ifndef RUNNER_KERNEL_MAKE_H
#define RUNNER_KERNEL_MAKE_H

#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

struct kernel_make {
	const char *tree, *log; /* directory; file that is appended to */
	const char *who; /* whose lines of progress on stderr these are; NULL: none are written */
	const char *localversion; /* at the end of the release */
	unsigned int jobs;
	size_t compiled; /* objects of the kernel's so far, over all calls */
};

/*
 * "make ARGUMENT…" (ended by NULL); stage says it to people. -ENOEXEC: it failed, with the first of the
 * compiler's complaints in fault; -EINTR.
 */
int kernel_make(struct kernel_make *make, const char *const arguments[], const char *stage,
		struct fault *fault);

/*
 * Whether what make will call is here. -ENOPKG: the fault names the packages that are missing.
 * toolchain: compiler and linker in the words of their versions, one a line.
 */
int kernel_tools(struct text *toolchain, struct fault *fault);

#endif
