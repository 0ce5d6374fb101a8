// SPDX-License-Identifier: GPL-2.0-only
/* test_site_compare: which runs the dashboard compares, and what it says of them where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "plots/tests/fixture.h"
#include "plots/tests/pages.h"
#include "plots/tests/pairs.h"

static void site_good(const char *database, const struct function_groups *groups)
{
	struct fault fault = { 0 };

	if (pages_make(database, groups, fixture_at("site"), &fault))
		fail_msg("%s", fault.text);
}

/* What the index says of comparisons; NULL: nothing. Freed by the caller. */
static char *comparisons_section(void)
{
	char *content = fixture_read(fixture_at("site/index.html"));
	char *begin = strstr(content, "<h2 id=\"comparisons\">"), *end, *section = NULL;

	if (!begin != !strstr(content, "<a href=\"#comparisons\">"))
		fail_msg("the way to the comparisons leads nowhere, or there is none");
	if (begin) {
		end = strstr(begin + 1, "<h2");
		assert_non_null(end);
		section = strndup(begin, (size_t)(end - begin));
	}
	free(content);
	return section;
}

static void two_kernels_counts_are_compared_on_the_index_and_a_page(void **state)
{
	static const struct pairs_run runs[] = { { .kernel = "base" },
						 { .kernel = "patched", .path = 1012 } };
	static const char *const words[] = {
		"<a href=\"comparisons/insn.html\">1 of 1 cells costs more</a>",
		">base<",
		">patched<",
		"<a href=\"runs/1.html\">",
		"<a href=\"runs/2.html\">",
		"<td>insn</td><td>core</td>",
	};
	static const char *const page[] = {
		"<h1>1 of 1 cells costs more</h1>", "href=\"../index.html\"",
		"run 1 (complete): base",	    "run 2 (complete): patched",
		"remapbench compare 1 2</code>",    "sees no cache, TLB or IPI",
	};
	char *section;

	(void)state;
	pairs_write(fixture_at("r.db"), runs, 2);
	site_good(fixture_at("r.db"), NULL);
	section = comparisons_section();
	assert_non_null(section);
	for (size_t i = 0; section && i < sizeof(words) / sizeof(*words); i++)
		if (!strstr(section, words[i]))
			fail_msg("the index does not say: %s", words[i]);
	for (size_t i = 0; i < sizeof(page) / sizeof(*page); i++)
		if (!fixture_holds(fixture_at("site/comparisons/insn.html"), page[i]))
			fail_msg("the comparison's page does not say: %s", page[i]);
	pages_each(fixture_at("site"), page_check_links);
	free(section);
}

static void hostile_kernels_are_compared_and_escaped(void **state)
{
	const struct pairs_run runs[] = {
		{ .kernel = "base", .suite = fixture_hostile_words },
		{ .kernel = fixture_hostile_words,
		  .suite = fixture_hostile_words,
		  .traits = fixture_hostile_words,
		  .cell = fixture_hostile_words },
		{ .kernel = "third", .suite = fixture_hostile_words, .cell = fixture_hostile_words }
	};
	char *section;

	(void)state;
	pairs_write(fixture_at("r.db"), runs, 3);
	site_good(fixture_at("r.db"), NULL);
	section = comparisons_section();
	assert_non_null(section);
	assert_true(section && strstr(section, "&lt;script&gt;alert(1)"));
	assert_true(
		fixture_holds(fixture_at("site/comparisons/insn.html"), "&lt;script&gt;alert(1)"));
	pages_each(fixture_at("site"), page_check_escapes);
	pages_each(fixture_at("site"), page_check_links);
	free(section);
}

/* Which pair each instrument's page is of: "1 2"; NULL: there is no page. */
static void comparisons_are(const char *what, const char *const pairs[3])
{
	static const char *const instruments[] = { "insn", "clock", "pmu" };
	char *section = comparisons_section();

	if (!section != !(pairs[0] || pairs[1] || pairs[2]))
		fail_msg("%s: the index has %s section", what, section ? "a" : "no");
	for (size_t i = 0; i < 3; i++) {
		char name[64], link[64], command[64];
		bool there, linked;

		snprintf(name, sizeof(name), "site/comparisons/%s.html", instruments[i]);
		snprintf(link, sizeof(link), "\"comparisons/%s.html\"", instruments[i]);
		there = !access(fixture_at(name), F_OK);
		linked = section && strstr(section, link);
		if (there != !!pairs[i] || linked != there)
			fail_msg("%s: %s is %s, %s", what, name, there ? "there" : "not there",
				 linked ? "linked" : "not linked");
		snprintf(command, sizeof(command), "remapbench compare %s</code>",
			 pairs[i] ? pairs[i] : "");
		if (pairs[i] && !fixture_holds(fixture_at(name), command))
			fail_msg("%s: %s is not of %s", what, name, pairs[i]);
	}
	free(section);
}

static void the_newest_runs_that_go_together_are_compared(void **state)
{
	static const struct {
		const char *what;
		const char *pairs[3];
		struct pairs_run runs[4];
	} rows[] = {
#define A .kernel = "a"
#define B .kernel = "b"
#define C .kernel = "c"
#define CLOCK .instrument = "clock"
#define PMU .instrument = "pmu"
		{ "one run", { NULL }, { { A } } },
		{ "two runs of one kernel", { NULL }, { { A }, { A } } },
		{ "the newest older run of another kernel",
		  { "2 4" },
		  { { A }, { B }, { C }, { C } } },
		{ "of the same suite", { "1 3" }, { { A }, { B, .suite = "smoke" }, { C } } },
		{ "of suites with one kernel each",
		  { NULL },
		  { { A, .suite = "full" }, { B }, { C, .suite = "smoke" } } },
		{ "a newest run that has no other side",
		  { "1 2" },
		  { { A }, { B }, { C, .suite = "smoke" } } },
		{ "imported runs",
		  { NULL },
		  { { A, .reference = "2026" }, { B, .reference = "2026" } } },
		{ "an imported run and one of one's own",
		  { NULL },
		  { { A, .reference = "2026" }, { B } } },
		{ "a newer run that was imported",
		  { "1 2" },
		  { { A }, { B }, { C, .reference = "2026" } } },
		{ "a kernel built to find bugs",
		  { "1 3" },
		  { { A }, { B, .traits = "not for figures" }, { C } } },
		{ "a kernel that lacks something",
		  { "1 2" },
		  { { A }, { B, .traits = "no-move-pmd" } } },
		{ "a kernel that reported an error",
		  { "1 3" },
		  { { A }, { B, .splat = true }, { C } } },
		{ "a run that was interrupted",
		  { "1 3" },
		  { { A }, { B, .status = "interrupted" }, { C } } },
		{ "a run of which a part is there",
		  { "1 2" },
		  { { A }, { B, .status = "partial" } } },
		{ "another guest: compare refuses",
		  { "1 3" },
		  { { A }, { B, .recipe = "microvm" }, { C } } },
		{ "no other guest but another", { NULL }, { { A }, { B, .recipe = "microvm" } } },
		{ "no cell in common",
		  { "1 3" },
		  { { A }, { B, .cell = "refuse/how=odd" }, { C } } },
		{ "times in one go",
		  { NULL, "1 2" },
		  { { A, CLOCK, .group = "g" }, { B, CLOCK, .group = "g" } } },
		{ "times in one go, of one kernel",
		  { NULL, "1 2" },
		  { { A, CLOCK, .group = "g" }, { A, CLOCK, .group = "g" } } },
		{ "times, each by itself", { NULL }, { { A, CLOCK }, { B, CLOCK } } },
		{ "times, each by itself, of no name",
		  { NULL },
		  { { A, CLOCK, .group = "" }, { B, CLOCK, .group = "" } } },
		{ "times of two goes",
		  { NULL },
		  { { A, CLOCK, .group = "g" }, { B, CLOCK, .group = "h" } } },
		{ "a newer run by itself",
		  { NULL, "1 2" },
		  { { A, CLOCK, .group = "g" }, { B, CLOCK, .group = "g" }, { C, CLOCK } } },
		{ "three in one go",
		  { NULL, "2 3" },
		  { { A, CLOCK, .group = "g" },
		    { B, CLOCK, .group = "g" },
		    { C, CLOCK, .group = "g" } } },
		{ "two goes",
		  { NULL, "3 4" },
		  { { A, CLOCK, .group = "g" },
		    { B, CLOCK, .group = "g" },
		    { A, CLOCK, .group = "h" },
		    { B, CLOCK, .group = "h" } } },
		{ "times on another machine: compare refuses",
		  { NULL, "1 3" },
		  { { A, CLOCK, .group = "g" },
		    { B, CLOCK, .group = "g", .machine = "Another CPU" },
		    { C, CLOCK, .group = "g" } } },
		{ "times on a kernel that reported an error",
		  { NULL },
		  { { A, CLOCK, .group = "g" }, { B, CLOCK, .group = "g", .splat = true } } },
		{ "one go of two instruments",
		  { NULL },
		  { { A, CLOCK, .group = "g" }, { A, PMU, .group = "g" } } },
		{ "two instruments of times",
		  { NULL, "1 2", "3 4" },
		  { { A, CLOCK, .group = "g" },
		    { B, CLOCK, .group = "g" },
		    { A, PMU, .group = "h" },
		    { B, PMU, .group = "h" } } },
		{ "counts and times",
		  { "1 2", NULL, "3 4" },
		  { { A }, { B }, { A, PMU, .group = "h" }, { B, PMU, .group = "h" } } },
		{ "counts in one go, of one kernel",
		  { NULL },
		  { { A, .group = "g" }, { A, .group = "g" } } },
#undef A
#undef B
#undef C
#undef CLOCK
#undef PMU
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char name[32];
		size_t count = 0;

		while (count < 4 && rows[i].runs[count].kernel)
			count++;
		snprintf(name, sizeof(name), "%zu.db", i);
		pairs_write(fixture_at(name), rows[i].runs, count);
		site_good(fixture_at(name), NULL);
		comparisons_are(rows[i].what, rows[i].pairs);
	}
}

/* refused: so many runs that the newest can't be compared with lie between it and the oldest. */
static void comparisons_between(const char *database, size_t refused, const char *pair)
{
	struct pairs_run runs[24] = { { .kernel = "a" } };
	const char *const pairs[3] = { pair };

	assert_true(refused < 23);
	for (size_t i = 1; i <= refused; i++)
		runs[i] = (struct pairs_run){ .kernel = "b", .recipe = "microvm" };
	runs[refused + 1] = (struct pairs_run){ .kernel = "c" };
	pairs_write(database, runs, refused + 2);
	site_good(database, NULL);
	comparisons_are(database, pairs);
}

static void twenty_pairs_are_tried_and_no_more(void **state)
{
	(void)state;
	comparisons_between(fixture_at("19.db"), 19, "1 21");
	comparisons_between(fixture_at("20.db"), 20, NULL);
}

static void compared_counts_are_taken_apart_by_the_groups(void **state)
{
	static const struct pairs_run runs[] = { { .kernel = "base", .refill = 100 },
						 { .kernel = "patched", .refill = 640 } };
	static const char link[] = "<a href=\"comparisons/insn.html\">";
	static const char *const says[] = { "1 of 1 cells costs more", "1 cell equal in the path" };
	struct function_groups groups;

	(void)state;
	assert_int_equal(function_groups_parse("group mremap path its own\nmremap move_*\n"
					       "group slab refill a slab\nslab new_slab\n",
					       &groups, NULL),
			 0);
	pairs_write(fixture_at("r.db"), runs, 2);
	for (size_t apart = 0; apart < 2; apart++) {
		char words[128];

		site_good(fixture_at("r.db"), apart ? &groups : NULL);
		snprintf(words, sizeof(words), "%s%s</a>", link, says[apart]);
		if (!fixture_holds(fixture_at("site/index.html"), words))
			fail_msg("the index does not say: %s", words);
	}
	function_groups_free(&groups);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			two_kernels_counts_are_compared_on_the_index_and_a_page, fixture_set_up,
			fixture_tear_down),
		cmocka_unit_test_setup_teardown(hostile_kernels_are_compared_and_escaped,
						fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(the_newest_runs_that_go_together_are_compared,
						fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(twenty_pairs_are_tried_and_no_more, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test_setup_teardown(compared_counts_are_taken_apart_by_the_groups,
						fixture_set_up, fixture_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
