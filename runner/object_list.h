/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * object_list: the objects that make compiled, as its log names them, and what a program of
 * binutils says of each in two trees. For what a patch's machine code grew by (kernel_objects,
 * kernel_functions).
 */
#ifndef RUNNER_OBJECT_LIST_H
#define RUNNER_OBJECT_LIST_H

#include <jansson.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

enum { OBJECTS_MOST = 4096, OBJECT_NAME = 200 };

struct object_list {
	char (*names)[OBJECT_NAME]; /* below the tree; sorted, each once */
	size_t count, room;
};

/*
 * log: what make said, from offset on ("  CC      mm/mremap.o"); at most OBJECTS_MOST.
 * object_list_free in any case. -ENOMEM, or that there is no such file.
 */
int object_list_read(const char *log, uint64_t offset, struct object_list *list,
		     struct fault *fault);
void object_list_free(struct object_list *list);

/* What the program said of some objects of a tree, and what it calls the one that is looked at. */
struct object_said {
	const char *output;
	char path[PATH_MAX];
};

struct object_pair {
	const char *name;
	struct object_said before, after;
};

typedef int object_look(void *context, const struct object_pair *pair);

/*
 * Runs the program (its name and at most PROGRAM_WORDS - 1 options, a NULL at the end) on the
 * objects, some dozens at once, in both trees, and lets `look` see each; of an object that a tree
 * doesn't have, its output says nothing. The first error of `look` or of the program ends it.
 */
enum { PROGRAM_WORDS = 4 };
int object_list_compare(const struct object_list *list, const char *const program[],
			const char *before, const char *after, object_look *look, void *context,
			struct fault *fault);

/* Names come from a build of somebody's patch: '?' for what is not printable ASCII, or blank. */
json_t *object_name_json(const char *name);

#endif
