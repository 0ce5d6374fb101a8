// SPDX-License-Identifier: GPL-2.0-only
/* cmd_profile: `remapbench profile`: a cell's instructions by kernel function, of one run or two. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/json.h"
#include "results/profile_json.h"
#include "runner/commands.h"
#include "runner/groups_file.h"
#include "runner/profile_view.h"
#include "runner/reading.h"

enum { TOP_DEFAULT = 30, CELLS_TOLD = 5 };

static void profile_usage(FILE *to)
{
	fputs("usage: remapbench profile RUN CELL [--top N] [--samples] [--json] [--db FILE]\n"
	      "       remapbench profile A B CELL [--top N] [--json] [--db FILE]\n"
	      "\n"
	      "The instructions of a cell's samples by kernel function, exactly: they add up to its count.\n"
	      "With two runs: what B costs more or less than A, function by function, which adds up to the\n"
	      "cell's difference. Each function is in a group (configs/function-groups, yours to edit): of\n"
	      "mremap's own path, or of a refill of the allocators' caches (slab, page lists, page tables'\n"
	      "pages), which lands on one sample rather than another.\n"
	      "\n"
	      "The steady state is the sample whose total at least half of the samples have (else the lower\n"
	      "middle one), and whose split is the most frequent of these. A function called from many\n"
	      "places is one row; what the compiler inlined counts where it was inlined.\n"
	      "\n"
	      "  RUN, A, B    as for remapbench show: a number, last, or last:INSTRUMENT[:KERNEL]\n"
	      "  CELL         its key, or a glob that matches one cell of the run\n"
	      "      --top N  so many functions (default: 30; 0: all)\n"
	      "      --samples  each sample too, and where it is unlike the steady one\n"
	      "      --json   for scripts: all functions\n"
	      "      --db FILE  the database\n"
	      "\n"
	      "For example:\n"
	      "  remapbench run -k 6.1 -k 6.12 -i insn -c 'move/size=2M/*'\n"
	      "  remapbench profile last 'move/size=2M/align=pmd/fill=100/folio=4K/*' --samples\n"
	      "  remapbench profile last:insn:6.1 last:insn:6.12 'move/size=2M/align=pmd/fill=100/*4K*'\n",
	      to);
}

struct profile_options {
	const char *db, *runs[2], *cell;
	size_t run_count, top;
	bool samples, json;
};

static int top_read(const char *words, size_t *top)
{
	uint64_t number;

	if (!number_parse(words, &number) && number <= UINT32_MAX) {
		*top = (size_t)number;
		return 0;
	}
	fputs("remapbench profile: --top takes a number of functions, 0 for all\n", stderr);
	return 2;
}

/* What stands behind the options: one run or two, and a cell. */
static int words_read(int argc, char **argv, struct profile_options *options)
{
	if (argc != 2 && argc != 3) {
		fputs("remapbench profile: name a run or two, and a cell; see remapbench profile --help\n",
		      stderr);
		return 2;
	}
	options->run_count = (size_t)argc - 1;
	for (size_t i = 0; i < options->run_count; i++)
		options->runs[i] = argv[i];
	options->cell = argv[argc - 1];
	if (options->run_count == 2 && options->samples) {
		fputs("remapbench profile: --samples is of one run\n", stderr);
		return 2;
	}
	return 0;
}

/* 0; 2 for wrong usage; -1 where help was asked for and given. */
static int options_read(int argc, char **argv, struct profile_options *options)
{
	static const struct option names[] = {
		{ "top", required_argument, NULL, 't' }, { "samples", no_argument, NULL, 's' },
		{ "json", no_argument, NULL, 'j' },	 { "db", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },	 { 0 },
	};
	int option, status = 0;

	optind = 0;
	while (!status && (option = getopt_long(argc, argv, "h", names, NULL)) != -1) {
		switch (option) {
		case 't':
			status = top_read(optarg, &options->top);
			break;
		case 's':
			options->samples = true;
			break;
		case 'j':
			options->json = true;
			break;
		case 'd':
			options->db = optarg;
			break;
		case 'h':
			profile_usage(stdout);
			return -1;
		default:
			fputs("See remapbench profile --help\n", stderr);
			return 2;
		}
	}
	return status ? status : words_read(argc - optind, argv + optind, options);
}

/* The run's one cell that the key or glob means. The caller frees *cell. */
static int cell_choose(struct store *store, int64_t run_id, const char *glob, char **cell,
		       struct fault *fault)
{
	struct summary_list cells;
	struct text several = { 0 };
	const char *found = NULL;
	size_t matches = 0;
	int err = query_summaries(store, run_id, NULL, &cells, fault);

	*cell = NULL;
	if (err)
		return err;
	for (size_t i = 0; i < cells.count; i++) {
		const char *key = cells.items[i].cell;
		bool exact = !strcmp(key, glob);

		/* A cell has a row for each metric, one behind the other. */
		if ((!exact && !glob_match(glob, key)) || (found && !strcmp(found, key)))
			continue;
		if (matches++ < CELLS_TOLD)
			text_addf(&several, "%s%s", matches > 1 ? ", " : "", key);
		found = key;
		if (exact) {
			matches = 1;
			break;
		}
	}
	if (matches == 1)
		*cell = strdup(found);
	if (!matches)
		err = fault_set(fault, -ENOENT, "run %" PRId64 " has no cell '%s'", run_id, glob);
	else if (matches > 1)
		err = fault_set(fault, -EINVAL, "'%s' means %zu cells; name one: %s%s", glob,
				matches, text_get(&several), matches > CELLS_TOLD ? ", …" : "");
	else if (!*cell)
		err = -ENOMEM;
	text_free(&several);
	summary_list_free(&cells);
	return err;
}

struct work {
	const struct profile_options *options;
	struct store *store;
	struct function_groups groups;
	struct run_info runs[2];
	struct profile profiles[2];
	const char *cell;
};

static int one_tell(const struct work *work)
{
	const struct profile_options *options = work->options;
	const struct profile *profile = &work->profiles[0];
	int err;

	if (options->json)
		return json_write(profile_json(&work->runs[0], work->cell, profile, &work->groups,
					       options->samples),
				  stdout);
	err = profile_print(&work->runs[0], work->cell, profile, &work->groups, options->top,
			    stdout);
	if (!err && options->samples)
		err = profile_print_samples(profile, &work->groups, stdout);
	return err;
}

static int two_tell(const struct work *work)
{
	const struct run_info *a = &work->runs[0], *b = &work->runs[1];
	struct profile_diff diff;
	int err = profile_diff_make(&work->profiles[0], &work->profiles[1], &work->groups, &diff);

	if (err)
		return err;
	err = work->options->json
		      ? json_write(profile_diff_json(a, b, work->cell, &diff, &work->groups),
				   stdout)
		      : profile_diff_print(a, b, work->cell, &diff, &work->groups,
					   work->options->top, stdout);
	profile_diff_free(&diff);
	return err;
}

static void command_tell(const struct work *work)
{
	if (work->options->json)
		return;
	fputs("\nMade again by\n", stdout);
	for (size_t i = 0; i < work->options->run_count; i++)
		if (!i || strcmp(work->runs[0].command, work->runs[i].command) != 0)
			reading_line(stdout, NULL, "%s", work->runs[i].command);
	reading_line(stdout, NULL, "%s", command_line ? command_line : "");
}

/* *cell: the key that was chosen, which the caller frees. */
static int work_do(struct work *work, char **cell, struct fault *fault)
{
	const struct profile_options *options = work->options;
	int err = groups_file_read(&work->groups, fault);

	for (size_t i = 0; i < options->run_count && !err; i++)
		err = query_run_find(work->store, options->runs[i], &work->runs[i], fault);
	if (!err)
		err = cell_choose(work->store, work->runs[0].id, options->cell, cell, fault);
	work->cell = *cell;
	for (size_t i = 0; i < options->run_count && !err; i++)
		err = profile_load(work->store, work->runs[i].id, *cell, &work->profiles[i], fault);
	if (!err)
		err = options->run_count == 2 ? two_tell(work) : one_tell(work);
	if (!err)
		command_tell(work);
	return err;
}

int cmd_profile(int argc, char **argv)
{
	struct profile_options options = { .top = TOP_DEFAULT };
	struct work work = { .options = &options };
	char *cell = NULL;
	struct fault fault = { 0 };
	int err = options_read(argc, argv, &options);

	if (err)
		return err < 0 ? reading_end("profile", stdout) : err;
	work.store = reading_open("profile", options.db);
	if (!work.store)
		return 1;
	err = work_do(&work, &cell, &fault);
	for (size_t i = 0; i < 2; i++) {
		profile_free(&work.profiles[i]);
		run_info_free(&work.runs[i]);
	}
	free(cell);
	function_groups_free(&work.groups);
	store_close(work.store);
	if (err)
		return reading_failed("profile", fault.text[0] ? fault.text : strerror(-err));
	return reading_end("profile", stdout);
}
