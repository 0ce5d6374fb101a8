// SPDX-License-Identifier: GPL-2.0-only
/* source_newest: which runs are shown: the newest of each kind that have enough; by kernel. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "plots/source.h"
#include "results/kernel_order.h"

enum { KIND_DEPTH = 8 }; /* runs of one instrument and kernel among which the newest is chosen */

/* How many moves the run has a usable cost of. */
static int run_moves(struct source *source, const struct run_info *run, const void *context,
		     size_t *weight, struct fault *fault)
{
	const char *metric = query_cost_metric(run->instrument);
	const struct summary_list *list;
	int err = source_summaries(source, run, &list, fault);

	(void)context;
	*weight = 0;
	for (size_t i = 0; !err && i < list->count; i++)
		*weight += strncmp(list->items[i].cell, "move/", 5) == 0 &&
			   strcmp(list->items[i].metric, metric) == 0 &&
			   summary_usable(&list->items[i]);
	return err;
}

static bool same_kind(const struct run_info *a, const struct run_info *b)
{
	return a->kernel_id == b->kernel_id && strcmp(a->instrument, b->instrument) == 0;
}

/* Are there KIND_DEPTH drawable runs of its kind that are newer? Then it is not looked into. */
static bool is_deep(const struct source *source, size_t which)
{
	size_t newer = 0;

	for (size_t i = 0; i < which && newer < KIND_DEPTH; i++)
		newer += run_drawable(source_run(source, i)) &&
			 same_kind(source_run(source, i), source_run(source, which));
	return newer == KIND_DEPTH;
}

/* Fills in the weights of the newest drawable runs of the instrument; 0 for the others. */
static int runs_weigh(struct source *source, const char *instrument, run_weigh weigh,
		      const void *context, size_t *weights, struct fault *fault)
{
	for (size_t i = 0; i < source_run_count(source); i++) {
		const struct run_info *run = source_run(source, i);
		int err;

		weights[i] = 0;
		if (!run_drawable(run) || is_deep(source, i) ||
		    (instrument && strcmp(run->instrument, instrument) != 0))
			continue;
		err = weigh(source, run, context, &weights[i], fault);
		if (err)
			return err;
	}
	return 0;
}

/* Is it the first of its kind, from the newest on, that has enough? */
static bool is_newest(const struct source *source, const size_t *weights, size_t which)
{
	const struct run_info *run = source_run(source, which);
	size_t most = 0;

	for (size_t i = 0; i < source_run_count(source); i++)
		if (same_kind(source_run(source, i), run) && weights[i] > most)
			most = weights[i];
	for (size_t i = 0; i < which; i++)
		if (same_kind(source_run(source, i), run) && weights[i] && weights[i] * 2 >= most)
			return false;
	return weights[which] && weights[which] * 2 >= most;
}

int source_newest(struct source *source, const char *instrument, run_weigh weigh,
		  const void *context, const struct run_info ***runs, size_t *count,
		  struct fault *fault)
{
	const struct run_info **found =
		calloc(source_run_count(source) + 1, sizeof(const struct run_info *));
	size_t *weights = calloc(source_run_count(source) + 1, sizeof(*weights));
	int err;

	*count = 0;
	*runs = NULL;
	if (!found || !weights) {
		free(found);
		free(weights);
		return fault_set(fault, -ENOMEM, "out of memory");
	}
	err = runs_weigh(source, instrument, weigh ? weigh : run_moves, context, weights, fault);
	for (size_t i = 0; !err && i < source_run_count(source); i++)
		if (is_newest(source, weights, i))
			found[(*count)++] = source_run(source, i);
	free(weights);
	if (err)
		free(found);
	else
		*runs = found;
	return err;
}

static int order_of(const void *a, const void *b)
{
	return kernel_order(*(const struct run_info *const *)a, *(const struct run_info *const *)b);
}

void runs_sort_by_kernel(const struct run_info **runs, size_t count)
{
	if (count > 1)
		qsort(runs, count, sizeof(const struct run_info *), order_of);
}
