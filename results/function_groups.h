/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * function_groups: which part of a call a kernel function belongs to: mremap's own path; the refill of a
 * cache of the allocators', which lands on one call rather than another; or what the layout of the code
 * costs, wherever a build put it. The groups are what a text says (configs/function-groups, a file that
 * users edit); lines of it are
 *   group NAME path|refill|layout WORDS…   a group, its part, and why it is one
 *   NAME GLOB…                             functions of a group that was named before; the first match counts
 * and comments, which begin with #. What no glob matches is in the group "other", of the path.
 */
#ifndef RESULTS_FUNCTION_GROUPS_H
#define RESULTS_FUNCTION_GROUPS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"

enum function_part { PART_PATH, PART_REFILL, PART_LAYOUT, FUNCTION_PARTS };
/* "path", "refill", "layout" */
const char *function_part_name(enum function_part part);

enum { FUNCTION_GROUPS = 32, FUNCTION_GLOBS = 2048 };

struct function_group {
	char name[32];
	enum function_part part;
	char why[256];
};
struct function_groups {
	struct function_group
		groups[FUNCTION_GROUPS]; /* in the file's order; the last is "other" */
	size_t group_count;
	struct function_glob {
		char *glob;
		size_t group;
	} * globs;
	size_t glob_count;
};

/* Any text is safe to give: 0, or -EINVAL with the line's number, -ENOMEM. */
int function_groups_parse(const char *text, struct function_groups *groups, struct fault *fault);
void function_groups_free(struct function_groups *groups);

/* The index of the function's group. name: with or without the compiler's suffix of a copy. */
size_t function_group_of(const struct function_groups *groups, const char *name);

/*
 * "f" of "f", "f.isra.0", "f.constprop.0.cold": the length of the name that its source gave it. Names in
 * brackets ("[user]") are no functions, and whole.
 */
size_t function_base(const char *name);

#endif
