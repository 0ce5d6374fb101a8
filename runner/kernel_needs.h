/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_needs: what a kernel must be configured with to be measured in a guest, held against its
 * config. Without some a boot can't report anything; without others some cells can't be measured.
 */
#ifndef RUNNER_KERNEL_NEEDS_H
#define RUNNER_KERNEL_NEEDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "runner/kernels.h"

struct kernel_lack {
	const char *option; /* "BLK_DEV_INITRD" */
	bool fatal; /* a boot is in vain */
	bool module; /* it is there, but as a module, and guests load none */
	const char *means; /* what doesn't work, in words */
};

enum { KERNEL_LACKS = 32 };

/* Of a .config's text: room for KERNEL_LACKS; returns how many. None where it is no whole config. */
size_t kernel_lacks_of(const char *config, struct kernel_lack *lacks);

/* Of a kernel whose config the cache has; none where it hasn't. -EIO … where it can't be read. */
int kernel_lacks(const struct kernel *kernel, struct kernel_lack *lacks, size_t *count,
		 struct fault *fault);

/* "CONFIG_BLK_DEV_INITRD is not set: …" of the first fatal one, in out; false: there is none. */
bool kernel_is_unfit(const struct kernel *kernel, char *out, size_t room);

/* One lack as a line, in out; returns out. */
char *kernel_lack_words(const struct kernel_lack *lack, char *out, size_t room);

#endif
