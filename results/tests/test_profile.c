// SPDX-License-Identifier: GPL-2.0-only
/* Profiles: stored and read back, the steady sample, groups, and the difference of two; all sums exact. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "results/profile_diff.h"
#include "results/tests/fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define CELL "move/size=2M"

enum { SAMPLES = 5, FUNCTIONS = 6 };

/* Functions and their instructions in five samples; a name of NULL ends them. */
struct sketch {
	struct {
		const char *name;
		uint64_t values[SAMPLES];
	} functions[FUNCTIONS];
	uint32_t rejected; /* so many samples from the first on are invalid */
	const char *reason; /* why; NULL: another than another path */
};

static const char groups_text[] = "# two groups\n"
				  "group own path the path\n"
				  "group slab refill a slab\n"
				  "own move_* entry*\n"
				  "slab ___slab_alloc allocate_slab\n";

/* 100, 105, 100, 100 and 160 instructions: in the last a slab was refilled. */
static const struct sketch plain = {
	.functions = {
		{ "move_ptes.constprop.0", { 60, 60, 60, 60, 60 } },
		{ "move_ptes", { 10, 10, 10, 10, 10 } },
		{ "entry", { 30, 35, 30, 30, 30 } },
		{ "allocate_slab", { 0, 0, 0, 0, 60 } },
	},
};

static void trial_add(struct fixture *fixture, int64_t run, int64_t sequence,
		      const struct sketch *sketch, bool profiled)
{
	uint64_t totals[SAMPLES] = { 0 }, entries[SAMPLES] = { 3, 3, 3, 3, 3 };
	struct function_record functions[FUNCTIONS];
	struct profile_record profile = { 0, functions };
	struct reject_record rejects[SAMPLES];
	struct series_record series[] = { { "insn", "instructions", NULL, totals },
					  { "fn:move_ptes", "entries", NULL, entries } };
	struct measurement_record measurement = { .cell = CELL,
						  .status = "ok",
						  .reason = "",
						  .expected = "",
						  .samples = SAMPLES,
						  .series_count = COUNT(series),
						  .series = series,
						  .reject_count = sketch->rejected,
						  .rejects = rejects };
	const struct trial_record trial = { .sequence = sequence,
					    .status = "ok",
					    .reason = "",
					    .console = "",
					    .measurement_count = 1,
					    .measurements = &measurement,
					    .profiles = &profile };
	struct fault fault = { 0 };
	size_t count = 0;

	for (; count < FUNCTIONS && sketch->functions[count].name; count++) {
		functions[count] = (struct function_record){ sketch->functions[count].name,
							     sketch->functions[count].values };
		for (size_t s = 0; s < SAMPLES; s++)
			totals[s] += sketch->functions[count].values[s];
	}
	for (uint32_t i = 0; i < sketch->rejected; i++)
		rejects[i] = (struct reject_record){ i, sketch->reason ? sketch->reason : "wrong" };
	profile.count = profiled ? count : 0;
	if (store_trial_save(fixture->store, run, &trial, &fault))
		fail_msg("%s", fault.text);
}

static int64_t run_add(struct fixture *fixture, const char *release)
{
	return fixture_run(fixture, fixture_kernel(fixture, release, release), "insn");
}

static struct profile load(struct fixture *fixture, int64_t run)
{
	struct profile profile;
	struct fault fault = { 0 };

	if (profile_load(fixture->store, run, CELL, &profile, &fault))
		fail_msg("%s", fault.text);
	return profile;
}

static void groups_make(struct function_groups *groups)
{
	struct fault fault = { 0 };

	if (function_groups_parse(groups_text, groups, &fault))
		fail_msg("%s", fault.text);
}

static void copies_are_one_function_and_sums_are_the_count(void **state)
{
	struct fixture *fixture = *state;
	const struct profile_function *move;
	struct profile profile;
	int64_t run;

	fixture_open(fixture);
	run = run_add(fixture, "6.1");
	trial_add(fixture, run, 1, &plain, true);
	profile = load(fixture, run);
	assert_int_equal(profile.function_count, 3);
	assert_int_equal(profile.sample_count, SAMPLES);
	assert_int_equal(profile.steady, 100);
	assert_int_equal(profile.as_steady, 3);
	assert_int_equal(profile.min, 100);
	assert_int_equal(profile.max, 160);
	assert_string_equal(profile.functions[0].name, "move_ptes"); /* the most comes first */
	move = profile_find(&profile, "move_ptes");
	assert_non_null(move);
	assert_int_equal(move->steady, 70);
	assert_int_equal(move->entries, 3);
	assert_string_equal(move->copies, "move_ptes move_ptes.constprop.0");
	assert_string_equal(profile_find(&profile, "entry")->copies, "");
	assert_int_equal(profile_find(&profile, "entry")->entries, -1);
	assert_int_equal(profile_find(&profile, "allocate_slab")->max, 60);
	assert_null(profile_find(&profile, "move_ptes.constprop.0"));
	for (size_t s = 0; s < profile.sample_count; s++) {
		uint64_t sum = 0;

		for (size_t f = 0; f < profile.function_count; f++)
			sum += profile.functions[f].values[s];
		assert_int_equal(sum, profile.samples[s].total);
	}
	profile_free(&profile);
}

/* Mode by mode, these would add up to 10 + 50 + 30: a sample that there never was. */
static void the_steady_state_is_a_sample_that_was(void **state)
{
	static const struct sketch odd = {
		.functions = {
			{ "f", { 10, 10, 20, 15, 10 } },
			{ "g", { 50, 55, 50, 50, 40 } },
			{ "h", { 35, 30, 30, 30, 30 } },
		},
	}; /* 95, 95, 100, 95, 80 */
	static const struct sketch usual = {
		.functions = {
			{ "f", { 15, 15, 15, 15, 15 } },
			{ "g", { 50, 50, 50, 50, 50 } },
			{ "h", { 30, 30, 30, 30, 30 } },
		},
	};
	struct fixture *fixture = *state;
	struct profile profile;
	uint64_t sum = 0;
	int64_t run;

	fixture_open(fixture);
	run = run_add(fixture, "6.1");
	trial_add(fixture, run, 1, &odd, true);
	trial_add(fixture, run, 2, &usual, true);
	profile = load(fixture, run);
	assert_int_equal(profile.steady, 95);
	assert_int_equal(profile.as_steady, 8);
	/* The first of those with the most frequent split. */
	assert_int_equal(profile.samples[profile.steady_sample].trial, 1);
	assert_int_equal(profile.samples[profile.steady_sample].sample, 3);
	assert_int_equal(profile_find(&profile, "f")->steady, 15);
	assert_int_equal(profile_find(&profile, "g")->steady, 50);
	for (size_t f = 0; f < profile.function_count; f++)
		sum += profile.functions[f].steady;
	assert_int_equal(sum, profile.steady);
	profile_free(&profile);
}

static void invalid_samples_are_in_no_profile(void **state)
{
	static const struct sketch wrong = {
		.functions = { { "f", { 1, 1, 9, 9, 9 } }, { "wrong", { 5, 5, 0, 0, 0 } } },
		.rejected = 2,
	};
	struct fixture *fixture = *state;
	struct profile profile;
	int64_t run;

	fixture_open(fixture);
	run = run_add(fixture, "6.1");
	trial_add(fixture, run, 1, &wrong, true);
	profile = load(fixture, run);
	assert_int_equal(profile.sample_count, 3);
	assert_int_equal(profile.function_count, 1);
	assert_int_equal(profile.samples[0].sample, 2);
	assert_int_equal(profile.min, 9);
	profile_free(&profile);
}

static void another_path_is_told_where_no_sample_took_the_cells_own(void **state)
{
	static const struct {
		const char *reason;
		uint32_t rejected;
		size_t samples; /* in the profile; 0: there is none */
		bool strayed;
	} cases[] = {
		{ REJECT_PATH "f entered 2 times instead of 1", SAMPLES, SAMPLES, true },
		{ REJECT_PATH "f entered 2 times instead of 1", SAMPLES - 1, 1, false },
		{ "page 3 has other bytes", SAMPLES, 0, false },
	};
	struct fixture *fixture = *state;

	fixture_open(fixture);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct sketch sketch = { .functions = { { "f", { 7, 7, 7, 7, 7 } } },
					       .rejected = cases[i].rejected,
					       .reason = cases[i].reason };
		int64_t run = run_add(fixture, "6.1");
		struct profile profile;
		int err;

		trial_add(fixture, run, 1, &sketch, true);
		err = profile_load(fixture->store, run, CELL, &profile, NULL);
		assert_int_equal(err, cases[i].samples ? 0 : -ENODATA);
		assert_int_equal(profile.sample_count, cases[i].samples);
		assert_int_equal(profile.strayed, cases[i].strayed);
		profile_free(&profile);
	}
}

static void what_has_no_profile_says_so(void **state)
{
	struct fixture *fixture = *state;
	struct profile profile;
	struct fault fault = { 0 };
	int64_t run;

	fixture_open(fixture);
	run = run_add(fixture, "6.1");
	assert_int_equal(profile_load(fixture->store, run, CELL, &profile, &fault), -ENOENT);
	trial_add(fixture, run, 1, &plain, false);
	assert_int_equal(profile_load(fixture->store, run, CELL, &profile, &fault), -ENODATA);
	assert_non_null(strstr(fault.text, "--no-profile"));
	assert_null(profile.functions);
	/* One trial of two: the other's samples are counted, and told. */
	trial_add(fixture, run, 2, &plain, true);
	profile = load(fixture, run);
	assert_int_equal(profile.without, SAMPLES);
	assert_int_equal(profile.sample_count, SAMPLES);
	profile_free(&profile);
}

static void what_does_not_add_up_is_damaged(void **state)
{
	static const char *const damages[] = {
		/* Another count; another number of samples; not a blob; a function that is not there. */
		"UPDATE series SET data = x'0105020000000a' WHERE metric = 1",
		"UPDATE profile SET data = x'010401010402'",
		"UPDATE profile SET data = x'00'",
		"UPDATE profile SET data = x'01050101057800'",
		"PRAGMA foreign_keys = OFF; DELETE FROM function",
		"DELETE FROM series WHERE metric = 1",
	};
	struct fixture *fixture = *state;
	int64_t run;

	for (size_t i = 0; i < COUNT(damages); i++) {
		struct profile profile;
		struct fault fault = { 0 };

		fixture_open(fixture);
		run = run_add(fixture, "6.1");
		trial_add(fixture, run, 1, &plain, true);
		fixture_sql(fixture->path, damages[i]);
		if (profile_load(fixture->store, run, CELL, &profile, &fault) != -EBADMSG)
			fail_msg("%s: %s", damages[i], fault.text);
		assert_non_null(strstr(fault.text, CELL));
		assert_null(profile.functions);
		fixture_close(fixture);
		fixture_sql(fixture->path, "DELETE FROM run; DELETE FROM cell; DELETE FROM metric");
	}
}

static void a_profile_goes_with_its_run(void **state)
{
	struct fixture *fixture = *state;

	fixture_open(fixture);
	trial_add(fixture, run_add(fixture, "6.1"), 1, &plain, true);
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM profile"), 1);
	fixture_sql(fixture->path, "PRAGMA foreign_keys = ON; DELETE FROM run");
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM profile"), 0);
}

static void parts_are_summed_sample_by_sample(void **state)
{
	struct fixture *fixture = *state;
	struct function_groups groups;
	struct profile_groups sums;
	struct profile profile;
	int64_t run;

	groups_make(&groups);
	fixture_open(fixture);
	run = run_add(fixture, "6.1");
	trial_add(fixture, run, 1, &plain, true);
	profile = load(fixture, run);
	assert_int_equal(profile_group(&profile, &groups, &sums), 0);
	assert_int_equal(sums.parts[PART_PATH].steady, 100);
	assert_int_equal(sums.parts[PART_PATH].max, 105);
	assert_int_equal(sums.parts[PART_REFILL].steady, 0);
	assert_int_equal(sums.parts[PART_REFILL].min, 0);
	assert_int_equal(sums.parts[PART_REFILL].max, 60);
	assert_int_equal(sums.sums[0].steady, 100);
	assert_int_equal(sums.sums[1].max, 60);
	profile_free(&profile);
	function_groups_free(&groups);
}

static void a_difference_adds_up_to_the_instruction(void **state)
{
	/* 6 a sample more in the path, 1 less; one function is new, one gone; a slab each time. */
	static const struct sketch other = {
		.functions = {
			{ "move_ptes", { 76, 76, 76, 76, 76 } },
			{ "entry", { 29, 29, 29, 29, 29 } },
			{ "new_function", { 4, 4, 4, 4, 4 } },
			{ "allocate_slab", { 60, 60, 60, 60, 60 } },
		},
	};
	static const struct {
		const char *function;
		int64_t change;
		bool in_a, in_b, apart;
		enum function_part part;
	} want[] = {
		{ "allocate_slab", 60, true, true, false, PART_REFILL },
		{ "move_ptes", 6, true, true, true, PART_PATH },
		{ "new_function", 4, false, true, true, PART_PATH },
		{ "entry", -1, true, true, true, PART_PATH },
	};
	struct fixture *fixture = *state;
	struct function_groups groups;
	struct profile a, b;
	struct profile_diff diff;
	int64_t run, sum = 0;

	groups_make(&groups);
	fixture_open(fixture);
	run = run_add(fixture, "6.1");
	trial_add(fixture, run, 1, &plain, true);
	a = load(fixture, run);
	run = run_add(fixture, "6.12");
	trial_add(fixture, run, 1, &other, true);
	b = load(fixture, run);
	assert_int_equal(profile_diff_make(&a, &b, &groups, &diff), 0);
	assert_int_equal(diff.change, 69);
	assert_int_equal(diff.changed, COUNT(want));
	assert_int_equal(diff.only_a, 0);
	assert_int_equal(diff.only_b, 1);
	for (size_t i = 0; i < COUNT(want); i++) {
		const struct profile_change *change = &diff.changes[i];

		assert_string_equal(change->function, want[i].function);
		assert_true(change->change == want[i].change);
		assert_int_equal(change->in_a, want[i].in_a);
		assert_int_equal(change->in_b, want[i].in_b);
		assert_int_equal(change->apart, want[i].apart);
		assert_int_equal(change->part, want[i].part);
	}
	for (size_t i = 0; i < diff.change_count; i++)
		sum += diff.changes[i].change;
	assert_true(sum == diff.change);
	assert_true(diff.parts[PART_PATH].change == 9);
	assert_true(diff.parts[PART_REFILL].change == 60);
	assert_false(diff.parts[PART_REFILL].apart);
	assert_int_equal(diff.changes[1].entries_a, 3);
	assert_int_equal(diff.changes[2].entries_a, -1);
	profile_diff_free(&diff);
	/* The other way round, all signs are. */
	assert_int_equal(profile_diff_make(&b, &a, &groups, &diff), 0);
	assert_true(diff.change == -69);
	assert_true(diff.parts[PART_PATH].change == -9);
	assert_int_equal(diff.only_a, 1);
	profile_diff_free(&diff);
	assert_int_equal(profile_diff_make(&a, &a, &groups, &diff), 0);
	assert_int_equal(diff.changed, 0);
	profile_diff_free(&diff);
	profile_free(&a);
	profile_free(&b);
	function_groups_free(&groups);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_make, fixture_remove)
	const struct CMUnitTest tests[] = {
		TEST(copies_are_one_function_and_sums_are_the_count),
		TEST(the_steady_state_is_a_sample_that_was),
		TEST(invalid_samples_are_in_no_profile),
		TEST(another_path_is_told_where_no_sample_took_the_cells_own),
		TEST(what_has_no_profile_says_so),
		TEST(what_does_not_add_up_is_damaged),
		TEST(a_profile_goes_with_its_run),
		TEST(parts_are_summed_sample_by_sample),
		TEST(a_difference_adds_up_to_the_instruction),
	};

	return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
