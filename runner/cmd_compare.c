// SPDX-License-Identifier: GPL-2.0-only
/* cmd_compare: `remapbench compare`: two runs, one row a cell, without a verdict. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "results/compare.h"
#include "results/json.h"
#include "results/table.h"
#include "results/words.h"
#include "runner/commands.h"
#include "runner/reading.h"

static void compare_usage(FILE *to)
{
	fputs("usage: remapbench compare A B [--metric METRIC] [--force] [--json] [--db FILE]\n"
	      "\n"
	      "Two runs, a row for each cell: both medians, how far the quartiles are apart (as a part of\n"
	      "the median), and what B costs more or less than A. No verdict: with insn a difference is a\n"
	      "difference, in time it may be noise.\n"
	      "\n"
	      "  A, B      as for remapbench show: a number, last, or last:INSTRUMENT[:KERNEL]\n"
	      "  --metric  one metric; without it the instrument's cost\n"
	      "  --force   show it although the instruments or guests differ, or, in time, the machines\n"
	      "  --json    for scripts\n"
	      "\n"
	      "What the runs differ in besides the kernel is told above the table: it could be the cause\n"
	      "as well.\n"
	      "\n"
	      "For example:\n"
	      "  remapbench compare last:insn:6.1 last:insn:6.12\n",
	      to);
}

struct compare_options {
	const char *db, *a, *b, *metric;
	bool force, json;
};

/* 0; 2 for wrong usage; -1 where help was asked for and given. */
static int options_read(int argc, char **argv, struct compare_options *options)
{
	static const struct option names[] = {
		{ "metric", required_argument, NULL, 'm' }, { "force", no_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'j' },	    { "db", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },	    { 0 },
	};
	int option;

	optind = 0;
	while ((option = getopt_long(argc, argv, "h", names, NULL)) != -1) {
		switch (option) {
		case 'm':
			options->metric = optarg;
			break;
		case 'f':
			options->force = true;
			break;
		case 'j':
			options->json = true;
			break;
		case 'd':
			options->db = optarg;
			break;
		case 'h':
			compare_usage(stdout);
			return -1;
		default:
			fputs("See remapbench compare --help\n", stderr);
			return 2;
		}
	}
	if (argc - optind != 2) {
		fputs("remapbench compare: name two runs; see remapbench compare --help\n", stderr);
		return 2;
	}
	options->a = argv[optind];
	options->b = argv[optind + 1];
	return 0;
}

static void side_print(const char *name, const struct run_info *run, FILE *out)
{
	struct text plain = { 0 };
	char mark[400];

	text_addf(&plain, "%s  run %" PRId64 " (%s): ", name, run->id, run->status);
	text_add_plain(&plain, run->kernel_name);
	text_add(&plain, " (");
	text_add_plain(&plain, run->kernel_release);
	text_add(&plain, "), ");
	text_add_plain(&plain, run->suite);
	text_add(&plain, ", ");
	text_add_plain(&plain, run->instrument);
	fprintf(out, "%s\n", text_get(&plain));
	if (run_mark(run, mark, sizeof(mark))[0]) {
		text_clear(&plain);
		text_add_plain(&plain, mark);
		fprintf(out, "   marked: %s\n", text_get(&plain));
	}
	text_free(&plain);
}

static void differences_print(const struct comparison *comparison, FILE *out)
{
	struct table table = { .align = "ll" };

	for (size_t i = 0; i < comparison->difference_count; i++) {
		const struct compare_difference *item = &comparison->differences[i];

		if (item->weight == COMPARE_POINT)
			continue;
		table_add(&table, item->key);
		table_add(&table, item->a[0] ? item->a : "(not recorded)");
		table_add(&table, "");
		table_add(&table, item->b[0] ? item->b : "(not recorded)");
	}
	if (table.count) {
		fputs("\nThey also differ in (A above B)\n", out);
		table_print(&table, out);
	}
	if (!strcmp(comparison->a.kernel_sha256, comparison->b.kernel_sha256))
		fputs("\nBoth are of the same kernel image.\n", out);
	table_free(&table);
}

static void side_add(struct table *table, const struct cell_summary *row)
{
	char words[NUMBER_WORDS];

	if (row && row->samples) {
		table_add(table, number_words(row->median, words));
		table_add(table, spread_words(row->median, row->low, row->high, words));
	} else {
		/* Short, so that the table fits; the whole word and its reason follow below. */
		table_add(table, !row				       ? "missing"
				 : !strcmp(row->status, "unsupported") ? "unsupp."
								       : row->status);
		table_add(table, "");
	}
}

static int rows_print(const struct comparison *comparison, FILE *out)
{
	static const char *const heads[] = {
		"cell", "A", "spread", "B", "spread", "B - A", "change"
	};
	struct table table = { .align = "lrrrrrr" };
	char words[NUMBER_WORDS];
	int err;

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		table_add(&table, heads[i]);
	for (size_t i = 0; i < comparison->row_count; i++) {
		const struct compare_row *row = &comparison->rows[i];

		table_add(&table, row->cell);
		side_add(&table, row->a);
		side_add(&table, row->b);
		table_add(&table, difference_words(row->difference, words));
		table_add(&table, ratio_words(row->ratio, words));
	}
	err = table_print(&table, out);
	table_free(&table);
	return err;
}

/* "insn, in instructions"; both where a forced comparison has two. */
static void title_print(const struct comparison *comparison, FILE *out)
{
	const struct summary_list *sides[] = { &comparison->a_cells, &comparison->b_cells };
	const struct cell_summary *first = NULL;

	for (size_t i = 0; i < 2; i++) {
		const struct cell_summary *row = sides[i]->count ? &sides[i]->items[0] : NULL;
		struct text plain = { 0 };

		if (!row || (first && !strcmp(first->metric, row->metric)))
			continue;
		text_add_plain(&plain, row->metric);
		text_add(&plain, ", in ");
		text_add_plain(&plain, row->unit);
		fprintf(out, first ? " (A); %s (B)" : "\n%s", text_get(&plain));
		text_free(&plain);
		first = row;
	}
	fputs(first ? "\n" : "\nNo cell was measured.\n", out);
}

static void reasons_print(const struct comparison *comparison, FILE *out)
{
	bool any = false;

	for (size_t i = 0; i < comparison->row_count; i++) {
		const struct cell_summary *sides[] = { comparison->rows[i].a,
						       comparison->rows[i].b };

		for (size_t side = 0; side < 2; side++) {
			const struct cell_summary *row = sides[side];
			struct text plain = { 0 };

			if (!row || row->samples)
				continue;
			if (!any)
				fputs("\nWithout a number\n", out);
			any = true;
			text_add_plain(&plain, row->cell);
			text_addf(&plain, " (%c): %s: ", side ? 'B' : 'A', row->status);
			text_add_plain(&plain, row->reason);
			fprintf(out, "  %s\n", text_get(&plain));
			text_free(&plain);
		}
	}
}

static int text_print(const struct comparison *comparison, FILE *out)
{
	const char *caution = reading_caution(comparison->a.instrument);
	int err = 0;

	side_print("A", &comparison->a, out);
	side_print("B", &comparison->b, out);
	differences_print(comparison, out);
	if (comparison->refused)
		fputs("\nForced: the two instruments' numbers do not mean the same thing.\n", out);
	if (caution)
		fprintf(out, "\n%s\n", caution);
	title_print(comparison, out);
	if (comparison->row_count)
		err = rows_print(comparison, out);
	reasons_print(comparison, out);
	fputs("\nMade again by\n", out);
	reading_line(out, NULL, "%s", comparison->a.command);
	if (strcmp(comparison->a.command, comparison->b.command) != 0)
		reading_line(out, NULL, "%s", comparison->b.command);
	reading_line(out, NULL, "%s", command_line ? command_line : "");
	return err;
}

int cmd_compare(int argc, char **argv)
{
	struct compare_options options = { 0 };
	struct comparison comparison;
	struct fault fault = { 0 };
	struct store *store;
	int err;

	err = options_read(argc, argv, &options);
	if (err)
		return err < 0 ? reading_end("compare", stdout) : err;
	store = reading_open("compare", options.db);
	if (!store)
		return 1;
	err = compare_runs(store, options.a, options.b, options.metric, &comparison, &fault);
	if (!err && comparison.refused && !options.force)
		err = fault_set(
			&fault, -EINVAL,
			"run %" PRId64 " is of %s, run %" PRId64
			" of %s: their numbers do not mean the same thing (--force shows them)",
			comparison.a.id, comparison.a.instrument, comparison.b.id,
			comparison.b.instrument);
	else if (!err)
		err = options.json ? json_write(comparison_json(&comparison), stdout)
				   : text_print(&comparison, stdout);
	if (err == -ENOMEM)
		fault_set(&fault, err, "out of memory");
	comparison_free(&comparison);
	store_close(store);
	if (err && fault.text[0])
		return reading_failed("compare", fault.text);
	return reading_end("compare", stdout);
}
