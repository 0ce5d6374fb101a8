// SPDX-License-Identifier: GPL-2.0-only
/* cmd_steps: `remapbench steps`: where exact counts step from one kernel build to the next. */
#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/history.h"
#include "results/history_json.h"
#include "results/json.h"
#include "results/table.h"
#include "results/words.h"
#include "runner/commands.h"
#include "runner/reading.h"

enum { CHANGES_SHOWN = 6 };

struct steps_options {
	const char *db, *cells[CELL_GLOBS];
	struct history_ask ask;
	struct step_rule rule;
	bool json, markdown;
};

static void steps_usage(FILE *to)
{
	fputs("usage: remapbench steps [-c GLOB…] [-k GLOB] [--percent P] [--least N]\n"
	      "                        [--markdown | --json] [--db FILE]\n"
	      "\n"
	      "Where a cell's count of instructions steps from one kernel build to the next, over every\n"
	      "kernel that insn has measured, in version order: by how much, and which functions were\n"
	      "entered more or less often, or what else came out of the call.\n"
	      "\n"
	      "A count is the value of at least half of a cell's samples. It steps where it changes by\n"
	      "more than P per cent and by N instructions or more, and by more than samples differ. A\n"
	      "cell that a kernel can't do, and the next one can, is a step too. Builds that different\n"
	      "compilers made (of Debian 12, of Debian 13, of sid) are never compared with each other.\n"
	      "\n"
	      "  -c, --cell GLOB     these cells; again for more (default: all)\n"
	      "  -k, --kernels GLOB  these kernels, by name, release or version (default: all)\n"
	      "      --percent P     default: 1\n"
	      "      --least N       default: 20\n"
	      "      --markdown      one table for a page or a mail\n"
	      "      --json          for scripts\n"
	      "      --db FILE       the database\n"
	      "\n"
	      "For example:\n"
	      "  remapbench steps -c 'move/size=32M/*'\n"
	      "  remapbench steps -k '6.1[29]*' --percent 5 --markdown\n"
	      "  remapbench plot kernels -c 'move/size=32M/*'    # the same, drawn\n",
	      to);
}

static int percent_read(const char *words, double *part)
{
	char *end;
	double percent = strtod(words, &end);

	if (end == words || *end || !(percent >= 0 && percent <= 1000)) {
		fputs("remapbench steps: --percent takes a number from 0 to 1000\n", stderr);
		return 2;
	}
	*part = percent / 100;
	return 0;
}

static int least_read(const char *words, uint64_t *least)
{
	if (!number_parse(words, least))
		return 0;
	fputs("remapbench steps: --least takes a number of instructions\n", stderr);
	return 2;
}

/* 0; 2 for wrong usage; -1 where help was asked for and given. */
static int options_read(int argc, char **argv, struct steps_options *options)
{
	static const struct option names[] = {
		{ "cell", required_argument, NULL, 'c' },
		{ "kernels", required_argument, NULL, 'k' },
		{ "percent", required_argument, NULL, 'p' },
		{ "least", required_argument, NULL, 'l' },
		{ "markdown", no_argument, NULL, 'm' },
		{ "json", no_argument, NULL, 'j' },
		{ "db", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option, status = 0;

	optind = 0;
	while (!status && (option = getopt_long(argc, argv, "c:k:h", names, NULL)) != -1) {
		switch (option) {
		case 'c':
			status = reading_cell("steps", options->cells, &options->ask.cell_count,
					      optarg);
			break;
		case 'k':
			options->ask.kernels = optarg;
			break;
		case 'p':
			status = percent_read(optarg, &options->rule.part);
			break;
		case 'l':
			status = least_read(optarg, &options->rule.least);
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
			steps_usage(stdout);
			return -1;
		default:
			fputs("See remapbench steps --help\n", stderr);
			return 2;
		}
	}
	if (!status && (optind < argc || (options->json && options->markdown))) {
		fputs("remapbench steps: no further words, and --json or --markdown, not both; see "
		      "remapbench steps --help\n",
		      stderr);
		return 2;
	}
	return status;
}

/* "6.12.117 → 6.16.3", and whose compiler's builds they are. */
static void builds_add(struct table *table, const struct history *history,
		       const struct history_step *step)
{
	struct text words = { 0 };
	char name[80];

	text_add(&words, kernel_short(history->builds[step->from].run, name, sizeof(name)));
	text_add(&words, " → ");
	text_add(&words, kernel_short(history->builds[step->to].run, name, sizeof(name)));
	table_add(table, text_get(&words));
	table_add(table, history->families[step->family]);
	text_free(&words);
}

static void count_add(struct table *table, const struct history_point *point)
{
	char words[NUMBER_WORDS];

	table_add(table, point->at.state == STEP_COUNTED
				 ? number_words((double)point->at.count.value, words)
				 : point->status);
}

/*
 * "__pte_alloc 17→0": the prefix of functions says nothing new. What only one side knows (of the other
 * the compiler left no symbol) is for --json.
 */
static void change_words(const struct change *change, struct text *words)
{
	bool function = !strncmp(change->metric, "fn:", 3);
	bool outcome = !strncmp(change->metric, "outcome:", 8);
	char from[NUMBER_WORDS], to[NUMBER_WORDS];

	text_addf(words, "%s%s %s→%s", words->len ? ", " : "",
		  change->metric + (function  ? 3
				    : outcome ? 8
					      : 0),
		  number_words(change->from, from), number_words(change->to, to));
}

static int row_add(struct store *store, struct table *table, struct history *history,
		   const struct history_step *step, struct fault *fault)
{
	const struct history_cell *cell = &history->cells[step->cell];
	struct change_list changes;
	struct text words = { 0 };
	char number[NUMBER_WORDS];
	size_t shown = 0;
	int err = history_changes(store, history, step, &changes, fault);

	if (err)
		return err;
	builds_add(table, history, step);
	count_add(table, &cell->points[step->from]);
	count_add(table, &cell->points[step->to]);
	table_add(table, difference_words(history_difference(history, step), number));
	table_add(table, ratio_words(history_ratio(history, step), number));
	for (size_t i = 0; i < changes.count; i++) {
		if (isnan(changes.items[i].from) || isnan(changes.items[i].to))
			continue;
		if (shown++ < CHANGES_SHOWN)
			change_words(&changes.items[i], &words);
	}
	if (shown > CHANGES_SHOWN)
		text_addf(&words, ", and %zu more", shown - CHANGES_SHOWN);
	table_add(table, text_get(&words));
	text_free(&words);
	change_list_free(&changes);
	return 0;
}

static void head_add(struct table *table)
{
	static const char *const heads[] = { "builds", "compiler of",	      "from", "to", "by",
					     "change", "entered, or came out" };

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		table_add(table, heads[i]);
}

/* A table a cell, its key above it. */
static int cells_print(struct store *store, struct history *history, FILE *out, struct fault *fault)
{
	int err = 0;

	for (size_t first = 0, next; !err && first < history->step_count; first = next) {
		const size_t cell = history->steps[first].cell;
		struct table table = { .align = "llrrrrl" };

		fputs(first ? "\n" : "", out);
		head_add(&table);
		for (next = first;
		     !err && next < history->step_count && history->steps[next].cell == cell;
		     next++)
			err = row_add(store, &table, history, &history->steps[next], fault);
		if (!err) {
			struct text key = { 0 };

			text_add_plain(&key, history->cells[cell].key);
			fprintf(out, "%s\n", text_get(&key));
			text_free(&key);
			err = table_print(&table, out);
		}
		table_free(&table);
	}
	return err;
}

static int markdown_print(struct store *store, struct history *history, FILE *out,
			  struct fault *fault)
{
	struct table table = { .align = "lllrrrrl" };
	int err = 0;

	table_add(&table, "cell");
	head_add(&table);
	for (size_t i = 0; !err && i < history->step_count; i++) {
		table_add(&table, history->cells[history->steps[i].cell].key);
		err = row_add(store, &table, history, &history->steps[i], fault);
	}
	if (!err)
		err = table_print_markdown(&table, out);
	table_free(&table);
	return err;
}

/* How many cells stepped at each build that any did. */
static int builds_print(const struct history *history, FILE *out)
{
	struct table table = { .align = "llr" };
	bool any = false;
	int err;

	table_add(&table, "build");
	table_add(&table, "compiler of");
	table_add(&table, "cells that step there");
	for (size_t b = 0; b < history->build_count; b++) {
		char name[80], number[NUMBER_WORDS];
		size_t cells = 0;

		for (size_t i = 0; i < history->step_count; i++)
			cells += history->steps[i].to == b;
		if (!cells)
			continue;
		any = true;
		table_add(&table, kernel_short(history->builds[b].run, name, sizeof(name)));
		table_add(&table, history->families[history->builds[b].family]);
		table_add(&table, number_words((double)cells, number));
	}
	fprintf(out, "%s%zu step%s in %zu cell%s on %zu kernel build%s.\n",
		history->step_count ? "\n" : "", history->step_count,
		history->step_count == 1 ? "" : "s", history->cell_count,
		history->cell_count == 1 ? "" : "s", history->build_count,
		history->build_count == 1 ? "" : "s");
	if (any)
		fputs("\n", out);
	err = any ? table_print(&table, out) : 0;
	table_free(&table);
	return err;
}

static void left_out_print(const struct history *history)
{
	if (history->left_kernels)
		fprintf(stderr,
			"Left out: %zu runs of kernels built to find bugs, or that reported any.\n",
			history->left_kernels);
	if (history->left_plans)
		fprintf(stderr,
			"Left out: %zu of your runs, of other cells or samples than the imported reference.\n",
			history->left_plans);
	if (history->left_shapes)
		fprintf(stderr, "Left out: %zu runs in guests of another shape than most.\n",
			history->left_shapes);
}

static int steps_print(struct store *store, struct history *history,
		       const struct steps_options *options, struct fault *fault)
{
	int err;

	if (options->json) {
		json_t *json;

		err = history_json(store, history, &options->rule, &json, fault);
		return err ? err : json_write(json, stdout);
	}
	err = options->markdown ? markdown_print(store, history, stdout, fault)
				: cells_print(store, history, stdout, fault);
	return err || options->markdown ? err : builds_print(history, stdout);
}

int cmd_steps(int argc, char **argv)
{
	struct steps_options options = { .db = NULL, .rule = step_rule_default };
	struct history history;
	struct fault fault = { 0 };
	struct store *store;
	int err, status = options_read(argc, argv, &options);

	if (status)
		return status < 0 ? 0 : status;
	options.ask.cells = options.cells;
	options.ask.rule = &options.rule;
	store = reading_open("steps", options.db);
	if (!store)
		return 1;
	err = history_load(store, &options.ask, &history, &fault);
	if (!err && history.build_count < 2)
		fprintf(stderr,
			"remapbench steps: %s has been counted. This counts two: remapbench run -i "
			"insn -k 6.1 -k 6.12\n",
			history.build_count ? "only one kernel" : "no kernel");
	else if (!err && !history.cell_count)
		fputs("remapbench steps: no cell that was measured is one of these\n", stderr);
	if (!err)
		left_out_print(&history);
	if (!err)
		err = steps_print(store, &history, &options, &fault);
	history_free(&history);
	store_close(store);
	if (err)
		return reading_failed("steps", fault.text[0] ? fault.text : strerror(-err));
	return reading_end("steps", stdout);
}
