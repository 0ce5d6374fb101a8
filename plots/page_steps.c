// SPDX-License-Identifier: GPL-2.0-only
/* page_steps: where exact counts step from one kernel build to the next, over all builds measured. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/page.h"

enum { CHANGES_SHOWN = 6 };

static const struct run_info *build_run(const struct history *history, size_t build)
{
	return history->builds[build].run;
}

/* The builds at which any cell steps, and how many do. */
static void builds_add(const struct history *history, struct text *page)
{
	text_add(page,
		 "<div class=\"scroll\"><table><thead><tr><th>build</th><th>release</th>"
		 "<th>compiler of</th><th class=\"num\">cells that step there</th></tr></thead>"
		 "<tbody>\n");
	for (size_t b = 0; b < history->build_count; b++) {
		const struct run_info *run = build_run(history, b);
		int64_t cells = 0;
		char name[80];

		for (size_t i = 0; i < history->step_count; i++)
			cells += history->steps[i].to == b;
		if (!cells)
			continue;
		text_add(page, "<tr>");
		html_td(page, "name", kernel_short(run, name, sizeof(name)));
		html_td(page, "name", run->kernel_release);
		html_td(page, "name", history->families[history->builds[b].family]);
		html_td_count(page, cells);
		text_add(page, "</tr>\n");
	}
	text_add(page, "</tbody></table></div>\n");
}

static void count_add(struct dashboard *board, const struct history_point *point, struct text *page)
{
	if (point->at.state != STEP_COUNTED) {
		html_td(page, "num none", point->status);
		return;
	}
	text_add(page, "<td class=\"num\">");
	number_add(page, (double)point->at.count.value);
	text_add(page, "<span class=\"diff\">run ");
	if (run_has_page(board, point->run))
		html_run_link(page, "", point->run->id);
	else
		text_addf(page, "%lld", (long long)point->run->id);
	text_add(page, "</span></td>");
}

static void change_add(const struct history *history, const struct history_step *step,
		       struct text *page)
{
	double difference = history_difference(history, step), ratio = history_ratio(history, step);

	if (isnan(difference)) {
		text_add(page, "<td class=\"num none\">–</td>");
		return;
	}
	text_addf(page, "<td class=\"num\"><span class=\"%s\">%s", difference > 0 ? "up" : "down",
		  difference > 0 ? "+" : "");
	number_add(page, difference);
	if (ratio >= 10)
		text_addf(page, "</span><span class=\"diff\">×%.3g</span></td>", ratio);
	else
		text_addf(page, "</span><span class=\"diff\">%+.2f%%</span></td>",
			  (ratio - 1) * 100);
}

/* "__pte_alloc 17 → 0": what both sides know. */
static void changes_add(const struct change_list *changes, struct text *page)
{
	struct text words = { 0 };
	size_t shown = 0;

	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];
		const char *colon = strchr(change->metric, ':');

		if (isnan(change->from) || isnan(change->to) || shown++ >= CHANGES_SHOWN)
			continue;
		text_addf(&words, "%s%s ", words.len ? ", " : "",
			  colon ? colon + 1 : change->metric);
		number_add(&words, change->from);
		text_add(&words, " → ");
		number_add(&words, change->to);
	}
	if (shown > CHANGES_SHOWN)
		text_addf(&words, ", and %zu more", shown - CHANGES_SHOWN);
	html_td(page, "words", text_get(&words));
	page->failed |= words.failed;
	text_free(&words);
}

static int row_add(struct dashboard *board, struct history *history, size_t which,
		   struct text *page, struct fault *fault)
{
	const struct history_step *step = &history->steps[which];
	const struct history_cell *cell = &history->cells[step->cell];
	struct change_list changes;
	struct text builds = { 0 };
	char name[80];
	int err = history_changes(source_store(board->source), history, step, &changes, fault);

	if (err)
		return err;
	text_add(page, "<tr><th class=\"key pin\">");
	html_cell_link(page, "", cell->key);
	text_add(page, "</th>");
	text_addf(&builds, "%s → ",
		  kernel_short(build_run(history, step->from), name, sizeof(name)));
	text_add(&builds, kernel_short(build_run(history, step->to), name, sizeof(name)));
	html_td(page, "name", text_get(&builds));
	change_add(history, step, page);
	count_add(board, &cell->points[step->from], page);
	count_add(board, &cell->points[step->to], page);
	html_td(page, "name", history->families[step->family]);
	changes_add(&changes, page);
	text_add(page, "</tr>\n");
	page->failed |= builds.failed;
	text_free(&builds);
	change_list_free(&changes);
	return 0;
}

static int bench_add(struct dashboard *board, struct history *history,
		     const struct bench_list *benches, const struct bench_group *bench,
		     struct text *page, struct fault *fault)
{
	size_t steps = 0;
	char words[64];
	int err = 0;

	for (size_t i = 0; i < history->step_count; i++)
		steps += bench_has(bench, history->cells[history->steps[i].cell].key);
	snprintf(words, sizeof(words), ", %zu step%s", steps, steps == 1 ? "" : "s");
	bench_begin(benches, bench, "steps", words, page);
	text_add(page, "<div class=\"scroll\"><table><thead><tr><th class=\"pin\">cell</th>"
		       "<th>builds</th><th class=\"num\">change</th><th class=\"num\">before</th>"
		       "<th class=\"num\">after</th><th>compiler of</th>"
		       "<th>entered, or came out</th></tr></thead><tbody>\n");
	for (size_t i = 0; !err && i < history->step_count; i++)
		if (bench_has(bench, history->cells[history->steps[i].cell].key))
			err = row_add(board, history, i, page, fault);
	text_add(page, "</tbody></table></div>\n");
	bench_end(page);
	return err;
}

/* The cells that step, each once. */
static int cells_that_step(const struct history *history, struct bench_list *benches)
{
	const char **cells = calloc(history->cell_count + 1, sizeof(*cells));
	size_t count = 0, last = SIZE_MAX;
	int err;

	if (!cells)
		return -ENOMEM;
	for (size_t i = 0; i < history->step_count; i++) /* they are by cell */
		if (history->steps[i].cell != last) {
			last = history->steps[i].cell;
			cells[count++] = history->cells[last].key;
		}
	err = benches_gather(cells, count, benches);
	free(cells);
	return err;
}

static void head_add(const struct history *history, struct text *page)
{
	html_begin(page, "Steps between kernel builds", "");
	text_add(page, "<header><nav><a href=\"index.html\">remapbench</a></nav><h1>Steps between "
		       "kernel builds</h1>\n");
	text_addf(
		page,
		"<p>%zu step%s of %zu cells over %zu builds, in version order. A count steps where "
		"it changes by more than %g%% from one build to the next, by %llu instructions or "
		"more, and by more than samples differ. Only builds of one compiler are compared "
		"with each other.</p></header>\n",
		history->step_count, history->step_count == 1 ? "" : "s", history->cell_count,
		history->build_count, step_rule_default.part * 100,
		(unsigned long long)step_rule_default.least);
	part_instrument("insn", page);
	if (history->left_kernels)
		text_addf(page,
			  "<p class=\"bad\">%zu runs are left out: their kernels are built to find "
			  "bugs, or reported some.</p>\n",
			  history->left_kernels);
	if (history->left_plans)
		text_addf(
			page,
			"<p class=\"small\">%zu runs are left out: they are of other cells or samples "
			"than the imported reference.</p>\n",
			history->left_plans);
	if (history->left_shapes)
		text_addf(page,
			  "<p class=\"small\">%zu runs in guests of another shape are left "
			  "out.</p>\n",
			  history->left_shapes);
}

int page_steps(struct dashboard *board, struct text *page, struct fault *fault)
{
	struct bench_list benches = { 0 };
	struct history *history;
	int err = source_history(board->source, NULL, false, &history, fault);

	if (err)
		return err;
	err = cells_that_step(history, &benches);
	if (err)
		return fault_set(fault, err, "out of memory");
	head_add(history, page);
	if (history->step_count)
		builds_add(history, page);
	benches_links(&benches, "steps", page);
	for (size_t b = 0; !err && b < benches.count; b++)
		err = bench_add(board, history, &benches, &benches.items[b], page, fault);
	benches_free(&benches);
	text_add(page, "<h3>As text</h3>\n");
	html_box(page, "remapbench steps");
	html_end(page);
	return err;
}
