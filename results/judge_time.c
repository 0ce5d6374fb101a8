// SPDX-License-Identifier: GPL-2.0-only
/* judge_time: a row of times or counters, from its trials. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "results/judge_parts.h"

/*
 * Of each side in a block (order.h). In runs that were timed side by side a trial is of one cell, and trials
 * 2n + 1 and 2n + 2 of each run are of one block of it (runner/run_work.h). One that failed is missing
 * in its own block alone.
 */
enum { BLOCK_TRIALS = 2 };

/* A trial with when it ran. */
struct placed {
	struct verdict_trial trial;
	int64_t started;
	size_t place; /* as it came, where that is not known */
};

static int64_t trial_started(const struct trial_list *list, int64_t sequence)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].sequence == sequence)
			return list->items[i].started_us;
	return 0;
}

static int placed_order(const void *x, const void *y)
{
	const struct placed *a = x, *b = y;

	if (a->started != b->started)
		return a->started < b->started ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

/* How many samples from `first` on are of one trial: they stand together. */
static size_t trial_length(const struct judge_side *side, size_t first)
{
	size_t next = first;

	while (next < side->sample_count && side->samples[next].trial == side->samples[first].trial)
		next++;
	return next - first;
}

/* One number a trial: the trial is the unit. */
static int trials_add(const struct judgement *judgement, const struct judge_side *side, bool b,
		      struct placed *placed, size_t *count)
{
	const struct trial_list *list = b ? &judgement->trials_b : &judgement->trials_a;
	double *values = malloc((side->sample_count + 1) * sizeof(*values));

	if (!values)
		return -ENOMEM;
	for (size_t first = 0, length; first < side->sample_count; first += length) {
		int64_t sequence = side->samples[first].trial;

		length = trial_length(side, first);
		for (size_t i = 0; i < length; i++)
			values[i] = (double)side->samples[first + i].value;
		placed[*count] = (struct placed){
			.trial = { .value = trial_summary(values, length), .b = b },
			.started = trial_started(list, sequence),
			.place = *count,
		};
		if (judgement->paired)
			placed[*count].trial.block = (uint32_t)((sequence - 1) / BLOCK_TRIALS);
		++*count;
	}
	free(values);
	return 0;
}

int judge_trials(const struct judgement *judgement, const struct judge_row *row,
		 struct verdict_trial **trials, size_t *count)
{
	size_t room = row->a.sample_count + row->b.sample_count + 1;
	struct placed *placed = calloc(room, sizeof(*placed));
	int err;

	*count = 0;
	*trials = calloc(room, sizeof(**trials));
	err = placed && *trials ? 0 : -ENOMEM;
	if (!err)
		err = trials_add(judgement, &row->a, false, placed, count);
	if (!err)
		err = trials_add(judgement, &row->b, true, placed, count);
	if (!err && *count)
		qsort(placed, *count, sizeof(*placed), placed_order);
	for (size_t i = 0; !err && i < *count; i++)
		(*trials)[i] = placed[i].trial;
	free(placed);
	if (err) {
		free(*trials);
		*trials = NULL;
	}
	return err;
}

/* Each sample by its trial's median. Those of a trial whose median is 0 say nothing of humps. */
static double *samples_scaled(const struct judge_side *side, size_t *count)
{
	double *scaled = calloc(2 * side->sample_count + 1, sizeof(*scaled));

	*count = 0;
	for (size_t first = 0, length; scaled && first < side->sample_count; first += length) {
		double *values = scaled + side->sample_count, median;

		length = trial_length(side, first);
		for (size_t i = 0; i < length; i++)
			values[i] = (double)side->samples[first + i].value;
		median = trial_summary(values, length);
		for (size_t i = 0; i < length && median > 0; i++)
			scaled[(*count)++] = values[i] / median;
	}
	return scaled;
}

static int row_warn(struct judge_row *row, const struct verdict_trial *trials, size_t count)
{
	struct warning_ask ask = {
		.verdict = &row->verdict,
		.trials = trials,
		.count = count,
	};
	double *a = samples_scaled(&row->a, &ask.samples[0].count);
	double *b = samples_scaled(&row->b, &ask.samples[1].count);
	int err = -ENOMEM;

	ask.samples[0].values = a;
	ask.samples[1].values = b;
	if (a && b)
		err = warnings_find(&ask, &row->warnings);
	free(a);
	free(b);
	return err;
}

int judge_time(struct judge_row *row, const struct judgement *judgement)
{
	static const enum judge_kind kinds[] = {
		[VERDICT_NOT_ENOUGH] = JUDGE_UNDECIDED,
		[VERDICT_COSTS] = JUDGE_COSTS,
		[VERDICT_SAVES] = JUDGE_SAVES,
		[VERDICT_EQUAL] = JUDGE_EQUAL,
	};
	struct verdict_trial *trials;
	size_t count;
	int err = judge_trials(judgement, row, &trials, &count);

	if (err)
		return err;
	err = judge_looks(judgement, trials, count, &row->verdict);
	if (!err)
		err = row_warn(row, trials, count);
	free(trials);
	if (err == -EDOM) {
		row->verdict.ratio = NAN;
		return judge_reason(row, JUDGE_UNDECIDED,
				    "some trials read 0 and others do not: there is no ratio");
	}
	if (err)
		return err;
	row->kind = kinds[row->verdict.kind];
	row->proved = row->verdict.x * row->a.value;
	if (row->kind != JUDGE_UNDECIDED)
		return 0;
	if (row->verdict.more == VERDICT_MORE_UNKNOWN)
		return judge_reason(row, JUDGE_UNDECIDED, "not enough data");
	return judge_reason(row, JUDGE_UNDECIDED,
			    "not enough data: %u more trials a side would tell", row->verdict.more);
}
