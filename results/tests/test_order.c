// SPDX-License-Identifier: GPL-2.0-only
/* Orders of trials: what is balanced, and that a seed gives them again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "results/order.h"
#include "results/random.h"

enum { KINDS = 7 };

/* The authors' own program gives these from the state { 1, 2, 3, 4 }. */
static void random_numbers_are_those_of_the_algorithm(void **state)
{
	static const uint64_t expected[] = { 11520, 0, 1509978240, 1215971899390074240 };
	struct random random = { { 1, 2, 3, 4 } };

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_true(random_next(&random) == expected[i]);
}

static void all_numbers_below_are_as_likely(void **state)
{
	size_t counts[6] = { 0 };
	struct random random;

	(void)state;
	random_seed(&random, 1, 2);
	for (int i = 0; i < 60000; i++)
		counts[random_below(&random, 6)]++;
	for (size_t i = 0; i < 6; i++) /* five standard deviations */
		assert_true(fabs((double)counts[i] - 10000) < 5 * sqrt(60000.0 * 5 / 36));
}

static void a_block_has_each_kind_twice_and_mirrors_itself(void **state)
{
	(void)state;
	for (uint32_t kinds = 1; kinds <= KINDS; kinds++)
		for (uint32_t block = 0; block < 30; block++) {
			uint32_t order[2 * KINDS], counts[KINDS] = { 0 };

			order_block(42, block, kinds, order);
			for (uint32_t i = 0; i < 2 * kinds; i++) {
				assert_true(order[i] < kinds);
				assert_int_equal(order[i], order[2 * kinds - 1 - i]);
				counts[order[i]]++;
			}
			for (uint32_t i = 0; i < kinds; i++)
				assert_int_equal(counts[i], 2);
		}
}

static void a_square_of_blocks_is_balanced(void **state)
{
	(void)state;
	for (uint32_t kinds = 2; kinds <= KINDS; kinds++) {
		uint32_t first[KINDS][KINDS] = { { 0 } }, after[KINDS][KINDS] = { { 0 } };

		for (uint32_t block = 0; block < kinds; block++) {
			uint32_t order[2 * KINDS];

			order_block(7, block, kinds, order);
			for (uint32_t i = 0; i < 2 * kinds; i++) {
				if (i < kinds)
					first[i][order[i]]++;
				if (i && i != kinds) /* the middle follows itself */
					after[order[i - 1]][order[i]]++;
			}
		}
		for (uint32_t i = 0; i < kinds; i++)
			for (uint32_t j = 0; j < kinds; j++) {
				assert_int_equal(first[i][j], 1);
				assert_int_equal(after[i][j], i == j ? 0 : 2);
			}
	}
}

static void a_seed_gives_the_same_order_again_and_another_another(void **state)
{
	size_t different = 0, a_first = 0;

	(void)state;
	for (uint32_t block = 0; block < 1000; block++) {
		uint32_t order[4], again[4], other[4];

		order_block(1, block, 2, order);
		order_block(1, block, 2, again);
		order_block(2, block, 2, other);
		assert_memory_equal(order, again, sizeof(order));
		different += memcmp(order, other, sizeof(order)) != 0;
		if (block % 2 == 0)
			a_first += order[0] == 0;
	}
	assert_in_range(different, 350, 650);
	assert_in_range(a_first, 175, 325);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_numbers_are_those_of_the_algorithm),
		cmocka_unit_test(all_numbers_below_are_as_likely),
		cmocka_unit_test(a_block_has_each_kind_twice_and_mirrors_itself),
		cmocka_unit_test(a_square_of_blocks_is_balanced),
		cmocka_unit_test(a_seed_gives_the_same_order_again_and_another_another),
	};

	return cmocka_run_group_tests_name("order", tests, NULL, NULL);
}
