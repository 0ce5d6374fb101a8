// SPDX-License-Identifier: GPL-2.0-only
/* judge_load: the samples behind a judgement's rows, and what the steady ones of them did otherwise. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "results/database.h"
#include "results/judge_parts.h"
#include "results/series.h"

/* The rows by key, to find them by what the database says. */
struct row_index {
	struct judge_row **rows;
	size_t count;
	bool b; /* the side that is read */
	const char *metric; /* the one that is judged */
	bool strayed; /* read those that took another path, for the sides that have no valid one */
};

static int row_order(const void *x, const void *y)
{
	return strcmp((*(struct judge_row *const *)x)->cell, (*(struct judge_row *const *)y)->cell);
}

static struct judge_row *row_find(const struct row_index *index, const char *cell)
{
	size_t low = 0, high = index->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(cell, index->rows[middle]->cell);

		if (!order)
			return index->rows[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static struct judge_side *row_side(struct judge_row *row, bool b)
{
	return b ? &row->b : &row->a;
}

static int sample_keep(const struct sample_row *sample, void *context)
{
	const struct row_index *index = context;
	struct judge_row *row = row_find(index, sample->cell);
	struct judge_side *side = row ? row_side(row, index->b) : NULL;
	int err;

	if (!side || side->strayed != index->strayed ||
	    !sample_counts(sample->invalid, side->strayed))
		return 0;
	err = array_grow(&side->samples, &side->room, side->sample_count, sizeof(*side->samples));
	if (!err)
		side->samples[side->sample_count++] =
			(struct judge_sample){ sample->trial, sample->sample, sample->value };
	return err;
}

/* Entries of functions and outcomes are news where counts are exact; in time, only the errno is. */
static bool metric_is_news(const struct row_index *index, const char *metric, bool counted)
{
	if (!strcmp(metric, index->metric))
		return false;
	if (!strcmp(metric, "outcome:errno"))
		return true;
	return counted && (!strncmp(metric, "fn:", 3) || !strncmp(metric, "outcome:", 8));
}

static struct judge_change *change_of(struct judge_row *row, const char *metric)
{
	struct judge_change *grown;

	for (size_t i = 0; i < row->change_count; i++)
		if (!strcmp(row->changes[i].metric, metric))
			return &row->changes[i];
	grown = realloc(row->changes, (row->change_count + 1) * sizeof(*grown));
	if (!grown)
		return NULL;
	row->changes = grown;
	grown[row->change_count] =
		(struct judge_change){ .metric = strdup(metric), .a = NAN, .b = NAN };
	return grown[row->change_count].metric ? &grown[row->change_count++] : NULL;
}

/* Of the samples that count. */
static int news_keep(const struct sample_row *sample, void *context)
{
	const struct row_index *index = context;
	struct judge_row *row = row_find(index, sample->cell);
	struct judge_side *side = row ? row_side(row, index->b) : NULL;
	struct judge_change *change;
	int err;

	if (!side || !side->sample_count || !metric_is_news(index, sample->metric, row->counted) ||
	    !sample_counts(sample->invalid, side->strayed))
		return 0;
	change = change_of(row, sample->metric);
	if (!change)
		return -ENOMEM;
	err = array_grow(&change->seen, &change->seen_room, change->seen_count,
			 sizeof(*change->seen));
	if (!err)
		change->seen[change->seen_count++] = sample->value;
	return err;
}

/* What varies from sample to sample, on either side, is no news. */
static void news_sum_up(struct judge_row *row, bool b)
{
	for (size_t i = 0; i < row->change_count; i++) {
		struct judge_change *change = &row->changes[i];
		struct exact_count count = { 0 };

		if (change->seen_count)
			exact_count_of(change->seen, change->seen_count, &count);
		if (change->seen_count && !count.spread)
			*(b ? &change->b : &change->a) = (double)count.value;
		else if (change->seen_count)
			change->varies = true;
		change->seen_count = 0;
	}
}

/* What one side does not know and the other never entered is no news. */
static bool change_is_none(const struct judge_change *change)
{
	return change->varies || change->a == change->b || (isnan(change->a) && change->b == 0) ||
	       (isnan(change->b) && change->a == 0) || (isnan(change->a) && isnan(change->b));
}

static void changes_tidy(struct judge_row *row)
{
	bool both = row->a.sample_count && row->b.sample_count;
	size_t kept = 0;

	for (size_t i = 0; i < row->change_count; i++) {
		free(row->changes[i].seen);
		row->changes[i].seen = NULL;
		if (!both || change_is_none(&row->changes[i]))
			free(row->changes[i].metric);
		else
			row->changes[kept++] = row->changes[i];
	}
	row->change_count = kept;
}

static int side_sum_up(struct judge_side *side, bool counted)
{
	uint64_t *values;

	side->value = NAN;
	if (!side->sample_count)
		return 0;
	values = malloc(side->sample_count * sizeof(*values));
	if (!values)
		return -ENOMEM;
	for (size_t i = 0; i < side->sample_count; i++)
		values[i] = side->samples[i].value;
	exact_count_of(values, side->sample_count, &side->count);
	free(values);
	while (counted && side->samples[side->steady].value != side->count.value)
		side->steady++;
	side->value = counted ? (double)side->count.value : side->summary->median;
	return 0;
}

/* The sides that are known by another path alone. */
static bool strays_find(struct row_index *index)
{
	bool any = false;

	for (size_t i = 0; i < index->count; i++) {
		struct judge_side *side = row_side(index->rows[i], index->b);

		side->strayed = index->rows[i]->counted && !side->sample_count && side->summary &&
				reject_is_path(side->summary->reason);
		any |= side->strayed;
	}
	return any;
}

/* One that is invalid for another reason is worse than another path, and not to be passed over. */
static void stray_check(struct judge_side *side)
{
	if (!side->strayed || side->sample_count == side->summary->rejected)
		return;
	side->strayed = false;
	side->sample_count = 0;
}

static int side_load(struct store *store, const struct run_info *run, struct row_index *index,
		     struct fault *fault)
{
	int err = query_samples(store, run->id, NULL, index->metric, sample_keep, index, fault);

	index->strayed = !err && strays_find(index);
	if (!err && index->strayed)
		err = query_samples(store, run->id, NULL, index->metric, sample_keep, index, fault);
	index->strayed = false;
	for (size_t i = 0; !err && i < index->count; i++)
		stray_check(row_side(index->rows[i], index->b));
	for (size_t i = 0; !err && i < index->count; i++)
		err = side_sum_up(row_side(index->rows[i], index->b), index->rows[i]->counted);
	if (!err)
		err = query_samples(store, run->id, NULL, NULL, news_keep, index, fault);
	for (size_t i = 0; !err && i < index->count; i++)
		news_sum_up(index->rows[i], index->b);
	return err;
}

static const char *metric_of(const struct summary_list *cells)
{
	return cells->count ? cells->items[0].metric : "";
}

static bool side_is_valid(const struct judge_side *side)
{
	return side->sample_count && !side->strayed;
}

/* Strayed samples are held against valid ones only: where no side is what the cell names, nothing is. */
static void row_strays(struct judge_row *row)
{
	if (side_is_valid(&row->a) || side_is_valid(&row->b))
		return;
	row->a.strayed = row->b.strayed = false;
	row->a.sample_count = row->b.sample_count = 0;
}

int judge_load(struct store *store, struct judgement *judgement, struct fault *fault)
{
	struct comparison *comparison = &judgement->comparison;
	struct row_index index = { .count = judgement->row_count };
	int err;

	index.rows = calloc(index.count + 1, sizeof(struct judge_row *));
	if (!index.rows)
		return -ENOMEM;
	for (size_t i = 0; i < index.count; i++)
		index.rows[i] = &judgement->rows[i];
	if (index.count)
		qsort(index.rows, index.count, sizeof(struct judge_row *), row_order);
	index.metric = metric_of(&comparison->a_cells);
	err = side_load(store, &comparison->a, &index, fault);
	index.b = true;
	index.metric = metric_of(&comparison->b_cells);
	if (!err)
		err = side_load(store, &comparison->b, &index, fault);
	for (size_t i = 0; i < index.count; i++) {
		row_strays(&judgement->rows[i]);
		changes_tidy(&judgement->rows[i]);
	}
	free(index.rows);
	return err;
}
