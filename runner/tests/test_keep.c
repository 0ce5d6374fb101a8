// SPDX-License-Identifier: GPL-2.0-only
/* From a trial to the store: counts joined to their samples, and samples judged by their paths. */
#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/files.h"
#include "results/query.h"
#include "runner/keep.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct place {
	char directory[4000], path[4096];
	struct store *store;
	int64_t run;
};

static struct trial trial; /* one at a time; large */
static const struct ask ask_nothing;

/* Another run in the same database. */
static int place_again(struct place *place)
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

static int place_make(void **state)
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
	memset(&trial, 0, sizeof(trial));
	report_init(&trial.report);
	return store_open(place->path, STORE_WRITE, &place->store, NULL) || place_again(place);
}

static int place_remove(void **state)
{
	struct place *place = *state;
	int err;

	store_close(place->store);
	report_free(&trial.report);
	plugin_output_free(&trial.plugin);
	text_free(&trial.console);
	err = directory_remove(place->directory);
	free(place);
	return err;
}

/* A trial that said this. */
static void trial_says(const char *report, const char *plugin)
{
	struct fault fault = { 0 };

	if (report_feed(&trial.report, report, strlen(report), &fault))
		fail_msg("%s", fault.text);
	report_finish(&trial.report, "cut short by the test", &fault);
	if (plugin && plugin_output_parse(plugin, strlen(plugin), &trial.plugin, &fault))
		fail_msg("%s", fault.text);
	trial.ok = trial.report.ended;
}

static void trial_keeps(struct place *place, bool counted)
{
	struct fault fault = { 0 };

	if (trial_keep(place->store, place->run, 1, &trial, &ask_nothing, counted, &fault))
		fail_msg("%s", fault.text);
	assert_int_equal(store_run_end(place->store, place->run, "complete", "", NULL), 0);
}

/* All samples as lines "CELL METRIC SAMPLE VALUE[: INVALID]". */
static int row_add(const struct sample_row *row, void *context)
{
	text_addf(context, "%s %s %" PRIu32 " %" PRIu64 "%s%s\n", row->cell, row->metric,
		  row->sample, row->value, row->invalid ? ": " : "",
		  row->invalid ? row->invalid : "");
	return 0;
}

static void stored_is(struct place *place, const char *metric, const char *want)
{
	struct text rows = { 0 };
	struct fault fault = { 0 };

	if (query_samples(place->store, place->run, NULL, metric, row_add, &rows, &fault))
		fail_msg("%s", fault.text);
	assert_string_equal(text_get(&rows), want);
	text_free(&rows);
}

static void a_path_is_judged_by_its_entries(void **state)
{
	/* f and g are what the kernel has; f was entered 17 times, g never, torn as said. */
	static const struct {
		struct report_expect expects[3];
		size_t count;
		bool torn;
		const char *reason;
	} cases[] = {
		{ { { "", 0, 0 } }, 0, false, "" },
		{ { { "f", 17, 17 } }, 1, false, "" },
		{ { { "f", 0, UINT64_MAX } }, 1, false, "" },
		{ { { "f", 17, 18 }, { "g", 0, 0 } }, 2, false, "" },
		{ { { "f", 16, 17 } }, 1, false, "" },
		{ { { "f", 0, 0 } }, 1, false, "another path: f entered 17 times instead of 0" },
		{ { { "f", 18, 18 } }, 1, false, "another path: f entered 17 times instead of 18" },
		{ { { "f", 20, 30 } },
		  1,
		  false,
		  "another path: f entered 17 times instead of 20 (the nearest allowed)" },
		{ { { "f", 2, 3 } },
		  1,
		  false,
		  "another path: f entered 17 times instead of 3 (the nearest allowed)" },
		{ { { "g", 1, 1 } }, 1, false, "another path: g entered 0 times instead of 1" },
		/* The first difference is told. */
		{ { { "f", 17, 17 }, { "g", 5, 5 }, { "f", 1, 1 } },
		  3,
		  false,
		  "another path: g entered 0 times instead of 5" },
		/* Not watched: never entered, as far as anybody can know. */
		{ { { "h", 0, 0 } }, 1, false, "" },
		{ { { "h", 0, 9 } }, 1, false, "" },
		{ { { "h", 1, 9 } },
		  1,
		  false,
		  "the path can't be proven: this kernel has no symbol h" },
		{ { { "f", 17, 17 } }, 1, true, "a mark came inside an interrupt handler" },
		{ { { "", 0, 0 } }, 0, true, "a mark came inside an interrupt handler" },
	};
	struct plugin_output plugin = { .functions = { "torn", "f", "g" }, .function_count = 3 };
	static struct report_cell cell;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct plugin_region region = { .entries = { cases[i].torn, 17, 0 } };
		char reason[256] = "not written";

		memcpy(cell.expects, cases[i].expects, sizeof(cases[i].expects));
		cell.expect_count = cases[i].count;
		path_judge(&cell, &plugin, &region, reason, sizeof(reason));
		assert_string_equal(reason, cases[i].reason);
	}
	/* "torn" is the plugin's own word: without it, a region is whole. */
	plugin = (struct plugin_output){ .functions = { "f" }, .function_count = 1 };
	memset(&cell, 0, sizeof(cell));
	path_judge(&cell, &plugin, &(struct plugin_region){ .entries = { 1 } }, (char[256]){ 0 },
		   256);
}

static void a_sample_without_a_region_is_not_believed(void **state)
{
	const struct plugin_output plugin = { .functions = { "torn" }, .function_count = 1 };
	static struct report_cell cell;
	char reason[256] = "", cut[10];

	(void)state;
	path_judge(&cell, &plugin, NULL, reason, sizeof(reason));
	assert_string_equal(reason, "the plugin recorded no such region");
	path_judge(&cell, &plugin, NULL, cut, sizeof(cut));
	assert_string_equal(cut, "the plugi");
}

#define GUEST "remapbench-report 1\nmetric 0 tsc ticks ok\n"

/* Warm-ups are regions too: sample 0 is region 1, and the second cell's are 4 and 5. */
static void counts_are_joined_by_the_region(void **state)
{
	struct place *place = *state;

	trial_says(GUEST "cell a\nexpect f 2 2\nexpect g 0 0\n"
			 "sample 0 107\nregion 2\nsample 1 108\nregion 3\ncell-end a\n"
			 "cell b\nsample 0 57\nregion 5\nsample 1 58\nregion 6\ncell-end b\nend\n",
		   "remapbench-plugin 1 torn f g h\n"
		   "region 0 99 0 h=9\n"
		   "region 1 100 0 f=2\n"
		   "region 2 101 7 f=2\n"
		   "region 3 98 0 h=9\n"
		   "region 4 50 0 h=1\n"
		   "region 5 51 0\n");
	trial_keeps(place, true);
	stored_is(place, "tsc", "a tsc 0 107\na tsc 1 108\nb tsc 0 57\nb tsc 1 58\n");
	stored_is(place, "insn", "a insn 0 100\na insn 1 101\nb insn 0 50\nb insn 1 51\n");
	/* A function is kept where it was entered in one of the cell's samples, or is expected. */
	stored_is(place, "fn:f", "a fn:f 0 2\na fn:f 1 2\n");
	stored_is(place, "fn:g", "a fn:g 0 0\na fn:g 1 0\n");
	stored_is(place, "fn:h", "b fn:h 0 1\nb fn:h 1 0\n");
}

/* Each cell has its own; a sample on another path has them too, and they don't count. */
static void outcomes_are_kept_beside_the_counts(void **state)
{
	struct place *place = *state;
	struct summary_list summaries;

	trial_says(GUEST
		   "cell a\nexpect f 2 2\n"
		   "sample 0 107\nregion 1\noutcome vmas 3\noutcome errno 0\n"
		   "sample 1 108\nregion 2\noutcome vmas 18446744073709551615\noutcome errno 12\n"
		   "sample 2 108\nregion 3\noutcome vmas 5\noutcome errno 0\ncell-end a\n"
		   "cell b\nsample 0 57\nregion 4\noutcome bytes 4096\ncell-end b\n"
		   "cell c\nsample 0 57\nregion 5\ncell-end c\nend\n",
		   "remapbench-plugin 1 torn f\nregion 0 100 0 f=2\nregion 1 101 7 f=1\n"
		   "region 2 102 0 f=2\nregion 3 10 0\nregion 4 11 0\n");
	trial_keeps(place, true);
	stored_is(
		place, "outcome:vmas",
		"a outcome:vmas 0 3\n"
		"a outcome:vmas 1 18446744073709551615: another path: f entered 1 times instead of 2\n"
		"a outcome:vmas 2 5\n");
	stored_is(place, "outcome:errno",
		  "a outcome:errno 0 0\n"
		  "a outcome:errno 1 12: another path: f entered 1 times instead of 2\n"
		  "a outcome:errno 2 0\n");
	stored_is(place, "outcome:bytes", "b outcome:bytes 0 4096\n");
	stored_is(place, "fn:f",
		  "a fn:f 0 2\na fn:f 1 1: another path: f entered 1 times instead of"
		  " 2\na fn:f 2 2\n");
	assert_int_equal(
		query_summaries(place->store, place->run, "outcome:vmas", &summaries, NULL), 0);
	assert_int_equal(summaries.count, 3);
	assert_string_equal(summaries.items[0].unit, "count");
	assert_true(summaries.items[0].min == 3 && summaries.items[0].max == 5);
	assert_string_equal(summaries.items[1].status, "unsupported");
	assert_string_equal(summaries.items[2].reason, "the run has no such metric for this cell");
	summary_list_free(&summaries);
	/* They are no costs. */
	assert_int_equal(query_summaries(place->store, place->run, NULL, &summaries, NULL), 0);
	assert_int_equal(summaries.count, 3);
	assert_string_equal(summaries.items[0].metric, "insn");
	summary_list_free(&summaries);
}

/* Without a plugin too; and what was not told is never a value that counts. */
static void an_outcome_that_was_not_told_is_invalid(void **state)
{
	struct place *place = *state;

	trial_says("remapbench-report 1\nmetric 0 ns ns ok\n"
		   "cell a\nsample 0 10\noutcome vmas 3\noutcome errno 0\n"
		   "sample 1 11\noutcome vmas 4\n",
		   NULL);
	trial_keeps(place, false);
	stored_is(place, "outcome:errno",
		  "a outcome:errno 0 0: cut short by the test\n"
		  "a outcome:errno 1 0: it ended before all that it left behind was told\n");
	stored_is(
		place, "ns",
		"a ns 0 10: cut short by the test\na ns 1 11: it ended before all that it left behind was told\n");
}

static void the_expected_path_is_kept_in_words(void **state)
{
	struct place *place = *state;
	struct summary_list summaries;

	trial_says(GUEST "cell a\nexpect f 2 2\nexpect g 0 7\nsample 0 1\nregion 1\ncell-end a\n"
			 "cell b\nsample 0 1\nregion 2\ncell-end b\nend\n",
		   "remapbench-plugin 1 torn f g\nregion 0 1 0 f=2\nregion 1 1 0\n");
	trial_keeps(place, true);
	assert_int_equal(query_summaries(place->store, place->run, NULL, &summaries, NULL), 0);
	assert_int_equal(summaries.count, 2);
	assert_string_equal(summaries.items[0].metric, "insn");
	assert_string_equal(summaries.items[0].unit, "instructions");
	assert_string_equal(summaries.items[0].expected, "f=2 g=0..7");
	assert_string_equal(summaries.items[1].expected, "");
	summary_list_free(&summaries);
}

static void a_sample_on_another_path_is_invalid(void **state)
{
	struct place *place = *state;
	struct summary_list summaries;

	trial_says(GUEST "cell a\nexpect f 2 2\n"
			 "sample 0 107\nregion 1\nsample 1 507\nregion 2\nsample 2 109\nregion 3\n"
			 "cell-end a\n"
			 "cell b\nexpect f 1 1\nsample 0 9\nregion 4\ncell-end b\nend\n",
		   "remapbench-plugin 1 torn f\n"
		   "region 0 100 0 f=2\nregion 1 500 0 f=18\nregion 2 102 0 f=2\nregion 3 2 0\n");
	trial_keeps(place, true);
	stored_is(place, "insn",
		  "a insn 0 100\n"
		  "a insn 1 500: another path: f entered 18 times instead of 2\n"
		  "a insn 2 102\n"
		  "b insn 0 2: another path: f entered 0 times instead of 1\n");
	assert_int_equal(query_summaries(place->store, place->run, "insn", &summaries, NULL), 0);
	assert_int_equal(summaries.count, 2);
	assert_string_equal(summaries.items[0].status, "ok");
	assert_int_equal(summaries.items[0].samples, 2);
	assert_int_equal(summaries.items[0].rejected, 1);
	assert_true(summaries.items[0].median == 101 && summaries.items[0].max == 102);
	assert_string_equal(summaries.items[1].status, "invalid");
	assert_string_equal(summaries.items[1].reason,
			    "another path: f entered 0 times instead of 1");
	assert_int_equal(summaries.items[1].samples, 0);
	summary_list_free(&summaries);
}

/* What the agent found wrong comes first; also of a sample whose path is right. */
static void the_agents_own_reason_stands(void **state)
{
	struct place *place = *state;

	trial_says(GUEST "cell a\nexpect f 2 2\n"
			 "sample 0 1\nregion 1\ninvalid 0 page 3 holds other data\n"
			 "sample 1 1\nregion 2\n"
			 "sample 2 1\nregion 3\ninvalid 2 mremap returned -12\ncell-end a\nend\n",
		   "remapbench-plugin 1 torn f\n"
		   "region 0 10 0 f=2\nregion 1 10 0 f=2 torn=1\nregion 2 10 0 f=5\n");
	trial_keeps(place, true);
	stored_is(place, "insn",
		  "a insn 0 10: page 3 holds other data\n"
		  "a insn 1 10: a mark came inside an interrupt handler\n"
		  "a insn 2 10: mremap returned -12\n");
}

static void the_agents_reasons_may_come_in_any_order(void **state)
{
	struct place *place = *state;

	trial_says(GUEST
		   "cell a\nsample 0 1\nregion 1\nsample 1 1\nregion 2\nsample 2 1\nregion 3\n"
		   "invalid 2 third\ninvalid 0 first\ncell-end a\nend\n",
		   "remapbench-plugin 1 torn\nregion 0 10 0\nregion 1 10 0\nregion 2 10 0\n");
	trial_keeps(place, true);
	stored_is(place, "insn", "a insn 0 10: first\na insn 1 10\na insn 2 10: third\n");
}

/* A guest that was killed: the plugin's last lines are missing, or the agent's `region` is. The
 * sample that has both shares the end of its cell. */
static void samples_without_a_region_are_invalid(void **state)
{
	struct place *place = *state;

	trial_says(GUEST "cell a\nsample 0 17\nregion 1\nsample 1 18\nregion 2\nsample 2 19\n",
		   "remapbench-plugin 1 torn\nregion 0 10 0\n");
	assert_false(trial.ok);
	trial_keeps(place, true);
	stored_is(place, "insn",
		  "a insn 0 10: cut short by the test\n"
		  "a insn 1 0: the plugin recorded no such region\n"
		  "a insn 2 0: the plugin recorded no such region\n");
}

static void a_trial_that_is_not_counted_keeps_what_it_read(void **state)
{
	struct place *place = *state;
	struct summary_list summaries;

	trial_says("remapbench-report 1\n"
		   "metric 0 instructions:k events unsupported ENOENT: no PMU here\n"
		   "metric 1 page-faults events ok\n"
		   "cell a\nexpect f 2 2\nsample 0 0 3\nsample 1 0 4\ncell-end a\nend\n",
		   NULL);
	trial_keeps(place, false);
	/* No path is judged where none was seen; and no value stands for what can't be had. */
	stored_is(place, NULL, "a page-faults 0 3\na page-faults 1 4\n");
	assert_int_equal(query_summaries(place->store, place->run, NULL, &summaries, NULL), 0);
	assert_int_equal(summaries.count, 2);
	for (size_t i = 0; i < summaries.count; i++) {
		const struct cell_summary *row = &summaries.items[i];
		bool pmu = strcmp(row->metric, "instructions:k") == 0;

		assert_string_equal(row->status, pmu ? "unsupported" : "ok");
		assert_string_equal(row->reason, pmu ? "ENOENT: no PMU here" : "");
		assert_int_equal(row->samples, pmu ? 0 : 2);
	}
	summary_list_free(&summaries);
}

static void cells_without_samples_keep_their_reason(void **state)
{
	struct place *place = *state;
	struct summary_list summaries;
	static const struct {
		const char *cell, *status, *reason;
	} want[] = {
		{ "a", "unsupported", "errno 22: the kernel has no such flag" },
		{ "b", "failed", "setup: no memory to move" },
		{ "c", "ok", "" },
		{ "d", "failed", "cut short by the test" },
	};

	trial_says(GUEST "cell a\nunsupported errno 22: the kernel has no such flag\ncell-end a\n"
			 "cell b\nfailed setup: no memory to move\ncell-end b\n"
			 "cell c\nsample 0 1\nregion 1\ncell-end c\n"
			 "cell d\n",
		   "remapbench-plugin 1 torn\nregion 0 10 0\n");
	snprintf(trial.reason, sizeof(trial.reason), "it hung");
	text_add(&trial.console, "the last words\n");
	trial_keeps(place, true);
	assert_int_equal(query_summaries(place->store, place->run, "insn", &summaries, NULL), 0);
	assert_int_equal(summaries.count, COUNT(want));
	for (size_t i = 0; i < COUNT(want); i++) {
		assert_string_equal(summaries.items[i].cell, want[i].cell);
		assert_string_equal(summaries.items[i].status, want[i].status);
		assert_string_equal(summaries.items[i].reason, want[i].reason);
	}
	summary_list_free(&summaries);
}

/* It crashed before it said anything of a cell, or never came to it. */
static void cells_that_were_asked_for_are_never_missing(void **state)
{
	static const char *const cells[] = { "a", "b", "c" };
	static const struct ask ask = { .cells = cells, .cell_count = COUNT(cells) };
	static const struct {
		bool ok;
		const char *reason, *want;
	} cases[] = {
		{ false, "the kernel panicked", "its trial failed: the kernel panicked" },
		{ true, "", "its report says nothing of it" },
	};
	struct place *place = *state;

	trial_says(GUEST "cell b\nsample 0 17\nregion 1\ncell-end b\nend\n",
		   "remapbench-plugin 1 torn\nregion 0 10 0\n");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct summary_list summaries;
		struct fault fault = { 0 };

		trial.ok = cases[i].ok;
		snprintf(trial.reason, sizeof(trial.reason), "%s", cases[i].reason);
		if (i)
			assert_int_equal(place_again(place), 0);
		if (trial_keep(place->store, place->run, 1, &trial, &ask, true, &fault))
			fail_msg("%s", fault.text);
		assert_int_equal(
			query_summaries(place->store, place->run, "insn", &summaries, NULL), 0);
		assert_int_equal(summaries.count, COUNT(cells));
		for (size_t j = 0; j < summaries.count; j++) {
			const struct cell_summary *row = &summaries.items[j];
			bool told = strcmp(row->cell, "b") == 0;

			assert_string_equal(row->status, told ? "ok" : "failed");
			assert_string_equal(row->reason, told ? "" : cases[i].want);
			assert_int_equal(row->samples, told ? 1 : 0);
		}
		summary_list_free(&summaries);
	}
}

static void a_trials_end_is_kept(void **state)
{
	static const struct {
		bool ok;
		const char *status, *reason, *console;
	} cases[] = {
		{ true, "ok", "", "" },
		{ false, "failed", "it hung", "the last words\n" },
	};
	struct place *place = *state;

	trial_says(GUEST "end\n", "remapbench-plugin 1 torn\n");
	text_add(&trial.console, "the last words\n");
	trial.started_us = 1700000000000000;
	trial.ended_us = 1700000009000000;
	for (size_t i = 0; i < COUNT(cases); i++) {
		trial.ok = cases[i].ok;
		snprintf(trial.reason, sizeof(trial.reason), "%s", cases[i].reason);
		assert_int_equal(trial_keep(place->store, place->run, (int64_t)i + 1, &trial,
					    &ask_nothing, true, NULL),
				 0);
	}
	struct trial_list trials;

	assert_int_equal(query_trials(place->store, place->run, &trials, NULL), 0);
	assert_int_equal(trials.count, COUNT(cases));
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct trial_info *kept = &trials.items[i];

		assert_int_equal(kept->sequence, i + 1);
		assert_string_equal(kept->status, cases[i].status);
		assert_string_equal(kept->reason, cases[i].reason);
		assert_string_equal(kept->console, cases[i].console);
		assert_int_equal(kept->started_us, trial.started_us);
		assert_int_equal(kept->ended_us, trial.ended_us);
	}
	trial_list_free(&trials);
}

/* As wide as a report and a plugin can be, every function entered and expected. */
static void the_widest_trial_fits(void **state)
{
	struct place *place = *state;
	struct text report = { 0 }, plugin = { 0 };
	struct metric_list metrics;

	text_add(&report, "remapbench-report 1\n");
	for (int i = 0; i < REPORT_METRICS; i++)
		text_addf(&report, "metric %d m%d events ok\n", i, i);
	text_add(&report, "cell a\n");
	for (int i = 0; i < REPORT_EXPECTS; i++)
		text_addf(&report, "expect f%d%050d 1 18446744073709551615\n", i, 0);
	text_add(&report, "sample 0");
	for (int i = 0; i < REPORT_METRICS; i++)
		text_addf(&report, " %d", i);
	text_add(&report, "\nregion 1\n");
	for (int i = 0; i < REPORT_OUTCOMES; i++)
		text_addf(&report, "outcome o%d%038d 18446744073709551615\n", i, 0);
	text_add(&report, "cell-end a\nend\n");
	text_add(&plugin, "remapbench-plugin 1");
	for (int i = 0; i < PLUGIN_FUNCTIONS; i++)
		text_addf(&plugin, " f%d%050d", i, 0);
	text_add(&plugin, "\nregion 0 1 0");
	for (int i = 0; i < PLUGIN_FUNCTIONS; i++)
		text_addf(&plugin, " f%d%050d=%d", i, 0, i + 1);
	text_add(&plugin, "\n");
	trial_says(text_get(&report), text_get(&plugin));
	text_free(&report);
	text_free(&plugin);
	trial_keeps(place, true);
	assert_int_equal(query_metrics(place->store, place->run, &metrics, NULL), 0);
	assert_int_equal(metrics.count, REPORT_METRICS + 1 + REPORT_OUTCOMES + PLUGIN_FUNCTIONS);
	metric_list_free(&metrics);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_judged_by_its_entries),
		cmocka_unit_test(a_sample_without_a_region_is_not_believed),
		cmocka_unit_test_setup_teardown(counts_are_joined_by_the_region, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(outcomes_are_kept_beside_the_counts, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(an_outcome_that_was_not_told_is_invalid, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(the_expected_path_is_kept_in_words, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(a_sample_on_another_path_is_invalid, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(the_agents_own_reason_stands, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(the_agents_reasons_may_come_in_any_order,
						place_make, place_remove),
		cmocka_unit_test_setup_teardown(samples_without_a_region_are_invalid, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(a_trial_that_is_not_counted_keeps_what_it_read,
						place_make, place_remove),
		cmocka_unit_test_setup_teardown(cells_without_samples_keep_their_reason, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(cells_that_were_asked_for_are_never_missing,
						place_make, place_remove),
		cmocka_unit_test_setup_teardown(a_trials_end_is_kept, place_make, place_remove),
		cmocka_unit_test_setup_teardown(the_widest_trial_fits, place_make, place_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
