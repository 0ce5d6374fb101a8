// SPDX-License-Identifier: GPL-2.0-only
/* compare: two runs, cell by cell; and what they differ in besides their numbers. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "results/compare.h"
#include "results/database.h"

enum { COMPARE_IGNORE = -1 };

/* What a provenance key weighs when two runs differ in it: the first rule that fits. */
static const struct {
	const char *key; /* a glob */
	const char *instrument; /* NULL: any */
	int weight;
} rules[] = {
	/* Differ from run to run and say nothing of the numbers. */
	{ "machine.boot_id", NULL, COMPARE_IGNORE },
	{ "host.loadavg", NULL, COMPARE_IGNORE },
	{ "run.order_seed", NULL, COMPARE_IGNORE },
	{ "run.group", NULL, COMPARE_IGNORE },
	/* What difference matters to the suite: a count has none that does not. */
	/* A counted guest executes the same instructions whatever it is emulated on. */
	{ "machine.*", "insn", COMPARE_IGNORE },
	{ "host.*", "insn", COMPARE_IGNORE },
	/* Another guest: another CPU model or command line executes other code. */
	{ "guest.recipe", NULL, COMPARE_REFUSE },
	/* The command line is the kernel's too, but a setting, not its code. */
	{ "*.cmdline", NULL, COMPARE_WARN },
	{ "host.version", NULL, COMPARE_POINT },
	{ "agent.kernel.*", NULL, COMPARE_POINT },
	{ "kernel.*", NULL, COMPARE_POINT },
	{ "*", NULL, COMPARE_WARN },
};

static int key_weight(const char *key, const char *instrument)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if ((!rules[i].instrument || !strcmp(rules[i].instrument, instrument)) &&
		    glob_match(rules[i].key, key))
			return rules[i].weight;
	return COMPARE_WARN;
}

struct differences {
	struct comparison *to;
	size_t room;
};

static int difference_add(struct differences *list, int weight, const char *key, const char *a,
			  const char *b)
{
	struct comparison *to = list->to;
	struct compare_difference *item;

	if (weight == COMPARE_IGNORE || !strcmp(a, b))
		return 0;
	if (array_grow(&to->differences, &list->room, to->difference_count, sizeof(*item)))
		return -ENOMEM;
	item = &to->differences[to->difference_count++];
	*item = (struct compare_difference){
		.weight = (enum compare_weight)weight,
		.key = strdup(key),
		.a = strdup(a),
		.b = strdup(b),
	};
	to->refused |= weight == COMPARE_REFUSE;
	return item->key && item->a && item->b ? 0 : -ENOMEM;
}

/* What every run has. */
static int differences_of_runs(struct differences *list)
{
	const struct run_info *a = &list->to->a, *b = &list->to->b;
	bool counted = !strcmp(a->instrument, "insn") && !strcmp(b->instrument, "insn");
	bool kernels = run_is_for_figures(a) && run_is_for_figures(b);
	const struct {
		int weight;
		const char *key, *a, *b;
	} items[] = {
		{ COMPARE_REFUSE, "instrument", a->instrument, b->instrument },
		/* Times of two machines say nothing of two kernels. */
		{ counted ? COMPARE_IGNORE : COMPARE_REFUSE, "machine", a->machine, b->machine },
		{ COMPARE_WARN, "suite", a->suite, b->suite },
		{ COMPARE_WARN, "suite.sha256", a->suite_sha256, b->suite_sha256 },
		/* What was built to find bugs costs more for that, and not for what is compared. */
		{ kernels ? COMPARE_POINT : COMPARE_WARN, "kernel.traits", a->kernel_traits,
		  b->kernel_traits },
		{ COMPARE_POINT, "kernel.name", a->kernel_name, b->kernel_name },
		{ COMPARE_POINT, "kernel.release", a->kernel_release, b->kernel_release },
		{ COMPARE_POINT, "kernel.version", a->kernel_version, b->kernel_version },
		{ COMPARE_POINT, "kernel.sha256", a->kernel_sha256, b->kernel_sha256 },
		{ COMPARE_POINT, "kernel.config_sha256", a->kernel_config_sha256,
		  b->kernel_config_sha256 },
	};
	int err = 0;

	for (size_t i = 0; !err && i < sizeof(items) / sizeof(items[0]); i++)
		err = difference_add(list, items[i].weight, items[i].key, items[i].a, items[i].b);
	return err;
}

/* What was noted: two lists sorted by key, merged. */
static int differences_of_notes(struct differences *list, const struct pair_list *a,
				const struct pair_list *b)
{
	const char *instrument = list->to->a.instrument;
	size_t i = 0, j = 0;
	int err = 0;

	while (!err && (i < a->count || j < b->count)) {
		int order = i == a->count   ? 1
			    : j == b->count ? -1
					    : strcmp(a->items[i].key, b->items[j].key);
		const char *key = order <= 0 ? a->items[i].key : b->items[j].key;
		const char *left = order <= 0 ? a->items[i++].value : "";
		const char *right = order >= 0 ? b->items[j++].value : "";
		int weight = key_weight(key, instrument);

		/* A setting that only one of the two kernels offers comes with the kernel. */
		if (order && weight == COMPARE_WARN && !strncmp(key, "agent.", 6))
			weight = COMPARE_POINT;
		err = difference_add(list, weight, key, left, right);
	}
	return err;
}

/* The gravest first; those of one weight stay in their order (insertion sort: there are few). */
static void differences_sort(struct comparison *comparison)
{
	struct compare_difference *items = comparison->differences;

	for (size_t i = 1; i < comparison->difference_count; i++) {
		struct compare_difference item = items[i];
		size_t at = i;

		for (; at && items[at - 1].weight < item.weight; at--)
			items[at] = items[at - 1];
		items[at] = item;
	}
}

static int differences_find(struct store *store, struct comparison *comparison, struct fault *fault)
{
	struct differences list = { .to = comparison };
	struct pair_list a = { 0 }, b = { 0 };
	int err;

	err = query_provenance(store, comparison->a.id, &a, fault);
	if (!err)
		err = query_provenance(store, comparison->b.id, &b, fault);
	if (!err)
		err = differences_of_runs(&list);
	if (!err)
		err = differences_of_notes(&list, &a, &b);
	if (!err)
		differences_sort(comparison);
	pair_list_free(&a);
	pair_list_free(&b);
	return err;
}

/* The cell's row in the list. Both lists are mostly in one order: look first behind the last hit. */
static const struct cell_summary *cell_find(const struct summary_list *cells, const char *cell,
					    size_t *after)
{
	for (size_t i = 0; i < cells->count; i++) {
		size_t at = (*after + i) % cells->count;

		if (strcmp(cells->items[at].cell, cell) != 0)
			continue;
		*after = at + 1;
		return &cells->items[at];
	}
	return NULL;
}

static void row_fill(struct compare_row *row, const char *cell, const struct cell_summary *a,
		     const struct cell_summary *b)
{
	*row = (struct compare_row){
		.cell = cell, .a = a, .b = b, .difference = NAN, .ratio = NAN
	};
	if (!a || !b || !a->samples || !b->samples || strcmp(a->unit, b->unit) != 0 ||
	    strcmp(a->metric, b->metric) != 0)
		return;
	row->difference = b->median - a->median;
	if (a->median != 0)
		row->ratio = b->median / a->median;
	else if (b->median == 0)
		row->ratio = 1;
}

static int rows_fill(struct comparison *comparison)
{
	const struct summary_list *a = &comparison->a_cells, *b = &comparison->b_cells;
	size_t after = 0;

	comparison->rows = calloc(a->count + b->count + 1, sizeof(*comparison->rows));
	if (!comparison->rows)
		return -ENOMEM;
	for (size_t i = 0; i < a->count; i++)
		row_fill(&comparison->rows[comparison->row_count++], a->items[i].cell, &a->items[i],
			 cell_find(b, a->items[i].cell, &after));
	after = 0;
	for (size_t i = 0; i < b->count; i++)
		if (!cell_find(a, b->items[i].cell, &after))
			row_fill(&comparison->rows[comparison->row_count++], b->items[i].cell, NULL,
				 &b->items[i]);
	return 0;
}

static int cells_load(struct store *store, const struct run_info *run, const char *metric,
		      struct summary_list *cells, struct fault *fault)
{
	if (metric && strpbrk(metric, "*?"))
		return fault_set(fault, -EINVAL, "\"%s\": one metric at a time is compared",
				 metric);
	return query_summaries(store, run->id, metric ? metric : query_cost_metric(run->instrument),
			       cells, fault);
}

int compare_runs(struct store *store, const char *a, const char *b, const char *metric,
		 struct comparison *comparison, struct fault *fault)
{
	bool mine = false;
	int err;

	*comparison = (struct comparison){ 0 };
	err = db_snapshot(store->db, &mine, fault);
	if (!err)
		err = query_run_find(store, a, &comparison->a, fault);
	if (!err)
		err = query_run_find(store, b, &comparison->b, fault);
	if (!err)
		err = differences_find(store, comparison, fault);
	if (!err)
		err = cells_load(store, &comparison->a, metric, &comparison->a_cells, fault);
	if (!err)
		err = cells_load(store, &comparison->b, metric, &comparison->b_cells, fault);
	if (!err)
		err = rows_fill(comparison);
	if (err == -ENOMEM)
		fault_set(fault, err, "out of memory");
	db_snapshot_end(store->db, mine);
	if (err)
		comparison_free(comparison);
	return err;
}

void comparison_free(struct comparison *comparison)
{
	run_info_free(&comparison->a);
	run_info_free(&comparison->b);
	for (size_t i = 0; i < comparison->difference_count; i++) {
		free(comparison->differences[i].key);
		free(comparison->differences[i].a);
		free(comparison->differences[i].b);
	}
	free(comparison->differences);
	free(comparison->rows);
	summary_list_free(&comparison->a_cells);
	summary_list_free(&comparison->b_cells);
	*comparison = (struct comparison){ 0 };
}
