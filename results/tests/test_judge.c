// SPDX-License-Identifier: GPL-2.0-only
/* The rules of a judgement, one by one: counts, pairs of samples, pages of a key, lines of a mail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/cell_pages.h"
#include "results/judge_parts.h"
#include "results/judge_words.h"
#include "results/mail.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MOST = 12 };

/* Samples of one trial, up to the first 0. */
static size_t side_set(struct judge_side *side, struct judge_sample *samples, const uint64_t *from)
{
	uint64_t values[MOST];
	size_t count = 0;

	for (; count < MOST && from[count]; count++) {
		values[count] = from[count];
		samples[count] = (struct judge_sample){ 1, (uint32_t)count, from[count] };
	}
	exact_count_of(values, count, &side->count);
	side->samples = samples;
	side->sample_count = count;
	return count;
}

static void a_difference_is_a_difference_where_there_is_a_steady_state(void **state)
{
	static const struct {
		uint64_t a[MOST], b[MOST];
		enum judge_kind kind;
		double proved;
	} cases[] = {
		{ { 5 }, { 5 }, JUDGE_EQUAL, 0 },
		{ { 5 }, { 6 }, JUDGE_COSTS, 1 },
		{ { 6 }, { 5 }, JUDGE_SAVES, 1 },
		/* What single samples do is not the steady state's. */
		{ { 5, 5, 5, 90 }, { 5, 80, 5, 5 }, JUDGE_EQUAL, 0 },
		{ { 5, 5, 5, 90 }, { 6, 6, 6, 6 }, JUDGE_COSTS, 1 },
		{ { 500, 5, 500, 500 }, { 6, 490, 490, 490 }, JUDGE_SAVES, 10 },
		/* None: all of one side above all of the other. */
		{ { 10, 20, 30, 40 }, { 45, 55, 65, 75 }, JUDGE_COSTS, 5 },
		{ { 45, 55, 65, 75 }, { 10, 20, 30, 40 }, JUDGE_SAVES, 5 },
		{ { 10, 20, 30, 40 }, { 99, 99, 99, 99 }, JUDGE_COSTS, 59 },
		/* None, and what lies between may be anything's. */
		{ { 10, 20, 30, 40 }, { 39, 55, 65, 75 }, JUDGE_UNDECIDED, 0 },
		{ { 10, 20, 30, 40 }, { 40, 50, 60, 70 }, JUDGE_UNDECIDED, 0 },
		{ { 10, 20, 30, 40 }, { 30, 30, 30, 30 }, JUDGE_UNDECIDED, 0 },
		/* The same lower median of other samples is not the same. */
		{ { 10, 20, 30, 40 }, { 11, 20, 31, 41 }, JUDGE_UNDECIDED, 0 },
		{ { 10, 20, 30, 40 }, { 40, 30, 20, 10 }, JUDGE_EQUAL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct judge_sample a[MOST], b[MOST];
		struct judge_row row = { .counted = true };

		side_set(&row.a, a, cases[i].a);
		side_set(&row.b, b, cases[i].b);
		judge_count(&row, 0.001);
		if (row.kind != cases[i].kind || row.proved != cases[i].proved)
			fail_msg("case %zu: %s, %g", i, judge_kind_name(row.kind), row.proved);
	}
}

static void samples_without_a_steady_state_are_set_side_by_side(void **state)
{
	static const struct {
		uint64_t a[MOST], b[MOST];
		enum judge_kind kind;
		double proved;
	} cases[] = {
		{ { 10, 30, 20, 50, 40, 70, 60, 80 },
		  { 13, 32, 24, 53, 45, 79, 62, 83 },
		  JUDGE_COSTS,
		  2 },
		{ { 13, 32, 24, 53, 45, 79, 62, 83 },
		  { 10, 30, 20, 50, 40, 70, 60, 80 },
		  JUDGE_SAVES,
		  2 },
		/* One that is equal, or less. */
		{ { 10, 30, 20, 50, 40, 70, 60, 80 },
		  { 13, 32, 24, 53, 45, 79, 62, 80 },
		  JUDGE_UNDECIDED,
		  0 },
		{ { 10, 30, 20, 50, 40, 70, 60, 80 },
		  { 13, 32, 24, 53, 45, 79, 62, 79 },
		  JUDGE_UNDECIDED,
		  0 },
		/* Too few. */
		{ { 10, 30, 20, 50, 40, 70, 60 },
		  { 13, 32, 24, 53, 45, 79, 62 },
		  JUDGE_UNDECIDED,
		  0 },
		/* Most differences are one and the same. */
		{ { 10, 30, 20, 50, 40, 70, 60, 80 },
		  { 13, 33, 23, 53, 43, 71, 61, 81 },
		  JUDGE_COSTS,
		  3 },
		{ { 10, 30, 20, 50, 40, 70, 60, 80 },
		  { 13, 33, 23, 53, 43, 71, 59, 81 },
		  JUDGE_UNDECIDED,
		  0 },
		{ { 100010, 100030, 100020, 100050, 100040, 100070, 100060, 100080 },
		  { 100010, 100030, 100020, 100050, 100038, 100070, 100068, 100080 },
		  JUDGE_EQUAL,
		  0 },
		{ { 10, 30, 20, 50, 40, 70, 60, 80 },
		  { 10, 30, 20, 50, 39, 70, 68, 80 },
		  JUDGE_UNDECIDED,
		  0 },
		/* None is, but all are less than a thousandth. */
		{ { 100010, 100030, 100020, 100050, 100040, 100070, 100060, 100080 },
		  { 100011, 100029, 100022, 100048, 100043, 100067, 100064, 100076 },
		  JUDGE_WITHIN,
		  0 },
		{ { 100010, 100030, 100020, 100050, 100040, 100070, 100060, 100080 },
		  { 100011, 100029, 100022, 100048, 100043, 100067, 100164, 100076 },
		  JUDGE_UNDECIDED,
		  0 },
		/* Apart anyhow, and further by pairs. */
		{ { 10, 30, 20, 50, 40, 70, 60, 80 },
		  { 110, 130, 120, 150, 140, 170, 160, 180 },
		  JUDGE_COSTS,
		  100 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct judge_sample a[MOST], b[MOST];
		struct judge_row row = { .counted = true };
		size_t of_a = side_set(&row.a, a, cases[i].a);
		size_t of_b = side_set(&row.b, b, cases[i].b);

		assert_int_equal(judge_pair(a, of_a, b, of_b, &row.pairs), 0);
		judge_count(&row, 0.001);
		if (row.kind != cases[i].kind || row.proved != cases[i].proved)
			fail_msg("case %zu: %s, %g", i, judge_kind_name(row.kind), row.proved);
	}
}

/* Of a path by a profile, where no refill can be the cause. */
static void a_steady_state_hides_no_sample_that_is_far_apart(void **state)
{
	static const struct {
		uint64_t a[MOST], b[MOST];
		enum judge_kind kind;
		bool parted, inexact;
	} cases[] = {
		{ { 10000, 10000, 10000 }, { 10000, 10000, 10000 }, JUDGE_EQUAL, true, false },
		{ { 10000, 10000, 10000 }, { 10000, 10010, 10000 }, JUDGE_EQUAL, true, true },
		{ { 10000, 10000, 10000 }, { 10000, 10011, 10000 }, JUDGE_UNDECIDED, true, false },
		{ { 10000, 10000, 10000 }, { 9989, 10000, 10000 }, JUDGE_UNDECIDED, true, false },
		{ { 10000, 10000, 10000 }, { 10000, 15000, 10000 }, JUDGE_EQUAL, false, true },
		{ { 10000, 15000, 10000 }, { 10000, 15000, 10000 }, JUDGE_EQUAL, true, false },
		/* One that has none is nobody's measure: neither its values nor the other's mode. */
		{ { 100, 100, 100, 100, 100, 150, 150, 150, 150 },
		  { 101, 102, 103, 104, 105, 106, 107, 108, 109 },
		  JUDGE_UNDECIDED,
		  false,
		  false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct judge_sample a[MOST], b[MOST];
		struct judge_row row = { .counted = true, .parted = cases[i].parted };
		size_t of_a = side_set(&row.a, a, cases[i].a);
		size_t of_b = side_set(&row.b, b, cases[i].b);

		row.path.a = row.a.count;
		row.path.b = row.b.count;
		assert_int_equal(judge_pair(a, of_a, b, of_b, &row.pairs), 0);
		judge_count(&row, 0.001);
		if (row.kind != cases[i].kind || row.inexact != cases[i].inexact)
			fail_msg("case %zu: %s", i, judge_kind_name(row.kind));
	}
}

static void only_samples_at_the_same_place_are_a_pair(void **state)
{
	const struct judge_sample a[] = { { 1, 0, 10 }, { 1, 2, 20 }, { 2, 0, 30 }, { 3, 1, 5 } };
	const struct judge_sample b[] = { { 1, 1, 99 }, { 1, 2, 25 }, { 2, 0, 28 }, { 3, 0, 7 } };
	struct judge_pairs pairs;

	(void)state;
	assert_int_equal(judge_pair(a, 4, b, 4, &pairs), 0);
	assert_int_equal(pairs.count, 2);
	assert_true(pairs.low == -2 && pairs.high == 5);
	assert_true(pairs.a == 2 && pairs.b == 2); /* -2: of two, the lower is in the middle */
	assert_int_equal(judge_pair(a, 0, b, 4, &pairs), 0);
	assert_int_equal(pairs.count, 0);
	assert_int_equal(judge_pair(a, 4, b, 0, &pairs), 0);
	assert_int_equal(pairs.count, 0);
	assert_false(pairs.steady);
}

/* All ways in which n differences can lie on the two sides of their median, each as likely as any other. */
static void least_and_most_hold_the_median_as_often_as_is_said(void **state)
{
	(void)state;
	for (unsigned int n = 1; n <= MOST; n++) {
		unsigned int held = 0, ways = 1U << n;

		for (unsigned int signs = 0; signs < ways; signs++)
			held += signs != 0 && signs != ways - 1;
		assert_true(judge_pairs_confidence(n) == (double)held / ways);
	}
	assert_true(judge_pairs_confidence(0) == 0);
	assert_true(judge_pairs_confidence(JUDGE_PAIRS) > 0.99);
}

static struct exact_count steady(uint64_t value)
{
	return (struct exact_count){ .value = value, .min = value, .max = value, .samples = 9 };
}

static void refills_are_shown_and_never_blamed(void **state)
{
	static const struct {
		uint64_t path_a, path_b, refills_a, refills_b;
		double proved;
		const char *words, *parts;
		enum judge_kind kind;
		bool aside_only;
	} cases[] = {
		{ 100, 100, 0, 0, 0, "equal, exactly", "", JUDGE_EQUAL, false },
		{ 100, 100, 0, 400, 0, "equal in its path",
		  "in its path 0, in allocator refills +400", JUDGE_EQUAL, true },
		{ 100, 100, 400, 0, 0, "equal in its path",
		  "in its path 0, in allocator refills -400", JUDGE_EQUAL, true },
		{ 100, 107, 0, 400, 7, "costs 7", "in its path +7, in allocator refills +400",
		  JUDGE_COSTS, false },
		{ 100, 107, 400, 0, 7, "costs 7", "in its path +7, in allocator refills -400",
		  JUDGE_COSTS, false },
		{ 107, 100, 0, 7, 7, "saves 7", "", JUDGE_SAVES, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct judge_row row = { .counted = true, .parted = true };
		struct text words = { 0 }, parts = { 0 };

		row.path.a = steady(cases[i].path_a);
		row.path.b = steady(cases[i].path_b);
		row.path.difference = (double)cases[i].path_b - (double)cases[i].path_a;
		row.refills.difference = (double)cases[i].refills_b - (double)cases[i].refills_a;
		row.a.count = steady(cases[i].path_a + cases[i].refills_a);
		row.b.count = steady(cases[i].path_b + cases[i].refills_b);
		row.difference = row.path.difference + row.refills.difference;
		judge_count(&row, 0.001);
		judge_verdict_words(&row, &words);
		judge_more_words(&row, JUDGE_PARTS, 0, &parts);
		if (row.kind != cases[i].kind || row.proved != cases[i].proved ||
		    row.aside_only != cases[i].aside_only)
			fail_msg("case %zu: %s, %g", i, judge_kind_name(row.kind), row.proved);
		assert_string_equal(text_get(&words), cases[i].words);
		assert_string_equal(text_get(&parts), cases[i].parts);
		text_free(&words);
		text_free(&parts);
	}
}

static void a_key_tells_its_pages(void **state)
{
	static const struct {
		const char *cell;
		double pages;
	} cases[] = {
		{ "move/size=4K/align=unaligned/fill=100/folio=4K/type=anon", 1 },
		{ "move/size=2M/align=pmd/fill=100/folio=2M/type=anon", 512 },
		{ "move/size=2M/align=pmd/fill=0/folio=4K/type=anon", 0 },
		{ "move/size=1G/align=pmd/fill=pmd1/folio=4K/type=anon", 512 },
		{ "move/size=4K/align=pmd/fill=pmd1/folio=4K/type=anon", 1 },
		{ "move/size=32M/align=unaligned/fill=50stride/folio=4K/type=anon", 4096 },
		{ "move/size=32M/align=unaligned/fill=101/folio=4K/type=anon", 0 },
		{ "move/size=32M/align=unaligned/fill=50some/folio=4K/type=anon", 0 },
		{ "move/size=4M/align=pmd/fill=100/folio=4K/type=hugetlb", 2 },
		{ "move/size=much/fill=100", 0 },
		{ "dontunmap/size=2M/align=pmd/fill=100/folio=4K/type=anon/step=move", 512 },
		{ "relocate/flags=16/size=2M/fill=50stride/folio=4K", 256 },
		{ "multi_vma/vmas=100/how=one_call/layout=adjacent/kind=anon/piece=16K/fill=100",
		  400 },
		{ "multi_vma/vmas=100/how=one_call/layout=adjacent/kind=mixed/piece=16K/fill=100",
		  0 },
		{ "resize/how=grow_move/size=2M/by=double/fill=100/folio=4K", 512 },
		{ "resize/how=shrink/size=2M/by=half/fill=100/folio=4K", 256 },
		{ "resize/how=shrink/size=2M/by=4K/fill=100/folio=4K", 1 },
		{ "resize/how=grow_in_place/size=2M/by=4K/fill=100/folio=4K", 0 },
		{ "contend/what=run/threads=1/size=2M/align=pmd", 512 },
		{ "refuse/case=past_end/size=4K", 0 },
		{ "floor/op=empty", 0 },
		{ "mover/size=4K/fill=100", 0 },
		{ "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (cell_pages(cases[i].cell) != cases[i].pages)
			fail_msg("%s: %g", cases[i].cell, cell_pages(cases[i].cell));
}

static char *mailed(const char *first, int rest, const char *words, bool command)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	if (command)
		mail_command(out, rest, words);
	else
		mail_words(out, first, rest, words);
	fclose(out);
	return text;
}

#define TEN "123456789 "
#define FORTY TEN TEN TEN TEN

static void a_mail_breaks_lines_at_blanks_only(void **state)
{
	static const struct {
		const char *first;
		int rest;
		const char *words, *mail;
	} cases[] = {
		{ "", 0, "", "\n" },
		{ "A  ", 3, "one two", "A  one two\n" },
		{ "", 0, FORTY FORTY "x", FORTY TEN TEN TEN "123456789\nx\n" },
		{ "", 2, FORTY FORTY "x", FORTY TEN TEN TEN "123456789\n  x\n" },
		{ "+", 1, FORTY FORTY "x", "+" FORTY TEN TEN TEN "123456789\n x\n" },
		{ "++", 1, FORTY FORTY "x", "++" FORTY TEN TEN "123456789\n 123456789 x\n" },
		{ "", 4, "a\nb\tc\033", "a?b?c?\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *text = mailed(cases[i].first, cases[i].rest, cases[i].words, false);

		assert_string_equal(text, cases[i].mail);
		free(text);
	}
}

/* What the shell makes of it must be what it made before. */
static void a_command_is_broken_outside_of_its_quotes(void **state)
{
	static const struct {
		const char *command, *mail;
	} cases[] = {
		{ "", "" },
		{ "a b", "  a b\n" },
		{ FORTY TEN TEN TEN "bb cccc", "  " FORTY TEN TEN TEN "bb \\\n      cccc\n" },
		{ FORTY TEN TEN "'b b b b' cccc dddd",
		  "  " FORTY TEN TEN "'b b b b' cccc \\\n      dddd\n" },
		{ FORTY TEN TEN "'1 2 3 4 5 6 7 8 9' cc",
		  "  " FORTY TEN "123456789 \\\n      '1 2 3 4 5 6 7 8 9' cc\n" },
		{ FORTY TEN TEN "\"1 2'3 4 5 6\" b\\ c d",
		  "  " FORTY TEN TEN "\"1 2'3 4 5 6\" \\\n      b\\ c d\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *text = mailed("", 2, cases[i].command, true);

		assert_string_equal(text ? text : "", cases[i].mail);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_difference_is_a_difference_where_there_is_a_steady_state),
		cmocka_unit_test(samples_without_a_steady_state_are_set_side_by_side),
		cmocka_unit_test(a_steady_state_hides_no_sample_that_is_far_apart),
		cmocka_unit_test(only_samples_at_the_same_place_are_a_pair),
		cmocka_unit_test(least_and_most_hold_the_median_as_often_as_is_said),
		cmocka_unit_test(refills_are_shown_and_never_blamed),
		cmocka_unit_test(a_key_tells_its_pages),
		cmocka_unit_test(a_mail_breaks_lines_at_blanks_only),
		cmocka_unit_test(a_command_is_broken_outside_of_its_quotes),
	};

	return cmocka_run_group_tests_name("judge", tests, NULL, NULL);
}
