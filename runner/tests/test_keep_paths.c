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

#include "results/query.h"
#include "runner/keep.h"
#include "runner/tests/kept_run.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

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
	assert_false(kept_trial.ok);
	trial_keeps(place, true);
	stored_is(place, "insn",
		  "a insn 0 10: cut short by the test\n"
		  "a insn 1 0: the plugin recorded no such region\n"
		  "a insn 2 0: the plugin recorded no such region\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_make, place_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_judged_by_its_entries),
		cmocka_unit_test(a_sample_without_a_region_is_not_believed),
		TEST(counts_are_joined_by_the_region),
		TEST(the_expected_path_is_kept_in_words),
		TEST(a_sample_on_another_path_is_invalid),
		TEST(the_agents_own_reason_stands),
		TEST(the_agents_reasons_may_come_in_any_order),
		TEST(samples_without_a_region_are_invalid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
