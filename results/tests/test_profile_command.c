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
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "results/tests/fixture.h"
#include "runner/commands.h"
#include "runner/paths.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define GOLDEN "results/tests/golden"
#define MOVE "move/size=2M/align=unaligned/fill=100/folio=4K/type=anon"

enum { ARGUMENTS = 12, SAMPLES = 4, FUNCTIONS = 8 };

/* What main.c and paths.c say in the program. */
const char *option_db;
char *command_line;

int path_of_data(const char *name, char *out)
{
	return path_join(out, PATH_MAX, "/nowhere", name);
}

int path_of_config(const char *name, char *out)
{
	return path_join(out, PATH_MAX, "configs", name);
}

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
	return 0;
}

static int redirect(int fd, const char *path)
{
	int was = dup(fd), to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(was >= 0 && to >= 0);
	assert_int_equal(dup2(to, fd), fd);
	close(to);
	return was;
}

static void restore(int fd, int was)
{
	assert_int_equal(dup2(was, fd), fd);
	close(was);
}

/* Runs the command, words separated by spaces; what it said on stdout and stderr. */
static int command_run(struct fixture *fixture, const char *line, struct text *out,
		       struct text *errors)
{
	static char typed[300];
	char words[256], paths[2][PATH_MAX], *argv[ARGUMENTS], *rest = words;
	int argc = 0, was[2], status;

	snprintf(words, sizeof(words), "%s", line);
	while ((argv[argc] = strsep(&rest, " ")))
		assert_true(++argc < ARGUMENTS);
	snprintf(typed, sizeof(typed), "remapbench %s", line);
	command_line = typed;
	snprintf(paths[0], PATH_MAX, "%s/output", fixture->directory);
	snprintf(paths[1], PATH_MAX, "%s/errors", fixture->directory);
	fflush(stdout);
	was[0] = redirect(STDOUT_FILENO, paths[0]);
	was[1] = redirect(STDERR_FILENO, paths[1]);
	status = cmd_profile(argc, argv);
	fflush(stdout);
	restore(STDOUT_FILENO, was[0]);
	restore(STDERR_FILENO, was[1]);
	assert_int_equal(file_read(paths[0], 1 << 20, out), 0);
	assert_int_equal(file_read(paths[1], 1 << 20, errors), 0);
	return status;
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
	const char *mode = getenv("REMAPBENCH_GOLDEN");
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text out = { 0 }, errors = { 0 }, golden = { 0 };
		char path[PATH_MAX];

		if (command_run(fixture, cases[i].line, &out, &errors))
			fail_msg("%s: %s", cases[i].line, text_get(&errors));
		snprintf(path, sizeof(path), GOLDEN "/%s", cases[i].golden);
		if (mode && !strcmp(mode, "write"))
			assert_int_equal(file_write(path, out.data, out.len), 0);
		if (file_read(path, 1 << 20, &golden))
			fail_msg("%s: %s", path, strerror(errno));
		if (strcmp(text_get(&out), text_get(&golden)) != 0)
			fail_msg("%s is not %s any more, but:\n%s", cases[i].line, path,
				 text_get(&out));
		text_free(&out);
		text_free(&errors);
		text_free(&golden);
	}
}

static void wrong_usage_is_2_and_failed_work_is_1(void **state)
{
	static const struct {
		const char *line;
		int status;
		const char *words; /* on stderr */
	} cases[] = {
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

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text out = { 0 }, errors = { 0 };

		assert_int_equal(command_run(fixture, cases[i].line, &out, &errors),
				 cases[i].status);
		assert_string_equal(text_get(&out), "");
		if (!strstr(text_get(&errors), cases[i].words))
			fail_msg("%s says: %s", cases[i].line, text_get(&errors));
		text_free(&out);
		text_free(&errors);
	}
}

static void help_teaches_by_an_example(void **state)
{
	struct text out = { 0 }, errors = { 0 };

	assert_int_equal(command_run(*state, "profile --help", &out, &errors), 0);
	assert_non_null(strstr(text_get(&out), "For example:\n  remapbench "));
	text_free(&out);
	text_free(&errors);
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
		struct text out = { 0 }, errors = { 0 };

		if (command_run(fixture, lines[i], &out, &errors))
			fail_msg("%s: %s", lines[i], text_get(&errors));
		if (strpbrk(text_get(&out), "\033\xff") || strstr(text_get(&out), "\xc2\x9b"))
			fail_msg("%s:\n%s", lines[i], text_get(&out));
		if (strstr(lines[i], "json")) {
			json_t *json = json_loads(text_get(&out), 0, NULL);

			assert_non_null(json);
			json_decref(json);
		}
		text_free(&out);
		text_free(&errors);
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
