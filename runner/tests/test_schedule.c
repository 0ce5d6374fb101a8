// SPDX-License-Identifier: GPL-2.0-only
/* Cells are shared out to boots in order, all of them, in the same way each time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "runner/schedule.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const double share = 75; /* what a boot holds at most */

static void close_to(double is, double want)
{
	if (!(is > want - 1e-9 && is < want + 1e-9))
		fail_msg("%g, not %g", is, want);
}

static void a_boot_holds_its_share_and_no_more(void **state)
{
	static const struct {
		double weights[6];
		size_t count, boots[6];
	} rows[] = {
		{ { 1 }, 1, { 1 } },
		{ { 25, 25, 25 }, 3, { 3 } },
		{ { 25, 25, 25.5 }, 3, { 2, 1 } },
		{ { 74, 1, 1 }, 3, { 2, 1 } },
		/* One that is too heavy has a boot to itself, wherever it stands. */
		{ { 400 }, 1, { 1 } },
		{ { 400, 1, 1 }, 3, { 1, 2 } },
		{ { 1, 400, 1 }, 3, { 1, 1, 1 } },
		{ { 400, 400, 75, 75, 1, 74 }, 6, { 1, 1, 1, 1, 2 } },
		/* In order: a light one does not slip into an earlier boot's room. */
		{ { 50, 50, 20, 50, 5 }, 5, { 1, 2, 2 } },
		{ { 0, 0, 0, 0, 0, 0 }, 6, { 6 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t at = 0;

		for (size_t boot = 0; at < rows[i].count; boot++) {
			double weight = -1, sum = 0;
			size_t taken =
				boot_cells(rows[i].weights + at, rows[i].count - at, &weight);

			assert_int_equal(taken, rows[i].boots[boot]);
			for (size_t cell = at; cell < at + taken; cell++)
				sum += rows[i].weights[cell];
			close_to(weight, boot_weight() + sum);
			at += taken;
		}
		assert_int_equal(at, rows[i].count);
	}
}

/* A long list of uneven weights (an LCG's, so the same each time). */
static void none_is_lost_of_many(void **state)
{
	enum { CELLS = 5000 };
	static double weights[CELLS];
	uint32_t random = 1;
	size_t at = 0, boots = 0;

	(void)state;
	for (size_t i = 0; i < CELLS; i++) {
		random = random * 1664525 + 1013904223;
		weights[i] = (double)(random >> 16) / (i % 100 ? 65536 : 600);
	}
	for (; at < CELLS; boots++) {
		double weight, again;
		size_t taken = boot_cells(weights + at, CELLS - at, &weight);

		assert_true(taken >= 1 && taken <= CELLS - at);
		assert_true(taken == 1 || weight <= boot_weight() + share);
		/* Full: the next one would not have fitted. */
		if (at + taken < CELLS)
			assert_true(weight + weights[at + taken] > boot_weight() + share);
		assert_int_equal(boot_cells(weights + at, CELLS - at, &again), taken);
		at += taken;
	}
	assert_int_equal(at, CELLS);
	assert_true(boots > 1);
}

static void a_cell_weighs_what_its_listing_says(void **state)
{
	(void)state;
	close_to(cell_weight(0, 0, 0), 0.02);
	close_to(cell_weight(0, 0, 10), 0.04);
	close_to(cell_weight(65000, 0, 10), 1.04);
	close_to(cell_weight(65000, 6500, 10), 2.04);
	/* However large: never less, never infinite. */
	assert_true(cell_weight(UINT64_MAX, UINT64_MAX, UINT32_MAX) > 1e20);
	assert_true(cell_weight(UINT64_MAX, UINT64_MAX, UINT32_MAX) < 1e30);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_boot_holds_its_share_and_no_more),
		cmocka_unit_test(none_is_lost_of_many),
		cmocka_unit_test(a_cell_weighs_what_its_listing_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
