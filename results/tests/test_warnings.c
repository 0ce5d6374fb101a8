// SPDX-License-Identifier: GPL-2.0-only
/* Each warning on data that is made for it, and none on clean data; the dip beside published tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "results/calibrate/noise.h"
#include "results/dip.h"
#include "results/stats.h"
#include "results/warnings.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { TRIALS = 80 };

static void the_dip_is_that_of_samples_worked_out_by_hand(void **state)
{
	static const struct {
		size_t count;
		double values[8], dip;
	} rows[] = {
		{ 1, { 3 }, 0.5 },
		{ 4, { 7, 7, 7, 7 }, 0.125 },
		{ 4, { 0, 1, 2, 3 }, 0.125 }, /* evenly spread: half a step, 1 / (2 n) */
		{ 5, { 0, 1, 2, 3, 4 }, 0.1 },
		{ 4, { 0, 0, 1, 1 }, 0.25 }, /* two points: the most that there is */
		{ 8, { 0, 0, 0, 0, 1, 1, 1, 1 }, 0.25 },
		{ 8, { 0, 0, 1, 1, 1, 1, 1, 1 }, 0.125 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_float_equal(dip_of(rows[i].values, rows[i].count), rows[i].dip, 1e-6);
	assert_float_equal(dip_of(NULL, 0), 0, 0);
}

/*
 * The 99.5 % quantiles of uniform samples in M. Maechler's table, of a million samples each (qDiptab of the
 * R package diptest, which extends table 1 of Hartigan and Hartigan 1985).
 */
static void the_limit_of_the_dip_is_that_of_the_published_table(void **state)
{
	static const struct {
		size_t count;
		double limit;
	} rows[] = {
		{ 10, 0.16720 },   { 15, 0.14245 },   { 20, 0.12655 },	{ 30, 0.10650 },
		{ 50, 0.08529 },   { 100, 0.06204 },  { 200, 0.04496 }, { 500, 0.02890 },
		{ 1000, 0.02065 }, { 5000, 0.00934 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_true(fabs(dip_limit(rows[i].count) / rows[i].limit - 1) < 0.02);
	assert_true(isinf(dip_limit(DIP_LEAST - 1)));
	assert_true(dip_limit(40) < dip_limit(30) && dip_limit(40) > dip_limit(50));
}

static void uniform_samples_exceed_the_limit_as_often_as_it_says(void **state)
{
	size_t exceed = 0, samples = 4000;
	struct random random;

	(void)state;
	random_seed(&random, 3, 1);
	for (size_t i = 0; i < samples; i++) {
		double values[25];

		for (size_t j = 0; j < 25; j++)
			values[j] = random_unit(&random);
		stats_sort(values, 25);
		exceed += dip_of(values, 25) > dip_limit(25);
	}
	assert_in_range(exceed, 6, 40); /* 20 */
}

static void the_humps_are_where_the_squares_are_least(void **state)
{
	const double values[] = { 1, 2, 2, 3, 10, 11, 12 };
	double low, high;

	(void)state;
	assert_int_equal(humps_split(values, 7, &low, &high), 4);
	assert_float_equal(low, 2, 0);
	assert_float_equal(high, 11, 0);
	assert_int_equal(humps_split(values, 1, &low, &high), 0);
}

static void a_slope_and_its_interval_are_those_worked_out_by_hand(void **state)
{
	const double values[] = { 0, 1, 4, 2, 5, 9 };
	/* The 15 slopes in order: -2, 1/2, 1/2, 2/3, 1, 5/4, 4/3, 5/3, 9/5, 2, 2, 3, 3, 7/2, 4. */
	double slope, low, high;

	(void)state;
	assert_int_equal(slope_find(values, 6, 0.05, &slope, &low, &high), 0);
	assert_float_equal(slope, 5.0 / 3, 1e-9);
	/* Kendall: sd sqrt(6 * 5 * 17 / 18) = 5.32; 1.645 * 5.32 = 8.76; (15 - 8.76) / 2 = 3.1: third from
	 * each end */
	assert_float_equal(low, 0.5, 1e-9);
	assert_float_equal(high, 3, 1e-9);
	assert_int_equal(slope_find(values, 2, 0.05, &slope, &low, &high), 0);
	assert_float_equal(slope, 1, 1e-9);
	assert_true(isinf(low) && isinf(high));
	assert_int_equal(slope_find(values, 0, 0.05, &slope, &low, &high), 0);
	assert_true(isnan(slope));
}

struct made {
	struct verdict_trial trials[TRIALS];
	double samples[400];
	struct verdict verdict;
	struct warning_ask ask;
};

static void row_make(uint64_t seed, enum noise_kind noise, size_t blocks, double sigma,
		     struct made *made)
{
	struct random random;
	double values[TRIALS];

	random_seed(&random, seed, 5);
	noise_fill(&random, noise, sigma, values, 4 * blocks);
	for (size_t i = 0; i < 4 * blocks; i++) {
		bool b = i % 4 == 1 || i % 4 == 2;

		/* B takes twice as long, which is nobody's drift and nobody's hump. */
		made->trials[i] = (struct verdict_trial){ (b ? 2 : 1) * exp(values[i]),
							  (uint32_t)(i / 4), b };
	}
	made->ask = (struct warning_ask){
		.verdict = &made->verdict,
		.trials = made->trials,
		.count = 4 * blocks,
	};
}

static size_t count_of(const struct warning_list *list, enum warning_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++) {
		assert_true(list->items[i].text[0] != '\0');
		assert_true(strlen(list->items[i].text) < sizeof(list->items[i].text) - 1);
		count += list->items[i].kind == kind;
	}
	return count;
}

static void judge(struct made *made, struct warning_list *list)
{
	assert_int_equal(verdict_row(made->trials, made->ask.count, 0.00025, 0.01, &made->verdict),
			 0);
	assert_int_equal(warnings_find(&made->ask, list), 0);
}

static size_t warned(struct made *made, enum warning_kind kind)
{
	struct warning_list list;
	size_t count;

	judge(made, &list);
	count = count_of(&list, kind);
	warning_list_free(&list);
	return count;
}

static void clean_data_seldom_warns(void **state)
{
	size_t warnings = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 100; seed++) {
		struct warning_list list;
		struct made made;

		row_make(seed, NOISE_GAUSS, 10, 0.01, &made);
		judge(&made, &list);
		warnings += list.count;
		warning_list_free(&list);
	}
	assert_true(warnings <
		    16); /* a half per cent of two sides' humps, one of drift, some outliers */
}

static void data_warns_of_what_it_was_made_with(void **state)
{
	static const struct {
		enum noise_kind noise;
		enum warning_kind kind;
		size_t least; /* of 100 rows of 40 trials a side */
	} rows[] = {
		{ NOISE_DRIFT, WARNING_DRIFT, 95 },
		{ NOISE_OUTLIERS, WARNING_OUTLIERS, 80 },
		{ NOISE_HUMPS, WARNING_HUMPS, 10 }, /* 40 values show little of humps so near */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t found = 0;

		for (uint64_t seed = 0; seed < 100; seed++) {
			struct made made;

			row_make(seed, rows[i].noise, 20, 0.03, &made);
			found += warned(&made, rows[i].kind) > 0;
		}
		assert_in_range(found, rows[i].least, 100);
	}
}

static void samples_of_two_kinds_have_two_humps(void **state)
{
	struct random random;
	struct made made;

	(void)state;
	random_seed(&random, 1, 1);
	row_make(1, NOISE_GAUSS, 10, 0.01, &made);
	for (size_t i = 0; i < COUNT(made.samples); i++)
		made.samples[i] = (i % 3 ? 1 : 1.1) * exp(0.01 * noise_normal(&random));
	made.ask.samples[1] = (struct warning_samples){ made.samples, COUNT(made.samples) };
	assert_int_equal(warned(&made, WARNING_HUMPS), 1);
	/* Nearer to each other than the margin, they are no matter. */
	for (size_t i = 0; i < COUNT(made.samples); i++)
		made.samples[i] = (i % 3 ? 1 : 1.005) * exp(0.0003 * noise_normal(&random));
	assert_int_equal(warned(&made, WARNING_HUMPS), 0);
	/* Nor is one in twenty, which is an outlier. */
	for (size_t i = 0; i < COUNT(made.samples); i++)
		made.samples[i] = (i % 20 ? 1 : 1.5) * exp(0.01 * noise_normal(&random));
	assert_int_equal(warned(&made, WARNING_HUMPS), 0);
}

static void what_the_caller_knows_changed_is_shown_safely(void **state)
{
	static const char *const changed[] = { "governor: performance, then \033[2Jpowersave",
					       "loadavg: 0.1, then 7" };
	struct warning_list list;
	struct made made;

	(void)state;
	row_make(1, NOISE_GAUSS, 10, 0.01, &made);
	made.ask.changed = changed;
	made.ask.changed_count = 2;
	judge(&made, &list);
	assert_int_equal(count_of(&list, WARNING_CHANGED), 2);
	assert_string_equal(list.items[0].text, "governor: performance, then ?[2Jpowersave");
	assert_string_equal(warning_kind_name(list.items[0].kind), "changed");
	warning_list_free(&list);
}

static void a_row_without_blocks_or_with_few_says_so(void **state)
{
	struct made made;

	(void)state;
	row_make(2, NOISE_GAUSS, 3, 0.01, &made);
	assert_int_equal(warned(&made, WARNING_FEW), 1);
	assert_int_equal(warned(&made, WARNING_ORDER), 0);
	row_make(2, NOISE_GAUSS, 10, 0.01, &made);
	assert_int_equal(warned(&made, WARNING_FEW), 0);
	made.trials[0].block = 99; /* alone in its block */
	assert_int_equal(warned(&made, WARNING_ORDER), 1);
	for (size_t i = 0; i < made.ask.count; i++)
		made.trials[i].block = 0;
	assert_int_equal(warned(&made, WARNING_ORDER), 1);
	made.ask.count = 0;
	assert_int_equal(warned(&made, WARNING_FEW), 1);
}

static void what_is_never_there_does_not_drift(void **state)
{
	struct made made;

	(void)state;
	row_make(2, NOISE_GAUSS, 3, 0.01, &made);
	for (size_t i = 0; i < made.ask.count; i++)
		made.trials[i].value = 0;
	assert_int_equal(warned(&made, WARNING_DRIFT), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_dip_is_that_of_samples_worked_out_by_hand),
		cmocka_unit_test(the_limit_of_the_dip_is_that_of_the_published_table),
		cmocka_unit_test(uniform_samples_exceed_the_limit_as_often_as_it_says),
		cmocka_unit_test(the_humps_are_where_the_squares_are_least),
		cmocka_unit_test(a_slope_and_its_interval_are_those_worked_out_by_hand),
		cmocka_unit_test(clean_data_seldom_warns),
		cmocka_unit_test(data_warns_of_what_it_was_made_with),
		cmocka_unit_test(samples_of_two_kinds_have_two_humps),
		cmocka_unit_test(what_the_caller_knows_changed_is_shown_safely),
		cmocka_unit_test(a_row_without_blocks_or_with_few_says_so),
		cmocka_unit_test(what_is_never_there_does_not_drift),
	};

	return cmocka_run_group_tests_name("warnings", tests, NULL, NULL);
}
