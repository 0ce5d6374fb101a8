// SPDX-License-Identifier: GPL-2.0-only
/* choice: other ways to judge the same trials, beside the one that was chosen; all for 100 rows at 95 %. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "results/calibrate/choice.h"
#include "results/calibrate/simulate.h"
#include "results/shift.h"

/*
 * P(|T| > t) of Student's t with whole degrees of freedom: Abramowitz and Stegun (1964), 26.7.3 and
 * 26.7.4.
 */
static double student_two_sided(double t, unsigned int freedom)
{
	double angle = atan(t / sqrt(freedom)), cosine = cos(angle), term, sum;
	unsigned int first = freedom % 2 ? 3 : 2;

	sum = term = freedom % 2 ? (freedom > 1 ? cosine : 0) : 1;
	for (unsigned int k = first; k + 2 <= freedom; k += 2) {
		term *= cosine * cosine * (k - 1) / k;
		sum += term;
	}
	sum *= sin(angle);
	if (freedom % 2)
		sum = 2 / acos(-1) * (angle + sum);
	return 1 - sum;
}

struct moments {
	double mean, variance;
};

static struct moments moments_of(const double *values, size_t count)
{
	struct moments moments = { 0 };

	for (size_t i = 0; i < count; i++)
		moments.mean += values[i] / (double)count;
	for (size_t i = 0; i < count; i++)
		moments.variance += (values[i] - moments.mean) * (values[i] - moments.mean) /
				    (double)(count - 1);
	return moments;
}

/* One log ratio a block of ABBA, and the t test of their mean. */
static bool block_t_claims(const struct simulate_row *row, double tail)
{
	double ratios[SIMULATE_TRIALS] = { 0 };
	size_t blocks = row->count / 4;
	struct moments moments;

	for (size_t i = 0; i < row->count; i++)
		ratios[i / 4] += (row->trials[i].b ? 0.5 : -0.5) * log(row->trials[i].value);
	moments = moments_of(ratios, blocks);
	return student_two_sided(fabs(moments.mean) / sqrt(moments.variance / (double)blocks),
				 (unsigned int)blocks - 1) <= 2 * tail;
}

/* B. L. Welch, Biometrika 34 (1947), 28-35; the degrees of freedom rounded down. */
static bool welch_claims(const struct simulate_row *row, double tail)
{
	size_t n = row->count / 2;
	struct moments a = moments_of(row->sides[0], n), b = moments_of(row->sides[1], n);
	double sum = a.variance + b.variance;
	double freedom =
		(double)(n - 1) * sum * sum / (a.variance * a.variance + b.variance * b.variance);

	return student_two_sided(fabs(b.mean - a.mean) / sqrt(sum / (double)n),
				 (unsigned int)freedom) <= 2 * tail;
}

/* Ranks as in verdict.h, with `joined` blocks in a stratum; 0: all in one, which is Mann's and Whitney's. */
static bool ranks_claim(const struct simulate_row *row, size_t joined, double tail)
{
	struct shift_trial trials[2 * SIMULATE_TRIALS];
	size_t strata = joined ? row->count / 4 / joined : 1;
	struct shift *shift;
	bool claims;

	for (size_t i = 0; i < row->count; i++) {
		size_t stratum = joined ? i / 4 / joined : 0;

		trials[i] = (struct shift_trial){
			.value = log(row->trials[i].value),
			.block = (uint32_t)(stratum < strata ? stratum : strata - 1),
			.b = row->trials[i].b,
		};
	}
	if (shift_open(trials, row->count, &shift))
		return false;
	claims = shift_refuses(shift, 0, tail) != 0;
	shift_close(shift);
	return claims;
}

enum { WAY_BLOCK_T, WAY_WELCH, WAY_ALL, WAY_ONE, WAY_TWO, WAY_THREE, WAYS };

static void row_judge(const struct simulate_row *row, double tail, bool claims[WAYS])
{
	claims[WAY_BLOCK_T] = block_t_claims(row, tail);
	claims[WAY_WELCH] = welch_claims(row, tail);
	claims[WAY_ALL] = ranks_claim(row, 0, tail);
	claims[WAY_ONE] = ranks_claim(row, 1, tail);
	claims[WAY_TWO] = ranks_claim(row, 2, tail);
	claims[WAY_THREE] = ranks_claim(row, 3, tail);
}

static void ways_count(const struct simulate_ask *ask, size_t wrong[WAYS], size_t proved[WAYS])
{
	const struct verdict_rule rule = { 0.95, ask->margin, SIMULATE_ROWS };
	struct random random;

	random_seed(&random, ask->seed, ask->noise);
	for (size_t table = 0; table < ask->tables; table++) {
		bool any[WAYS] = { false };

		for (int i = 0; i < SIMULATE_ROWS; i++) {
			struct simulate_row row;
			bool claims[WAYS];

			simulate_row_make(ask, &random, &row);
			row_judge(&row, verdict_tail(&rule), claims);
			for (size_t way = 0; way < WAYS; way++) {
				any[way] |= claims[way];
				proved[way] += claims[way];
			}
		}
		for (size_t way = 0; way < WAYS; way++)
			wrong[way] += any[way];
	}
}

int choice_print(size_t tables, uint64_t seed)
{
	static const size_t counts[] = { 10, 20, 30 };
	size_t few = (tables + 9) / 10;

	puts("Of 100 tables of 100 rows without an effect, those with a claim; and of 100 rows with an "
	     "effect of 2 sigma, those that are claimed.\n\n"
	     "| noise | trials a side | t, log ratio a block | Welch's t, logs | ranks, all in one | "
	     "aligned ranks, by block | by two blocks (chosen) | by three |\n"
	     "| --- | --- | --- | --- | --- | --- | --- | --- |");
	for (int noise = 0; noise < NOISE_KINDS; noise++)
		for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
			struct simulate_ask ask = {
				.noise = (enum noise_kind)noise,
				.seed = seed,
				.trials = counts[i],
				.tables = tables,
				.sigma = 0.01,
				.margin = 0.01,
			};
			size_t wrong[WAYS] = { 0 }, proved[WAYS] = { 0 }, unused[WAYS] = { 0 };

			ways_count(&ask, wrong, unused);
			ask.tables = few;
			ask.effect = 2 * ask.sigma;
			ways_count(&ask, unused, proved);
			printf("| %s | %zu", noise_names[noise], counts[i]);
			for (size_t way = 0; way < WAYS; way++)
				printf(" | %.1f, %.0f", 100 * (double)wrong[way] / (double)tables,
				       100 * (double)proved[way] / (double)(few * SIMULATE_ROWS));
			puts(" |");
			fflush(stdout);
		}
	return 0;
}
