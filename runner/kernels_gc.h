/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernels_gc: what the cache holds that no name of a kernel refers to: what killed programs left, warm
 * bases that nobody used for long, downloads that were unpacked. What another program holds, by its
 * lock, is left alone; kernels are never taken.
 */
#ifndef RUNNER_KERNELS_GC_H
#define RUNNER_KERNELS_GC_H

#include <limits.h>
#include <stdbool.h>

#include "base/fault.h"

struct gc_item {
	char path[PATH_MAX];
	char what[80]; /* "a warm base, unused for 20 days" */
	unsigned long long bytes; /* on the disk */
};
/* Called for each, before it goes. */
typedef void gc_told(void *context, const struct gc_item *item);

/* unused: days after which a warm base or a log goes. dry_run: only tells. The first failure is returned. */
int kernels_gc(unsigned int unused, bool dry_run, gc_told *told, void *context,
	       struct fault *fault);

/* Bytes on the disk of a file, or of a folder and all in it. */
unsigned long long disk_bytes(const char *path);

#endif
