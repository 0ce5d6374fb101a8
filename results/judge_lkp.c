// SPDX-License-Identifier: GPL-2.0-only
/*
 * judge_lkp: a judgement in the layout of the comparisons that the kernel test robot mails (lkp-tests,
 * lib/compare.rb): each side's mean over the trials with its standard deviation, and the change between
 * them. What its columns can't say (intervals, what is proved equal, what is undecided) is left out.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/judge_words.h"
#include "results/judge_write.h"
#include "results/words.h"

/* Its widths: of a value, of a change, of a deviation. */
enum { VALUE = 10, CHANGE = 10, DEVIATION = 6, FIRST = VALUE + DEVIATION, SECOND = FIRST + 11 };

struct spread {
	double mean, percent; /* percent: the standard deviation's; 0 of one trial */
};

/* Counts have their steady state, which does not spread. */
static struct spread side_spread(const struct judge_row *row, const struct verdict_trial *trials,
				 size_t count, bool b)
{
	double sum = 0, squares = 0;
	size_t n = 0;

	if (row->counted)
		return (struct spread){ b ? row->b.value : row->a.value, 0 };
	for (size_t i = 0; i < count; i++)
		if (trials[i].b == b) {
			sum += trials[i].value;
			n++;
		}
	for (size_t i = 0; i < count; i++)
		if (trials[i].b == b)
			squares += (trials[i].value - sum / (double)n) *
				   (trials[i].value - sum / (double)n);
	if (n < 2 || sum == 0)
		return (struct spread){ n ? sum / (double)n : NAN, 0 };
	return (struct spread){ sum / (double)n,
				100 * sqrt(squares / ((double)n - 1)) / (sum / (double)n) };
}

static void spread_print(const struct spread *spread, FILE *out)
{
	double size = fabs(spread->mean);

	if (size < 1000)
		fprintf(out, "%*.2f", VALUE, spread->mean);
	else if (size > 100000000)
		fprintf(out, "%*.4g", VALUE, spread->mean);
	else
		fprintf(out, "%*.0f", VALUE, trunc(spread->mean));
	if (spread->percent > 2)
		fprintf(out, " ±%*.0f%%", DEVIATION - 3, trunc(spread->percent));
	else
		fprintf(out, "%*s", DEVIATION, "");
}

/* A name of a statistic has no blanks. */
static void key_print(const struct judgement *judgement, const struct judge_row *row, FILE *out)
{
	struct text key = { 0 };

	text_add_plain(&key, row->cell);
	text_add(&key, ".");
	text_add_plain(&key, judgement->metric);
	fputs("  ", out);
	for (const char *at = text_get(&key); *at; at++)
		fputc(*at == ' ' ? '_' : *at, out);
	fputc('\n', out);
	text_free(&key);
}

static int row_print(const struct judgement *judgement, const struct judge_row *row, FILE *out)
{
	struct verdict_trial *trials;
	struct spread a, b;
	double percent;
	size_t count;
	int err = judge_trials(judgement, row, &trials, &count);

	if (err)
		return err;
	a = side_spread(row, trials, count, false);
	b = side_spread(row, trials, count, true);
	free(trials);
	percent = 100 * (b.mean - a.mean) / (a.mean == 0 ? 1e-100 : a.mean);
	spread_print(&a, out);
	fprintf(out, fabs(percent) < 100000 ? "%+*.1f%% " : "%+*.2g%% ", CHANGE, percent);
	spread_print(&b, out);
	key_print(judgement, row, out);
	return 0;
}

/* What is proved to have changed, as a robot's mail lists it; all that has two numbers by --all. */
static bool row_is_listed(const struct judge_row *row, const struct judge_view *view)
{
	if (!row->a.sample_count || !row->b.sample_count || row->kind == JUDGE_UNMEASURED ||
	    row->kind == JUDGE_CHANGED)
		return false;
	return view->all || row->kind == JUDGE_COSTS || row->kind == JUDGE_SAVES;
}

static void plain_print(const char *before, const char *words, const char *after, FILE *out)
{
	struct text plain = { 0 };

	text_add_plain(&plain, words);
	fprintf(out, "%s%s%s", before, text_get(&plain), after);
	text_free(&plain);
}

/* At the right of a column, cut to it. */
static void column_print(const char *name, int width, FILE *out)
{
	struct text plain = { 0 };
	size_t columns, bytes = 0, shown = 0;

	text_add_plain(&plain, name);
	columns = text_columns(text_get(&plain));
	while (text_get(&plain)[bytes]) {
		shown += ((unsigned char)text_get(&plain)[bytes] & 0xc0) != 0x80;
		if (shown > (size_t)width)
			break;
		bytes++;
	}
	fprintf(out, "%*s%.*s ", columns < (size_t)width ? width - (int)columns : 0, "", (int)bytes,
		text_get(&plain));
	text_free(&plain);
}

static void rule_print(int width, FILE *out)
{
	for (int i = 0; i < width; i++)
		fputc('-', out);
	fputc(' ', out);
}

static void head_print(const struct judgement *judgement, FILE *out)
{
	const struct run_info *a = &judgement->comparison.a, *b = &judgement->comparison.b;

	for (int i = 0; i < 89; i++)
		fputc('=', out);
	plain_print("\ninstrument/suite:\n  ", a->instrument, "/", out);
	plain_print("", a->suite, "\n\n", out);
	plain_print("kernel: \n  ", a->kernel_name, "\n", out);
	plain_print("  ", b->kernel_name, "\n\n", out);
	column_print(a->kernel_name, FIRST, out);
	column_print(b->kernel_name, SECOND, out);
	fputc('\n', out);
	rule_print(FIRST, out);
	rule_print(SECOND, out);
	fputs("\n         %stddev     %change         %stddev\n"
	      "             \\          |                \\  \n",
	      out);
}

int judge_write_lkp(const struct judgement *judgement, const struct judge_view *view, FILE *out)
{
	int err = 0;

	head_print(judgement, out);
	for (size_t i = 0; !err && i < judgement->row_count; i++)
		if (row_is_listed(&judgement->rows[i], view))
			err = row_print(judgement, &judgement->rows[i], out);
	return err;
}
