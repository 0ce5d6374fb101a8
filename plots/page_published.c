// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_published: what was measured here on 1 GiB, beside what the authors of the two fast paths
 * published with their patches (Linux 5.0 and 5.11). The published figures are citations.
 */
#include <string.h>

#include "plots/page.h"

static const struct {
	const char *slow, *fast; /* alignments */
	const char *path, *since, *published, *ratio;
} rows[] = {
	{ "unaligned", "pmd", "PMD move", "5.0", "3.5 ms → 0.15 ms", "~20×" },
	{ "pmd", "pud", "PUD move", "5.11", "205.7 µs → 15.6 µs", "~13×" },
};

static const struct cell_summary *one_gib(struct dashboard *board, const struct run_info *run,
					  const char *align)
{
	const char *cell = chart_cell(board->source, run, "1G", align, "100", "4K");

	return cell ? source_cost(board->source, run, cell) : NULL;
}

static void row_add(struct dashboard *board, const struct run_info *run, size_t i,
		    struct text *page)
{
	const struct cell_summary *slow = one_gib(board, run, rows[i].slow);
	const struct cell_summary *fast = one_gib(board, run, rows[i].fast);

	text_addf(page, "<tr><th>%s (since %s): %s → %s</th>", rows[i].path, rows[i].since,
		  rows[i].slow, rows[i].fast);
	if (summary_usable(slow) && summary_usable(fast) && fast->median > 0) {
		text_add(page, "<td class=\"num\">");
		duration_add(page, slow->median);
		text_add(page, " → ");
		duration_add(page, fast->median);
		text_addf(page, "</td><td class=\"num\">%.1f×</td>", slow->median / fast->median);
	} else {
		const struct cell_summary *gone = summary_usable(slow) ? fast : slow;

		html_td(page, "none", gone ? gone->status : "not measured");
		text_add(page, "<td class=\"none num\">–</td>");
	}
	text_addf(page, "<td class=\"num\">%s</td><td class=\"num\">%s</td></tr>\n",
		  rows[i].published, rows[i].ratio);
}

void part_published(struct dashboard *board, struct text *page)
{
	bool any = false;

	for (size_t r = 0; r < board->newest_count; r++) {
		const struct run_info *run = board->newest[r];

		if (strcmp(run->instrument, "clock") != 0)
			continue;
		if (!any)
			text_add(
				page,
				"<h2 id=\"published\">1 GiB of 4 KiB pages, beside what was "
				"published elsewhere</h2>\n<p class=\"small\">The published figures "
				"came with the patches that added the two paths. They are from other "
				"machines and other kernels: only the ratios can be held against each "
				"other, and only roughly.</p>\n");
		any = true;
		text_add(page, "<div class=\"scroll\"><table><caption>Run ");
		html_run_link(page, "", run->id);
		text_add(page, ", kernel ");
		html_text(page, run->kernel_release);
		text_add(page,
			 "</caption><thead><tr><th>path</th><th class=\"num\">measured here</th>"
			 "<th class=\"num\">ratio</th><th class=\"num\">published elsewhere</th>"
			 "<th class=\"num\">ratio</th></tr></thead><tbody>\n");
		for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
			row_add(board, run, i, page);
		text_add(page, "</tbody></table></div>\n");
	}
	if (any)
		html_box(page, "remapbench run -i clock -c 'move/size=1G/*/fill=100/folio=4K*'");
}
