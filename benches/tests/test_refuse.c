// SPDX-License-Identifier: GPL-2.0-only
/* The refusals of mremap: every case is in the table, and what each answers by kernel version. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "benches/cell.h"
#include "benches/families/refuse_rules.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct kernel_version oldest = { 6, 1 }, before = { 6, 16 }, since = { 6, 17 },
				   newest = { 7, 3 };

static const struct bench *bench_named(const char *name)
{
	for (size_t i = 0; i < bench_count; i++)
		if (strcmp(bench_registry[i]->name, name) == 0)
			return bench_registry[i];
	fail_msg("no bench %s", name);
	return NULL;
}

static void the_cases_are_the_table(void **state)
{
	const struct bench *bench = bench_named("refuse");
	const char *const *cases = bench->params[0].values;
	size_t count = 0;

	(void)state;
	assert_string_equal(bench->params[0].name, "case");
	for (; cases[count]; count++)
		if (!refusal_find(cases[count]))
			fail_msg("no call for the case %s", cases[count]);
	assert_int_equal(count, refusal_count);
	assert_null(refusal_find(""));
	assert_null(refusal_find("seale"));
	assert_null(refusal_find("sealed_"));
}

static void each_refusal_answers_its_errno(void **state)
{
	static const struct {
		const char *name;
		int old, now; /* until 6.16, since 6.17 */
	} rows[] = {
		{ "unknown_flag", EINVAL, EINVAL },   { "relocate_alone", EINVAL, EINVAL },
		{ "must_alone", EINVAL, EINVAL },     { "fixed_alone", EINVAL, EINVAL },
		{ "too_long", ENOMEM, EINVAL },	      { "old_len_0", EINVAL, EINVAL },
		{ "unmapped", EFAULT, EFAULT },	      { "past_end_over", EFAULT, EFAULT },
		{ "no_room", ENOMEM, ENOMEM },	      { "maps", ENOMEM, ENOMEM },
		{ "sealed", EPERM, EPERM },	      { "locked", EAGAIN, EAGAIN },
		{ "huge_unaligned", EINVAL, EINVAL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct refusal *refusal = refusal_find(rows[i].name);

		assert_non_null(refusal);
		assert_int_equal(refusal_errno(refusal, oldest), rows[i].old);
		assert_int_equal(refusal_errno(refusal, before), rows[i].old);
		assert_int_equal(refusal_errno(refusal, since), rows[i].now);
		assert_int_equal(refusal_errno(refusal, newest), rows[i].now);
	}
}

static void only_a_mapped_destination_is_lost_and_only_before_6_17(void **state)
{
	(void)state;
	for (size_t i = 0; i < refusal_count; i++) {
		bool over = strcmp(refusals[i].name, "past_end_over") == 0;

		assert_int_equal(refusal_loses(&refusals[i], oldest), over);
		assert_int_equal(refusal_loses(&refusals[i], before), over);
		assert_false(refusal_loses(&refusals[i], since));
		assert_false(refusal_loses(&refusals[i], newest));
	}
}

static void a_call_without_pages_to_matter_has_one_size(void **state)
{
	static const struct {
		const char *key;
		int found;
	} rows[] = {
		{ "refuse/case=unknown_flag/size=4K", 0 },
		{ "refuse/case=unknown_flag/size=32M", -ENOENT },
		{ "refuse/case=sealed/size=4K", 0 },
		{ "refuse/case=sealed/size=32M", 0 },
		{ "refuse/case=huge_grow/size=32M", 0 },
		{ "refuse/case=huge_grow/size=4K", -ENOENT },
	};
	struct cell cell;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (cell_find(rows[i].key, &cell) != rows[i].found)
			fail_msg("%s is %sa cell", rows[i].key, rows[i].found ? "" : "not ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cases_are_the_table),
		cmocka_unit_test(each_refusal_answers_its_errno),
		cmocka_unit_test(only_a_mapped_destination_is_lost_and_only_before_6_17),
		cmocka_unit_test(a_call_without_pages_to_matter_has_one_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
