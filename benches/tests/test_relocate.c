// SPDX-License-Identifier: GPL-2.0-only
/*
 * What MREMAP_RELOCATE_ANON and MREMAP_MUST_RELOCATE_ANON must answer for pages of each state, and
 * which answers of a kernel are in order.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "benches/cell.h"
#include "benches/families/relocate_rules.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MAY MREMAP_RELOCATE_ANON
#define MUST MREMAP_MUST_RELOCATE_ANON

static void each_flag_answers_by_the_state_of_the_pages(void **state)
{
	static const struct {
		enum pages pages;
		enum answer may, must;
	} rows[] = {
		{ PAGES_OWNED, ANSWER_RELOCATED, ANSWER_RELOCATED },
		{ PAGES_FORKED, ANSWER_MOVED, ANSWER_REFUSED },
		{ PAGES_FORKED_GONE, ANSWER_RELOCATED, ANSWER_RELOCATED },
		{ PAGES_PINNED, ANSWER_MOVED, ANSWER_REFUSED },
		{ PAGES_SWAPPED, ANSWER_RELOCATED, ANSWER_RELOCATED },
		{ PAGES_NONPRESENT, ANSWER_RELOCATED, ANSWER_RELOCATED },
		{ PAGES_KSM, ANSWER_MOVED, ANSWER_REFUSED },
	};

	(void)state;
	assert_int_equal(COUNT(rows), PAGES_KINDS);
	for (size_t i = 0; i < COUNT(rows); i++) {
		enum pages pages = rows[i].pages;

		assert_int_equal(relocate_answer(0, pages, true, false), ANSWER_MOVED);
		assert_int_equal(relocate_answer(0, pages, true, true), rows[i].may);
		assert_int_equal(relocate_answer(MAY, pages, true, false), rows[i].may);
		assert_int_equal(relocate_answer(MUST, pages, true, false), rows[i].must);
		assert_int_equal(relocate_answer(MUST, pages, true, true), rows[i].must);
		assert_int_equal(relocate_answer(MAY | MUST, pages, true, false), rows[i].must);
	}
}

/* Nothing faulted in: a no-op for either flag, MUST included, and it merges on any kernel. */
static void what_is_not_there_needs_no_relocation(void **state)
{
	static const unsigned int flags[] = { 0, MAY, MUST };

	(void)state;
	for (size_t i = 0; i < COUNT(flags); i++)
		assert_int_equal(relocate_answer(flags[i], PAGES_OWNED, false, false),
				 ANSWER_RELOCATED);
}

static void an_answer_is_in_order_or_not(void **state)
{
	static const struct {
		const char *name;
		enum answer answer;
		int result;
		bool merges, holds;
	} rows[] = {
		{ "an ordinary move", ANSWER_MOVED, 0, false, true },
		{ "an ordinary move that merges", ANSWER_MOVED, 0, true, false },
		{ "an ordinary move that fails", ANSWER_MOVED, EFAULT, false, false },
		{ "a fallback that relocated", ANSWER_MOVED, 0, true, false },
		{ "a fallback that fails", ANSWER_MOVED, EFAULT, false, false },
		{ "a relocation", ANSWER_RELOCATED, 0, true, true },
		{ "a relocation that does not merge", ANSWER_RELOCATED, 0, false, false },
		{ "a must that does not merge", ANSWER_RELOCATED, 0, false, false },
		{ "a must that needn't fail", ANSWER_RELOCATED, EFAULT, false, false },
		{ "a refusal", ANSWER_REFUSED, EFAULT, false, true },
		{ "a refusal of another errno", ANSWER_REFUSED, EINVAL, false, false },
		{ "a refusal that did it", ANSWER_REFUSED, 0, true, false },
		{ "a refusal that moved", ANSWER_REFUSED, 0, false, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (relocate_answers(rows[i].answer, rows[i].result, rows[i].merges) !=
		    rows[i].holds)
			fail_msg("%s is %s", rows[i].name, rows[i].holds ? "wrong" : "in order");
}

static void every_state_has_its_word(void **state)
{
	static const char *const words[PAGES_KINDS] = {
		"owned", "forked", "forked_gone", "pinned", "swapped", "nonpresent", "ksm",
	};
	enum pages pages;

	(void)state;
	for (unsigned int i = 0; i < PAGES_KINDS; i++) {
		assert_true(pages_parse(words[i], &pages));
		assert_int_equal(pages, i);
	}
	assert_false(pages_parse("", &pages));
	assert_false(pages_parse("forked_", &pages));
}

static void each_flag_has_the_same_cells(void **state)
{
	static const char *const keys[] = {
		"size=4K/fill=100/folio=4K/pages=owned/beside=nothing",
		"size=2M/fill=100/folio=4K/pages=owned/beside=neighbours",
		"size=2M/fill=0/folio=4K/pages=owned/beside=neighbours",
		"size=32M/fill=50stride/folio=4K/pages=owned/beside=nothing",
		"size=32M/fill=100/folio=2Mstraddle/pages=owned/beside=nothing",
		"size=32M/fill=100/folio=64K/pages=owned/beside=nothing",
		"size=2M/fill=100/folio=4K/pages=forked/beside=neighbours",
		"size=32M/fill=100/folio=2M/pages=pinned/beside=neighbours",
		"size=2M/fill=100/folio=4K/pages=ksm/beside=neighbours",
	};
	static const char *const flags[] = { "0", "8", "16" };
	struct cell cell;
	char key[CELL_KEY];
	size_t counts[COUNT(flags) + 1] = { 0 };

	(void)state;
	for (size_t i = 0; i < bench_count; i++)
		if (strcmp(bench_registry[i]->name, "relocate") == 0)
			for (bool more = cell_first(bench_registry[i], &cell); more;
			     more = cell_next(&cell))
				counts[cell.value[0]]++;
	assert_true(counts[0] > 0);
	assert_int_equal(counts[0], counts[1]);
	assert_int_equal(counts[0], counts[2]);
	for (size_t i = 0; i < COUNT(keys); i++)
		for (size_t j = 0; j < COUNT(flags); j++) {
			snprintf(key, sizeof(key), "relocate/flags=%s/%s", flags[j], keys[i]);
			if (cell_find(key, &cell))
				fail_msg("%s is no cell", key);
		}
	assert_int_equal(counts[3], 2);
	assert_int_equal(cell_find("relocate/flags=24/size=4K/fill=100/folio=4K/pages=owned/"
				   "beside=nothing",
				   &cell),
			 -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_flag_answers_by_the_state_of_the_pages),
		cmocka_unit_test(what_is_not_there_needs_no_relocation),
		cmocka_unit_test(an_answer_is_in_order_or_not),
		cmocka_unit_test(every_state_has_its_word),
		cmocka_unit_test(each_flag_has_the_same_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
