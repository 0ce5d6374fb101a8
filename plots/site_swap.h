/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * site_swap: a folder of our own beside the one that it is to become, and the swap, atomic where it
 * can be.
 */
#ifndef PLOTS_SITE_SWAP_H
#define PLOTS_SITE_SWAP_H

#include <limits.h>

#include "base/fault.h"

struct site_swap {
	char target[PATH_MAX], staging[PATH_MAX];
	int lock; /* on the staging folder: while it is held, nobody clears the folder away */
};

/* Checks the target, clears away what killed ones left beside it, and makes the staging folder. */
int swap_begin(struct site_swap *swap, const char *target, struct fault *fault);
int swap_commit(struct site_swap *swap, struct fault *fault);
/* Removes the staging folder, if it is still there. Always the last call. */
void swap_end(struct site_swap *swap);

#endif
