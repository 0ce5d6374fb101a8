// SPDX-License-Identifier: GPL-2.0-only
/* Cells and their keys: each key names one cell, and only what means something is a cell. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "benches/cell.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void every_cell_is_found_by_its_key(void **state)
{
	size_t cells = 0;

	(void)state;
	for (size_t i = 0; i < bench_count; i++) {
		struct cell cell, found;
		char key[CELL_KEY];

		for (bool more = cell_first(bench_registry[i], &cell); more;
		     more = cell_next(&cell)) {
			memset(&found, 0xff, sizeof(found));
			assert_int_equal(cell_find(cell_key(&cell, key), &found), 0);
			assert_ptr_equal(found.bench, cell.bench);
			assert_memory_equal(found.value, cell.value, sizeof(cell.value));
			cells++;
		}
	}
	assert_true(cells > 30);
}

static void keys_are_unique(void **state)
{
	static char keys[2000][CELL_KEY];
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < bench_count; i++) {
		struct cell cell;

		for (bool more = cell_first(bench_registry[i], &cell); more;
		     more = cell_next(&cell)) {
			assert_true(count < COUNT(keys));
			cell_key(&cell, keys[count++]);
		}
	}
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(keys[i], keys[j]);
}

/* A key goes into lines of the protocol as one field, and whole. */
static void keys_are_fields_of_the_protocol(void **state)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
	struct cell cell;
	char key[CELL_KEY];

	(void)state;
	for (size_t i = 0; i < bench_count; i++) {
		const struct bench *bench = bench_registry[i];
		size_t params = 0;

		assert_true(bench->name[0] && !bench->name[strspn(bench->name, letters)]);
		assert_true(bench->about && bench->about[0]);
		assert_non_null(bench->body);
		while (bench->params[params].name)
			params++;
		assert_true(params <= BENCH_PARAMS);
		for (bool more = cell_first(bench, &cell); more; more = cell_next(&cell)) {
			cell_key(&cell, key);
			assert_true(strlen(key) < CELL_KEY - 1);
			assert_null(strchr(key, ' '));
			assert_int_equal(strncmp(key, bench->name, strlen(bench->name)), 0);
		}
	}
}

static const char *const digits[] = { "0", "1", "2", NULL };
static const char *const letters[] = { "a", "b", NULL };
static const char *const sizes[] = { "4K", "1G", NULL };
static const struct param odometer_params[] = { { "digit", digits },
						{ "letter", letters },
						{ NULL, NULL } };
static const struct param size_params[] = { { "size", sizes }, { NULL, NULL } };
static const struct param no_params[] = { { NULL, NULL } };

static bool always(const struct cell *cell)
{
	(void)cell;
	return true;
}

/* The first point and the last are none by one rule, one in the middle by another. */
static bool ends(const struct cell *cell)
{
	return (cell->value[0] == 0 && cell->value[1] == 0) ||
	       (cell->value[0] == 2 && cell->value[1] == 1);
}

static bool middle(const struct cell *cell)
{
	return cell->value[0] == 1 && cell->value[1] == 1;
}

static const struct rule all_rules[] = { { always, "nothing is a cell" }, { NULL, NULL } };
static const struct rule hole_rules[] = { { ends, "no ends" },
					  { middle, "no middle" },
					  { NULL, NULL } };

static void cells_come_as_an_odometer_counts(void **state)
{
	static const struct {
		struct bench bench;
		const char *keys[8];
	} cases[] = {
		{ { .name = "all", .params = odometer_params },
		  { "all/digit=0/letter=a", "all/digit=0/letter=b", "all/digit=1/letter=a",
		    "all/digit=1/letter=b", "all/digit=2/letter=a", "all/digit=2/letter=b" } },
		{ { .name = "some", .params = odometer_params, .rules = hole_rules },
		  { "some/digit=0/letter=b", "some/digit=1/letter=a", "some/digit=2/letter=a" } },
		{ { .name = "one", .params = no_params }, { "one" } },
		{ { .name = "none", .params = odometer_params, .rules = all_rules }, { NULL } },
		{ { .name = "nothing", .params = no_params, .rules = all_rules }, { NULL } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct cell cell;
		char key[CELL_KEY];
		size_t at = 0;

		for (bool more = cell_first(&cases[i].bench, &cell); more;
		     more = cell_next(&cell)) {
			if (!cases[i].keys[at])
				fail_msg("%s is one too many", cell_key(&cell, key));
			assert_string_equal(cell_key(&cell, key), cases[i].keys[at]);
			at++;
		}
		if (cases[i].keys[at])
			fail_msg("%s did not come", cases[i].keys[at]);
	}
}

static void what_means_something_is_a_cell(void **state)
{
	static const char *const keys[] = {
		"floor/op=empty",
		"floor/op=clock",
		"floor/op=getppid",
		"move/size=4K/align=pmd/fill=0/folio=4K/type=anon",
		"move/size=4K/align=unaligned/fill=100/folio=4K/type=anon",
		"move/size=2M/align=pmd/fill=100/folio=2M/type=anon",
		"move/size=2M/align=mutual/fill=100/folio=4K/type=anon",
		"move/size=3M/align=mutual/fill=0/folio=4K/type=anon",
		"move/size=3M/align=mutual/fill=100/folio=2M/type=anon",
		"move/size=32M/align=mutual/fill=100/folio=2M/type=anon",
		"move/size=1G/align=pud/fill=0/folio=4K/type=anon",
		"move/size=1G/align=pud/fill=100/folio=2M/type=anon",
		"move/size=1G/align=unaligned/fill=100/folio=2M/type=anon",
	};
	struct cell cell;

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++)
		if (cell_find(keys[i], &cell))
			fail_msg("%s is no cell", keys[i]);
}

static void what_means_nothing_is_no_cell(void **state)
{
	static const char *const keys[] = {
		/* Aligned to the PUD: only with a PUD to move. */
		"move/size=4K/align=pud/fill=100/folio=4K/type=anon",
		"move/size=2M/align=pud/fill=100/folio=4K/type=anon",
		"move/size=32M/align=pud/fill=0/folio=4K/type=anon",
		"move/size=32M/align=pud/fill=100/folio=2M/type=anon",
		/* No page, no folio size. */
		"move/size=2M/align=pmd/fill=0/folio=2M/type=anon",
		"move/size=32M/align=unaligned/fill=0/folio=2M/type=anon",
		"move/size=1G/align=pud/fill=0/folio=2M/type=anon",
		/* No folio of 2 MiB fits: too small, or 2 MiB that begin in the middle of a PMD. */
		"move/size=4K/align=pmd/fill=100/folio=2M/type=anon",
		"move/size=4K/align=unaligned/fill=100/folio=2M/type=anon",
		"move/size=2M/align=mutual/fill=100/folio=2M/type=anon",
		/* Too short to reach the end of its first PMD. */
		"move/size=4K/align=mutual/fill=0/folio=4K/type=anon",
		"move/size=4K/align=mutual/fill=100/folio=4K/type=anon",
		/* 3 MiB is there for the mutual alignment alone. */
		"move/size=3M/align=pmd/fill=100/folio=4K/type=anon",
		"move/size=3M/align=unaligned/fill=100/folio=2M/type=anon",
		"move/size=3M/align=pud/fill=100/folio=4K/type=anon",
	};
	struct cell cell;

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++)
		if (cell_find(keys[i], &cell) != -ENOENT)
			fail_msg("%s is a cell", keys[i]);
}

static void an_unknown_key_is_not_found(void **state)
{
	static const char *const keys[] = {
		"",
		"/",
		"floor",
		"floor/",
		"floor/op=",
		"floor/op=empt",
		"floor/op=emptyy",
		"floor/op=empty/",
		"floor/op=empty ",
		" floor/op=empty",
		"FLOOR/op=empty",
		"floor/OP=empty",
		"floor/empty",
		"floor/op=*",
		"nobody/op=empty",
		"move",
		"move/size=32M",
		"move/size=32M/align=pmd/fill=100/folio=4K",
		"move/size=32M/align=pmd/fill=100/folio=4K/type=disk",
		"move/size=32m/align=pmd/fill=100/folio=4K/type=anon",
		"move/size=33554432/align=pmd/fill=100/folio=4K/type=anon",
		"move/align=pmd/size=32M/fill=100/folio=4K/type=anon", /* another order */
		"move/size=32M/align=pmd/fill=100/folio=4K/type=anon/more=1",
		"move/size=32M//align=pmd/fill=100/folio=4K/type=anon",
	};
	char longest[3 * CELL_KEY];
	struct cell cell;

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++)
		if (cell_find(keys[i], &cell) != -ENOENT)
			fail_msg("'%s' is a cell", keys[i]);
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(cell_find(longest, &cell), -ENOENT);
}

static void values_are_read_by_name(void **state)
{
	static const struct bench bench = { .name = "sized", .params = size_params };
	struct cell cell;

	(void)state;
	assert_int_equal(
		cell_find("move/size=32M/align=unaligned/fill=100/folio=2M/type=anon", &cell), 0);
	assert_string_equal(cell_value(&cell, "size"), "32M");
	assert_string_equal(cell_value(&cell, "folio"), "2M");
	assert_true(cell_is(&cell, "align", "unaligned"));
	assert_false(cell_is(&cell, "align", "unaligne"));
	assert_false(cell_is(&cell, "align", "pmd"));
	assert_int_equal(cell_bytes(&cell, "size"), 32 << 20);
	assert_int_equal(cell_bytes(&cell, "folio"), 2 << 20);
	assert_true(cell_first(&bench, &cell));
	assert_int_equal(cell_bytes(&cell, "size"), 4096);
	assert_true(cell_next(&cell));
	assert_int_equal(cell_bytes(&cell, "size"), 1 << 30);
	assert_false(cell_next(&cell));
}

/* What a cell claims must fit into a fingerprint, on whatever kernel. */
static void every_claim_fits(void **state)
{
	static const struct kernel_version kernels[] = { { 0, 0 }, { 5, 4 }, { 6, 1 }, { 99, 0 } };

	(void)state;
	for (size_t i = 0; i < bench_count; i++) {
		struct cell cell;

		if (!bench_registry[i]->expect)
			continue;
		for (bool more = cell_first(bench_registry[i], &cell); more;
		     more = cell_next(&cell))
			for (size_t k = 0; k < COUNT(kernels); k++) {
				struct fingerprint fingerprint = { 0 };

				cell.bench->expect(&cell, kernels[k], &fingerprint);
				assert_in_range(fingerprint.count, 1, BENCH_EXPECTS);
				for (size_t e = 0; e < fingerprint.count; e++)
					assert_true(fingerprint.items[e].min <=
						    fingerprint.items[e].max);
			}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cell_is_found_by_its_key),
		cmocka_unit_test(keys_are_unique),
		cmocka_unit_test(keys_are_fields_of_the_protocol),
		cmocka_unit_test(cells_come_as_an_odometer_counts),
		cmocka_unit_test(what_means_something_is_a_cell),
		cmocka_unit_test(what_means_nothing_is_no_cell),
		cmocka_unit_test(an_unknown_key_is_not_found),
		cmocka_unit_test(values_are_read_by_name),
		cmocka_unit_test(every_claim_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
