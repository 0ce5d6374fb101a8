// SPDX-License-Identifier: GPL-2.0-only
/* simulate: tables of rows with a known truth, judged as `compare` judges them. */
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "results/calibrate/rivals.h"
#include "results/calibrate/simulate.h"
#include "results/order.h"
#include "results/sequential.h"
#include "results/verdict.h"

enum { TRIALS_ALL = 2 * SIMULATE_TRIALS };

void simulate_row_make(const struct simulate_ask *ask, struct random *random,
		       struct simulate_row *row)
{
	double noise[TRIALS_ALL];
	size_t placed[2] = { 0 };
	uint64_t seed = random_next(random);
	uint32_t order[4] = { 0 };

	row->count = 2 * ask->trials;
	noise_fill(random, ask->noise, ask->sigma, noise, row->count);
	for (size_t i = 0; i < row->count; i++) {
		bool b;

		if (i % 4 == 0)
			order_block(seed, (uint32_t)(i / 4), 2, order);
		b = order[i % 4];
		noise[i] += b ? ask->effect : 0;
		row->sides[b][placed[b]++] = noise[i];
		row->trials[i] = (struct verdict_trial){ exp(noise[i]), (uint32_t)(i / 4), b };
	}
}

/* What the interval would claim: a cost, a saving, or that both margins exclude it. */
struct claims {
	bool costs, saves, not_less, not_more;
};

static int claims_add(struct claims *claims, const struct verdict_trial *trials, size_t count,
		      double tail, double margin)
{
	int proved[TESTS], err = verdict_tests(trials, count, tail, margin, proved);

	claims->costs |= proved[TEST_NONE] > 0;
	claims->saves |= proved[TEST_NONE] < 0;
	claims->not_less |= proved[TEST_BELOW] > 0;
	claims->not_more |= proved[TEST_ABOVE] < 0;
	return err;
}

static bool claims_decided(const struct claims *claims)
{
	return claims->costs || claims->saves || (claims->not_less && claims->not_more);
}

/* Adds the row's claims to the counts; true if one is false. */
static bool claims_count(const struct simulate_ask *ask, const struct claims *claims,
			 struct simulate_result *result)
{
	bool equal = claims->not_less && claims->not_more;

	result->proved += ask->effect > 0 ? claims->costs : ask->effect < 0 && claims->saves;
	result->equal += equal;
	return (claims->costs && ask->effect <= 0) || (claims->saves && ask->effect >= 0) ||
	       (equal && fabs(ask->effect) >= log1p(ask->margin));
}

/* What one table says; the rows differ in their noise only. */
struct table {
	bool wrong, wrong_benchstat, wrong_lkp;
};

static void rivals_count(const struct simulate_ask *ask, const struct simulate_row *row,
			 struct simulate_result *result, struct table *table)
{
	bool benchstat = benchstat_claims(row->sides[0], row->sides[1], ask->trials);
	bool lkp = lkp_claims(row->sides[0], row->sides[1], ask->trials);

	result->proved_benchstat += benchstat;
	result->proved_lkp += lkp;
	table->wrong_benchstat |= benchstat;
	table->wrong_lkp |= lkp;
}

static double ask_tail(const struct simulate_ask *ask)
{
	struct verdict_rule rule = verdict_rule_default;

	rule.rows = SIMULATE_ROWS;
	rule.margin = ask->margin;
	return verdict_tail(&rule);
}

int simulate_fixed(const struct simulate_ask *ask, struct simulate_result *result)
{
	double tail = ask_tail(ask);
	struct random random;
	int err = 0;

	*result = (struct simulate_result){ 0 };
	if (ask->trials > SIMULATE_TRIALS)
		return -EINVAL;
	random_seed(&random, ask->seed, ask->noise);
	for (; !err && result->tables < ask->tables; result->tables++) {
		struct table table = { 0 };

		for (int i = 0; !err && i < SIMULATE_ROWS; i++) {
			struct claims claims = { 0 };
			struct simulate_row row;

			simulate_row_make(ask, &random, &row);
			err = claims_add(&claims, row.trials, row.count, tail, ask->margin);
			table.wrong |= claims_count(ask, &claims, result);
			rivals_count(ask, &row, result, &table);
		}
		result->false_tables += table.wrong;
		result->false_benchstat += table.wrong_benchstat;
		result->false_lkp += table.wrong_lkp;
	}
	return err;
}

int simulate_sequential(const struct simulate_ask *ask, struct simulate_result *result)
{
	double tails[SIMULATE_TRIALS / 2 + 1];
	size_t blocks = ask->trials / 2;
	struct random random;
	int err;

	*result = (struct simulate_result){ 0 };
	if (ask->trials > SIMULATE_TRIALS || ask->trials % 2)
		return -EINVAL;
	err = sequential_plan(ask_tail(ask), blocks, tails);
	random_seed(&random, ask->seed, ask->noise);
	for (; !err && result->tables < ask->tables; result->tables++) {
		bool wrong = false;

		for (int i = 0; !err && i < SIMULATE_ROWS; i++) {
			struct claims claims = { 0 };
			struct simulate_row row;
			size_t block = 0;

			simulate_row_make(ask, &random, &row);
			while (!err && block < blocks && !claims_decided(&claims)) {
				block++;
				if (tails[block] > 0)
					err = claims_add(&claims, row.trials, 4 * block,
							 tails[block], ask->margin);
			}
			result->trials += 2 * (double)block;
			wrong |= claims_count(ask, &claims, result);
		}
		result->false_tables += wrong;
	}
	return err;
}
