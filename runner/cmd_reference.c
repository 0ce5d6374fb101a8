// SPDX-License-Identifier: GPL-2.0-only
/* cmd_reference: `remapbench reference`: the dataset that comes with the project, written, read, listed. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/files.h"
#include "results/json.h"
#include "results/reference.h"
#include "runner/commands.h"
#include "runner/paths.h"
#include "runner/reading.h"
#include "runner/reference_file.h"

static void reference_usage(FILE *to)
{
	fputs("usage: remapbench reference list [FILE] [--json]\n"
	      "       remapbench reference import [FILE] [-q] [--db FILE]\n"
	      "       remapbench reference export [-s SUITE] [-o FILE] [--db FILE]\n"
	      "\n"
	      "A reference dataset: what a suite's cells counted on many kernels, with all that made the\n"
	      "counts what they are, as text (docs/reference.md). The project's own, results/reference/core.ref,\n"
	      "is what is meant where no FILE is named: the suite core on Debian's stock builds.\n"
	      "\n"
	      "  list    its kernels, and what measured them\n"
	      "  import  into the results, as runs of the day on which they were measured, marked as reference:\n"
	      "          `last` means one of your own runs wherever there is one. What is there already is not\n"
	      "          added again; a file that is not valid adds nothing.\n"
	      "  export  the newest complete counted run of each kernel, of those that were measured by the same\n"
	      "          plan, program and guest as the newest of all; says what it leaves out. Imported runs\n"
	      "          don't count. -s SUITE (default: core), -o FILE (default: standard output).\n"
	      "\n"
	      "`remapbench verify` measures any of it again.\n"
	      "\n"
	      "For example:\n"
	      "  remapbench reference import && remapbench site\n"
	      "  remapbench kernel fetch --all --since 6.1\n"
	      "  remapbench run -s core -i insn -k 'debian-*'\n"
	      "  remapbench reference export -o mine.ref\n",
	      to);
}

struct reference_options {
	const char *suite, *output, *db;
	bool json, quiet;
};

static int usage_wrong(const char *about)
{
	fprintf(stderr, "remapbench reference: %s; see remapbench reference --help\n", about);
	return 2;
}

/* 0, 2, or -1 where only help was asked for. allowed: the letters of the subcommand's own options. */
static int options_read(int argc, char **argv, const char *allowed,
			struct reference_options *options)
{
	static const struct option names[] = {
		{ "suite", required_argument, NULL, 's' },
		{ "output", required_argument, NULL, 'o' },
		{ "db", required_argument, NULL, 'd' },
		{ "json", no_argument, NULL, 'j' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	*options = (struct reference_options){ .suite = "core" };
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "s:o:qh", names, NULL)) != -1) {
		if (option == 'h') {
			reference_usage(stdout);
			return -1;
		}
		if (option == '?' || (option != 'd' && !strchr(allowed, option)))
			return usage_wrong(
				"an option that it doesn't have, or one without its value");
		switch (option) {
		case 's':
			options->suite = optarg;
			break;
		case 'o':
			options->output = optarg;
			break;
		case 'd':
			options->db = optarg;
			break;
		case 'j':
			options->json = true;
			break;
		default:
			options->quiet = true;
		}
	}
	return 0;
}

static int list_print(const struct reference *reference)
{
	int label = 7;

	printf("suite       %s (%.12s), %zu cells, %" PRIu32 " samples, %" PRIu32 " warm-ups\n",
	       reference->suite, reference->suite_sha256, reference->cell_count, reference->samples,
	       reference->warmup);
	printf("machine     %s\n", reference->machine);
	for (size_t i = 0; i < reference->notes.count; i++)
		if (strncmp(reference->notes.items[i].key, "agent.", 6) != 0)
			printf("%-17s  %s\n", reference->notes.items[i].key,
			       reference->notes.items[i].value);
	printf("measured by %s\n\n", reference->command);
	for (size_t i = 0; i < reference->kernel_count; i++) {
		int len = (int)strlen(reference->kernels[i].label);

		label = len > label ? len : label;
	}
	printf("%-*s  %-12s  %-10s  origin\n", label, "version", "image", "measured");
	for (size_t i = 0; i < reference->kernel_count; i++) {
		const struct reference_kernel *kernel = &reference->kernels[i];
		time_t seconds = (time_t)(kernel->started_us / 1000000);
		struct tm parts;
		char day[32];

		gmtime_r(&seconds, &parts);
		strftime(day, sizeof(day), "%Y-%m-%d", &parts);
		printf("%-*s  %.12s  %s  %s\n", label, kernel->label, kernel->sha256, day,
		       kernel->origin);
	}
	return reading_end("reference", stdout);
}

static json_t *list_json(const struct reference *reference)
{
	json_t *kernels = json_array(), *notes = json_object();

	for (size_t i = 0; i < reference->notes.count; i++)
		json_object_set_new(notes, reference->notes.items[i].key,
				    words_json(reference->notes.items[i].value));
	for (size_t i = 0; i < reference->kernel_count; i++) {
		const struct reference_kernel *kernel = &reference->kernels[i];

		json_array_append_new(
			kernels,
			json_pack("{s:o, s:o, s:o, s:o, s:o, s:I}", "label",
				  words_json(kernel->label), "sha256", words_json(kernel->sha256),
				  "name", words_json(kernel->name), "release",
				  words_json(kernel->release), "origin", words_json(kernel->origin),
				  "started", (json_int_t)(kernel->started_us / 1000000)));
	}
	return json_pack("{s:o, s:o, s:o, s:I, s:I, s:I, s:o, s:o}", "suite",
			 words_json(reference->suite), "suite_sha256",
			 words_json(reference->suite_sha256), "command",
			 words_json(reference->command), "cells", (json_int_t)reference->cell_count,
			 "samples", (json_int_t)reference->samples, "warmup",
			 (json_int_t)reference->warmup, "provenance", notes, "kernels", kernels);
}

static int list_command(int argc, char **argv)
{
	struct reference_options options;
	struct reference reference;
	struct fault fault = { 0 };
	int status = options_read(argc, argv, "j", &options);

	if (status)
		return status < 0 ? 0 : status;
	if (optind < argc - 1)
		return usage_wrong("list takes one file at most");
	if (reference_file_read(optind < argc ? argv[optind] : NULL, &reference, NULL, &fault))
		return reading_failed("reference", fault.text);
	if (options.json)
		status = json_write(list_json(&reference), stdout) ? 1 : 0;
	else
		status = list_print(&reference);
	reference_free(&reference);
	return status;
}

static int import_into(const char *database, const struct reference *reference, const char *sha256,
		       bool quiet)
{
	struct fault fault = { 0 };
	struct store *store = NULL;
	size_t added = 0;
	int err = store_open(database, STORE_WRITE, &store, &fault);

	if (!err)
		err = reference_save(store, reference, sha256, &added, &fault);
	store_close(store);
	if (err)
		return reading_failed("reference", fault.text);
	if (!quiet)
		fprintf(stderr, "reference: %zu of %zu kernels' runs added%s\n", added,
			reference->kernel_count,
			added < reference->kernel_count ? ", the others were there" : "");
	return 0;
}

static int import_command(int argc, char **argv)
{
	struct reference_options options;
	struct reference reference;
	struct fault fault = { 0 };
	char sha256[SHA256_HEX], database[PATH_MAX];
	int status = options_read(argc, argv, "q", &options), err = 0;

	if (status)
		return status < 0 ? 0 : status;
	if (optind < argc - 1)
		return usage_wrong("import takes one file at most");
	if (!options.db)
		options.db = option_db;
	if (!options.db) {
		err = path_of_data("results.db", database);
		options.db = database;
	}
	if (err)
		return reading_failed("reference", "the results' place can't be made");
	if (reference_file_read(optind < argc ? argv[optind] : NULL, &reference, sha256, &fault))
		return reading_failed("reference", fault.text);
	status = import_into(options.db, &reference, sha256, options.quiet);
	reference_free(&reference);
	return status;
}

static int export_write(const struct reference *reference, const char *output)
{
	struct text bytes = { 0 };
	struct fault fault = { 0 };
	int err = 0;

	reference_write(reference, &bytes);
	if (bytes.failed)
		err = fault_set(&fault, -ENOMEM, "no memory");
	else if (bytes.len > REFERENCE_BYTES)
		err = fault_set(&fault, -EFBIG, "larger than %d MiB", REFERENCE_BYTES >> 20);
	else if (output && (err = file_write(output, bytes.data, bytes.len)))
		fault_set(&fault, err, "%s: %s", output, strerror(-err));
	else if (!output)
		fwrite(bytes.data, 1, bytes.len, stdout);
	text_free(&bytes);
	if (err)
		return reading_failed("reference", fault.text);
	return output ? 0 : reading_end("reference", stdout);
}

static int export_command(int argc, char **argv)
{
	struct reference_options options;
	struct reference reference;
	struct text skipped = { 0 };
	struct fault fault = { 0 };
	struct store *store;
	int status = options_read(argc, argv, "so", &options), err;

	if (status)
		return status < 0 ? 0 : status;
	if (optind < argc)
		return usage_wrong("export takes no argument but its options");
	store = reading_open("reference", options.db);
	if (!store)
		return 1;
	err = reference_load(store, options.suite, &reference, &skipped, &fault);
	store_close(store);
	if (skipped.len)
		fprintf(stderr, "reference: left out:\n%s", text_get(&skipped));
	text_free(&skipped);
	if (err)
		return reading_failed("reference", fault.text);
	status = export_write(&reference, options.output);
	if (!status)
		fprintf(stderr, "reference: %zu kernels, %zu cells\n", reference.kernel_count,
			reference.cell_count);
	reference_free(&reference);
	return status;
}

int cmd_reference(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*call)(int argc, char **argv);
	} subcommands[] = {
		{ "list", list_command },
		{ "import", import_command },
		{ "export", export_command },
	};

	if (argc < 2) {
		reference_usage(stderr);
		return 2;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
		reference_usage(stdout);
		return 0;
	}
	for (size_t i = 0; i < sizeof(subcommands) / sizeof(subcommands[0]); i++)
		if (!strcmp(subcommands[i].name, argv[1]))
			return subcommands[i].call(argc - 1, argv + 1);
	return usage_wrong("the subcommands are list, import and export");
}
