// SPDX-License-Identifier: GPL-2.0-only
/*
 * What resize and exec_stack claim of each kernel, and the place that landing gives a mapping of which
 * the kernel chooses the place.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/fixture.h"
#include "benches/families/landing.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NONE UINT64_MAX /* nothing is claimed of the function */

/* Of a call that a compiler may inline, the count where it doesn't. */
static uint64_t claimed(const char *key, struct kernel_version kernel, const char *function)
{
	struct fingerprint fingerprint = { 0 };
	struct cell cell;

	if (cell_find(key, &cell))
		fail_msg("no cell %s", key);
	cell.bench->expect(&cell, kernel, &fingerprint);
	for (size_t i = 0; i < fingerprint.count; i++)
		if (strcmp(fingerprint.items[i].function, function) == 0) {
			if (strcmp(function, "__split_huge_pmd") != 0)
				assert_int_equal(fingerprint.items[i].min,
						 fingerprint.items[i].max);
			return fingerprint.items[i].max;
		}
	return NONE;
}

static void claims_are_those_of_the_kernel(void **state)
{
	static const struct {
		const char *key;
		struct kernel_version kernel;
		const char *function;
		uint64_t count;
	} rows[] = {
#define R(rest) "resize/how=" rest
		{ R("grow_in_place/size=2M/by=double/fill=100/folio=4K"),
		  { 6, 1 },
		  "__vma_adjust",
		  1 },
		{ R("grow_in_place/size=2M/by=double/fill=100/folio=4K"),
		  { 6, 5 },
		  "__vma_adjust",
		  NONE },
		{ R("grow_in_place/size=2M/by=double/fill=100/folio=4K"),
		  { 6, 12 },
		  "vma_merge_extend",
		  1 },
		{ R("grow_in_place/size=2M/by=double/fill=100/folio=4K"),
		  { 6, 12 },
		  "move_page_tables",
		  0 },
		{ R("grow_fail/size=2M/by=double/fill=100/folio=4K"), { 6, 12 }, "copy_vma", 0 },
		/* Whole PMDs land on a PMD, and its page tables move whole; a page more does not. */
		{ R("grow_move/size=32M/by=double/fill=100/folio=4K"), { 6, 1 }, "__pte_alloc", 0 },
		{ R("grow_move/size=32M/by=4K/fill=100/folio=4K"), { 6, 1 }, "__pte_alloc", 17 },
		{ R("grow_move/size=32M/by=double/fill=100/folio=2M"),
		  { 6, 12 },
		  "move_huge_pmd",
		  16 },
		{ R("grow_move/size=32M/by=4K/fill=100/folio=2M"),
		  { 6, 12 },
		  "__split_huge_pmd",
		  16 },
		/* The neighbour's page gives the empty page before it a table to be walked. */
		{ R("grow_move/size=4K/by=double/fill=0/folio=4K"), { 6, 12 }, "__pte_alloc", 1 },
		{ R("shrink/size=32M/by=half/fill=100/folio=2M"),
		  { 6, 12 },
		  "__split_huge_pmd",
		  0 },
		{ R("shrink/size=32M/by=4K/fill=100/folio=2M"), { 6, 12 }, "__split_huge_pmd", 1 },
		{ R("shrink/size=32M/by=4K/fill=100/folio=4K"), { 6, 12 }, "__split_huge_pmd", 1 },
		{ R("shrink/size=32M/by=4K/fill=0/folio=4K"), { 6, 12 }, "__split_huge_pmd", 0 },
		{ R("shrink_move/size=32M/by=half/fill=100/folio=2M"),
		  { 6, 12 },
		  "move_huge_pmd",
		  8 },
		{ R("same/size=2M/by=0/fill=100/folio=4K"), { 6, 1 }, "__split_vma", 0 },
#undef R
		{ "exec_stack/shift=fixed/args=4K", { 6, 1 }, "shift_arg_pages", 8 },
		{ "exec_stack/shift=fixed/args=4K", { 6, 12 }, "relocate_vma_down", 8 },
		{ "exec_stack/shift=random/args=4M", { 7, 3 }, "move_page_tables", 2 },
		{ "exec_stack/shift=0/args=4K", { 6, 12 }, "move_page_tables", 0 },
		/* Realignment spares each of the two one table; a stack below the PMD's end is too short. */
		{ "exec_stack/shift=mutual/args=3M", { 6, 1 }, "__pte_alloc", 8 },
		{ "exec_stack/shift=mutual/args=3M", { 6, 12 }, "__pte_alloc", 6 },
		{ "exec_stack/shift=mutual/args=4M", { 6, 1 }, "__pte_alloc", 10 },
		{ "exec_stack/shift=mutual/args=128K", { 6, 12 }, "__pte_alloc", 16 },
		{ "exec_stack/shift=random/args=4M", { 6, 12 }, "__pte_alloc", NONE },
	};

	(void)state;
	assert_true(bench_count > 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t got = claimed(rows[i].key, rows[i].kernel, rows[i].function);

		if (got != rows[i].count)
			fail_msg("%s on %u.%u: %s %lld, not %lld", rows[i].key,
				 rows[i].kernel.major, rows[i].kernel.minor, rows[i].function,
				 (long long)got, (long long)rows[i].count);
	}
}

static void *map_anywhere(uint64_t length)
{
	return mmap(NULL, length, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void a_mapping_lands_where_it_was_told(void **state)
{
	static const uint64_t lengths[] = {
		PAGE_BYTES, 2 * PAGE_BYTES, PMD_BYTES, PMD_BYTES + PAGE_BYTES, 16 * PMD_BYTES,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lengths); i++) {
		struct landing landing = { 0 };
		char reason[REASON_SIZE] = "";
		uint64_t place = 0;

		for (int again = 0; again < 2; again++) {
			void *got;

			if (landing_prepare(&landing, lengths[i], &place, reason))
				fail_msg("%s", reason);
			assert_int_equal((place + lengths[i]) % PMD_BYTES, 0);
			assert_int_equal(place % PMD_BYTES, landing_likely(lengths[i]) % PMD_BYTES);
			got = map_anywhere(lengths[i]);
			assert_int_equal((uintptr_t)got, place);
			munmap(got, lengths[i]);
		}
		landing_free(&landing);
	}
}

static void a_hole_above_is_taken_too(void **state)
{
	struct landing landing = { 0 };
	char reason[REASON_SIZE] = "", *high = map_anywhere(16 * PAGE_BYTES), *got;
	uint64_t place = 0;

	(void)state;
	assert_int_equal(landing_prepare(&landing, 2 * PAGE_BYTES, &place, reason), 0);
	assert_true((uintptr_t)high > place);
	munmap(high + 4 * PAGE_BYTES, 8 * PAGE_BYTES);
	got = map_anywhere(2 * PAGE_BYTES);
	assert_int_not_equal((uintptr_t)got, place);
	munmap(got, 2 * PAGE_BYTES);
	assert_int_equal(landing_prepare(&landing, 2 * PAGE_BYTES, &place, reason), 0);
	got = map_anywhere(2 * PAGE_BYTES);
	assert_int_equal((uintptr_t)got, place);
	munmap(got, 2 * PAGE_BYTES);
	landing_free(&landing);
	munmap(high, 16 * PAGE_BYTES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims_are_those_of_the_kernel),
		cmocka_unit_test(a_mapping_lands_where_it_was_told),
		cmocka_unit_test(a_hole_above_is_taken_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
