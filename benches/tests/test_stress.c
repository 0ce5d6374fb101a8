// SPDX-License-Identifier: GPL-2.0-only
/*
 * The stress's chance, shadow and verdicts: the same seed draws the same, the model follows each
 * operation, and an answer of mremap is in order or not.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "benches/stress/model.h"
#include "benches/stress/rng.h"
#include "benches/stress/verdict.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define RW (PROT_READ | PROT_WRITE)
#define PAGE(n) (ARENA_BASE + (n)*PAGE_BYTES)

static struct model model;

static int model_clear(void **state)
{
	(void)state;
	memset(&model, 0, sizeof(model));
	return 0;
}

static void one_seed_draws_the_same_again(void **state)
{
	struct rng first = rng_make(7, 100, 0), again = rng_make(7, 100, 0);

	(void)state;
	for (int i = 0; i < 1000; i++)
		assert_true(rng_next(&first) == rng_next(&again));
}

static void seeds_operations_and_streams_draw_apart(void **state)
{
	const uint64_t base = rng_make(7, 100, 0).counter;

	(void)state;
	assert_true(base != rng_make(8, 100, 0).counter);
	assert_true(base != rng_make(7, 101, 0).counter);
	assert_true(base != rng_make(7, 100, 1).counter);
	/* Seed and number are not simply added up. */
	assert_true(rng_make(7, 101, 0).counter != rng_make(8, 100, 0).counter);
}

static void a_draw_is_below_its_bound_and_all_are_drawn(void **state)
{
	struct rng rng = rng_make(1, 1, 0);
	unsigned int seen[10] = { 0 };

	(void)state;
	for (int i = 0; i < 10000; i++) {
		uint64_t drawn = rng_below(&rng, COUNT(seen));

		assert_true(drawn < COUNT(seen));
		seen[drawn]++;
	}
	for (size_t i = 0; i < COUNT(seen); i++)
		assert_in_range(seen[i], 850, 1150);
	assert_int_equal(rng_below(&rng, 1), 0);
}

static void a_page_holds_what_was_last_written(void **state)
{
	struct shadow *page = &model.pages[5];

	(void)state;
	model_map(&model, (struct run){ 5, 1 }, PAGE_ANON, RW, 0, 0);
	assert_true(model_allows(page, 0));
	assert_false(model_allows(page, model_stamp_value(3)));
	model_write(&model, 5, 3);
	assert_true(model_allows(page, model_stamp_value(3)));
	assert_false(model_allows(page, 0));
	assert_false(model_allows(page, model_stamp_value(2)));
	model_discard(&model, (struct run){ 5, 1 });
	assert_true(model_allows(page, 0));
	assert_int_equal(model.stamped, 0);
	assert_int_equal(model.mapped, 1);
}

static void what_is_freed_lazily_is_there_or_gone_for_good(void **state)
{
	struct shadow *page = &model.pages[5];

	(void)state;
	model_map(&model, (struct run){ 5, 1 }, PAGE_ANON, RW, 0, 0);
	model_write(&model, 5, 3);
	model_free_lazily(&model, (struct run){ 5, 1 });
	assert_true(model_allows(page, model_stamp_value(3)));
	assert_true(model_allows(page, 0));
	model_seen(&model, 5, 0);
	assert_false(model_allows(page, model_stamp_value(3)));
	model_write(&model, 5, 4);
	assert_false(model_allows(page, 0));
}

static void only_what_is_dirty_may_be_freed_under_a_relative(void **state)
{
	struct run run = { 5, 4 }, copied = { 7, 1 };

	(void)state;
	model_map(&model, run, PAGE_ANON, RW, 0, 0);
	for (uint32_t at = 5; at < 9; at++)
		model_write(&model, at, at);
	assert_true(model_may_free_lazily(&model, run, true));
	model_copied_clean(&model, copied);
	assert_false(model_may_free_lazily(&model, run, true));
	assert_true(model_may_free_lazily(&model, run, false));
	assert_true(model_may_free_lazily(&model, (struct run){ 5, 2 }, true));
	model_forked(&model);
	assert_false(model_may_free_lazily(&model, run, true));
	model_move(&model, run, 50, 4, false);
	assert_false(model_may_free_lazily(&model, (struct run){ 50, 4 }, true));
	model_write(&model, 52, 9);
	assert_true(model_may_free_lazily(&model, (struct run){ 50, 4 }, true));
	/* Beyond the arena there is nothing to mark. */
	model_copied_clean(&model, (struct run){ ARENA_PAGES - 1, 4 });
	/* What KSM may have is nobody's to free, alone or not. */
	model.pages[51].advice = ADVICE_MERGE;
	assert_false(model_may_free_lazily(&model, (struct run){ 50, 4 }, false));
}

static void files_hold_their_own_until_written(void **state)
{
	(void)state;
	model_map(&model, (struct run){ 10, 4 }, PAGE_FILE, RW, 0, 100);
	assert_true(model_allows(&model.pages[12], model_object_value(102)));
	assert_false(model_allows(&model.pages[12], 0));
	model_write(&model, 12, 1);
	assert_false(model_allows(&model.pages[12], model_object_value(102)));
	model_discard(&model, (struct run){ 12, 1 });
	assert_true(model_allows(&model.pages[12], model_object_value(102)));
	model_map(&model, (struct run){ 20, 2 }, PAGE_SHARED, RW, 0, OBJECT_PAGES - 1);
	assert_true(model_readable(&model.pages[20]));
	assert_false(model_readable(&model.pages[21])); /* behind the file's end */
}

static void a_move_takes_contents_along_and_leaves_nothing(void **state)
{
	(void)state;
	model_map(&model, (struct run){ 100, 4 }, PAGE_ANON, RW, ADVICE_WATCHED, 0);
	model_write(&model, 101, 9);
	model_move(&model, (struct run){ 100, 4 }, 300, 6, false);
	assert_true(model_is_free(&model, (struct run){ 100, 4 }));
	assert_true(model_allows(&model.pages[301], model_stamp_value(9)));
	assert_true(model_all(&model, (struct run){ 300, 6 }, PAGE_ANON));
	assert_false(model_any_advice(&model, (struct run){ 300, 6 }, ADVICE_WATCHED));
	assert_int_equal(model.mapped, 6);
	/* What was faulted in keeps its index; of the others it isn't known. */
	assert_int_equal(model.pages[301].index, 101);
	assert_true(model.pages[300].index == INDEX_UNKNOWN);
	model_relocated(&model, (struct run){ 300, 6 });
	assert_int_equal(model.pages[301].index, 301);
}

static void a_move_that_keeps_its_source_empties_it(void **state)
{
	(void)state;
	model_map(&model, (struct run){ 100, 2 }, PAGE_ANON, RW, ADVICE_LOCKED, 0);
	model_write(&model, 100, 9);
	model_move(&model, (struct run){ 100, 2 }, 300, 2, true);
	assert_int_equal(model.pages[100].kind, PAGE_ANON);
	assert_true(model_allows(&model.pages[100], 0));
	assert_false(model.pages[100].advice & ADVICE_LOCKED);
	assert_true(model.pages[300].advice & ADVICE_LOCKED);
	assert_int_equal(model.mapped, 4);
	assert_int_equal(model.stamped, 1);
}

static void a_child_inherits_what_is_inherited(void **state)
{
	(void)state;
	model_map(&model, (struct run){ 1, 1 }, PAGE_ANON, RW, ADVICE_LOCKED, 0);
	model_map(&model, (struct run){ 2, 1 }, PAGE_HUGE, RW, ADVICE_NOFORK, 0);
	model.pages[1].state |= STATE_PINNED;
	model_forked(&model);
	assert_int_equal(model.pages[1].kind, PAGE_ANON);
	assert_int_equal(model.pages[1].advice, 0);
	assert_int_equal(model.pages[1].state & STATE_PINNED, 0);
	assert_int_equal(model.pages[2].kind, PAGE_FREE);
	assert_int_equal(model.mapped, 1);
}

static void free_places_are_found_and_no_others(void **state)
{
	(void)state;
	model_map(&model, (struct run){ 0, ARENA_PAGES }, PAGE_ANON, RW, 0, 0);
	assert_int_equal(model_find_free(&model, 1, 0, 1, 0), -1);
	model_unmap(&model, (struct run){ 1030, 5 });
	assert_int_equal(model_find_free(&model, 5, 2000, 1, 0), 1030);
	assert_int_equal(model_find_free(&model, 6, 0, 1, 0), -1);
	assert_int_equal(model_find_free(&model, 2, 0, 512, 6), 1030);
	assert_int_equal(model_find_free(&model, 2, 0, 512, 0), -1);
}

/* Pages 100 to 109 are one VMA, 110 to 119 another right behind it, 130 to 139 shared. */
static void scene(struct spans *spans)
{
	static const struct run runs[] = { { 100, 10 }, { 110, 10 }, { 130, 10 } };

	memset(&model, 0, sizeof(model));
	spans->count = COUNT(runs);
	for (size_t i = 0; i < COUNT(runs); i++) {
		spans->items[i] = (struct span){ runs[i], RW };
		model_map(&model, runs[i], i == 2 ? PAGE_SHARED : PAGE_ANON, RW, 0, 0);
	}
}

static void an_answer_is_taken_or_not(void **state)
{
	enum { FIX = MREMAP_MAYMOVE | MREMAP_FIXED, NEW = 1, MANY = 2 };
	static const struct {
		const char *what;
		uint32_t first, count, to_count;
		unsigned int flags, can;
		int error;
		bool taken;
	} rows[] = {
		{ "a move", 100, 10, 10, FIX, 0, 0, true },
		{ "a move that fails", 100, 10, 10, FIX, 0, EFAULT, false },
		{ "out of memory", 100, 10, 10, FIX, 0, ENOMEM, true },
		{ "relocate, unknown", 100, 10, 10, FIX | 8, 0, EINVAL, true },
		{ "relocate, unknown, done", 100, 10, 10, FIX | 8, 0, 0, false },
		{ "relocate", 100, 10, 10, FIX | 8, NEW, 0, true },
		{ "relocate never fails", 100, 10, 10, FIX | 8, NEW, EFAULT, false },
		{ "must", 100, 10, 10, FIX | 16, NEW, 0, true },
		{ "must, refused", 100, 10, 10, FIX | 16, NEW, EFAULT, true },
		{ "must with a wrong errno", 100, 10, 10, FIX | 16, NEW, EINVAL, false },
		{ "must of shared memory", 130, 10, 10, FIX | 16, NEW, 0, false },
		{ "must of what stays of more", 110, 30, 5, FIX | 16, NEW | MANY, 0, true },
		{ "relocate of shared memory", 130, 10, 10, FIX | 8, NEW, 0, true },
		{ "relocate without maymove", 100, 10, 10, 8, NEW, 0, false },
		{ "must in place", 100, 10, 5, MREMAP_MAYMOVE | 16, NEW, 0, true },
		{ "must in place, refused", 100, 10, 5, MREMAP_MAYMOVE | 16, NEW, EFAULT, false },
		{ "fixed without maymove", 100, 10, 10, MREMAP_FIXED, 0, EINVAL, true },
		{ "two vmas", 105, 10, 10, FIX, 0, EFAULT, true },
		{ "two vmas, moved", 105, 10, 10, FIX, 0, 0, false },
		{ "two vmas, moved by a new kernel", 105, 10, 10, FIX, MANY, 0, true },
		{ "growth over a neighbour", 100, 10, 12, 0, 0, ENOMEM, true },
		{ "growth over a neighbour, done", 100, 10, 12, 0, 0, 0, false },
		{ "growth into room", 110, 10, 12, 0, 0, 0, true },
		{ "growth of two vmas", 105, 10, 12, MREMAP_MAYMOVE, 0, EFAULT, true },
		{ "nothing mapped", 121, 2, 2, FIX, 0, EFAULT, true },
		{ "nothing mapped, moved", 121, 2, 2, FIX, 0, 0, false },
	};
	static struct spans spans;

	(void)state;
	scene(&spans);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct stress_abilities can = { .relocates = rows[i].can & NEW,
						.many = rows[i].can & MANY };
		struct remap remap = {
			.address = PAGE(rows[i].first),
			.old_length = rows[i].count * PAGE_BYTES,
			.new_length = rows[i].to_count * PAGE_BYTES,
			.new_address = rows[i].flags & MREMAP_FIXED ? PAGE(1000) : 0,
			.flags = rows[i].flags,
			.source = { rows[i].first, rows[i].count },
			.count = rows[i].to_count,
			.to = 1000,
		};
		struct verdict verdict;

		verdict_of(&remap, &spans, &model, &can, &verdict);
		if (verdict_takes(&verdict, rows[i].error) != rows[i].taken)
			fail_msg("%s", rows[i].what);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_seed_draws_the_same_again),
		cmocka_unit_test(seeds_operations_and_streams_draw_apart),
		cmocka_unit_test(a_draw_is_below_its_bound_and_all_are_drawn),
		cmocka_unit_test_setup(a_page_holds_what_was_last_written, model_clear),
		cmocka_unit_test_setup(what_is_freed_lazily_is_there_or_gone_for_good, model_clear),
		cmocka_unit_test_setup(only_what_is_dirty_may_be_freed_under_a_relative,
				       model_clear),
		cmocka_unit_test_setup(files_hold_their_own_until_written, model_clear),
		cmocka_unit_test_setup(a_move_takes_contents_along_and_leaves_nothing, model_clear),
		cmocka_unit_test_setup(a_move_that_keeps_its_source_empties_it, model_clear),
		cmocka_unit_test_setup(a_child_inherits_what_is_inherited, model_clear),
		cmocka_unit_test_setup(free_places_are_found_and_no_others, model_clear),
		cmocka_unit_test(an_answer_is_taken_or_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
