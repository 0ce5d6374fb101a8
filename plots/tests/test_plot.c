// SPDX-License-Identifier: GPL-2.0-only
/* test_plot: the commands plot and site: what they write, and what they say is wrong. */
#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/files.h"
#include "plots/tests/fixture.h"
#include "plots/tests/lab.h"
#include "runner/commands.h"
#include "runner/paths.h"

const char *option_db;

/* The commands are always given their paths here. */
int path_of_data(const char *name, char *out)
{
	(void)name;
	(void)out;
	return -ENOENT;
}

static const char *configs = "configs";

int path_of_config(const char *name, char *out)
{
	return path_join(out, PATH_MAX, configs, name);
}

/* A command's exit status; what it says goes to DIRECTORY/said. */
static int call(int (*command)(int argc, char **argv), const char *const *words)
{
	char *argv[12] = { NULL };
	int argc = 0, status, out, err;

	fflush(stdout);
	fflush(stderr);
	out = dup(1);
	err = dup(2);
	assert_non_null(freopen(fixture_at("said"), "w", stdout));
	dup2(1, 2);
	for (; words[argc]; argc++)
		argv[argc] = strdup(words[argc]);
	status = command(argc, argv);
	fflush(stdout);
	dup2(out, 1);
	dup2(err, 2);
	close(out);
	close(err);
	while (argc > 0)
		free(argv[--argc]);
	return status;
}

static void plot_writes_figure_data_and_script(void **state)
{
	static const char *const names[] = { "a.svg", "b.png", "c.pdf", "it''s `x`.svg", "|y.svg" };

	(void)state;
	fixture_full(fixture_at("r.db"));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char stem[64], file[128];
		const char *words[] = { "plot",	  "size",
					"--db",	  fixture_at("r.db"),
					"-o",	  fixture_at(names[i]),
					"--dark", NULL };

		if (call(cmd_plot, words) != 0)
			fail_msg("%s", fixture_read(fixture_at("said")));
		assert_true(fixture_holds(fixture_at("said"), names[i]));
		assert_int_equal(access(fixture_at(names[i]), F_OK), 0);
		snprintf(stem, sizeof(stem), "%.*s", (int)strlen(names[i]) - 4, names[i]);
		snprintf(file, sizeof(file), "%s.csv", stem);
		assert_true(fixture_holds(fixture_at(file), "size=32M"));
		snprintf(file, sizeof(file), "%s.gp", stem);
		assert_true(fixture_holds(fixture_at(file), "set output"));
	}
	assert_int_equal(fixture_entries(fixture_folder, "."),
			 0); /* no folder that it drew in is left */
}

static void a_script_draws_its_figure_again(void **state)
{
	const char *words[] = { "plot", "kernels",	     "--db", fixture_at("r.db"),
				"-o",	fixture_at("k.svg"), NULL };
	char command[600], *first, *second;

	(void)state;
	fixture_full(fixture_at("r.db"));
	assert_int_equal(call(cmd_plot, words), 0);
	first = fixture_read(fixture_at("k.svg"));
	assert_int_equal(unlink(fixture_at("k.svg")), 0);
	snprintf(command, sizeof(command), "cd %s && gnuplot k.gp", fixture_folder);
	assert_int_equal(system(command), 0);
	second = fixture_read(fixture_at("k.svg"));
	assert_string_equal(first, second);
	free(first);
	free(second);
}

static void plot_says_what_is_wrong(void **state)
{
	const char *db = fixture_at("r.db");
	const struct {
		const char *words[10];
		int status;
		const char *says;
	} rows[] = {
		{ { "plot", "sizes", "--db", db }, 2, "kernels" },
		{ { "plot", "--db", db }, 2, "which chart" },
		{ { "plot", "size", "fill", "--db", db }, 2, "one chart" },
		{ { "plot", "size", "--db", db, "-o", "x.gif" }, 2, ".svg, .png or .pdf" },
		{ { "plot", "size", "--db", db, "-o", "a\nb.svg" }, 2, "control" },
		{ { "plot", "size", "--db", db, "--instrument", "stopwatch" }, 2, "clock, pmu" },
		{ { "plot", "size", "--db", db, "--instrument", "pmu" }, 1, "remapbench run" },
		{ { "plot", "size", "--db", db, "--run", "99", "-o", "x.svg" }, 1, "99" },
		{ { "plot", "size", "--db", fixture_at("none.db") }, 1, "remapbench run" },
		{ { "plot", "size", "--db", db, "-o", fixture_at("no/such/x.svg") },
		  1,
		  "No such file" },
		{ { "plot", "--help" }, 0, "For example" },
		{ { "plot", "--list" }, 0, "kernels" },
		{ { "site", "--help" }, 0, "For example" },
		{ { "site", "--db", fixture_at("none.db"), "-o", fixture_at("s") },
		  1,
		  "remapbench run" },
		{ { "site", "extra" }, 2, "unexpected" },
	};

	(void)state;
	fixture_full(db);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		bool plot = strcmp(rows[i].words[0], "plot") == 0;

		assert_int_equal(call(plot ? cmd_plot : cmd_site, rows[i].words), rows[i].status);
		if (!fixture_holds(fixture_at("said"), rows[i].says))
			fail_msg("row %zu does not say: %s; but: %s", i, rows[i].says,
				 fixture_read(fixture_at("said")));
	}
}

static void site_prints_the_path_of_its_index(void **state)
{
	const char *words[] = { "site", "--db", fixture_at("r.db"), "-o", fixture_at("out"), NULL };

	(void)state;
	fixture_full(fixture_at("r.db"));
	assert_int_equal(call(cmd_site, words), 0);
	assert_true(fixture_holds(fixture_at("said"), fixture_at("out/index.html")));
	assert_int_equal(access(fixture_at("out/index.html"), F_OK), 0);
}

static void site_without_its_function_groups_is_refused(void **state)
{
	const char *words[] = { "site", "--db", fixture_at("r.db"), "-o", fixture_at("out"), NULL };

	(void)state;
	fixture_full(fixture_at("r.db"));
	configs = fixture_folder;
	assert_int_equal(call(cmd_site, words), 1);
	configs = "configs";
	assert_true(fixture_holds(fixture_at("said"),
				  "remapbench site: function-groups: No such file"));
	assert_int_not_equal(access(fixture_at("out"), F_OK), 0);
}

static void plot_takes_cells_and_kernels(void **state)
{
	const char *words[] = {
		"plot", "kernels", "--db", fixture_at("h.db"),	"-c", "move/*/folio=64K/*",
		"-k",	"*6.12.*", "-o",   fixture_at("k.svg"), NULL
	};
	const char *none[] = { "plot", "kernels",      "--db", fixture_at("h.db"),
			       "-c",   "no such cell", NULL };

	(void)state;
	lab_history(fixture_at("h.db"));
	if (call(cmd_plot, words) != 0)
		fail_msg("%s", fixture_read(fixture_at("said")));
	assert_true(fixture_holds(fixture_at("k.csv"), "folio=64K"));
	assert_false(fixture_holds(fixture_at("k.csv"), "folio=4K"));
	assert_false(fixture_holds(fixture_at("k.csv"), "6.17"));
	assert_int_equal(call(cmd_plot, none), 1);
	assert_true(fixture_holds(fixture_at("said"), "--cell"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(plot_writes_figure_data_and_script, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test_setup_teardown(a_script_draws_its_figure_again, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test_setup_teardown(plot_says_what_is_wrong, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test_setup_teardown(plot_takes_cells_and_kernels, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test_setup_teardown(site_prints_the_path_of_its_index, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test_setup_teardown(site_without_its_function_groups_is_refused,
						fixture_set_up, fixture_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
