// SPDX-License-Identifier: GPL-2.0-only
/* What the plan tells the agent of a kernel's traits: the words it knows, not those for people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "runner/ask.h"

#define PLAN(lines) "remapbench-plan 1\ntask cells\n" lines "end\n"

static void traits_of_one_word_are_told(void **state)
{
	static const struct {
		const char *traits, *plan;
	} cases[] = {
		{ NULL, PLAN("") },
		{ "", PLAN("") },
		{ "no-move-pmd", PLAN("trait no-move-pmd\n") },
		{ "not for figures", PLAN("") },
		{ "relocation, not for figures", PLAN("trait relocation\n") },
		{ "not for figures, no-realign", PLAN("trait no-realign\n") },
		{ "relocation, no-realign", PLAN("trait relocation\ntrait no-realign\n") },
		{ ", ,", PLAN("") },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct ask ask = { .task = "cells", .traits = cases[i].traits };
		struct text plan = { 0 };

		ask_write(&ask, &plan);
		assert_string_equal(text_get(&plan), cases[i].plan);
		text_free(&plan);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(traits_of_one_word_are_told) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
