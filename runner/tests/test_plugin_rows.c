// SPDX-License-Identifier: GPL-2.0-only
/*
 * The plugin's counters by function: from a kernel's symbols to rows, and from rows to a region's
 * profile, as the plugin makes them and the runner reads them.
 */
#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/files.h"
#include "runner/plugin/rows.h"
#include "runner/report.h"
#include "runner/symbol_map.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct place {
	char directory[4000], symbols[4096], map[4096];
};

/* One at a time; large. */
static struct rows rows;
static uint64_t counters[ROWS_MAX];
static char out[ROWS_BUFFER];

static int place_make(void **state)
{
	const char *temporary = getenv("TMPDIR");
	struct place *place = calloc(1, sizeof(*place));

	if (!place)
		return -1;
	snprintf(place->directory, sizeof(place->directory), "%s/remapbench-test-XXXXXX",
		 temporary ? temporary : "/tmp");
	if (!mkdtemp(place->directory)) {
		free(place);
		return -1;
	}
	snprintf(place->symbols, sizeof(place->symbols), "%s/symbols", place->directory);
	snprintf(place->map, sizeof(place->map), "%s/map", place->directory);
	memset(&rows, 0, sizeof(rows));
	memset(counters, 0, sizeof(counters));
	*state = place;
	return 0;
}

static int place_remove(void **state)
{
	struct place *place = *state;
	int err = directory_remove(place->directory);

	rows_close(&rows);
	free(place);
	return err;
}

static int map_of(const struct place *place, const char *symbols, struct text *map,
		  struct fault *fault)
{
	memset(map, 0, sizeof(*map));
	assert_int_equal(file_write(place->symbols, symbols, strlen(symbols)), 0);
	return symbol_map_make(place->symbols, map, fault);
}

static void rows_of(const struct place *place, const char *symbols)
{
	struct fault fault = { 0 };
	struct text map;

	if (map_of(place, symbols, &map, &fault))
		fail_msg("%s", fault.text);
	assert_int_equal(file_write(place->map, text_get(&map), map.len), 0);
	assert_int_equal(rows_open(&rows, place->map), 0);
	text_free(&map);
}

static void one_name_stands_for_an_address(void **state)
{
	static const struct {
		const char *symbols, *map;
	} cases[] = {
		{ "ffffffff81000000 _stext\nffffffff81000000 _text\nffffffff81000000 startup_64\n"
		  "ffffffff81000070 f\n",
		  "ffffffff81000000 startup_64\nffffffff81000070 f\nffffffff81010070 -\n" },
		{ "ffffffff81000000 __memcpy\nffffffff81000000 memcpy\nffffffff81000010 __a\n"
		  "ffffffff81000010 __b\n",
		  "ffffffff81000000 memcpy\nffffffff81000010 __a\nffffffff81010010 -\n" },
		/* Edges of sections, and room before functions, are none. */
		{ "ffffffff81000000 f\nffffffff81000010 __softirqentry_text_end\n"
		  "ffffffff81000020 __pfx_g\nffffffff81000030 g\nffffffff81000040 _etext\n"
		  "ffffffff83000000 h\n",
		  "ffffffff81000000 f\nffffffff81000010 -\nffffffff81000030 g\n"
		  "ffffffff81000040 -\nffffffff83000000 h\nffffffff83010000 -\n" },
		{ "ffffffff81000000 find_get_context\nffffffff81000010 __locks_get_context\n",
		  "ffffffff81000000 find_get_context\nffffffff81000010 __locks_get_context\n"
		  "ffffffff81010010 -\n" },
		/* What the protocol has for itself. */
		{ "ffffffff81000000 a=b\nffffffff81000010 [user]\nffffffff81000020 f\n"
		  "ffffffff81000030 -\n",
		  "ffffffff81000020 f\n" },
	};
	struct place *place = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fault fault = { 0 };
		struct text map;

		if (map_of(place, cases[i].symbols, &map, &fault))
			fail_msg("%s", fault.text);
		assert_string_equal(text_get(&map), cases[i].map);
		text_free(&map);
	}
}

static void symbols_without_a_function_are_refused(void **state)
{
	struct place *place = *state;
	struct fault fault = { 0 };
	struct text map;

	assert_int_equal(map_of(place, "", &map, &fault), -ENODATA);
	assert_int_equal(map_of(place, "nothing\n\n", &map, &fault), -ENODATA);
	assert_non_null(strstr(fault.text, "names no function"));
	text_free(&map);
}

static void a_map_that_is_none_is_not_read(void **state)
{
	static const char *const maps[] = { "",
					    "x\n",
					    "ffffffff81000000\n",
					    "ffffffff81000000 f g\n",
					    "ffffffff81000000 f",
					    "ffffffff81000010 f\nffffffff81000010 g\n",
					    "ffffffff81000010 f\nffffffff81000000 g\n" };
	struct place *place = *state;

	for (size_t i = 0; i < COUNT(maps); i++) {
		assert_int_equal(file_write(place->map, maps[i], strlen(maps[i])), 0);
		assert_int_equal(rows_open(&rows, place->map), -1);
	}
	assert_int_equal(rows_open(&rows, "/nowhere/symbols"), -1);
}

static void an_address_counts_where_its_function_does(void **state)
{
	static const struct {
		uint64_t address;
		uint32_t row;
	} cases[] = {
		{ 0x401000, ROW_USER },
		{ 0x7fffffffffff, ROW_USER },
		{ 0xffff888000000000, ROW_UNKNOWN },
		{ 0xffffffff80ffffff, ROW_UNKNOWN },
		{ 0xffffffff81000010, ROWS_SPECIAL }, /* g, the first to be seen */
		{ 0xffffffff8100001f, ROWS_SPECIAL },
		{ 0xffffffff81000000, ROWS_SPECIAL + 1 },
		{ 0xffffffff8100000f, ROWS_SPECIAL + 1 },
		{ 0xffffffff81000020, ROW_UNKNOWN },
		{ 0xffffffff81000010, ROWS_SPECIAL },
		{ 0xffffffffff600000, ROW_UNKNOWN },
	};

	rows_of(*state, "ffffffff81000000 f\nffffffff81000010 g\nffffffff81000020 _etext\n");
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(rows_find(&rows, cases[i].address), cases[i].row);
}

/* The profile's lines, read as the runner does: the sum is checked there. */
static struct plugin_output output_of(uint64_t instructions, size_t length)
{
	struct plugin_output output;
	struct fault fault = { 0 };
	struct text text = { 0 };

	text_addf(&text, "remapbench-plugin 2 torn\nregion 0 %" PRIu64 " 0\n", instructions);
	text_add_bytes(&text, out, length);
	if (plugin_output_parse(text.data, text.len, &output, &fault))
		fail_msg("%s in %s", fault.text, text.data);
	text_free(&text);
	return output;
}

static void handlers_are_in_no_functions_row(void **state)
{
	struct plugin_output output;
	uint64_t before, excluded;
	uint32_t f, g;

	rows_of(*state, "ffffffff81000000 f\nffffffff81000010 g\nffffffff81000020 h\n");
	f = rows_find(&rows, 0xffffffff81000000);
	counters[f] = 1000;
	counters[ROW_USER] = 50;
	rows_begin(&rows, counters);
	before = rows_total(&rows, counters);
	counters[f] += 10;
	rows_handler_begin(&rows, counters);
	g = rows_find(&rows, 0xffffffff81000010); /* translated in the handler */
	counters[f] += 3;
	counters[g] += 4;
	excluded = rows_handler_end(&rows, counters);
	assert_int_equal(excluded, 7);
	counters[g] += 5;
	counters[ROW_USER] += 2;
	output = output_of(rows_total(&rows, counters) - before - excluded,
			   rows_profile(&rows, counters, 0, out));
	assert_int_equal(output.regions[0].instructions, 17);
	assert_int_equal(output.regions[0].profile_count, 3);
	assert_int_equal(output.counts[0].instructions, 2);
	assert_string_equal(output.rows[output.counts[0].row], "[user]");
	assert_int_equal(output.counts[1].instructions, 10);
	assert_string_equal(output.rows[output.counts[1].row], "f");
	assert_int_equal(output.counts[2].instructions, 5);
	plugin_output_free(&output);
	/* The next region begins anew; names were told. */
	rows_begin(&rows, counters);
	counters[g]++;
	rows_profile(&rows, counters, 1, out);
	assert_memory_equal(out, "profile 1 4=1\n", strlen("profile 1 4=1\n"));
}

static void what_is_beyond_a_lines_limit_is_summed_up(void **state)
{
	struct text symbols = { 0 };
	struct plugin_output output;
	const struct plugin_region *region;
	size_t many = ROWS_LINE + 100;

	for (size_t i = 0; i < many; i++)
		text_addf(&symbols, "%zx function_with_a_name_as_long_as_some_are_%zu\n",
			  (size_t)0xffffffff81000000 + 16 * i, i);
	rows_of(*state, text_get(&symbols));
	text_free(&symbols);
	rows_begin(&rows, counters);
	for (size_t i = 0; i < many; i++)
		counters[rows_find(&rows, 0xffffffff81000000 + 16 * i)] += 2;
	output = output_of(2 * many, rows_profile(&rows, counters, 0, out));
	region = &output.regions[0];
	assert_int_equal(region->profile_count, ROWS_LINE - ROWS_SPECIAL + 1);
	assert_string_equal(output.rows[output.counts[region->profile].row], "[rest]");
	assert_int_equal(output.counts[region->profile].instructions,
			 2 * (many - ROWS_LINE + ROWS_SPECIAL));
	plugin_output_free(&output);
}

static void without_symbols_all_is_one_row(void **state)
{
	(void)state;
	assert_int_equal(rows_open(&rows, NULL), 0);
	assert_int_equal(rows_find(&rows, 0xffffffff81000000), 0);
	assert_int_equal(rows_find(&rows, 0x401000), 0);
	counters[0] = 5;
	assert_int_equal(rows_total(&rows, counters), 5);
	rows_begin(&rows, counters);
	assert_int_equal(rows_profile(&rows, counters, 0, out), 0);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, place_make, place_remove)
	const struct CMUnitTest tests[] = {
		TEST(one_name_stands_for_an_address),
		TEST(symbols_without_a_function_are_refused),
		TEST(a_map_that_is_none_is_not_read),
		TEST(an_address_counts_where_its_function_does),
		TEST(handlers_are_in_no_functions_row),
		TEST(what_is_beyond_a_lines_limit_is_summed_up),
		TEST(without_symbols_all_is_one_row),
	};

	return cmocka_run_group_tests_name("plugin_rows", tests, NULL, NULL);
}
