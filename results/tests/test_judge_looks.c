// SPDX-License-Identifier: GPL-2.0-only
/* A run that went on until decided: compare takes its looks again, in their order, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "results/judge_parts.h"

enum { BLOCKS = 20, TRIALS = 4 * BLOCKS };

static struct judgement judgement_of(uint32_t looks)
{
	return (struct judgement){ .looks = looks,
				   .rule = { .confidence = 0.95, .margin = 0.01, .rows = 3 } };
}

/* ABBA; B costs `effect` times A, and each trial is a thousandth up or down. */
static void trials_make(struct verdict_trial trials[TRIALS], double effect)
{
	uint64_t state = 12345;

	for (uint32_t i = 0; i < TRIALS; i++) {
		bool b = i % 4 == 1 || i % 4 == 2;
		double noise;

		state = state * 6364136223846793005ull + 1442695040888963407ull;
		noise = (double)(state >> 40) / (double)(1 << 24) - 0.5;
		trials[i] = (struct verdict_trial){
			.value = 1000 * (b ? effect : 1) * (1 + 0.002 * noise),
			.block = 7 + 3 * (i / 4), /* of one row: not one after the other */
			.b = b,
		};
	}
}

static void without_looks_it_is_one_look_at_all(void **state)
{
	struct judgement judgement = judgement_of(0);
	struct verdict once, looked;
	struct verdict_trial trials[TRIALS];

	(void)state;
	trials_make(trials, 1.03);
	assert_int_equal(judge_looks(&judgement, trials, TRIALS, &looked), 0);
	assert_int_equal(verdict_row(trials, TRIALS, verdict_tail(&judgement.rule), 0.01, &once),
			 0);
	assert_memory_equal(&once, &looked, sizeof(once));
}

static void the_first_blocks_are_too_few_and_later_ones_tell(void **state)
{
	static const struct {
		double effect;
		enum verdict_kind kind;
	} rows[] = { { 1.03, VERDICT_COSTS }, { 0.97, VERDICT_SAVES }, { 1.0, VERDICT_EQUAL } };
	struct judgement judgement = judgement_of(BLOCKS);
	struct verdict_trial trials[TRIALS];
	struct verdict verdict;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		trials_make(trials, rows[i].effect);
		assert_int_equal(judge_looks(&judgement, trials, 0, &verdict), 0);
		assert_int_equal(verdict.kind, VERDICT_NOT_ENOUGH);
		assert_int_equal(judge_looks(&judgement, trials, 4, &verdict), 0);
		assert_int_equal(verdict.kind, VERDICT_NOT_ENOUGH);
		assert_int_equal(judge_looks(&judgement, trials, TRIALS, &verdict), 0);
		assert_int_equal(verdict.kind, rows[i].kind);
	}
}

static void what_was_decided_stays_and_intervals_only_shrink(void **state)
{
	struct judgement judgement = judgement_of(BLOCKS);
	struct verdict before = { .low = 0, .high = 1e300 }, now;
	struct verdict_trial trials[TRIALS];

	(void)state;
	trials_make(trials, 1.02);
	/* From the middle on, the difference is gone: what was proved before it holds for what was before it. */
	for (size_t i = TRIALS / 2; i < TRIALS; i++)
		trials[i].value = trials[i].b ? trials[i].value / 1.02 : trials[i].value;
	for (size_t count = 4; count <= TRIALS; count += 4) {
		assert_int_equal(judge_looks(&judgement, trials, count, &now), 0);
		if (verdict_is_decided(&before)) {
			assert_int_equal(now.kind, before.kind);
			assert_true(now.low >= before.low && now.high <= before.high);
		}
		before = now;
	}
	assert_int_equal(before.kind, VERDICT_COSTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_looks_it_is_one_look_at_all),
		cmocka_unit_test(the_first_blocks_are_too_few_and_later_ones_tell),
		cmocka_unit_test(what_was_decided_stays_and_intervals_only_shrink),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
