// SPDX-License-Identifier: GPL-2.0-only
/*
 * The short form of `ninja calibrate`: simulated tables hold false claims as seldom as is said, and what is
 * told of data that would be enough is true. Seeds are fixed, bounds are wide: what fails here is broken.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "results/calibrate/rivals.h"
#include "results/calibrate/simulate.h"
#include "results/verdict.h"

static const double sigma = 0.01, margin = 0.01;

static struct simulate_result simulate(enum noise_kind noise, size_t trials, size_t tables,
				       double noise_sigma, double effect, bool sequential)
{
	const struct simulate_ask ask = { noise,       100 + trials, trials, tables,
					  noise_sigma, effect,	     margin };
	struct simulate_result result;

	assert_int_equal(
		sequential ? simulate_sequential(&ask, &result) : simulate_fixed(&ask, &result), 0);
	assert_int_equal(result.tables, tables);
	return result;
}

/* Goal: 5 % of tables; of 20 tables at 5 %, five or more are false in 1 run of 400. */
static void tables_of_noise_seldom_hold_a_claim(void **state)
{
	(void)state;
	for (int noise = 0; noise < NOISE_KINDS; noise++) {
		struct simulate_result result =
			simulate((enum noise_kind)noise, 10, 20, sigma, 0, false);

		assert_in_range(result.false_tables, 0, 4);
	}
}

static void looking_while_it_runs_claims_no_more(void **state)
{
	static const enum noise_kind kinds[] = { NOISE_GAUSS, NOISE_OUTLIERS };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct simulate_result result = simulate(kinds[i], 16, 12, sigma, 0, true);

		assert_in_range(result.false_tables, 0, 3);
	}
}

static void an_effect_of_the_margin_is_seldom_proved_to_be_less(void **state)
{
	struct simulate_result result =
		simulate(NOISE_GAUSS, 20, 20, sigma / 4, log1p(margin), false);

	(void)state;
	assert_in_range(result.false_tables, 0, 4);
	/* What is less is proved: else the above would be nothing. */
	result = simulate(NOISE_GAUSS, 20, 2, sigma / 4, 0, false);
	assert_true(result.equal > 150);
}

/* Three standard deviations at ten trials a side; what outliers do must not take it away. */
static void large_effects_are_seen_also_among_outliers(void **state)
{
	(void)state;
	assert_true(simulate(NOISE_GAUSS, 10, 2, sigma, 3 * sigma, false).proved > 170);
	assert_true(simulate(NOISE_OUTLIERS, 20, 2, sigma, 3 * sigma, false).proved > 170);
	assert_true(simulate(NOISE_DRIFT, 20, 2, sigma, 3 * sigma, false).proved > 170);
}

static void the_sequential_mode_stops_where_it_is_clear(void **state)
{
	struct simulate_result clear = simulate(NOISE_GAUSS, 30, 1, sigma, 3 * sigma, true);
	struct simulate_result unclear = simulate(NOISE_GAUSS, 30, 1, sigma, 0.5 * sigma, true);

	(void)state;
	assert_true(clear.proved > 90 && clear.trials / 100 < 15);
	assert_true(unclear.proved < 30 && unclear.trials / 100 > 25);
}

/* The rules of others, at what they are known for. */
static void other_rules_are_wrong_as_often_as_is_known(void **state)
{
	struct simulate_result result = simulate(NOISE_GAUSS, 5, 10, sigma, 0, false);
	size_t lkp = 0;
	struct random random;

	(void)state;
	assert_in_range(result.false_benchstat, 8, 10);
	random_seed(&random, 1, 1);
	for (int row = 0; row < 2000; row++) {
		double values[6];

		noise_fill(&random, NOISE_GAUSS, 1, values, 6);
		lkp += lkp_claims(values, values + 3, 3);
	}
	assert_in_range(lkp, 400, 600); /* a quarter, at three and three */
}

static void row_make(struct random *random, size_t blocks, double effect,
		     struct verdict_trial *trials)
{
	double noise[160];

	noise_fill(random, NOISE_GAUSS, sigma, noise, 4 * blocks);
	for (size_t i = 0; i < 4 * blocks; i++) {
		bool b = i % 4 == 1 || i % 4 == 2;

		trials[i] = (struct verdict_trial){ exp(noise[i] + (b ? effect : 0)),
						    (uint32_t)(i / 4), b };
	}
}

/* "The smallest effect that data of this width would have proved, four times out of five." */
static void the_smallest_effect_shown_is_proved_four_times_out_of_five(void **state)
{
	enum { BLOCKS = 8, ROWS = 150 };
	struct verdict_trial trials[4 * BLOCKS];
	double smallest = 0;
	size_t proved = 0;
	struct random random;
	struct verdict verdict;

	(void)state;
	random_seed(&random, 21, 0);
	for (int i = 0; i < ROWS; i++) {
		row_make(&random, BLOCKS, 0, trials);
		assert_int_equal(verdict_row(trials, 4 * BLOCKS, 0.005, margin, &verdict), 0);
		smallest += log1p(verdict.smallest) / ROWS;
	}
	for (int i = 0; i < ROWS; i++) {
		int tests[TESTS];

		row_make(&random, BLOCKS, smallest, trials);
		assert_int_equal(verdict_tests(trials, 4 * BLOCKS, 0.005, margin, tests), 0);
		proved += tests[TEST_NONE] > 0;
	}
	assert_in_range(proved, ROWS * 7 / 10, ROWS * 92 / 100);
}

/* Of rows whose estimate is about right, what they ask for decides them four times out of five. */
static void as_many_trials_as_are_asked_for_tell(void **state)
{
	enum { BLOCKS = 5, MOST = 40 };
	static const double effects[] = { 0, 0.012 };

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		size_t asked = 0, told = 0;
		struct random random;

		random_seed(&random, 31, k);
		for (int i = 0; i < 400 && asked < 80; i++) {
			struct verdict_trial trials[4 * MOST];
			struct verdict verdict;
			size_t blocks;

			row_make(&random, BLOCKS, effects[k], trials);
			assert_int_equal(verdict_row(trials, 4 * BLOCKS, 0.005, margin, &verdict),
					 0);
			blocks = BLOCKS + verdict.more / 2;
			if (verdict_is_decided(&verdict) || blocks > MOST ||
			    fabs(log(verdict.ratio) - effects[k]) > 0.2 * sigma)
				continue;
			asked++;
			row_make(&random, blocks, effects[k], trials);
			assert_int_equal(verdict_row(trials, 4 * blocks, 0.005, margin, &verdict),
					 0);
			told += verdict_is_decided(&verdict);
		}
		assert_true(asked >= 30);
		assert_in_range(told, asked * 65 / 100, asked);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_of_noise_seldom_hold_a_claim),
		cmocka_unit_test(looking_while_it_runs_claims_no_more),
		cmocka_unit_test(an_effect_of_the_margin_is_seldom_proved_to_be_less),
		cmocka_unit_test(large_effects_are_seen_also_among_outliers),
		cmocka_unit_test(the_sequential_mode_stops_where_it_is_clear),
		cmocka_unit_test(other_rules_are_wrong_as_often_as_is_known),
		cmocka_unit_test(the_smallest_effect_shown_is_proved_four_times_out_of_five),
		cmocka_unit_test(as_many_trials_as_are_asked_for_tell),
	};

	return cmocka_run_group_tests_name("calibration", tests, NULL, NULL);
}
