// SPDX-License-Identifier: GPL-2.0-only
/*
 * judge_benchstat: a judgement in the layout of golang.org/x/perf/cmd/benchstat: medians, how far their
 * interval reaches, the change and its p. Counts are what it calls exact. A change that is not proved is
 * "~", as there; what has no place in its columns (margins, what is proved equal) is left out.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/judge_words.h"
#include "results/judge_write.h"
#include "results/normal.h"
#include "results/shift.h"
#include "results/stats.h"
#include "results/words.h"

enum { FIELD = 96, VALUE = 32, NOTES = 8 };

/* One line of the table. Fields are empty where a side has no number. */
struct line {
	struct text label;
	char a[FIELD], b[FIELD], delta[FIELD], p[FIELD];
	char note_a[FIELD], note_b[FIELD], note_p[FIELD]; /* marks of footnotes */
};
struct stat_table {
	struct line *lines;
	size_t count;
	char notes[NOTES][160];
	size_t note_count;
	double scale; /* of the unit: 1e-9 for ns, shown as seconds */
	const char *unit;
};

/* Two prices of different things have no place side by side. */
static bool row_is_listed(const struct judge_row *row)
{
	bool both = row->a.sample_count && row->b.sample_count;

	return both ? row->kind != JUDGE_CHANGED && row->kind != JUDGE_UNMEASURED
		    : row->a.sample_count || row->b.sample_count;
}

/* "¹": the mark of a footnote, which is the same for the same words. */
static void note_take(struct stat_table *table, const char *words, char mark[FIELD])
{
	static const char *const marks[NOTES] = { "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸" };
	size_t i = 0;

	while (i < table->note_count && strcmp(table->notes[i], words) != 0)
		i++;
	if (i == NOTES)
		return;
	if (i == table->note_count)
		snprintf(table->notes[table->note_count++], sizeof(table->notes[0]), "%s", words);
	snprintf(mark, FIELD, " %s", marks[i]);
}

/* Four digits and a prefix of the SI: "1.718µ", "14.53k". */
static void value_words(double value, char out[VALUE])
{
	static const char *const prefixes[] = { "n", "µ", "m", "", "k", "M", "G", "T" };
	size_t at = 3;

	while (value != 0 && fabs(value) < 0.99995 && at > 0) {
		value *= 1000;
		at--;
	}
	while (fabs(value) >= 999.95 && at + 1 < sizeof(prefixes) / sizeof(prefixes[0])) {
		value /= 1000;
		at++;
	}
	snprintf(out, VALUE, "%.*f%s",
		 fabs(value) < 9.9995	? 3
		 : fabs(value) < 99.995 ? 2
					: 1,
		 value, prefixes[at]);
}

/*
 * How far the interval of a median reaches, as a part of it: between the k-th value from below and from
 * above, for the largest k with P(Bin(n, 1/2) < k) <= 2.5 % (H. A. David and H. N. Nagaraja, "Order
 * Statistics", 3rd ed. 2003, 7.1). INFINITY of fewer than six values.
 */
static double median_reach(double *values, size_t count)
{
	double term = pow(0.5, (double)count), below = 0, median;
	size_t k = 0;

	if (!count)
		return INFINITY;
	stats_sort(values, count);
	median = stats_median(values, count);
	while (below + term <= 0.025 && 2 * (k + 1) <= count) {
		below += term;
		term *= (double)(count - k) / (double)(k + 1);
		k++;
	}
	if (!k || median == 0)
		return INFINITY;
	return fmax(values[count - k] - median, median - values[k - 1]) / median;
}

static void side_words(struct stat_table *table, const struct judge_row *row,
		       const struct judge_side *side, const struct verdict_trial *trials,
		       size_t count, char out[FIELD], char mark[FIELD])
{
	char value[VALUE], words[160];
	double *values, reach = 0;
	size_t own = 0;

	if (!side->sample_count)
		return;
	value_words(side->value * table->scale, value);
	if (row->counted) {
		snprintf(out, FIELD, "%s ± 0%%", value);
		if (side->count.min == side->count.max)
			return;
		snprintf(words, sizeof(words),
			 "the steady state of samples that are not all the same");
		note_take(table, words, mark);
		return;
	}
	values = calloc(count + 1, sizeof(*values));
	for (size_t i = 0; values && i < count; i++)
		if (trials[i].b == (side == &row->b))
			values[own++] = trials[i].value;
	reach = values ? median_reach(values, own) : INFINITY;
	free(values);
	if (isfinite(reach)) {
		snprintf(out, FIELD, "%s ± %u%%", value,
			 (unsigned int)fmin(reach * 100 + 0.5, 9999));
		return;
	}
	snprintf(out, FIELD, "%s ± ∞", value);
	note_take(table, "need >= 6 samples for confidence interval at level 0.95", mark);
}

static void delta_words(const struct judge_row *row, const struct verdict_trial *trials,
			size_t count, struct line *line)
{
	size_t a = row->counted ? row->a.sample_count : row->verdict.trials_a;
	size_t b = row->counted ? row->b.sample_count : row->verdict.trials_b;
	double p = row->counted ? NAN : verdict_p(trials, count);
	char n[VALUE * 2];

	snprintf(n, sizeof(n), a == b ? "n=%zu" : "n=%zu+%zu", a, b);
	if (!row->counted && row->verdict.low <= 1 && row->verdict.high >= 1)
		snprintf(line->delta, FIELD, "~");
	else if (row->counted && row->kind != JUDGE_COSTS && row->kind != JUDGE_SAVES &&
		 row->ratio != 1)
		snprintf(line->delta, FIELD, "~");
	else if (isnan(row->ratio))
		snprintf(line->delta, FIELD, "?");
	else if (row->ratio == 1)
		snprintf(line->delta, FIELD, "0.00%%");
	else
		snprintf(line->delta, FIELD, "%+.2f%%", (row->ratio - 1) * 100);
	if (isnan(p))
		snprintf(line->p, FIELD, "(%s)", n);
	else
		snprintf(line->p, FIELD, "(p=%.3f %s)", fmin(p, 1), n);
}

static int row_add(struct stat_table *table, const struct judgement *judgement,
		   const struct judge_row *row)
{
	struct line *line = &table->lines[table->count++];
	struct verdict_trial *trials;
	size_t count;
	int err = judge_trials(judgement, row, &trials, &count);

	if (err)
		return err;
	text_add_plain(&line->label, row->cell);
	side_words(table, row, &row->a, trials, count, line->a, line->note_a);
	side_words(table, row, &row->b, trials, count, line->b, line->note_b);
	if (row->a.sample_count && row->b.sample_count)
		delta_words(row, trials, count, line);
	free(trials);
	return 0;
}

/* The geometric mean of each side's values; of the changes, over what both sides have. */
static void means_add(struct stat_table *table, const struct judgement *judgement)
{
	struct line *line = &table->lines[table->count++];
	double logs[3] = { 0 };
	size_t counts[3] = { 0 };
	bool zero = false, differs = false;

	text_add(&line->label, "geomean");
	for (size_t i = 0; i < judgement->row_count; i++) {
		const struct judge_row *row = &judgement->rows[i];
		const struct judge_side *sides[] = { &row->a, &row->b };
		double terms[2] = { NAN, NAN };

		if (!row_is_listed(row))
			continue;
		for (size_t side = 0; side < 2; side++) {
			if (!sides[side]->sample_count)
				continue;
			zero |= sides[side]->value <= 0;
			terms[side] = log(sides[side]->value * table->scale);
			logs[side] += terms[side];
			counts[side]++;
		}
		if (!isnan(terms[0]) && !isnan(terms[1])) {
			logs[2] += terms[1] - terms[0];
			counts[2]++;
		} else {
			differs |= !isnan(terms[0]) || !isnan(terms[1]);
		}
	}
	if (zero) {
		note_take(table, "summaries must be >0 to compute geomean", line->note_p);
		return;
	}
	if (counts[0])
		value_words(exp(logs[0] / (double)counts[0]), line->a);
	if (counts[1])
		value_words(exp(logs[1] / (double)counts[1]), line->b);
	if (counts[2])
		snprintf(line->delta, FIELD, "%+.2f%%", expm1(logs[2] / (double)counts[2]) * 100);
	if (differs)
		note_take(table,
			  "benchmark set differs from baseline; geomeans may not be comparable",
			  line->note_p);
}

/* The columns that a value stands in: its "±" stands below the others' (benchstat's texttab). */
struct widths {
	size_t label, value[2], reach[2], note[2], delta, p, note_p;
};

static size_t value_length(const char *field)
{
	const char *sign = strstr(field, " ± ");

	return sign ? (size_t)(sign - field) : strlen(field);
}

static size_t value_columns(const char *field)
{
	char value[FIELD];

	snprintf(value, sizeof(value), "%.*s", (int)value_length(field), field);
	return text_columns(value);
}

static void wider(size_t *width, size_t columns)
{
	if (columns > *width)
		*width = columns;
}

static void widths_find(const struct stat_table *table, struct widths *widths)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct line *line = &table->lines[i];
		const char *const fields[] = { line->a, line->b };
		const char *const notes[] = { line->note_a, line->note_b };

		wider(&widths->label, text_columns(text_get(&line->label)));
		for (size_t side = 0; side < 2; side++) {
			wider(&widths->value[side], value_columns(fields[side]));
			wider(&widths->reach[side],
			      text_columns(fields[side]) - value_columns(fields[side]));
			wider(&widths->note[side], text_columns(notes[side]));
		}
		wider(&widths->delta, text_columns(line->delta));
		wider(&widths->p, text_columns(line->p));
		wider(&widths->note_p, text_columns(line->note_p));
	}
}

static void blanks(struct text *out, size_t count)
{
	text_addf(out, "%*s", (int)count, "");
}

static void left_put(struct text *out, const char *field, size_t width)
{
	text_add(out, field);
	blanks(out, width - text_columns(field));
}

static void right_put(struct text *out, const char *field, size_t width)
{
	blanks(out, width - text_columns(field));
	text_add(out, field);
}

static void value_put(struct text *out, const char *field, const char *note,
		      const struct widths *widths, size_t side)
{
	blanks(out, widths->value[side] - value_columns(field));
	text_addf(out, "%.*s", (int)value_length(field), field);
	if (field[value_length(
		    field)]) { /* the sign below the others', what it says to the right */
		text_add(out, " ± ");
		right_put(out, field + value_length(field) + strlen(" ± "),
			  widths->reach[side] - 3);
	} else {
		blanks(out, widths->reach[side]);
	}
	left_put(out, note, widths->note[side]);
}

static void centre_put(struct text *out, const char *words, size_t width)
{
	size_t columns = text_columns(words), before = columns < width ? (width - columns) / 2 : 0;

	blanks(out, before);
	text_add(out, words);
	if (before + columns < width)
		blanks(out, width - before - columns);
}

/* No line ends in blanks. */
static void line_end(struct text *line, FILE *out)
{
	size_t length = line->len;

	while (length && text_get(line)[length - 1] == ' ')
		length--;
	fprintf(out, "%.*s\n", (int)length, text_get(line));
	text_clear(line);
}

static void head_print(const struct judgement *judgement, const struct stat_table *table,
		       struct widths *widths, FILE *out)
{
	struct text line = { 0 }, a = { 0 }, b = { 0 };
	size_t first, second, change = widths->delta + 1 + widths->p + widths->note_p;

	text_add_plain(&a, judgement->comparison.a.kernel_name);
	text_add_plain(&b, judgement->comparison.b.kernel_name);
	/* Columns are as wide as their names. */
	first = widths->value[0] + widths->reach[0] + widths->note[0];
	second = widths->value[1] + widths->reach[1] + widths->note[1];
	wider(&change, strlen("vs base"));
	if (first < text_columns(text_get(&a)) || first < text_columns(table->unit)) {
		size_t want = text_columns(text_get(&a));

		wider(&want, text_columns(table->unit));
		widths->note[0] += want - first;
		first = want;
	}
	if (second < text_columns(table->unit)) {
		widths->note[1] += text_columns(table->unit) - second;
		second = text_columns(table->unit);
	}
	if (second + 2 + change < text_columns(text_get(&b)))
		change = text_columns(text_get(&b)) - second - 2;
	blanks(&line, widths->label);
	text_add(&line, " │ ");
	centre_put(&line, text_get(&a), first);
	text_add(&line, " │ ");
	centre_put(&line, text_get(&b), second + 2 + change);
	text_add(&line, " │");
	line_end(&line, out);
	blanks(&line, widths->label);
	text_add(&line, " │ ");
	centre_put(&line, table->unit, first);
	text_add(&line, " │ ");
	centre_put(&line, table->unit, second);
	text_add(&line, "  ");
	left_put(&line, "vs base", change);
	text_add(&line, " │");
	line_end(&line, out);
	text_free(&line);
	text_free(&a);
	text_free(&b);
}

static void lines_print(const struct stat_table *table, const struct widths *widths, FILE *out)
{
	struct text text = { 0 };

	for (size_t i = 0; i < table->count; i++) {
		const struct line *line = &table->lines[i];

		left_put(&text, text_get(&line->label), widths->label);
		text_add(&text, "   ");
		value_put(&text, line->a, line->note_a, widths, 0);
		text_add(&text, "   ");
		value_put(&text, line->b, line->note_b, widths, 1);
		text_add(&text, "  ");
		right_put(&text, line->delta, widths->delta);
		text_add(&text, " ");
		left_put(&text, line->p, widths->p);
		text_add(&text, line->note_p);
		line_end(&text, out);
	}
	text_free(&text);
}

static void head_line(const char *key, const char *value, FILE *out)
{
	struct text plain = { 0 };

	text_add_plain(&plain, value);
	fprintf(out, "%s: %s\n", key, text_get(&plain));
	text_free(&plain);
}

int judge_write_benchstat(const struct judgement *judgement, const struct judge_view *view,
			  FILE *out)
{
	struct stat_table table = { .scale = 1 };
	struct widths widths = { 0 };
	struct text unit = { 0 };
	int err = 0;

	(void)view; /* benchstat lists what is equal as well */
	table.lines = calloc(judgement->row_count + 1, sizeof(*table.lines));
	if (!table.lines)
		return -ENOMEM;
	if (!strcmp(judgement->unit, "ns")) {
		table.scale = 1e-9;
		text_add(&unit, "sec/op");
	} else {
		text_add_plain(&unit, judgement->unit);
		text_add(&unit, "/op");
	}
	table.unit = text_get(&unit);
	for (size_t i = 0; !err && i < judgement->row_count; i++)
		if (row_is_listed(&judgement->rows[i]))
			err = row_add(&table, judgement, &judgement->rows[i]);
	if (table.count > 1)
		means_add(&table, judgement);
	widths_find(&table, &widths);
	head_line("instrument", judgement->comparison.a.instrument, out);
	head_line("suite", judgement->comparison.a.suite, out);
	head_print(judgement, &table, &widths, out);
	lines_print(&table, &widths, out);
	for (size_t i = 0; i < table.note_count; i++) {
		char mark[FIELD] = "";

		note_take(&table, table.notes[i], mark);
		fprintf(out, "%s %s\n", mark + 1, table.notes[i]);
	}
	for (size_t i = 0; i < table.count; i++)
		text_free(&table.lines[i].label);
	free(table.lines);
	text_free(&unit);
	return err;
}
