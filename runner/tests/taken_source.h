/* SPDX-License-Identifier: GPL-2.0-only */
/* taken_source: for tests: a fake tree, a source that is taken from it into "into", and the last fault. */
#ifndef RUNNER_TESTS_TAKEN_SOURCE_H
#define RUNNER_TESTS_TAKEN_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "runner/kernel_source.h"
#include "runner/tests/fake_tree.h"

extern struct fake_tree fake;
extern struct kernel_source source;
extern struct fault fault;

/* cmocka's setup and teardown of each test. */
int source_begin(void **state);
int source_end(void **state);
/* What the name means is unpacked. */
int source_take(const char *name);
bool is_there(const char *name);
size_t count_in(const char *name);
/* These fail the test. */
void source_takes(const char *name);
void fault_says(const char *words);
/* The tree is there, as far as it is wanted. */
void tree_is_whole(void);

#endif
