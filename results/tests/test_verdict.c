// SPDX-License-Identifier: GPL-2.0-only
/* Which of the three answers a row gets, and what goes with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <math.h>
#include <string.h>

#include "results/calibrate/noise.h"
#include "results/verdict.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { BLOCKS = 30 };

static const double margin = 0.01;

/* ABBA, of a cell that takes 12,000. */
static size_t row_make(uint64_t seed, size_t blocks, double effect, double sigma,
		       struct verdict_trial *trials)
{
	struct random random;
	double noise[4 * BLOCKS];

	random_seed(&random, seed, 77);
	noise_fill(&random, NOISE_GAUSS, sigma, noise, 4 * blocks);
	for (size_t i = 0; i < 4 * blocks; i++) {
		bool b = i % 4 == 1 || i % 4 == 2;

		trials[i] = (struct verdict_trial){ 12000 * (b ? 1 + effect : 1) * exp(noise[i]),
						    (uint32_t)(i / 4), b };
	}
	return 4 * blocks;
}

static struct verdict judge(const struct verdict_trial *trials, size_t count, double tail)
{
	struct verdict verdict;

	assert_int_equal(verdict_row(trials, count, tail, margin, &verdict), 0);
	return verdict;
}

static double tail_of_rows(size_t rows)
{
	struct verdict_rule rule = verdict_rule_default;

	rule.rows = rows;
	return verdict_tail(&rule);
}

static void a_row_gets_the_answer_that_its_interval_gives(void **state)
{
	static const struct {
		double effect, sigma;
		size_t blocks, rows;
		enum verdict_kind kind;
		double least_x, most_x;
	} rows[] = {
		{ 0.05, 0.002, 10, 100, VERDICT_COSTS, 0.045, 0.05 },
		{ -0.05, 0.002, 10, 100, VERDICT_SAVES, 0.045, 0.05 },
		{ 0, 0.002, 10, 100, VERDICT_EQUAL, 0.01, 0.01 },
		{ 0, 0.03, 10, 100, VERDICT_NOT_ENOUGH, 0, 0 },
		{ 1, 0.01, 3, 100, VERDICT_NOT_ENOUGH, 0, 0 }, /* twice as slow, but too few */
		{ 1, 0.01, 4, 100, VERDICT_COSTS, 0.85, 1 },
		{ 1, 0.01, 2, 1, VERDICT_COSTS, 0.85, 1 },
		{ 0.02, 0.002, 10, 1, VERDICT_COSTS, 0.017, 0.02 },
		/* a cost for sure, and it may be less than the margin or more */
		{ 0.01, 0.003, 15, 100, VERDICT_COSTS, 0.003, 0.01 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct verdict_trial trials[4 * BLOCKS];
		size_t count = row_make(i, rows[i].blocks, rows[i].effect, rows[i].sigma, trials);
		struct verdict verdict = judge(trials, count, tail_of_rows(rows[i].rows));

		assert_int_equal(verdict.kind, rows[i].kind);
		assert_true(verdict.x >= rows[i].least_x && verdict.x <= rows[i].most_x);
		assert_int_equal(verdict.blocks, rows[i].blocks);
		assert_int_equal(verdict.trials_a, 2 * rows[i].blocks);
		assert_int_equal(verdict.trials_b, 2 * rows[i].blocks);
		assert_int_equal(verdict.more > 0, verdict.kind == VERDICT_NOT_ENOUGH);
		assert_true(verdict.low <= 1 + rows[i].effect &&
			    verdict.high >= 1 + rows[i].effect);
		assert_true(verdict.low < verdict.ratio || verdict.low == 0);
		assert_true(verdict.ratio < verdict.high);
	}
}

static void a_small_cost_can_be_proved_to_be_small_and_not_nothing(void **state)
{
	struct verdict_trial trials[4 * BLOCKS];
	size_t count = row_make(1, 15, 0.004, 0.001, trials);
	struct verdict verdict = judge(trials, count, tail_of_rows(100));

	(void)state;
	assert_int_equal(verdict.kind, VERDICT_EQUAL);
	assert_float_equal(verdict.x, margin, 1e-9);
	assert_true(verdict.low > 1.002 && verdict.high < 1.006);
	assert_true(verdict_cost_is_small(&verdict));
}

static void the_sides_exchanged_say_the_opposite(void **state)
{
	struct verdict_trial trials[4 * BLOCKS];
	size_t count = row_make(3, 8, 0.1, 0.01, trials);
	struct verdict there = judge(trials, count, 0.01), back;

	(void)state;
	for (size_t i = 0; i < count; i++)
		trials[i].b = !trials[i].b;
	back = judge(trials, count, 0.01);
	assert_int_equal(there.kind, VERDICT_COSTS);
	assert_int_equal(back.kind, VERDICT_SAVES);
	assert_float_equal(there.ratio * back.ratio, 1, 1e-5);
	assert_float_equal(there.low * back.high, 1, 1e-4);
	assert_float_equal(there.high * back.low, 1, 1e-4);
}

static void units_and_the_order_of_trials_change_nothing(void **state)
{
	struct verdict_trial trials[4 * BLOCKS], kept;
	size_t count = row_make(4, 9, 0.03, 0.01, trials);
	struct verdict first = judge(trials, count, 0.001), second;
	struct random random;

	(void)state;
	random_seed(&random, 4, 4);
	for (size_t i = count; i > 1; i--) {
		size_t other = (size_t)random_below(&random, i);

		kept = trials[i - 1];
		trials[i - 1] = trials[other];
		trials[other] = kept;
		trials[i - 1].value *= 1e-9;
	}
	trials[0].value *= 1e-9;
	second = judge(trials, count, 0.001);
	assert_int_equal(first.kind, second.kind);
	assert_float_equal(first.low, second.low, 1e-4);
	assert_float_equal(first.high, second.high, 1e-4);
}

static void drift_over_the_run_does_not_widen_it_much(void **state)
{
	struct verdict_trial trials[4 * BLOCKS];
	size_t count = row_make(5, 20, 0.02, 0.002, trials);
	struct verdict still = judge(trials, count, 0.001), drifting;

	(void)state;
	for (size_t i = 0; i < count; i++)
		trials[i].value *= 1 + 0.01 * (double)trials[i].block; /* 20 % in all */
	drifting = judge(trials, count, 0.001);
	assert_int_equal(drifting.kind, VERDICT_COSTS);
	assert_true(drifting.high - drifting.low < 3.5 * (still.high - still.low));
}

static void what_does_not_vary_is_proved_to_be_equal(void **state)
{
	static const double values[] = { 0, 7, 1e9 };

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		struct verdict_trial trials[4 * BLOCKS];
		size_t count = row_make(6, 8, 0, 0.01, trials);
		struct verdict verdict;

		for (size_t j = 0; j < count; j++)
			trials[j].value = values[i];
		verdict = judge(trials, count, tail_of_rows(100));
		assert_int_equal(verdict.kind, VERDICT_EQUAL);
		assert_float_equal(verdict.low, 1, 1e-4);
		assert_float_equal(verdict.high, 1, 1e-4);
	}
}

static void what_has_no_ratio_is_refused(void **state)
{
	static const double values[] = { 0, -1, NAN, INFINITY };
	struct verdict verdict;

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		struct verdict_trial trials[4 * BLOCKS];
		size_t count = row_make(6, 8, 0, 0.01, trials);

		trials[5].value = values[i];
		assert_int_equal(verdict_row(trials, count, 0.01, margin, &verdict), -EDOM);
		assert_int_equal(verdict.kind, VERDICT_NOT_ENOUGH);
	}
}

static void nothing_or_one_side_is_not_enough(void **state)
{
	struct verdict_trial trials[4 * BLOCKS];
	size_t count = row_make(6, 8, 0, 0.01, trials);
	struct verdict verdict = judge(NULL, 0, 0.01);

	(void)state;
	assert_int_equal(verdict.kind, VERDICT_NOT_ENOUGH);
	assert_int_equal(verdict.more, VERDICT_MORE_UNKNOWN);
	assert_true(isnan(verdict.ratio) && verdict.low == 0 && isinf(verdict.high));
	for (size_t i = 0; i < count; i++)
		trials[i].b = true;
	verdict = judge(trials, count, 0.01);
	assert_int_equal(verdict.kind, VERDICT_NOT_ENOUGH);
	assert_int_equal(verdict.trials_b, 0);
}

static void trials_side_by_side_are_not_asked_for(void **state)
{
	struct verdict_trial trials[4 * BLOCKS];
	size_t count = row_make(7, 8, 0.05, 0.005, trials);
	struct verdict verdict;

	(void)state;
	for (size_t i = 0; i < count; i++)
		trials[i].block = 0;
	verdict = judge(trials, count, tail_of_rows(100));
	assert_int_equal(verdict.kind, VERDICT_COSTS);
	assert_int_equal(verdict.blocks, 1);
}

/* At n trials of each side there are C(2n, n) ways to deal them within a stratum. */
static void the_fewest_blocks_have_enough_ways_to_be_dealt(void **state)
{
	static const struct {
		double tail;
		size_t blocks;
	} rows[] = {
		{ 0.4, 1 }, /* 1/6 */
		{ 1.0 / 6, 1 },
		{ 0.025, 2 }, /* 1/70 */
		{ 1.0 / 70, 2 },
		{ 1.0 / 71, 3 },
		{ 1.0 / 924, 3 },
		{ 1.0 / 925, 4 },
		{ 1.0 / 4900, 4 }, /* 70 * 70 */
		{ 1.0 / 4901, 5 },
		{ 1.0 / (70 * 924), 5 },
		{ 1.0 / (70 * 924 + 1), 6 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct verdict_trial trials[4 * BLOCKS];
		struct verdict verdict;
		size_t count;

		assert_int_equal(verdict_blocks_least(rows[i].tail), rows[i].blocks);
		/* And so it is: the sides lie apart, and are bounded from there on. */
		count = row_make(i, rows[i].blocks, 10, 0.01, trials);
		verdict = judge(trials, count, rows[i].tail);
		assert_true(verdict.low > 0 && isfinite(verdict.high));
		if (rows[i].blocks == 1)
			continue;
		verdict = judge(trials, count - 4, rows[i].tail);
		assert_true(verdict.low == 0 && isinf(verdict.high) && isinf(verdict.smallest));
		assert_int_equal(verdict.more, 2); /* it is so clear that one block more tells */
	}
	assert_int_equal(verdict_blocks_least(0), SIZE_MAX);
}

/* The width shrinks as the root: at three times the noise, nine times the trials. */
static void more_noise_asks_for_more_trials(void **state)
{
	static const struct {
		double sigma;
		uint32_t least, most;
	} rows[] = {
		{ 0.01, 4, 60 },
		{ 0.03, 100, 2000 },
		{ 0.1, 1000, 8000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct verdict_trial trials[4 * BLOCKS];
		size_t count = row_make(12, 12, 0, rows[i].sigma, trials);
		struct verdict verdict = judge(trials, count, tail_of_rows(100));

		assert_int_equal(verdict.kind, VERDICT_NOT_ENOUGH);
		assert_in_range(verdict.more, rows[i].least, rows[i].most);
	}
}

static void noise_without_end_asks_for_more_than_can_be_said(void **state)
{
	struct verdict_trial trials[4 * BLOCKS];
	struct verdict verdict;

	(void)state;
	/* Both sides of a block see the same: 1, or 1000. */
	for (size_t i = 0; i < 4 * 10; i++)
		trials[i] = (struct verdict_trial){ i % 4 < 2 ? 1 : 1000, (uint32_t)(i / 4),
						    i % 4 == 1 || i % 4 == 2 };
	verdict = judge(trials, 4 * 10, 0.001);
	assert_int_equal(verdict.kind, VERDICT_NOT_ENOUGH);
	assert_int_equal(verdict.more, VERDICT_MORE_UNKNOWN);
	assert_float_equal(verdict.ratio, 1, 1e-5);
}

static struct verdict bounds(double low, double high)
{
	return (struct verdict){ .low = low, .high = high, .margin = margin, .more = 4 };
}

static void a_later_look_takes_nothing_back(void **state)
{
	static const struct {
		double low, high, low_before, high_before, low_after, high_after;
		enum verdict_kind kind;
		bool contradicted;
	} rows[] = {
		{ 0.9, 1.2, 0.8, 1.1, 0.9, 1.1, VERDICT_NOT_ENOUGH, false },
		{ 0.99, 1.2, 1.02, 1.3, 1.02, 1.2, VERDICT_COSTS, false },
		{ 0.8, 1.01, 0.7, 0.98, 0.8, 0.98, VERDICT_SAVES, false },
		{ 0.995, 1.2, 0.9, 1.005, 0.995, 1.005, VERDICT_EQUAL, false },
		/* proved to cost, now proved to be little */
		{ 0.999, 1.005, 1.001, 1.05, 1.001, 1.005, VERDICT_EQUAL, false },
		{ 0.5, 0.9, 1.02, 1.3, 1.02, 1.3, VERDICT_COSTS, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct verdict before = bounds(rows[i].low_before, rows[i].high_before);
		struct verdict verdict = bounds(rows[i].low, rows[i].high);

		verdict_refine(&verdict, &before);
		assert_int_equal(verdict.kind, rows[i].kind);
		assert_float_equal(verdict.low, rows[i].low_after, 1e-9);
		assert_float_equal(verdict.high, rows[i].high_after, 1e-9);
		assert_int_equal(verdict.contradicted, rows[i].contradicted);
		assert_int_equal(verdict_is_decided(&verdict), verdict.more == 0);
	}
}

static void the_tests_alone_say_what_the_interval_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < 200; i++) {
		static const double effects[] = { -0.01, 0, 0.004, 0.01, 0.03 };
		struct verdict_trial trials[4 * BLOCKS];
		size_t count = row_make(100 + i, 4 + i % 12, effects[i % 5], 0.004, trials);
		struct verdict verdict = judge(trials, count, 0.001);
		const double edges[TESTS] = { 1 / (1 + margin), 1, 1 + margin };
		int proved[TESTS];

		assert_int_equal(verdict_tests(trials, count, 0.001, margin, proved), 0);
		for (size_t j = 0; j < TESTS; j++) {
			/* The interval's ends are known to a thousandth of its width. */
			double close = 2e-3 * (verdict.high - verdict.low);

			if (fabs(verdict.low - edges[j]) < close ||
			    fabs(verdict.high - edges[j]) < close)
				continue;
			assert_int_equal(proved[j], verdict.low > edges[j]    ? 1
						    : verdict.high < edges[j] ? -1
									      : 0);
		}
	}
}

static void a_trial_is_the_median_of_its_samples(void **state)
{
	const double samples[] = { 9, 1, 5, 1000, 4 };

	(void)state;
	assert_float_equal(trial_summary(samples, 5), 5, 0);
	assert_float_equal(trial_summary(samples, 2), 5, 0);
	assert_true(isnan(trial_summary(NULL, 0)));
}

static void the_error_is_shared_among_all_rows(void **state)
{
	struct verdict_rule rule = { .confidence = 0.9, .margin = 0.02, .rows = 50 };

	(void)state;
	assert_float_equal(verdict_tail(&rule), 0.001, 1e-12);
	assert_float_equal(verdict_tail(&verdict_rule_default), 0.025, 1e-12);
	rule.rows = 0;
	assert_float_equal(verdict_tail(&rule), 0.05, 1e-12);
	assert_string_equal(verdict_kind_name(VERDICT_EQUAL), "less-than");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_gets_the_answer_that_its_interval_gives),
		cmocka_unit_test(a_small_cost_can_be_proved_to_be_small_and_not_nothing),
		cmocka_unit_test(the_sides_exchanged_say_the_opposite),
		cmocka_unit_test(units_and_the_order_of_trials_change_nothing),
		cmocka_unit_test(drift_over_the_run_does_not_widen_it_much),
		cmocka_unit_test(what_does_not_vary_is_proved_to_be_equal),
		cmocka_unit_test(what_has_no_ratio_is_refused),
		cmocka_unit_test(nothing_or_one_side_is_not_enough),
		cmocka_unit_test(trials_side_by_side_are_not_asked_for),
		cmocka_unit_test(the_fewest_blocks_have_enough_ways_to_be_dealt),
		cmocka_unit_test(more_noise_asks_for_more_trials),
		cmocka_unit_test(noise_without_end_asks_for_more_than_can_be_said),
		cmocka_unit_test(a_later_look_takes_nothing_back),
		cmocka_unit_test(the_tests_alone_say_what_the_interval_says),
		cmocka_unit_test(a_trial_is_the_median_of_its_samples),
		cmocka_unit_test(the_error_is_shared_among_all_rows),
	};

	return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}
