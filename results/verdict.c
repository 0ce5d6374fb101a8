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
static int trials_log(const struct trial *trials, size_t count, struct shift_trial *logs)
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

/* Trials a side, in blocks like these, before any data can be refused at this tail: the ways to deal
 * multiply from block to block. */
static double trials_least(const struct shift *shift, double tail)
{
	double blocks = (double)shift_blocks(shift), least = shift_least(shift);
	double side = fmin((double)shift_trials(shift, false), (double)shift_trials(shift, true));

	if (blocks <
	    2) /* one block, which can only grow: 2 ^ (2 n) / sqrt(pi n) ways of 2 n trials */
		return ceil(-log2(tail) / 2 + 1);
	return ceil(log(tail) / log(least) * blocks - 1e-9) * side / blocks;
}

/*
 * The width shrinks as one over the root of the trials; proving a difference wants it (one side, with the
 * part added that makes it four times out of five) to be less than the estimate; proving equality, less than
 * what lies between the estimate and the margin. The nearer of the two: n' = n (h (1 + z80 / z) / d)^2
 * (the normal theory of sample sizes: S. A. Julious, Statist. Med. 23 (2004), 1921-1986, eq. 4 and 25,
 * with the width seen for the standard error).
 */
static uint32_t trials_more(const struct shift *shift, double estimate, double reach,
			    const struct verdict *verdict)
{
	double side = fmin((double)verdict->trials_a, (double)verdict->trials_b);
	double distance = fmax(fabs(estimate), log1p(verdict->margin) - fabs(estimate));
	double wanted = side * (reach / distance) * (reach / distance);
	double more;

	wanted = fmax(wanted, trials_least(shift, verdict->tail));
	more = ceil(wanted - side);
	more = fmax(2 * ceil(more / 2), 2); /* a block has two of a side */
	return more <= VERDICT_MORE_MOST ? (uint32_t)more : VERDICT_MORE_UNKNOWN;
}

static void verdict_fill(struct shift *shift, struct verdict *verdict)
{
	double low, high, estimate = shift_estimate(shift), half, reach;
	double z = normal_tail_quantile(verdict->tail);

	shift_interval(shift, verdict->tail, &low, &high);
	verdict->trials_a = shift_trials(shift, false);
	verdict->trials_b = shift_trials(shift, true);
	verdict->blocks = shift_blocks(shift);
	verdict->ratio = exp(estimate);
	verdict->low = exp(low);
	verdict->high = exp(high);
	half = fmax(high - estimate, estimate - low);
	if (!isfinite(half)) /* too few to have a width: that of normal noise of their scale */
		half = z * shift_scale(shift, estimate) *
		       sqrt(1 / (double)verdict->trials_a + 1 / (double)verdict->trials_b);
	reach = half * (1 + normal_tail_quantile(1 - power) / z);
	verdict->smallest = isinf(low) || isinf(high) ? INFINITY : expm1(reach);
	verdict->more = trials_more(shift, estimate, reach, verdict);
	verdict_decide(verdict);
}

int verdict_row(const struct trial *trials, size_t count, double tail, double margin,
		struct verdict *verdict)
{
	struct shift_trial *logs;
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
	if (!count)
		return 0;
	logs = calloc(count, sizeof(*logs));
	if (!logs)
		return -ENOMEM;
	err = trials_log(trials, count, logs);
	if (!err)
		err = shift_open(logs, count, &shift);
	if (!err) {
		verdict_fill(shift, verdict);
		shift_close(shift);
	}
	free(logs);
	return err == -ENODATA ? 0 : err;
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
