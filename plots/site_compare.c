// SPDX-License-Identifier: GPL-2.0-only
/* site_compare: picks the pairs of runs that the dashboard compares, and judges them. */
#include "plots/site_compare.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/page_compare.h"

/* Judging reads all samples: runs that don't go together must not make a dashboard take minutes. */
enum { PAIRS_TRIED = 20 };

/* In the order in which they are shown. */
static const struct {
	const char *instrument;
	bool counted;
} kinds[SITE_COMPARISONS] = { { "insn", true }, { "clock", false }, { "pmu", false } };

/* The runs of one instrument that may be compared, newest first. */
struct candidates {
	struct candidate {
		const struct run_info *run;
		char *group; /* of runs measured in one go; NULL: in none, or a count, which needs none */
	} * items;
	size_t count;
};

static void candidates_free(struct candidates *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i].group);
	free(list->items);
	*list = (struct candidates){ 0 };
}

static int group_read(struct source *source, struct candidate *candidate, struct fault *fault)
{
	struct pair_list notes = { 0 };
	int err = query_provenance(source_store(source), candidate->run->id, &notes, fault);

	for (size_t i = 0; !err && i < notes.count; i++) {
		if (strcmp(notes.items[i].key, "run.group") != 0 || !notes.items[i].value[0])
			continue;
		candidate->group = strdup(notes.items[i].value);
		if (!candidate->group)
			err = fault_set(fault, -ENOMEM, "out of memory");
		break; /* a key has one value */
	}
	pair_list_free(&notes);
	return err;
}

/* Imported runs come in the order of their file: none of them is the newest. */
static bool run_may_be_compared(const struct run_info *run, const char *instrument)
{
	return run_drawable(run) && !run->reference[0] && !strcmp(run->instrument, instrument);
}

static int candidates_load(struct source *source, const char *instrument, bool counted,
			   struct candidates *list, struct fault *fault)
{
	int err = 0;

	list->items = calloc(source_run_count(source) + 1, sizeof(*list->items));
	if (!list->items)
		return fault_set(fault, -ENOMEM, "out of memory");
	for (size_t i = 0; !err && i < source_run_count(source); i++) {
		const struct run_info *run = source_run(source, i);

		if (!run_may_be_compared(run, instrument))
			continue;
		list->items[list->count] = (struct candidate){ .run = run };
		if (!counted)
			err = group_read(source, &list->items[list->count], fault);
		list->count++;
	}
	return err;
}

static bool pair_fits(const struct candidate *a, const struct candidate *b, bool counted)
{
	if (counted)
		return !strcmp(a->run->suite, b->run->suite) &&
		       strcmp(a->run->kernel_sha256, b->run->kernel_sha256) != 0;
	return a->group && b->group && !strcmp(a->group, b->group);
}

/* *good: it is worth a page. Else there is nothing to free. */
static int pair_judge(struct source *source, const struct function_groups *groups,
		      struct site_comparison *comparison, bool *good, struct fault *fault)
{
	const struct judge_ask ask = { .groups = groups };
	struct judgement *judgement = &comparison->judgement;
	char a[32], b[32];
	int err;

	snprintf(a, sizeof(a), "%" PRId64, comparison->a->id);
	snprintf(b, sizeof(b), "%" PRId64, comparison->b->id);
	err = judge_runs(source_store(source), a, b, &ask, judgement, fault);
	if (err)
		return err;
	*good = !judgement->comparison.refused &&
		judgement->counts[JUDGE_UNMEASURED] < judgement->row_count;
	if (!*good)
		judgement_free(judgement);
	return 0;
}

static int pair_find(struct source *source, const struct function_groups *groups,
		     const struct candidates *list, bool counted,
		     struct site_comparison *comparison, bool *found, struct fault *fault)
{
	size_t tried = 0;
	int err = 0;

	*found = false;
	for (size_t b = 0; b < list->count; b++)
		for (size_t a = b + 1; a < list->count; a++) {
			if (!pair_fits(&list->items[a], &list->items[b], counted))
				continue;
			comparison->a = list->items[a].run;
			comparison->b = list->items[b].run;
			err = pair_judge(source, groups, comparison, found, fault);
			if (err || *found || ++tried == PAIRS_TRIED)
				return err;
		}
	return 0;
}

int comparisons_gather(struct source *source, const struct function_groups *groups,
		       struct site_comparisons *comparisons, struct fault *fault)
{
	int err = 0;

	*comparisons = (struct site_comparisons){ 0 };
	for (size_t i = 0; !err && i < SITE_COMPARISONS; i++) {
		struct site_comparison *next = &comparisons->items[comparisons->count];
		struct candidates list = { 0 };
		bool found = false;

		next->instrument = kinds[i].instrument;
		err = candidates_load(source, next->instrument, kinds[i].counted, &list, fault);
		if (!err)
			err = pair_find(source, groups, &list, kinds[i].counted, next, &found,
					fault);
		candidates_free(&list);
		comparisons->count += !err && found;
	}
	return err;
}

void comparisons_free(struct site_comparisons *comparisons)
{
	for (size_t i = 0; i < comparisons->count; i++)
		judgement_free(&comparisons->items[i].judgement);
	comparisons->count = 0;
}

void comparison_page(const struct site_comparison *comparison, struct text *page)
{
	char command[80];
	struct text caution = { 0 };
	struct judge_view view = { .command = command, .home = "../index.html" };

	snprintf(command, sizeof(command), "remapbench compare %" PRId64 " %" PRId64,
		 comparison->a->id, comparison->b->id);
	text_addf(&caution, "%s: %s.", comparison->instrument,
		  instrument_note(comparison->instrument));
	view.caution = text_get(&caution);
	page_compare(&comparison->judgement, &view, page);
	page->failed |= caution.failed;
	text_free(&caution);
}
