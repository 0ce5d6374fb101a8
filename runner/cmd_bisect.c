// SPDX-License-Identifier: GPL-2.0-only
/* cmd_bisect: `remapbench bisect`: the commit that changed a count; or one step for `git bisect run`. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/json.h"
#include "runner/bisect_lab.h"
#include "runner/bisect_view.h"
#include "runner/commands.h"
#include "runner/reading.h"

/* What `git bisect run` makes of an exit status; from 128 on it stops. */
enum { RUN_GOOD = 0, RUN_BAD = 1, RUN_SKIP = 125, RUN_STOP = 128 };
enum { SAMPLES_MOST = 1000, JOBS_MOST = 1024 };

static void bisect_usage(FILE *to)
{
	fputs("usage: remapbench bisect --tree T --good A --bad B -c GLOB… [--threshold X[%]]\n"
	      "                         [--config CONFIG] [--patch P…] [-n N] [-j N] [--json] [-q]\n"
	      "       remapbench bisect --step -c CELL --good-count N [--bad-count N | --threshold X[%]]\n"
	      "                         [--tree T] [--config CONFIG] [--patch P…] [-n N] [-j N] [-q]\n"
	      "\n"
	      "Finds the commit that made cells cost another number of instructions. git bisect chooses the\n"
	      "commits; each is built (as `kernel build` does: from a warm base, never twice), booted and\n"
	      "counted. The counts are exact, so that no commit is tested twice and none is taken wrongly.\n"
	      "\n"
	      "  --tree T        a git tree of the kernel's. Its checkout, branches and own bisection are left\n"
	      "                  alone: the commits are read from its objects\n"
	      "  --good, --bad   two commits, by any name; good is an ancestor of bad\n"
	      "  -c, --cell GLOB cells, as in `run -s full -c`; repeatable. Those whose counts differ at the two\n"
	      "                  ends tell\n"
	      "  --threshold X   bad is what counts more than X instructions, or X%, beyond the good end, in the\n"
	      "                  direction of the bad one. Without it: what is nearer to the bad end's count\n"
	      "                  than to the good end's, in any cell that tells\n"
	      "  --config, --patch\n"
	      "                  as for `kernel build`; the patches are applied to each commit\n"
	      "  --by insn       what it goes by, and the only thing: nothing else is exact\n"
	      "  -n, --samples N of each cell (default: 3)\n"
	      "  -j, --jobs N    of make (default: one a CPU)\n"
	      "\n"
	      "A commit that doesn't build, doesn't boot or has no count is skipped. One that was killed goes\n"
	      "on by the same command: what was built and counted is remembered.\n"
	      "\n"
	      "With --step: the commit that is checked out in the tree (default: .), for `git bisect run`: exit\n"
	      "status 0 good, 1 bad, 125 can't be tested, 128 something else is wrong. It is bad if it is nearer\n"
	      "to --bad-count than to --good-count, or more than --threshold (default: 0) above the latter.\n"
	      "\n"
	      "Exit status: 0 found; 1 it could not be done; 2 wrong usage; 3 only commits that can't be tested\n"
	      "remain.\n"
	      "\n"
	      "For example:\n"
	      "  remapbench bisect --tree ~/linux --good v6.16 --bad v6.17 \\\n"
	      "      -c 'move/size=32M/align=unaligned/fill=100/folio=4K/type=anon'\n"
	      "  git bisect run remapbench bisect --step --good-count 437800 --threshold 1% \\\n"
	      "      -c move/size=32M/align=unaligned/fill=100/folio=4K/type=anon\n",
	      to);
}

struct bisect_options {
	struct lab_ask lab;
	struct bisect_rule rule;
	const char *good, *bad;
	bool step, json, good_given, bad_given;
	uint64_t good_count, bad_count;
};

struct bisect_view {
	const struct bisect_options *options;
	struct lab lab;
};

static int usage_wrong(const char *about)
{
	fprintf(stderr, "remapbench bisect: %s; see remapbench bisect --help\n", about);
	return 2;
}

/* "12" or "1.5%" */
static int threshold_read(const char *text, struct bisect_rule *rule)
{
	char *end;

	rule->limited = true;
	rule->threshold = strtod(text, &end);
	rule->percent = *end == '%';
	end += rule->percent;
	if (end == text || *end || !isfinite(rule->threshold) || rule->threshold < 0)
		return usage_wrong("--threshold takes instructions, or percent: 12 or 0.5%");
	return 0;
}

static int number_read(const char *text, uint64_t least, uint64_t most, uint64_t *number)
{
	return number_parse(text, number) || *number < least || *number > most
		       ? usage_wrong("a number is missing, or too large")
		       : 0;
}

static int list_add(const char **list, size_t *count, size_t room, const char *item)
{
	if (*count == room)
		return usage_wrong("too many of one kind");
	list[(*count)++] = item;
	return 0;
}

static int option_take(int option, struct bisect_options *options)
{
	struct lab_ask *lab = &options->lab;
	uint64_t number;
	int status = 0;

	switch (option) {
	case 't':
		lab->tree = optarg;
		break;
	case 'g':
		options->good = optarg;
		break;
	case 'b':
		options->bad = optarg;
		break;
	case 'c':
		return list_add(lab->cells, &lab->cell_count, RUN_NAMES, optarg);
	case 'p':
		return list_add(lab->patches, &lab->patch_count, BUILD_PATCHES, optarg);
	case 'C':
		lab->config = optarg;
		break;
	case 'x':
		return threshold_read(optarg, &options->rule);
	case 'y':
		return strcmp(optarg, "insn") ? usage_wrong("--by takes insn only") : 0;
	case 'n':
		status = number_read(optarg, 1, SAMPLES_MOST, &number);
		lab->samples = status ? 0 : (uint32_t)number;
		break;
	case 'j':
		status = number_read(optarg, 1, JOBS_MOST, &number);
		lab->jobs = status ? 0 : (unsigned int)number;
		break;
	case 'G':
		options->good_given = true;
		return number_read(optarg, 0, UINT32_MAX * 1000ULL, &options->good_count);
	case 'B':
		options->bad_given = true;
		return number_read(optarg, 0, UINT32_MAX * 1000ULL, &options->bad_count);
	case 'S':
		options->step = true;
		break;
	case 'o':
		options->json = true;
		break;
	case 'q':
		lab->quiet = true;
		break;
	case 'd': /* taken everywhere; the results have no part in this */
		break;
	default:
		return usage_wrong("an unknown option, or one without its value");
	}
	return status;
}

/* What the two forms need and don't take. */
static int options_check(struct bisect_options *options)
{
	if (!options->lab.cell_count)
		return usage_wrong("which cells? -c GLOB");
	if (options->step) {
		if (options->good || options->bad || options->json)
			return usage_wrong("--step takes counts, not commits");
		if (!options->good_given)
			return usage_wrong("--step wants --good-count");
		if (options->bad_given && options->rule.limited)
			return usage_wrong(
				"--bad-count and --threshold are two rules for one thing");
		if (options->bad_given && options->bad_count == options->good_count)
			return usage_wrong("the two counts are the same");
		if (!options->lab.tree)
			options->lab.tree = ".";
		return 0;
	}
	if (options->good_given || options->bad_given)
		return usage_wrong("--good-count and --bad-count go with --step");
	if (!options->lab.tree || !options->good || !options->bad)
		return usage_wrong("--tree, --good and --bad are needed");
	return 0;
}

/* 0, 2, or -1 where only help was asked for. */
static int options_read(int argc, char **argv, struct bisect_options *options)
{
	static const struct option names[] = {
		{ "tree", required_argument, NULL, 't' },
		{ "good", required_argument, NULL, 'g' },
		{ "bad", required_argument, NULL, 'b' },
		{ "cell", required_argument, NULL, 'c' },
		{ "patch", required_argument, NULL, 'p' },
		{ "config", required_argument, NULL, 'C' },
		{ "threshold", required_argument, NULL, 'x' },
		{ "by", required_argument, NULL, 'y' },
		{ "samples", required_argument, NULL, 'n' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "good-count", required_argument, NULL, 'G' },
		{ "bad-count", required_argument, NULL, 'B' },
		{ "step", no_argument, NULL, 'S' },
		{ "json", no_argument, NULL, 'o' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		{ "db", required_argument, NULL, 'd' },
		{ 0 },
	};
	int option, status = 0;

	options->lab.samples = 3;
	optind = 0;
	opterr = 0;
	while (!status && (option = getopt_long(argc, argv, "c:n:j:qh", names, NULL)) != -1) {
		if (option == 'h') {
			bisect_usage(stdout);
			return -1;
		}
		status = option_take(option, options);
	}
	if (!status && optind < argc)
		status = usage_wrong("options only");
	return status ? status : options_check(options);
}

static int view_count(void *opaque, const struct bisect_commit *commit,
		      struct bisect_counts *counts, struct fault *why)
{
	return lab_count(&((struct bisect_view *)opaque)->lab, commit, counts, why);
}

static void view_step(void *opaque, const struct bisect_step *step)
{
	if (!((const struct bisect_view *)opaque)->options->lab.quiet)
		bisect_step_show(step);
}

static int walk_command(struct bisect_view *view, struct fault *fault)
{
	const struct bisect_options *options = view->options;
	const struct bisect_ask ask = {
		.tree = view->lab.tree,
		.good = options->good,
		.bad = options->bad,
		.work = view->lab.repository,
		.rule = options->rule,
		.lab = view_count,
		.step = view_step,
		.opaque = view,
	};
	struct bisect_found found;
	int status, err = bisect_do(&ask, &found, fault);

	if (err) {
		reading_failed("bisect", fault->text[0] ? fault->text : strerror(-err));
		return err == -EINVAL ? 2 : err == -EINTR ? 130 : 1;
	}
	if (options->json)
		status = json_write(bisect_found_json(&view->lab, &found), stdout) ? 1
			 : found.only_skipped ? BISECT_ONLY_SKIPPED
					      : 0;
	else
		status = bisect_found_print(&view->lab, &found);
	bisect_found_free(&found);
	return status;
}

/* The counts that were given, as ends of a bisection. Without a bad one whatever is dearer is bad. */
static enum bisect_verdict step_judge(const struct bisect_options *options,
				      const struct bisect_counts *counts,
				      const struct bisect_count **why)
{
	struct bisect_counts *ends = calloc(2, sizeof(*ends));
	struct bisect_rule rule = options->rule;
	enum bisect_verdict verdict;
	double bad = options->bad_given ? (double)options->bad_count : INFINITY;

	*why = NULL;
	if (!ends)
		return BISECT_SKIP;
	if (!options->bad_given)
		rule.limited = true;
	for (size_t i = 0; i < counts->count; i++) {
		struct bisect_count *end = &ends[0].items[ends[0].count++];

		snprintf(end->cell, sizeof(end->cell), "%s", counts->items[i].cell);
		ends[1].items[ends[1].count++] = *end;
		end->middle = end->least = end->most = (double)options->good_count;
		ends[1].items[i].middle = bad;
	}
	verdict = bisect_judge(&rule, &ends[0], &ends[1], counts, why);
	free(ends);
	return verdict;
}

static int step_command(struct bisect_view *view, struct fault *fault)
{
	static const char *const words[] = { "good", "bad", "skipped" };
	static const int statuses[] = { RUN_GOOD, RUN_BAD, RUN_SKIP };
	struct bisect_counts *counts = calloc(1, sizeof(*counts));
	const struct bisect_count *why = NULL;
	enum bisect_verdict verdict = BISECT_SKIP;
	struct bisect_commit commit;
	char number[32];
	int err = counts ? bisect_commit_find(view->lab.tree, "HEAD", &commit, fault) : -ENOMEM;

	if (!err)
		err = lab_count(&view->lab, &commit, counts, fault);
	if (err < 0) {
		free(counts);
		reading_failed("bisect", fault->text[0] ? fault->text : strerror(-err));
		return RUN_STOP;
	}
	if (!err)
		verdict = step_judge(view->options, counts, &why);
	printf("%.12s %s", commit.id, words[verdict]);
	if (why && !why->why[0])
		printf(": %s in %s", bisect_middle(why, number, sizeof(number)), why->cell);
	puts("");
	if (verdict == BISECT_SKIP)
		reading_failed("bisect", err   ? fault->text
					 : why ? why->why
					       : "nothing was counted");
	free(counts);
	return reading_end("bisect", stdout) ? RUN_STOP : statuses[verdict];
}

int cmd_bisect(int argc, char **argv)
{
	struct bisect_options *options = calloc(1, sizeof(*options));
	struct bisect_view *view = calloc(1, sizeof(*view));
	struct fault fault = { 0 };
	int status = 1;

	if (!options || !view) {
		reading_failed("bisect", "no memory");
		goto out;
	}
	for (int i = 1; i < argc; i++) /* whatever stands wrong before it */
		options->step = options->step || !strcmp(argv[i], "--step");
	status = options_read(argc, argv, options);
	if (status) {
		/* To `git bisect run` a 2 would be a bad commit. */
		status = status < 0 ? 0 : options->step ? RUN_STOP : status;
		goto out;
	}
	view->options = options;
	if (lab_open(&view->lab, &options->lab, &fault)) {
		reading_failed("bisect", fault.text);
		status = options->step ? RUN_STOP : 1;
	} else {
		status = options->step ? step_command(view, &fault) : walk_command(view, &fault);
	}
	lab_close(&view->lab);
out:
	free(options);
	free(view);
	return status;
}
