// SPDX-License-Identifier: GPL-2.0-only
/* cmd_show: `remapbench show`: one run, as a table or as JSON. */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "results/json.h"
#include "runner/commands.h"
#include "runner/reading.h"
#include "runner/show.h"

static void show_usage(FILE *to)
{
	fputs("usage: remapbench show RUN [--metric METRIC] [--fingerprint] [--outcomes] [--provenance]\n"
	      "                        [--json] [--db FILE]\n"
	      "\n"
	      "One run: what was measured on what, and a row for each cell. The trial (one process, or\n"
	      "one boot of a guest) is the unit: median is the median of the trials' medians, low and high\n"
	      "are the quartiles of those, or of all samples where there are fewer than 4 trials. A cell\n"
	      "without a number says why below the table.\n"
	      "\n"
	      "  RUN            a run's number (remapbench list runs), last for the newest, or\n"
	      "                 last:INSTRUMENT[:KERNEL] for the newest that finished: last:insn:6.12\n"
	      "  --metric       one metric, or a glob: tsc, page-faults, outcome:vmas, 'fn:*'; without it\n"
	      "                 all of the instrument's costs\n"
	      "  --fingerprint  which of the watched kernel functions each cell entered, how often (insn)\n"
	      "  --outcomes     what each cell's operation left behind: VMAs, an errno, bytes\n"
	      "  --provenance   everything that is known of the machine and the programs\n"
	      "  --json         all of it for scripts\n"
	      "\n"
	      "For example:\n"
	      "  remapbench show last\n"
	      "  remapbench show last:insn:6.12 --fingerprint\n",
	      to);
}

struct show_options {
	const char *db, *run, *metric;
	bool fingerprint, outcomes, provenance, json;
};

/* Everything that is shown. */
struct shown {
	struct run_info run;
	struct pair_list provenance;
	struct summary_list summaries, fingerprints, outcomes;
	struct trial_list trials;
	struct splat_list splats;
};

/* 0; 2 for wrong usage; -1 where help was asked for and given. */
static int options_read(int argc, char **argv, struct show_options *options)
{
	static const struct option names[] = {
		{ "metric", required_argument, NULL, 'm' },
		{ "fingerprint", no_argument, NULL, 'f' },
		{ "outcomes", no_argument, NULL, 'o' },
		{ "provenance", no_argument, NULL, 'p' },
		{ "json", no_argument, NULL, 'j' },
		{ "db", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	optind = 0;
	while ((option = getopt_long(argc, argv, "h", names, NULL)) != -1) {
		switch (option) {
		case 'm':
			options->metric = optarg;
			break;
		case 'f':
			options->fingerprint = true;
			break;
		case 'o':
			options->outcomes = true;
			break;
		case 'p':
			options->provenance = true;
			break;
		case 'j':
			options->json = true;
			break;
		case 'd':
			options->db = optarg;
			break;
		case 'h':
			show_usage(stdout);
			return -1;
		default:
			fputs("See remapbench show --help\n", stderr);
			return 2;
		}
	}
	if (argc - optind != 1) {
		fputs("remapbench show: name one run; see remapbench show --help\n", stderr);
		return 2;
	}
	options->run = argv[optind];
	return 0;
}

static int shown_load(struct store *store, const struct show_options *options, struct shown *shown,
		      struct fault *fault)
{
	int err;

	err = query_run_find(store, options->run, &shown->run, fault);
	if (!err)
		err = query_provenance(store, shown->run.id, &shown->provenance, fault);
	if (!err)
		err = query_summaries(store, shown->run.id, options->metric, &shown->summaries,
				      fault);
	if (!err)
		err = query_trials(store, shown->run.id, &shown->trials, fault);
	if (!err)
		err = query_splats(store, shown->run.id, &shown->splats, fault);
	if (!err && options->outcomes)
		err = query_outcomes(store, shown->run.id, &shown->outcomes, fault);
	if (!err && options->fingerprint)
		err = query_summaries(store, shown->run.id, "fn:*", &shown->fingerprints, fault);
	if (err == -ENOENT && options->fingerprint && shown->trials.items)
		fault_set(fault, err, "this run has no fingerprints: only insn takes them");
	return err;
}

static void shown_free(struct shown *shown)
{
	run_info_free(&shown->run);
	pair_list_free(&shown->provenance);
	summary_list_free(&shown->summaries);
	summary_list_free(&shown->fingerprints);
	summary_list_free(&shown->outcomes);
	trial_list_free(&shown->trials);
	splat_list_free(&shown->splats);
}

static int text_print(const struct shown *shown, const struct show_options *options, FILE *out)
{
	const char *caution = reading_caution(shown->run.instrument);
	int err;

	show_head(&shown->run, out);
	if (caution)
		fprintf(out, "\n%s\n", caution);
	if (options->provenance)
		show_provenance(&shown->provenance, out);
	err = show_summaries(&shown->summaries, out);
	if (!err && options->fingerprint)
		err = show_fingerprints(&shown->fingerprints, out);
	if (!err && options->outcomes)
		err = show_outcomes(&shown->outcomes, out);
	show_reasons(&shown->summaries, out);
	show_splats(&shown->splats, &shown->trials, out);
	show_failed_trials(&shown->trials, out);
	fputs("\nMeasured by\n", out);
	reading_line(out, NULL, "%s", shown->run.command);
	return err;
}

static json_t *trials_json(const struct trial_list *trials)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < trials->count; i++) {
		if (json_array_append_new(array, trial_json(&trials->items[i]))) {
			json_decref(array);
			array = NULL;
		}
	}
	return array;
}

static int json_print(const struct shown *shown, const struct show_options *options, FILE *out)
{
	const char *caution = reading_caution(shown->run.instrument);
	json_t *json = json_pack(
		"{s:o s:o s:o s:o s:o s:o}", "run", run_json(&shown->run), "caution",
		caution ? words_json(caution) : json_null(), "provenance",
		provenance_json(&shown->provenance), "summaries", summaries_json(&shown->summaries),
		"trials", trials_json(&shown->trials), "splats", splats_json(&shown->splats));

	if (json && options->fingerprint &&
	    json_object_set_new(json, "fingerprints", summaries_json(&shown->fingerprints))) {
		json_decref(json);
		json = NULL;
	}
	if (json && options->outcomes &&
	    json_object_set_new(json, "outcomes", summaries_json(&shown->outcomes))) {
		json_decref(json);
		json = NULL;
	}
	return json_write(json, out);
}

int cmd_show(int argc, char **argv)
{
	struct show_options options = { 0 };
	struct shown shown = { 0 };
	struct fault fault = { 0 };
	struct store *store;
	int err;

	err = options_read(argc, argv, &options);
	if (err)
		return err < 0 ? reading_end("show", stdout) : err;
	store = reading_open("show", options.db);
	if (!store)
		return 1;
	err = shown_load(store, &options, &shown, &fault);
	if (!err) {
		err = options.json ? json_print(&shown, &options, stdout)
				   : text_print(&shown, &options, stdout);
		if (err == -ENOMEM)
			fault_set(&fault, err, "out of memory");
	}
	shown_free(&shown);
	store_close(store);
	if (err && fault.text[0])
		return reading_failed("show", fault.text);
	return reading_end("show", stdout);
}
