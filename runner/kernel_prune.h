/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_prune: a warm base without the sources that its build did not read. Most of a kernel is drivers
 * that no config of ours has, and a base is copied and removed for each patched build. Every Kconfig
 * file and Makefile stays; what a patch turns out to need is put back.
 */
#ifndef RUNNER_KERNEL_PRUNE_H
#define RUNNER_KERNEL_PRUNE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"

/* list: of the tree's source, by tree_list. *gone: how many files that were. */
int tree_prune(const char *tree, const char *list, size_t *gone, struct fault *fault);

/* Whether the list has a file of these that the tree lacks. */
bool tree_lacks(const char *tree, const char *list, const char *const files[], size_t count);

/*
 * Moves to tree what fresh, its whole source, has and tree lacks, but for the files in except (sorted): a
 * patch may have removed them.
 */
int tree_restore(const char *fresh, const char *tree, const char *const except[],
		 size_t except_count, struct fault *fault);

#endif
