// SPDX-License-Identifier: GPL-2.0-only
/* list: what there is to name: benches, cells, suites, kernels, events, runs. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "results/json.h"
#include "results/query.h"
#include "runner/commands.h"
#include "runner/events.h"
#include "runner/kernels.h"
#include "runner/list.h"
#include "runner/paths.h"

static const char list_help[] =
	"usage: remapbench list WHAT [GLOB] [-s SUITE] [-k KERNEL] [--json] [--db FILE]\n"
	"\n"
	"WHAT is one of\n"
	"  benches   ways to call mremap, with how many cells each has\n"
	"  cells     a bench at one point of its parameters; what run -c and the suites name\n"
	"  rules     what combinations of a bench's parameters are no cells, and why\n"
	"  suites    what can be run, with how many cells each takes: configs/suites/\n"
	"  kernels   what guests can boot, and the host\n"
	"  events    what pmu can be asked for: the names that libpfm4 knows on this machine\n"
	"  runs      what was measured, newest first\n"
	"\n"
	"With cells:\n"
	"  -s, --suite SUITE    only this suite's, with the expected path and why each is there\n"
	"  -k, --kernel KERNEL  the path expected on that kernel: one of list kernels, or a version\n"
	"                       like 6.12 (default: host)\n"
	"\n"
	"  remapbench list cells 'move/size=1G/*'\n"
	"  remapbench list cells -s core -k 6.12\n"
	"  remapbench list runs --json\n";

int row_add(json_t *rows, const struct list_options *options, const char *key, json_t *row)
{
	if (!row)
		return -ENOMEM;
	if (options->glob && !glob_match(options->glob, key)) {
		json_decref(row);
		return 0;
	}
	return json_array_append_new(rows, row) ? -ENOMEM : 0;
}

static int list_kernels(const struct list_options *options, json_t *rows, struct fault *fault)
{
	struct kernel_list kernels;
	int err = kernels_load(&kernels, fault);

	if (err)
		return err;
	err = row_add(rows, options, "host",
		      json_pack("{s:s, s:s, s:s}", "kernel", "host", "release",
				"(the running kernel)", "origin", "host"));
	for (size_t i = 0; i < kernels.count && !err; i++)
		err = row_add(rows, options, kernels.items[i].name,
			      json_pack("{s:s, s:s, s:s}", "kernel", kernels.items[i].name,
					"release", kernels.items[i].release, "origin",
					kernels.items[i].origin));
	kernel_list_free(&kernels);
	return err;
}

struct event_visit {
	const struct list_options *options;
	json_t *rows;
};

static int event_row(const char *pmu, const char *event, const char *about, void *context)
{
	const struct event_visit *visit = context;

	return row_add(visit->rows, visit->options, event,
		       json_pack("{s:s, s:s, s:s}", "event", event, "pmu", pmu, "about",
				 about ? about : ""));
}

static int list_events(const struct list_options *options, json_t *rows, struct fault *fault)
{
	struct event_visit visit = { options, rows };
	int err = event_list(event_row, &visit);

	return err ? fault_set(fault, err, "libpfm4: %s", strerror(-err)) : 0;
}

static int list_runs(const struct list_options *options, json_t *rows, struct fault *fault)
{
	struct run_filter filter = { 0 };
	struct run_list runs = { 0 };
	struct store *store = NULL;
	char database[PATH_MAX];
	const char *path = options->database;
	int err = 0;

	if (!path) {
		err = path_of_data("results.db", database);
		path = database;
	}
	if (!err)
		err = store_open(path, STORE_READ, &store, fault);
	/* A first run that was killed as it made the file leaves an empty one: no runs, no error. */
	if (err == -ENOENT && access(path, F_OK) == 0) {
		fprintf(stderr, "%s\n", fault->text);
		return 0;
	}
	if (!err)
		err = query_runs(store, &filter, &runs, fault);
	for (size_t i = 0; i < runs.count && !err; i++) {
		const struct run_info *run = &runs.items[i];
		char mark[400];

		err = row_add(rows, options, run->kernel_name,
			      json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:o}", "run",
					(json_int_t)run->id, "started", run->started, "kernel",
					run->kernel_name, "instrument", run->instrument, "suite",
					run->suite, "status", run->status, "trials_ok",
					(json_int_t)run->trials_ok, "trials_failed",
					(json_int_t)run->trials_failed, "mark",
					words_json(run_mark(run, mark, sizeof(mark)))));
	}
	run_list_free(&runs);
	store_close(store);
	return err;
}

static const struct {
	const char *what;
	int (*list)(const struct list_options *options, json_t *rows, struct fault *fault);
} lists[] = {
	{ "benches", list_benches }, { "cells", list_cells },	  { "rules", list_rules },
	{ "suites", list_suites },   { "kernels", list_kernels }, { "events", list_events },
	{ "runs", list_runs },
};

/* A value as a table shows it, in out: returns its width. */
static int value_format(const json_t *value, char *out, size_t room)
{
	if (json_is_integer(value))
		return snprintf(out, room, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	return snprintf(out, room, "%s", json_string_value(value) ? json_string_value(value) : "");
}

static void table_print(json_t *rows)
{
	int widths[16] = { 0 };
	char shown[400];
	const char *key;
	json_t *row, *value;
	size_t i;

	json_array_foreach (rows, i, row) {
		size_t column = 0;

		json_object_foreach (row, key, value) {
			int width = value_format(value, shown, sizeof(shown));

			if (column < 16 && width > widths[column])
				widths[column] = width;
			column++;
		}
	}
	json_array_foreach (rows, i, row) {
		size_t column = 0, behind = 0;

		json_object_foreach (row, key, value) {
			int length = value_format(value, shown, sizeof(shown));

			/* What is empty to the end of a row takes no room. */
			if (length)
				printf("%*s%s", (int)behind, "", shown);
			behind = (length ? 0 : behind) + 2 + (size_t)widths[column] -
				 (size_t)(length < widths[column] ? length : widths[column]);
			column++;
		}
		puts("");
	}
}

/* Keys alone, one a line, as scripts want them. */
static void keys_print(const json_t *rows)
{
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row)
		puts(json_string_value(json_object_get(row, "cell")));
}

static void rows_print(const struct list_options *options, json_t *rows)
{
	if (strcmp(options->what, "cells") != 0)
		table_print(rows);
	else if (options->suite || options->kernel)
		cells_print(rows);
	else
		keys_print(rows);
}

static int list_do(const struct list_options *options)
{
	struct fault fault = { 0 };
	json_t *rows = json_array();
	size_t which = 0;
	int err;

	while (which < sizeof(lists) / sizeof(lists[0]) &&
	       strcmp(lists[which].what, options->what) != 0)
		which++;
	if (which == sizeof(lists) / sizeof(lists[0])) {
		fprintf(stderr, "remapbench list: there is no '%s'; see remapbench list --help\n",
			options->what);
		json_decref(rows);
		return 2;
	}
	err = rows ? lists[which].list(options, rows, &fault) : -ENOMEM;
	if (err)
		fprintf(stderr, "remapbench list: %s\n",
			fault.text[0] ? fault.text : strerror(-err));
	else if (options->json)
		err = json_dumpf(rows, stdout, JSON_INDENT(1)) || puts("") < 0 ? -EIO : 0;
	else
		rows_print(options, rows);
	json_decref(rows);
	return err ? 1 : 0;
}

int cmd_list(int argc, char **argv)
{
	static const struct option table[] = { { "json", no_argument, NULL, 'J' },
					       { "suite", required_argument, NULL, 's' },
					       { "kernel", required_argument, NULL, 'k' },
					       { "db", required_argument, NULL, 'D' },
					       { "help", no_argument, NULL, 'h' },
					       { NULL, 0, NULL, 0 } };
	struct list_options options = { .database = option_db };
	int option;

	optind = 1;
	while ((option = getopt_long(argc, argv, "hs:k:", table, NULL)) != -1) {
		switch (option) {
		case 'J':
			options.json = true;
			break;
		case 's':
			options.suite = optarg;
			break;
		case 'k':
			options.kernel = optarg;
			break;
		case 'D':
			options.database = optarg;
			break;
		case 'h':
			fputs(list_help, stdout);
			return 0;
		default:
			fprintf(stderr, "see remapbench list --help\n");
			return 2;
		}
	}
	if (optind == argc || argc - optind > 2) {
		fputs(list_help, stderr);
		return 2;
	}
	options.what = argv[optind];
	options.glob = argv[optind + 1]; /* NULL at the end */
	if ((options.suite || options.kernel) && strcmp(options.what, "cells") != 0) {
		fprintf(stderr, "remapbench list: --suite and --kernel go with cells\n");
		return 2;
	}
	return list_do(&options);
}
