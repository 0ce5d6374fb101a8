// SPDX-License-Identifier: GPL-2.0-only
/* page_index: the dashboard's first page. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "plots/page.h"

enum { NEWEST_RUNS = 10, FIGURES_EACH = 4, FLOOR_ROWS = 12 };

static void empty_add(struct text *page)
{
	text_add(page, "<h2>Nothing has been measured yet</h2>\n"
		       "<p>The running kernel, in time, takes a minute or two:</p>\n");
	html_box(page, "remapbench run -i clock");
	text_add(page, "<p>Two stock kernels, counted exactly, in guests:</p>\n");
	html_box(page, "remapbench kernel fetch 6.1 6.12\nremapbench run -i insn -k 6.1 -k 6.12");
	text_add(page, "<p>What can be measured on this machine, and what not:</p>\n");
	html_box(page, "remapbench doctor");
	text_add(page, "<p>Then this page again:</p>\n");
	html_box(page, "remapbench site");
}

static int runs_add(struct dashboard *board, struct text *page, struct fault *fault)
{
	size_t total = source_run_count(board->source), shown = board->run_count;
	const struct run_info **runs = calloc(shown + 1, sizeof(const struct run_info *));
	size_t first = shown < NEWEST_RUNS ? shown : NEWEST_RUNS;

	if (!runs)
		return fault_set(fault, -ENOMEM, "out of memory");
	for (size_t i = 0; i < shown; i++)
		runs[i] = source_run(board->source, i);
	text_add(page, "<h2 id=\"runs\">Newest runs</h2>\n");
	part_runs(board, runs, first, page);
	if (shown > first) {
		text_addf(page, "<details><summary>%zu older run%s</summary>\n", shown - first,
			  shown - first == 1 ? "" : "s");
		part_runs(board, runs + first, shown - first, page);
		text_add(page, "</details>\n");
	}
	if (total > shown)
		text_addf(page,
			  "<p class=\"small\">The newest %zu of %zu runs have pages; "
			  "<code>remapbench list runs</code> lists all, <code>remapbench show "
			  "RUN</code> shows one.</p>\n",
			  shown, total);
	free(runs);
	return 0;
}

static void compared_run_add(const struct dashboard *board, const struct run_info *run,
			     struct text *page)
{
	text_add(page, "<td class=\"name\">");
	html_text(page, run->kernel_name);
	part_mark(run, page);
	text_add(page, "<span class=\"diff\">run ");
	part_run_number(board, run, page);
	text_add(page, "</span></td>");
}

static void comparisons_add(const struct dashboard *board, struct text *page)
{
	struct text line = { 0 };

	if (!board->comparisons.count)
		return;
	text_add(page,
		 "<h2 id=\"comparisons\">Comparisons</h2>\n"
		 "<p class=\"small\">What B costs more than A: counts of the newest two "
		 "kernels of one suite, times of the newest two runs measured in one go.</p>\n"
		 "<div class=\"scroll\"><table><thead><tr><th>verdict</th><th>A</th>"
		 "<th>B</th><th>instrument</th><th>suite</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < board->comparisons.count; i++) {
		const struct site_comparison *comparison = &board->comparisons.items[i];

		judgement_line(&comparison->judgement, &line);
		text_addf(page, "<tr><td class=\"words\"><a href=\"comparisons/%s.html\">",
			  comparison->instrument);
		html_text(page, text_get(&line));
		text_add(page, "</a></td>");
		compared_run_add(board, comparison->a, page);
		compared_run_add(board, comparison->b, page);
		html_td(page, "", comparison->instrument);
		html_td(page, "", comparison->b->suite);
		text_add(page, "</tr>\n");
	}
	text_add(page, "</tbody></table></div>\n");
	page->failed |= line.failed;
	text_free(&line);
}

static void chart_add(struct dashboard *board, size_t chart, struct text *page)
{
	size_t found = 0;

	text_addf(page, "<h3 id=\"chart-%s\">%s</h3>\n<p>%s</p>\n<div class=\"figures\">\n",
		  charts[chart]->name, charts[chart]->title, charts[chart]->asks);
	for (size_t i = 0; i < board->figures.count; i++)
		if (board->figure_charts[i] == chart && found++ < FIGURES_EACH)
			part_figure(board, &board->figures.items[i], "", page);
	text_add(page, "</div>\n");
	if (found > FIGURES_EACH)
		text_addf(page, "<p class=\"small\">%zu more, on the pages of their runs.</p>\n",
			  found - FIGURES_EACH);
	if (found)
		return;
	text_addf(page, "<p class=\"none\">No data yet. It needs %s:</p>\n", charts[chart]->needs);
	html_box(page, charts[chart]->make);
}

static void floors_add(struct dashboard *board, struct text *page)
{
	text_add(
		page,
		"<h2 id=\"floor\">The floor</h2>\n<p class=\"small\">What the way of measuring costs by "
		"itself: an empty body, a read of the clock, a system call that does nothing. No "
		"figure is to be read without it; nothing is subtracted.</p>\n"
		"<div class=\"scroll\"><table><thead><tr><th class=\"num\">run</th>"
		"<th>kernel</th><th>instrument</th>");
	for (size_t c = 0; c < board->cell_count; c++)
		if (strncmp(board->cells[c], "floor/", 6) == 0) {
			text_add(page, "<th class=\"num\">");
			html_cell_link(page, "", board->cells[c]);
			text_add(page, "</th>");
		}
	text_add(page, "<th>unit</th></tr></thead><tbody>\n");
	for (size_t r = 0; r < board->newest_count; r++) {
		const struct run_info *run = board->newest[r];

		if (r == FLOOR_ROWS)
			text_addf(page,
				  "</tbody></table></div>\n<details><summary>%zu more</summary>"
				  "<div class=\"scroll\"><table><tbody>\n",
				  board->newest_count - r);
		text_add(page, "<tr><td class=\"num\">");
		html_run_link(page, "", run->id);
		text_add(page, "</td>");
		html_td(page, "name", run->kernel_release);
		html_td(page, "", run->instrument);
		for (size_t c = 0; c < board->cell_count; c++) {
			const struct cell_summary *summary;

			if (strncmp(board->cells[c], "floor/", 6) != 0)
				continue;
			summary = source_cost(board->source, run, board->cells[c]);
			if (summary_usable(summary))
				html_td_number(page, summary->median);
			else
				html_td(page, "num none", summary ? summary->status : "–");
		}
		html_td(page, "", instrument_unit(run->instrument));
		text_add(page, "</tr>\n");
	}
	text_add(page, "</tbody></table></div>\n");
	text_add(page, board->newest_count > FLOOR_ROWS ? "</details>\n" : "");
}

/* Of the newest run of each instrument and kernel, even one without a usable move. */
static int states_add(struct dashboard *board, struct text *page, struct fault *fault)
{
	const struct run_info **runs =
		calloc(board->run_count + 1, sizeof(const struct run_info *));
	size_t count = 0;

	if (!runs)
		return fault_set(fault, -ENOMEM, "out of memory");
	for (size_t r = 0; r < board->run_count; r++) {
		const struct run_info *run = source_run(board->source, r);
		bool older = false;

		for (size_t i = 0; i < count; i++)
			older |= runs[i]->kernel_id == run->kernel_id &&
				 strcmp(runs[i]->instrument, run->instrument) == 0;
		if (!older)
			runs[count++] = run;
	}
	text_add(page,
		 "<h2 id=\"states\">What has no value, and why</h2>\n"
		 "<p class=\"small\">In the newest run of each instrument and kernel. None of it "
		 "is in a figure, and none of it is a zero.</p>\n");
	part_states(board, runs, count, "", page);
	free(runs);
	return 0;
}

static int cells_add(struct dashboard *board, struct text *page, struct fault *fault)
{
	struct bench_list benches;
	int err = benches_gather(board->cells, board->cell_count, &benches);

	if (err)
		return fault_set(fault, err, "out of memory");
	text_addf(page,
		  "<h2 id=\"cells\">Cells</h2>\n<p>%zu, each with its value in every run.</p>\n",
		  board->cell_count);
	benches_links(&benches, "cells", page);
	for (size_t b = 0; b < benches.count; b++) {
		bench_begin(&benches, &benches.items[b], "cells", "", page);
		text_add(page, "<ul class=\"cells\">\n");
		for (size_t i = 0; i < board->cell_count; i++) {
			if (!bench_has(&benches.items[b], board->cells[i]))
				continue;
			text_add(page, "<li>");
			html_cell_link(page, "", board->cells[i]);
			text_add(page, "</li>\n");
		}
		text_add(page, "</ul>");
		bench_end(page);
	}
	benches_free(&benches);
	return 0;
}

/* The way to each chart: a screen's height is soon filled by one. */
static void charts_links(struct text *page)
{
	text_add(page, "<nav>");
	for (size_t i = 0; i < chart_count; i++)
		text_addf(page, "%s<a href=\"#chart-%s\">%s</a>", i ? " " : "", charts[i]->name,
			  charts[i]->name);
	text_add(page, "</nav>\n");
}

int page_index(struct dashboard *board, struct text *page, struct fault *fault)
{
	int err;

	html_begin(page, "remapbench: what mremap costs", "");
	text_add(
		page,
		"<header><h1>remapbench</h1>\n<p>What the system call mremap(2) costs on each "
		"kernel measured here, which path of the kernel it took, and what changed. "
		"Every number stands for one cell, never for an average over cells.</p></header>\n");
	if (!source_run_count(board->source)) {
		empty_add(page);
		html_end(page);
		return 0;
	}
	text_addf(page, "<nav><a href=\"#runs\">Runs</a> %s<a href=\"#figures\">Figures</a> ",
		  board->comparisons.count ? "<a href=\"#comparisons\">Comparisons</a> " : "");
	text_add(page,
		 "<a href=\"#kernels\">Kernels</a> <a href=\"steps.html\">Steps</a> "
		 "<a href=\"#floor\">Floor</a> "
		 "<a href=\"#states\">Without a value</a> <a href=\"#cells\">Cells</a></nav>\n");
	err = runs_add(board, page, fault);
	if (err)
		return err;
	comparisons_add(board, page);
	text_add(page, "<h2 id=\"figures\">Figures</h2>\n");
	charts_links(page);
	if (!board->drawn && board->draw_fault[0]) {
		text_add(page, "<p class=\"bad\">The figures could not be drawn: ");
		html_text(page, board->draw_fault);
		text_add(page, ". Their data and scripts are there.</p>\n");
	}
	for (size_t i = 0; i < chart_count; i++)
		chart_add(board, i, page);
	part_published(board, page);
	err = part_kernels(board, page, fault);
	if (err)
		return err;
	floors_add(board, page);
	err = states_add(board, page, fault);
	if (!err)
		err = cells_add(board, page, fault);
	if (err)
		return err;
	text_add(page,
		 "<footer>Made by <code>remapbench site</code>, which makes it again.</footer>\n");
	html_end(page);
	return 0;
}
