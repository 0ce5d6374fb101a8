// SPDX-License-Identifier: GPL-2.0-only
/* Order statistics against values worked out by hand and by R's quantile(type = 7). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "results/stats.h"

struct quantile_case {
	size_t count;
	double values[8];
	double p, expected;
};

static void a_quantile_is_what_definition_7_says(void **state)
{
	static const struct quantile_case cases[] = {
		{ 1, { 5 }, 0.25, 5 },
		{ 2, { 1, 2 }, 0.25, 1.25 },
		{ 2, { 1, 2 }, 0.75, 1.75 },
		{ 4, { 1, 2, 3, 4 }, 0.25, 1.75 },
		{ 4, { 1, 2, 3, 4 }, 0.75, 3.25 },
		{ 5, { 1, 2, 3, 4, 5 }, 0.25, 2 },
		{ 7, { 1, 2, 4, 8, 16, 32, 64 }, 0.1, 1.6 },
		{ 7, { 1, 2, 4, 8, 16, 32, 64 }, 0.9, 44.8 },
		{ 3, { 1, 2, 3 }, 0, 1 },
		{ 3, { 1, 2, 3 }, 1, 3 },
		{ 3, { 1, 2, 3 }, 2, 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_float_equal(stats_quantile(cases[i].values, cases[i].count, cases[i].p),
				   cases[i].expected, 1e-6);
}

static void the_median_is_the_middle_or_the_mean_of_the_two(void **state)
{
	double odd[] = { 9, 1, 5 }, even[] = { 4, 1, 3, 2 };

	(void)state;
	stats_sort(odd, 3);
	stats_sort(even, 4);
	assert_float_equal(stats_median(odd, 3), 5, 0);
	assert_float_equal(stats_median(even, 4), 2.5, 0);
}

static void nothing_has_no_quantile(void **state)
{
	(void)state;
	stats_sort(NULL, 0);
	assert_true(isnan(stats_quantile(NULL, 0, 0.5)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_quantile_is_what_definition_7_says),
		cmocka_unit_test(the_median_is_the_middle_or_the_mean_of_the_two),
		cmocka_unit_test(nothing_has_no_quantile),
	};

	return cmocka_run_group_tests_name("stats", tests, NULL, NULL);
}
