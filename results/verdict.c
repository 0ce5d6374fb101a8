// SPDX-License-Identifier: GPL-2.0-only
/* verdict: what a row of a comparison says, from the trials of both sides. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/normal.h"
#include "results/shift.h"
#include "results/stats.h"
#include "results/verdict.h"

const struct verdict_rule verdict_rule_default = { .confidence = 0.95, .margin = 0.01, .rows = 1 };

/* Four times out of five: what is told of data that would have been, or would be, enough. */
static const double power = 0.8;

double trial_summary(const double *samples, size_t count)
{
	double *sorted, median;

	if (!count)
		return NAN;
	sorted = malloc(count * sizeof(*sorted));
	if (!sorted)
		return NAN;
	memcpy(sorted, samples, count * sizeof(*sorted));
	stats_sort(sorted, count);
	median = stats_median(sorted, count);
	free(sorted);
	return median;
}

double verdict_tail(const struct verdict_rule *rule)
{
	return (1 - rule->confidence) / (double)(rule->rows ? rule->rows : 1) / 2;
}

const char *verdict_kind_name(enum verdict_kind kind)
{
	static const char *const names[] = {
		[VERDICT_NOT_ENOUGH] = "not-enough",
		[VERDICT_COSTS] = "costs",
		[VERDICT_SAVES] = "saves",
		[VERDICT_EQUAL] = "less-than",
	};

	return names[kind];
}

bool verdict_is_decided(const struct verdict *verdict)
{
	return verdict->kind != VERDICT_NOT_ENOUGH;
}

bool verdict_cost_is_small(const struct verdict *verdict)
{
	return verdict->high < 1 + verdict->margin;
}

/*
 * The interval's place says it all: outside of 1 on one side, or within the margin on both (inclusion in
 * the interval is the equivalence test of D. J. Schuirmann, J. Pharmacokin. Biopharm. 15 (1987), 657-680,
 * at the interval's own level). The margin goes as far down as up in logarithms.
 */
static void verdict_decide(struct verdict *verdict)
{
	verdict->kind = VERDICT_NOT_ENOUGH;
	verdict->x = 0;
	if (verdict->low > 1 / (1 + verdict->margin) && verdict->high < 1 + verdict->margin) {
		verdict->kind = VERDICT_EQUAL;
		verdict->x = verdict->margin;
	} else if (verdict->low > 1) {
		verdict->kind = VERDICT_COSTS;
		verdict->x = verdict->low - 1;
	} else if (verdict->high < 1) {
		verdict->kind = VERDICT_SAVES;
		verdict->x = 1 - verdict->high;
	}
	if (verdict->kind != VERDICT_NOT_ENOUGH)
		verdict->more = 0;
}

/* The logarithms, or 0 where all are 0. */
static int trials_log(const struct verdict_trial *trials, size_t count, struct shift_trial *logs)
{
	size_t zeros = 0;

	for (size_t i = 0; i < count; i++) {
		if (!isfinite(trials[i].value) || trials[i].value < 0)
			return -EDOM;
		zeros += trials[i].value == 0;
		logs[i] = (struct shift_trial){
			.value = trials[i].value > 0 ? log(trials[i].value) : 0,
			.block = trials[i].block,
			.b = trials[i].b,
		};
	}
	return zeros && zeros != count ? -EDOM : 0;
}

/*
 * Neighbouring blocks are joined until STRATUM trials can be compared with each other; what is left at the
 * end joins the last. Two blocks of ABBA have 70 ways to be dealt, one has 6: with ten trials a side and 100
 * rows, one by one proves half as much as joined. More than two gains little, and lets drift in
 * (docs/statistics.md has the table).
 */
enum { STRATUM = 8 };

static int block_compare(const void *left, const void *right)
{
	const struct shift_trial *a = left, *b = right;

	return (a->block > b->block) - (a->block < b->block);
}

/* Renumbers the blocks by stratum, in place; blocks that lack a side go. Returns how many blocks stayed. */
static size_t blocks_join(struct shift_trial *trials, size_t *count)
{
	size_t kept = 0, blocks = 0, start = 0; /* of the stratum that is being filled */
	uint32_t stratum = 0;

	qsort(trials, *count, sizeof(*trials), block_compare);
	for (size_t from = 0, to; from < *count; from = to) {
		size_t b = 0;

		for (to = from; to < *count && trials[to].block == trials[from].block; to++)
			b += trials[to].b;
		if (!b || b == to - from)
			continue;
		blocks++;
		if (kept - start >= STRATUM) {
			stratum++;
			start = kept;
		}
		for (size_t i = from; i < to; i++) {
			trials[kept] = trials[i];
			trials[kept++].block = stratum;
		}
	}
	if (stratum && kept - start < STRATUM)
		for (size_t i = start; i < kept; i++)
			trials[i].block = stratum - 1;
	*count = kept;
	return blocks;
}

/* The logarithm of the ways to deal 2 n trials of a stratum, n of each side. */
static double ways_log(double n)
{
	return lgamma(2 * n + 1) - 2 * lgamma(n + 1);
}

size_t verdict_blocks_least(double tail)
{
	double wanted = -log(tail) - 1e-9;
	size_t blocks = 1;

	if (!(tail > 0))
		return SIZE_MAX;
	/* As blocks_join() does it: 4 + 4 trials, and 6 + 6 where a block is left. */
	while ((blocks < 4 ? ways_log(2 * (double)blocks)
			   : ((double)(blocks - 2 - blocks % 2) / 2) * ways_log(4) +
				     ways_log(blocks % 2 ? 6 : 4)) < wanted)
		blocks++;
	return blocks;
}

/* Trials a side before any data can be refused at this tail. */
static double trials_least(const struct verdict *verdict)
{
	double n = 1;

	if (verdict->blocks > 1 || verdict->trials_a + verdict->trials_b <= 4)
		return 2 * (double)verdict_blocks_least(verdict->tail);
	while (ways_log(n) < -log(verdict->tail)) /* one block, which can only grow */
		n++;
	return n;
}

/* How far data of this half width must lie from what it is to refuse, to do so with the given power: the
 * half is z standard errors. */
static double reach_of(const struct verdict *verdict, double half, double with_power)
{
	return half *
	       (1 + normal_tail_quantile(1 - with_power) / normal_tail_quantile(verdict->tail));
}

/*
 * The width shrinks as one over the root of the trials, n' = n (reach / distance)^2. Proving a difference
 * wants its reach to be less than the estimate; proving equality, less than what lies between the estimate
 * and the margin, on both sides, each wrong half as often. The nearer of the two (the normal theory of sample
 * sizes: S. A. Julious, "Sample Sizes for Clinical Trials with Normal Data", Statist. Med. 23 (2004),
 * 1921-1986, sections 3 and 5, with the width seen for the standard error).
 */
static uint32_t trials_more(const struct verdict *verdict, double estimate, double half)
{
	double side = fmin((double)verdict->trials_a, (double)verdict->trials_b);
	double differs = reach_of(verdict, half, power) / fabs(estimate);
	double equals = log1p(verdict->margin) - fabs(estimate);
	double wanted, more;

	equals = equals > 0 ? reach_of(verdict, half, (1 + power) / 2) / equals : INFINITY;
	wanted = side * fmin(differs, equals) * fmin(differs, equals);
	wanted = fmax(wanted, trials_least(verdict));
	more = ceil(wanted - side);
	more = fmax(2 * ceil(more / 2), 2); /* a block has two of a side */
	return more <= VERDICT_MORE_MOST ? (uint32_t)more : VERDICT_MORE_UNKNOWN;
}

static void verdict_fill(struct shift *shift, struct verdict *verdict)
{
	double low, high, estimate = shift_estimate(shift), half;

	shift_interval(shift, verdict->tail, &low, &high);
	verdict->trials_a = shift_trials(shift, false);
	verdict->trials_b = shift_trials(shift, true);
	verdict->ratio = exp(estimate);
	verdict->low = exp(low);
	verdict->high = exp(high);
	half = fmax(high - estimate, estimate - low);
	if (!isfinite(half)) /* too few to have a width: that of normal noise of their scale */
		half = normal_tail_quantile(verdict->tail) * shift_scale(shift, estimate) *
		       sqrt(1 / (double)verdict->trials_a + 1 / (double)verdict->trials_b);
	verdict->smallest = isinf(low) || isinf(high) ? INFINITY
						      : expm1(reach_of(verdict, half, power));
	verdict->more = trials_more(verdict, estimate, half);
	verdict_decide(verdict);
}

/* The trials in strata, ready to be tested. -ENODATA: no block has both sides. */
static int shift_of(const struct verdict_trial *trials, size_t count, struct shift **shift,
		    size_t *blocks)
{
	struct shift_trial *logs;
	int err;

	if (!count)
		return -ENODATA;
	logs = calloc(count, sizeof(*logs));
	if (!logs)
		return -ENOMEM;
	err = trials_log(trials, count, logs);
	if (!err)
		*blocks = blocks_join(logs, &count);
	if (!err)
		err = shift_open(logs, count, shift);
	free(logs);
	return err;
}

double verdict_p(const struct verdict_trial *trials, size_t count)
{
	struct shift *shift;
	size_t blocks;
	double p;

	if (shift_of(trials, count, &shift, &blocks))
		return NAN;
	p = fmin(1, 2 * fmin(shift_tail(shift, 0, true), shift_tail(shift, 0, false)));
	shift_close(shift);
	return p;
}

int verdict_row(const struct verdict_trial *trials, size_t count, double tail, double margin,
		struct verdict *verdict)
{
	struct shift *shift;
	int err;

	*verdict = (struct verdict){
		.kind = VERDICT_NOT_ENOUGH,
		.ratio = NAN,
		.high = INFINITY,
		.tail = tail,
		.margin = margin,
		.smallest = INFINITY,
		.more = VERDICT_MORE_UNKNOWN,
	};
	err = shift_of(trials, count, &shift, &verdict->blocks);
	if (err)
		return err == -ENODATA ? 0 : err;
	verdict_fill(shift, verdict);
	shift_close(shift);
	return 0;
}

int verdict_tests(const struct verdict_trial *trials, size_t count, double tail, double margin,
		  int proved[TESTS])
{
	double far = log1p(margin);
	struct shift *shift;
	size_t blocks;
	int err = shift_of(trials, count, &shift, &blocks);

	for (int i = 0; i < TESTS; i++)
		proved[i] = 0;
	if (err)
		return err == -ENODATA ? 0 : err;
	proved[TEST_BELOW] = shift_refuses(shift, -far, tail);
	proved[TEST_NONE] = shift_refuses(shift, 0, tail);
	proved[TEST_ABOVE] = shift_refuses(shift, far, tail);
	shift_close(shift);
	return 0;
}

void verdict_refine(struct verdict *verdict, const struct verdict *before)
{
	double low = fmax(verdict->low, before->low), high = fmin(verdict->high, before->high);

	verdict->contradicted = before->contradicted;
	if (low <= high) {
		verdict->low = low;
		verdict->high = high;
	} else {
		verdict->low = before->low;
		verdict->high = before->high;
		verdict->contradicted = true;
	}
	verdict_decide(verdict);
}
