// SPDX-License-Identifier: GPL-2.0-only
/* From a trial to the store: outcomes, trials that failed or ended early, cells without samples. */
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
#include "runner/tests/kept_run.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

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
	snprintf(kept_trial.reason, sizeof(kept_trial.reason), "it hung");
	text_add(&kept_trial.console, "the last words\n");
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

		kept_trial.ok = cases[i].ok;
		snprintf(kept_trial.reason, sizeof(kept_trial.reason), "%s", cases[i].reason);
		if (i)
			assert_int_equal(place_again(place), 0);
		if (trial_keep(place->store, place->run, 1, &kept_trial, &ask, true, &fault))
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
	text_add(&kept_trial.console, "the last words\n");
	kept_trial.started_us = 1700000000000000;
	kept_trial.ended_us = 1700000009000000;
	for (size_t i = 0; i < COUNT(cases); i++) {
		kept_trial.ok = cases[i].ok;
		snprintf(kept_trial.reason, sizeof(kept_trial.reason), "%s", cases[i].reason);
		assert_int_equal(trial_keep(place->store, place->run, (int64_t)i + 1, &kept_trial,
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
		assert_int_equal(kept->started_us, kept_trial.started_us);
		assert_int_equal(kept->ended_us, kept_trial.ended_us);
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_make, place_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(outcomes_are_kept_beside_the_counts),
		TEST(an_outcome_that_was_not_told_is_invalid),
		TEST(a_trial_that_is_not_counted_keeps_what_it_read),
		TEST(cells_without_samples_keep_their_reason),
		TEST(cells_that_were_asked_for_are_never_missing),
		TEST(a_trials_end_is_kept),
		TEST(the_widest_trial_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
