// SPDX-License-Identifier: GPL-2.0-only
/* page_states: what has no value in some runs, and why: cells of the same reason in one row. */
#include <string.h>

#include "plots/page.h"

enum { STATES = 60 };

/* Cells of one run that have no value for the same reason. */
struct state_group {
	const struct run_info *run;
	const struct cell_summary *first;
	size_t cells;
};

static bool group_takes(const struct state_group *group, const struct run_info *run,
			const struct cell_summary *summary)
{
	return group->run == run && strcmp(group->first->metric, summary->metric) == 0 &&
	       strcmp(group->first->status, summary->status) == 0 &&
	       strcmp(group->first->reason, summary->reason) == 0;
}

static bool summary_is_remarkable(const struct cell_summary *summary)
{
	return summary_is_cost(summary) &&
	       (strcmp(summary->status, "ok") != 0 || summary->rejected);
}

/* Groups of the runs' cells. *more: summaries left out. */
static size_t groups_make(struct dashboard *board, const struct run_info *const *runs,
			  size_t run_count, struct state_group *groups, size_t *more)
{
	size_t count = 0;

	*more = 0;
	for (size_t r = 0; r < run_count; r++) {
		const struct summary_list *list;

		if (source_summaries(board->source, runs[r], &list, NULL))
			continue;
		for (size_t i = 0; i < list->count; i++) {
			size_t g = 0;

			if (!summary_is_remarkable(&list->items[i]))
				continue;
			while (g < count && !group_takes(&groups[g], runs[r], &list->items[i]))
				g++;
			if (g == STATES) {
				++*more;
				continue;
			}
			if (g == count)
				groups[count++] =
					(struct state_group){ runs[r], &list->items[i], 0 };
			groups[g].cells++;
		}
	}
	return count;
}

static void group_row(const struct state_group *group, const char *up, struct text *page)
{
	text_add(page, "<tr><td class=\"num\">");
	html_run_link(page, up, group->run->id);
	text_add(page, "</td>");
	html_td(page, "", group->run->instrument);
	html_td(page, "key", group->first->metric);
	if (strcmp(group->first->status, "ok") == 0)
		html_td(page, "bad", "some samples invalid");
	else
		html_td_state(page, group->first->status);
	html_td_count(page, (int64_t)group->cells);
	text_add(page, "<td class=\"words\">");
	html_cell_link(page, up, group->first->cell);
	text_add(page, "</td>");
	html_td(page, "words", group->first->reason);
	text_add(page, "</tr>\n");
}

void part_states(struct dashboard *board, const struct run_info *const *runs, size_t count,
		 const char *up, struct text *page)
{
	struct state_group groups[STATES];
	size_t more, found = groups_make(board, runs, count, groups, &more);

	if (!found) {
		text_add(page, "<p>Everything has a value.</p>\n");
		return;
	}
	text_add(page,
		 "<div class=\"scroll\"><table><thead><tr><th class=\"num\">run</th>"
		 "<th>instrument</th><th>metric</th><th>state</th><th class=\"num\">cells</th>"
		 "<th>first of them</th><th>reason</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < found; i++)
		group_row(&groups[i], up, page);
	text_add(page, "</tbody></table></div>\n");
	if (more)
		text_addf(page, "<p class=\"small\">And %zu more, in the tables of the runs.</p>\n",
			  more);
}
