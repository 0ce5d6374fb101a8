// SPDX-License-Identifier: GPL-2.0-only
/* page_compare: a judgement as a page in the dashboard's style. */
#include "plots/page_compare.h"

#include <stdio.h>
#include <string.h>

#include "plots/figure.h"
#include "plots/html.h"
#include "results/judge_words.h"
#include "results/words.h"

static void words_put(struct text *page, const char *before, const char *words, const char *after)
{
	text_add(page, before);
	html_text(page, words);
	text_add(page, after);
}

static void note_put(void *context, const char *sentence)
{
	words_put(context, "<li>", sentence, "</li>\n");
}

static void side_put(const char *before, const struct run_info *run, struct text *page)
{
	struct text words = { 0 };

	judge_run_words(run, &words);
	words_put(page, before, text_get(&words), "</li>\n");
	page->failed |= words.failed;
	text_free(&words);
}

static void differences_put(const struct comparison *comparison, struct text *page)
{
	bool any = false;

	for (size_t i = 0; i < comparison->difference_count; i++) {
		const struct compare_difference *item = &comparison->differences[i];

		if (item->weight == COMPARE_POINT)
			continue;
		if (!any)
			text_add(page,
				 "<h2>They also differ in</h2>\n<div class=\"scroll\"><table>"
				 "<thead><tr><th></th><th>A</th><th>B</th></tr></thead><tbody>\n");
		any = true;
		text_add(page, "<tr>");
		html_td(page, "key", item->key);
		html_td(page, "words", item->a[0] ? item->a : "(not recorded)");
		html_td(page, "words", item->b[0] ? item->b : "(not recorded)");
		text_add(page, "</tr>\n");
	}
	if (any)
		text_add(page, "</tbody></table></div>\n");
}

/* The third column is the news: coloured where it is proved. */
static void columns_put(const struct judge_row *row, struct text *page)
{
	char columns[JUDGE_COLUMNS][JUDGE_COLUMN_WORDS];
	const char *class = row->kind == JUDGE_COSTS   ? "up"
			    : row->kind == JUDGE_SAVES ? "down"
						       : "";

	judge_columns(row, columns);
	for (size_t i = 0; i < JUDGE_COLUMNS; i++) {
		if (!strcmp(columns[i], "-")) {
			html_td(page, "num none", "–");
			continue;
		}
		if (i != 2 || !class[0]) {
			html_td(page, "num", columns[i]);
			continue;
		}
		text_addf(page, "<td class=\"num\"><span class=\"%s\">", class);
		html_text(page, columns[i]);
		text_add(page, "</span></td>");
	}
}

static void why_put(const struct judge_row *row, struct text *page)
{
	struct text words = { 0 };
	const struct warning *warning;
	size_t at = 0;

	text_add(page, "<td class=\"words\">");
	judge_verdict_words(row, &words);
	html_text(page, text_get(&words));
	for (enum judge_more more = JUDGE_PARTS; more < JUDGE_MORE; more++) {
		text_clear(&words);
		judge_more_words(row, more, 0, &words);
		if (words.len)
			words_put(page, "<br>", text_get(&words), "");
	}
	while ((warning = judge_warning(row, &at)))
		words_put(page, "<br><b>warning</b>: ", warning->text, "");
	text_add(page, "</td>");
	page->failed |= words.failed;
	text_free(&words);
}

static void row_put(const struct judge_row *row, struct text *page)
{
	words_put(page, "<tr><th class=\"key pin\">", row->cell, "</th>");
	columns_put(row, page);
	why_put(row, page);
	text_add(page, "</tr>\n");
}

/* What is equal is folded away, not left out. */
static void group_put(const struct judgement *judgement, enum judge_kind kind,
		      const struct judge_view *view, struct text *page)
{
	bool folded = !view->all && kind >= JUDGE_BELOW;

	text_addf(page, "<h2>%s: %zu</h2>\n", judge_group_words(judgement, kind),
		  judgement->counts[kind]);
	if (folded)
		text_add(page, "<details><summary>list</summary>\n");
	text_add(page, "<div class=\"scroll\"><table><thead><tr><th class=\"pin\">cell</th>");
	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		words_put(page, "<th class=\"num\">", judge_head(judgement, i), "</th>");
	text_add(page, "<th>verdict</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < judgement->row_count; i++)
		if (judgement->rows[i].kind == kind)
			row_put(&judgement->rows[i], page);
	text_add(page, "</tbody></table></div>\n");
	if (folded)
		text_add(page, "</details>\n");
}

void page_compare(const struct judgement *judgement, const struct judge_view *view,
		  struct text *page)
{
	const struct comparison *comparison = &judgement->comparison;
	struct text line = { 0 };

	judgement_line(judgement, &line);
	html_begin_alone(page, text_get(&line));
	text_add(page, "<header>");
	if (view->home)
		words_put(page, "<nav><a href=\"", view->home, "\">remapbench</a></nav>");
	words_put(page, "<h1>", text_get(&line), "</h1></header>\n<ul>\n");
	side_put("<li><b>A</b> ", &comparison->a, page);
	side_put("<li><b>B</b> ", &comparison->b, page);
	judge_notes(judgement, note_put, page);
	if (view->caution)
		note_put(page, view->caution);
	text_clear(&line);
	judge_unit_words(judgement, &line);
	note_put(page, text_get(&line));
	text_add(page, "</ul>\n");
	differences_put(comparison, page);
	for (int kind = 0; kind < JUDGE_KINDS; kind++)
		if (judgement->counts[kind])
			group_put(judgement, (enum judge_kind)kind, view, page);
	text_clear(&line);
	text_addf(&line, "%s\n%s\n%s", comparison->a.command, comparison->b.command,
		  view->command ? view->command : "");
	text_add(page, "<h3>Made again by</h3>\n");
	html_box(page, text_get(&line));
	html_end(page);
	page->failed |= line.failed;
	text_free(&line);
}
