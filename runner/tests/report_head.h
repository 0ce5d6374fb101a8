/* SPDX-License-Identifier: GPL-2.0-only */
/* report_head: for tests: how reports begin, as far as a test needs it, and how one ends. */
#ifndef RUNNER_TESTS_REPORT_HEAD_H
#define RUNNER_TESTS_REPORT_HEAD_H

#define HEAD "remapbench-report 1\n"
#define METRIC HEAD "metric 0 ns ns ok\n"
#define CELL METRIC "cell a/b=1\n"
#define SAMPLE CELL "sample 0 10\n"
#define TAIL "cell-end a/b=1\nend\n"

#endif
