// SPDX-License-Identifier: GPL-2.0-only
/* Layouts: VMAs in the windows are proven, counted and compared, and each difference is found. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/layout.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The windows begin at 0x200400000000 and 0x201000000000. */
#define A "200400000000-200400200000 rw-p 00000000 00:00 0 \n"
#define A_READ "200400000000-200400200000 r--p 00000000 00:00 0 \n"
#define A_LOW "200400000000-200400100000 rw-p 00000000 00:00 0 \n"
#define A_HIGH "200400100000-200400200000 rw-p 00000000 00:00 0 \n"
#define B "201000000000-201000200000 rw-p 00000000 00:00 0 \n"
#define ELSEWHERE "00400000-00500000 r-xp 00000000 08:01 42 /bin/agent\n"
#define ANCHOR "200000000000-200000001000 rw-p 00000000 00:00 0 \n"
#define STACK "7ffc0000000-7ffc0021000 rw-p 00000000 00:00 0 [stack]\n"

static const struct extent a = { WINDOW_SOURCE, WINDOW_SOURCE + PMD_BYTES };
static const struct extent b = { WINDOW_DESTINATION, WINDOW_DESTINATION + PMD_BYTES };

static void only_the_windows_vmas_match(void **state)
{
	const struct extent halves[] = { { a.start, a.start + PMD_BYTES / 2 },
					 { a.start + PMD_BYTES / 2, a.end } };
	const struct extent both[] = { a, b };
	const struct {
		const char *maps;
		const struct extent *want;
		size_t count;
		bool matches;
	} rows[] = {
		{ "", NULL, 0, true },
		{ ELSEWHERE ANCHOR STACK, NULL, 0, true },
		{ ELSEWHERE A STACK, &a, 1, true },
		{ ELSEWHERE ANCHOR A B STACK, both, 2, true },
		{ A_LOW A_HIGH, halves, 2, true },
		{ A, NULL, 0, false }, /* one too many */
		{ ELSEWHERE STACK, &a, 1, false }, /* missing */
		{ B, &a, 1, false },
		{ A, both, 2, false },
		{ A B, &a, 1, false },
		{ A_LOW A_HIGH, &a, 1, false }, /* split */
		{ A_LOW, &a, 1, false }, /* shrunk */
		{ A, halves, 2, false }, /* merged */
	};
	char reason[REASON_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int err;

		reason[0] = '\0';
		err = layout_matches(rows[i].maps, rows[i].want, rows[i].count, reason);
		assert_int_equal(err, rows[i].matches ? 0 : -EPROTO);
		assert_int_equal(reason[0] != '\0', !rows[i].matches);
	}
}

/* What a cell leaves there, or another one needs there, must not make a layout look wrong. */
static void what_lies_beside_the_windows_is_in_none(void **state)
{
	static const struct extent beside[] = {
		{ WINDOW_ANCHOR_BELOW, WINDOW_ANCHOR_BELOW + PAGE_BYTES },
		{ WINDOW_ANCHOR_ABOVE, WINDOW_ANCHOR_ABOVE + PAGE_BYTES },
		{ WINDOW_FILLER, WINDOW_FILLER + PUD_BYTES },
		{ WINDOW_TWIN, WINDOW_TWIN + PAGE_BYTES },
		{ WINDOW_SEALED, WINDOW_SEALED + 64 * PUD_BYTES },
	};
	char maps[120], reason[REASON_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(beside); i++) {
		for (uint64_t at = beside[i].start; at < beside[i].end; at += PUD_BYTES / 2) {
			snprintf(maps, sizeof(maps), "%llx-%llx rw-p 00000000 00:00 0 \n",
				 (unsigned long long)at, (unsigned long long)at + PAGE_BYTES);
			assert_int_equal(layout_matches(maps, NULL, 0, reason), 0);
		}
		for (size_t j = 0; j < i; j++)
			assert_true(beside[j].end <= beside[i].start ||
				    beside[i].end <= beside[j].start);
		assert_true(beside[i].end <= WINDOW_END);
	}
}

static void any_other_line_is_a_difference(void **state)
{
	static const struct {
		const char *before, *now, *says; /* NULL: the same */
	} rows[] = {
		{ "", "", NULL },
		{ A B, A B, NULL },
		{ A, "", "maps changed at: 2004" },
		{ "", A, "maps have more: 2004" },
		{ A B, A, "maps changed at: 2010" },
		{ A, A B, "maps have more: 2010" },
		{ A, A_READ, "maps changed at: 2004" },
		{ A, A_LOW A_HIGH, "maps changed at: 2004" },
		{ A_LOW A_HIGH, A, "maps changed at: 2004" },
		{ A B, B A, "maps changed at: 2004" },
	};
	char reason[REASON_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int err = layout_compare(rows[i].before, rows[i].now, reason);

		assert_int_equal(err, rows[i].says ? -EPROTO : 0);
		if (rows[i].says)
			assert_int_equal(strncmp(reason, rows[i].says, strlen(rows[i].says)), 0);
	}
}

static void *at(uint64_t address)
{
	return (void *)(uintptr_t)address;
}

/* On the running kernel: taken, changed, found, undone, the same again. */
static void the_process_own_changes_are_found(void **state)
{
	const struct region region = { .address = WINDOW_SOURCE, .length = PMD_BYTES };
	struct text before = { 0 };
	char reason[REASON_SIZE] = "";

	(void)state;
	if (region_map(&region, reason))
		fail_msg("%s", reason);
	assert_int_equal(proof_layout(&a, 1, reason), 0);
	assert_int_equal(layout_count(a.start, a.end), 1);
	assert_int_equal(layout_take(&before, reason), 0);
	assert_int_equal(layout_same(&before, reason), 0);
	/* Another permission for all of it. */
	assert_int_equal(mprotect(at(a.start), PMD_BYTES, PROT_READ), 0);
	assert_int_equal(layout_same(&before, reason), -EPROTO);
	assert_int_equal(mprotect(at(a.start), PMD_BYTES, PROT_READ | PROT_WRITE), 0);
	assert_int_equal(layout_same(&before, reason), 0);
	/* A split. */
	assert_int_equal(mprotect(at(a.start + PAGE_BYTES), PAGE_BYTES, PROT_READ), 0);
	assert_int_equal(layout_same(&before, reason), -EPROTO);
	assert_int_equal(proof_layout(&a, 1, reason), -EPROTO);
	assert_int_equal(layout_count(a.start, a.end), 3);
	assert_int_equal(layout_count(a.start + PAGE_BYTES, a.start + 2 * PAGE_BYTES), 1);
	/* A hole, and nothing. */
	assert_int_equal(munmap(at(a.start + PAGE_BYTES), PAGE_BYTES), 0);
	assert_int_equal(layout_same(&before, reason), -EPROTO);
	assert_int_equal(layout_count(a.start, a.end), 2);
	assert_int_equal(munmap(at(a.start), PMD_BYTES), 0);
	assert_int_equal(layout_same(&before, reason), -EPROTO);
	assert_int_equal(proof_layout(&a, 1, reason), -EPROTO);
	assert_int_equal(proof_layout(NULL, 0, reason), 0);
	text_free(&before);
}

static void all_vmas_are_counted(void **state)
{
	uint64_t before = layout_count_all();
	char reason[REASON_SIZE] = "";

	(void)state;
	assert_in_range(before, 5, 10000);
	assert_int_equal(page_map(WINDOW_SOURCE, reason), 0);
	assert_int_equal(layout_count_all(), before + 1);
	page_unmap(WINDOW_SOURCE);
	assert_int_equal(layout_count_all(), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_windows_vmas_match),
		cmocka_unit_test(what_lies_beside_the_windows_is_in_none),
		cmocka_unit_test(any_other_line_is_a_difference),
		cmocka_unit_test(the_process_own_changes_are_found),
		cmocka_unit_test(all_vmas_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
