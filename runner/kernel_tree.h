/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_tree: whole source trees with what was built in them. make goes by the times of files, so a
 * copy keeps them, and a file whose content stays keeps its own.
 */
#ifndef RUNNER_KERNEL_TREE_H
#define RUNNER_KERNEL_TREE_H

#include <stddef.h>

#include "base/fault.h"

/* to must not be there yet. */
int tree_copy(const char *from, const char *to, struct fault *fault);

/* The paths of all files in tree, from its top, each with its NUL, sorted; into a file. */
int tree_list(const char *tree, const char *list, struct fault *fault);

/*
 * Gives tree the source files of fresh, which are moved there where the content differs (and are new to
 * make), and removes those that list (of tree's own source, by tree_list) names and fresh lacks.
 * *changed: how many files that were. What remains of fresh is to be thrown away.
 */
int tree_sync(const char *fresh, const char *tree, const char *list, size_t *changed,
	      struct fault *fault);

#endif
