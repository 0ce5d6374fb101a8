// SPDX-License-Identifier: GPL-2.0-only
/* cmd_compare: `remapbench compare`: two runs, a verdict for each cell and one for the table. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "results/judge_explain.h"
#include "runner/commands.h"
#include "runner/compare_output.h"
#include "runner/groups_file.h"
#include "runner/reading.h"

/* 0 to 2 are verdicts. */
enum { EXIT_USAGE = 3, EXIT_UNDONE = 4 };

static void compare_usage(FILE *to)
{
	fputs("usage: remapbench compare A B [-c GLOB…] [--format FORMAT] [OPTION…]\n"
	      "\n"
	      "What does B cost more than A, cell by cell? Three answers only: it costs (or saves) at least\n"
	      "so much; it costs less than the margin, proved; not enough data. With insn counts are exact,\n"
	      "and taken apart: the part in mremap's own path, and the part in refills of the allocators'\n"
	      "caches, which is shown and never blamed on B. In time, the trial is the unit, and all intervals\n"
	      "of the table hold together. The first line is the table's verdict.\n"
	      "\n"
	      "  A, B               the base and what is judged: a run's number, last, or\n"
	      "                     last:INSTRUMENT[:KERNEL], as for remapbench show\n"
	      "  -c, --cell GLOB    these cells; again for more (default: all)\n"
	      "      --explain GLOB why the rows of these cells say what they say: samples, functions,\n"
	      "                     the interval's arithmetic\n"
	      "      --all          list what is equal, too\n"
	      "      --sort ORDER   verdict (default), change (the largest first), key\n"
	      "      --threshold X  what is proved to be less is set apart: 20 (instructions, ns), or 1%\n"
	      "      --margin X%    what difference matters: less is equal, in time, and no news, of counts\n"
	      "                     without a steady state (default: the suite's, or 1%)\n"
	      "      --confidence X%  in time: that all intervals hold together (default: 95%)\n"
	      "      --metric NAME  one metric; without it the instrument's cost\n"
	      "      --format FORMAT  text (default; at most 80 columns), markdown, html (one page), json\n"
	      "                     (docs/compare-json.md), lkp, benchstat (their layouts)\n"
	      "      --json         as --format json\n"
	      "      --force        although the instruments or guests differ, or, in time, the machines\n"
	      "      --db FILE      the database\n"
	      "\n"
	      "What the runs differ in besides the kernel stands above the table: it could be the cause as\n"
	      "well.\n"
	      "\n"
	      "Exit status: 0 no cost proved; 1 a cost proved; 2 undecided, or a call does something else;\n"
	      "3 wrong usage; 4 it could not be done.\n"
	      "\n"
	      "For example:\n"
	      "  remapbench compare last:insn:6.1 last:insn:6.12\n"
	      "  remapbench compare 3 4 -c 'move/*' --explain 'move/size=2M/align=pmd/*'\n"
	      "  remapbench compare last:clock:base last:clock:patched --margin 2%\n",
	      to);
}

struct compare_options {
	const char *db, *a, *b, *explain;
	const char *cells[CELL_GLOBS];
	struct judge_ask ask;
	struct judge_view view;
	enum compare_format format;
	bool force;
};

static int option_refuse(const char *option, const char *words, const char *what)
{
	fprintf(stderr, "remapbench compare: --%s %s: %s\n", option, words, what);
	return EXIT_USAGE;
}

/* A number above 0, with or without "%". */
static bool number_read(const char *words, double *number, bool *percent)
{
	char *end;

	*number = strtod(words, &end);
	*percent = *end == '%';
	return end != words && !end[*percent] && isfinite(*number) && *number > 0;
}

static int number_take(int option, const char *words, struct judge_ask *ask)
{
	double number;
	bool percent;
	bool good = number_read(words, &number, &percent);

	switch (option) {
	case 't':
		if (!good)
			return option_refuse("threshold", words, "not a number above 0, nor X%");
		ask->threshold = number;
		ask->threshold_percent = percent;
		return 0;
	case 'M':
		if (!good || !percent || number >= 100)
			return option_refuse("margin", words, "not a percentage (1%)");
		ask->margin = number / 100;
		return 0;
	default:
		if (!good || !percent || number < 50 || number >= 100)
			return option_refuse("confidence", words,
					     "not a percentage from 50 to below 100 (95%)");
		ask->confidence = number / 100;
		return 0;
	}
}

static int word_take(int option, const char *words, struct compare_options *options)
{
	static const struct {
		const char *name;
		enum judge_order order;
	} orders[] = { { "verdict", JUDGE_BY_VERDICT },
		       { "change", JUDGE_BY_CHANGE },
		       { "key", JUDGE_BY_KEY } };

	if (option == 'F') {
		options->format = compare_format_find(words);
		if (options->format == COMPARE_FORMATS)
			return option_refuse("format", words,
					     "not text, markdown, html, json, lkp or benchstat");
		return 0;
	}
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (!strcmp(orders[i].name, words)) {
			options->ask.order = orders[i].order;
			return 0;
		}
	return option_refuse("sort", words, "not verdict, change or key");
}

/* 0; a status for wrong usage; -1 where help was asked for and given. */
static int option_take(int option, char *argument, struct compare_options *options)
{
	switch (option) {
	case 'c':
		return reading_cell("compare", options->cells, &options->ask.cell_count, argument)
			       ? EXIT_USAGE
			       : 0;
	case 'e':
		options->explain = argument;
		return 0;
	case 'a':
		options->view.all = true;
		return 0;
	case 's':
	case 'F':
		return word_take(option, argument, options);
	case 't':
	case 'M':
	case 'C':
		return number_take(option, argument, &options->ask);
	case 'm':
		options->ask.metric = argument;
		return 0;
	case 'f':
		options->force = true;
		return 0;
	case 'j':
		options->format = FORMAT_JSON;
		return 0;
	case 'd':
		options->db = argument;
		return 0;
	case 'h':
		compare_usage(stdout);
		return -1;
	default:
		fputs("See remapbench compare --help\n", stderr);
		return EXIT_USAGE;
	}
}

static int options_read(int argc, char **argv, struct compare_options *options)
{
	static const struct option names[] = {
		{ "cell", required_argument, NULL, 'c' },
		{ "explain", required_argument, NULL, 'e' },
		{ "all", no_argument, NULL, 'a' },
		{ "sort", required_argument, NULL, 's' },
		{ "threshold", required_argument, NULL, 't' },
		{ "margin", required_argument, NULL, 'M' },
		{ "confidence", required_argument, NULL, 'C' },
		{ "format", required_argument, NULL, 'F' },
		{ "metric", required_argument, NULL, 'm' },
		{ "force", no_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'j' },
		{ "db", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option, status;

	optind = 0;
	while ((option = getopt_long(argc, argv, "c:h", names, NULL)) != -1) {
		status = option_take(option, optarg, options);
		if (status)
			return status;
	}
	if (argc - optind != 2) {
		fputs("remapbench compare: name two runs; see remapbench compare --help\n", stderr);
		return EXIT_USAGE;
	}
	if (options->explain && options->format != FORMAT_TEXT) {
		fputs("remapbench compare: --explain is text, and no other format\n", stderr);
		return EXIT_USAGE;
	}
	options->a = argv[optind];
	options->b = argv[optind + 1];
	options->ask.cells = options->cells;
	return 0;
}

/* What is asked for but is not to be shown, or is not there. */
static int judgement_refuse(const struct judgement *judgement,
			    const struct compare_options *options, struct fault *fault)
{
	const struct comparison *comparison = &judgement->comparison;

	for (size_t i = 0; i < comparison->difference_count && !options->force; i++) {
		const struct compare_difference *item = &comparison->differences[i];

		if (item->weight == COMPARE_REFUSE)
			return fault_set(
				fault, -EINVAL,
				"runs %" PRId64 " and %" PRId64 " differ in %s (%s; %s): their "
				"numbers do not mean the same thing (--force shows them)",
				comparison->a.id, comparison->b.id, item->key, item->a, item->b);
	}
	if (options->ask.cell_count && !judgement->row_count)
		return fault_set(fault, -ENOENT, "no cell of the two runs is like %s%s",
				 options->cells[0],
				 options->ask.cell_count > 1 ? ", nor like the others" : "");
	return 0;
}

static int judgement_show(struct store *store, const struct judgement *judgement,
			  const struct compare_options *options, struct fault *fault)
{
	int err = judgement_refuse(judgement, options, fault);

	if (err)
		return err;
	if (options->explain)
		return judge_explain(store, judgement, options->explain, stdout, fault);
	err = comparison_write(options->format, judgement, &options->view, stdout);
	return err == -ENOMEM ? fault_set(fault, err, "out of memory") : err;
}

int cmd_compare(int argc, char **argv)
{
	struct compare_options options = { 0 };
	struct function_groups groups = { 0 };
	struct judgement judgement;
	struct fault fault = { 0 };
	struct store *store;
	int err, status;

	status = options_read(argc, argv, &options);
	if (status)
		return status > 0 ? status : reading_end("compare", stdout) ? EXIT_UNDONE : 0;
	store = reading_open("compare", options.db);
	if (!store)
		return EXIT_UNDONE;
	err = groups_file_read(&groups, &fault);
	options.ask.groups = &groups;
	if (!err)
		err = judge_runs(store, options.a, options.b, &options.ask, &judgement, &fault);
	options.view.command = command_line;
	if (!err) {
		options.view.caution = reading_caution(judgement.comparison.a.instrument);
		status = judgement_status(&judgement);
		err = judgement_show(store, &judgement, &options, &fault);
		judgement_free(&judgement);
	}
	function_groups_free(&groups);
	store_close(store);
	if (err && fault.text[0]) {
		reading_failed("compare", fault.text);
		return EXIT_UNDONE;
	}
	return reading_end("compare", stdout) ? EXIT_UNDONE : status;
}
