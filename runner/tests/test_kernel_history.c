// SPDX-License-Identifier: GPL-2.0-only
/* Which builds a history is made of: by version, each once, oldest first. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "runner/kernel_history.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void since_and_until_are_in_debians_order(void **state)
{
	static const struct {
		const char *since, *until, *version;
		bool wanted;
	} rows[] = {
		{ NULL, NULL, "6.1.176-1", true },
		{ "6.12", NULL, "6.12.43-1~bpo12+1", true },
		{ "6.12", NULL, "6.12-1", true },
		{ "6.12", NULL, "6.12~rc7-1~exp1", false },
		{ "6.12", NULL, "6.1.192-2", false },
		{ "6.1", NULL, "6.12.43-1", true },
		{ "7.3", NULL, "7.3~rc7-1~exp1", false },
		{ "7.3~rc1", NULL, "7.3~rc7-1~exp1", true },
		{ "7.3", NULL, "7.3.4-1", true },
		{ NULL, "7.2", "7.2.13-1", true },
		{ NULL, "7.2", "7.20.1-1", false },
		{ NULL, "7.2", "7.3~rc7-1~exp1", false },
		{ NULL, "7.3", "7.3~rc7-1~exp1", true },
		{ NULL, "6.12.90-2", "6.12.90-2~bpo12+1", true },
		{ NULL, "6.12.90-2~bpo12+1", "6.12.90-2", false },
		{ NULL, "6.1", "6.12.43-1", false },
		{ "6.16", "6.18", "6.17.13-1~bpo13+1", true },
		{ "6.16", "6.18", "6.19.6-2~bpo13+1", false },
		{ "6.18", "6.16", "6.17.13-1", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct kernel_history_wanted wanted = { rows[i].since, rows[i].until, NULL };

		if (kernel_history_version_wanted(&wanted, rows[i].version) != rows[i].wanted)
			fail_msg("since %s until %s: %s", rows[i].since ? rows[i].since : "-",
				 rows[i].until ? rows[i].until : "-", rows[i].version);
	}
}

static void each_build_stands_once_from_the_first_suite_and_oldest_first(void **state)
{
	struct kernel_available items[] = {
		{ .version = "7.3.4-1", .suite = "ports", .package = "a", .name = "debian-7.3.4" },
		{ .version = "6.12.9-1", .suite = "sid", .package = "b", .name = "debian-6.12.9" },
		{ .version = "7.3~rc7-1",
		  .suite = "exp",
		  .package = "c",
		  .name = "debian-7.3~rc7" },
		{ .version = "6.12.9-1", .suite = "old", .package = "b", .name = "debian-6.12.9" },
		{ .version = "6.12.90-1",
		  .suite = "old",
		  .package = "d",
		  .name = "debian-6.12.90" },
		{ .version = "6.1.200-1",
		  .suite = "old",
		  .package = "e",
		  .name = "debian-6.1.200" },
		{ .version = "6.12.9-1", .suite = "aaa", .package = "b", .name = "debian-6.12.9" },
	};
	struct kernel_available_list list = { items, COUNT(items) };
	struct text order = { 0 };

	(void)state;
	kernel_history_unite(&list);
	for (size_t i = 0; i < list.count; i++)
		text_addf(&order, "%s/%s ", list.items[i].suite, list.items[i].version);
	assert_string_equal(text_get(&order), "old/6.1.200-1 sid/6.12.9-1 old/6.12.90-1 "
					      "exp/7.3~rc7-1 ports/7.3.4-1 ");
	text_free(&order);
	list.count = 0;
	kernel_history_unite(&list);
	assert_int_equal(list.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(since_and_until_are_in_debians_order),
		cmocka_unit_test(each_build_stands_once_from_the_first_suite_and_oldest_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
