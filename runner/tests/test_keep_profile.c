// SPDX-License-Identifier: GPL-2.0-only
/* From a trial to the store: the profiles of its samples. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "results/profile.h"
#include "runner/tests/kept_run.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct profile profile_of(const struct place *place, const char *cell)
{
	struct profile profile;
	struct fault fault = { 0 };

	if (profile_load(place->store, place->run, cell, &profile, &fault))
		fail_msg("%s", fault.text);
	return profile;
}

static uint64_t value_of(const struct profile *profile, const char *function, size_t sample)
{
	const struct profile_function *found = profile_find(profile, function);

	assert_non_null(found);
	return found->values[sample];
}

/* Rows 5 and 9 are functions of one name, of two files; row 7 is no sample's. */
static void each_sample_has_the_functions_of_its_region(void **state)
{
	struct place *place = *state;
	struct profile profile;

	trial_says(GUEST "cell a\nsample 0 107\nregion 2\nsample 1 108\nregion 3\ncell-end a\n"
			 "cell b\nsample 0 57\nregion 4\ncell-end b\nend\n",
		   "remapbench-plugin 2 torn f\n"
		   "region 0 4 0\nfunction 7 warm\nprofile 0 7=4\n"
		   "region 1 100 0 f=2\nfunction 0 [user]\nfunction 5 same\nfunction 9 same\n"
		   "profile 1 0=10 5=60 9=30\n"
		   "region 2 101 9 f=2\nfunction 3 f.isra.0\nprofile 2 0=10 3=51 5=40\n"
		   "region 3 8 0\nprofile 3 0=8\n");
	trial_keeps(place, true);
	profile = profile_of(place, "a");
	assert_int_equal(profile.sample_count, 2);
	assert_int_equal(profile.function_count, 3);
	assert_null(profile_find(&profile, "warm"));
	assert_int_equal(value_of(&profile, "same", 0), 90);
	assert_int_equal(value_of(&profile, "same", 1), 40);
	assert_int_equal(value_of(&profile, "f", 0), 0);
	assert_int_equal(value_of(&profile, "f", 1), 51);
	assert_int_equal(profile_find(&profile, "f")->entries, 2);
	assert_int_equal(value_of(&profile, PROFILE_USER, 1), 10);
	profile_free(&profile);
	profile = profile_of(place, "b");
	assert_int_equal(profile.function_count, 1);
	assert_int_equal(profile.steady, 8);
	profile_free(&profile);
}

/* The plugin stopped writing profiles, or the guest ended before that one: the count is there. */
static void a_sample_without_a_profile_is_kept(void **state)
{
	struct place *place = *state;
	struct profile profile;

	trial_says(GUEST
		   "cell a\nsample 0 107\nregion 1\nsample 1 108\nregion 2\ncell-end a\nend\n",
		   "remapbench-plugin 2 torn\nregion 0 100 0\nfunction 0 [user]\nprofile 0 0=100\n"
		   "region 1 100 0\n");
	trial_keeps(place, true);
	stored_is(place, "insn", "a insn 0 100\na insn 1 100\n");
	profile = profile_of(place, "a");
	assert_int_equal(profile.sample_count, 1);
	assert_int_equal(profile.without, 1);
	profile_free(&profile);
}

static void without_profiles_there_is_none(void **state)
{
	struct place *place = *state;
	struct profile profile;

	trial_says(GUEST "cell a\nsample 0 107\nregion 1\ncell-end a\nend\n",
		   "remapbench-plugin 1 torn\nregion 0 100 0\n");
	trial_keeps(place, true);
	assert_int_equal(profile_load(place->store, place->run, "a", &profile, NULL), -ENODATA);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, place_make, place_remove)
	const struct CMUnitTest tests[] = {
		TEST(each_sample_has_the_functions_of_its_region),
		TEST(a_sample_without_a_profile_is_kept),
		TEST(without_profiles_there_is_none),
	};

	return cmocka_run_group_tests_name("keep_profile", tests, NULL, NULL);
}
