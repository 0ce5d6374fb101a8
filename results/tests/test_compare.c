// SPDX-License-Identifier: GPL-2.0-only
/* What compare prints in each format, byte by byte, and what it ends with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "results/tests/command.h"
#include "runner/commands.h"
#include "results/tests/compare_fixture.h"
#include "results/words.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct command_entry command_entries[] = { { "compare", cmd_compare }, { NULL, NULL } };

static int filled(void **state)
{
	if (command_fixture(state))
		return -1;
	compare_fill(*state);
	return 0;
}

static void the_output_is_what_it_was(void **state)
{
	static const struct {
		const char *line, *golden;
		int status;
	} cases[] = {
		{ "compare 1 2", "compare.txt", 1 },
		{ "compare 1 4", "compare-same.txt", 0 },
		{ "compare 1 3 --force", "compare-forced.txt", 2 },
		{ "compare 7 8", "compare-counts.txt", 1 },
		{ "compare 7 8 --all --sort key", "compare-counts-all.txt", 1 },
		{ "compare 7 8 --threshold 20%", "compare-counts-threshold.txt", 1 },
		{ "compare 7 8 --explain *", "compare-counts-explain.txt", 1 },
		{ "compare 7 8 --json", "compare-counts.json", 1 },
		{ "compare 7 8 --format markdown", "compare-counts.md", 1 },
		{ "compare 7 8 --format html", "compare-counts.html", 1 },
		{ "compare 7 8 --format lkp", "compare-counts-lkp.txt", 1 },
		{ "compare 7 8 --format benchstat", "compare-counts-benchstat.txt", 1 },
		{ "compare 5 6 --all", "compare-times.txt", 1 },
		{ "compare 5 6 --explain *", "compare-times-explain.txt", 1 },
		{ "compare 5 6 --format html", "compare-times.html", 1 },
		{ "compare 5 6 --format lkp", "compare-times-lkp.txt", 1 },
		{ "compare 5 6 --format benchstat", "compare-times-benchstat.txt", 1 },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(cases); i++)
		command_golden(fixture, cases[i].line, cases[i].golden, cases[i].status);
}

/* Digits beyond those of the other formats are libm's. */
static void the_interval_is_in_the_json(void **state)
{
	struct text text = command_output(*state, "compare 5 6 --json", 1);
	json_t *json = json_loads(text_get(&text), 0, NULL), *row, *interval;

	assert_non_null(json);
	assert_int_equal(json_integer_value(json_object_get(json, "version")), 1);
	assert_int_equal(json_array_size(json_object_get(json, "rows")), 3);
	row = json_array_get(json_object_get(json, "rows"), 0);
	assert_string_equal(json_string_value(json_object_get(row, "verdict")), "costs");
	interval = json_object_get(row, "interval");
	assert_string_equal(json_string_value(json_object_get(interval, "verdict")), "costs");
	assert_float_equal(json_number_value(json_object_get(interval, "ratio")), 1.1, 1e-4);
	assert_float_equal(json_number_value(json_object_get(interval, "low")), 1.0993, 1e-4);
	assert_float_equal(json_number_value(json_object_get(interval, "high")), 1.1008, 1e-4);
	assert_int_equal(json_integer_value(json_object_get(interval, "blocks")), 4);
	assert_true(json_is_true(json_object_get(json_object_get(json, "rule"), "paired")));
	json_decref(json);
	text_free(&text);
}

static void the_exit_status_is_the_verdict(void **state)
{
	static const struct {
		const char *line;
		int status;
		const char *first; /* words of the first line */
	} cases[] = {
		{ "compare 7 8 -c move/size=2M/align=pmd*", 1, "1 of 1 cells costs more\n" },
		{ "compare 7 8 -c move/size=2M/align=unaligned*", 0, "1 less\n" },
		{ "compare 7 8 -c merge*", 0, "1 cell equal in the steady state\n" },
		{ "compare 7 8 -c move/size=1G/align=pmd*", 2, "1 changed\n" },
		{ "compare 7 8 -c move/size=1G/align=unaligned*", 2, "1 undecided\n" },
		{ "compare 7 8 -c dontunmap/size=2M*", 0, "1 cell equal in the path\n" },
		{ "compare 7 8 -c dontunmap/size=4K*", 1, "1 of 1 cells costs more\n" },
		{ "compare 8 7 -c dontunmap/size=4K*", 0, "1 less\n" },
		{ "compare 7 8 -c dontunmap/size=4K* --threshold 13", 0,
		  "1 below the threshold\n" },
		{ "compare 7 8 -c scenario*", 0, "1 within 1%\n" },
		{ "compare 7 8 -c scenario* --margin 0.1%", 2, "1 undecided\n" },
		{ "compare 7 8 -c move/size=1G/align=pud*", 2, "1 undecided\n" },
		{ "compare 7 8 -c relocate*", 2, "1 changed\n" },
		{ "compare 7 8 -c multi_vma/vmas=3*", 2, "1 changed\n" },
		{ "compare 7 8 -c multi_vma_fail*", 2, "1 changed\n" },
		{ "compare 7 8 -c multi_vma/vmas=100*", 1, "1 of 1 cells costs more\n" },
		{ "compare 8 7 -c multi_vma/vmas=100*", 0, "1 less\n" },
		{ "compare 7 8 -c move/size=2M/align=pmd* --threshold 513", 0,
		  "1 below the threshold\n" },
		{ "compare 7 8 -c move/size=2M/align=pmd* --threshold 512", 1, "costs more\n" },
		{ "compare 7 7 -c *=2M* -c merge*", 0, "All 5 cells equal, exactly\n" },
		{ "compare 5 6 -c move/size=2M*", 1, "1 of 1 cells costs more\n" },
		{ "compare 6 5 -c move/size=2M*", 0, "1 less\n" },
		{ "compare 5 6 -c move/size=4K*", 0, "1 cell within 1%\n" },
		{ "compare 5 6 -c floor*", 2, "1 undecided\n" },
		{ "compare 5 6 -c move/size=2M* --margin 20%", 0, "1 cell within 20%\n" },
		{ "compare 5 6 -c move/size=2M* --threshold 15%", 0, "1 below the threshold\n" },
		/* Nothing is proved of nothing. */
		{ "compare 1 2 -c move/size=1G*", 2, "Nothing to compare" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text text = command_output(fixture, cases[i].line, cases[i].status);
		const char *found = strstr(text_get(&text), cases[i].first);

		if (!found || found > strchr(text_get(&text), '\n'))
			fail_msg("%s:\n%s", cases[i].line, text_get(&text));
		text_free(&text);
	}
}

static void the_suite_says_what_is_equal(void **state)
{
	struct fixture *fixture = *state;
	struct text text;

	fixture_sql(fixture->path, "INSERT INTO provenance VALUES (6, 'suite.margin', '12.5%')");
	text = command_output(fixture, "compare 5 6 -c move/size=2M*", 0);
	assert_non_null(strstr(text_get(&text), "1 cell within 12.5%\n"));
	text_free(&text);
	text = command_output(fixture, "compare 5 6 -c move/size=2M* --margin 1%", 1);
	text_free(&text);
}

static void what_was_not_measured_in_one_go_is_said(void **state)
{
	struct fixture *fixture = *state;
	struct text text = command_output(fixture, "compare 5 6", 1);

	assert_null(strstr(text_get(&text), "not measured in one go"));
	text_free(&text);
	fixture_sql(fixture->path, "UPDATE provenance SET value = 'other' WHERE run = 6"
				   " AND key = 'run.group'");
	text = command_output(fixture, "compare 5 6", 1);
	assert_non_null(strstr(text_get(&text), "not measured in one go"));
	text_free(&text);
}

static void wrong_usage_is_3_and_failed_work_is_4(void **state)
{
	static const struct command_refusal cases[] = {
		{ "compare 1", 3, "name two runs" },
		{ "compare 1 2 --format xml", 3, "benchstat" },
		{ "compare 1 2 --sort size", 3, "verdict, change or key" },
		{ "compare 1 2 --threshold few", 3, "not a number" },
		{ "compare 1 2 --threshold 1x", 3, "not a number" },
		{ "compare 1 2 --threshold nan", 3, "not a number" },
		{ "compare 1 2 --margin 0", 3, "not a percentage" },
		{ "compare 1 2 --margin 100%", 3, "not a percentage" },
		{ "compare 1 2 --confidence 0.95", 3, "not a percentage" },
		{ "compare 1 2 --explain * --json", 3, "no other format" },
		{ "compare 1 2 --what", 3, "compare --help" },
		{ "compare 1 3", 4, "--force" },
		{ "compare 1 99", 4, "there is no run" },
		{ "compare 1 2 --metric *", 4, "one metric at a time" },
		{ "compare 1 2 -c nothing*", 4, "no cell of the two runs is like nothing*" },
		{ "compare 1 2 --db /nowhere/x.db", 4, "/nowhere/x.db" },
	};
	struct fixture *fixture = *state;

	commands_refuse(fixture, cases, COUNT(cases));
}

static void what_is_damaged_gives_no_verdict(void **state)
{
	static const char *const damages[] = {
		"UPDATE profile SET data = x'00' WHERE measurement IN"
		" (SELECT measurement.id FROM measurement JOIN trial ON trial.id = trial"
		" WHERE run = 8)",
		"UPDATE series SET data = x'00' WHERE data IS NOT NULL",
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(damages); i++) {
		struct text text, errors;

		fixture_sql(fixture->path, damages[i]);
		text = command_output(fixture, "compare 7 8", 4);
		errors = command_errors(fixture);
		assert_string_equal(text_get(&text), "");
		if (!strstr(text_get(&errors), "damaged") && !strstr(text_get(&errors), "not"))
			fail_msg("%s", text_get(&errors));
		text_free(&text);
		text_free(&errors);
	}
}

static void help_teaches_by_an_example(void **state)
{
	struct text text = command_output(*state, "compare --help", 0);

	assert_non_null(strstr(text_get(&text), "For example:\n  remapbench compare "));
	text_free(&text);
}

static void a_full_disk_is_a_failure(void **state)
{
	static const char *const lines[] = {
		"compare 7 8",
		"compare 7 8 --json",
		"compare 7 8 --format html",
		"compare 7 8 --format markdown",
		"compare 7 8 --format lkp",
		"compare 7 8 --format benchstat",
		"compare 7 8 --explain *",
		"compare --help",
	};
	struct fixture *fixture = *state;

	commands_tell_a_full_disk(fixture, lines, COUNT(lines), 4);
}

/* A key stands on a line of its own, and is never broken; a word may be longer than a line. */
static void a_mail_keeps_every_line(void **state)
{
	static const char *const lines[] = { "compare 1 2",
					     "compare 7 8 --all",
					     "compare 5 6 --all",
					     "compare 7 8 --explain *",
					     "compare 5 6 --explain *",
					     "compare 1 3 --force" };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(lines); i++) {
		struct text text = { 0 };
		char path[PATH_MAX + 16];

		snprintf(path, sizeof(path), "%s/mail", fixture->directory);
		command_run(fixture, lines[i], path);
		text = command_output(fixture, "compare 1 1 -c nothing*", 4);
		text_free(&text);
		text = (struct text){ 0 };
		assert_int_equal(file_read(path, 1 << 20, &text), 0);
		for (char *rest = text.data, *line; (line = strsep(&rest, "\n"));)
			if (text_columns(line) > 80 || strchr(line, '\t'))
				fail_msg("%s: %s", lines[i], line);
		text_free(&text);
	}
}

/* In Markdown a backslash takes a sign its meaning, and an indented block has none. */
static bool markup_is_free(const char *shown, bool markdown)
{
	const char *line = shown, *at = shown;

	while ((at = strstr(at, "<script"))) {
		for (const char *end; (end = strchr(line, '\n')) && end < at;)
			line = end + 1;
		if (!markdown || (at[-1] != '\\' && strncmp(line, "    ", 4) != 0))
			return true;
		at++;
	}
	return false;
}

/* Markup, line breaks, quotes and cursor keys in what a database, a kernel or a file may say. */
static void hostile_text_is_shown_plain(void **state)
{
	static const char *const lines[] = {
		"compare 7 8 --all",
		"compare 7 8 --json",
		"compare 7 8 --format markdown",
		"compare 7 8 --format html",
		"compare 7 8 --format lkp --all",
		"compare 7 8 --format benchstat",
		"compare 7 8 --explain *",
		"compare 5 6 --all",
		"compare 5 6 --format benchstat",
	};
	struct fixture *fixture = *state;

	fixture_sql(fixture->path,
		    "UPDATE kernel SET name = cast(x'1b5b324a0aff41c29b' AS TEXT)"
		    " || '<script>\"|`</style>', version = name, release = name;"
		    "UPDATE run SET command = (SELECT name FROM kernel LIMIT 1);"
		    "UPDATE run SET reason = command, machine = command, suite = command;"
		    "UPDATE cell SET key = key || cast(x'1b63ff0a' AS TEXT) || '|<script>\"`';"
		    "UPDATE metric SET unit = unit || cast(x'1b63ff0a' AS TEXT) || '<script>';"
		    "UPDATE measurement SET reason = cast(x'1b63ff0a' AS TEXT) || '<script>|'"
		    " WHERE reason <> '';"
		    "UPDATE provenance SET value = cast(x'1b63ff0a' AS TEXT) || '<script>|' || run"
		    " WHERE key NOT LIKE 'run.%'");
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct text text = command_output(fixture, lines[i], 1);
		const char *shown = text_get(&text);

		if (strpbrk(shown, "\033\xff") || strstr(shown, "\xc2\x9b"))
			fail_msg("%s:\n%s", lines[i], shown);
		if ((strstr(lines[i], "html") || strstr(lines[i], "markdown")) &&
		    markup_is_free(shown, strstr(lines[i], "markdown")))
			fail_msg("%s:\n%s", lines[i], shown);
		if (strstr(lines[i], "json")) {
			json_t *json = json_loads(shown, 0, NULL);

			assert_non_null(json);
			json_decref(json);
		}
		text_free(&text);
	}
}

/* As many lines as with names that mean no harm: nothing breaks out of its row. */
static void a_row_stays_a_row(void **state)
{
	static const char *const lines[] = { "compare 7 8 --format lkp --all",
					     "compare 7 8 --format benchstat",
					     "compare 7 8 --format markdown --all" };
	struct fixture *fixture = *state;
	size_t before[COUNT(lines)] = { 0 }, after;
	struct text text;

	for (size_t i = 0; i < COUNT(lines); i++) {
		text = command_output(fixture, lines[i], 1);
		for (const char *at = text_get(&text); *at; at++)
			before[i] += *at == '\n';
		text_free(&text);
	}
	fixture_sql(fixture->path,
		    "UPDATE kernel SET name = 'x' || char(10) || name;"
		    "UPDATE cell SET key = replace(key, '/', char(10) || '/') || char(10)");
	for (size_t i = 0; i < COUNT(lines); i++) {
		text = command_output(fixture, lines[i], 1);
		after = 0;
		for (const char *at = text_get(&text); *at; at++)
			after += *at == '\n';
		if (after != before[i])
			fail_msg("%s:\n%s", lines[i], text_get(&text));
		text_free(&text);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, filled, fixture_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_output_is_what_it_was),
		TEST(the_interval_is_in_the_json),
		TEST(the_exit_status_is_the_verdict),
		TEST(the_suite_says_what_is_equal),
		TEST(what_was_not_measured_in_one_go_is_said),
		TEST(wrong_usage_is_3_and_failed_work_is_4),
		TEST(what_is_damaged_gives_no_verdict),
		TEST(help_teaches_by_an_example),
		TEST(a_full_disk_is_a_failure),
		TEST(a_mail_keeps_every_line),
		TEST(hostile_text_is_shown_plain),
		TEST(a_row_stays_a_row),
	};

	return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
