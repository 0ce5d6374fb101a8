// SPDX-License-Identifier: GPL-2.0-only
/* The shift's test beside all ways to deal, counted one by one; its interval beside differences in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <math.h>

#include "results/random.h"
#include "results/shift.h"
#include "results/stats.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MOST = 24 };

/* Blocks of a row: sizes of both sides in each. */
struct shape {
	size_t blocks;
	struct {
		size_t a, b;
	} block[6];
	unsigned int kinds; /* of values: few make ties; 0: all differ */
};

static const struct shape shapes[] = {
	{ 1, { { 1, 1 } }, 0 },
	{ 1, { { 3, 2 } }, 0 },
	{ 1, { { 4, 4 } }, 4 },
	{ 2, { { 2, 2 }, { 2, 2 } }, 0 },
	{ 3, { { 2, 2 }, { 1, 2 }, { 2, 1 } }, 0 },
	{ 3, { { 2, 2 }, { 1, 1 }, { 3, 2 } }, 3 },
	{ 5, { { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 } }, 0 },
	{ 4, { { 2, 2 }, { 2, 2 }, { 2, 2 }, { 2, 2 } }, 6 },
};

static size_t trials_make(const struct shape *shape, struct random *random,
			  struct shift_trial *trials)
{
	size_t count = 0;

	for (size_t block = 0; block < shape->blocks; block++)
		for (size_t i = 0; i < shape->block[block].a + shape->block[block].b; i++)
			trials[count++] = (struct shift_trial){
				.value = shape->kinds ? (double)random_below(random, shape->kinds)
						      : random_unit(random),
				.block = (uint32_t)(7 * block),
				.b = i >= shape->block[block].a,
			};
	return count;
}

static double median_of_block(const struct shift_trial *trials, size_t count, uint32_t block)
{
	double values[MOST];
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		if (trials[i].block == block)
			values[found++] = trials[i].value;
	stats_sort(values, found);
	return stats_median(values, found);
}

/* B's rank sum, doubled; the ranks by comparing each with each. */
static unsigned int rank_sum(const double *aligned, size_t count, unsigned int of_b)
{
	unsigned int sum = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; (of_b >> i & 1) && j < count; j++)
			sum += aligned[j] < aligned[i] ? 2 : aligned[j] == aligned[i] ? 1 : 0;
	return sum;
}

/* Every way in which the sides can be dealt that leaves each block as many of B. */
static double tail_counted(const struct shift_trial *trials, size_t count, bool above)
{
	double aligned[MOST];
	unsigned int dealt = 0, here, all = 0, beyond = 0;

	for (size_t i = 0; i < count; i++) {
		aligned[i] = trials[i].value - median_of_block(trials, count, trials[i].block);
		dealt |= (unsigned int)trials[i].b << i;
	}
	here = rank_sum(aligned, count, dealt);
	for (unsigned int other = 0; other < 1u << count; other++) {
		bool same = true;
		unsigned int sum;

		for (size_t from = 0, to; same && from < count; from = to) {
			int left = 0;

			for (to = from; to < count && trials[to].block == trials[from].block; to++)
				left += (int)(dealt >> to & 1) - (int)(other >> to & 1);
			same = !left;
		}
		if (!same)
			continue;
		sum = rank_sum(aligned, count, other);
		all++;
		beyond += above ? sum >= here : sum <= here;
	}
	return (double)beyond / all;
}

static void the_tail_is_what_counting_all_ways_to_deal_says(void **state)
{
	struct random random;

	(void)state;
	random_seed(&random, 11, 0);
	for (size_t i = 0; i < COUNT(shapes); i++)
		for (int again = 0; again < 5; again++) {
			struct shift_trial trials[MOST];
			size_t count = trials_make(&shapes[i], &random, trials);
			struct shift *shift;

			assert_int_equal(shift_open(trials, count, &shift), 0);
			for (int above = 0; above < 2; above++)
				assert_float_equal(shift_tail(shift, 0, above),
						   tail_counted(trials, count, above), 1e-6);
			shift_close(shift);
		}
}

/* One block is the test of Mann and Whitney: from the tables of critical U, P(U at most this). */
static void one_block_is_the_test_of_mann_and_whitney(void **state)
{
	static const struct {
		size_t n;
		unsigned int u; /* the largest with a two-sided 5 % */
	} rows[] = { { 4, 0 }, { 5, 2 }, { 6, 5 }, { 8, 13 }, { 10, 23 }, { 15, 64 }, { 20, 127 } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		for (unsigned int more = 0; more < 2; more++) {
			/* A: 0, 1, 2 …; B begins at -1/2, and each that is put higher passes one of A. */
			struct shift_trial trials[40];
			size_t n = rows[i].n, left = rows[i].u + more;
			struct shift *shift;

			for (size_t j = 0; j < n; j++) {
				size_t passed = left < n ? left : n;

				left -= passed;
				trials[j] = (struct shift_trial){ (double)j, 0, false };
				trials[n + j] = (struct shift_trial){
					(double)passed - 0.5 - (double)j * 1e-3, 0, true
				};
			}
			assert_int_equal(shift_open(trials, 2 * n, &shift), 0);
			if (more)
				assert_true(shift_tail(shift, 0, false) > 0.025);
			else
				assert_true(shift_tail(shift, 0, false) <= 0.025);
			shift_close(shift);
		}
}

/* Without other blocks, the interval's ends are differences B - A in order (Hodges and Lehmann 1963): of
 * 5 and 5, P(U <= 2) = 4/252, so the third from both ends at 2.5 %; the estimate is their median. */
static void an_interval_of_one_block_ends_at_ordered_differences(void **state)
{
	struct random random;

	(void)state;
	random_seed(&random, 5, 0);
	for (int again = 0; again < 20; again++) {
		struct shift_trial trials[10];
		double differences[25], low, high;
		struct shift *shift;

		for (size_t i = 0; i < 10; i++)
			trials[i] =
				(struct shift_trial){ random_unit(&random) + (i < 5), 3, i < 5 };
		for (size_t i = 0; i < 25; i++)
			differences[i] = trials[i / 5].value - trials[5 + i % 5].value;
		stats_sort(differences, 25);
		assert_int_equal(shift_open(trials, 10, &shift), 0);
		shift_interval(shift, 0.025, &low, &high);
		assert_true(low <= differences[2] && low > differences[2] - 2e-3);
		assert_true(high >= differences[22] && high < differences[22] + 2e-3);
		assert_float_equal(shift_estimate(shift), differences[12], 1e-5);
		shift_close(shift);
	}
}

static struct shift *abba_open(struct random *random, size_t blocks, double effect)
{
	struct shift_trial trials[400];
	struct shift *shift;

	for (size_t i = 0; i < 4 * blocks; i++) {
		bool b = i % 4 == 1 || i % 4 == 2;
		uint32_t block = (uint32_t)(i / 4);

		/* A sum of three is bell-shaped enough, and has no long tails. */
		trials[i] = (struct shift_trial){ random_unit(random) + random_unit(random) +
							  random_unit(random) + (b ? effect : 0) +
							  10 * (double)block,
						  block, b };
	}
	assert_int_equal(shift_open(trials, 4 * blocks, &shift), 0);
	return shift;
}

static void a_shift_is_refused_where_the_interval_does_not_hold_it(void **state)
{
	static const size_t blocks[] = { 5, 9, 16, 40 };
	struct random random;

	(void)state;
	random_seed(&random, 8, 0);
	for (size_t i = 0; i < COUNT(blocks); i++)
		for (int again = 0; again < 10; again++) {
			struct shift *shift = abba_open(&random, blocks[i], 0.5);
			double low, high;

			shift_interval(shift, 0.01, &low, &high);
			for (int place = -27; place < 54; place++) {
				double delta = 0.037 * place;
				int refused = shift_refuses(shift, delta, 0.01);

				/* within the width's thousandth, either is right */
				if (delta < low - 1e-2)
					assert_int_equal(refused, 1);
				else if (delta > high + 1e-2)
					assert_int_equal(refused, -1);
				else if (delta > low + 1e-2 && delta < high - 1e-2)
					assert_int_equal(refused, 0);
			}
			assert_true(low < shift_estimate(shift) && shift_estimate(shift) < high);
			shift_close(shift);
		}
}

static void beyond_what_is_counted_the_normal_distribution_goes_on(void **state)
{
	const size_t exact = SHIFT_EXACT / 4;
	struct random random;
	double widths[2];

	(void)state;
	random_seed(&random, 9, 0);
	for (int normal = 0; normal < 2; normal++) {
		widths[normal] = 0;
		for (int again = 0; again < 5; again++) {
			struct shift *shift = abba_open(&random, normal ? exact + 1 : exact, 0.5);
			double low, high;

			shift_interval(shift, 0.001, &low, &high);
			widths[normal] += high - low;
			shift_close(shift);
		}
	}
	assert_true(fabs(widths[1] / widths[0] - 1) < 0.15);
}

static void too_few_trials_bound_nothing(void **state)
{
	struct shift_trial trials[] = { { 1, 0, false }, { 9, 0, true },  { 9, 0, true },
					{ 1, 0, false }, { 2, 1, false }, { 8, 1, true } };
	struct shift *shift;
	double low, high;

	(void)state;
	assert_int_equal(shift_open(trials, COUNT(trials), &shift), 0);
	assert_float_equal(shift_least(shift), 1.0 / 12, 1e-9);
	shift_interval(shift, 1.0 / 12 + 1e-6, &low, &high);
	assert_true(low > 0 && isfinite(high));
	shift_interval(shift, 1.0 / 12 - 1e-6, &low, &high);
	assert_true(low == -INFINITY && high == INFINITY);
	shift_close(shift);
}

static void a_block_without_the_other_side_is_left_out(void **state)
{
	struct shift_trial trials[] = {
		{ 1, 5, false }, { 3, 5, true }, { 100, 6, true }, { 100, 6, true }
	};
	struct shift *shift;

	(void)state;
	assert_int_equal(shift_open(trials, 4, &shift), 0);
	assert_int_equal(shift_blocks(shift), 1);
	assert_int_equal(shift_trials(shift, true), 1);
	assert_float_equal(shift_estimate(shift), 2, 1e-5);
	shift_close(shift);
	assert_int_equal(shift_open(trials + 2, 2, &shift), -ENODATA);
	assert_int_equal(shift_open(NULL, 0, &shift), -ENODATA);
	trials[0].value = NAN;
	assert_int_equal(shift_open(trials, 4, &shift), -EDOM);
	assert_null(shift);
}

static void equal_values_make_an_interval_without_width(void **state)
{
	struct shift_trial trials[32];
	struct shift *shift;
	double low, high;

	(void)state;
	for (size_t i = 0; i < 32; i++)
		trials[i] = (struct shift_trial){ 4, (uint32_t)(i / 4), i % 4 == 1 || i % 4 == 2 };
	assert_int_equal(shift_open(trials, 32, &shift), 0);
	assert_float_equal(shift_tail(shift, 0, true), 1, 1e-9);
	shift_interval(shift, 0.001, &low, &high);
	assert_true(low <= 0 && low > -1e-5 && high >= 0 && high < 1e-5);
	shift_close(shift);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_tail_is_what_counting_all_ways_to_deal_says),
		cmocka_unit_test(one_block_is_the_test_of_mann_and_whitney),
		cmocka_unit_test(an_interval_of_one_block_ends_at_ordered_differences),
		cmocka_unit_test(a_shift_is_refused_where_the_interval_does_not_hold_it),
		cmocka_unit_test(beyond_what_is_counted_the_normal_distribution_goes_on),
		cmocka_unit_test(too_few_trials_bound_nothing),
		cmocka_unit_test(a_block_without_the_other_side_is_left_out),
		cmocka_unit_test(equal_values_make_an_interval_without_width),
	};

	return cmocka_run_group_tests_name("shift", tests, NULL, NULL);
}
