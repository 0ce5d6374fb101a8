// SPDX-License-Identifier: GPL-2.0-only
/* What the queries say of a database that is filled with every state. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "results/query.h"
#include "results/tests/fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define UNALIGNED "move/size=32M/align=unaligned/fill=100/folio=4K"

static int filled(void **state)
{
	if (fixture_make(state))
		return -1;
	fixture_fill(*state);
	fixture_open(*state);
	return 0;
}

static void a_run_is_found_by_what_a_person_types(void **state)
{
	static const struct {
		const char *spec;
		int64_t id; /* 0: not found; -1: no spec */
	} cases[] = {
		{ "1", 1 },
		{ "3", 3 },
		{ "9", 0 },
		{ "0", 0 },
		{ "last", 4 },
		{ "last:clock", 3 },
		{ "last:insn", 4 },
		{ "last:pmu", 0 },
		{ "last:insn:6.1", 4 },
		{ "last:insn:6.12", 2 },
		{ "last:insn:6.12.107+deb12-cloud-amd64", 2 },
		{ "last:insn:6", 4 },
		{ "last:insn:6.12.1", 0 }, /* not the beginning of a part of the release */
		{ "last:insn:debian-6.12.107-1-cloud-amd64", 2 },
		{ "last:insn:debian-6.12", 2 },
		{ "last:insn:debian-6.12.1", 0 },
		{ "last:clock:6.12", 0 },
		{ "last:insn:%", 0 },
		{ "", -1 },
		{ "-1", -1 },
		{ "1x", -1 },
		{ "lastly", -1 },
		{ "last:", -1 },
		{ "last::6.1", -1 },
		{ "last:insn:", -1 },
		{ "99999999999999999999", -1 },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run_info run;
		struct fault fault = { 0 };
		int err = query_run_find(fixture->store, cases[i].spec, &run, &fault);
		int expected = cases[i].id > 0 ? 0 : cases[i].id ? -EINVAL : -ENOENT;

		if (err != expected || (!err && run.id != cases[i].id))
			fail_msg("%s: %d, run %d", cases[i].spec, err, (int)run.id);
		assert_true(!err || fault.text[0]);
		run_info_free(&run);
	}
}

static void a_kernel_is_found_by_the_beginning_of_its_hash(void **state)
{
	struct fixture *fixture = *state;
	struct run_info run;
	char spec[64];

	assert_int_equal(query_run_find(fixture->store, "2", &run, NULL), 0);
	snprintf(spec, sizeof(spec), "last:insn:%.8s", run.kernel_sha256);
	run_info_free(&run);
	assert_int_equal(query_run_find(fixture->store, spec, &run, NULL), 0);
	assert_int_equal(run.id, 2);
	run_info_free(&run);
	spec[strlen(spec) - 1] = '\0'; /* seven digits are too few */
	assert_int_equal(query_run_find(fixture->store, spec, &run, NULL), -ENOENT);
}

static void runs_come_newest_first_and_filtered(void **state)
{
	static const struct {
		struct run_filter filter;
		size_t count;
		int64_t first;
	} cases[] = {
		{ { 0 }, 4, 4 },
		{ { .instrument = "clock" }, 1, 3 },
		{ { .suite = "default", .limit = 2 }, 2, 4 },
		{ { .suite = "other" }, 0, 0 },
		{ { .kernel_sha256 = "00" }, 0, 0 },
		{ { .finished_only = true, .instrument = "insn" }, 2, 2 },
	};
	struct fixture *fixture = *state;

	fixture_sql(fixture->path, "UPDATE run SET status = 'failed' WHERE id = 4");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run_list runs;

		assert_int_equal(query_runs(fixture->store, &cases[i].filter, &runs, NULL), 0);
		assert_int_equal(runs.count, cases[i].count);
		if (runs.count)
			assert_int_equal(runs.items[0].id, cases[i].first);
		run_list_free(&runs);
	}
}

static void a_run_tells_what_was_stored(void **state)
{
	struct fixture *fixture = *state;
	struct run_info run;
	struct trial_list trials;

	assert_int_equal(query_run_find(fixture->store, "2", &run, NULL), 0);
	assert_string_equal(run.suite, "default");
	assert_string_equal(run.instrument, "insn");
	assert_string_equal(run.machine, "Example CPU, 2 processors");
	assert_string_equal(run.status, "partial");
	assert_string_equal(run.started, "2023-11-14T22:46:40Z");
	assert_string_equal(run.ended, "2023-11-14T22:47:40Z");
	assert_string_equal(run.kernel_release, "6.12.107+deb12-cloud-amd64");
	assert_string_equal(run.kernel_origin, "a test");
	assert_int_equal(run.trials_planned, 2);
	assert_int_equal(run.trials_ok, 1);
	assert_int_equal(run.trials_failed, 1);
	run_info_free(&run);
	assert_int_equal(query_trials(fixture->store, 2, &trials, NULL), 0);
	assert_int_equal(trials.count, 2);
	assert_string_equal(trials.items[1].reason, "the guest panicked after 3 s");
	assert_non_null(strstr(trials.items[1].console, "Kernel panic"));
	trial_list_free(&trials);
}

struct expected_summary {
	const char *cell, *status, *reason;
	uint32_t trials, samples, rejected;
	double median, low, high, min, max;
};

static void summaries_are(struct fixture *fixture, int64_t run, const char *metric,
			  const struct expected_summary *expected, size_t count)
{
	struct summary_list summaries;
	struct fault fault = { 0 };

	if (query_summaries(fixture->store, run, metric, &summaries, &fault))
		fail_msg("%s", fault.text);
	assert_int_equal(summaries.count, count);
	for (size_t i = 0; i < count; i++) {
		const struct cell_summary *row = &summaries.items[i];

		assert_string_equal(row->cell, expected[i].cell);
		assert_string_equal(row->status, expected[i].status);
		assert_string_equal(row->reason, expected[i].reason);
		assert_int_equal(row->trials, expected[i].trials);
		assert_int_equal(row->samples, expected[i].samples);
		assert_int_equal(row->rejected, expected[i].rejected);
		if (!row->samples) {
			assert_true(isnan(row->median) && isnan(row->low) && isnan(row->max));
			continue;
		}
		assert_float_equal(row->median, expected[i].median, 0);
		assert_float_equal(row->low, expected[i].low, 0);
		assert_float_equal(row->high, expected[i].high, 0);
		assert_float_equal(row->min, expected[i].min, 0);
		assert_float_equal(row->max, expected[i].max, 0);
	}
	summary_list_free(&summaries);
}

static void a_summary_counts_valid_samples_only(void **state)
{
	static const struct expected_summary first[] = {
		{ "move/size=32M/align=pmd/fill=100/folio=4K", "ok", "", 1, 3, 0, 36801, 36795.5,
		  36806.5, 36790, 36812 },
		{ "floor/empty", "ok", "", 1, 3, 0, 2, 2, 2, 2, 2 },
		{ UNALIGNED, "ok", "__pte_alloc was entered 18 times, expected 17", 1, 2, 1,
		  423882.5, 423881.25, 423883.75, 423880, 423885 },
		{ "move/size=1G/align=pud/fill=100/folio=2M", "unsupported",
		  "the kernel has no \"huge\", pages, here", 0, 0, 0, 0, 0, 0, 0, 0 },
		{ "move/size=2M/align=pmd/fill=0/folio=4K", "failed", "the guest panicked", 0, 0, 0,
		  0, 0, 0, 0, 0 },
	};
	struct expected_summary second[COUNT(first)];
	struct fixture *fixture = *state;

	summaries_are(fixture, 1, "insn", first, COUNT(first));
	/* Two trials of the same samples; every sample of the floor is invalid. */
	memcpy(second, first, sizeof(first));
	for (size_t i = 0; i < 3; i++) {
		second[i].trials = 2;
		second[i].samples *= 2;
		second[i].rejected *= 2;
		second[i].median += 512;
		second[i].min += 512;
		second[i].max += 512;
	}
	second[0].low = 37304.75;
	second[0].high = 37321.25;
	second[2].low = 424392;
	second[2].high = 424397;
	second[1] = (struct expected_summary){
		"floor/empty", "invalid", "the floor moved", 0, 0, 6, 0, 0, 0, 0, 0
	};
	summaries_are(fixture, 2, "insn", second, COUNT(first));
}

/* Trials of very different length: the trial is what counts, not the sample. */
static void the_trial_is_the_unit_of_statistics(void **state)
{
	static const uint64_t one[] = { 10, 10, 10, 10, 10, 10, 10 }, two[] = { 20 },
			      three[] = { 40 };
	static const struct expected_summary of_three = {
		"c", "ok", "", 3, 9, 0, 20, 10, 10, 10, 40
	};
	static const struct expected_summary of_four = { "c",  "ok", "", 4,  10, 0,
							 30.0, 17.5, 40, 10, 40 };
	struct fixture *fixture = *state;
	int64_t run = fixture_run(fixture, 1, "clock");

	fixture_trial(fixture, run, 3, "c", "ns", three, 1);
	fixture_trial(fixture, run, 1, "c", "ns", one, 7);
	fixture_trial(fixture, run, 2, "c", "ns", two, 1);
	summaries_are(fixture, run, NULL, &of_three, 1);
	/* From four trials on, the spread is that of the trials' medians: 10 20 40 40. */
	fixture_trial(fixture, run, 4, "c", "ns", three, 1);
	summaries_are(fixture, run, NULL, &of_four, 1);
}

static void a_splat_marks_its_run_and_is_one_row_over_all_trials(void **state)
{
	static const struct splat_record early[] = { { "warn", "mm/a.c:1 f+0x1/0x2", 2 },
						     { "oops", "page fault in \x1b[31m", 1 } },
					 late[] = { { "lockdep", "inconsistent lock state", 1 },
						    { "warn", "mm/a.c:1 f+0x1/0x2", 1 } };
	const struct trial_record trials[] = {
		{ .sequence = 2,
		  .status = "ok",
		  .ending = "ended",
		  .splats = 2,
		  .splat_count = 2,
		  .splat_records = late },
		{ .sequence = 1,
		  .status = "failed",
		  .ending = "panic",
		  .head = "the head",
		  .splats = 20,
		  .splat_count = 2,
		  .splat_records = early },
	};
	struct fixture *fixture = *state;
	struct run_record record = { .suite = "s",
				     .suite_sha256 = "",
				     .instrument = "insn",
				     .machine = "m",
				     .command = "c",
				     .kernel_traits = "append=x, not for figures" };
	struct trial_list kept;
	struct splat_list splats;
	struct run_info run;
	int64_t id = 0;
	char mark[100];

	record.kernel_id = fixture_kernel(fixture, "lab", "7.3.4");
	assert_int_equal(store_run_begin(fixture->store, &record, &id, NULL), 0);
	for (size_t i = 0; i < COUNT(trials); i++)
		assert_int_equal(store_trial_save(fixture->store, id, &trials[i], NULL), 0);
	assert_int_equal(store_run_more(fixture->store, id, 2, NULL), 0);
	assert_int_equal(query_run_find(fixture->store, "last", &run, NULL), 0);
	assert_int_equal(run.splats, 22);
	assert_int_equal(run.trials_planned, 2);
	assert_string_equal(run_mark(&run, mark, sizeof(mark)),
			    "22 splats; kernel: append=x, not for figures");
	assert_false(run_is_for_figures(&run));
	run_info_free(&run);
	assert_int_equal(query_splats(fixture->store, id, &splats, NULL), 0);
	assert_int_equal(splats.count, 3);
	assert_string_equal(splats.items[0].kind, "warn");
	assert_int_equal(splats.items[0].count, 3);
	assert_int_equal(splats.items[0].trials, 2);
	assert_int_equal(splats.items[0].first, 1);
	assert_string_equal(splats.items[1].kind, "oops");
	assert_string_equal(splats.items[2].kind, "lockdep");
	splat_list_free(&splats);
	assert_int_equal(query_trials(fixture->store, id, &kept, NULL), 0);
	assert_string_equal(kept.items[0].ending, "panic");
	assert_string_equal(kept.items[0].head, "the head");
	assert_int_equal(kept.items[0].splats, 20);
	trial_list_free(&kept);
}

static void only_one_trait_keeps_a_kernel_out_of_figures(void **state)
{
	static const struct {
		char traits[40];
		bool good;
	} rows[] = { { "", true },
		     { "not for figures", false },
		     { "no-move-pmd", true },
		     { "no-move-pmd, not for figures", false },
		     { "not for figures, append=x", false },
		     { "not for figures at all", true },
		     { "for figures", true } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char traits[40];
		const struct run_info run = { .kernel_traits = traits };

		memcpy(traits, rows[i].traits, sizeof(traits));
		assert_int_equal(run_is_for_figures(&run), rows[i].good);
	}
}

static void cells_keep_the_order_of_the_first_trial(void **state)
{
	static const uint64_t value[] = { 1 };
	const struct series_record series = { "ns", "ns", NULL, value };
	const struct measurement_record z = { "z", "ok", "", "", 1, 1, &series, 0, NULL };
	const struct measurement_record m = { "m", "ok", "", "", 1, 1, &series, 0, NULL };
	const struct measurement_record a = { "a", "ok", "", "", 1, 1, &series, 0, NULL };
	const struct measurement_record first[] = { z, m }, second[] = { a, m, z };
	const struct trial_record trials[] = {
		{ .sequence = 2, .status = "ok", .measurement_count = 3, .measurements = second },
		{ .sequence = 1, .status = "ok", .measurement_count = 2, .measurements = first }
	};
	struct fixture *fixture = *state;
	int64_t run = fixture_run(fixture, 1, "clock");
	struct summary_list summaries;

	for (size_t i = 0; i < COUNT(trials); i++)
		assert_int_equal(store_trial_save(fixture->store, run, &trials[i], NULL), 0);
	assert_int_equal(query_summaries(fixture->store, run, NULL, &summaries, NULL), 0);
	assert_int_equal(summaries.count, 3);
	assert_string_equal(summaries.items[0].cell, "z");
	assert_string_equal(summaries.items[1].cell, "m");
	assert_string_equal(summaries.items[2].cell, "a");
	assert_int_equal(summaries.items[0].trials, 2);
	summary_list_free(&summaries);
}

static void a_metric_is_named_globbed_or_missed(void **state)
{
	static const struct {
		const char *metric;
		size_t rows; /* 0: not found */
		const char *first;
	} cases[] = {
		{ NULL, 10, "insn" }, /* and page-faults, unsupported; no tsc, no fn: */
		{ "tsc", 5, "tsc" },
		{ "fn:*", 10, "fn:__pte_alloc" },
		{ "fn:flush_tlb_mm_range", 5, "fn:flush_tlb_mm_range" },
		{ "page-faults", 5, "page-faults" },
		{ "*", 25, "insn" },
		{ "ns", 0, NULL },
		{ "'", 0, NULL },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct summary_list summaries;
		struct fault fault = { 0 };
		int err = query_summaries(fixture->store, 1, cases[i].metric, &summaries, &fault);

		assert_int_equal(err, cases[i].rows ? 0 : -ENOENT);
		if (err) {
			assert_non_null(strstr(fault.text, "it has: insn, tsc, fn:__pte_alloc"));
			continue;
		}
		assert_int_equal(summaries.count, cases[i].rows);
		assert_string_equal(summaries.items[0].metric, cases[i].first);
		summary_list_free(&summaries);
	}
}

static void an_unsupported_metric_says_why_and_has_no_number(void **state)
{
	struct fixture *fixture = *state;
	struct summary_list summaries;

	assert_int_equal(query_summaries(fixture->store, 1, "page-faults", &summaries, NULL), 0);
	assert_string_equal(summaries.items[0].status, "unsupported");
	assert_string_equal(summaries.items[0].reason, "no such event in a guest");
	assert_true(isnan(summaries.items[0].median));
	assert_string_equal(summaries.items[0].expected, "__pte_alloc=0 flush_tlb_mm_range=17");
	summary_list_free(&summaries);
}

static void a_run_without_trials_has_no_cells(void **state)
{
	struct fixture *fixture = *state;
	struct summary_list summaries;
	int64_t run = fixture_run(fixture, 1, "pmu");

	assert_int_equal(query_summaries(fixture->store, run, NULL, &summaries, NULL), 0);
	assert_int_equal(summaries.count, 0);
	summary_list_free(&summaries);
	assert_int_equal(query_summaries(fixture->store, run + 1, NULL, &summaries, NULL), -ENOENT);
}

struct seen {
	int count, invalid;
	uint64_t sum;
	int64_t trial;
	int stop_at;
};

static int see(const struct sample_row *row, void *context)
{
	struct seen *seen = context;

	assert_true(row->trial >= seen->trial);
	assert_true(row->invalid || strcmp(row->metric, "insn") != 0 || row->value < 500000);
	seen->trial = row->trial;
	seen->count++;
	seen->invalid += row->invalid != NULL;
	seen->sum += row->value;
	return seen->stop_at == seen->count ? 7 : 0;
}

static void every_sample_is_visited_until_told_to_stop(void **state)
{
	static const struct {
		int64_t run;
		const char *cell, *metric;
		struct seen seen;
	} cases[] = {
		{ 1, NULL, "insn", { .count = 9, .invalid = 1 } },
		{ 1, NULL, NULL, { .count = 36, .invalid = 4 } },
		{ 2, NULL, "insn", { .count = 18, .invalid = 8 } },
		{ 1, UNALIGNED, "fn:__pte_alloc", { .count = 3, .invalid = 1, .sum = 52 } },
		{ 1, "x", NULL, { 0 } },
		{ 1, NULL, "page-faults", { 0 } },
		{ 3, NULL, NULL, { .count = 4, .sum = 43500 } },
		{ 1, NULL, NULL, { .count = 2, .stop_at = 2 } },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen seen = { .stop_at = cases[i].seen.stop_at };

		assert_int_equal(query_samples(fixture->store, cases[i].run, cases[i].cell,
					       cases[i].metric, see, &seen, NULL),
				 seen.stop_at ? 7 : 0);
		assert_int_equal(seen.count, cases[i].seen.count);
		assert_int_equal(seen.invalid, cases[i].seen.invalid);
		if (cases[i].seen.sum)
			assert_int_equal(seen.sum, cases[i].seen.sum);
	}
}

static void damaged_values_name_their_place(void **state)
{
	struct fixture *fixture = *state;
	struct summary_list summaries;
	struct fault fault = { 0 };
	struct seen seen = { 0 };

	fixture_sql(fixture->path, "UPDATE series SET data = x'0105' WHERE data IS NOT NULL");
	assert_int_equal(query_summaries(fixture->store, 1, "insn", &summaries, &fault), -EBADMSG);
	assert_non_null(strstr(fault.text, "trial 1, move/size=32M/align=pmd"));
	assert_int_equal(query_samples(fixture->store, 1, NULL, NULL, see, &seen, &fault),
			 -EBADMSG);
	/* A sound blob, but of fewer values than were taken. */
	fixture_sql(fixture->path, "UPDATE series SET data = x'01010a' WHERE data IS NOT NULL");
	assert_int_equal(query_summaries(fixture->store, 1, "insn", &summaries, &fault), -EBADMSG);
	assert_non_null(strstr(fault.text, "1 values are stored, but 3 samples"));
}

static void a_cells_parameter_is_read_from_its_key(void **state)
{
	static const struct {
		const char *cell, *param, *value;
	} cases[] = {
		{ UNALIGNED, "size", "32M" },
		{ UNALIGNED, "folio", "4K" },
		{ UNALIGNED, "al", "" },
		{ UNALIGNED, "ign", "" },
		{ UNALIGNED, "move", "" },
		{ "size=1/x=2", "size", "" }, /* the bench's name is no parameter */
		{ "floor/empty", "size", "" },
		{ "m/a=/b=1", "a", "" },
		{ "m/a=b=c", "a", "b=c" },
		{ "m/long=123456789", "long", "1234567" },
		{ "", "a", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char out[8];

		assert_string_equal(cell_param(cases[i].cell, cases[i].param, out, sizeof(out)),
				    cases[i].value);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, filled, fixture_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_run_is_found_by_what_a_person_types),
		TEST(a_kernel_is_found_by_the_beginning_of_its_hash),
		TEST(runs_come_newest_first_and_filtered),
		TEST(a_run_tells_what_was_stored),
		TEST(a_summary_counts_valid_samples_only),
		TEST(the_trial_is_the_unit_of_statistics),
		TEST(a_splat_marks_its_run_and_is_one_row_over_all_trials),
		TEST(only_one_trait_keeps_a_kernel_out_of_figures),
		TEST(cells_keep_the_order_of_the_first_trial),
		TEST(a_metric_is_named_globbed_or_missed),
		TEST(an_unsupported_metric_says_why_and_has_no_number),
		TEST(a_run_without_trials_has_no_cells),
		TEST(every_sample_is_visited_until_told_to_stop),
		TEST(damaged_values_name_their_place),
		cmocka_unit_test(a_cells_parameter_is_read_from_its_key),
	};

	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
