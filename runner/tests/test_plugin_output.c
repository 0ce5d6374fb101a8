// SPDX-License-Identifier: GPL-2.0-only
/* The parser of what the QEMU plugin wrote. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "runner/report.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEAD "remapbench-plugin 1 __pte_alloc move_huge_pmd\n"
#define HEAD2 "remapbench-plugin 2 f\n"
/* A region of 9 instructions, and two functions. */
#define NINE HEAD2 "region 0 9 0\nfunction 0 a\nfunction 3 b\n"

static void a_plugins_output_is_kept_exactly(void **state)
{
	static const char bytes[] = HEAD "region 0 29400 0\n"
					 "region 1 18446744073709551615 512 move_huge_pmd=16\n"
					 "region 2 7 0 move_huge_pmd=4294967295 __pte_alloc=17\n"
					 "region 3 9 0 __pte_all";
	struct plugin_output output;
	struct fault fault = { 0 };

	(void)state;
	assert_int_equal(plugin_output_parse(bytes, strlen(bytes), &output, &fault), 0);
	assert_int_equal(output.function_count, 2);
	assert_string_equal(output.functions[1], "move_huge_pmd");
	assert_int_equal(output.region_count, 3); /* the cut one is dropped */
	assert_int_equal(output.regions[0].instructions, 29400);
	assert_int_equal(output.regions[0].entries[0], 0);
	assert_true(output.regions[1].instructions == UINT64_MAX);
	assert_int_equal(output.regions[1].excluded, 512);
	assert_int_equal(output.regions[1].entries[1], 16);
	assert_int_equal(output.regions[2].entries[0], 17);
	assert_true(output.regions[2].entries[1] == UINT32_MAX);
	plugin_output_free(&output);
	assert_null(output.regions);
}

static void a_kernel_without_watched_functions_is_no_error(void **state)
{
	static const char bytes[] = "remapbench-plugin 1\nregion 0 5 0\n";
	struct plugin_output output;

	(void)state;
	assert_int_equal(plugin_output_parse(bytes, strlen(bytes), &output, NULL), 0);
	assert_int_equal(output.function_count, 0);
	assert_int_equal(output.region_count, 1);
	plugin_output_free(&output);
}

static void a_profile_is_kept_exactly(void **state)
{
	static const char bytes[] = HEAD2
		"region 0 29400 0\nfunction 0 [user]\nfunction 12 move_ptes.isra.0\n"
		"profile 0 0=400 12=29000\n"
		"region 1 7 3 f=1\nprofile 1 12=7\n"
		"region 2 9 0\n"
		"region 3 0 0\nprofile 3\n"
		"region 4 18446744073709551615 0\nprofile 4 0=1 12=18446744073709551614\n"
		"region 5 9 0\nprofile 5 0=";
	struct plugin_output output;
	struct fault fault = { 0 };

	(void)state;
	if (plugin_output_parse(bytes, strlen(bytes), &output, &fault))
		fail_msg("%s", fault.text);
	assert_true(output.profiled);
	assert_int_equal(output.region_count, 6);
	assert_string_equal(output.rows[12], "move_ptes.isra.0");
	assert_int_equal(output.regions[0].profile_count, 2);
	assert_int_equal(output.counts[1].row, 12);
	assert_int_equal(output.counts[1].instructions, 29000);
	assert_int_equal(output.regions[1].profile, 2);
	assert_int_equal(output.regions[2].profile_count, 0);
	assert_int_equal(output.regions[3].profile_count, 0);
	assert_int_equal(output.regions[4].profile_count, 2);
	assert_int_equal(output.regions[5].profile_count, 0); /* it was cut */
	plugin_output_free(&output);
}

static void a_broken_output_is_refused_with_its_line(void **state)
{
	static const struct {
		const char *bytes, *why;
	} rows[] = {
		{ "", "is empty" },
		{ "remapbench-plugin 1", "is empty" },
		{ "\n", "line 1 of the plugin's output: not a plugin's output" },
		{ "remapbench-plugin\n", "line 1" },
		{ "remapbench-plugin 3 f\n", "version 3, not 1 or 2" },
		{ "remapbench-plugin 1 f f\n", "function 2 was there before" },
		{ "remapbench-plugin 1 f  g\n", "function 2 has no possible name" },
		{ "remapbench-plugin 1 f=g\n", "function 1 has no possible name" },
		{ "remapbench-plugin 1 f \n", "a space at its end" },
		{ "remapbench-plugin 1 "
		  "a_name_of_64_characters_is_one_more_than_fits_into_its_place_012\n",
		  "function 1 has no possible name" },
		{ HEAD "\n", "line 2 of the plugin's output: not a region" },
		{ HEAD "regions 0 1 2\n", "not a region" },
		{ HEAD "region 1 1 0\n", "its index is not 0" },
		{ HEAD "region 0 1 0\nregion 0 1 0\n", "line 3 of the plugin's output: its index" },
		{ HEAD "region 0 1\n", "no 64-bit number" },
		{ HEAD "region 0 -1 0\n", "no 64-bit number" },
		{ HEAD "region 0 18446744073709551616 0\n", "no 64-bit number" },
		{ HEAD "region 0  1 0\n", "no 64-bit number" },
		{ HEAD "region 0 1 0 \n", "a space at its end" },
		{ HEAD "region 0 1 0 __pte_alloc\n", "without '='" },
		{ HEAD "region 0 1 0 other=1\n", "not in the header" },
		{ HEAD "region 0 1 0 __pte_allo=1\n", "not in the header" },
		{ HEAD "region 0 1 0 __pte_alloc=\n", "__pte_alloc: no 32-bit number" },
		{ HEAD "region 0 1 0 __pte_alloc=4294967296\n", "no 32-bit number" },
		{ HEAD "region 0 1 0 __pte_alloc=1=2\n", "no 32-bit number" },
		{ HEAD "region 0 1 0 __pte_alloc=1 __pte_alloc=1\n", "__pte_alloc: twice" },
		{ HEAD "region 0 1 0 \x01=1\n", "byte 0x01 at column 14" },
		{ HEAD "region 0 1 0\r\n", "byte 0x0d at column 13" },
		/* Version 1 has no profiles. */
		{ HEAD "function 0 a\n", "not a region" },
		{ HEAD "region 0 1 0\nprofile 0\n", "not a region" },
		{ HEAD2 "function\n", "a function's number is below" },
		{ HEAD2 "function 32768 a\n", "a function's number is below" },
		{ HEAD2 "function 1\n", "function 1 has no possible name" },
		{ HEAD2 "function 1 a b\n", "function 1 has no possible name" },
		{ HEAD2 "function 1 a=b\n", "function 1 has no possible name" },
		{ NINE "function 3 c\n", "function 3 was there before" },
		{ HEAD2 "profile 0\n", "not the profile of the region before it" },
		{ NINE "profile 1 0=9\n", "not the profile of the region before it" },
		{ NINE "profile 0 0=9\nprofile 0 0=9\n", "has a profile already" },
		{ NINE "profile 0 0=8\n", "don't add up to the 9 instructions" },
		{ NINE "profile 0 0=9 3=1\n", "don't add up to the 9 instructions" },
		{ NINE "profile 0\n", "don't add up to the 9 instructions" },
		{ NINE "profile 0 0=18446744073709551615 3=10\n", "don't add up" },
		{ NINE "profile 0 0=4 0=5\n", "function 0 is not in its place" },
		{ NINE "profile 0 3=4 0=5\n", "function 0 is not in its place" },
		{ NINE "profile 0 0=9 3=0\n", "function 3: no 64-bit number above 0" },
		{ NINE "profile 0 0=x\n", "function 0: no 64-bit number above 0" },
		{ NINE "profile 0 0\n", "without '='" },
		{ NINE "profile 0 1=9\n", "a function that was not named before" },
		{ NINE "profile 0 99999=9\n", "a function that was not named before" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct plugin_output output;
		struct fault fault = { 0 };
		int err =
			plugin_output_parse(rows[i].bytes, strlen(rows[i].bytes), &output, &fault);

		if (err != -EPROTO || !strstr(fault.text, rows[i].why))
			fail_msg("%s: %d, %s", rows[i].bytes, err, fault.text);
		assert_null(output.regions);
	}
}

static void functions_are_counted_up_to_their_limit(void **state)
{
	(void)state;
	for (int functions = PLUGIN_FUNCTIONS; functions <= PLUGIN_FUNCTIONS + 1; functions++) {
		struct plugin_output output;
		struct text text = { 0 };
		struct fault fault = { 0 };

		text_add(&text, "remapbench-plugin 1");
		for (int i = 0; i < functions; i++)
			text_addf(&text, " f%d", i);
		text_add(&text, "\nregion 0 1 0");
		for (int i = functions - 1; i >= 0; i--)
			text_addf(&text, " f%d=%d", i, i);
		text_add(&text, "\n");
		assert_int_equal(plugin_output_parse(text.data, text.len, &output, &fault),
				 functions > PLUGIN_FUNCTIONS ? -EPROTO : 0);
		for (size_t i = 0; i < output.function_count; i++)
			assert_int_equal(output.regions[0].entries[i], i);
		plugin_output_free(&output);
		text_free(&text);
	}
}

static void many_regions_are_kept(void **state)
{
	struct plugin_output output;
	struct text text = { 0 };

	(void)state;
	text_add(&text, HEAD);
	for (int i = 0; i < 10000; i++)
		text_addf(&text, "region %d %d 0 __pte_alloc=%d\n", i, 2 * i, i);
	assert_int_equal(plugin_output_parse(text.data, text.len, &output, NULL), 0);
	assert_int_equal(output.region_count, 10000);
	for (uint32_t i = 0; i < 10000; i++) {
		assert_int_equal(output.regions[i].instructions, 2 * i);
		assert_int_equal(output.regions[i].entries[0], i);
	}
	plugin_output_free(&output);
	text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plugins_output_is_kept_exactly),
		cmocka_unit_test(a_kernel_without_watched_functions_is_no_error),
		cmocka_unit_test(a_profile_is_kept_exactly),
		cmocka_unit_test(a_broken_output_is_refused_with_its_line),
		cmocka_unit_test(functions_are_counted_up_to_their_limit),
		cmocka_unit_test(many_regions_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
