// SPDX-License-Identifier: GPL-2.0-only
/* stress: random operations around mremap on a kernel, until something is wrong or the time is over. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/text.h"
#include "runner/commands.h"
#include "runner/progress.h"
#include "runner/stress.h"

static const char stress_help[] =
	"usage: remapbench stress [-k KERNEL] [OPTION...]\n"
	"\n"
	"Does random operations around mremap (maps, writes, protects, advises, locks, forks, pins,\n"
	"swaps, splits, merges and moves memory, with every flag) beside a model that knows what each\n"
	"page must hold, and watches the kernel's console. It ends with status 1 at the first page that\n"
	"is not as it should be, the first answer that can't be, and the first thing that the kernel\n"
	"reports of itself (WARN, oops, lockdep, KASAN, a hang); console, report and the command that\n"
	"repeats it are then kept in the data directory, under stress/.\n"
	"\n"
	"  -k, --kernel KERNEL   one of `kernel list`, in an emulated guest of its own; or host (the\n"
	"                        running one, whose settings are left alone; default)\n"
	"      --seed N          what is done is made of it and of nothing else (default: a new one)\n"
	"      --minutes M       how long (default: 1, where --operations isn't there)\n"
	"      --operations N    how many\n"
	"      --cpus N          the guest's, 1 to 4 (default: 1)\n"
	"      --threads N       so many threads touch, reclaim, migrate and fork while memory moves, and\n"
	"                        children work at the same time (default: 0 with one CPU, else 3)\n"
	"      --append WORDS    to the kernel's command line ('mremap_relocate=always')\n"
	"      --without NAME    an operation that is left out; repeatable: move, map, write, unmap,\n"
	"                        protect, advise, lock, fork, child, pin, watch, disturb\n"
	"      --from N          from operation N on, all is checked after each one\n"
	"      --time-limit S    nothing heard for S seconds is a hang (default: 600)\n"
	"      --json            the outcome as JSON on stdout\n"
	"  -q, --quiet           no progress\n"
	"\n"
	"Without threads the same seed does the same operations in the same order, and what the kernel\n"
	"does by itself (reclaim, KSM) is all that may differ. With threads it does the same operations,\n"
	"but not at the same moments.\n"
	"\n"
	"  remapbench stress -k 6.12 --minutes 5\n"
	"  remapbench stress -k 7.3-relocate --cpus 2 --minutes 60 --append mremap_relocate=always\n"
	"  remapbench stress -k 7.3-relocate --seed 77 --operations 12000 --from 11900\n";

enum {
	OPTION_SEED = 256,
	OPTION_MINUTES,
	OPTION_OPERATIONS,
	OPTION_CPUS,
	OPTION_THREADS,
	OPTION_APPEND,
	OPTION_WITHOUT,
	OPTION_FROM,
	OPTION_TIME,
	OPTION_JSON,
	OPTION_HELP
};
enum { WITHOUT_MOST = 16, APPEND_MOST = 512 };

static const struct option stress_options[] = {
	{ "kernel", required_argument, NULL, 'k' },
	{ "seed", required_argument, NULL, OPTION_SEED },
	{ "minutes", required_argument, NULL, OPTION_MINUTES },
	{ "operations", required_argument, NULL, OPTION_OPERATIONS },
	{ "cpus", required_argument, NULL, OPTION_CPUS },
	{ "threads", required_argument, NULL, OPTION_THREADS },
	{ "append", required_argument, NULL, OPTION_APPEND },
	{ "without", required_argument, NULL, OPTION_WITHOUT },
	{ "from", required_argument, NULL, OPTION_FROM },
	{ "time-limit", required_argument, NULL, OPTION_TIME },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, OPTION_HELP },
	{ NULL, 0, NULL, 0 },
};

struct stress_options {
	const char *kernel;
	struct stress_request request;
	const char *without[WITHOUT_MOST];
	bool seeded, threads_given, json;
};

static int option_number(const char *option, const char *text, uint64_t least, uint64_t most,
			 uint64_t *out)
{
	if (number_parse(text, out) == 0 && *out >= least && *out <= most)
		return 0;
	fprintf(stderr,
		"remapbench stress: %s takes a number from %" PRIu64 " to %" PRIu64 ", not '%s'\n",
		option, least, most, text);
	return -1;
}

/* What a kernel's command line and a report can hold. */
static int append_check(const char *words)
{
	size_t len = strlen(words);

	for (size_t i = 0; i < len; i++)
		if (words[i] < ' ' || words[i] > '~')
			len = APPEND_MOST;
	if (len < APPEND_MOST)
		return 0;
	fprintf(stderr, "remapbench stress: --append takes at most %d printable characters\n",
		APPEND_MOST - 1);
	return -1;
}

static int without_add(struct stress_options *options, const char *name)
{
	static const char *const known[] = {
		"move", "map",	"write", "unmap", "protect", "advise",
		"lock", "fork", "child", "pin",	  "watch",   "disturb"
	};
	struct ask_stress *ask = &options->request.ask;

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(known[i], name) == 0 && ask->without_count < WITHOUT_MOST) {
			options->without[ask->without_count++] = name;
			return 0;
		}
	fprintf(stderr, "remapbench stress: --without takes an operation, not '%s'; see --help\n",
		name);
	return -1;
}

static int option_take(struct stress_options *options, int option)
{
	struct ask_stress *ask = &options->request.ask;
	uint64_t number = 0;
	int bad = 0;

	switch (option) {
	case 'k':
		options->kernel = optarg;
		break;
	case OPTION_SEED:
		options->seeded = true;
		return option_number("--seed", optarg, 0, UINT64_MAX, &ask->seed);
	case OPTION_MINUTES:
		bad = option_number("--minutes", optarg, 1, 10000, &number);
		ask->seconds = (uint32_t)(number * 60);
		break;
	case OPTION_OPERATIONS:
		return option_number("--operations", optarg, 1, UINT64_MAX, &ask->operations);
	case OPTION_CPUS:
		bad = option_number("--cpus", optarg, 1, 4, &number);
		options->request.cpus = (unsigned int)number;
		break;
	case OPTION_THREADS:
		options->threads_given = true;
		bad = option_number("--threads", optarg, 0, 8, &number);
		ask->threads = (uint32_t)number;
		break;
	case OPTION_APPEND:
		options->request.append = optarg;
		return append_check(optarg);
	case OPTION_WITHOUT:
		return without_add(options, optarg);
	case OPTION_FROM:
		return option_number("--from", optarg, 1, UINT64_MAX, &ask->from);
	case OPTION_TIME:
		bad = option_number("--time-limit", optarg, 10, 86400, &number);
		options->request.silence = (double)number;
		break;
	case OPTION_JSON:
		options->json = true;
		break;
	case 'q':
		options->request.quiet = true;
		break;
	default:
		bad = -1;
	}
	return bad;
}

/* 0, or the exit status + 1. */
static int stress_parse(int argc, char **argv, struct stress_options *options)
{
	struct ask_stress *ask = &options->request.ask;
	int option, bad = 0;

	optind = 1;
	while (!bad && (option = getopt_long(argc, argv, "k:qh", stress_options, NULL)) != -1) {
		if (option == 'h' || option == OPTION_HELP) {
			fputs(stress_help, stdout);
			return 1;
		}
		bad = option_take(options, option);
	}
	if (!bad && optind < argc) {
		fprintf(stderr, "remapbench stress: '%s' is one word too many\n", argv[optind]);
		bad = -1;
	}
	if (bad) {
		fprintf(stderr, "see remapbench stress --help\n");
		return 3;
	}
	ask->without = options->without;
	if (!ask->seconds && !ask->operations)
		ask->seconds = 60;
	if (!options->threads_given && options->request.cpus > 1)
		ask->threads = 3;
	/* Half of the range: a seed that is easier to type. */
	if (!options->seeded && getrandom(&ask->seed, sizeof(ask->seed), 0) == sizeof(ask->seed))
		ask->seed >>= 32;
	return 0;
}

/* Single quotes for words that a shell would take apart. */
static void word_add(struct text *line, const char *word)
{
	text_add(line, "'");
	for (; *word; word++)
		text_add(line, *word == '\'' ? "'\\''" : (char[]){ *word, '\0' });
	text_add(line, "'");
}

/* The command that does the same again; the seed and the number of operations are what counts. */
static void command_write(const struct stress_options *options, const char *kernel,
			  struct text *line)
{
	const struct stress_request *request = &options->request;
	const struct ask_stress *ask = &request->ask;

	text_addf(line, "remapbench stress -k %s --seed %" PRIu64, kernel, ask->seed);
	if (request->cpus)
		text_addf(line, " --cpus %u", request->cpus);
	if (ask->threads || options->threads_given)
		text_addf(line, " --threads %" PRIu32, ask->threads);
	for (size_t i = 0; i < ask->without_count; i++)
		text_addf(line, " --without %s", ask->without[i]);
	if (request->append) {
		text_add(line, " --append ");
		word_add(line, request->append);
	}
	if (ask->operations)
		text_addf(line, " --operations %" PRIu64, ask->operations);
	if (ask->seconds)
		text_addf(line, " --minutes %" PRIu32, ask->seconds / 60);
}

static void tell_json(const struct stress_request *request, const struct stress_result *result)
{
	json_t *counts = json_object(), *splats = json_array(), *troubles = json_array(), *whole;

	for (size_t i = 0; i < result->report.count_count; i++)
		json_object_set_new(counts, result->report.counts[i].name,
				    json_integer((json_int_t)result->report.counts[i].value));
	for (size_t i = 0; i < result->console.count; i++)
		json_array_append_new(splats,
				      json_pack("{s:s, s:s, s:i}", "kind",
						splat_kind_name(result->console.splats[i].kind),
						"headline", result->console.splats[i].headline,
						"count", (int)result->console.splats[i].count));
	for (size_t i = 0; i < result->report.trouble_count; i++)
		json_array_append_new(troubles, json_string(result->report.troubles[i]));
	whole = json_pack("{s:s, s:I, s:b, s:s, s:f, s:I, s:o, s:o, s:o, s:s, s:s}", "kernel",
			  request->kernel ? request->kernel->name : "host", "seed",
			  (json_int_t)request->ask.seed, "ok", result->ok, "reason", result->reason,
			  "seconds", result->seconds, "operations", (json_int_t)result->report.done,
			  "counts", counts, "splats", splats, "troubles", troubles, "kept",
			  result->kept, "command", request->command);
	if (whole)
		json_dumpf(whole, stdout, JSON_INDENT(2));
	puts("");
	json_decref(whole);
}

static void tell_words(const struct stress_request *request, struct stress_result *result)
{
	char took[32];

	printf("%s: %s: seed %" PRIu64 ", %" PRIu64 " operations in %s\n",
	       request->kernel ? request->kernel->name : "host", result->ok ? "ok" : "FAILED",
	       request->ask.seed, result->report.done,
	       duration_format(result->seconds, took, sizeof(took)));
	for (size_t i = 1; i < result->report.count_count; i++)
		printf("  %-16s %" PRIu64 "\n", result->report.counts[i].name,
		       result->report.counts[i].value);
}

static void tell_failure(const struct stress_request *request, struct stress_result *result)
{
	if (result->tail.len)
		fprintf(stderr, "the console's end:\n%s\n", text_get(&result->tail));
	for (size_t i = 0; i < result->report.trouble_count; i++)
		fprintf(stderr, "%s\n", result->report.troubles[i]);
	fprintf(stderr, "remapbench stress: %s\n", result->reason);
	if (result->kept[0])
		fprintf(stderr, "kept in %s\n", result->kept);
	fprintf(stderr, "again: %s\n", request->command);
}

/* The printable part of what came from a guest: its console goes to a terminal. */
static void tail_plain(struct text *tail)
{
	for (size_t i = 0; i < tail->len; i++)
		if ((tail->data[i] < ' ' || tail->data[i] > '~') && tail->data[i] != '\n' &&
		    tail->data[i] != '\t')
			tail->data[i] = tail->data[i] == '\r' ? ' ' : '?';
}

int cmd_stress(int argc, char **argv)
{
	static struct stress_result result;
	struct stress_options options = { 0 };
	struct text command = { 0 };
	struct kernel kernel;
	struct fault fault = { 0 };
	int parsed = stress_parse(argc, argv, &options), err = 0, status = 1;

	if (parsed)
		return parsed - 1;
	if (options.kernel && strcmp(options.kernel, "host") != 0) {
		err = kernel_get(options.kernel, &kernel, &fault);
		options.request.kernel = &kernel;
	} else if (options.request.cpus || options.request.append) {
		fprintf(stderr, "remapbench stress: --cpus and --append are a guest's\n");
		return 2;
	}
	command_write(&options, options.request.kernel ? options.kernel : "host", &command);
	options.request.command = text_get(&command);
	if (!err)
		err = stress_do(&options.request, &result, &fault);
	if (err) {
		fprintf(stderr, "remapbench stress: %s\n", fault.text);
		goto out;
	}
	tail_plain(&result.tail);
	if (options.json)
		tell_json(&options.request, &result);
	else
		tell_words(&options.request, &result);
	if (!result.ok)
		tell_failure(&options.request, &result);
	status = !result.ok;
out:
	stress_result_free(&result);
	text_free(&command);
	return status;
}
