// SPDX-License-Identifier: GPL-2.0-only
/* What the queries say of the runs of a database that is filled with every state. */
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_make_filled, fixture_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_run_is_found_by_what_a_person_types),
		TEST(a_kernel_is_found_by_the_beginning_of_its_hash),
		TEST(runs_come_newest_first_and_filtered),
		TEST(a_run_tells_what_was_stored),
		TEST(a_splat_marks_its_run_and_is_one_row_over_all_trials),
		TEST(only_one_trait_keeps_a_kernel_out_of_figures),
	};

	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
