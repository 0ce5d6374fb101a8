// SPDX-License-Identifier: GPL-2.0-only
/* cmd_review: `remapbench review`: what a series costs, built, counted and told in one report. */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "runner/commands.h"
#include "runner/groups_file.h"
#include "runner/paths.h"
#include "runner/reading.h"
#include "runner/review.h"

/* Of 0 to 2 the judgement's (judge.h); these as compare has them. */
enum { EXIT_USAGE = 3, EXIT_UNDONE = 4 };

static void review_usage(FILE *to)
{
	fputs("usage: remapbench review --base BASE --patch P… [--each] [OPTION…]\n"
	      "       remapbench review --base KERNEL --with KERNEL [OPTION…]\n"
	      "\n"
	      "What does a series cost? Builds the base and the series on it, counts a suite on both, and\n"
	      "writes a report that can be pasted into a mail: the verdict in its first line; the rows that\n"
	      "changed, and what stayed equal, exactly; paths and functions that changed; the size of the\n"
	      "objects; splats; how to do it again. What was built or counted before isn't done again.\n"
	      "\n"
	      "      --base BASE    what the series is applied to: linux-source-7.3, a tarball, TREE@REF,\n"
	      "                     or a kernel of the cache that was built from one of these\n"
	      "  -p, --patch P      an mbox, a patch, or a folder of patches or of a quilt series; again for\n"
	      "                     more, applied in this order\n"
	      "      --each         after every patch, too: which of them it was\n"
	      "      --with KERNEL  instead of patches: two kernels of the cache, such as two releases\n"
	      "      --config NAME  of the build: lab-small (default), lab-distro, or a file\n"
	      "      --relocation   base and series on top of the project's own relocation patch\n"
	      "  -s, --suite SUITE  (default: core)\n"
	      "  -c, --cell GLOB    only these cells; again for more\n"
	      "  -n, --samples N    instead of the suite's\n"
	      "      --threshold X  what is proved to be less is set apart: 20 (instructions), or 1%\n"
	      "      --no-clock     don't try to time guests under KVM\n"
	      "      --count-again  the base too, although its counts are there\n"
	      "  -j, --jobs N       of make, and guests side by side (default: the number of CPUs)\n"
	      "      --db FILE      the database\n"
	      "  -q, --quiet        no progress\n"
	      "\n"
	      "Exit status: 0 no cost proved; 1 a cost proved; 2 undecided, or a call does something else;\n"
	      "3 wrong usage; 4 it could not be done.\n"
	      "\n"
	      "For example:\n"
	      "  remapbench review --base linux-source-7.3 --patch series.mbox\n"
	      "  remapbench review --base ~/linux@v6.17 --patch series/ --each -c 'move/*'\n"
	      "  remapbench review --base debian-6.16.12 --with debian-6.17.13\n",
	      to);
}

static int usage_wrong(const char *words)
{
	fprintf(stderr, "remapbench review: %s; see remapbench review --help\n", words);
	return EXIT_USAGE;
}

static int number_take(const char *words, uint32_t most, uint32_t *number)
{
	uint64_t value;

	if (number_parse(words, &value) || !value || value > most)
		return usage_wrong("-n and -j take a number");
	*number = (uint32_t)value;
	return 0;
}

static int threshold_take(const char *words, struct judge_ask *ask)
{
	char *end;

	ask->threshold = strtod(words, &end);
	ask->threshold_percent = *end == '%';
	if (end == words || end[ask->threshold_percent] || !(ask->threshold > 0) ||
	    ask->threshold > 1e15)
		return usage_wrong("--threshold takes a number above 0, or X%");
	return 0;
}

static int name_take(const char **list, size_t *count, size_t room, const char *name)
{
	if (*count == room)
		return usage_wrong("too many of one kind: an mbox or a folder holds any number");
	list[(*count)++] = name;
	return 0;
}

/* 0; a status for wrong usage; -1 where help was asked for and given. */
static int option_take(int option, char *argument, struct review_ask *ask)
{
	switch (option) {
	case 'b':
		ask->base = argument;
		return 0;
	case 'p':
		return name_take(ask->patches, &ask->patch_count, BUILD_PATCHES, argument);
	case 'w':
		ask->with = argument;
		return 0;
	case 'C':
		ask->config = argument;
		return 0;
	case 'r':
		ask->relocation = true;
		return 0;
	case 'e':
		ask->each = true;
		return 0;
	case 's':
		ask->suite = argument;
		return 0;
	case 'c':
		return name_take(ask->globs, &ask->glob_count, RUN_NAMES, argument);
	case 'n':
		return number_take(argument, 100000, &ask->samples);
	case 't':
		return threshold_take(argument, &ask->judge);
	case 'k':
		ask->clock = false;
		return 0;
	case 'A':
		ask->count_again = true;
		return 0;
	case 'j':
		return number_take(argument, 256, &ask->jobs);
	case 'd':
		ask->database = argument;
		return 0;
	case 'q':
		ask->quiet = true;
		return 0;
	case 'h':
		review_usage(stdout);
		return -1;
	default:
		return usage_wrong("an unknown option, or one without its value");
	}
}

static int options_read(int argc, char **argv, struct review_ask *ask)
{
	static const struct option names[] = {
		{ "base", required_argument, NULL, 'b' },
		{ "patch", required_argument, NULL, 'p' },
		{ "with", required_argument, NULL, 'w' },
		{ "config", required_argument, NULL, 'C' },
		{ "relocation", no_argument, NULL, 'r' },
		{ "each", no_argument, NULL, 'e' },
		{ "suite", required_argument, NULL, 's' },
		{ "cell", required_argument, NULL, 'c' },
		{ "samples", required_argument, NULL, 'n' },
		{ "threshold", required_argument, NULL, 't' },
		{ "no-clock", no_argument, NULL, 'k' },
		{ "count-again", no_argument, NULL, 'A' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "db", required_argument, NULL, 'd' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option, status;

	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "p:s:c:n:j:qh", names, NULL)) != -1) {
		status = option_take(option, optarg, ask);
		if (status)
			return status;
	}
	if (optind != argc)
		return usage_wrong("it takes options only: --base and --patch");
	if (!ask->base)
		return usage_wrong("name a --base, such as linux-source-7.3");
	if (!ask->patch_count == !ask->with)
		return usage_wrong("name either a --patch or a kernel --with which it is compared");
	if (ask->with && (ask->each || ask->config || ask->relocation))
		return usage_wrong("--each, --config and --relocation are of a series");
	return 0;
}

int cmd_review(int argc, char **argv)
{
	struct review_ask *ask = calloc(1, sizeof(*ask));
	struct function_groups groups = { 0 };
	struct review review = { 0 };
	struct fault fault = { 0 };
	char database[PATH_MAX];
	int err, status;

	if (!ask)
		return EXIT_UNDONE;
	ask->database = option_db;
	ask->clock = true;
	status = options_read(argc, argv, ask);
	if (status) {
		free(ask);
		return status > 0 ? status : reading_end("review", stdout) ? EXIT_UNDONE : 0;
	}
	err = groups_file_read(&groups, &fault);
	ask->judge.groups = &groups;
	if (!err && !ask->database) {
		err = path_of_data("results.db", database);
		ask->database = database;
	}
	if (!err)
		err = review_do(ask, &review, &fault);
	if (!err)
		err = review_write(ask, &review, command_line, stdout, &fault);
	status = err ? EXIT_UNDONE : review_status(&review);
	if (err)
		reading_failed("review", fault.text[0] ? fault.text : strerror(-err));
	review_free(&review);
	function_groups_free(&groups);
	free(ask);
	return err == -EINTR ? 130 : reading_end("review", stdout) ? EXIT_UNDONE : status;
}
