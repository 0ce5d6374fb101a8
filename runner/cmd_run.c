// SPDX-License-Identifier: GPL-2.0-only
/* run: measures a suite on one or more kernels with one instrument, and keeps all of it. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "runner/commands.h"
#include "runner/paths.h"
#include "runner/run_plan.h"

static const char run_help[] =
	"usage: remapbench run [OPTION…]\n"
	"\n"
	"Measures a suite on each kernel named and keeps every sample. What has ended is kept at once:\n"
	"a run that is killed loses the trial in flight and nothing else.\n"
	"\n"
	"  -s, --suite SUITE     configs/suites/SUITE.yaml, or a path to a file (default: core)\n"
	"  -k, --kernel KERNEL   host (the running one; default), or one of `kernel list`, or all that\n"
	"                        match a glob ('debian-6.12*'); repeatable. What is timed together runs\n"
	"                        side by side, in balanced order; host twice shows the noise alone\n"
	"  -i, --instrument I    clock: ns; pmu: hardware and software events;\n"
	"                        insn: instructions, exactly, in a guest (default: clock on the host,\n"
	"                        insn on others)\n"
	"  -c, --cell GLOB       only the suite's cells that match; repeatable ('move/size=1G/*')\n"
	"  -n, --samples N       instead of the suite's\n"
	"  -t, --trials N        instead of the suite's\n"
	"      --until-decided   time, of two kernels (or host twice): goes on in blocks of two trials a\n"
	"                        side, until each row is decided or -t trials a side are done (default:\n"
	"                        60); compare then says the same as if it had looked once\n"
	"      --budget TIME     … or this time is over: 90 (seconds), 20m, 2h\n"
	"  -j, --jobs N          guests side by side (default: the number of CPUs)\n"
	"      --time-limit S    a trial that reports nothing for S seconds has failed (default: 180)\n"
	"      --five-levels     guests with page tables of five levels, as newer machines have; their\n"
	"                        counts are compared with such guests' only\n"
	"      --swap-disk       guests with a disk to swap to, for cells that need one\n"
	"      --no-profile      with insn: no instructions by function (`remapbench profile`)\n"
	"      --db FILE         the results (default: in the data directory)\n"
	"      --json            the runs as JSON on stdout\n"
	"  -q, --quiet           no progress\n"
	"\n"
	"  remapbench run -k 6.1 -k 6.12 -i insn\n"
	"  remapbench run -i clock -c 'floor/*' -c 'move/size=1G/*'\n"
	"  remapbench run -i clock -k host -k host --until-decided --budget 20m\n";

enum {
	OPTION_DB = 256,
	OPTION_JSON,
	OPTION_TIME,
	OPTION_LEVELS,
	OPTION_SWAP,
	OPTION_PROFILE,
	OPTION_DECIDE,
	OPTION_BUDGET,
	OPTION_HELP
};

static const struct option run_options[] = {
	{ "suite", required_argument, NULL, 's' },
	{ "kernel", required_argument, NULL, 'k' },
	{ "instrument", required_argument, NULL, 'i' },
	{ "cell", required_argument, NULL, 'c' },
	{ "samples", required_argument, NULL, 'n' },
	{ "trials", required_argument, NULL, 't' },
	{ "jobs", required_argument, NULL, 'j' },
	{ "time-limit", required_argument, NULL, OPTION_TIME },
	{ "five-levels", no_argument, NULL, OPTION_LEVELS },
	{ "swap-disk", no_argument, NULL, OPTION_SWAP },
	{ "no-profile", no_argument, NULL, OPTION_PROFILE },
	{ "until-decided", no_argument, NULL, OPTION_DECIDE },
	{ "budget", required_argument, NULL, OPTION_BUDGET },
	{ "db", required_argument, NULL, OPTION_DB },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, OPTION_HELP },
	{ NULL, 0, NULL, 0 },
};

/* A number between the two, or a word about it and -1. */
static int option_number(const char *option, const char *text, uint64_t least, uint64_t most,
			 uint32_t *out)
{
	uint64_t number;

	if (number_parse(text, &number) || number < least || number > most) {
		fprintf(stderr,
			"remapbench run: %s takes a number from %" PRIu64 " to %" PRIu64
			", not '%s'\n",
			option, least, most, text);
		return -1;
	}
	*out = (uint32_t)number;
	return 0;
}

/* "90", "20m", "2h", in seconds. */
static int option_time(const char *option, const char *text, double *out)
{
	char *end;
	double number = strtod(text, &end);
	double unit = *end == 'h' ? 3600 : *end == 'm' ? 60 : 1;

	if (end == text || end[*end == 'h' || *end == 'm' || *end == 's'] || !(number > 0) ||
	    number > 1e6) {
		fprintf(stderr,
			"remapbench run: %s takes a time, such as 90, 20m or 2h, not '%s'\n",
			option, text);
		return -1;
	}
	*out = number * unit;
	return 0;
}

static int option_name(const char **list, size_t *count, const char *name)
{
	if (*count == RUN_NAMES) {
		fprintf(stderr, "remapbench run: at most %d of one kind\n", RUN_NAMES);
		return -1;
	}
	list[(*count)++] = name;
	return 0;
}

/* 0, or the exit status + 1. */
static int run_parse(int argc, char **argv, struct run_request *request, bool *json)
{
	uint32_t seconds;
	int option, bad = 0;

	optind = 1;
	while (!bad &&
	       (option = getopt_long(argc, argv, "s:k:i:c:n:t:j:qh", run_options, NULL)) != -1) {
		switch (option) {
		case 's':
			request->suite = optarg;
			break;
		case 'k':
			bad = option_name(request->kernels, &request->kernel_count, optarg);
			break;
		case 'i':
			request->instrument = optarg;
			break;
		case 'c':
			bad = option_name(request->globs, &request->glob_count, optarg);
			break;
		case 'n':
			bad = option_number("--samples", optarg, 1, 100000, &request->samples);
			break;
		case 't':
			bad = option_number("--trials", optarg, 1, 1000, &request->trials);
			break;
		case 'j':
			bad = option_number("--jobs", optarg, 1, 256, &request->guests);
			break;
		case OPTION_TIME:
			bad = option_number("--time-limit", optarg, 1, 86400, &seconds);
			if (!bad)
				request->silence = seconds;
			break;
		case OPTION_DECIDE:
			request->decide = true;
			break;
		case OPTION_BUDGET:
			bad = option_time("--budget", optarg, &request->budget);
			break;
		case OPTION_LEVELS:
			request->shape.five_levels = true;
			break;
		case OPTION_SWAP:
			request->shape.swap_disk = true;
			break;
		case OPTION_PROFILE:
			request->no_profile = true;
			break;
		case OPTION_DB:
			request->database = optarg;
			break;
		case OPTION_JSON:
			*json = true;
			break;
		case 'q':
			request->quiet = true;
			break;
		case 'h':
		case OPTION_HELP:
			fputs(run_help, stdout);
			return 1;
		default:
			bad = -1;
		}
	}
	if (!bad && optind < argc) {
		fprintf(stderr, "remapbench run: '%s' is one word too many\n", argv[optind]);
		bad = -1;
	}
	if (bad)
		fprintf(stderr, "see remapbench run --help\n");
	return bad ? 3 : 0;
}

static void run_tell(const struct run_outcome *outcomes, size_t count, bool json)
{
	if (json)
		printf("[");
	for (size_t i = 0; i < count; i++) {
		const struct run_outcome *run = &outcomes[i];

		if (json)
			printf("%s{\"run\": %" PRId64
			       ", \"status\": \"%s\", \"trials_ok\": %" PRIu32
			       ", \"trials_failed\": %" PRIu32 ", \"splats\": %" PRId64 "}",
			       i ? ", " : "", run->id, run->status, run->ok, run->failed,
			       run->splats);
		else
			printf("run %" PRId64 "  %s  %s: %" PRIu32 " trials kept, %" PRIu32
			       " failed\n",
			       run->id, run->label, run->status, run->ok, run->failed);
		if (run->reason[0])
			fprintf(stderr, "run %" PRId64 ": %s\n", run->id, run->reason);
		if (run->splats)
			fprintf(stderr,
				"run %" PRId64 ": marked, since its kernel reported %" PRId64
				" splat%s of itself; the first: %s (remapbench show %" PRId64 ")\n",
				run->id, run->splats, run->splats == 1 ? "" : "s", run->splat,
				run->id);
	}
	if (json)
		printf("]\n");
}

int cmd_run(int argc, char **argv)
{
	struct run_request request = { 0 };
	struct run_outcome outcomes[RUN_NAMES] = { 0 };
	char database[PATH_MAX];
	struct fault fault = { 0 };
	size_t count = 0;
	bool json = false;
	int parsed, err = 0, status = 0;

	request.database = option_db;
	parsed = run_parse(argc, argv, &request, &json);
	if (parsed)
		return parsed - 1;
	if (!request.database) {
		err = path_of_data("results.db", database);
		request.database = database;
	}
	if (err)
		fault_set(&fault, err, "the data directory: %s", strerror(-err));
	else
		err = run_request_do(&request, outcomes, &count, &fault);
	run_tell(outcomes, count, json);
	for (size_t i = 0; i < count; i++)
		status |= strcmp(outcomes[i].status, "complete") != 0;
	if (err) {
		fprintf(stderr, "remapbench run: %s\n",
			fault.text[0] ? fault.text : strerror(-err));
		status = err == -EINVAL ? 2 : 1;
	}
	return status;
}
