// SPDX-License-Identifier: GPL-2.0-only
/* cmd_ablation: `remapbench ablation`: what each optimisation of mremap is worth by itself. */
#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/ablation.h"
#include "results/json.h"
#include "results/table.h"
#include "results/words.h"
#include "runner/commands.h"
#include "runner/reading.h"

enum { CHANGES_SHOWN = 4 };

struct ablation_options {
	const char *db, *cells[CELL_GLOBS];
	struct history_ask ask;
	bool json, markdown;
};

static void ablation_usage(FILE *to)
{
	fputs("usage: remapbench ablation [-c GLOB…] [-k GLOB] [--markdown | --json] [--db FILE]\n"
	      "\n"
	      "What each optimisation of mremap is worth by itself: a kernel beside others that are built\n"
	      "alike but without PMD moves, PUD moves, realignment, or moves of many VMAs in one call.\n"
	      "Shows the cells whose count of instructions changes by more than 1% without it (and by 20\n"
	      "instructions or more), what is worth most first. A call that is refused without it is set\n"
	      "beside as many calls as do the same.\n"
	      "\n"
	      "  -c, --cell GLOB     these cells; again for more (default: all)\n"
	      "  -k, --kernels GLOB  these kernels, by name, release or version (default: all)\n"
	      "      --markdown      one table for a page or a mail\n"
	      "      --json          for scripts\n"
	      "      --db FILE       the database\n"
	      "\n"
	      "Measuring it takes a kernel, and one for each thing that it is to be without:\n"
	      "  remapbench kernel build --help\n"
	      "  remapbench run -s core -i insn -k KERNEL -k KERNEL…\n"
	      "\n"
	      "For example:\n"
	      "  remapbench ablation -c 'move/*/fill=100/folio=4K/type=anon'\n"
	      "  remapbench plot ablation -o ablation.svg    # the same, drawn\n",
	      to);
}

/* 0; 2 for wrong usage; -1 where help was asked for and given. */
static int options_read(int argc, char **argv, struct ablation_options *options)
{
	static const struct option names[] = {
		{ "cell", required_argument, NULL, 'c' },
		{ "kernels", required_argument, NULL, 'k' },
		{ "markdown", no_argument, NULL, 'm' },
		{ "json", no_argument, NULL, 'j' },
		{ "db", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	optind = 0;
	while ((option = getopt_long(argc, argv, "c:k:h", names, NULL)) != -1) {
		switch (option) {
		case 'c':
			if (reading_cell("ablation", options->cells, &options->ask.cell_count,
					 optarg))
				return 2;
			break;
		case 'k':
			options->ask.kernels = optarg;
			break;
		case 'm':
			options->markdown = true;
			break;
		case 'j':
			options->json = true;
			break;
		case 'd':
			options->db = optarg;
			break;
		case 'h':
			ablation_usage(stdout);
			return -1;
		default:
			fputs("See remapbench ablation --help\n", stderr);
			return 2;
		}
	}
	if (optind == argc && !(options->json && options->markdown))
		return 0;
	fputs("remapbench ablation: no further words, and --json or --markdown, not both; see "
	      "remapbench ablation --help\n",
	      stderr);
	return 2;
}

static void factor_add(struct table *table, double ratio)
{
	char words[NUMBER_WORDS];

	if (isnan(ratio))
		snprintf(words, sizeof(words), "-");
	else
		snprintf(words, sizeof(words), ratio >= 99.5 ? "x%.0f" : "x%.3g", ratio);
	table_add(table, words);
}

static void changes_add(struct table *table, const struct ablation_row *row)
{
	struct text words = { 0 };
	size_t shown = 0;

	if (row->refused) {
		const char *name = strerrorname_np(row->refused);

		text_addf(&words, "refused (%s)%s", name ? name : "errno",
			  isnan(row->ratio) ? "" : "; beside it, many calls");
	}
	for (size_t i = 0; i < row->changes.count && !row->refused; i++) {
		const struct change *change = &row->changes.items[i];
		char from[NUMBER_WORDS], to[NUMBER_WORDS];

		if (strncmp(change->metric, "fn:", 3) != 0 || isnan(change->from) ||
		    isnan(change->to) || shown++ >= CHANGES_SHOWN)
			continue;
		text_addf(&words, "%s%s %s→%s", words.len ? ", " : "", change->metric + 3,
			  number_words(change->from, from), number_words(change->to, to));
	}
	if (shown > CHANGES_SHOWN)
		text_addf(&words, ", and %zu more", shown - CHANGES_SHOWN);
	table_add(table, text_get(&words));
	text_free(&words);
}

static void row_add(struct table *table, const struct history *history,
		    const struct ablation_row *row)
{
	char words[NUMBER_WORDS];

	table_add(table, history->cells[row->step.cell].key);
	table_add(table, number_words(row->count, words));
	table_add(table, number_words(row->instead_count, words));
	table_add(table, difference_words(row->instead_count - row->count, words));
	factor_add(table, row->ratio);
	changes_add(table, row);
}

static void head_add(struct table *table)
{
	static const char *const heads[] = { "cell",	   "with it", "without",
					     "difference", "factor",  "entered" };

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		table_add(table, heads[i]);
}

static const struct run_info *run_of(const struct history *history, size_t build)
{
	return history->builds[build].run;
}

static int ablation_print(const struct history *history, const struct ablation *ablation,
			  const struct ablation_rows *rows, FILE *out)
{
	struct table table = { .align = "lrrrrl" };
	struct text words = { 0 };
	int err = 0;

	text_addf(&words, "Without %s: ", ablation->optimisation);
	text_add_plain(&words, run_of(history, ablation->without)->kernel_name);
	text_add(&words, " beside ");
	text_add_plain(&words, run_of(history, ablation->with)->kernel_name);
	fprintf(out, "%s\n", text_get(&words));
	text_free(&words);
	head_add(&table);
	for (size_t i = 0; i < rows->count; i++)
		row_add(&table, history, &rows->items[i]);
	if (rows->count)
		err = table_print(&table, out);
	else
		fputs("  no cell shows it\n", out);
	table_free(&table);
	return err;
}

static json_t *kernel_json(const struct run_info *run)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "kernel", words_json(run->kernel_name),
			 "release", words_json(run->kernel_release), "sha256",
			 words_json(run->kernel_sha256), "traits", words_json(run->kernel_traits),
			 "run", count_json((uint64_t)run->id));
}

static json_t *row_json(const struct history *history, const struct ablation_row *row)
{
	json_t *changed = json_array();

	for (size_t i = 0; changed && i < row->changes.count; i++)
		json_array_append_new(changed,
				      json_pack("{s:o, s:o, s:o}", "metric",
						words_json(row->changes.items[i].metric), "from",
						number_json(row->changes.items[i].from), "to",
						number_json(row->changes.items[i].to)));
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "cell",
			 words_json(history->cells[row->step.cell].key), "with",
			 number_json(row->count), "without", number_json(row->instead_count),
			 "instead", words_json(row->instead), "factor", number_json(row->ratio),
			 "refused_errno", count_json((uint64_t)row->refused), "changed", changed);
}

static json_t *ablation_json(const struct history *history, const struct ablation *ablation,
			     const struct ablation_rows *rows)
{
	json_t *cells = json_array();

	for (size_t i = 0; cells && i < rows->count; i++)
		json_array_append_new(cells, row_json(history, &rows->items[i]));
	return json_pack("{s:s, s:s, s:o, s:o, s:o}", "trait", ablation->trait, "optimisation",
			 ablation->optimisation, "with",
			 kernel_json(run_of(history, ablation->with)), "without",
			 kernel_json(run_of(history, ablation->without)), "cells", cells);
}

static int ablations_print(struct store *store, struct history *history,
			   const struct ablation_list *list, const struct ablation_options *options,
			   struct fault *fault)
{
	struct table table = { .align = "llrrrrl" };
	json_t *json = json_array();
	int err = json ? 0 : -ENOMEM;

	table_add(&table, "without");
	head_add(&table);
	for (size_t i = 0; !err && i < list->count; i++) {
		const struct ablation *ablation = &list->items[i];
		struct ablation_rows rows;

		err = ablation_rows(store, history, ablation, &rows, fault);
		if (err)
			break;
		for (size_t r = 0; options->markdown && r < rows.count; r++) {
			table_add(&table, ablation->optimisation);
			row_add(&table, history, &rows.items[r]);
		}
		if (options->json)
			json_array_append_new(json, ablation_json(history, ablation, &rows));
		else if (!options->markdown) {
			fputs(i ? "\n" : "", stdout);
			err = ablation_print(history, ablation, &rows, stdout);
		}
		ablation_rows_free(&rows);
	}
	if (!err && options->json)
		err = json_write(json_incref(json), stdout);
	if (!err && options->markdown)
		err = table_print_markdown(&table, stdout);
	json_decref(json);
	table_free(&table);
	return err;
}

int cmd_ablation(int argc, char **argv)
{
	struct ablation_options options = { .db = NULL };
	struct ablation_list list = { 0 };
	struct history history;
	struct fault fault = { 0 };
	struct store *store;
	int err, status = options_read(argc, argv, &options);

	if (status)
		return status < 0 ? 0 : status;
	options.ask.cells = options.cells;
	options.ask.own_only = true;
	store = reading_open("ablation", options.db);
	if (!store)
		return 1;
	err = history_load(store, &options.ask, &history, &fault);
	if (!err)
		err = ablations_find(&history, &list);
	if (!err && !list.count)
		fputs("remapbench ablation: no kernel was measured both with and without one of the "
		      "optimisations; remapbench ablation --help says how\n",
		      stderr);
	if (!err)
		err = ablations_print(store, &history, &list, &options, &fault);
	ablation_list_free(&list);
	history_free(&history);
	store_close(store);
	if (err)
		return reading_failed("ablation", fault.text[0] ? fault.text : strerror(-err));
	return reading_end("ablation", stdout);
}
