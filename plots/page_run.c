// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_run: one run: its cells, its figures, where it comes from, what failed, and how to repeat
 * it.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "plots/page.h"

static void cell_row(const struct cell_summary *summary, const char *outcomes, struct text *page)
{
	text_add(page, "<tr><th class=\"key pin\">");
	html_cell_link(page, "../", summary->cell);
	text_add(page, "</th>");
	html_td(page, "key", summary->metric);
	html_td_number(page, summary->median);
	html_td_number(page, summary->low);
	html_td_number(page, summary->high);
	html_td(page, "", summary->unit);
	html_td_count(page, summary->trials);
	text_addf(page, "<td class=\"num\">%" PRIu32, summary->samples);
	if (summary->rejected)
		text_addf(page, " <span class=\"bad\">(%" PRIu32 " invalid)</span>",
			  summary->rejected);
	text_add(page, "</td>");
	html_td_state(page, summary->status);
	html_td(page, "key", outcomes);
	html_td(page, summary->reason[0] ? "words" : "", summary->reason);
	text_add(page, "</tr>\n");
}

/* All costs of one cell; what it left behind stands beside the first. */
static int cell_rows(struct dashboard *board, const struct run_info *run, const char *cell,
		     struct text *page, struct fault *fault)
{
	const struct cell_summary *const *found;
	struct text outcomes = { 0 };
	size_t count;
	int err = source_of_cell(board->source, run, cell, &found, &count, fault);

	if (err)
		return err;
	part_outcomes(found, count, &outcomes);
	for (size_t i = 0; i < count; i++)
		if (summary_is_cost(found[i])) {
			cell_row(found[i], text_get(&outcomes), page);
			text_clear(&outcomes);
		}
	if (outcomes.failed)
		page->failed = true;
	text_free(&outcomes);
	return 0;
}

/* Cells of a bench whose cost is not there, in words: ", 3 without a value". */
static void gaps_words(struct dashboard *board, const struct run_info *run,
		       const struct bench_group *bench, const char *const *cells, size_t count,
		       char words[64])
{
	size_t gaps = 0;

	for (size_t i = 0; i < count; i++)
		gaps += bench_has(bench, cells[i]) &&
			!summary_usable(source_cost(board->source, run, cells[i]));
	words[0] = '\0';
	if (gaps)
		snprintf(words, 64, ", %zu without a value", gaps);
}

static int bench_table(struct dashboard *board, const struct run_info *run,
		       const struct bench_group *bench, const char *const *cells, size_t count,
		       struct text *page, struct fault *fault)
{
	int err = 0;

	text_add(
		page,
		"<div class=\"scroll\"><table><thead><tr><th class=\"pin\">cell</th><th>metric</th>"
		"<th class=\"num\">median</th><th class=\"num\">low</th><th class=\"num\">high</th>"
		"<th>unit</th><th class=\"num\">trials</th><th class=\"num\">samples</th>"
		"<th>state</th><th>left behind</th><th>reason</th></tr></thead><tbody>\n");
	for (size_t i = 0; !err && i < count; i++)
		if (bench_has(bench, cells[i]))
			err = cell_rows(board, run, cells[i], page, fault);
	text_add(page, "</tbody></table></div>\n");
	return err;
}

static int cells_add(struct dashboard *board, const struct run_info *run, struct text *page,
		     struct fault *fault)
{
	struct bench_list benches = { 0 };
	const char *const *cells;
	size_t count;
	int err = source_cells(board->source, run, &cells, &count, fault);

	if (!err && benches_gather(cells, count, &benches))
		err = fault_set(fault, -ENOMEM, "out of memory");
	if (err)
		goto out;
	text_addf(page, "<h2 id=\"cells\">%zu cells</h2>\n", count);
	benches_links(&benches, "bench", page);
	part_instrument(run->instrument, page);
	text_add(page,
		 "<p class=\"small\">Medians of the trials' medians; low and high are the "
		 "quartiles. What a sample left behind is counted after it, and no cost.</p>\n");
	for (size_t b = 0; !err && b < benches.count; b++) {
		const struct bench_group *bench = &benches.items[b];
		char words[64];

		gaps_words(board, run, bench, cells, count, words);
		bench_begin(&benches, bench, "bench", words, page);
		err = bench_table(board, run, bench, cells, count, page, fault);
		bench_end(page);
	}
out:
	benches_free(&benches);
	return err;
}

static void fact(struct text *page, const char *name, const char *value)
{
	if (!value[0])
		return;
	text_add(page, "<tr>");
	html_th(page, "key", name);
	html_td(page, "words", value);
	text_add(page, "</tr>\n");
}

static int provenance_add(struct dashboard *board, const struct run_info *run, struct text *page,
			  struct fault *fault)
{
	struct pair_list pairs = { 0 };
	int err = query_provenance(source_store(board->source), run->id, &pairs, fault);

	if (err)
		return err;
	text_add(page,
		 "<h2 id=\"provenance\">Provenance</h2>\n<div class=\"scroll\"><table><tbody>\n");
	fact(page, "suite", run->suite);
	fact(page, "suite sha256", run->suite_sha256);
	fact(page, "machine", run->machine);
	fact(page, "kernel", run->kernel_name);
	fact(page, "release", run->kernel_release);
	fact(page, "version", run->kernel_version);
	fact(page, "origin", run->kernel_origin);
	fact(page, "image sha256", run->kernel_sha256);
	fact(page, "config sha256", run->kernel_config_sha256);
	for (size_t i = 0; i < pairs.count; i++)
		fact(page, pairs.items[i].key, pairs.items[i].value);
	text_add(page, "</tbody></table></div>\n");
	pair_list_free(&pairs);
	return 0;
}

/* What its kernels reported of themselves; and why it is in no figure. */
static int splats_add(struct dashboard *board, const struct run_info *run, struct text *page,
		      struct fault *fault)
{
	struct splat_list splats = { 0 };
	int err;

	if (run_left_out(run))
		text_addf(page, "<p class=\"bad\">This run is in no figure: %s.</p>\n",
			  run_left_out(run));
	if (!run->splats)
		return 0;
	err = query_splats(source_store(board->source), run->id, &splats, fault);
	if (err)
		return err;
	text_add(page, "<h2 id=\"splats\">What its kernel reported of itself</h2>\n"
		       "<div class=\"scroll\"><table><thead><tr><th>kind</th><th>report</th>"
		       "<th class=\"num\">times</th><th class=\"num\">trials</th></tr></thead>"
		       "<tbody>\n");
	for (size_t i = 0; i < splats.count; i++) {
		text_add(page, "<tr>");
		html_td(page, "bad", splats.items[i].kind);
		html_td(page, "words", splats.items[i].headline);
		html_td_count(page, splats.items[i].count);
		html_td_count(page, splats.items[i].trials);
		text_add(page, "</tr>\n");
	}
	text_add(page, "</tbody></table></div>\n");
	splat_list_free(&splats);
	return 0;
}

static int failures_add(struct dashboard *board, const struct run_info *run, struct text *page,
			struct fault *fault)
{
	struct trial_list trials = { 0 };
	int err = query_trials(source_store(board->source), run->id, &trials, fault);
	bool any = false;

	for (size_t i = 0; !err && i < trials.count; i++) {
		const struct trial_info *trial = &trials.items[i];

		if (strcmp(trial->status, "ok") == 0 && !trial->splats)
			continue;
		if (!any)
			text_add(page, "<h2 id=\"failures\">Trials that failed, or whose kernel "
				       "reported something</h2>\n");
		any = true;
		text_addf(page, "<h3>Trial %" PRId64 ", after %.1f s</h3>\n<p class=\"bad\">",
			  trial->sequence, (double)(trial->ended_us - trial->started_us) / 1e6);
		html_text(page, trial->reason);
		text_add(page, "</p>\n");
		if (trial->head[0]) {
			text_add(page, "<details open><summary>The first report</summary>\n");
			html_box(page, trial->head);
			text_add(page, "</details>\n");
		}
		if (trial->console[0]) {
			text_add(page, "<details><summary>The end of its console</summary>\n");
			html_box(page, trial->console);
			text_add(page, "</details>\n");
		}
	}
	trial_list_free(&trials);
	return err;
}

/* All its values are this run's, and it is not one across kernels. */
static bool figure_is_of(const struct dashboard *board, size_t which, const struct run_info *run)
{
	const struct figure *figure = &board->figures.items[which];

	return !charts[board->figure_charts[which]]->fill_many && figure->value_count &&
	       figure->values[0].run == run->id;
}

static bool run_has_figure(const struct dashboard *board, const struct run_info *run)
{
	for (size_t i = 0; i < board->figures.count; i++)
		if (figure_is_of(board, i, run))
			return true;
	return false;
}

static void figures_add(struct dashboard *board, const struct run_info *run, struct text *page)
{
	if (!run_has_figure(board, run))
		return;
	text_add(page, "<h2 id=\"figures\">Figures</h2>\n<div class=\"figures\">\n");
	for (size_t i = 0; i < board->figures.count; i++)
		if (figure_is_of(board, i, run))
			part_figure(board, &board->figures.items[i], "../", page);
	text_add(page, "</div>\n");
}

static void head_add(const struct dashboard *board, const struct run_info *run, struct text *page)
{
	char title[64];

	snprintf(title, sizeof(title), "Run %" PRId64, run->id);
	html_begin(page, title, "../");
	text_addf(page, "<header><nav><a href=\"../index.html\">remapbench</a></nav><h1>%s: <code>",
		  title);
	html_text(page, run->instrument);
	text_add(page, "</code> on ");
	html_text(page, run->kernel_release);
	part_mark(run, page);
	text_add(page, "</h1>\n<p>Started ");
	html_text(page, run->started);
	if (run->ended[0]) {
		text_add(page, ", ended ");
		html_text(page, run->ended);
	}
	text_add(page, " (UTC): ");
	html_text(page, run->status);
	text_addf(page, ", %" PRId64 " of %" PRId64 " trials", run->trials_ok, run->trials_planned);
	if (run->trials_failed)
		text_addf(page, ", %" PRId64 " failed", run->trials_failed);
	text_add(page, ".");
	if (run->reason[0]) {
		text_add(page, " ");
		html_text(page, run->reason);
	}
	text_addf(page,
		  "</p></header>\n<nav><a href=\"#states\">Without a value</a> "
		  "<a href=\"#cells\">Cells</a> %s<a href=\"#provenance\">Provenance</a></nav>\n"
		  "<h3>Again</h3>\n",
		  run_has_figure(board, run) ? "<a href=\"#figures\">Figures</a> " : "");
	html_box(page, run->command);
}

int page_run(struct dashboard *board, const struct run_info *run, struct text *page,
	     struct fault *fault)
{
	char command[64];
	int err;

	head_add(board, run, page);
	err = splats_add(board, run, page, fault);
	if (!err)
		err = failures_add(board, run, page, fault);
	text_add(page, "<h2 id=\"states\">What has no value, and why</h2>\n");
	part_states(board, &run, 1, "../", page);
	if (!err)
		err = cells_add(board, run, page, fault);
	if (err)
		return err;
	figures_add(board, run, page);
	err = provenance_add(board, run, page, fault);
	if (err)
		return err;
	text_add(page, "<h3>This run as text</h3>\n");
	snprintf(command, sizeof(command), "remapbench show %" PRId64, run->id);
	html_box(page, command);
	html_end(page);
	return 0;
}
