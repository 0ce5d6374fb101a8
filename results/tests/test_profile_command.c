// SPDX-License-Identifier: GPL-2.0-only
/*
 * What `profile` prints, byte by byte, against results/tests/golden/ (run from the project's root).
 * REMAPBENCH_GOLDEN=write writes those files anew: read the difference before you keep it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "results/tests/command.h"
#include "runner/commands.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MOVE "move/size=2M/align=unaligned/fill=100/folio=4K/type=anon"

enum { SAMPLES = 4, FUNCTIONS = 8 };

const struct command_entry command_entries[] = { { "profile", cmd_profile }, { NULL, NULL } };

struct sketch {
	const char *name;
	uint64_t values[SAMPLES];
};

/* In the third sample of the first run a slab was refilled. */
static const struct sketch older[] = {
	{ "[user]", { 5, 5, 5, 5 } },
	{ "move_page_tables", { 12000, 12000, 12000, 12000 } },
	{ "move_ptes.isra.0", { 24000, 24000, 24000, 24000 } },
	{ "move_ptes.isra.0.cold", { 8, 8, 8, 8 } },
	{ "__pte_alloc", { 90, 90, 90, 90 } },
	{ "clear_page_rep", { 517, 517, 517, 517 } },
	{ "___slab_alloc", { 0, 0, 412, 0 } },
	{ "strange", { 3, 4, 3, 3 } },
};
/* move_ptes was inlined; a page table more, and a slab in all but one. */
static const struct sketch newer[] = {
	{ "[user]", { 5, 5, 5, 5 } },
	{ "move_page_tables", { 36520, 36520, 36520, 36520 } },
	{ "__pte_alloc", { 180, 180, 180, 180 } },
	{ "clear_page_rep", { 1034, 1034, 1034, 1034 } },
	{ "___slab_alloc", { 412, 412, 0, 412 } },
	{ "strange", { 3, 3, 3, 3 } },
	{ "flush_tlb_mm_range", { 44, 44, 44, 44 } },
};

static void run_add(struct fixture *fixture, const char *name, const struct sketch *sketches,
		    size_t count, uint64_t tables)
{
	uint64_t totals[SAMPLES] = { 0 }, entries[SAMPLES] = { tables, tables, tables, tables };
	struct function_record functions[FUNCTIONS];
	const struct series_record series[] = { { "insn", "instructions", NULL, totals },
						{ "fn:__pte_alloc", "entries", NULL, entries } };
	const struct reject_record reject = { 3, "another path" };
	const struct profile_record profiles[] = { { count, functions }, { 0, NULL } };
	const struct measurement_record cells[] = {
		{ .cell = MOVE,
		  .status = "ok",
		  .reason = "",
		  .expected = "",
		  .samples = SAMPLES,
		  .series_count = COUNT(series),
		  .series = series,
		  .reject_count = 1,
		  .rejects = &reject },
		/* Of before there were profiles. */
		{ .cell = "floor/op=empty",
		  .status = "ok",
		  .reason = "",
		  .expected = "",
		  .samples = SAMPLES,
		  .series_count = 1,
		  .series = series },
	};
	const struct trial_record trial = { .sequence = 1,
					    .status = "ok",
					    .reason = "",
					    .console = "",
					    .measurement_count = COUNT(cells),
					    .measurements = cells,
					    .profiles = profiles };
	struct fault fault = { 0 };
	int64_t run = fixture_run(fixture, fixture_kernel(fixture, name, name), "insn");

	for (size_t i = 0; i < count; i++) {
		functions[i] = (struct function_record){ sketches[i].name, sketches[i].values };
		for (size_t s = 0; s < SAMPLES; s++)
			totals[s] += sketches[i].values[s];
	}
	if (store_trial_save(fixture->store, run, &trial, &fault))
		fail_msg("%s", fault.text);
	assert_int_equal(store_run_end(fixture->store, run, "complete", "", NULL), 0);
}

static int filled(void **state)
{
	struct fixture *fixture;

	if (fixture_make(state))
		return -1;
	fixture = *state;
	fixture_open(fixture);
	run_add(fixture, "6.1.0", older, COUNT(older), 1);
	run_add(fixture, "6.12.0", newer, COUNT(newer), 2);
	fixture_close(fixture);
	fixture_sql(fixture->path, "UPDATE run SET pid = 1, pid_started = 1, boot_id = 'x',"
				   " started_us = 1700000000000000 + id * 1000000000,"
				   " ended_us = 1700000060000000 + id * 1000000000");
	option_db = fixture->path;
	command_data = fixture->directory;
	return 0;
}

static void the_output_is_what_it_was(void **state)
{
	static const struct {
		const char *line, *golden;
	} cases[] = {
		{ "profile 1 " MOVE, "profile.txt" },
		{ "profile 1 move/* --samples --top 2", "profile-samples.txt" },
		{ "profile 1 2 " MOVE, "profile-diff.txt" },
		{ "profile 1 2 move/* --top 2", "profile-diff-top.txt" },
		{ "profile 1 1 move/*", "profile-diff-none.txt" },
		{ "profile 1 move/* --json --samples", "profile.json" },
		{ "profile 1 2 move/* --json", "profile-diff.json" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(cases); i++)
		command_golden(fixture, cases[i].line, cases[i].golden, 0);
}

static void wrong_usage_is_2_and_failed_work_is_1(void **state)
{
	static const struct command_refusal cases[] = {
		{ "profile", 2, "name a run or two, and a cell" },
		{ "profile 1", 2, "name a run or two, and a cell" },
		{ "profile 1 2 3 4", 2, "name a run or two, and a cell" },
		{ "profile 1 x --what", 2, "profile --help" },
		{ "profile 1 x --top y", 2, "--top takes a number" },
		{ "profile 1 2 x --samples", 2, "--samples is of one run" },
		{ "profile 9 " MOVE, 1, "there is no run \"9\"" },
		{ "profile 1 9 " MOVE, 1, "there is no run \"9\"" },
		{ "profile 1 merge/*", 1, "run 1 has no cell 'merge/*'" },
		{ "profile 1 *", 1, "'*' means 2 cells; name one: " MOVE },
		{ "profile 1 floor/op=empty", 1, "has no profile of floor/op=empty" },
	};
	struct fixture *fixture = *state;

	commands_refuse(fixture, cases, COUNT(cases));
}

static void help_teaches_by_an_example(void **state)
{
	struct text out = command_output(*state, "profile --help", 0);

	assert_non_null(strstr(text_get(&out), "For example:\n  remapbench "));
	text_free(&out);
}

/* Names that would move a terminal's cursor, break a table or not be UTF-8. */
static void hostile_text_is_shown_plain(void **state)
{
	static const char *const lines[] = { "profile 1 move*", "profile 1 move* --samples",
					     "profile 1 2 move*", "profile 1 move* --json",
					     "profile 1 2 move* --json" };
	struct fixture *fixture = *state;

	fixture_sql(fixture->path,
		    "UPDATE kernel SET name = cast(x'1b5b324a0aff41c29b' AS TEXT), version = name;"
		    "UPDATE run SET command = cast(x'1b5b324a0aff41' AS TEXT);"
		    "UPDATE function SET name = name || cast(x'1b63ff0ac29b' AS TEXT);"
		    "UPDATE cell SET key = key || cast(x'1b63ff' AS TEXT)");
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct text out = command_output(fixture, lines[i], 0);

		if (strpbrk(text_get(&out), "\033\xff") || strstr(text_get(&out), "\xc2\x9b"))
			fail_msg("%s:\n%s", lines[i], text_get(&out));
		if (strstr(lines[i], "json")) {
			json_t *json = json_loads(text_get(&out), 0, NULL);

			assert_non_null(json);
			json_decref(json);
		}
		text_free(&out);
	}
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, filled, fixture_remove)
	const struct CMUnitTest tests[] = {
		TEST(the_output_is_what_it_was),
		TEST(wrong_usage_is_2_and_failed_work_is_1),
		TEST(help_teaches_by_an_example),
		TEST(hostile_text_is_shown_plain),
	};

	return cmocka_run_group_tests_name("profile_command", tests, NULL, NULL);
}
