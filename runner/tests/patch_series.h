/* SPDX-License-Identifier: GPL-2.0-only */
/* patch_series: for tests: a fake tree, a series of patches read for it, and the last fault. */
#ifndef RUNNER_TESTS_PATCH_SERIES_H
#define RUNNER_TESTS_PATCH_SERIES_H

#include "base/fault.h"
#include "runner/kernel_patches.h"
#include "runner/tests/fake_tree.h"

extern struct fake_tree fake;
extern struct kernel_patches patches;
extern struct fault fault;

/* cmocka's setup and teardown of each test. */
int series_begin(void **state);
int series_end(void **state);
/* The change of one line of mm/mremap.c to `word`, with three lines about it: as a diff. */
char *diff_of(int line, const char *word, char out[1024]);
/* As a mail; overwritten by the fourth call after it. */
const char *mail_of(const char *subject, const char *diff);
int series_load(const char *path);
/* These fail the test. */
void series_loads(const char *path);
void series_applies(void);
void fault_says(const char *words);
/* mm/mremap.c's line. */
void line_is(int line, const char *want);

#endif
