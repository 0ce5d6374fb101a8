// SPDX-License-Identifier: GPL-2.0-only
/* The scenarios' table: each word in it makes cells, and cells claim the path that they must take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "benches/cell.h"
#include "benches/families/scenario.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct scenario *const all[] = {
	&scenario_realloc_doubling,   &scenario_realloc_in_place,   &scenario_column_store_doubling,
	&scenario_collector_pause,    &scenario_linear_allocator,   &scenario_defragment,
	&scenario_checkpoint_restore, &scenario_shared_file_growth, &scenario_small_move_ring,
};

static const struct bench *bench_find(const char *name)
{
	for (size_t i = 0; i < bench_count; i++)
		if (strcmp(bench_registry[i]->name, name) == 0)
			return bench_registry[i];
	return NULL;
}

/* Has the scenario a cell with that value? */
static bool has_cell(const char *name, const char *param, const char *value)
{
	struct cell cell;

	for (bool more = cell_first(bench_find("scenario"), &cell); more; more = cell_next(&cell))
		if (cell_is(&cell, "name", name) && cell_is(&cell, param, value))
			return true;
	return false;
}

static void words_make_cells(const char *name, const char *param, const char *words)
{
	char word[32];
	int used;

	assert_non_null(words);
	for (; sscanf(words, "%31s%n", word, &used) == 1; words += used)
		if (!has_cell(name, param, word))
			fail_msg("%s has no cell with %s=%s", name, param, word);
}

static void each_word_of_the_table_makes_a_cell(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(all); i++) {
		const char *name = all[i]->does.name;

		words_make_cells(name, "part", all[i]->parts);
		words_make_cells(name, "count", all[i]->counts);
		words_make_cells(name, "size", all[i]->sizes);
		words_make_cells(name, "folio", all[i]->folios);
		words_make_cells(name, "fill", all[i]->fills);
	}
}

static void each_scenario_is_in_the_family_and_whole(void **state)
{
	const char *const *names = bench_find("scenario")->params[0].values;

	(void)state;
	for (size_t i = 0; i < COUNT(all); i++) {
		const struct bench *does = &all[i]->does;

		assert_string_equal(names[i], does->name);
		assert_true(does->state_size && does->setup && does->ready && does->body &&
			    does->verify && does->outcome && does->reset && does->teardown);
	}
	assert_null(names[COUNT(all)]);
}

static void cells_claim_their_path(void **state)
{
	static const struct {
		const char *key, *function;
		uint64_t min, max;
	} rows[] = {
		{ "scenario/name=realloc_doubling/part=calls/count=1/size=32M/folio=4K/fill=100",
		  "copy_vma", 8, 8 }, /* 128K to 32M */
		{ "scenario/name=realloc_doubling/part=calls/count=1/size=32M/folio=2M/fill=100",
		  "move_huge_pmd", 15, 15 }, /* of buffers of 2M, 4M, 8M and 16M */
		{ "scenario/name=realloc_in_place/part=all/count=1/size=32M/folio=4K/fill=100",
		  "copy_vma", 0, 0 },
		{ "scenario/name=collector_pause/part=calls/count=1/size=256M/folio=2M/fill=100",
		  "move_huge_pmd", 128, 128 },
		{ "scenario/name=collector_pause/part=refault/count=1/size=1G/folio=4K/fill=pmd1",
		  "handle_mm_fault", 512, 512 },
		{ "scenario/name=linear_allocator/part=calls/count=1/size=1G/folio=4K/fill=pmd1",
		  "__pte_alloc", 0, 0 },
		{ "scenario/name=defragment/part=calls/count=1000/size=2M/folio=4K/fill=0",
		  "copy_vma", 1000, 1000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fingerprint fingerprint = { 0 };
		struct cell cell;
		bool found = false;

		assert_int_equal(cell_find(rows[i].key, &cell), 0);
		cell.bench->expect(&cell, (struct kernel_version){ 6, 12 }, &fingerprint);
		for (size_t j = 0; j < fingerprint.count; j++)
			if (strcmp(fingerprint.items[j].function, rows[i].function) == 0) {
				assert_int_equal(fingerprint.items[j].min, rows[i].min);
				assert_int_equal(fingerprint.items[j].max, rows[i].max);
				found = true;
			}
		assert_true(found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_word_of_the_table_makes_a_cell),
		cmocka_unit_test(each_scenario_is_in_the_family_and_whole),
		cmocka_unit_test(cells_claim_their_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
