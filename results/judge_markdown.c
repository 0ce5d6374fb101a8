// SPDX-License-Identifier: GPL-2.0-only
/* judge_markdown: a judgement as Markdown: for a merge request, a wiki, an issue. */
#include <errno.h>
#include <math.h>
#include <stdio.h>

#include "results/judge_words.h"
#include "results/judge_write.h"
#include "results/table.h"
#include "results/words.h"

enum { CHANGES_SHOWN = 6 };

/* Words as a paragraph or an item of a list, behind our own signs. */
static void words_print(const char *before, const char *words, const char *after, FILE *out)
{
	struct text plain = { 0 };

	text_add_plain(&plain, words);
	fputs(before, out);
	markdown_field(text_get(&plain), out);
	fputs(after, out);
	text_free(&plain);
}

static void note_print(void *context, const char *sentence)
{
	words_print("- ", sentence, "\n", context);
}

static void side_print(const char *before, const struct run_info *run, FILE *out)
{
	struct text words = { 0 };

	judge_run_words(run, &words);
	words_print(before, text_get(&words), "\n", out);
	text_free(&words);
}

static void differences_print(const struct comparison *comparison, FILE *out)
{
	for (size_t i = 0; i < comparison->difference_count; i++) {
		const struct compare_difference *item = &comparison->differences[i];

		if (item->weight == COMPARE_POINT)
			continue;
		words_print("- They also differ in ", item->key, ": ", out);
		words_print("", item->a[0] ? item->a : "(not recorded)", " on A, ", out);
		words_print("", item->b[0] ? item->b : "(not recorded)", " on B\n", out);
	}
}

static void why_add(const struct judge_row *row, struct table *table)
{
	struct text words = { 0 }, more = { 0 };
	const struct warning *warning;
	size_t at = 0;

	judge_verdict_words(row, &words);
	for (enum judge_more i = JUDGE_PARTS; i < JUDGE_MORE; i++) {
		text_clear(&more);
		judge_more_words(row, i, CHANGES_SHOWN, &more);
		if (more.len)
			text_addf(&words, "; %s", text_get(&more));
	}
	while ((warning = judge_warning(row, &at)))
		text_addf(&words, "; warning: %s", warning->text);
	table_add(table, text_get(&words));
	text_free(&words);
	text_free(&more);
}

static void row_add(const struct judge_row *row, struct table *table)
{
	char columns[JUDGE_COLUMNS][JUDGE_COLUMN_WORDS];

	judge_columns(row, columns);
	table_add(table, row->cell);
	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		table_add(table, columns[i]);
	why_add(row, table);
}

static int group_print(const struct judgement *judgement, enum judge_kind kind,
		       const struct judge_view *view, FILE *out)
{
	struct table table = { .align = "lrrrrrl" };
	size_t hidden = 0;
	int err = 0;

	table_add(&table, "cell");
	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		table_add(&table, judge_head(judgement, i));
	table_add(&table, "verdict");
	for (size_t i = 0; i < judgement->row_count; i++) {
		if (judgement->rows[i].kind != kind)
			continue;
		if (judge_row_is_shown(&judgement->rows[i], view))
			row_add(&judgement->rows[i], &table);
		else
			hidden++;
	}
	fprintf(out, "\n### %s: %zu\n\n", judge_group_words(judgement, kind),
		judgement->counts[kind]);
	if (hidden < judgement->counts[kind])
		err = table_print_markdown(&table, out);
	if (hidden)
		fprintf(out, "%s%zu %s listed by `--all`.\n",
			hidden < judgement->counts[kind] ? "\n" : "", hidden,
			hidden == 1 ? "is" : "are");
	table_free(&table);
	return err;
}

/* A block that is indented can't be ended by what is in it. */
static void command_print(const char *command, FILE *out)
{
	struct text plain = { 0 };

	text_add_plain(&plain, command);
	if (plain.len)
		fprintf(out, "    %s\n", text_get(&plain));
	text_free(&plain);
}

int judge_write_markdown(const struct judgement *judgement, const struct judge_view *view,
			 FILE *out)
{
	const struct comparison *comparison = &judgement->comparison;
	struct text line = { 0 };
	int err = 0;

	judgement_line(judgement, &line);
	words_print("**", text_get(&line), "**\n\n", out);
	side_print("- A: ", &comparison->a, out);
	side_print("- B: ", &comparison->b, out);
	differences_print(comparison, out);
	judge_notes(judgement, note_print, out);
	if (view->caution)
		note_print(out, view->caution);
	text_clear(&line);
	judge_unit_words(judgement, &line);
	words_print("- ", text_get(&line), "\n", out);
	for (int kind = 0; !err && kind < JUDGE_KINDS; kind++)
		if (judgement->counts[kind])
			err = group_print(judgement, (enum judge_kind)kind, view, out);
	fputs("\nMade again by\n\n", out);
	command_print(comparison->a.command, out);
	command_print(comparison->b.command, out);
	if (view->command)
		command_print(view->command, out);
	text_free(&line);
	return err;
}
