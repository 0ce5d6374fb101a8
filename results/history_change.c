// SPDX-License-Identifier: GPL-2.0-only
/* history_change: what else differs between the two sides of a step: fingerprints and outcomes. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/history_change.h"

/* Fingerprints and outcomes of one run, read once. */
struct change_print {
	int64_t run;
	struct summary_list functions, outcomes;
};

static const struct step_point *side(const struct history *history, const struct history_step *step,
				     size_t build)
{
	return &history->cells[step->cell].points[build].at;
}

static bool both_counted(const struct history *history, const struct history_step *step)
{
	return side(history, step, step->from)->state == STEP_COUNTED &&
	       side(history, step, step->to)->state == STEP_COUNTED;
}

double history_difference(const struct history *history, const struct history_step *step)
{
	if (!both_counted(history, step))
		return NAN;
	return (double)side(history, step, step->to)->count.value -
	       (double)side(history, step, step->from)->count.value;
}

double history_ratio(const struct history *history, const struct history_step *step)
{
	uint64_t from = side(history, step, step->from)->count.value;

	if (!both_counted(history, step) || !from)
		return NAN;
	return (double)side(history, step, step->to)->count.value / (double)from;
}

static int functions_read(struct store *store, int64_t run, struct summary_list *functions,
			  struct fault *fault)
{
	struct metric_list metrics;
	bool any = false;
	int err = query_metrics(store, run, &metrics, fault);

	if (err)
		return err;
	for (size_t i = 0; i < metrics.count; i++)
		any |= !strncmp(metrics.items[i].name, "fn:", 3);
	metric_list_free(&metrics);
	return any ? query_summaries(store, run, "fn:*", functions, fault) : 0;
}

/* which: its index, since the array moves when the next is read. */
static int print_get(struct store *store, struct history *history, int64_t run, size_t *which,
		     struct fault *fault)
{
	struct change_print *grown, fresh = { .run = run };
	int err;

	*which = 0;
	while (*which < history->print_count && history->prints[*which].run != run)
		++*which;
	if (*which < history->print_count)
		return 0;
	grown = realloc(history->prints, (history->print_count + 1) * sizeof(*grown));
	if (!grown)
		return fault_set(fault, -ENOMEM, "out of memory");
	history->prints = grown;
	err = functions_read(store, run, &fresh.functions, fault);
	if (!err)
		err = query_outcomes(store, run, &fresh.outcomes, fault);
	if (err) {
		summary_list_free(&fresh.functions);
		summary_list_free(&fresh.outcomes);
		return err;
	}
	grown[history->print_count++] = fresh;
	return 0;
}

/* The rows of one cell, which stand together. */
struct rows {
	const struct cell_summary *first;
	size_t count;
};

static struct rows rows_of(const struct summary_list *list, const char *cell)
{
	struct rows rows = { 0 };

	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->items[i].cell, cell) != 0) {
			if (rows.count)
				break;
			continue;
		}
		if (!rows.count++)
			rows.first = &list->items[i];
	}
	return rows;
}

static const struct cell_summary *metric_find(struct rows rows, const char *metric)
{
	const struct cell_summary *end = rows.count ? rows.first + rows.count : rows.first;

	for (const struct cell_summary *row = rows.first; row < end; row++)
		if (!strcmp(row->metric, metric) && row->samples)
			return row;
	return NULL;
}

static int change_add(struct change_list *changes, const char *metric, double from, double to)
{
	struct change *grown;

	/* What one side does not know and the other never entered is no news. */
	if (from == to || (isnan(from) && to == 0) || (isnan(to) && from == 0))
		return 0;
	grown = realloc(changes->items, (changes->count + 1) * sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	changes->items = grown;
	grown[changes->count++] = (struct change){ metric, from, to };
	return 0;
}

/* All metrics of one kind that either side has for the cell. */
static int changes_of(struct rows from, struct rows to, struct change_list *changes)
{
	const struct cell_summary *other;
	int err = 0;

	for (size_t i = 0; !err && i < from.count; i++) {
		if (!from.first[i].samples)
			continue;
		other = metric_find(to, from.first[i].metric);
		err = change_add(changes, from.first[i].metric, from.first[i].median,
				 other ? other->median : NAN);
	}
	for (size_t i = 0; !err && i < to.count; i++)
		if (to.first[i].samples && !metric_find(from, to.first[i].metric))
			err = change_add(changes, to.first[i].metric, NAN, to.first[i].median);
	return err;
}

int history_changes(struct store *store, struct history *history, const struct history_step *step,
		    struct change_list *changes, struct fault *fault)
{
	const struct history_cell *cell = &history->cells[step->cell];
	int64_t before = cell->points[step->from].run->id, after = cell->points[step->to].run->id;
	const struct change_print *from, *to;
	size_t first, second;
	int err;

	*changes = (struct change_list){ 0 };
	err = print_get(store, history, before, &first, fault);
	if (!err)
		err = print_get(store, history, after, &second, fault);
	if (err)
		return err;
	from = &history->prints[first];
	to = &history->prints[second];
	err = changes_of(rows_of(&from->outcomes, cell->key), rows_of(&to->outcomes, cell->key),
			 changes);
	if (!err)
		err = changes_of(rows_of(&from->functions, cell->key),
				 rows_of(&to->functions, cell->key), changes);
	if (err) {
		change_list_free(changes);
		return fault_set(fault, err, "out of memory");
	}
	return 0;
}

void change_list_free(struct change_list *changes)
{
	free(changes->items);
	*changes = (struct change_list){ 0 };
}

void history_prints_free(struct history *history)
{
	for (size_t i = 0; i < history->print_count; i++) {
		summary_list_free(&history->prints[i].functions);
		summary_list_free(&history->prints[i].outcomes);
	}
	free(history->prints);
}
