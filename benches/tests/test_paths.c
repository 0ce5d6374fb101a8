// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model of move_page_tables() against rows derived by hand from mm/mremap.c, and against the
 * entries that were counted on real kernels.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "benches/folios.h"
#include "benches/kernel_rules.h"
#include "benches/paths.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define K(n) ((n)*1024ull)
#define M(n) ((n)*1024ull * 1024)
#define G(n) ((n)*1024ull * 1024 * 1024)
#define OLD          \
	{            \
		6, 1 \
	} /* no realignment */
#define NEW           \
	{             \
		6, 12 \
	} /* realignment */

/* One move, by its offsets in the two windows, and what it must take. */
struct row {
	const char *name;
	uint64_t from, to, length;
	enum folio folio;
	struct kernel_version kernel;
	struct {
		uint64_t pud_moves, pmd_moves, pte_alloc, huge_moves, splits;
	} path;
};

static void rows_hold(const struct row *rows, size_t count, bool filled, bool lonely)
{
	for (size_t i = 0; i < count; i++) {
		const struct row *row = &rows[i];
		const struct region region = { .address = WINDOW_SOURCE + row->from,
					       .length = row->length,
					       .folio = row->folio,
					       .fill = { filled ? FILL_ALL : FILL_NONE, 0 } };
		const struct move_shape move = { .region = &region,
						 .destination = WINDOW_DESTINATION + row->to,
						 .lonely = lonely };
		struct path got = path_of_move(&move, row->kernel), want = {
			.pud_moves = row->path.pud_moves,
			.pmd_moves = row->path.pmd_moves,
			.pte_alloc = row->path.pte_alloc,
			.huge_moves = row->path.huge_moves,
			.splits = row->path.splits,
			.flushes = got.flushes, /* rows of their own, below */
		};

		if (memcmp(&got, &want, sizeof(got)))
			fail_msg("%s on %u.%u: PUDs %llu, PMDs %llu, __pte_alloc %llu, huge %llu,"
				 " splits %llu; not %llu, %llu, %llu, %llu, %llu",
				 row->name, row->kernel.major, row->kernel.minor,
				 (unsigned long long)got.pud_moves,
				 (unsigned long long)got.pmd_moves,
				 (unsigned long long)got.pte_alloc,
				 (unsigned long long)got.huge_moves, (unsigned long long)got.splits,
				 (unsigned long long)want.pud_moves,
				 (unsigned long long)want.pmd_moves,
				 (unsigned long long)want.pte_alloc,
				 (unsigned long long)want.huge_moves,
				 (unsigned long long)want.splits);
	}
}

/* Path: PUDs, PMDs, __pte_alloc, move_huge_pmd, __split_huge_pmd. */
static void the_counted_paths_of_32_mib_come_out(void **state)
{
	static const struct row rows[] = {
		{ "aligned", M(2), M(6), M(32), FOLIO_4K, OLD, { 0, 16, 0, 0, 0 } },
		{ "aligned", M(2), M(6), M(32), FOLIO_4K, NEW, { 0, 16, 0, 0, 0 } },
		{ "dst +4K", M(2), M(6) + K(4), M(32), FOLIO_4K, OLD, { 0, 0, 17, 0, 0 } },
		{ "dst +4K", M(2), M(6) + K(4), M(32), FOLIO_4K, NEW, { 0, 0, 17, 0, 0 } },
		{ "THP", M(2), M(6), M(32), FOLIO_2M, OLD, { 0, 0, 0, 16, 0 } },
		{ "THP", M(2), M(6), M(32), FOLIO_2M, NEW, { 0, 0, 0, 16, 0 } },
		{ "THP, dst +4K", M(2), M(6) + K(4), M(32), FOLIO_2M, OLD, { 0, 0, 17, 0, 16 } },
		{ "THP, dst +4K", M(2), M(6) + K(4), M(32), FOLIO_2M, NEW, { 0, 0, 17, 0, 16 } },
	};

	(void)state;
	rows_hold(rows, COUNT(rows), true, true);
	/* None of these depends on what is mapped below. */
	rows_hold(rows, COUNT(rows), true, false);
}

static void nothing_filled_moves_nothing(void **state)
{
	static const struct row rows[] = {
		{ "4K", M(2), M(6), K(4), FOLIO_4K, OLD, { 0 } },
		{ "aligned", M(2), M(6), M(32), FOLIO_4K, OLD, { 0 } },
		{ "dst +4K", M(2), M(6) + K(4), M(32), FOLIO_4K, NEW, { 0 } },
		{ "mutual", M(3), M(7), M(3), FOLIO_4K, NEW, { 0 } },
		{ "PUD", 0, 0, G(1), FOLIO_4K, NEW, { 0 } },
	};

	(void)state;
	rows_hold(rows, COUNT(rows), false, true);
}

/* At the same offset of 1 MiB in the PMD, nothing mapped below. */
static void a_mutual_move_realigns_from_6_7_on(void **state)
{
	static const struct row rows[] = {
		/* +1M to a PMD's end: up to 6.6 its first MiB goes by PTEs. */
		{ "3M", M(3), M(7), M(3), FOLIO_4K, { 5, 19 }, { 0, 1, 1, 0, 0 } },
		{ "3M", M(3), M(7), M(3), FOLIO_4K, { 6, 1 }, { 0, 1, 1, 0, 0 } },
		{ "3M", M(3), M(7), M(3), FOLIO_4K, { 6, 6 }, { 0, 1, 1, 0, 0 } },
		{ "3M", M(3), M(7), M(3), FOLIO_4K, { 6, 7 }, { 0, 2, 0, 0, 0 } },
		{ "3M", M(3), M(7), M(3), FOLIO_4K, { 6, 12 }, { 0, 2, 0, 0, 0 } },
		{ "3M", M(3), M(7), M(3), FOLIO_4K, { 7, 0 }, { 0, 2, 0, 0, 0 } },
		/* Both ends lie in the middle of a PMD: the last MiB goes by PTEs on all. */
		{ "2M", M(3), M(7), M(2), FOLIO_4K, OLD, { 0, 0, 2, 0, 0 } },
		{ "2M", M(3), M(7), M(2), FOLIO_4K, NEW, { 0, 1, 1, 0, 0 } },
		{ "32M", M(3), M(7), M(32), FOLIO_4K, OLD, { 0, 15, 2, 0, 0 } },
		{ "32M", M(3), M(7), M(32), FOLIO_4K, NEW, { 0, 16, 1, 0, 0 } },
		{ "1G", M(3), M(7), G(1), FOLIO_4K, OLD, { 0, 511, 2, 0, 0 } },
		{ "1G", M(3), M(7), G(1), FOLIO_4K, NEW, { 0, 512, 1, 0, 0 } },
		/* Just the rest of its PMD. */
		{ "1M", M(3), M(7), M(1), FOLIO_4K, OLD, { 0, 0, 1, 0, 0 } },
		{ "1M", M(3), M(7), M(1), FOLIO_4K, NEW, { 0, 1, 0, 0, 0 } },
		/* Folios of 2 MiB lie only in whole PMDs: the first MiB is of small ones. */
		{ "THP 3M", M(3), M(7), M(3), FOLIO_2M, OLD, { 0, 0, 1, 1, 0 } },
		{ "THP 3M", M(3), M(7), M(3), FOLIO_2M, NEW, { 0, 1, 0, 1, 0 } },
		{ "THP 32M", M(3), M(7), M(32), FOLIO_2M, OLD, { 0, 0, 2, 15, 0 } },
		{ "THP 32M", M(3), M(7), M(32), FOLIO_2M, NEW, { 0, 1, 1, 15, 0 } },
		{ "THP 1G", M(3), M(7), G(1), FOLIO_2M, NEW, { 0, 1, 1, 511, 0 } },
	};

	(void)state;
	rows_hold(rows, COUNT(rows), true, true);
}

static void a_neighbour_below_forbids_realignment(void **state)
{
	static const struct row rows[] = {
		{ "3M", M(3), M(7), M(3), FOLIO_4K, NEW, { 0, 1, 1, 0, 0 } },
		{ "2M", M(3), M(7), M(2), FOLIO_4K, NEW, { 0, 0, 2, 0, 0 } },
		{ "32M", M(3), M(7), M(32), FOLIO_4K, NEW, { 0, 15, 2, 0, 0 } },
		{ "THP 32M", M(3), M(7), M(32), FOLIO_2M, NEW, { 0, 0, 2, 15, 0 } },
	};

	(void)state;
	rows_hold(rows, COUNT(rows), true, false);
}

static void too_short_or_not_mutual_does_not_realign(void **state)
{
	static const struct row rows[] = {
		/* One page less than the rest of the PMD. */
		{ "short", M(3), M(7), M(1) - K(4), FOLIO_4K, NEW, { 0, 0, 1, 0, 0 } },
		{ "4K", M(3), M(7), K(4), FOLIO_4K, NEW, { 0, 0, 1, 0, 0 } },
		/* Another offset: 3M from +1M to +1M+4K cross one boundary here, one there. */
		{ "offsets", M(3), M(7) + K(4), M(3), FOLIO_4K, NEW, { 0, 0, 3, 0, 0 } },
		/* The destination alone is aligned. */
		{ "dst 0", M(3), M(6), M(3), FOLIO_4K, NEW, { 0, 0, 2, 0, 0 } },
	};

	(void)state;
	rows_hold(rows, COUNT(rows), true, true);
}

static void pages_go_into_as_many_tables_as_they_touch(void **state)
{
	static const struct row rows[] = {
		{ "4K", M(2), M(6), K(4), FOLIO_4K, OLD, { 0, 0, 1, 0, 0 } },
		{ "4K, dst +4K", M(2), M(6) + K(4), K(4), FOLIO_4K, NEW, { 0, 0, 1, 0, 0 } },
		{ "2M", M(2), M(6), M(2), FOLIO_4K, OLD, { 0, 1, 0, 0, 0 } },
		{ "2M, dst +4K", M(2), M(6) + K(4), M(2), FOLIO_4K, OLD, { 0, 0, 2, 0, 0 } },
		{ "2M and a page", M(2), M(6), M(2) + K(4), FOLIO_4K, OLD, { 0, 1, 1, 0, 0 } },
		{ "THP 2M", M(2), M(6), M(2), FOLIO_2M, OLD, { 0, 0, 0, 1, 0 } },
		{ "THP 2M, dst +4K", M(2), M(6) + K(4), M(2), FOLIO_2M, OLD, { 0, 0, 2, 0, 1 } },
		/* The page that follows the folio is a small one. */
		{ "THP and a page", M(2), M(6), M(2) + K(4), FOLIO_2M, OLD, { 0, 0, 1, 1, 0 } },
		/* The source alone is off: 2M of +4K touch two PMDs, and go into one table. */
		{ "src +4K", M(2) + K(4), M(6), M(2), FOLIO_4K, NEW, { 0, 0, 1, 0, 0 } },
	};

	(void)state;
	rows_hold(rows, COUNT(rows), true, true);
}

static void whole_puds_move_where_both_ends_are_aligned(void **state)
{
	static const struct row rows[] = {
		{ "1G", 0, 0, G(1), FOLIO_4K, OLD, { 1, 0, 0, 0, 0 } },
		{ "1G", 0, 0, G(1), FOLIO_4K, NEW, { 1, 0, 0, 0, 0 } },
		{ "2G", 0, G(1), G(2), FOLIO_4K, NEW, { 2, 0, 0, 0, 0 } },
		/* The page-table page goes as a whole, whatever its entries map. */
		{ "THP 1G", 0, 0, G(1), FOLIO_2M, OLD, { 1, 0, 0, 0, 0 } },
		/* Aligned to the PMD at one end only. */
		{ "1G to +2M", 0, M(2), G(1), FOLIO_4K, NEW, { 0, 512, 0, 0, 0 } },
		{ "1G at +2M", M(2), M(6), G(1), FOLIO_4K, NEW, { 0, 512, 0, 0, 0 } },
		{ "THP 1G at +2M", M(2), M(6), G(1), FOLIO_2M, NEW, { 0, 0, 0, 512, 0 } },
		/* One PMD less, and one more, than a PUD. */
		{ "1022M", 0, 0, M(1022), FOLIO_4K, NEW, { 0, 511, 0, 0, 0 } },
		{ "1026M", 0, 0, M(1026), FOLIO_4K, NEW, { 1, 1, 0, 0, 0 } },
		/* From one PMD before the boundary, at both ends. */
		{ "over", M(1022), M(1022), M(1026), FOLIO_4K, NEW, { 1, 1, 0, 0, 0 } },
		{ "1G, dst +4K", M(2), M(6) + K(4), G(1), FOLIO_4K, OLD, { 0, 0, 513, 0, 0 } },
		{ "THP 1G, dst +4K",
		  M(2),
		  M(6) + K(4),
		  G(1),
		  FOLIO_2M,
		  OLD,
		  { 0, 0, 513, 0, 512 } },
		/* Realigned to its PMD, which begins a PUD. */
		{ "mutual", M(1), M(1), M(1023), FOLIO_4K, OLD, { 0, 511, 1, 0, 0 } },
		{ "mutual", M(1), M(1), M(1023), FOLIO_4K, NEW, { 1, 0, 0, 0, 0 } },
	};

	(void)state;
	rows_hold(rows, COUNT(rows), true, true);
}

static void folios_lie_in_naturally_aligned_pieces(void **state)
{
	static const struct {
		uint64_t from, length;
		enum folio folio;
		uint64_t first, count; /* first: from the window's beginning */
	} rows[] = {
		{ 0, M(2), FOLIO_2M, 0, 1 },
		{ 0, M(2) - K(4), FOLIO_2M, 0, 0 },
		{ 0, M(32), FOLIO_2M, 0, 16 },
		{ 0, M(32), FOLIO_4K, 0, 0 },
		{ K(4), M(2), FOLIO_64K, K(64), 31 },
		{ 0, K(12), FOLIO_16K, 0, 0 },
		{ M(1), M(3), FOLIO_2M, M(2), 1 },
		{ M(1), M(2), FOLIO_2M, M(2), 0 },
		{ K(4), K(4), FOLIO_2M, K(8), 0 }, /* the region ends before a PMD begins */
		{ M(2) - K(4), M(4), FOLIO_2M, M(2), 1 },
		{ M(1), G(1), FOLIO_2M, M(2), 511 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct region region = { .address = WINDOW_SOURCE + rows[i].from,
					       .length = rows[i].length,
					       .folio = rows[i].folio,
					       .fill = { FILL_ALL, 0 } };

		assert_int_equal(region_folio_first(&region), WINDOW_SOURCE + rows[i].first);
		assert_int_equal(region_folio_count(&region), rows[i].count);
	}
}

static void a_path_claims_three_functions_and_the_flushes(void **state)
{
	const struct path path = {
		.pud_moves = 1,
		.pmd_moves = 2,
		.pte_alloc = 17,
		.huge_moves = 5,
		.splits = 15,
		.flushes = 49,
		.flushes_more = 1,
		.split_tries = 1,
	};
	struct fingerprint fingerprint = { .items = { { "before", 1, 2 } }, .count = 1 };
	static const struct expect want[] = {
		{ "before", 1, 2 },
		{ "__pte_alloc", 17, 17 },
		{ "move_huge_pmd", 5, 5 },
		{ "__split_huge_pmd", 15, 16 },
		{ "flush_tlb_mm_range", 49, 50 },
	};

	(void)state;
	path_expect(&path, &fingerprint);
	assert_int_equal(fingerprint.count, COUNT(want) - 1);
	path_expect_flushes(&path, &fingerprint);
	assert_int_equal(fingerprint.count, COUNT(want));
	for (size_t i = 0; i < COUNT(want); i++) {
		assert_string_equal(fingerprint.items[i].function, want[i].function);
		assert_int_equal(fingerprint.items[i].min, want[i].min);
		assert_int_equal(fingerprint.items[i].max, want[i].max);
	}
}

/* What the ablations (configs/kernels/ablations) make of a move, each by itself. */
static void a_kernel_without_an_optimisation_goes_the_longer_way(void **state)
{
	static const struct {
		unsigned int traits;
		struct row row;
	} cases[] = {
		{ TRAIT_NO_MOVE_PMD,
		  { "32M", M(2), M(6), M(32), FOLIO_4K, NEW, { 0, 0, 16, 0, 0 } } },
		{ TRAIT_NO_MOVE_PMD,
		  { "huge", M(2), M(6), M(32), FOLIO_2M, NEW, { 0, 0, 0, 16, 0 } } },
		{ TRAIT_NO_MOVE_PMD, { "PUD", 0, 0, G(1), FOLIO_4K, NEW, { 1, 0, 0, 0, 0 } } },
		{ TRAIT_NO_MOVE_PMD,
		  { "mutual", M(3), M(7), M(3), FOLIO_4K, NEW, { 0, 0, 2, 0, 0 } } },
		{ TRAIT_NO_MOVE_PUD, { "PUD", 0, 0, G(1), FOLIO_4K, NEW, { 0, 512, 0, 0, 0 } } },
		{ TRAIT_NO_MOVE_PUD,
		  { "32M", M(2), M(6), M(32), FOLIO_4K, NEW, { 0, 16, 0, 0, 0 } } },
		{ TRAIT_NO_MOVE_PMD | TRAIT_NO_MOVE_PUD,
		  { "PUD", 0, 0, G(1), FOLIO_4K, NEW, { 0, 0, 512, 0, 0 } } },
		{ TRAIT_NO_REALIGN,
		  { "mutual", M(3), M(7), M(3), FOLIO_4K, NEW, { 0, 1, 1, 0, 0 } } },
		{ TRAIT_NO_REALIGN,
		  { "32M", M(2), M(6), M(32), FOLIO_4K, NEW, { 0, 16, 0, 0, 0 } } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		kernel_traits_set(cases[i].traits);
		rows_hold(&cases[i].row, 1, true, true);
	}
	kernel_traits_set(0);
}

static void a_trait_is_a_rule_of_its_own(void **state)
{
	const struct kernel_version newest = { 7, 3 };

	(void)state;
	assert_true(kernel_moves_tables() && kernel_moves_upper_tables());
	assert_true(kernel_realigns(newest) && kernel_moves_many(newest));
	kernel_traits_set(kernel_trait_of("no-multi-vma"));
	assert_false(kernel_moves_many(newest));
	assert_true(kernel_moves_tables() && kernel_moves_upper_tables());
	assert_true(kernel_realigns(newest));
	kernel_traits_set(kernel_trait_of("no-realign") | kernel_trait_of("no-move-pud"));
	assert_true(kernel_moves_many(newest) && kernel_moves_tables());
	assert_false(kernel_realigns(newest) || kernel_moves_upper_tables());
	kernel_traits_set(kernel_trait_of("no-move-pmd"));
	assert_false(kernel_moves_tables());
	kernel_traits_set(0);
	assert_int_equal(kernel_trait_of("no-move"), 0);
	assert_int_equal(kernel_trait_of(""), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_counted_paths_of_32_mib_come_out),
		cmocka_unit_test(nothing_filled_moves_nothing),
		cmocka_unit_test(a_mutual_move_realigns_from_6_7_on),
		cmocka_unit_test(a_neighbour_below_forbids_realignment),
		cmocka_unit_test(too_short_or_not_mutual_does_not_realign),
		cmocka_unit_test(pages_go_into_as_many_tables_as_they_touch),
		cmocka_unit_test(whole_puds_move_where_both_ends_are_aligned),
		cmocka_unit_test(folios_lie_in_naturally_aligned_pieces),
		cmocka_unit_test(a_kernel_without_an_optimisation_goes_the_longer_way),
		cmocka_unit_test(a_trait_is_a_rule_of_its_own),
		cmocka_unit_test(a_path_claims_three_functions_and_the_flushes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
