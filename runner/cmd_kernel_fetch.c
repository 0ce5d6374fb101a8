// SPDX-License-Identifier: GPL-2.0-only
/* cmd_kernel_fetch: `remapbench kernel fetch`: stock kernels into the cache, some or a whole history. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/process.h"
#include "runner/cmd_kernel.h"
#include "runner/kernel_fetch.h"
#include "runner/kernel_history.h"
#include "runner/kernel_spec.h"
#include "runner/progress.h"

static void fetch_usage(FILE *to)
{
	fputs("usage: remapbench kernel fetch [SUITE/]WHAT…\n"
	      "       remapbench kernel fetch --all [--since VERSION] [--until VERSION] [GLOB]\n"
	      "                               [--dry-run] [--json] [-q]\n"
	      "\n"
	      "Debian's stock kernels, from the mirror that this system's apt uses, verified by\n"
	      "Debian's signatures. The system's own packages and lists are left alone. Prints their\n"
	      "names in the cache. configs/kernels.yaml says which packages, and in which suites to look.\n"
	      "\n"
	      "  WHAT is   6.12          the newest cloud kernel whose version begins so, of the first\n"
	      "                          suite that has one\n"
	      "            6.12.107-1    that build, from wherever it is\n"
	      "            linux-image-6.12.107+deb13-amd64\n"
	      "                          that package, of whatever flavour\n"
	      "            newest        the highest version that any of the suites holds\n"
	      "            SUITE/ before it looks in that suite only, which may be any of the mirror's.\n"
	      "  --all     every build that the suites hold, each once, oldest first (7.3~rc7 comes before\n"
	      "            7.3). What is in the cache is not fetched again; one that fails keeps none of\n"
	      "            the others, and is named in the end, with exit status 1.\n"
	      "  --since   of these, that version and later ones\n"
	      "  --until   that version, what begins so (7.2 takes 7.2.13), and earlier ones\n"
	      "  GLOB      those whose version, package or SUITE/VERSION it matches\n"
	      "  -n, --dry-run\n"
	      "            says which would be fetched, and how much that is\n"
	      "  --json    the same as JSON: each build with its state, there, missing, fetched or failed\n"
	      "  -q        no progress\n"
	      "\n"
	      "For example:\n"
	      "  remapbench kernel fetch 6.1 6.12\n"
	      "  remapbench kernel fetch trixie-backports/6.17 newest\n"
	      "  remapbench kernel fetch --all --since 6.12 --dry-run\n"
	      "  remapbench kernel fetch --all --since 6.16 --until 6.19\n"
	      "  remapbench kernel fetch --all 'trixie-security/*'\n",
	      to);
}

struct fetch_options {
	bool all, dry_run, json, quiet;
	struct kernel_history_wanted wanted;
};

/* 0, 2, or -1 where only help was asked for. */
static int options_read(int argc, char **argv, struct fetch_options *options)
{
	static const struct option names[] = {
		{ "all", no_argument, NULL, 'a' },
		{ "since", required_argument, NULL, 's' },
		{ "until", required_argument, NULL, 'u' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ "json", no_argument, NULL, 'j' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		{ "db", required_argument, NULL, 'd' },
		{ 0 },
	};
	bool narrowed = false;
	int option;

	*options = (struct fetch_options){ 0 };
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "nqh", names, NULL)) != -1) {
		narrowed |= strchr("sunj", option) != NULL;
		switch (option) {
		case 'a':
			options->all = true;
			break;
		case 's':
			options->wanted.since = optarg;
			break;
		case 'u':
			options->wanted.until = optarg;
			break;
		case 'n':
			options->dry_run = true;
			break;
		case 'j':
			options->json = true;
			break;
		case 'q':
			options->quiet = true;
			break;
		case 'd': /* taken everywhere; the cache is no part of the database */
			break;
		case 'h':
			fetch_usage(stdout);
			return -1;
		default:
			return kernel_usage_wrong("an unknown option, or one without its value");
		}
	}
	if (narrowed && !options->all)
		return kernel_usage_wrong("--since, --until, --dry-run and --json go with --all");
	return 0;
}

static int some_fetch(const char *const specs[], size_t count)
{
	struct fault fault = { 0 };
	struct kernel_spec spec;
	char(*names)[KERNEL_NAME];
	int err;

	for (size_t i = 0; i < count; i++)
		if (kernel_spec_parse(specs[i], &spec, &fault))
			return kernel_usage_wrong(fault.text);
	names = calloc(count + 1, sizeof(*names));
	if (!names)
		err = fault_set(&fault, -ENOMEM, "no memory");
	else
		err = kernel_fetch(specs, count, names, &fault);
	for (size_t i = 0; names && i < count; i++)
		if (names[i][0])
			puts(names[i]);
	free(names);
	return err ? kernel_failed(&fault) : 0;
}

struct fetch_view {
	const struct fetch_options *options;
	struct progress progress;
	size_t over; /* builds that were missing and are done with */
};

static double megabytes(uint64_t bytes)
{
	return (double)bytes / 1e6;
}

static void view_planned(void *opaque, const struct kernel_history *history)
{
	struct fetch_view *view = opaque;

	if (!view->options->quiet)
		fprintf(stderr,
			"kernel fetch: %zu of %zu builds are there, %zu to fetch (%.1f MB)\n",
			history->builds.count - history->missing, history->builds.count,
			history->missing, megabytes(history->bytes));
	progress_start(&view->progress, (double)history->bytes, view->options->quiet);
}

static void view_step(void *opaque, const struct kernel_history *history, size_t which,
		      uint64_t done)
{
	struct fetch_view *view = opaque;
	const struct kernel_available *build = &history->builds.items[which];
	char what[256];

	if (history->states[which] == HISTORY_MISSING) {
		snprintf(what, sizeof(what), "%zu of %zu  %.1f of %.1f MB  %s", view->over + 1,
			 history->missing, megabytes(done), megabytes(history->bytes), build->name);
		progress_show(&view->progress, (double)done, what);
		return;
	}
	view->over++;
	if (view->options->quiet)
		return;
	progress_pause(&view->progress);
	fprintf(stderr, "kernel fetch: %zu of %zu, %.1f of %.1f MB: %s %s %s\n", view->over,
		history->missing, megabytes(done), megabytes(history->bytes), build->name,
		history->states[which] == HISTORY_FETCHED ? "from" : "FAILED from", build->suite);
}

static json_t *history_json(const struct kernel_history *history)
{
	static const char *const states[] = { "there", "missing", "fetched", "failed" };
	json_t *array = json_array();

	for (size_t i = 0; array && i < history->builds.count; i++) {
		const struct kernel_available *build = &history->builds.items[i];
		json_t *item = json_pack("{s:s, s:s, s:s, s:s, s:I, s:s}", "name", build->name,
					 "version", build->version, "suite", build->suite,
					 "package", build->package, "download_bytes",
					 (json_int_t)build->bytes, "state",
					 states[history->states[i]]);

		if (item && history->states[i] == HISTORY_FAILED)
			json_object_set_new(item, "reason", json_string(history->faults[i].text));
		if (json_array_append_new(array, item)) {
			json_decref(array);
			array = NULL;
		}
	}
	return array;
}

/* Of a plan what is missing, else what is there now: names, as for a `-k` each. */
static void history_print(const struct kernel_history *history, bool plan)
{
	for (size_t i = 0; i < history->builds.count; i++) {
		const struct kernel_available *build = &history->builds.items[i];

		if (plan && history->states[i] == HISTORY_MISSING)
			printf("%-38s  %5.1f MB  %s\n", build->name, megabytes(build->bytes),
			       build->suite);
		else if (!plan && build->cached)
			puts(build->name);
	}
}

static void history_sum_up(const struct fetch_view *view, const struct kernel_history *history)
{
	char spent[32];

	if (!view->options->quiet && history->missing && !view->options->dry_run)
		fprintf(stderr, "kernel fetch: %zu fetched in %s\n",
			history->missing - history->failed,
			duration_format(seconds_now() - view->progress.started, spent,
					sizeof(spent)));
	if (!history->builds.count)
		fputs("remapbench kernel: the suites hold no such kernel\n", stderr);
	if (history->passed_over && !view->options->quiet)
		fprintf(stderr, "kernel fetch: %zu suite%s could not be had (see above)\n",
			history->passed_over, history->passed_over == 1 ? "" : "s");
	if (history->failed)
		fprintf(stderr, "remapbench kernel: %zu of %zu failed:\n", history->failed,
			history->missing);
	for (size_t i = 0; i < history->builds.count; i++)
		if (history->states[i] == HISTORY_FAILED)
			fprintf(stderr, "  %s: %s: %s\n", history->builds.items[i].name,
				history->builds.items[i].suite, history->faults[i].text);
}

static int all_fetch(const struct fetch_options *options)
{
	struct fetch_view view = { .options = options };
	struct kernel_history history;
	struct kernel_history_listener listener = {
		.planned = view_planned,
		.step = view_step,
		.opaque = &view,
		.quiet = options->quiet,
	};
	struct fault fault = { 0 };
	int status = 0;

	if (kernel_history_fetch(&options->wanted, options->dry_run, &listener, &history, &fault))
		return kernel_failed(&fault);
	progress_pause(&view.progress);
	if (options->json)
		status = kernel_json_print(history_json(&history));
	else
		history_print(&history, options->dry_run);
	history_sum_up(&view, &history);
	if (history.failed || !history.builds.count)
		status = 1;
	kernel_history_free(&history);
	return status;
}

static bool version_like(const char *version)
{
	struct kernel_spec spec;

	return !version || (!kernel_spec_parse(version, &spec, NULL) && !spec.suite[0] &&
			    spec.wanted == WANTED_VERSION);
}

int kernel_fetch_command(int argc, char **argv)
{
	struct fetch_options options;
	int status = options_read(argc, argv, &options);

	if (status)
		return status < 0 ? 0 : status;
	if (!options.all && optind >= argc)
		return kernel_usage_wrong(
			"fetch wants at least one version, such as 6.12, \"newest\", or --all");
	if (!options.all)
		return some_fetch((const char *const *)argv + optind, (size_t)(argc - optind));
	if (!version_like(options.wanted.since) || !version_like(options.wanted.until))
		return kernel_usage_wrong("--since and --until take a version, such as 6.12");
	if (optind < argc - 1)
		return kernel_usage_wrong("fetch --all takes one glob at most; quote it");
	options.wanted.glob = optind < argc ? argv[optind] : NULL;
	return all_fetch(&options);
}
