// SPDX-License-Identifier: GPL-2.0-only
/* judge: two runs, cell by cell, with a verdict for each, and one for the table. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/cell_pages.h"
#include "results/database.h"
#include "results/judge_parts.h"
#include "results/kernel_order.h"
#include "results/plan.h"
#include "results/sequential.h"

static bool both_have(const struct compare_row *row)
{
	return row->a && row->b && row->a->samples && row->b->samples;
}

static bool cell_is_asked(const struct judge_ask *ask, const char *cell)
{
	for (size_t i = 0; i < ask->cell_count; i++)
		if (glob_match(ask->cells[i], cell))
			return true;
	return !ask->cell_count;
}

/* The rows that were asked for; those left out count for the family all the same. */
static int rows_make(struct judgement *judgement)
{
	const struct comparison *from = &judgement->comparison;

	judgement->rows = calloc(from->row_count + 1, sizeof(*judgement->rows));
	if (!judgement->rows)
		return -ENOMEM;
	for (size_t i = 0; i < from->row_count; i++) {
		const struct compare_row *source = &from->rows[i];
		struct judge_row *row = &judgement->rows[judgement->row_count];

		judgement->family += both_have(source);
		if (!cell_is_asked(&judgement->ask, source->cell)) {
			judgement->left_out++;
			continue;
		}
		*row = (struct judge_row){
			.cell = strdup(source->cell),
			.counted = judgement->counted,
			.a.summary = source->a,
			.b.summary = source->b,
			.difference = NAN,
			.ratio = NAN,
			.page_difference = NAN,
			.pages = cell_pages(source->cell),
			.verdict.ratio = NAN,
			.reason = strdup(""),
		};
		judgement->row_count++;
		if (!row->cell || !row->reason)
			return -ENOMEM;
	}
	return 0;
}

/* "2%" as a part; false for what is none. */
static bool percent_parse(const char *words, double *part)
{
	char *end;
	double value = strtod(words, &end);

	if (end == words || strcmp(end, "%") != 0 || !(value > 0) || !(value < 100))
		return false;
	*part = value / 100;
	return true;
}

static enum judge_same words_same(const char *a, const char *b)
{
	if (!a[0] || !b[0])
		return SAME_UNKNOWN;
	return strcmp(a, b) ? SAME_NO : SAME_YES;
}

/* What was not noted of a distribution's build, the suite that it was built in tells (kernel_order.h). */
static enum judge_same compilers_same(const struct comparison *comparison,
				      const struct pair_list *a, const struct pair_list *b)
{
	enum judge_same noted =
		words_same(pair_value(a, "kernel.toolchain"), pair_value(b, "kernel.toolchain"));
	char of_a[KERNEL_FAMILY], of_b[KERNEL_FAMILY];

	if (noted != SAME_UNKNOWN || comparison->a.kernel_id == comparison->b.kernel_id)
		return noted == SAME_NO ? SAME_NO : SAME_YES;
	kernel_family(&comparison->a, of_a);
	kernel_family(&comparison->b, of_b);
	return strcmp(of_a, of_b) || !strncmp(of_a, "other", 5) ? SAME_UNKNOWN : SAME_YES;
}

/* The blocks that both runs might have taken, with a look after each; 0 where they didn't. */
static uint32_t looks_read(const struct pair_list *a, const struct pair_list *b)
{
	const char *words = pair_value(a, "run.looks");
	uint64_t looks;

	if (strcmp(words, pair_value(b, "run.looks")) != 0 || number_parse(words, &looks) ||
	    looks > SEQUENTIAL_BLOCKS)
		return 0;
	return (uint32_t)looks;
}

/* How the runs were measured, from their notes. */
static int notes_read(struct store *store, struct judgement *judgement, struct fault *fault)
{
	const struct comparison *comparison = &judgement->comparison;
	struct pair_list a = { 0 }, b = { 0 };
	struct judge_ask *ask = &judgement->ask;
	const char *group;
	int err = query_provenance(store, comparison->a.id, &a, fault);

	if (!err)
		err = query_provenance(store, comparison->b.id, &b, fault);
	if (!err) {
		group = pair_value(&a, "run.group");
		judgement->paired = group[0] && !strcmp(group, pair_value(&b, "run.group")) &&
				    pair_value(&a, "run.order_seed")[0] &&
				    comparison->a.id != comparison->b.id;
		judgement->looks = judgement->paired ? looks_read(&a, &b) : 0;
		judgement->same_plan = !plan_difference(&comparison->a, &a, &comparison->b, &b);
		judgement->compiler = compilers_same(comparison, &a, &b);
		judgement->source = words_same(pair_value(&a, "kernel.source_identity"),
					       pair_value(&b, "kernel.source_identity"));
		judgement->config = words_same(comparison->a.kernel_config_sha256,
					       comparison->b.kernel_config_sha256);
		if (!(ask->margin > 0) &&
		    !percent_parse(pair_value(&b, "suite.margin"), &ask->margin))
			ask->margin = verdict_rule_default.margin;
		if (!(ask->confidence > 0))
			ask->confidence = verdict_rule_default.confidence;
	}
	pair_list_free(&a);
	pair_list_free(&b);
	return err;
}

static int metric_note(struct judgement *judgement)
{
	const struct comparison *comparison = &judgement->comparison;
	const struct summary_list *cells = comparison->a_cells.count ? &comparison->a_cells
								     : &comparison->b_cells;

	judgement->metric = strdup(cells->count ? cells->items[0].metric : "");
	judgement->unit = strdup(cells->count ? cells->items[0].unit : "");
	if (!judgement->metric || !judgement->unit)
		return -ENOMEM;
	judgement->counted = metric_is_counted(comparison->a.instrument, judgement->metric) &&
			     metric_is_counted(comparison->b.instrument, judgement->metric);
	judgement->same_image = comparison->a.kernel_sha256[0] &&
				!strcmp(comparison->a.kernel_sha256, comparison->b.kernel_sha256);
	return 0;
}

static double row_size(const struct judge_row *row)
{
	double ratio = isfinite(row->verdict.ratio) ? row->verdict.ratio : row->ratio;

	if (!(ratio > 0))
		return isnan(row->difference) || row->difference == 0 ? 0 : INFINITY;
	return fabs(log(ratio));
}

static int order_by_change(const void *x, const void *y)
{
	const struct judge_row *a = x, *b = y;
	double p = row_size(a), q = row_size(b);

	if (p != q)
		return p > q ? -1 : 1;
	return strcmp(a->cell, b->cell);
}

static int order_by_verdict(const void *x, const void *y)
{
	const struct judge_row *a = x, *b = y;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->aside_only != b->aside_only)
		return a->aside_only ? -1 : 1;
	return order_by_change(x, y);
}

static int order_by_key(const void *x, const void *y)
{
	return strcmp(((const struct judge_row *)x)->cell, ((const struct judge_row *)y)->cell);
}

static void rows_sort(struct judgement *judgement)
{
	static int (*const orders[])(const void *, const void *) = {
		[JUDGE_BY_VERDICT] = order_by_verdict,
		[JUDGE_BY_CHANGE] = order_by_change,
		[JUDGE_BY_KEY] = order_by_key,
	};

	if (judgement->row_count)
		qsort(judgement->rows, judgement->row_count, sizeof(*judgement->rows),
		      orders[judgement->ask.order]);
}

static int rows_judge(struct store *store, struct judgement *judgement, struct fault *fault)
{
	int err = rows_make(judgement);

	if (!err)
		err = judge_load(store, judgement, fault);
	judgement->rule = (struct verdict_rule){
		.confidence = judgement->ask.confidence,
		.margin = judgement->ask.margin,
		.rows = judgement->family,
	};
	for (size_t i = 0; !err && i < judgement->row_count; i++) {
		struct judge_row *row = &judgement->rows[i];

		if (judgement->counted && !strcmp(judgement->metric, "insn"))
			err = judge_take_apart(store, judgement, row, fault);
		if (!err)
			err = judge_row_decide(row, judgement);
		judgement->counts[row->kind]++;
		judgement->aside_only += row->aside_only;
		judgement->inexact += row->inexact;
		judgement->strayed += row->a.strayed || row->b.strayed;
	}
	if (!err)
		rows_sort(judgement);
	return err;
}

int judge_runs(struct store *store, const char *a, const char *b, const struct judge_ask *ask,
	       struct judgement *judgement, struct fault *fault)
{
	bool mine = false;
	int err;

	*judgement = (struct judgement){ .ask = *ask };
	err = db_snapshot(store->db, &mine, fault);
	if (!err)
		err = compare_runs(store, a, b, ask->metric, &judgement->comparison, fault);
	if (!err)
		err = metric_note(judgement);
	if (!err)
		err = notes_read(store, judgement, fault);
	if (!err)
		err = query_splats(store, judgement->comparison.a.id, &judgement->splats_a, fault);
	if (!err)
		err = query_splats(store, judgement->comparison.b.id, &judgement->splats_b, fault);
	if (!err)
		err = query_trials(store, judgement->comparison.a.id, &judgement->trials_a, fault);
	if (!err)
		err = query_trials(store, judgement->comparison.b.id, &judgement->trials_b, fault);
	if (!err)
		err = rows_judge(store, judgement, fault);
	if (err == -ENOMEM)
		fault_set(fault, err, "out of memory");
	db_snapshot_end(store->db, mine);
	if (err)
		judgement_free(judgement);
	return err;
}

void judgement_free(struct judgement *judgement)
{
	for (size_t i = 0; i < judgement->row_count; i++)
		judge_row_free(&judgement->rows[i]);
	free(judgement->rows);
	free(judgement->metric);
	free(judgement->unit);
	splat_list_free(&judgement->splats_a);
	splat_list_free(&judgement->splats_b);
	trial_list_free(&judgement->trials_a);
	trial_list_free(&judgement->trials_b);
	comparison_free(&judgement->comparison);
	*judgement = (struct judgement){ 0 };
}

int judgement_status(const struct judgement *judgement)
{
	if (judgement->counts[JUDGE_COSTS])
		return 1;
	return judgement->counts[JUDGE_UNDECIDED] || judgement->counts[JUDGE_CHANGED] ||
			       judgement->row_count == judgement->counts[JUDGE_UNMEASURED]
		       ? 2
		       : 0;
}

static void part_add(struct text *line, size_t count, const char *words)
{
	if (count)
		text_addf(line, "%s%zu %s", line->len ? "; " : "", count, words);
}

/* "equal, exactly"; "equal in the path" where what is not differs; in time, within the margin. */
static void equal_words(const struct judgement *judgement, char *out, size_t room)
{
	if (!judgement->counted)
		snprintf(out, room, "within %.3g%%", judgement->ask.margin * 100);
	else
		snprintf(out, room, "equal%s",
			 judgement->aside_only ? " in the path"
			 : judgement->inexact  ? " in the steady state"
					       : ", exactly");
}

void judgement_line(const struct judgement *judgement, struct text *line)
{
	const size_t *counts = judgement->counts;
	size_t compared = judgement->row_count - counts[JUDGE_UNMEASURED];
	char equal[64], within[64];

	snprintf(within, sizeof(within), "within %.3g%%", judgement->ask.margin * 100);
	equal_words(judgement, equal, sizeof(equal));
	text_clear(line);
	if (!compared) {
		text_add(line, "Nothing to compare: no cell was measured on both sides");
		return;
	}
	if (counts[JUDGE_EQUAL] == compared) {
		text_addf(line, "%s%zu cell%s %s", compared > 1 ? "All " : "", compared,
			  compared == 1 ? "" : "s", equal);
	} else {
		if (counts[JUDGE_COSTS])
			text_addf(line, "%zu of %zu cells cost%s more", counts[JUDGE_COSTS],
				  compared, counts[JUDGE_COSTS] == 1 ? "s" : "");
		else
			text_addf(line, "No cell of %zu %s", compared,
				  counts[JUDGE_UNDECIDED] || counts[JUDGE_CHANGED]
					  ? "is proved to cost more"
					  : "costs more");
		part_add(line, counts[JUDGE_SAVES], "less");
		part_add(line, counts[JUDGE_CHANGED], "changed");
		part_add(line, counts[JUDGE_UNDECIDED], "undecided");
		part_add(line, counts[JUDGE_BELOW], "below the threshold");
		part_add(line, counts[JUDGE_WITHIN], within);
		part_add(line, counts[JUDGE_EQUAL], equal);
	}
	part_add(line, counts[JUDGE_UNMEASURED], "unmeasured");
	part_add(line, judgement->strayed,
		 judgement->strayed == 1 ? "takes another path" : "take another path");
}
