// SPDX-License-Identifier: GPL-2.0-only
/* What is left after a move: VMAs where it ends, page tables, room under max_map_count, slab objects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "benches/fixture.h"
#include "benches/kernel_rules.h"
#include "benches/families/merge_rules.h"
#include "benches/families/slab.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define FROM (WINDOW_SOURCE + PMD_BYTES)
#define TO (WINDOW_DESTINATION + PMD_BYTES)
#define PART MERGE_PART

/* b: below, a: above, m: the moved one is faulted, o: the others are; d, r: dontunmap, restored. */
static struct merge_shape shape_of(enum merge_sequence sequence, const char *letters)
{
	return (struct merge_shape){
		.sequence = sequence,
		.below = strchr(letters, 'b') != NULL,
		.above = strchr(letters, 'a') != NULL,
		.moved_faulted = strchr(letters, 'm') != NULL,
		.others_faulted = strchr(letters, 'o') != NULL,
		.dontunmap = strchr(letters, 'd') != NULL,
		.restored = strchr(letters, 'r') != NULL,
		.source = FROM,
		.destination = TO,
	};
}

static const struct {
	const char *letters;
	enum merge_sequence sequence;
	unsigned int vmas, tables, merges;
} cases[] = {
	{ "m", MERGE_ONCE, 1, 1, 0 },
	{ "", MERGE_ONCE, 1, 0, 0 },
	{ "bmo", MERGE_ONCE, 2, 0, 0 }, /* faulted beside any other: two */
	{ "bm", MERGE_ONCE, 2, 1, 0 },
	{ "amo", MERGE_ONCE, 2, 0, 0 },
	{ "bamo", MERGE_ONCE, 3, 0, 0 },
	{ "bam", MERGE_ONCE, 3, 1, 0 },
	{ "bo", MERGE_ONCE, 1, 0, 1 }, /* unfaulted beside a faulted one: one */
	{ "ao", MERGE_ONCE, 1, 0, 1 },
	{ "b", MERGE_ONCE, 1, 0, 1 },
	{ "bao", MERGE_ONCE, 2, 0, 1 }, /* two anon_vmas on its sides */
	{ "ba", MERGE_ONCE, 1, 0, 1 },
	{ "bad", MERGE_ONCE, 1, 0, 1 },
	{ "bar", MERGE_ONCE, 1, 0, 0 }, /* mprotect() merges them in the end, not the move */
	{ "baor", MERGE_ONCE, 2, 0, 0 },
	{ "bamor", MERGE_ONCE, 3, 0, 0 },
	{ "m", MERGE_BACK, 1, 2, 0 },
	{ "", MERGE_BACK, 1, 0, 0 },
	{ "bamo", MERGE_BACK, 1, 1, 1 }, /* out and back: one */
	{ "bam", MERGE_BACK, 1, 1, 1 },
	{ "bao", MERGE_BACK, 1, 1, 1 },
	{ "ba", MERGE_BACK, 1, 0, 1 },
	{ "b", MERGE_BACK, 1, 0, 1 },
	{ "bamor", MERGE_BACK, 1, 1, 0 },
	{ "ba", MERGE_TOUCHED, 3, 1, 0 }, /* first faulted elsewhere: never one again */
	{ "b", MERGE_TOUCHED, 2, 1, 0 },
	{ "bao", MERGE_TOUCHED, 1, 0, 1 },
};

static void a_move_leaves_its_vmas(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct merge_shape shape = shape_of(cases[i].sequence, cases[i].letters);

		if (merge_vmas(&shape) != cases[i].vmas ||
		    merge_tables(&shape) != cases[i].tables ||
		    merge_merges(&shape) != cases[i].merges)
			fail_msg("case %zu (%s): %u VMAs, %u tables, %u merges", i,
				 cases[i].letters, merge_vmas(&shape), merge_tables(&shape),
				 merge_merges(&shape));
	}
}

static void vmas_lie_where_they_should(void **state)
{
	static const struct {
		enum merge_sequence sequence;
		const char *letters;
		size_t count;
		struct extent extents[MERGE_EXTENTS];
	} places[] = {
		{ MERGE_ONCE, "m", 1, { { TO, TO + PART } } },
		{ MERGE_ONCE, "md", 2, { { FROM, FROM + PART }, { TO, TO + PART } } },
		{ MERGE_ONCE, "bo", 1, { { TO - PART, TO + PART } } },
		{ MERGE_ONCE, "ao", 1, { { TO, TO + 2 * PART } } },
		{ MERGE_ONCE,
		  "bao",
		  2,
		  { { TO - PART, TO + PART }, { TO + PART, TO + 2 * PART } } },
		{ MERGE_ONCE,
		  "bamd",
		  4,
		  { { FROM, FROM + PART },
		    { TO - PART, TO },
		    { TO, TO + PART },
		    { TO + PART, TO + 2 * PART } } },
		{ MERGE_ONCE,
		  "bar",
		  3,
		  { { TO - PART, TO }, { TO, TO + PART }, { TO + PART, TO + 2 * PART } } },
		{ MERGE_BACK, "bam", 1, { { FROM - PART, FROM + 2 * PART } } },
		{ MERGE_BACK, "am", 1, { { FROM, FROM + 2 * PART } } },
		{ MERGE_BACK,
		  "bamr",
		  3,
		  { { FROM - PART, FROM },
		    { FROM, FROM + PART },
		    { FROM + PART, FROM + 2 * PART } } },
		{ MERGE_TOUCHED, "b", 2, { { FROM - PART, FROM }, { FROM, FROM + PART } } },
		{ MERGE_TOUCHED, "bao", 1, { { FROM - PART, FROM + 2 * PART } } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(places); i++) {
		struct merge_shape shape = shape_of(places[i].sequence, places[i].letters);
		struct extent extents[MERGE_EXTENTS];

		assert_int_equal(merge_extents(&shape, extents), places[i].count);
		for (size_t e = 0; e < places[i].count; e++) {
			assert_int_equal(extents[e].start, places[i].extents[e].start);
			assert_int_equal(extents[e].end, places[i].extents[e].end);
		}
	}
}

static void the_room_that_a_move_needs_depends_on_the_version(void **state)
{
	static const struct {
		struct kernel_version kernel;
		bool dontunmap;
		struct map_room room;
	} rooms[] = {
		{ { 6, 1 }, false, { 6, 4 } }, { { 6, 17 }, true, { 6, 4 } },
		{ { 7, 0 }, false, { 6, 4 } }, { { 7, 0 }, true, { 6, 4 } },
		{ { 7, 1 }, false, { 4, 2 } }, { { 7, 1 }, true, { 4, 2 } },
		{ { 7, 2 }, false, { 4, 2 } }, { { 7, 2 }, true, { 5, 2 } },
		{ { 7, 3 }, false, { 4, 2 } }, { { 8, 0 }, true, { 5, 2 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rooms); i++) {
		struct map_room room = kernel_map_room(rooms[i].kernel, rooms[i].dontunmap);

		assert_int_equal(room.first, rooms[i].room.first);
		assert_int_equal(room.each, rooms[i].room.each);
	}
}

static void slabinfo_is_read_by_whole_names(void **state)
{
	static const char slabinfo[] = "slabinfo - version: 2.1\n"
				       "# name            <active_objs> <num_objs>\n"
				       "anon_vma_chain      901   1024     64   64    1\n"
				       "anon_vma            412    507    104   39    1\n"
				       "vm_area_struct     1530   1640    192   20    1\n"
				       "broken\n"
				       "words             many\n";
	uint64_t used = 0;

	(void)state;
	assert_true(slabinfo_find(slabinfo, "anon_vma", &used));
	assert_int_equal(used, 412);
	assert_true(slabinfo_find(slabinfo, "anon_vma_chain", &used));
	assert_int_equal(used, 901);
	assert_true(slabinfo_find(slabinfo, "vm_area_struct", &used));
	assert_int_equal(used, 1530);
	assert_false(slabinfo_find(slabinfo, "vm_area", &used));
	assert_false(slabinfo_find(slabinfo, "words", &used));
	assert_false(slabinfo_find(slabinfo, "broken", &used));
	assert_false(slabinfo_find("", "anon_vma", &used));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_move_leaves_its_vmas),
		cmocka_unit_test(vmas_lie_where_they_should),
		cmocka_unit_test(the_room_that_a_move_needs_depends_on_the_version),
		cmocka_unit_test(slabinfo_is_read_by_whole_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
