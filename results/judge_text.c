// SPDX-License-Identifier: GPL-2.0-only
/* judge_text: a judgement as plain text of at most 80 columns, which survives a mail. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/judge_words.h"
#include "results/judge_write.h"
#include "results/mail.h"
#include "results/words.h"

enum { CHANGES_SHOWN = 6 };

static void note_print(void *context, const char *sentence)
{
	mail_words(context, "", 0, sentence);
}

static void side_print(char side, const struct run_info *run, FILE *out)
{
	struct text words = { 0 };
	char first[8];

	snprintf(first, sizeof(first), "%c  ", side);
	judge_run_words(run, &words);
	mail_words(out, first, 3, text_get(&words));
	text_free(&words);
}

static void value_print(const char *first, const char *value, FILE *out)
{
	mail_words(out, first, 7, value[0] ? value : "(not recorded)");
}

/* What is not the kernel and could be the cause as well. */
void judge_write_differences(const struct comparison *comparison, FILE *out)
{
	bool any = false;

	for (size_t i = 0; i < comparison->difference_count; i++) {
		const struct compare_difference *item = &comparison->differences[i];

		if (item->weight == COMPARE_POINT)
			continue;
		if (!any)
			fputs("\nThey also differ in\n", out);
		any = true;
		mail_words(out, "  ", 2, item->key);
		value_print("    A  ", item->a, out);
		value_print("    B  ", item->b, out);
	}
}

static int column_width(bool counted, size_t column)
{
	static const int counts[] = { 16, 16, 16, 12, 12 }, times[] = { 14, 14, 12, 26, 12 };

	return (counted ? counts : times)[column];
}

static void heads_print(const struct judgement *judgement, FILE *out)
{
	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		fprintf(out, "%*s", column_width(judgement->counted, i), judge_head(judgement, i));
	fputc('\n', out);
}

static void numbers_print(const struct judge_row *row, FILE *out)
{
	char columns[JUDGE_COLUMNS][JUDGE_COLUMN_WORDS];

	judge_columns(row, columns);
	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		fprintf(out, "%*s", column_width(row->counted, i), columns[i]);
	fputc('\n', out);
}

static void line_print(struct text *words, FILE *out)
{
	if (words->len)
		mail_words(out, "    ", 6, text_get(words));
	text_clear(words);
}

static void row_print(const struct judge_row *row, FILE *out)
{
	struct text words = { 0 }, key = { 0 };
	const struct warning *warning;
	size_t at = 0;

	text_add_plain(&key, row->cell);
	fprintf(out, "%s\n", text_get(&key));
	if (row->a.sample_count || row->b.sample_count)
		numbers_print(row, out);
	if (row->kind != JUDGE_EQUAL || row->aside_only)
		judge_verdict_words(row, &words);
	if (row->parted && words.len && row->difference != 0)
		text_add(&words, ": ");
	for (enum judge_more more = JUDGE_PARTS; more < JUDGE_MORE; more++) {
		judge_more_words(row, more, CHANGES_SHOWN, &words);
		line_print(&words, out);
	}
	while ((warning = judge_warning(row, &at))) {
		text_addf(&words, "warning: %s", warning->text);
		line_print(&words, out);
	}
	text_free(&words);
	text_free(&key);
}

/* Cells without a number, by reason. */
static void unmeasured_print(const struct judgement *judgement, FILE *out)
{
	fprintf(out, "\nNot measured: %zu\n", judgement->counts[JUDGE_UNMEASURED]);
	for (size_t i = 0; i < judgement->row_count; i++) {
		const struct judge_row *row = &judgement->rows[i];
		bool told = false;

		if (row->kind != JUDGE_UNMEASURED)
			continue;
		for (size_t j = 0; j < i && !told; j++)
			told = judgement->rows[j].kind == JUDGE_UNMEASURED &&
			       !strcmp(judgement->rows[j].reason, row->reason);
		if (told)
			continue;
		mail_words(out, "  ", 4, row->reason);
		for (size_t j = i; j < judgement->row_count; j++)
			if (judgement->rows[j].kind == JUDGE_UNMEASURED &&
			    !strcmp(judgement->rows[j].reason, row->reason))
				mail_words(out, "    ", 4, judgement->rows[j].cell);
	}
}

static void hidden_print(size_t hidden, const struct judge_view *view, FILE *out)
{
	if (hidden)
		fprintf(out, "  %zu %s listed by %s\n", hidden, hidden == 1 ? "is" : "are",
			view->listed_by ? view->listed_by : "--all");
}

/* Of one kind; JUDGE_KINDS: of all that were measured, in the order that was asked for. */
static void group_print(const struct judgement *judgement, enum judge_kind kind,
			const struct judge_view *view, FILE *out)
{
	size_t shown = 0, hidden = 0;

	for (size_t i = 0; i < judgement->row_count; i++) {
		const struct judge_row *row = &judgement->rows[i];

		if (kind == JUDGE_KINDS ? row->kind == JUDGE_UNMEASURED : row->kind != kind)
			continue;
		if (!judge_row_is_shown(row, view)) {
			hidden++;
			continue;
		}
		if (!shown++)
			heads_print(judgement, out);
		row_print(row, out);
	}
	hidden_print(hidden, view, out);
}

static void rows_print(const struct judgement *judgement, const struct judge_view *view, FILE *out)
{
	if (judgement->ask.order != JUDGE_BY_VERDICT) {
		fputs("\n", out);
		group_print(judgement, JUDGE_KINDS, view, out);
		return;
	}
	for (enum judge_kind kind = 0; kind < JUDGE_UNMEASURED; kind++) {
		if (!judgement->counts[kind])
			continue;
		fprintf(out, "\n%s: %zu\n", judge_group_words(judgement, kind),
			judgement->counts[kind]);
		group_print(judgement, kind, view, out);
	}
}

int judge_write_rows(const struct judgement *judgement, const struct judge_view *view, FILE *out)
{
	rows_print(judgement, view, out);
	if (judgement->counts[JUDGE_UNMEASURED])
		unmeasured_print(judgement, out);
	return 0;
}

/* Its lines are another width's. */
static void caution_print(const char *caution, FILE *out)
{
	struct text words = { 0 };

	for (; *caution; caution++)
		text_add_bytes(&words, *caution == '\n' ? " " : caution, 1);
	mail_words(out, "", 0, text_get(&words));
	text_free(&words);
}

static void commands_print(const struct judgement *judgement, const struct judge_view *view,
			   FILE *out)
{
	const char *a = judgement->comparison.a.command, *b = judgement->comparison.b.command;

	fputs("\nMade again by\n", out);
	mail_command(out, 2, a);
	if (strcmp(a, b) != 0)
		mail_command(out, 2, b);
	if (view->command)
		mail_command(out, 2, view->command);
}

int judge_write_text(const struct judgement *judgement, const struct judge_view *view, FILE *out)
{
	struct text line = { 0 };
	int err;

	judgement_line(judgement, &line);
	mail_words(out, "", 0, text_get(&line));
	fputs("\n", out);
	side_print('A', &judgement->comparison.a, out);
	side_print('B', &judgement->comparison.b, out);
	judge_write_differences(&judgement->comparison, out);
	fputs("\n", out);
	judge_notes(judgement, note_print, out);
	if (view->caution)
		caution_print(view->caution, out);
	text_clear(&line);
	judge_unit_words(judgement, &line);
	if (line.len)
		mail_words(out, "", 0, text_get(&line));
	judge_write_rows(judgement, view, out);
	commands_print(judgement, view, out);
	err = line.failed ? -ENOMEM : 0;
	text_free(&line);
	return err;
}
