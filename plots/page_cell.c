// SPDX-License-Identifier: GPL-2.0-only
/* page_cell: one cell in every run that has it: its values, and the path that the kernel took. */
#include <math.h>
#include <string.h>

#include "plots/page.h"

static void value_row(const struct run_info *run, const struct cell_summary *summary,
		      struct text *page)
{
	text_add(page, "<tr><td class=\"num\">");
	html_run_link(page, "../", run->id);
	text_add(page, "</td>");
	html_td(page, "name", run->kernel_release);
	html_td(page, "", run->instrument);
	html_td(page, "key", summary->metric);
	html_td_number(page, summary->median);
	html_td_number(page, summary->low);
	html_td_number(page, summary->high);
	html_td_number(page, summary->min);
	html_td_number(page, summary->max);
	html_td(page, "", summary->unit);
	html_td_count(page, summary->samples);
	html_td_state(page, summary->status);
	html_td(page, summary->reason[0] ? "words" : "", summary->reason);
	html_td(page, "key", run->started);
	text_add(page, "</tr>\n");
}

/* Calls for each summary that a shown run has of the cell; the runs newest first. */
static int summaries_each(struct dashboard *board, const char *cell,
			  void (*visit)(const struct run_info *run,
					const struct cell_summary *summary, struct text *page),
			  struct text *page, struct fault *fault)
{
	for (size_t r = 0; r < board->run_count; r++) {
		const struct run_info *run = source_run(board->source, r);
		const struct cell_summary *const *found;
		size_t count;
		int err = source_of_cell(board->source, run, cell, &found, &count, fault);

		if (err)
			return err;
		for (size_t i = 0; i < count; i++)
			if (summary_is_cost(found[i]))
				visit(run, found[i], page);
	}
	return 0;
}

static void function_add(const struct cell_summary *summary, struct text *words)
{
	const char *name = summary->metric + 3;

	/* Entered nowhere, and nobody expected it: no news. */
	if (!summary_usable(summary) || (summary->max == 0 && !strstr(summary->expected, name)))
		return;
	text_addf(words, "%s%s=", words->len ? " " : "", name);
	number_add(words, summary->median);
	if (summary->min != summary->max) {
		text_add(words, " (");
		number_add(words, summary->min);
		text_add(words, " to ");
		number_add(words, summary->max);
		text_add(words, ")");
	}
}

static void path_row(const struct run_info *run, const struct cell_summary *const *found,
		     size_t count, bool *any, struct text *page)
{
	const char *expected = "", *status = "", *reason = "";
	struct text measured = { 0 };
	bool functions = false, sampled = false;

	for (size_t i = 0; i < count; i++) {
		if (summary_is_function(found[i])) {
			functions = true;
			function_add(found[i], &measured);
		}
		if (!summary_is_cost(found[i]))
			continue;
		sampled |= found[i]->samples || found[i]->rejected;
		expected = found[i]->expected;
		status = found[i]->status;
		reason = found[i]->reason;
	}
	if (functions) {
		if (!*any)
			text_add(page,
				 "<div class=\"scroll\"><table><thead><tr>"
				 "<th class=\"num\">run</th><th>kernel</th><th>expected</th>"
				 "<th>measured (median)</th><th>state</th><th>reason</th></tr>"
				 "</thead><tbody>\n");
		*any = true;
		text_add(page, "<tr><td class=\"num\">");
		html_run_link(page, "../", run->id);
		text_add(page, "</td>");
		html_td(page, "name", run->kernel_release);
		html_td(page, "words", expected[0] ? expected : "none stated");
		html_td(page, "words",
			measured.len ? text_get(&measured)
			: sampled    ? "no watched function was entered"
				     : "not measured");
		html_td_state(page, status);
		html_td(page, reason[0] ? "words" : "", reason);
		text_add(page, "</tr>\n");
	}
	text_free(&measured);
}

static int paths_add(struct dashboard *board, const char *cell, struct text *page,
		     struct fault *fault)
{
	bool any = false;

	text_add(
		page,
		"<h2 id=\"path\">The path it took</h2>\n"
		"<p class=\"small\">How often the kernel entered the functions that tell the paths "
		"apart, during one call. Only <code>insn</code> sees it. A sample whose path is "
		"not the expected one is invalid and in no figure.</p>\n");
	for (size_t r = 0; r < board->run_count; r++) {
		const struct run_info *run = source_run(board->source, r);
		const struct cell_summary *const *found;
		size_t count;
		int err = source_of_cell(board->source, run, cell, &found, &count, fault);

		if (err)
			return err;
		path_row(run, found, count, &any, page);
	}
	text_add(page, any ? "</tbody></table></div>\n" : "<p>No run has looked at it yet.</p>\n");
	return 0;
}

static void outcomes_row(const struct run_info *run, const char *words, bool first,
			 struct text *page)
{
	if (first)
		text_add(page, "<h2 id=\"outcomes\">What it left behind</h2>\n<p class=\"small\">"
			       "Counted by the agent after each sample (median): the VMAs that are "
			       "there, the errno of the call, and what else the bench counts.</p>\n"
			       "<div class=\"scroll\"><table><thead><tr><th class=\"num\">run</th>"
			       "<th>kernel</th><th>instrument</th><th>left behind</th></tr></thead>"
			       "<tbody>\n");
	text_add(page, "<tr><td class=\"num\">");
	html_run_link(page, "../", run->id);
	text_add(page, "</td>");
	html_td(page, "name", run->kernel_release);
	html_td(page, "", run->instrument);
	html_td(page, "words", words);
	text_add(page, "</tr>\n");
}

static int outcomes_add(struct dashboard *board, const char *cell, struct text *page,
			struct fault *fault)
{
	bool any = false;

	for (size_t r = 0; r < board->run_count; r++) {
		const struct run_info *run = source_run(board->source, r);
		const struct cell_summary *const *found;
		struct text words = { 0 };
		size_t count;
		int err = source_of_cell(board->source, run, cell, &found, &count, fault);

		if (err)
			return err;
		part_outcomes(found, count, &words);
		if (words.len)
			outcomes_row(run, text_get(&words), !any, page);
		any |= words.len > 0;
		if (words.failed)
			page->failed = true;
		text_free(&words);
	}
	if (any)
		text_add(page, "</tbody></table></div>\n");
	return 0;
}

static void again_add(const char *cell, struct text *page)
{
	struct text command = { 0 };

	text_add(page, "<h3>Again</h3>\n");
	text_add(&command, "remapbench run -i clock -c ");
	shell_quote(&command, cell);
	text_add(&command, "\nremapbench run -i insn -k KERNEL -c ");
	shell_quote(&command, cell);
	html_box(page, text_get(&command));
	text_free(&command);
}

int page_cell(struct dashboard *board, const char *cell, struct text *page, struct fault *fault)
{
	int err;

	html_begin(page, cell, "../");
	text_add(page, "<header><nav><a href=\"../index.html\">remapbench</a></nav><h1>");
	html_text(page, cell);
	text_add(page,
		 "</h1></header>\n<h2 id=\"values\">In every run</h2>\n"
		 "<div class=\"scroll\"><table><caption>The cost of one call.</caption><thead><tr>"
		 "<th class=\"num\">run</th><th>kernel</th><th>instrument</th><th>metric</th>"
		 "<th class=\"num\">median</th><th class=\"num\">low</th>"
		 "<th class=\"num\">high</th><th class=\"num\">min</th><th class=\"num\">max</th>"
		 "<th>unit</th><th class=\"num\">samples</th><th>state</th><th>reason</th>"
		 "<th>started (UTC)</th></tr></thead><tbody>\n");
	err = summaries_each(board, cell, value_row, page, fault);
	if (err)
		return err;
	text_add(page, "</tbody></table></div>\n");
	part_instrument("insn", page);
	part_instrument("clock", page);
	part_instrument("pmu", page);
	err = paths_add(board, cell, page, fault);
	if (!err)
		err = outcomes_add(board, cell, page, fault);
	if (err)
		return err;
	again_add(cell, page);
	html_end(page);
	return 0;
}
