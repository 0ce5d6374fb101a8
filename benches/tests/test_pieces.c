// SPDX-License-Identifier: GPL-2.0-only
/* Many VMAs: where they lie before and after a call, and what a call that fails leaves. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "benches/kernel_rules.h"
#include "benches/families/multi_fail.h"
#include "benches/families/pieces.h"
#include "benches/families/vmas.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define KIB 1024ull
#define BASE (WINDOW_SOURCE + PMD_BYTES)
#define BY (WINDOW_DESTINATION - WINDOW_SOURCE + 2 * PMD_BYTES)

static const struct fill all = { FILL_ALL, 0 };
static const struct fill none = { FILL_NONE, 0 };

static void neighbours_never_merge(void **state)
{
	static const struct pieces_plan plans[] = {
		{ BASE, 1000, 16 * KIB, 0, false, { FILL_ALL, 0 } },
		{ BASE, 1000, 16 * KIB, 0, true, { FILL_ALL, 0 } },
		{ BASE, 1000, 16 * KIB, 16 * KIB, false, { FILL_NONE, 0 } },
		{ BASE, 1000, 16 * KIB, 4 * KIB, true, { FILL_ALL, 0 } },
	};
	static struct piece pieces[PIECES_MAX];

	(void)state;
	for (size_t i = 0; i < COUNT(plans); i++) {
		pieces_lay(&plans[i], pieces);
		assert_int_equal(pieces[0].region.address, BASE);
		assert_int_equal(pieces_length(pieces, plans[i].count),
				 1000 * plans[i].piece + 999 * plans[i].gap);
		for (size_t p = 1; p < plans[i].count; p++) {
			const struct region *one = &pieces[p - 1].region, *two = &pieces[p].region;

			assert_int_equal(two->address, one->address + one->length + plans[i].gap);
			if (!plans[i].gap)
				assert_true(pieces[p].undumped != pieces[p - 1].undumped);
		}
	}
}

static void the_mixture_has_every_kind(void **state)
{
	const struct pieces_plan plan = { BASE, 7, 16 * KIB, 0, true, all };
	struct piece pieces[7];

	(void)state;
	pieces_lay(&plan, pieces);
	for (size_t i = 0; i < PIECE_KINDS; i++)
		assert_int_equal(pieces[i].kind, i);
	assert_int_equal(pieces[6].kind, PIECE_FILLED);
	assert_int_equal(pieces[PIECE_SHMEM].region.memory, MEMORY_SHMEM);
	assert_int_equal(pieces[PIECE_FILE].region.memory, MEMORY_FILE);
	/* Five of seven have their four pages: the empty one and PROT_NONE have none. */
	assert_int_equal(pieces_pages(pieces, 7), 5 * 4);
}

static void page_tables_are_made_once_a_pmd(void **state)
{
	static const struct {
		struct pieces_plan plan;
		uint64_t pte_alloc, pmd_moves;
	} cases[] = {
		{ { BASE, 2, 16 * KIB, 0, false, { FILL_ALL, 0 } }, 1, 0 },
		{ { BASE, 128, 16 * KIB, 0, false, { FILL_ALL, 0 } }, 1, 0 },
		{ { BASE, 129, 16 * KIB, 0, false, { FILL_ALL, 0 } }, 2, 0 },
		{ { BASE, 1000, 16 * KIB, 0, false, { FILL_ALL, 0 } }, 8, 0 },
		{ { BASE, 1000, 16 * KIB, 0, false, { FILL_NONE, 0 } }, 0, 0 },
		{ { BASE, 1000, 16 * KIB, 16 * KIB, false, { FILL_ALL, 0 } }, 16, 0 },
		{ { BASE, 10, 16 * KIB, 0, true, { FILL_ALL, 0 } }, 1, 0 },
		{ { BASE, 10, PMD_BYTES, 0, false, { FILL_ALL, 0 } }, 0, 10 },
		{ { BASE, 10, PMD_BYTES, PMD_BYTES, false, { FILL_ALL, 0 } }, 0, 10 },
	};
	static struct piece pieces[PIECES_MAX];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct path path;

		pieces_lay(&cases[i].plan, pieces);
		path = pieces_path(pieces, cases[i].plan.count, BY,
				   (struct kernel_version){ 6, 17 });
		if (path.pte_alloc != cases[i].pte_alloc || path.pmd_moves != cases[i].pmd_moves)
			fail_msg("case %zu: %d tables, %d PMDs", i, (int)path.pte_alloc,
				 (int)path.pmd_moves);
	}
}

/* An empty one between others finds a table to walk, and needs one where it goes. */
static void an_empty_one_uses_its_neighbours_table(void **state)
{
	const struct pieces_plan plan = { BASE, 2, 16 * KIB, 0, false, all };
	struct piece pieces[2];
	struct path path;

	(void)state;
	pieces_lay(&plan, pieces);
	pieces[0].region.fill = none;
	path = pieces_path(pieces, 2, BY, (struct kernel_version){ 6, 17 });
	assert_int_equal(path.pte_alloc, 1);
	pieces[1].region.fill = none;
	path = pieces_path(pieces, 2, BY, (struct kernel_version){ 6, 17 });
	assert_int_equal(path.pte_alloc, 0);
}

static void lists_shift_and_drop_whole_vmas(void **state)
{
	struct vma vmas[] = { { 10, 20, 1 }, { 20, 30, 2 }, { 30, 40, 3 }, { 60, 70, 4 } };
	const struct vma shifted[] = {
		{ 30, 40, 3 }, { 60, 70, 4 }, { 110, 120, 1 }, { 120, 130, 2 }
	};
	const struct vma dropped[] = { { 30, 40, 3 }, { 110, 120, 1 }, { 120, 130, 2 } };
	char reason[REASON_SIZE];

	(void)state;
	vmas_shift(vmas, 4, 10, 30, 100);
	assert_int_equal(vmas_same(shifted, 4, vmas, 4, reason), 0);
	assert_int_equal(vmas_drop(vmas, 4, 60, 80), 3);
	assert_int_equal(vmas_same(dropped, 3, vmas, 3, reason), 0);
	assert_int_equal(vmas_drop(vmas, 3, 35, 125), 2); /* only what lies inside whole */
}

static void a_difference_is_told(void **state)
{
	static const struct vma want[] = { { 16, 32, 1 }, { 32, 48, 2 } };
	static const struct {
		struct vma got[3];
		size_t count;
		const char *reason;
	} cases[] = {
		{ { { 16, 32, 1 }, { 48, 64, 2 } },
		  2,
		  "a VMA is at 0x30-0x40 instead of 0x20-0x30" },
		{ { { 16, 32, 1 }, { 32, 40, 2 } },
		  2,
		  "a VMA is at 0x20-0x28 instead of 0x20-0x30" },
		{ { { 16, 32, 1 }, { 32, 48, 7 } },
		  2,
		  "the VMA at 0x20 has other permissions or file" },
		{ { { 16, 32, 1 } }, 1, "1 VMAs instead of 2" },
		{ { { 16, 32, 1 }, { 32, 48, 2 }, { 48, 64, 3 } }, 3, "3 VMAs instead of 2" },
		{ { { 16, 48, 1 } }, 1, "a VMA is at 0x10-0x30 instead of 0x10-0x20" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char reason[REASON_SIZE] = "";

		assert_int_equal(vmas_same(want, 2, cases[i].got, cases[i].count, reason), -EPROTO);
		assert_string_equal(reason, cases[i].reason);
	}
}

static void a_failed_call_leaves_what_its_kernel_leaves(void **state)
{
	static const struct {
		const char *name;
		struct kernel_version kernel;
		struct multi_left left;
	} cases[] = {
		{ "hole_start", { 6, 1 }, { EFAULT, 0, 0, false } },
		{ "hole_start", { 6, 17 }, { EFAULT, 0, 0, false } },
		{ "expand", { 6, 12 }, { EFAULT, 0, 0, false } },
		{ "expand", { 7, 3 }, { EFAULT, 0, 0, false } },
		{ "expand_onto", { 6, 1 }, { EFAULT, 0, 0, true } },
		{ "expand_onto", { 6, 16 }, { EFAULT, 0, 0, true } },
		{ "expand_onto", { 6, 17 }, { EFAULT, 0, 0, false } },
		{ "shrink", { 6, 12 }, { EFAULT, 0, 1, false } },
		{ "shrink", { 6, 17 }, { EFAULT, 0, 0, false } },
		{ "overlap", { 6, 1 }, { EINVAL, 0, 0, false } },
		{ "overlap", { 7, 3 }, { EINVAL, 0, 0, false } },
		{ "uffd_first", { 6, 12 }, { EFAULT, 0, 0, false } },
		{ "uffd_first", { 6, 17 }, { EFAULT, 0, 0, false } },
		{ "uffd_last", { 6, 12 }, { EFAULT, 0, 0, false } },
		{ "uffd_last", { 6, 17 }, { EFAULT, 2, 0, false } },
		{ "zero_first", { 7, 3 }, { EFAULT, 0, 0, false } },
		{ "zero_last", { 7, 3 }, { EFAULT, 2, 0, false } },
		{ "sealed_first", { 6, 12 }, { EPERM, 0, 0, false } },
		{ "sealed_first", { 6, 17 }, { EPERM, 0, 0, false } },
		{ "sealed_last", { 6, 12 }, { EFAULT, 0, 0, false } },
		{ "sealed_last", { 6, 17 }, { EPERM, 2, 0, false } },
		{ "map_limit", { 6, 12 }, { EFAULT, 0, 0, false } },
		{ "map_limit", { 6, 17 }, { ENOMEM, 3, 0, false } },
		{ "map_limit", { 7, 3 }, { ENOMEM, 4, 0, false } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct multi_fail *fail = multi_fail_find(cases[i].name);
		struct multi_left left;

		assert_non_null(fail);
		left = multi_fail_left(fail, cases[i].kernel);
		if (left.error != cases[i].left.error || left.moved != cases[i].left.moved ||
		    left.lost != cases[i].left.lost ||
		    left.occupant_lost != cases[i].left.occupant_lost)
			fail_msg("%s on %u.%u: error %d, %u moved, %u lost", cases[i].name,
				 cases[i].kernel.major, cases[i].kernel.minor, left.error,
				 left.moved, left.lost);
	}
	assert_null(multi_fail_find("nobody"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(neighbours_never_merge),
		cmocka_unit_test(the_mixture_has_every_kind),
		cmocka_unit_test(page_tables_are_made_once_a_pmd),
		cmocka_unit_test(an_empty_one_uses_its_neighbours_table),
		cmocka_unit_test(lists_shift_and_drop_whole_vmas),
		cmocka_unit_test(a_difference_is_told),
		cmocka_unit_test(a_failed_call_leaves_what_its_kernel_leaves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
