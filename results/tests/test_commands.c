// SPDX-License-Identifier: GPL-2.0-only
/*
 * What show and export print, byte by byte, against results/tests/golden/ (run from the project's root).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "results/tests/command.h"
#include "results/tests/fixture.h"
#include "runner/commands.h"
#include "runner/paths.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct command_entry command_entries[] = { { "show", cmd_show },
						 { "export", cmd_export },
						 { NULL, NULL } };

static void the_output_is_what_it_was(void **state)
{
	static const struct {
		const char *line, *golden;
	} cases[] = {
		{ "show 1", "show.txt" },
		{ "show 2 --fingerprint --provenance", "show-failed.txt" },
		{ "show 1 --metric fn:__pte_alloc", "show-metric.txt" },
		{ "show last:clock", "show-clock.txt" },
		{ "show 2 --json --fingerprint", "show.json" },
		{ "export 1 --format csv", "export.csv" },
		{ "export 1 --format json", "export.json" },
		{ "export 2 --format csv --samples", "export-samples.csv" },
		{ "export 1 --format json --samples", "export-samples.json" },
	};
	struct fixture *fixture = *state;

	for (size_t c = 0; c < COUNT(cases); c++)
		command_golden(fixture, cases[c].line, cases[c].golden, 0);
}

/* Without the lines that begin so. */
static struct text without(const struct text *text, const char *beginning)
{
	struct text rest = { 0 };
	const char *at = text_get(text);

	while (*at) {
		size_t length = strcspn(at, "\n");

		length += at[length] == '\n';
		if (strncmp(at, beginning, strlen(beginning)) != 0)
			text_add_bytes(&rest, at, length);
		at += length;
	}
	return rest;
}

static void the_same_samples_are_the_same_bytes_but_for_the_head(void **state)
{
	static const struct {
		const char *first, *second, *head;
	} cases[] = {
		{ "export 1 --format csv --samples", "export 4 --format csv --samples", "# run" },
		{ "export 1 --format json --samples", "export 4 --format json --samples",
		  " \"run\":" },
		{ "export 1 --format csv", "export 4 --format csv", "# run" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text first = command_output(fixture, cases[i].first, 0);
		struct text second = command_output(fixture, cases[i].second, 0);
		struct text first_rest = without(&first, cases[i].head);
		struct text second_rest = without(&second, cases[i].head);

		assert_string_not_equal(text_get(&first), text_get(&second));
		assert_string_equal(text_get(&first_rest), text_get(&second_rest));
		assert_true(first_rest.len > 400);
		text_free(&first);
		text_free(&second);
		text_free(&first_rest);
		text_free(&second_rest);
	}
}

static void wrong_usage_is_2_and_failed_work_is_1(void **state)
{
	static const struct command_refusal cases[] = {
		{ "show", 2, "name one run" },
		{ "show 1 2", 2, "name one run" },
		{ "show 1 --what", 2, "show --help" },
		{ "show x", 1, "\"x\" is no run" },
		{ "show 99", 1, "there is no run \"99\"" },
		{ "show last:pmu", 1, "there is no run" },
		{ "show 1 --metric cycles:k", 1, "it has: insn, tsc" },
		{ "show 3 --fingerprint", 1, "no fingerprints" },
		{ "show 1 --db /nowhere/x.db", 1, "/nowhere/x.db" },
		{ "show 1 --metric outcome:vmas", 1, "it has: insn, tsc" },
		{ "export 1", 2, "--format" },
		{ "export 1 --format xml", 2, "--format" },
		{ "export --format csv", 2, "name one run" },
		{ "export 1 --format csv -o /nowhere/x.csv", 1, "/nowhere/x.csv" },
		{ "export 99 --format csv", 1, "there is no run" },
	};
	struct fixture *fixture = *state;

	commands_refuse(fixture, cases, COUNT(cases));
}

static void help_teaches_by_an_example(void **state)
{
	static const char *const lines[] = { "show --help", "export --help" };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(lines); i++) {
		struct text text = command_output(fixture, lines[i], 0);

		assert_non_null(strstr(text_get(&text), "For example:\n  remapbench "));
		text_free(&text);
	}
}

static void a_full_disk_is_a_failure(void **state)
{
	static const char *const lines[] = {
		"show 1",
		"show 1 --json",
		"show --help",
		"export 1 --format csv",
		"export 1 --format json",
		"export 2 --format csv --samples",
		"export 2 --format json --samples",
		"export 2 --format csv -o /dev/full",
	};
	struct fixture *fixture = *state;

	commands_tell_a_full_disk(fixture, lines, COUNT(lines), 1);
}

static void an_export_to_a_file_is_complete_or_not_there(void **state)
{
	struct fixture *fixture = *state;
	struct text direct = command_output(fixture, "export 1 --format csv", 0);
	struct text file = { 0 }, after = { 0 }, output;
	char line[PATH_MAX + 64], path[PATH_MAX + 8];

	snprintf(path, sizeof(path), "%s/x.csv", fixture->directory);
	snprintf(line, sizeof(line), "export 1 --format csv -o %s", path);
	output = command_output(fixture, line, 0);
	assert_string_equal(text_get(&output), "");
	assert_int_equal(file_read(path, 1 << 20, &file), 0);
	assert_string_equal(text_get(&file), text_get(&direct));
	/* One that fails leaves what was there. */
	fixture_sql(fixture->path, "UPDATE series SET data = x'00' WHERE data IS NOT NULL");
	text_free(&output);
	output = command_output(fixture, line, 1);
	assert_int_equal(file_read(path, 1 << 20, &after), 0);
	assert_string_equal(text_get(&file), text_get(&after));
	text_free(&direct);
	text_free(&file);
	text_free(&after);
	text_free(&output);
}

static void the_database_is_found_where_results_are_kept(void **state)
{
	struct fixture *fixture = *state;
	struct text text;

	option_db = NULL;
	text = command_output(fixture, "show last", 0);
	assert_non_null(strstr(text_get(&text), "debian-6.1.192"));
	text_free(&text);
	command_data = "/nowhere";
	text = command_output(fixture, "show last", 1);
	text_free(&text);
	text = command_errors(fixture);
	assert_non_null(strstr(text_get(&text), "remapbench run --help"));
	text_free(&text);
}

/* Names that would move a terminal's cursor, break a table or not be UTF-8. */
static void hostile_text_is_shown_plain(void **state)
{
	static const char *const lines[] = {
		"show 1 --provenance --fingerprint --outcomes",
		"show 1 --json",
		"export 1 --format json",
		"export 1 --format json --samples",
	};
	struct fixture *fixture = *state;

	fixture_sql(fixture->path,
		    "UPDATE kernel SET name = cast(x'1b5b324a0aff41c29b' AS TEXT), version = name;"
		    "UPDATE run SET command = cast(x'1b5b324a0aff41' AS TEXT), reason = command,"
		    " machine = command; UPDATE cell SET key = key || cast(x'1b63ff' AS TEXT);"
		    "UPDATE metric SET unit = unit || cast(x'1b63ff' AS TEXT);"
		    "UPDATE reject SET reason = cast(x'1b63ff' AS TEXT);"
		    "UPDATE measurement SET expected = cast(x'1b63ff' AS TEXT);"
		    "UPDATE provenance SET value = cast(x'1b63ff' AS TEXT) || run");
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct text text = command_output(fixture, lines[i], 0);

		if (strpbrk(text_get(&text), "\033\xff") || strstr(text_get(&text), "\xc2\x9b"))
			fail_msg("%s:\n%s", lines[i], text_get(&text));
		if (strstr(lines[i], "json")) {
			json_t *json = json_loads(text_get(&text), 0, NULL);

			assert_non_null(json);
			json_decref(json);
		}
		text_free(&text);
	}
}

/* Run 5: cells that count different things, or nothing, or whose only sample is invalid. */
static void outcomes_fill(struct fixture *fixture)
{
	const uint64_t cost[] = { 100, 101, 102 }, vmas[] = { 3, 3, 3 }, left[] = { 0, 12, 4096 };
	const struct series_record both[] = { { "insn", "instructions", NULL, cost },
					      { "outcome:vmas", "count", NULL, vmas },
					      { "outcome:bytes_left", "count", NULL, left } };
	const struct series_record other[] = { { "insn", "instructions", NULL, cost },
					       { "outcome:errno", "count", NULL, left } };
	const struct reject_record reject = { 0, "other data" };
	const struct measurement_record cells[] = {
		{ "move/a", "ok", "", "", 3, 3, both, 0, NULL },
		{ "move/b", "ok", "", "", 2, 2, other, 1, &reject },
		{ "move/c", "ok", "", "", 1, 1, both, 0, NULL },
		{ "move/d", "failed", "no memory", "", 0, 0, NULL, 0, NULL },
		{ "move/e", "ok", "", "", 1, 2, other, 1, &reject },
	};
	const struct trial_record trial = { .sequence = 1,
					    .status = "ok",
					    .reason = "",
					    .console = "",
					    .measurement_count = COUNT(cells),
					    .measurements = cells };
	int64_t run;

	fixture_open(fixture);
	run = fixture_run(fixture, fixture_kernel(fixture, "debian-7.2", "7.2.0"), "insn");
	assert_int_equal(run, 5);
	assert_int_equal(store_trial_save(fixture->store, run, &trial, NULL), 0);
	fixture_close(fixture);
}

static void outcomes_are_shown_where_a_cell_has_them(void **state)
{
	static const struct {
		const char *line, *has; /* has NULL: nothing of outcomes */
	} cases[] = {
		{ "show 5 --outcomes", "\nOutcomes: what one operation left behind\n"
				       "move/a\n    vmas=3 bytes_left=0..4096\n"
				       "move/b\n    errno=12\n\n" },
		{ "show 1 --outcomes", "no cell's samples say" },
		{ "show 5", NULL },
		{ "show 5 --json", NULL },
		{ "show 5 --outcomes --json", "\"metric\": \"outcome:bytes_left\"" },
		{ "show 5 --metric outcome:vmas", "outcome:vmas, in count" },
		{ "export 5 --format csv", "\nmove/e,insn,instructions,invalid" },
		{ "export 5 --format csv", "\nmove/a,outcome:vmas,count,ok,3," },
		{ "export 5 --format csv", "\nmove/e,outcome:errno,count,invalid,," },
		{ "export 5 --format csv --samples", "\nmove/b,outcome:errno,count,1,1,12," },
		{ "export 5 --format json", "\"outcome:bytes_left\"" },
	};
	struct fixture *fixture = *state;

	outcomes_fill(fixture);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text text = command_output(fixture, cases[i].line, 0);
		const char *want = cases[i].has ? cases[i].has : "outcome";

		if (!strstr(text_get(&text), want) != !cases[i].has)
			fail_msg("%s:\n%s", cases[i].line, text_get(&text));
		/* A cell has no row for what it does not count. */
		if (!strncmp(cases[i].line, "export", 6) &&
		    (strstr(text_get(&text), "move/c,outcome") ||
		     strstr(text_get(&text), "move/d,outcome") ||
		     strstr(text_get(&text), "move/b,outcome:vmas")))
			fail_msg("%s:\n%s", cases[i].line, text_get(&text));
		text_free(&text);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, command_fixture, fixture_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_output_is_what_it_was),
		TEST(the_same_samples_are_the_same_bytes_but_for_the_head),
		TEST(wrong_usage_is_2_and_failed_work_is_1),
		TEST(help_teaches_by_an_example),
		TEST(a_full_disk_is_a_failure),
		TEST(an_export_to_a_file_is_complete_or_not_there),
		TEST(the_database_is_found_where_results_are_kept),
		TEST(outcomes_are_shown_where_a_cell_has_them),
		TEST(hostile_text_is_shown_plain),
	};

	return cmocka_run_group_tests_name("commands", tests, NULL, NULL);
}
