/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * patch_diff: what of a patch's text is its diff. Only that is hashed, and only that is applied, so
 * that a message, a signature or git's "index" lines make no other patch of it.
 */
#ifndef RUNNER_PATCH_DIFF_H
#define RUNNER_PATCH_DIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

/*
 * Appends headers and hunks. -ENODATA: there are none. -EPROTO: a hunk is cut short; a binary patch;
 * a merge's diff; one that makes a link or a submodule; a NUL byte.
 */
int patch_diff_take(const char *bytes, size_t count, struct text *diff, struct fault *fault);

/*
 * Which of a file's hunks begins at a line of the old file: its number from 1 in *hunk, of *hunks. The file is
 * named as `git apply -pLEVEL` does. False where the diff (of patch_diff_take) has none.
 */
bool patch_diff_hunk(const char *diff, unsigned int level, const char *file, unsigned long line,
		     size_t *hunk, size_t *hunks);

/* The name on the first "rename from" or "copy from" line at or after *at, which is moved behind it; NULL: no more. */
const char *patch_diff_origin(const char **at, size_t *len);

#endif
