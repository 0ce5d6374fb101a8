/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fake_tree: for tests: a folder of the test's own with a kernel's tree in it that has a few small files
 * only, among them mm/mremap.c of 100 lines ("line 1"…), and files written by name.
 */
#ifndef RUNNER_TESTS_FAKE_TREE_H
#define RUNNER_TESTS_FAKE_TREE_H

#include <limits.h>
#include <stddef.h>

struct fake_tree {
	char place[PATH_MAX]; /* the test's own folder; REMAPBENCH_CACHE is its "cache" */
	char tree[PATH_MAX]; /* place/linux-7.3 */
};

void fake_tree_make(struct fake_tree *fake);
void fake_tree_remove(struct fake_tree *fake);
/* place/name, in one of a few buffers. */
const char *fake_path(const struct fake_tree *fake, const char *name);
/* Writes place/name, making folders; returns its path. */
const char *fake_write(const struct fake_tree *fake, const char *name, const char *text);
const char *fake_write_bytes(const struct fake_tree *fake, const char *name, const void *bytes,
			     size_t count);
/* What place/name holds, in a buffer of one; "" where it isn't there. */
const char *fake_read(const struct fake_tree *fake, const char *name);
/* Runs a line of shell in place; fails the test where that fails. */
void fake_shell(const struct fake_tree *fake, const char *line);

#endif
