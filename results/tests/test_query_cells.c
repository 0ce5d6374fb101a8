// SPDX-License-Identifier: GPL-2.0-only
/* What the queries say of a run's cells, metrics and samples, whatever states they are in. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "results/query.h"
#include "results/tests/fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define UNALIGNED "move/size=32M/align=unaligned/fill=100/folio=4K"

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

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_make_filled, fixture_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_summary_counts_valid_samples_only),
		TEST(the_trial_is_the_unit_of_statistics),
		TEST(cells_keep_the_order_of_the_first_trial),
		TEST(a_metric_is_named_globbed_or_missed),
		TEST(an_unsupported_metric_says_why_and_has_no_number),
		TEST(a_run_without_trials_has_no_cells),
		TEST(every_sample_is_visited_until_told_to_stop),
		TEST(damaged_values_name_their_place),
		cmocka_unit_test(a_cells_parameter_is_read_from_its_key),
	};

	return cmocka_run_group_tests_name("query cells", tests, NULL, NULL);
}
