// SPDX-License-Identifier: GPL-2.0-only
/* cmd_verify: `remapbench verify`: rows of a reference dataset, measured again. */
#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "results/json.h"
#include "runner/commands.h"
#include "runner/reading.h"
#include "runner/reference_file.h"
#include "runner/verify.h"

enum { VERIFY_COULD_NOT = 3 };

static void verify_usage(FILE *to)
{
	fputs("usage: remapbench verify [-k KERNEL] [-c GLOB] [--rows N] [FILE]\n"
	      "                         [-j N] [--no-fetch] [--json] [-q]\n"
	      "\n"
	      "Measures rows of a reference dataset again, and says of each: identical, or what differs. A count\n"
	      "depends on what ran before in the same boot: the whole boot of each row is run as the dataset\n"
	      "says that it was, about a minute of a CPU each. Nothing is added to your results.\n"
	      "\n"
	      "  FILE              a dataset (docs/reference.md); default: the project's own\n"
	      "  -k, --kernel KERNEL\n"
	      "                    only of these kernels: a version, a name or an image's SHA-256, as they\n"
	      "                    begin, or a glob ('6.12.*'); repeatable\n"
	      "  -c, --cell GLOB   only cells that match; repeatable\n"
	      "      --rows N      at most N rows, spread evenly over all that match\n"
	      "  -j, --jobs N      guests side by side (default: the number of CPUs); no count depends on it\n"
	      "      --no-fetch    only kernels that are in the cache: others are skipped instead of fetched\n"
	      "      --json        the rows as JSON\n"
	      "  -q, --quiet       no progress; of the table only the rows that are not identical\n"
	      "\n"
	      "What made the counts and is not as it was (QEMU, agent, plugin) is named first. Exit status: 0 all\n"
	      "rows that could be measured are identical; 1 one differs; 2 wrong usage; 3 none could be measured,\n"
	      "or a boot failed.\n"
	      "\n"
	      "For example:\n"
	      "  remapbench verify --rows 3\n"
	      "  remapbench verify -k 6.12.107-1 -c 'move/size=32M/*'\n",
	      to);
}

struct verify_options {
	struct verify_request request;
	const char *file;
	bool json;
};

static int usage_wrong(const char *about)
{
	fprintf(stderr, "remapbench verify: %s; see remapbench verify --help\n", about);
	return 2;
}

static int name_add(const char **list, size_t *count, const char *name)
{
	if (*count == VERIFY_GLOBS)
		return usage_wrong("too many of one kind");
	list[(*count)++] = name;
	return 0;
}

static int number_read(const char *text, uint64_t most, uint64_t *number)
{
	return number_parse(text, number) || !*number || *number > most
		       ? usage_wrong("--rows and --jobs take a number from 1 on")
		       : 0;
}

static int option_take(int option, struct verify_options *options)
{
	struct verify_request *request = &options->request;
	uint64_t number;
	int status = 0;

	switch (option) {
	case 'k':
		return name_add(request->kernels, &request->kernel_count, optarg);
	case 'c':
		return name_add(request->cells, &request->cell_count, optarg);
	case 'r':
		status = number_read(optarg, 1000000, &number);
		request->rows = status ? 0 : number;
		return status;
	case 'j':
		status = number_read(optarg, 256, &number);
		request->guests = status ? 0 : (unsigned int)number;
		return status;
	case 'f':
		request->no_fetch = true;
		return 0;
	case 'o':
		options->json = true;
		return 0;
	case 'q':
		request->quiet = true;
		return 0;
	case 'd': /* taken everywhere; the results have no part in this */
		return 0;
	default:
		return usage_wrong("an unknown option, or one without its value");
	}
}

/* 0, 2, or -1 where only help was asked for. */
static int options_read(int argc, char **argv, struct verify_options *options)
{
	static const struct option names[] = {
		{ "kernel", required_argument, NULL, 'k' },
		{ "cell", required_argument, NULL, 'c' },
		{ "rows", required_argument, NULL, 'r' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "no-fetch", no_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'o' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		{ "db", required_argument, NULL, 'd' },
		{ 0 },
	};
	int option, status = 0;

	*options = (struct verify_options){ 0 };
	optind = 0;
	opterr = 0;
	while (!status && (option = getopt_long(argc, argv, "k:c:j:qh", names, NULL)) != -1) {
		if (option == 'h') {
			verify_usage(stdout);
			return -1;
		}
		status = option_take(option, options);
	}
	if (!status && optind < argc - 1)
		status = usage_wrong("one file at most");
	options->file = optind < argc ? argv[optind] : NULL;
	return status;
}

static const char *const verdict_words[] = { "identical", "DIFFERS", "skipped" };

static int result_print(const struct reference *reference, const struct verify_result *result,
			bool quiet)
{
	int label = 0, cell = 0;

	for (size_t i = 0; i < result->provenance.count; i++)
		printf("not as it was: %s  %s\n", result->provenance.items[i].key,
		       result->provenance.items[i].value);
	for (size_t i = 0; i < result->count; i++) {
		int len = (int)strlen(reference->kernels[result->rows[i].kernel].label);
		int key = (int)strlen(reference->cells[result->rows[i].cell].key);

		label = len > label ? len : label;
		cell = key > cell ? key : cell;
	}
	for (size_t i = 0; i < result->count; i++) {
		const struct verify_row *row = &result->rows[i];

		if (quiet && row->verdict == VERIFY_IDENTICAL)
			continue;
		printf("%-*s  %-*s  %-9s  %s\n", label, reference->kernels[row->kernel].label, cell,
		       reference->cells[row->cell].key, verdict_words[row->verdict],
		       row->what ? row->what : "");
	}
	printf("%zu identical, %zu differ, %zu skipped\n", result->verdicts[VERIFY_IDENTICAL],
	       result->verdicts[VERIFY_DIFFERS], result->verdicts[VERIFY_SKIPPED]);
	return reading_end("verify", stdout);
}

static json_t *result_json(const struct reference *reference, const struct verify_result *result)
{
	static const char *const words[] = { "identical", "differs", "skipped" };
	json_t *rows = json_array(), *provenance = json_object();

	for (size_t i = 0; i < result->provenance.count; i++)
		json_object_set_new(provenance, result->provenance.items[i].key,
				    words_json(result->provenance.items[i].value));
	for (size_t i = 0; i < result->count; i++) {
		const struct verify_row *row = &result->rows[i];

		json_array_append_new(rows,
				      json_pack("{s:o, s:o, s:s, s:o}", "kernel",
						words_json(reference->kernels[row->kernel].label),
						"cell", words_json(reference->cells[row->cell].key),
						"verdict", words[row->verdict], "what",
						words_json(row->what ? row->what : "")));
	}
	return json_pack("{s:I, s:I, s:I, s:o, s:o}", "identical",
			 (json_int_t)result->verdicts[VERIFY_IDENTICAL], "differ",
			 (json_int_t)result->verdicts[VERIFY_DIFFERS], "skipped",
			 (json_int_t)result->verdicts[VERIFY_SKIPPED], "not_as_it_was", provenance,
			 "rows", rows);
}

int cmd_verify(int argc, char **argv)
{
	struct verify_options options;
	struct verify_result result;
	struct reference reference;
	struct fault fault = { 0 };
	int status = options_read(argc, argv, &options), err;

	if (status)
		return status < 0 ? 0 : status;
	if (reference_file_read(options.file, &reference, NULL, &fault)) {
		reading_failed("verify", fault.text);
		return VERIFY_COULD_NOT;
	}
	err = verify_do(&reference, &options.request, &result, &fault);
	if (err) {
		reading_failed("verify", fault.text[0] ? fault.text : strerror(-err));
		status = err == -EINVAL ? 2 : VERIFY_COULD_NOT;
	} else {
		if (options.json)
			status = json_write(result_json(&reference, &result), stdout) ? 1 : 0;
		else
			status = result_print(&reference, &result, options.request.quiet);
		if (result.verdicts[VERIFY_DIFFERS])
			status = 1;
		else if (!status && (!result.verdicts[VERIFY_IDENTICAL] || result.boots_failed))
			status = VERIFY_COULD_NOT;
	}
	verify_free(&result);
	reference_free(&reference);
	return status;
}
