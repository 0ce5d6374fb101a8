/* SPDX-License-Identifier: GPL-2.0-only */
/* compare_fixture: pairs of runs with every verdict that a row can have. */
#ifndef RESULTS_TESTS_COMPARE_FIXTURE_H
#define RESULTS_TESTS_COMPARE_FIXTURE_H

#include "results/tests/fixture.h"

enum {
	/* Of clock, in balanced order: one cell dearer by a tenth, one the same, one too noisy to tell. */
	TIMES_A = 5,
	TIMES_B,
	/* Of insn: a row of each kind. */
	COUNTS_A,
	COUNTS_B,
};
/* After fixture_fill(). */
void compare_fill(struct fixture *fixture);

#endif
