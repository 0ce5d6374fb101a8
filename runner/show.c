// SPDX-License-Identifier: GPL-2.0-only
/* show: one run, written for a person. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/table.h"
#include "results/words.h"
#include "runner/reading.h"
#include "runner/show.h"

enum { CONSOLE_LINES = 12, HEAD_LINES = 24, FINGERPRINT_COLUMNS = 96 };

void show_head(const struct run_info *run, FILE *out)
{
	bool ended = run->ended[0];
	char mark[400];

	reading_line(out, "run", "%" PRId64 ", %s%s%s", run->id, run->status,
		     run->reason[0] ? ": " : "", run->reason);
	reading_line(out, "kernel", "%s (%s), image %.12s", run->kernel_name, run->kernel_release,
		     run->kernel_sha256);
	reading_line(out, "", "%s", run->kernel_version);
	reading_line(out, "origin", "%s", run->kernel_origin);
	reading_line(out, "instrument", "%s", run->instrument);
	reading_line(out, "machine", "%s", run->machine);
	reading_line(out, "suite", "%s (%.12s)", run->suite, run->suite_sha256);
	reading_line(out, "trials", "%" PRId64 " of %" PRId64 " succeeded, %" PRId64 " failed",
		     run->trials_ok, run->trials_planned, run->trials_failed);
	if (run_mark(run, mark, sizeof(mark))[0])
		reading_line(out, "marked", "%s", mark);
	reading_line(out, "measured", "%s%s%s", run->started, ended ? " to " : ", still running",
		     run->ended);
}

void show_provenance(const struct pair_list *pairs, FILE *out)
{
	struct table table = { .align = "ll" };

	fputs("\nProvenance\n", out);
	for (size_t i = 0; i < pairs->count; i++) {
		table_add(&table, pairs->items[i].key);
		table_add(&table, pairs->items[i].value);
	}
	table_print(&table, out);
	table_free(&table);
}

static bool row_ok(const struct cell_summary *row)
{
	return row->samples > 0;
}

static bool row_floor(const struct cell_summary *row)
{
	return !strncmp(row->cell, "floor", 5) && (!row->cell[5] || row->cell[5] == '/');
}

/* Every cell has a row for each metric, in one order (query.h): so many rows has each cell. */
static size_t metric_count(const struct summary_list *summaries)
{
	size_t count = 0;

	while (count < summaries->count &&
	       !strcmp(summaries->items[count].cell, summaries->items[0].cell))
		count++;
	return count ? count : 1;
}

/* Whether any cell has a number of the metric of row `at`. */
static bool metric_measured(const struct summary_list *summaries, size_t at)
{
	size_t step = metric_count(summaries);

	for (size_t i = at % step; i < summaries->count; i += step)
		if (row_ok(&summaries->items[i]))
			return true;
	return false;
}

/* Cells of two benches stand apart: hundreds of rows are read by bench. */
static bool bench_differs(const char *cell, const char *before)
{
	size_t length = strcspn(cell, "/");

	return length != strcspn(before, "/") || strncmp(cell, before, length) != 0;
}

static void table_row(struct table *table, const struct cell_summary *row)
{
	char words[NUMBER_WORDS], state[64];

	table_add(table, row->cell);
	table_add(table, number_words(row->median, words));
	table_add(table, number_words(row->low, words));
	table_add(table, number_words(row->high, words));
	table_add(table, number_words(row->samples, words));
	if (row->rejected && row_ok(row))
		snprintf(state, sizeof(state), "%s, %u invalid", row->status, row->rejected);
	else
		snprintf(state, sizeof(state), "%s", row->status);
	table_add(table, state);
}

static int metric_print(const struct summary_list *summaries, size_t metric, FILE *out)
{
	static const char *const heads[] = { "cell", "median", "low", "high", "samples", "state" };
	const struct cell_summary *of = &summaries->items[metric];
	const struct cell_summary *before = NULL;
	size_t step = metric_count(summaries);
	struct table table = { .align = "lrrrrl" };
	struct text title = { 0 };
	int err;

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		table_add(&table, heads[i]);
	/* What a call costs at least comes first: every other row is read against it. */
	for (int floor = 1; floor >= 0; floor--)
		for (size_t i = metric; i < summaries->count; i += step) {
			const struct cell_summary *row = &summaries->items[i];

			if (row_floor(row) != floor)
				continue;
			for (size_t h = 0; before && bench_differs(row->cell, before->cell) &&
					   h < sizeof(heads) / sizeof(heads[0]);
			     h++)
				table_add(&table, "");
			table_row(&table, row);
			before = row;
		}
	text_add_plain(&title, of->metric);
	if (strcmp(of->metric, of->unit) != 0 && of->unit[0]) {
		text_add(&title, ", in ");
		text_add_plain(&title, of->unit);
	}
	fprintf(out, "\n%s\n", text_get(&title));
	text_free(&title);
	err = table_print(&table, out);
	table_free(&table);
	return err;
}

int show_summaries(const struct summary_list *summaries, FILE *out)
{
	size_t step = metric_count(summaries);
	int err = 0;

	if (!summaries->count)
		fputs("\nNo cell was measured.\n", out);
	for (size_t i = 0; !err && i < step && i < summaries->count; i++)
		if (metric_measured(summaries, i))
			err = metric_print(summaries, i, out);
	return err;
}

/* "NAME=17", or "NAME=17..18" where the samples differ; the metric is a kind's, "fn:NAME". */
static void counts_add(struct text *line, const struct cell_summary *row)
{
	const char *colon = strchr(row->metric, ':');

	text_add(line, " ");
	text_add_plain(line, colon ? colon + 1 : row->metric);
	text_addf(line, "=%.0f", row->min);
	if (row->max > row->min)
		text_addf(line, "..%.0f", row->max);
}

/* Words behind an indent, in as many lines as they need. */
static void words_wrap(const char *words, FILE *out)
{
	size_t column = FINGERPRINT_COLUMNS;

	words += strspn(words, " ");
	while (*words) {
		size_t length = strcspn(words, " ");

		if (length && column + 1 + length > FINGERPRINT_COLUMNS) {
			fputs(column == FINGERPRINT_COLUMNS ? "   " : "\n   ", out);
			column = 3;
		}
		if (length)
			fprintf(out, " %.*s", (int)length, words);
		column += length + 1;
		words += length + (words[length] == ' ');
	}
	fputc('\n', out);
}

static void fingerprint_print(const struct cell_summary *row, const char *words, FILE *out)
{
	struct text plain = { 0 };

	text_add_plain(&plain, row->cell);
	fprintf(out, "%s\n", text_get(&plain));
	words_wrap(words[0] ? words : " none of the watched functions was entered", out);
	if (row->expected[0]) {
		text_clear(&plain);
		text_add(&plain, "expected: ");
		text_add_plain(&plain, row->expected);
		words_wrap(text_get(&plain), out);
	}
	text_free(&plain);
}

int show_fingerprints(const struct summary_list *summaries, FILE *out)
{
	const char *before = NULL;
	struct text words = { 0 };
	size_t count = summaries->count;
	bool measured = false;
	int err;

	fputs("\nFingerprints: how often the kernel entered each watched function in one operation\n",
	      out);
	for (size_t i = 0; i < count; i++) {
		const struct cell_summary *row = &summaries->items[i];

		if (row_ok(row)) {
			measured = true;
			counts_add(&words, row);
		}
		if (i + 1 < count && !strcmp(row->cell, row[1].cell))
			continue;
		if (measured) {
			fputs(before && bench_differs(row->cell, before) ? "\n" : "", out);
			fingerprint_print(row, text_get(&words), out);
			before = row->cell;
		}
		measured = false;
		text_clear(&words);
	}
	err = words.failed ? -ENOMEM : 0;
	text_free(&words);
	return err;
}

int show_outcomes(const struct summary_list *outcomes, FILE *out)
{
	struct text words = { 0 }, plain = { 0 };
	const char *before = NULL;
	int err;

	fputs("\nOutcomes: what one operation left behind\n", out);
	for (size_t i = 0; i < outcomes->count; i++) {
		const struct cell_summary *row = &outcomes->items[i];

		if (row_ok(row))
			counts_add(&words, row);
		if ((i + 1 < outcomes->count && !strcmp(row->cell, row[1].cell)) || !words.len)
			continue;
		text_clear(&plain);
		text_add_plain(&plain, row->cell);
		fprintf(out, "%s%s\n", before && bench_differs(row->cell, before) ? "\n" : "",
			text_get(&plain));
		words_wrap(text_get(&words), out);
		text_clear(&words);
		before = row->cell;
	}
	if (!before)
		fputs("    no cell's samples say\n", out);
	err = words.failed || plain.failed ? -ENOMEM : 0;
	text_free(&words);
	text_free(&plain);
	return err;
}

/* Whether another metric of the same cell has told it. */
static bool reason_told(const struct summary_list *summaries, size_t at)
{
	size_t step = metric_count(summaries);

	for (size_t i = at - at % step; i < at; i++)
		if (!strcmp(summaries->items[i].reason, summaries->items[at].reason))
			return true;
	return false;
}

/* Whether another cell of the bench, told before, has the same reason; if none: in how many it is. */
static bool reason_shared(const struct summary_list *summaries, size_t at, size_t *cells)
{
	const struct cell_summary *row = &summaries->items[at];
	size_t step = metric_count(summaries);

	*cells = 0;
	for (size_t i = at % step; i < summaries->count; i += step) {
		const struct cell_summary *other = &summaries->items[i];

		if (other->rejected != row->rejected || other->samples != row->samples ||
		    strcmp(other->status, row->status) != 0 ||
		    strcmp(other->reason, row->reason) != 0 ||
		    bench_differs(other->cell, row->cell))
			continue;
		if (i < at)
			return true;
		++*cells;
	}
	return false;
}

static void reason_print(const char *what, const char *status, const char *reason, FILE *out)
{
	struct text plain = { 0 };

	text_add_plain(&plain, what);
	text_addf(&plain, ": %s", status);
	if (reason[0]) {
		text_add(&plain, ": ");
		text_add_plain(&plain, reason);
	}
	fprintf(out, "  %s\n", text_get(&plain));
	text_free(&plain);
}

void show_reasons(const struct summary_list *summaries, FILE *out)
{
	size_t step = metric_count(summaries);
	bool any = false;

	for (size_t i = 0; i < summaries->count; i++) {
		const struct cell_summary *row = &summaries->items[i];
		bool metric = !strcmp(row->status, "unsupported") && !metric_measured(summaries, i);
		char status[96];
		size_t cells = 1;

		/* A metric that no cell has is told once, not once a cell. */
		if ((row_ok(row) && !row->rejected) || (metric && i >= step) ||
		    (!metric && (reason_told(summaries, i) || reason_shared(summaries, i, &cells))))
			continue;
		if (row->rejected)
			snprintf(status, sizeof(status), "%u of %u samples invalid", row->rejected,
				 row->rejected + row->samples);
		else
			snprintf(status, sizeof(status), "%s", row->status);
		if (cells > 1)
			snprintf(status + strlen(status), sizeof(status) - strlen(status),
				 ", as %zu more of its bench", cells - 1);
		if (!any)
			fputs("\nNot in the figures\n", out);
		any = true;
		reason_print(metric ? row->metric : row->cell, status, row->reason, out);
	}
}

/* Lines from `from` up to `end`, each plain and indented. */
static void lines_print(const char *from, const char *end, FILE *out)
{
	while (from < end) {
		size_t length = strcspn(from, "\r\n");
		struct text plain = { 0 };
		char *line = strndup(from, length);

		text_add_plain(&plain, line ? line : "");
		if (length)
			fprintf(out, "    | %s\n", text_get(&plain));
		text_free(&plain);
		free(line);
		from += length + 1;
	}
}

/* The last lines. */
static void console_print(const char *console, FILE *out)
{
	const char *from = console + strlen(console);
	int lines = 0;

	while (from > console && (from[-1] == '\n' || from[-1] == '\r'))
		from--;
	const char *end = from;

	while (from > console && lines < CONSOLE_LINES)
		if (*--from == '\n')
			lines++;
	lines_print(from, end, out);
}

/* The first lines. */
static void head_print(const char *head, FILE *out)
{
	const char *end = head;

	for (int lines = 0; *end && lines < HEAD_LINES; lines++) {
		end += strcspn(end, "\n");
		end += *end == '\n';
	}
	lines_print(head, end, out);
	if (*end)
		fputs("    | (and more: --json has all that is kept)\n", out);
}

static const char *head_of(const struct trial_list *trials, int64_t sequence)
{
	for (size_t i = 0; i < trials->count; i++)
		if (trials->items[i].sequence == sequence)
			return trials->items[i].head;
	return "";
}

void show_splats(const struct splat_list *splats, const struct trial_list *trials, FILE *out)
{
	if (!splats->count)
		return;
	fputs("\nSplats: what the kernel reported of itself\n", out);
	for (size_t i = 0; i < splats->count; i++) {
		const struct splat_info *splat = &splats->items[i];
		char times[96];

		snprintf(times, sizeof(times),
			 "%" PRId64 " in %" PRId64 " trial%s, first in trial %" PRId64,
			 splat->count, splat->trials, splat->trials == 1 ? "" : "s", splat->first);
		reason_print(splat->kind, times, splat->headline, out);
	}
	head_print(head_of(trials, splats->items[0].first), out);
}

void show_failed_trials(const struct trial_list *trials, FILE *out)
{
	bool any = false;

	for (size_t i = 0; i < trials->count; i++) {
		const struct trial_info *trial = &trials->items[i];
		char what[80];

		if (!strcmp(trial->status, "ok"))
			continue;
		if (!any)
			fputs("\nFailed trials\n", out);
		any = true;
		snprintf(what, sizeof(what), "trial %" PRId64, trial->sequence);
		reason_print(what, trial->status, trial->reason, out);
		console_print(trial->console, out);
	}
}
