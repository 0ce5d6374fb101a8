// SPDX-License-Identifier: GPL-2.0-only
/* Boundaries of sequential tests beside the published tables, and the normal distribution beside its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <math.h>

#include "results/calibrate/noise.h"
#include "results/normal.h"
#include "results/sequential.h"
#include "results/verdict.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Abramowitz and Stegun (1964), tables 26.1 and 26.2. */
static void the_normal_tail_is_that_of_the_tables(void **state)
{
	static const struct {
		double z, tail;
	} rows[] = {
		{ 0, 0.5 },
		{ 1, 0.15865525393145705 },
		{ 1.959963984540054, 0.025 },
		{ 2, 0.02275013194817921 },
		{ 3, 1.3498980316300933e-3 },
		{ 5, 2.8665157187919391e-7 },
		{ 10, 7.6198530241605269e-24 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_true(fabs(normal_tail(rows[i].z) / rows[i].tail - 1) < 1e-12);
		assert_true(fabs(normal_tail_quantile(rows[i].tail) - rows[i].z) < 1e-9);
		assert_true(fabs(normal_tail_quantile(1 - rows[i].tail) + rows[i].z) < 1e-6 ||
			    rows[i].tail < 1e-12);
	}
	assert_true(normal_tail_quantile(0) == INFINITY);
	assert_true(normal_tail_quantile(1) == -INFINITY);
}

/* O'Brien's and Fleming's, and Pocock's spending functions of Lan and DeMets (1983). */
static double spend_obrien(double tail, double fraction)
{
	return 2 * normal_tail(normal_tail_quantile(tail / 2) / sqrt(fraction));
}

static double spend_pocock(double tail, double fraction)
{
	return tail * log(1 + (exp(1) - 1) * fraction);
}

/*
 * D. M. Reboussin, D. L. DeMets, K. Kim and K. K. G. Lan, "Computations for Group Sequential Boundaries Using
 * the Lan-DeMets Spending Function Method", Control. Clin. Trials 21 (2000), 190-207: two-sided 5 %, equal
 * steps.
 */
static void boundaries_are_those_of_the_published_tables(void **state)
{
	static const struct {
		double (*spend)(double tail, double fraction);
		size_t looks;
		double bounds[5];
	} rows[] = {
		{ spend_obrien, 2, { 2.963, 1.969 } },
		{ spend_obrien, 5, { 4.877, 3.357, 2.680, 2.290, 2.031 } },
		{ spend_pocock, 2, { 2.157, 2.201 } },
		{ spend_pocock, 5, { 2.438, 2.427, 2.410, 2.397, 2.386 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		double fractions[5], spent[5], bounds[5];

		for (size_t k = 0; k < rows[i].looks; k++) {
			fractions[k] = (double)(k + 1) / (double)rows[i].looks;
			spent[k] = rows[i].spend(0.025, fractions[k]);
		}
		assert_int_equal(sequential_bounds(fractions, spent, rows[i].looks, bounds), 0);
		for (size_t k = 0; k < rows[i].looks; k++)
			assert_float_equal(bounds[k], rows[i].bounds[k], 6e-4);
	}
}

static void a_single_look_is_no_sequential_test(void **state)
{
	double fraction = 1, spent = 0.0005, bound;

	(void)state;
	assert_int_equal(sequential_bounds(&fraction, &spent, 1, &bound), 0);
	assert_float_equal(normal_tail(bound), 0.0005, 1e-9);
}

static void a_look_that_spends_nothing_refuses_nothing(void **state)
{
	double fractions[] = { 0.5, 1 }, spent[] = { 0, 0.025 }, bounds[2];

	(void)state;
	assert_int_equal(sequential_bounds(fractions, spent, 2, bounds), 0);
	assert_true(isinf(bounds[0]));
	assert_float_equal(bounds[1], 1.96, 1e-3);
}

static void no_look_of_a_plan_is_allowed_more_than_all_of_it(void **state)
{
	static const size_t blocks[] = { 1, 4, 15, 60, SEQUENTIAL_BLOCKS };
	const struct verdict_rule rule = { 0.95, 0.01, 100 };
	double tail = verdict_tail(&rule);

	(void)state;
	for (size_t i = 0; i < COUNT(blocks); i++) {
		double tails[SEQUENTIAL_BLOCKS + 1], sum = 0;

		assert_int_equal(sequential_plan(tail, blocks[i], tails), 0);
		for (size_t block = 1; block <= blocks[i]; block++) {
			assert_true(tails[block] >= 0 && tails[block] <= tail);
			/* Before it can refuse anything, a look would be for nothing. */
			if (block < verdict_blocks_least(tail) && blocks[i] > 1)
				assert_true(tails[block] == 0 || block == blocks[i]);
			sum += tails[block];
		}
		/* Looks share what they find: together they may be allowed more than it, and not less. */
		assert_true(sum > tail * 0.999);
		assert_true(tails[blocks[i]] > 0);
	}
}

/* Sums of independent normal values, looked at as planned. */
static void paths_cross_a_plans_boundaries_as_often_as_allowed(void **state)
{
	enum { BLOCKS = 15, PATHS = 60000 };
	const double tail = 0.025;
	double tails[BLOCKS + 1], bounds[BLOCKS + 1];
	struct random random;
	size_t crossed = 0;

	(void)state;
	random_seed(&random, 17, 0);
	assert_int_equal(sequential_plan(tail, BLOCKS, tails), 0);
	for (size_t block = 1; block <= BLOCKS; block++)
		bounds[block] = normal_tail_quantile(tails[block]);
	for (size_t path = 0; path < PATHS; path++) {
		double sum = 0;

		for (size_t block = 1; block <= BLOCKS; block++) {
			sum += noise_normal(&random);
			if (sum < bounds[block] * sqrt((double)block))
				continue;
			crossed++;
			break;
		}
	}
	/* four standard deviations of a count with mean 1500 */
	assert_in_range(crossed, 1500 - 4 * 39, 1500 + 4 * 39);
}

static void a_plan_has_blocks_and_not_too_many(void **state)
{
	double tails[2];

	(void)state;
	assert_int_equal(sequential_plan(0.01, 0, tails), -EINVAL);
	assert_int_equal(sequential_plan(0.01, SEQUENTIAL_BLOCKS + 1, tails), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_normal_tail_is_that_of_the_tables),
		cmocka_unit_test(boundaries_are_those_of_the_published_tables),
		cmocka_unit_test(a_single_look_is_no_sequential_test),
		cmocka_unit_test(a_look_that_spends_nothing_refuses_nothing),
		cmocka_unit_test(no_look_of_a_plan_is_allowed_more_than_all_of_it),
		cmocka_unit_test(paths_cross_a_plans_boundaries_as_often_as_allowed),
		cmocka_unit_test(a_plan_has_blocks_and_not_too_many),
	};

	return cmocka_run_group_tests_name("sequential", tests, NULL, NULL);
}
