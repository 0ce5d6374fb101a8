/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_objects: how the machine code of a patched build's objects grew: of each that make
 * compiled, the bytes in sections of code, before (in the warm base) and after. A figure for review
 * and `kernel show`.
 */
#ifndef RUNNER_KERNEL_OBJECTS_H
#define RUNNER_KERNEL_OBJECTS_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "runner/object_list.h"

enum { OBJECTS_KEPT = 64 };

/*
 * before, after: trees. *changes: an array of {"object", "before", "after"} (bytes; null where a
 * tree doesn't have it), only of those whose code changed in size, in the order of their names, at
 * most OBJECTS_KEPT; *more: how many changed besides. -ENOMEM, or that binutils' size(1) failed.
 */
int kernel_objects_changed(const struct object_list *list, const char *before, const char *after,
			   json_t **changes, size_t *more, struct fault *fault);

/*
 * The parser of `size -A FILE…`: bytes in sections whose name holds ".text", of the file that `path` names.
 * -ENOENT: it is not there; -EPROTO: not such an output.
 */
int size_output_code(const char *output, const char *path, uint64_t *bytes);

#endif
