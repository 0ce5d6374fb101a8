/* SPDX-License-Identifier: GPL-2.0-only */
/* compiled_trees: for tests: two trees of objects that the compiler made, and what make said. */
#ifndef RUNNER_TESTS_COMPILED_TREES_H
#define RUNNER_TESTS_COMPILED_TREES_H

#include <limits.h>

struct compiled_trees {
	char place[64], before[PATH_MAX], after[PATH_MAX], log[PATH_MAX];
};

/* All fail the test where it can't be done. */
void compiled_trees_make(struct compiled_trees *trees, const char *log);
/* name.o in a tree, of C code. */
void compiled_trees_compile(const char *tree, const char *name, const char *code);
void compiled_trees_remove(const struct compiled_trees *trees);

#endif
