// SPDX-License-Identifier: GPL-2.0-only
/* cmd_claims: `remapbench claims`: what a suite claims of mremap, expected and measured on each kernel. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/json.h"
#include "results/table.h"
#include "results/words.h"
#include "runner/claims.h"
#include "runner/commands.h"
#include "runner/paths.h"
#include "runner/reading.h"
#include "runner/run_plan.h"

enum form { FORM_TEXT, FORM_MARKDOWN, FORM_JSON };

struct claims_options {
	struct run_request request;
	const char *runs[RUN_NAMES];
	size_t run_count; /* 0: measure anew */
	enum form form;
};

/* What the table is made of: verdicts row after row, a row a claim, a column a run. */
struct claims {
	struct suite suite;
	struct run_info runs[RUN_NAMES];
	size_t run_count;
	struct claim_verdict *verdicts;
};

static void claims_usage(FILE *to)
{
	fputs("usage: remapbench claims [-s SUITE] [-k KERNEL…] [-j N] [--run RUN…] [OPTION…]\n"
	      "\n"
	      "What is claimed of mremap (paths, errors, versions that changed it), what is expected of\n"
	      "each kernel, and what was measured on it. The claims stand in the suite's file; without\n"
	      "--run its cells are measured first, with insn, in guests.\n"
	      "\n"
	      "  -s, --suite SUITE    a suite with claims (default: claims)\n"
	      "  -k, --kernel KERNEL  a kernel of `remapbench kernel list`; again for more (default: 6.1\n"
	      "                       and 6.12)\n"
	      "  -j, --jobs N         guests side by side (default: as many as CPUs)\n"
	      "      --run RUN        hold this run against the claims instead of measuring; again for\n"
	      "                       more; as for remapbench show\n"
	      "      --five-levels    guests with page tables of five levels (suite claims-five-levels)\n"
	      "      --markdown       the table for a page or a mail\n"
	      "      --json           for scripts\n"
	      "  -q, --quiet          no progress\n"
	      "      --db FILE        the database\n"
	      "\n"
	      "Exit status: 0 if all claims hold on all kernels, 1 if one does not, 2 for wrong usage.\n"
	      "\n"
	      "For example:\n"
	      "  remapbench claims -k 6.1 -k 6.12 -k 6.17\n"
	      "  remapbench claims --run last:insn:6.12 --markdown\n",
	      to);
}

static int name_add(const char **list, size_t *count, const char *name)
{
	if (*count == RUN_NAMES) {
		fprintf(stderr, "remapbench claims: at most %d of one kind\n", RUN_NAMES);
		return 2;
	}
	list[(*count)++] = name;
	return 0;
}

static int jobs_read(const char *words, uint32_t *jobs)
{
	uint64_t number;

	if (number_parse(words, &number) || number < 1 || number > 256) {
		fprintf(stderr, "remapbench claims: --jobs takes a number from 1 to 256\n");
		return 2;
	}
	*jobs = (uint32_t)number;
	return 0;
}

/* 0; 2 for wrong usage; -1 where help was asked for and given. */
static int options_read(int argc, char **argv, struct claims_options *options)
{
	static const struct option names[] = {
		{ "suite", required_argument, NULL, 's' },
		{ "kernel", required_argument, NULL, 'k' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "run", required_argument, NULL, 'r' },
		{ "five-levels", no_argument, NULL, '5' },
		{ "markdown", no_argument, NULL, 'm' },
		{ "json", no_argument, NULL, 'J' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "db", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct run_request *request = &options->request;
	int option, bad = 0;

	optind = 0;
	while (!bad && (option = getopt_long(argc, argv, "s:k:j:qh", names, NULL)) != -1) {
		switch (option) {
		case 's':
			request->suite = optarg;
			break;
		case 'k':
			bad = name_add(request->kernels, &request->kernel_count, optarg);
			break;
		case 'j':
			bad = jobs_read(optarg, &request->guests);
			break;
		case 'r':
			bad = name_add(options->runs, &options->run_count, optarg);
			break;
		case '5':
			request->shape.five_levels = true;
			break;
		case 'm':
			options->form = FORM_MARKDOWN;
			break;
		case 'J':
			options->form = FORM_JSON;
			break;
		case 'q':
			request->quiet = true;
			break;
		case 'd':
			request->database = optarg;
			break;
		case 'h':
			claims_usage(stdout);
			return -1;
		default:
			bad = 2;
		}
	}
	if (!bad && optind < argc) {
		fprintf(stderr, "remapbench claims: '%s' is one word too many\n", argv[optind]);
		bad = 2;
	}
	if (!bad && options->run_count && request->kernel_count) {
		fprintf(stderr, "remapbench claims: --run is measured already: no -k beside it\n");
		bad = 2;
	}
	if (bad)
		fputs("See remapbench claims --help\n", stderr);
	return bad;
}

/* Measures, and names the new runs. 0; 1 or 2, said. */
static int claims_measure(struct claims_options *options, char specs[RUN_NAMES][24])
{
	struct run_outcome outcomes[RUN_NAMES] = { 0 };
	struct fault fault = { 0 };
	size_t count = 0;
	int err;

	if (!options->request.kernel_count) {
		options->request.kernels[options->request.kernel_count++] = "6.1";
		options->request.kernels[options->request.kernel_count++] = "6.12";
	}
	options->request.instrument = "insn";
	err = run_request_do(&options->request, outcomes, &count, &fault);
	for (size_t i = 0; i < count; i++) {
		snprintf(specs[i], sizeof(specs[i]), "%" PRId64, outcomes[i].id);
		options->runs[options->run_count++] = specs[i];
		if (outcomes[i].reason[0])
			fprintf(stderr, "run %" PRId64 ": %s\n", outcomes[i].id,
				outcomes[i].reason);
	}
	if (!err)
		return 0;
	fprintf(stderr, "remapbench claims: %s\n", fault.text[0] ? fault.text : strerror(-err));
	return err == -EINVAL ? 2 : 1;
}

static int claims_judge(struct claims *claims, struct store *store,
			const struct claims_options *options, struct fault *fault)
{
	size_t rows = claims->suite.claim_count;
	int err = 0;

	for (size_t i = 0; i < options->run_count && !err; i++) {
		err = query_run_find(store, options->runs[i], &claims->runs[i], fault);
		claims->run_count += !err;
	}
	if (err)
		return err;
	claims->verdicts = calloc(rows * claims->run_count + 1, sizeof(*claims->verdicts));
	if (!claims->verdicts)
		return -ENOMEM;
	for (size_t i = 0; i < rows * claims->run_count && !err; i++)
		err = claim_judge(store, &claims->suite.claims[i / claims->run_count],
				  &claims->runs[i % claims->run_count], &claims->verdicts[i],
				  fault);
	return err;
}

static size_t claims_unheld(const struct claims *claims)
{
	size_t unheld = 0;

	for (size_t i = 0; i < claims->suite.claim_count * claims->run_count; i++)
		unheld += !claims->verdicts[i].held;
	return unheld;
}

static void expected_words(const struct suite_claim *claim, struct text *out)
{
	text_clear(out);
	if (claim->since)
		text_addf(out, "%s, %s since %s", claim->was, claim->is, claim->since);
	else
		text_add(out, claim->is);
}

/* The release up to what its build adds: 6.12.107 of 6.12.107+deb13-cloud-amd64. */
static void release_words(const struct run_info *run, struct text *out)
{
	text_clear(out);
	text_addf(out, "%.*s", (int)strcspn(run->kernel_release, "+"), run->kernel_release);
	for (const char *tail = "-cloud-amd64"; out->len > strlen(tail);) {
		if (strcmp(out->data + out->len - strlen(tail), tail) != 0)
			break;
		out->len -= strlen(tail);
		out->data[out->len] = '\0';
	}
}

static void measured_words(const struct claim_verdict *verdict, struct text *out)
{
	text_clear(out);
	text_addf(out, "%s%s", verdict->held ? "" : "! ", verdict->measured);
}

static void reasons_print(const struct claims *claims, FILE *out)
{
	bool any = false;

	for (size_t i = 0; i < claims->suite.claim_count * claims->run_count; i++) {
		const struct claim_verdict *verdict = &claims->verdicts[i];
		const struct suite_claim *claim = &claims->suite.claims[i / claims->run_count];

		if (verdict->held)
			continue;
		fputs(any ? "" : "\nNot as claimed (marked !)\n", out);
		any = true;
		reading_line(out, NULL, "%s: %s on %s: %s instead of %s%s%s", claim->says,
			     claim->metric, claims->runs[i % claims->run_count].kernel_name,
			     verdict->measured, verdict->expected, verdict->reason[0] ? ": " : "",
			     verdict->reason);
		reading_line(out, NULL, "  %s", claim->cell);
	}
}

/* A row of either form: the fields are made plain by the table; Markdown's own signs are not in them. */
static int rows_print(const struct claims *claims, bool markdown, FILE *out)
{
	char align[RUN_NAMES + 3] = "ll";
	struct table table = { .align = align };
	struct text words = { 0 };
	int err;

	for (size_t i = 0; i < claims->run_count; i++)
		align[2 + i] = 'r';
	table_add(&table, "claim");
	table_add(&table, "expected");
	for (size_t i = 0; i < claims->run_count; i++) {
		release_words(&claims->runs[i], &words);
		table_add(&table, text_get(&words));
	}
	for (size_t c = 0; c < claims->suite.claim_count; c++) {
		table_add(&table, claims->suite.claims[c].says);
		expected_words(&claims->suite.claims[c], &words);
		table_add(&table, text_get(&words));
		for (size_t i = 0; i < claims->run_count; i++) {
			measured_words(&claims->verdicts[c * claims->run_count + i], &words);
			table_add(&table, text_get(&words));
		}
	}
	err = markdown ? table_print_markdown(&table, out) : table_print(&table, out);
	table_free(&table);
	text_free(&words);
	return err;
}

static json_t *claims_json(const struct claims *claims)
{
	json_t *rows = json_array();

	for (size_t c = 0; c < claims->suite.claim_count; c++) {
		const struct suite_claim *claim = &claims->suite.claims[c];
		json_t *kernels = json_array();

		for (size_t i = 0; i < claims->run_count; i++) {
			const struct claim_verdict *verdict =
				&claims->verdicts[c * claims->run_count + i];

			json_array_append_new(
				kernels,
				json_pack("{s:I, s:o, s:o, s:s, s:o, s:o, s:b}", "run",
					  (json_int_t)claims->runs[i].id, "kernel",
					  words_json(claims->runs[i].kernel_name), "release",
					  words_json(claims->runs[i].kernel_release), "expected",
					  verdict->expected, "measured",
					  words_json(verdict->measured), "reason",
					  words_json(verdict->reason), "held", verdict->held));
		}
		json_array_append_new(rows,
				      json_pack("{s:s, s:s, s:s?, s:s, s:o}", "claim", claim->says,
						"cell", claim->cell, "against", claim->against,
						"metric", claim->metric, "kernels", kernels));
	}
	return rows;
}

static int claims_print(const struct claims *claims, enum form form, FILE *out)
{
	size_t all = claims->suite.claim_count * claims->run_count, unheld = claims_unheld(claims);
	int err;

	if (form == FORM_JSON)
		return json_write(claims_json(claims), out);
	err = rows_print(claims, form == FORM_MARKDOWN, out);
	if (form == FORM_TEXT)
		reasons_print(claims, out);
	fprintf(out, "\n%zu of %zu hold, on %zu kernel%s\n", all - unheld, all, claims->run_count,
		claims->run_count == 1 ? "" : "s");
	return err;
}

static void claims_free(struct claims *claims)
{
	suite_free(&claims->suite);
	for (size_t i = 0; i < claims->run_count; i++)
		run_info_free(&claims->runs[i]);
	free(claims->verdicts);
}

static int claims_show(struct claims *claims, const struct claims_options *options)
{
	struct fault fault = { 0 };
	struct store *store = reading_open("claims", options->request.database);
	int err;

	if (!store)
		return 1;
	err = claims_judge(claims, store, options, &fault);
	if (!err)
		err = claims_print(claims, options->form, stdout);
	store_close(store);
	if (err)
		return reading_failed("claims", fault.text[0] ? fault.text : strerror(-err));
	return reading_end("claims", stdout) || claims_unheld(claims);
}

int cmd_claims(int argc, char **argv)
{
	struct claims_options options = { 0 };
	struct claims claims = { 0 };
	char specs[RUN_NAMES][24], database[PATH_MAX];
	struct fault fault = { 0 };
	int status;

	options.request.database = option_db;
	status = options_read(argc, argv, &options);
	if (status)
		return status < 0 ? reading_end("claims", stdout) : status;
	if (!options.request.suite)
		options.request.suite = "claims";
	if (!options.request.database && !path_of_data("results.db", database))
		options.request.database = database;
	if (suite_load(options.request.suite, &claims.suite, &fault)) {
		status = 2;
	} else if (!claims.suite.claim_count) {
		fault_set(&fault, -EINVAL, "the suite %s claims nothing", claims.suite.name);
		status = 2;
	}
	if (status)
		reading_failed("claims", fault.text);
	if (!status && !options.run_count)
		status = claims_measure(&options, specs);
	if (!status)
		status = claims_show(&claims, &options);
	claims_free(&claims);
	return status;
}
