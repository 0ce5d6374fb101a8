// SPDX-License-Identifier: GPL-2.0-only
/* page_parts: what several pages share: the table of runs, a figure with its caption. */
#include <inttypes.h>
#include <string.h>

#include "plots/page.h"

bool run_has_page(const struct dashboard *board, const struct run_info *run)
{
	for (size_t i = 0; i < board->run_count; i++)
		if (source_run(board->source, i) == run)
			return true;
	return false;
}

void part_instrument(const char *instrument, struct text *page)
{
	if (strcmp(instrument, "insn") == 0)
		text_add(
			page,
			"<p class=\"small\"><b>insn</b> is the number of instructions that the guest "
			"kernel executed in the call, counted exactly. It sees no cache, no TLB and no "
			"IPI: equal counts can differ in time. There is no noise in it, so a "
			"difference is a difference.</p>\n");
	else if (strcmp(instrument, "clock") == 0)
		text_add(
			page,
			"<p class=\"small\"><b>clock</b> is real time (ns of CLOCK_MONOTONIC_RAW) on "
			"the machine named, with its caches, its TLB and its noise.</p>\n");
	else if (strcmp(instrument, "pmu") == 0)
		text_add(
			page,
			"<p class=\"small\"><b>pmu</b> is what the CPU and the kernel counted around "
			"the call. An event that this machine doesn't have is unsupported, with its "
			"reason.</p>\n");
}

/* An errno's name; NULL for what is none. */
static const char *errno_name(const struct cell_summary *summary)
{
	if (strcmp(summary->metric, "outcome:errno") != 0 || summary->min != summary->max ||
	    !(summary->max >= 1 && summary->max < 4096))
		return NULL;
	return strerrorname_np((int)summary->max);
}

/* "NAME=17", "errno=22 (EINVAL)"; "NAME=17 (16 to 18)" where the samples differ. */
void part_outcomes(const struct cell_summary *const *found, size_t count, struct text *words)
{
	for (size_t i = 0; i < count; i++) {
		if (!summary_is_outcome(found[i]) || !summary_usable(found[i]))
			continue;
		text_addf(words, "%s%s=", words->len ? " " : "", found[i]->metric + 8);
		number_add(words, found[i]->median);
		if (errno_name(found[i]))
			text_addf(words, " (%s)", errno_name(found[i]));
		if (found[i]->min == found[i]->max)
			continue;
		text_add(words, " (");
		number_add(words, found[i]->min);
		text_add(words, " to ");
		number_add(words, found[i]->max);
		text_add(words, ")");
	}
}

void part_mark(const struct run_info *run, struct text *page)
{
	char mark[256];

	if (!run_mark(run, mark, sizeof(mark))[0])
		return;
	text_addf(page, " <span class=\"mark%s\">", run_left_out(run) ? " bad" : "");
	html_text(page, mark);
	text_add(page, "</span>");
}

void part_run_number(const struct dashboard *board, const struct run_info *run, struct text *page)
{
	if (run_has_page(board, run))
		html_run_link(page, "", run->id);
	else
		text_addf(page, "%" PRId64, run->id);
}

static void run_row(struct dashboard *board, const struct run_info *run, struct text *page)
{
	text_add(page, "<tr><td class=\"num\">");
	part_run_number(board, run, page);
	text_add(page, "</td>");
	html_td(page, "key", run->started);
	text_add(page, "<td class=\"name\">");
	html_text(page, run->kernel_release);
	part_mark(run, page);
	text_add(page, "</td>");
	html_td(page, "", run->instrument);
	html_td(page, "", run->suite);
	html_td_state(page, run->status);
	text_addf(page, "<td class=\"num\">%" PRId64 " of %" PRId64, run->trials_ok,
		  run->trials_planned);
	if (run->trials_failed)
		text_addf(page, ", <span class=\"bad\">%" PRId64 " failed</span>",
			  run->trials_failed);
	text_add(page, "</td></tr>\n");
}

void part_runs(struct dashboard *board, const struct run_info *const *runs, size_t count,
	       struct text *page)
{
	text_add(page, "<div class=\"scroll\"><table><thead><tr><th class=\"num\">run</th>"
		       "<th>started (UTC)</th><th>kernel</th><th>instrument</th><th>suite</th>"
		       "<th>status</th><th class=\"num\">trials</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < count; i++)
		run_row(board, runs[i], page);
	text_add(page, "</tbody></table></div>\n");
}

void part_figure(struct dashboard *board, const struct figure *figure, const char *up,
		 struct text *page)
{
	struct text caption = { 0 };

	text_add(page, "<figure>");
	if (board->drawn) {
		text_addf(
			page,
			"<div class=\"scroll\"><a href=\"%sfigures/%s.svg\"><picture><source srcset=\"%sfigures/%s-dark.svg\" "
			"media=\"(prefers-color-scheme: dark)\"><img src=\"%sfigures/%s.svg\" "
			"width=\"720\" alt=\"",
			up, figure->slug, up, figure->slug, up, figure->slug);
		html_text(page, figure->title);
		text_add(page, "; ");
		html_text(page, figure->subtitle);
		text_add(page, "\"></picture></a></div>\n");
	} else {
		text_add(page, "<p class=\"bad\">");
		html_text(page, figure->title);
		text_add(page, ": not drawn (");
		html_text(page, board->draw_fault);
		text_add(page, ")</p>\n");
	}
	text_add(page, "<figcaption>");
	figure_caption(figure, 40, &caption);
	html_text(page, text_get(&caption));
	text_addf(
		page,
		" <a href=\"%sfigures/%s.csv\">data (CSV)</a>, <a href=\"%sfigures/%s.gp\">gnuplot "
		"script</a>\n",
		up, figure->slug, up, figure->slug);
	html_box(page, figure->command);
	text_add(page, "</figcaption></figure>\n");
	if (caption.failed)
		page->failed = true;
	text_free(&caption);
}
