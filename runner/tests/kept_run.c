// SPDX-License-Identifier: GPL-2.0-only
/* kept_run: a run in a database of the test's own, and one trial on its way into it. */
#include "runner/tests/kept_run.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/files.h"
#include "results/query.h"

struct trial kept_trial;
const struct ask ask_nothing;

int place_again(struct place *place)
{
	static const struct kernel_record kernel = {
		.sha256 = "51349501a3d1ff83836437d2b365fd2d57f2feb8642d315e5181dec23d4c3275",
		.name = "test",
		.release = "6.1.0-test",
		.version = "#1",
		.origin = "a test",
		.config_sha256 = "",
	};
	struct run_record run = { .suite = "test",
				  .suite_sha256 = "",
				  .instrument = "insn",
				  .machine = "Example CPU",
				  .command = "remapbench run",
				  .trials_planned = 1 };

	return store_kernel_put(place->store, &kernel, &run.kernel_id, NULL) ||
	       store_run_begin(place->store, &run, &place->run, NULL);
}

int place_make(void **state)
{
	const char *temporary = getenv("TMPDIR");
	struct place *place = calloc(1, sizeof(*place));

	if (!place)
		return -1;
	snprintf(place->directory, sizeof(place->directory), "%s/remapbench-test-XXXXXX",
		 temporary ? temporary : "/tmp");
	if (!mkdtemp(place->directory)) {
		free(place);
		return -1;
	}
	*state = place;
	snprintf(place->path, sizeof(place->path), "%s/results.db", place->directory);
	memset(&kept_trial, 0, sizeof(kept_trial));
	report_init(&kept_trial.report);
	return store_open(place->path, STORE_WRITE, &place->store, NULL) || place_again(place);
}

int place_remove(void **state)
{
	struct place *place = *state;
	int err;

	store_close(place->store);
	report_free(&kept_trial.report);
	plugin_output_free(&kept_trial.plugin);
	text_free(&kept_trial.console);
	err = directory_remove(place->directory);
	free(place);
	return err;
}

void trial_says(const char *report, const char *plugin)
{
	struct fault fault = { 0 };

	if (report_feed(&kept_trial.report, report, strlen(report), &fault))
		fail_msg("%s", fault.text);
	report_finish(&kept_trial.report, "cut short by the test", &fault);
	if (plugin && plugin_output_parse(plugin, strlen(plugin), &kept_trial.plugin, &fault))
		fail_msg("%s", fault.text);
	kept_trial.ok = kept_trial.report.ended;
}

void trial_keeps(struct place *place, bool counted)
{
	struct fault fault = { 0 };

	if (trial_keep(place->store, place->run, 1, &kept_trial, &ask_nothing, counted, &fault))
		fail_msg("%s", fault.text);
	assert_int_equal(store_run_end(place->store, place->run, "complete", "", NULL), 0);
}

static int row_add(const struct sample_row *row, void *context)
{
	text_addf(context, "%s %s %" PRIu32 " %" PRIu64 "%s%s\n", row->cell, row->metric,
		  row->sample, row->value, row->invalid ? ": " : "",
		  row->invalid ? row->invalid : "");
	return 0;
}

void stored_is(struct place *place, const char *metric, const char *want)
{
	struct text rows = { 0 };
	struct fault fault = { 0 };

	if (query_samples(place->store, place->run, NULL, metric, row_add, &rows, &fault))
		fail_msg("%s", fault.text);
	assert_string_equal(text_get(&rows), want);
	text_free(&rows);
}
