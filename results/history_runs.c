// SPDX-License-Identifier: GPL-2.0-only
/* history_runs: which runs a history is made of: counts that can stand beside each other. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/history_change.h"
#include "results/plan.h"

static bool kernel_wanted(const struct history_ask *ask, const struct run_info *run)
{
	return !ask->kernels || glob_match(ask->kernels, run->kernel_name) ||
	       glob_match(ask->kernels, run->kernel_release) ||
	       glob_match(ask->kernels, run->kernel_version);
}

/* The guest's shape that most runs have: another CPU model or memory executes other code. */
static const char *shape_of_most(const struct run_list *runs)
{
	const char *most = "";
	size_t best = 0;

	for (size_t i = 0; i < runs->count; i++) {
		size_t same = 0;

		for (size_t j = 0; j < runs->count; j++)
			same += !strcmp(runs->items[i].guest_recipe, runs->items[j].guest_recipe);
		if (same > best) {
			best = same;
			most = runs->items[i].guest_recipe;
		}
	}
	return most;
}

static void runs_use(struct history *history, const struct history_ask *ask, bool *used)
{
	const char *shape = shape_of_most(&history->runs);

	for (size_t i = 0; i < history->runs.count; i++) {
		const struct run_info *run = &history->runs.items[i];

		if (!kernel_wanted(ask, run) || (ask->own_only && run->reference[0]))
			continue;
		if (run_left_out(run))
			history->left_kernels++;
		else if (strcmp(run->guest_recipe, shape) != 0)
			history->left_shapes++;
		else
			used[i] = true;
	}
}

/* How many kernels the used runs are of: the imported ones, or one's own. */
static size_t kernels_of(const struct history *history, const bool *used, bool reference)
{
	size_t count = 0;

	for (size_t i = 0; i < history->runs.count; i++) {
		const struct run_info *run = &history->runs.items[i];
		bool seen = !used[i] || (run->reference[0] != '\0') != reference;

		for (size_t j = 0; j < i && !seen; j++)
			seen = used[j] && history->runs.items[j].kernel_id == run->kernel_id &&
			       (history->runs.items[j].reference[0] != '\0') == reference;
		count += !seen;
	}
	return count;
}

/* Of one's own runs, those of another plan than the imported ones': their counts stand beside no other. */
static int own_unlike(struct store *store, struct history *history, bool *used, struct fault *fault)
{
	const struct run_info *reference = NULL;
	struct pair_list expected = { 0 };
	int err = 0;

	for (size_t i = 0; i < history->runs.count && !reference; i++)
		if (used[i] && history->runs.items[i].reference[0])
			reference = &history->runs.items[i];
	if (!reference)
		return 0;
	err = query_provenance(store, reference->id, &expected, fault);
	for (size_t i = 0; !err && i < history->runs.count; i++) {
		const struct run_info *run = &history->runs.items[i];
		struct pair_list notes = { 0 };

		if (!used[i] || run->reference[0])
			continue;
		err = query_provenance(store, run->id, &notes, fault);
		if (!err && plan_difference(reference, &expected, run, &notes)) {
			used[i] = false;
			history->left_plans++;
		}
		pair_list_free(&notes);
	}
	pair_list_free(&expected);
	return err;
}

/* Imported and own counts don't mix: whichever are of more kernels stand, with what is of their plan. */
static int sides_choose(struct store *store, struct history *history, bool *used,
			struct fault *fault)
{
	size_t imported = kernels_of(history, used, true);

	if (!imported)
		return 0;
	if (imported > kernels_of(history, used, false))
		return own_unlike(store, history, used, fault);
	for (size_t i = 0; i < history->runs.count; i++)
		if (history->runs.items[i].reference[0])
			used[i] = false;
	return 0;
}

int history_runs_choose(struct store *store, struct history *history, const struct history_ask *ask,
			bool **used, struct fault *fault)
{
	*used = calloc(history->runs.count + 1, sizeof(**used));
	if (!*used)
		return -ENOMEM;
	runs_use(history, ask, *used);
	return sides_choose(store, history, *used, fault);
}
