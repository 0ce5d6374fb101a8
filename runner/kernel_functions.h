/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_functions: which functions of a patched build's objects grew or shrank, as bloat-o-meter
 * tells it: their symbols' sizes before (in the warm base) and after, as nm(1) lists them. An
 * object whose code is as long as before may have such functions, too: padding hides them.
 */
#ifndef RUNNER_KERNEL_FUNCTIONS_H
#define RUNNER_KERNEL_FUNCTIONS_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "runner/object_list.h"

enum { FUNCTIONS_KEPT = 64, FUNCTION_NAME = 256 };

/*
 * before, after: trees. *changes: an array of {"object", "function", "before", "after"} (bytes;
 * null where a tree doesn't have it), the largest change first, at most FUNCTIONS_KEPT; *more: how
 * many changed besides. -ENOMEM, or that binutils' nm(1) failed.
 */
int kernel_functions_changed(const struct object_list *list, const char *before, const char *after,
			     json_t **changes, size_t *more, struct fault *fault);

struct function_size {
	const char *name; /* in nm's output, without an end */
	size_t length;
	int64_t bytes; /* of all of this name in the object; what is too large is INT64_MAX */
};

struct function_sizes {
	struct function_size *items; /* in the order of their names, each once */
	size_t count, room;
};

/*
 * The parser of `nm -A -S FILE…`: the symbols of code (types t, T, w and W) that have a size, of
 * the file that `path` names; what is no such line is not looked at. They point into output.
 * function_sizes_free in any case. -ENOMEM.
 */
int nm_output_functions(const char *output, const char *path, struct function_sizes *sizes);
void function_sizes_free(struct function_sizes *sizes);

struct function_change {
	char object[OBJECT_NAME], function[FUNCTION_NAME]; /* a longer name ends in "..." */
	int64_t before, after; /* bytes; -1: it is not there */
};

/* By the size of the change, the largest first; then by function, then by object. */
struct function_changes {
	struct function_change items[FUNCTIONS_KEPT];
	size_t count, more;
};

/* Adds what differs between two lists of one object's functions; of too many, the largest stay. */
void function_changes_add(struct function_changes *changes, const char *object,
			  const struct function_sizes *before, const struct function_sizes *after);

#endif
