/* SPDX-License-Identifier: GPL-2.0-only */
/* source: the runs and their summaries, each read from the store once. */
#include "plots/source.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct loaded {
	bool done;
	struct summary_list list;
	const struct cell_summary **sorted; /* by cell and metric */
	const char **cells; /* distinct, in the order of the list */
	size_t cell_count;
	int error;
};

struct source {
	struct store *store;
	struct run_list runs;
	struct loaded *loaded; /* one a run */
	struct kept_history {
		struct history history; /* where loaded */
		char *kernels; /* the glob it is of; NULL: all */
		bool loaded;
	} histories[2]; /* of all runs; of one's own */
};

struct store *source_store(struct source *source)
{
	return source->store;
}

size_t source_run_count(const struct source *source)
{
	return source->runs.count;
}

const struct run_info *source_run(const struct source *source, size_t index)
{
	return &source->runs.items[index];
}

const struct run_info *source_run_by_id(const struct source *source, int64_t id)
{
	for (size_t i = 0; i < source->runs.count; i++)
		if (source->runs.items[i].id == id)
			return &source->runs.items[i];
	return NULL;
}

bool run_drawable(const struct run_info *run)
{
	return run_finished(run) && !run_left_out(run);
}

bool run_finished(const struct run_info *run)
{
	return strcmp(run->status, "complete") == 0 || strcmp(run->status, "partial") == 0;
}

int source_open(const char *database, struct source **source, struct fault *fault)
{
	struct run_filter every = { 0 };
	struct source *made = calloc(1, sizeof(*made));
	int err;

	if (!made)
		return fault_set(fault, -ENOMEM, "out of memory");
	err = store_open(database, STORE_READ, &made->store, fault);
	if (!err)
		err = query_runs(made->store, &every, &made->runs, fault);
	if (!err && made->runs.count) {
		made->loaded = calloc(made->runs.count, sizeof(*made->loaded));
		if (!made->loaded)
			err = fault_set(fault, -ENOMEM, "out of memory");
	}
	if (err) {
		source_close(made);
		return err;
	}
	*source = made;
	return 0;
}

static void history_drop(struct kept_history *kept)
{
	if (kept->loaded)
		history_free(&kept->history);
	free(kept->kernels);
	*kept = (struct kept_history){ 0 };
}

int source_history(struct source *source, const char *kernels, bool own, struct history **history,
		   struct fault *fault)
{
	const struct history_ask ask = { .kernels = kernels, .own_only = own };
	struct kept_history *kept = &source->histories[own];
	const char *has = kept->kernels;
	int err;

	*history = &kept->history;
	if (kept->loaded && (kernels && has ? !strcmp(kernels, has) : kernels == has))
		return 0;
	history_drop(kept);
	err = history_load(source->store, &ask, &kept->history, fault);
	if (err)
		return err;
	kept->loaded = true;
	kept->kernels = kernels ? strdup(kernels) : NULL;
	if (kernels && !kept->kernels)
		return fault_set(fault, -ENOMEM, "out of memory");
	return 0;
}

void source_close(struct source *source)
{
	if (!source)
		return;
	for (size_t i = 0; source->loaded && i < source->runs.count; i++) {
		summary_list_free(&source->loaded[i].list);
		free(source->loaded[i].sorted);
		free(source->loaded[i].cells);
	}
	free(source->loaded);
	history_drop(&source->histories[0]);
	history_drop(&source->histories[1]);
	run_list_free(&source->runs);
	if (source->store)
		store_close(source->store);
	free(source);
}

static int summary_order(const void *a, const void *b)
{
	const struct cell_summary *x = *(const struct cell_summary *const *)a;
	const struct cell_summary *y = *(const struct cell_summary *const *)b;
	int order = strcmp(x->cell, y->cell);

	return order ? order : strcmp(x->metric, y->metric);
}

/* By cell, then by place in the list. */
static int first_order(const void *a, const void *b)
{
	const struct cell_summary *x = *(const struct cell_summary *const *)a;
	const struct cell_summary *y = *(const struct cell_summary *const *)b;
	int order = strcmp(x->cell, y->cell);

	return order ? order : (x > y) - (x < y);
}

static int place_order(const void *a, const void *b)
{
	const struct cell_summary *x = *(const struct cell_summary *const *)a;
	const struct cell_summary *y = *(const struct cell_summary *const *)b;

	return (x > y) - (x < y);
}

/* Expects loaded->sorted to have room for all; leaves it sorted by place. */
static void cells_make(struct loaded *loaded)
{
	const struct cell_summary **sorted = loaded->sorted;
	size_t count = loaded->list.count, kept = 0;

	qsort(sorted, count, sizeof(const struct cell_summary *), first_order);
	for (size_t i = 0; i < count; i++)
		if (!kept || strcmp(sorted[kept - 1]->cell, sorted[i]->cell) != 0)
			sorted[kept++] = sorted[i];
	qsort(sorted, kept, sizeof(const struct cell_summary *), place_order);
	for (size_t i = 0; i < kept; i++)
		loaded->cells[i] = sorted[i]->cell;
	loaded->cell_count = kept;
}

/* Moves what more has to the end of list; more is empty afterwards. */
static int summaries_append(struct summary_list *list, struct summary_list *more)
{
	struct cell_summary *grown;

	if (!more->count)
		return 0;
	grown = realloc(list->items, (list->count + more->count) * sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	memcpy(grown + list->count, more->items, more->count * sizeof(*grown));
	list->items = grown;
	list->count += more->count;
	free(more->items);
	*more = (struct summary_list){ 0 };
	return 0;
}

bool summary_is_function(const struct cell_summary *summary)
{
	return strncmp(summary->metric, "fn:", 3) == 0;
}

bool summary_is_outcome(const struct cell_summary *summary)
{
	return strncmp(summary->metric, "outcome:", 8) == 0;
}

bool summary_is_cost(const struct cell_summary *summary)
{
	return !summary_is_function(summary) && !summary_is_outcome(summary);
}

/* A function that was never entered, and that nobody claims, is no news. */
static bool function_is_news(const struct cell_summary *summary)
{
	return (summary->samples && summary->max > 0) ||
	       strstr(summary->expected, summary->metric + 3);
}

/* Keeps the news, and the first row of each cell, which says that functions were watched. */
static void functions_prune(struct summary_list *list)
{
	struct summary_list gone = { 0 };
	size_t kept = 0;

	gone.items = calloc(list->count + 1, sizeof(*gone.items));
	if (!gone.items)
		return; /* it was to save memory */
	for (size_t i = 0; i < list->count; i++) {
		bool first = !kept || strcmp(list->items[kept - 1].cell, list->items[i].cell) != 0;

		if (first || function_is_news(&list->items[i]))
			list->items[kept++] = list->items[i];
		else
			gone.items[gone.count++] = list->items[i];
	}
	list->count = kept;
	summary_list_free(&gone);
}

static int fingerprints_load(struct source *source, int64_t run_id, struct summary_list *list,
			     struct fault *fault)
{
	struct summary_list more = { 0 };
	struct metric_list metrics;
	bool any = false;
	int err = query_metrics(source->store, run_id, &metrics, fault);

	if (err)
		return err;
	for (size_t i = 0; i < metrics.count; i++)
		any |= strncmp(metrics.items[i].name, "fn:", 3) == 0;
	metric_list_free(&metrics);
	if (!any)
		return 0;
	err = query_summaries(source->store, run_id, "fn:*", &more, fault);
	if (!err) {
		functions_prune(&more);
		err = summaries_append(list, &more);
	}
	summary_list_free(&more);
	return err;
}

static int outcomes_load(struct source *source, int64_t run_id, struct summary_list *list,
			 struct fault *fault)
{
	struct summary_list more = { 0 };
	int err = query_outcomes(source->store, run_id, &more, fault);

	if (!err)
		err = summaries_append(list, &more);
	summary_list_free(&more);
	return err;
}

static int loaded_fill(struct source *source, const struct run_info *run, struct loaded *loaded,
		       struct fault *fault)
{
	int err = query_summaries(source->store, run->id, NULL, &loaded->list, fault);

	/* Only the plugin sees functions. */
	if (!err && strcmp(run->instrument, "insn") == 0)
		err = fingerprints_load(source, run->id, &loaded->list, fault);
	if (!err)
		err = outcomes_load(source, run->id, &loaded->list, fault);
	if (err)
		return err;
	loaded->sorted = calloc(loaded->list.count + 1, sizeof(const struct cell_summary *));
	loaded->cells = calloc(loaded->list.count + 1, sizeof(*loaded->cells));
	if (!loaded->sorted || !loaded->cells)
		return fault_set(fault, -ENOMEM, "out of memory");
	for (size_t i = 0; i < loaded->list.count; i++)
		loaded->sorted[i] = &loaded->list.items[i];
	cells_make(loaded);
	for (size_t i = 0; i < loaded->list.count; i++)
		loaded->sorted[i] = &loaded->list.items[i];
	qsort(loaded->sorted, loaded->list.count, sizeof(const struct cell_summary *),
	      summary_order);
	return 0;
}

static struct loaded *loaded_get(struct source *source, const struct run_info *run,
				 struct fault *fault)
{
	struct loaded *loaded = &source->loaded[run - source->runs.items];

	if (!loaded->done) {
		loaded->error = loaded_fill(source, run, loaded, fault);
		loaded->done = true;
	} else if (loaded->error) {
		fault_set(fault, loaded->error, "run %lld could not be read", (long long)run->id);
	}
	return loaded;
}

int source_summaries(struct source *source, const struct run_info *run,
		     const struct summary_list **summaries, struct fault *fault)
{
	struct loaded *loaded = loaded_get(source, run, fault);

	*summaries = &loaded->list;
	return loaded->error;
}

int source_cells(struct source *source, const struct run_info *run, const char *const **cells,
		 size_t *count, struct fault *fault)
{
	struct loaded *loaded = loaded_get(source, run, fault);

	*cells = loaded->cells;
	*count = loaded->error ? 0 : loaded->cell_count;
	return loaded->error;
}

/* Where in sorted the first summary is that is not before (cell, metric). */
static size_t summary_place(const struct loaded *loaded, const char *cell, const char *metric)
{
	size_t low = 0, high = loaded->error ? 0 : loaded->list.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(loaded->sorted[middle]->cell, cell);

		if (!order)
			order = strcmp(loaded->sorted[middle]->metric, metric);
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct cell_summary *summary_at_or_after(const struct loaded *loaded, const char *cell,
						      const char *metric)
{
	size_t place = summary_place(loaded, cell, metric);

	return !loaded->error && place < loaded->list.count ? loaded->sorted[place] : NULL;
}

int source_of_cell(struct source *source, const struct run_info *run, const char *cell,
		   const struct cell_summary *const **found, size_t *count, struct fault *fault)
{
	struct loaded *loaded = loaded_get(source, run, fault);
	size_t first, end;

	*found = NULL;
	*count = 0;
	if (loaded->error)
		return loaded->error;
	first = summary_place(loaded, cell, "");
	for (end = first; end < loaded->list.count; end++)
		if (strcmp(loaded->sorted[end]->cell, cell) != 0)
			break;
	*found = loaded->sorted + first;
	*count = end - first;
	return 0;
}

const struct cell_summary *source_find(struct source *source, const struct run_info *run,
				       const char *cell, const char *metric)
{
	const struct cell_summary *summary =
		summary_at_or_after(loaded_get(source, run, NULL), cell, metric);

	if (summary && strcmp(summary->cell, cell) == 0 && strcmp(summary->metric, metric) == 0)
		return summary;
	return NULL;
}

const struct cell_summary *source_cost(struct source *source, const struct run_info *run,
				       const char *cell)
{
	const char *metric = query_cost_metric(run->instrument);
	const struct cell_summary *summary;

	summary = metric ? source_find(source, run, cell, metric) : NULL;
	if (summary)
		return summary;
	/* A cell that never ran has no metric to be filed under: what says why will do. */
	summary = summary_at_or_after(loaded_get(source, run, NULL), cell, "");
	if (summary && strcmp(summary->cell, cell) == 0 && strcmp(summary->status, "ok") != 0)
		return summary;
	return NULL;
}

bool summary_usable(const struct cell_summary *summary)
{
	return summary && strcmp(summary->status, "ok") == 0 && isfinite(summary->median);
}

bool instrument_known(const char *instrument)
{
	return strcmp(instrument, "clock") == 0 || strcmp(instrument, "pmu") == 0 ||
	       strcmp(instrument, "insn") == 0;
}

const char *instrument_unit(const char *instrument)
{
	return strcmp(instrument, "clock") == 0 ? "ns" : "instructions";
}

const char *instrument_note(const char *instrument)
{
	if (strcmp(instrument, "insn") == 0)
		return "instructions executed; sees no cache, TLB or IPI";
	if (strcmp(instrument, "pmu") == 0)
		return "instructions in the kernel, counted by the CPU";
	if (strcmp(instrument, "clock") == 0)
		return "real time on this hardware, noise included";
	return "";
}
