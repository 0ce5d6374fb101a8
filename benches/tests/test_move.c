// SPDX-License-Identifier: GPL-2.0-only
/*
 * The family `move`: what each of its places must take by the model of the path, against rows derived
 * by hand and counted on real kernels; its layouts; and how it is undone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "benches/cell.h"
#include "benches/families/move_cells.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define M(n) ((n)*1024ull * 1024)
#define OLD          \
	{            \
		6, 1 \
	} /* no realignment */
#define NEW           \
	{             \
		6, 12 \
	} /* realignment */
#define ANON(size, align, fill, folio) \
	"size=" size "/align=" align "/fill=" fill "/folio=" folio "/type=anon"
#define TYPE(size, align, fill, type) \
	"size=" size "/align=" align "/fill=" fill "/folio=4K/type=" type

/* One move of the family `move`, by its key, and all that it must take. */
struct cell_row {
	const char *cell; /* after "move/" */
	struct kernel_version kernel;
	struct path path;
};

static void cell_rows_hold(const struct cell_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct move_place place;
		struct move_shape shape;
		struct path got;
		struct cell cell;
		char key[CELL_KEY];

		snprintf(key, sizeof(key), "move/%s", rows[i].cell);
		if (cell_find(key, &cell))
			fail_msg("%s is no cell", key);
		move_place(&cell, &place);
		shape = move_shape(&place);
		got = path_of_move(&shape, rows[i].kernel);
		if (memcmp(&got, &rows[i].path, sizeof(got)))
			fail_msg("%s on %u.%u: PUDs %llu, PMDs %llu, __pte_alloc %llu, huge %llu,"
				 " splits %llu, flushes %llu (%llu more), tries %llu",
				 key, rows[i].kernel.major, rows[i].kernel.minor,
				 (unsigned long long)got.pud_moves,
				 (unsigned long long)got.pmd_moves,
				 (unsigned long long)got.pte_alloc,
				 (unsigned long long)got.huge_moves, (unsigned long long)got.splits,
				 (unsigned long long)got.flushes,
				 (unsigned long long)got.flushes_more,
				 (unsigned long long)got.split_tries);
	}
}

/*
 * Path: PUDs, PMDs, __pte_alloc, move_huge_pmd, __split_huge_pmd, flush_tlb_mm_range, and more of
 * those, and tries of splitting. The first five are the fingerprints counted on six kernels.
 */
static void each_move_flushes_and_so_do_the_tables_it_frees(void **state)
{
	static const struct cell_row rows[] = {
		{ ANON("32M", "pmd", "100", "4K"), NEW, { 0, 16, 0, 0, 0, 17, 0, 0 } },
		{ ANON("32M", "unaligned", "100", "4K"), NEW, { 0, 0, 17, 0, 0, 33, 0, 0 } },
		{ ANON("32M", "pmd", "100", "2M"), NEW, { 0, 0, 0, 16, 0, 17, 0, 0 } },
		{ ANON("32M", "unaligned", "100", "2M"), NEW, { 0, 0, 17, 0, 16, 49, 0, 0 } },
		{ ANON("32M", "pmd", "0", "4K"), NEW, { 0 } },
		/* A PUD takes its table of PMDs along: nothing is left to free. */
		{ ANON("1G", "pud", "100", "4K"), OLD, { 1, 0, 0, 0, 0, 1, 0, 0 } },
		{ ANON("2G", "pud", "100", "4K"), NEW, { 2, 0, 0, 0, 0, 2, 0, 0 } },
		{ ANON("1G", "unaligned", "100", "2M"), NEW, { 0, 0, 513, 0, 512, 1537, 0, 0 } },
		/* 513 tables are freed, in batches of 509 since 6.15. */
		{ ANON("1G", "unaligned", "100", "2M"),
		  { 6, 15 },
		  { 0, 0, 513, 0, 512, 1538, 0, 0 } },
		{ ANON("1G", "unaligned", "100", "4K"),
		  { 6, 14 },
		  { 0, 0, 513, 0, 0, 1025, 0, 0 } },
		{ ANON("1G", "unaligned", "100", "4K"),
		  { 6, 15 },
		  { 0, 0, 513, 0, 0, 1026, 0, 0 } },
		{ ANON("4K", "pmd", "100", "4K"), OLD, { 0, 0, 1, 0, 0, 2, 0, 0 } },
		/* Over the boundary of the destination's PMD. */
		{ ANON("4K", "unaligned_end", "100", "4K"), NEW, { 0, 0, 1, 0, 0, 2, 0, 0 } },
		{ ANON("64K", "unaligned_end", "100", "4K"), NEW, { 0, 0, 2, 0, 0, 3, 0, 0 } },
		{ ANON("32M", "unaligned_end", "100", "4K"), NEW, { 0, 0, 17, 0, 0, 33, 0, 0 } },
		/* Mapped by PTEs, a folio of 2 MiB is 512 pages; half of it is 256. */
		{ ANON("32M", "pmd", "100", "2Mptes"), NEW, { 0, 16, 0, 0, 0, 17, 0, 0 } },
		{ ANON("32M", "unaligned", "100", "2Mptes"), NEW, { 0, 0, 17, 0, 0, 33, 0, 0 } },
		/* The last page of each PMD is not there: its step finds nothing to flush. */
		{ ANON("32M", "unaligned", "100", "2Mhalf"), NEW, { 0, 0, 17, 0, 0, 17, 0, 0 } },
		{ ANON("32M", "unaligned", "pmd1", "4K"), NEW, { 0, 0, 17, 0, 0, 17, 0, 0 } },
		{ ANON("32M", "mutual", "pmd1", "4K"), NEW, { 0, 16, 1, 0, 0, 18, 0, 0 } },
		/* The first 10 % are 819 pages of 8192: two PMDs. */
		{ ANON("32M", "pmd", "10prefix", "4K"), NEW, { 0, 2, 0, 0, 0, 3, 0, 0 } },
		{ ANON("32M", "unaligned", "10prefix", "4K"), NEW, { 0, 0, 3, 0, 0, 4, 0, 0 } },
		{ ANON("32M", "mutual", "50prefix", "4K"), NEW, { 0, 9, 0, 0, 0, 10, 0, 0 } },
	};

	(void)state;
	cell_rows_hold(rows, COUNT(rows));
}

static void neighbours_block_realignment_and_keep_tables(void **state)
{
	static const struct cell_row rows[] = {
		{ ANON("3M", "mutual", "100", "4K"), OLD, { 0, 1, 1, 0, 0, 3, 0, 0 } },
		{ ANON("3M", "mutual", "100", "4K"), NEW, { 0, 2, 0, 0, 0, 3, 0, 0 } },
		{ ANON("3M", "mutual_down", "100", "4K"), NEW, { 0, 2, 0, 0, 0, 3, 0, 0 } },
		/* The neighbour's table and its PUD's stay. */
		{ ANON("3M", "mutual_low_src", "100", "4K"), NEW, { 0, 1, 1, 0, 0, 2, 0, 0 } },
		{ ANON("32M", "mutual_low_src", "100", "4K"), NEW, { 0, 15, 2, 0, 0, 18, 0, 0 } },
		{ ANON("32M", "mutual_low_src", "0", "4K"), NEW, { 0, 0, 1, 0, 0, 0, 0, 0 } },
		/* Its table is there for the source's first pages. */
		{ ANON("3M", "mutual_low_dst", "100", "4K"), NEW, { 0, 1, 0, 0, 0, 3, 0, 0 } },
		{ ANON("32M", "mutual_low_dst", "100", "4K"), NEW, { 0, 15, 1, 0, 0, 18, 0, 0 } },
		{ ANON("32M", "mutual_low_dst", "0", "4K"), NEW, { 0 } },
		/* The rest of the VMA is a neighbour; splitting it asks for a huge page there. */
		{ ANON("3M", "mutual_inside", "100", "4K"), NEW, { 0, 1, 1, 0, 0, 2, 0, 1 } },
		{ ANON("32M", "mutual_inside", "100", "4K"), OLD, { 0, 15, 2, 0, 0, 18, 0, 1 } },
		{ ANON("32M", "mutual_inside", "0", "4K"), NEW, { 0, 0, 1, 0, 0, 0, 0, 1 } },
		{ ANON("512K", "mutual_short", "100", "4K"), NEW, { 0, 0, 1, 0, 0, 2, 0, 0 } },
	};

	(void)state;
	cell_rows_hold(rows, COUNT(rows));
}

/* Source and destination touch in the middle of a PMD: neither end can be realigned over the other. */
static void near_moves_share_the_table_between_them(void **state)
{
	static const struct cell_row rows[] = {
		{ ANON("4K", "near_up", "100", "4K"), NEW, { 0, 0, 0, 0, 0, 1, 0, 0 } },
		{ ANON("64K", "near_down", "100", "4K"), NEW, { 0, 0, 0, 0, 0, 1, 0, 0 } },
		{ ANON("2M", "near_up", "100", "4K"), NEW, { 0, 0, 1, 0, 0, 3, 0, 0 } },
		{ ANON("32M", "near_up", "100", "4K"), OLD, { 0, 15, 1, 0, 0, 18, 0, 0 } },
		{ ANON("32M", "near_up", "100", "4K"), NEW, { 0, 15, 1, 0, 0, 18, 0, 0 } },
		{ ANON("32M", "near_down", "100", "4K"), NEW, { 0, 15, 1, 0, 0, 18, 0, 0 } },
		{ ANON("32M", "near_down", "0", "4K"), NEW, { 0 } },
	};

	(void)state;
	cell_rows_hold(rows, COUNT(rows));
}

static void other_memory_takes_the_same_steps_and_hugetlb_its_own(void **state)
{
	static const struct cell_row rows[] = {
		{ TYPE("32M", "pmd", "100", "shmem"), NEW, { 0, 16, 0, 0, 0, 17, 0, 0 } },
		{ TYPE("32M", "unaligned", "100", "file"), NEW, { 0, 0, 17, 0, 0, 33, 0, 0 } },
		{ TYPE("32M", "mutual", "100", "copied"), OLD, { 0, 15, 2, 0, 0, 18, 0, 0 } },
		{ TYPE("32M", "pmd", "100", "hugetlb"), NEW, { 0, 0, 0, 0, 0, 2, 0, 0 } },
		{ TYPE("1G", "pud", "100", "hugetlb"), NEW, { 0, 0, 0, 0, 0, 2, 0, 0 } },
		{ TYPE("32M", "pmd", "0", "hugetlb"), NEW, { 0, 0, 0, 0, 0, 0, 1, 0 } },
	};

	(void)state;
	cell_rows_hold(rows, COUNT(rows));
}

/* Whatever uffd or DONTUNMAP do to it. */
static void what_forbids_tables_or_keeps_the_source_shows(void **state)
{
	struct region region = { .address = WINDOW_SOURCE,
				 .length = M(32),
				 .fill = { FILL_ALL, 0 } };
	struct move_shape move = {
		.region = &region, .destination = WINDOW_DESTINATION, .lonely = true, .kept = true
	};
	struct path path = path_of_move(&move, (struct kernel_version)NEW);

	(void)state;
	assert_int_equal(path.pmd_moves, 16);
	assert_int_equal(path.flushes, 16);
	move.entry_by_entry = true;
	path = path_of_move(&move, (struct kernel_version)NEW);
	assert_int_equal(path.pmd_moves, 0);
	assert_int_equal(path.pte_alloc, 16);
	assert_int_equal(path.flushes, 16);
	move.kept = false;
	path = path_of_move(&move, (struct kernel_version)NEW);
	assert_int_equal(path.flushes, 17);
}

/* The state is the same after moving out and back; else each sample needs a fill of its own. */
static void only_what_comes_back_the_same_is_moved_back(void **state)
{
	static const struct {
		const char *cell;
		bool undone;
	} rows[] = {
		{ ANON("32M", "pmd", "100", "4K"), true },
		{ ANON("32M", "unaligned", "100", "4K"), true },
		{ ANON("32M", "unaligned", "0", "4K"), true },
		{ ANON("32M", "pmd", "100", "2M"), true },
		{ ANON("32M", "unaligned", "100", "2M"), false }, /* split */
		{ ANON("32M", "unaligned", "100", "2Mptes"), true },
		{ ANON("32M", "pmd", "10random", "4K"), true },
		{ ANON("32M", "mutual", "10random", "4K"), true },
		{ ANON("32M", "unaligned", "10random", "4K"), false }, /* other tables */
		{ ANON("32M", "mutual_low_dst", "100", "4K"), true },
		{ ANON("32M", "mutual_low_dst", "0", "4K"), false }, /* the neighbour's table */
		{ ANON("32M", "mutual_low_src", "0", "4K"), true },
		{ ANON("32M", "near_up", "100", "4K"), true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct move_place place;
		struct cell cell;
		char key[CELL_KEY];

		snprintf(key, sizeof(key), "move/%s", rows[i].cell);
		assert_int_equal(cell_find(key, &cell), 0);
		move_place(&cell, &place);
		if (move_is_undone_by_moving_back(&place) != rows[i].undone)
			fail_msg("%s", key);
	}
}

static void layouts_name_the_neighbours(void **state)
{
	static const struct {
		const char *cell;
		size_t before, after;
	} rows[] = {
		{ ANON("3M", "mutual", "100", "4K"), 1, 1 },
		{ ANON("3M", "mutual_low_src", "100", "4K"), 2, 2 },
		{ ANON("3M", "mutual_low_dst", "100", "4K"), 2, 2 },
		{ ANON("3M", "mutual_inside", "100", "4K"), 1, 2 },
		{ ANON("2M", "near_down", "100", "4K"), 1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct extent extents[MOVE_EXTENTS];
		struct move_place place;
		struct cell cell;
		char key[CELL_KEY];

		snprintf(key, sizeof(key), "move/%s", rows[i].cell);
		assert_int_equal(cell_find(key, &cell), 0);
		move_place(&cell, &place);
		for (int moved = 0; moved < 2; moved++) {
			size_t count = move_extents(&place, moved, extents);

			assert_int_equal(count, moved ? rows[i].after : rows[i].before);
			for (size_t e = 0; e < count; e++) {
				assert_true(extents[e].start < extents[e].end);
				assert_true(e == 0 || extents[e - 1].end <= extents[e].start);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_move_flushes_and_so_do_the_tables_it_frees),
		cmocka_unit_test(neighbours_block_realignment_and_keep_tables),
		cmocka_unit_test(near_moves_share_the_table_between_them),
		cmocka_unit_test(other_memory_takes_the_same_steps_and_hugetlb_its_own),
		cmocka_unit_test(what_forbids_tables_or_keeps_the_source_shows),
		cmocka_unit_test(only_what_comes_back_the_same_is_moved_back),
		cmocka_unit_test(layouts_name_the_neighbours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
