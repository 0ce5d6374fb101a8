// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_site: the dashboard's pages and the two commands: escaped, whole, and never over others'
 * files.
 */
#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/files.h"
#include "plots/html.h"
#include "plots/site.h"
#include "plots/tests/fixture.h"
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

static char *directory;

static int begin(void **state)
{
	(void)state;
	directory = fixture_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	fixture_end(directory);
	return 0;
}

static char *path(const char *name)
{
	return fixture_path(directory, name);
}

static int site(const char *database, const char *target, struct fault *fault)
{
	struct source *source;
	struct fault warning;
	int err;

	if (source_open(database, &source, fault))
		fail_msg("%s", fault->text);
	err = site_write(source, target, &warning, fault);
	source_close(source);
	if (!err && warning.text[0])
		fail_msg("%s", warning.text);
	return err;
}

static void site_good(const char *database)
{
	struct fault fault = { 0 };

	if (site(database, path("site"), &fault))
		fail_msg("%s", fault.text);
}

static bool holds(const char *file, const char *words)
{
	char *content = fixture_read(file);
	bool found = strstr(content, words) != NULL;

	free(content);
	return found;
}

/* Calls for each regular file below a folder. */
static void each_file(const char *folder, void (*visit)(const char *file))
{
	DIR *open = opendir(folder);
	struct dirent *entry;

	assert_non_null(open);
	while ((entry = readdir(open))) {
		char name[1024];
		struct stat is;

		if (entry->d_name[0] == '.')
			continue;
		snprintf(name, sizeof(name), "%s/%s", folder, entry->d_name);
		assert_int_equal(lstat(name, &is), 0);
		if (S_ISDIR(is.st_mode))
			each_file(name, visit);
		else
			visit(name);
	}
	closedir(open);
}

/* What in the test's folder begins with prefix. */
static size_t entries_like(const char *prefix)
{
	DIR *open = opendir(directory);
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(open);
	while ((entry = readdir(open)))
		count += strncmp(entry->d_name, prefix, strlen(prefix)) == 0 &&
			 strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(open);
	return count;
}

static size_t entries(const char *folder)
{
	DIR *open = opendir(folder);
	size_t count = 0;

	assert_non_null(open);
	while (readdir(open))
		count++;
	closedir(open);
	return count - 2;
}

static void an_empty_database_says_what_to_run(void **state)
{
	(void)state;
	fixture_empty(path("r.db"));
	site_good(path("r.db"));
	assert_true(holds(path("site/index.html"), "remapbench run -i clock"));
	assert_true(holds(path("site/index.html"), "remapbench kernel fetch"));
}

static void the_index_tells_what_is_there(void **state)
{
	static const char *const words[] = {
		"What changed between the kernels",
		"6.1.0-56-cloud-amd64",
		"runs/4.html",
		"figures/size-clock-run4.svg",
		"figures/kernels-insn-dark.svg",
		"prefers-color-scheme: dark",
		"published elsewhere",
		"~20×",
		"ENOENT: no hardware PMU here",
		"expected 1 to 1",
		"no free 2M folios",
		"remapbench plot size --run 4 -o size-clock-run4.svg",
		"name=\"viewport\"",
		"but also: guest.qemu.",
		/* 32M unaligned on 6.17 against 6.12, as the formula has it */
		"512,280<span class=\"diff up\">+55,520 (+12.2%)",
	};

	(void)state;
	fixture_full(path("r.db"));
	site_good(path("r.db"));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!holds(path("site/index.html"), words[i]))
			fail_msg("the index does not say: %s", words[i]);
	assert_false(holds(path("site/index.html"), "<script"));
}

static void a_run_has_its_page(void **state)
{
	static const char *const words[] = {
		"remapbench run -s default -i clock",
		"the agent was killed by signal 9",
		"last words\nof the &lt;console&gt; &amp; more",
		"guest.qemu",
		"../cells/floor_op.getppid.html",
		"../figures/folio-clock-run4.svg",
	};

	(void)state;
	fixture_full(path("r.db"));
	site_good(path("r.db"));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!holds(path("site/runs/4.html"), words[i]))
			fail_msg("the run's page does not say: %s", words[i]);
}

static void a_cell_has_its_page_with_its_path(void **state)
{
	const char *page =
		path("site/cells/move_size.32M_align.unaligned_fill.100_folio.4K_type.anon.html");

	(void)state;
	fixture_full(path("r.db"));
	site_good(path("r.db"));
	assert_true(holds(page, "__pte_alloc=17"));
	assert_true(holds(page, "flush_tlb_mm_range=33"));
	assert_true(holds(page, "no cache, no TLB"));
	assert_true(holds(page, "512,280"));
}

/* Every href, src and srcset of a page leads to a file of the site. */
static void links_check(const char *file)
{
	static const char *const attributes[] = { "href=\"", "src=\"", "srcset=\"" };
	char *page, folder[1024];

	if (strlen(file) < 5 || strcmp(file + strlen(file) - 5, ".html") != 0)
		return;
	page = fixture_read(file);
	snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(file, '/') - file), file);
	for (size_t i = 0; i < 3; i++)
		for (const char *at = page; (at = strstr(at, attributes[i]));) {
			char target[2048];
			int length;

			at += strlen(attributes[i]);
			length = (int)strcspn(at, "\"#");
			if (!length)
				continue;
			snprintf(target, sizeof(target), "%s/%.*s", folder, length, at);
			if (access(target, F_OK))
				fail_msg("%s: no %.*s", file, length, at);
		}
	free(page);
}

static void no_link_is_dead(void **state)
{
	(void)state;
	fixture_full(path("r.db"));
	site_good(path("r.db"));
	each_file(path("site"), links_check);
	links_check(path("site/index.html"));
}

static void page_is_escaped(const char *file)
{
	char *page = fixture_read(file);

	if (strlen(file) > 5 && strcmp(file + strlen(file) - 5, ".html") == 0) {
		if (strstr(page, "<script") || strchr(page, '\x1b') || strstr(page, "\xe2\x80\xae"))
			fail_msg("%s is not escaped", file);
		assert_null(strstr(page, "\xff"));
	}
	free(page);
}

static void hostile_names_are_escaped_and_run_nothing(void **state)
{
	(void)state;
	fixture_hostile(path("r.db"));
	site_good(path("r.db"));
	each_file(path("site"), page_is_escaped);
	each_file(path("site"), links_check);
	assert_true(holds(path("site/runs/1.html"), "&lt;script&gt;alert(1)"));
	assert_int_not_equal(access("pwned", F_OK), 0);
	assert_int_not_equal(access(path("pwned"), F_OK), 0);
	assert_int_not_equal(access(path("site/figures/pwned"), F_OK), 0);
	assert_int_not_equal(access("/tmp/pwned.html", F_OK), 0);
}

static void the_same_results_give_the_same_pages(void **state)
{
	char *first, *second;

	(void)state;
	fixture_full(path("r.db"));
	site_good(path("r.db"));
	first = fixture_read(path("site/index.html"));
	site_good(path("r.db"));
	second = fixture_read(path("site/index.html"));
	assert_string_equal(first, second);
	free(first);
	free(second);
}

static void a_new_site_replaces_the_old_one_and_leaves_nothing_beside_it(void **state)
{
	(void)state;
	fixture_full(path("r.db"));
	site_good(path("r.db"));
	assert_int_equal(file_write(path("site/runs/old.html"), "x", 1), 0);
	site_good(path("r.db"));
	assert_int_not_equal(access(path("site/runs/old.html"), F_OK), 0);
	assert_int_equal(directory_make(path("only"), 0755), 0);
	assert_int_equal(rename(path("site"), path("only/site")), 0);
	assert_int_equal(entries(path("only")), 1);
}

static void somebody_elses_directory_is_refused_and_kept(void **state)
{
	struct fault fault = { 0 };

	(void)state;
	fixture_empty(path("r.db"));
	assert_int_equal(directory_make(path("home"), 0755), 0);
	assert_int_equal(file_write(path("home/thesis"), "x", 1), 0);
	assert_int_equal(site(path("r.db"), path("home"), &fault), -ENOTEMPTY);
	assert_non_null(strstr(fault.text, "not empty"));
	assert_true(holds(path("home/thesis"), "x"));
	assert_int_equal(site(path("r.db"), path("r.db"), &fault), -ENOTDIR);
	assert_int_equal(directory_make(path("empty"), 0755), 0);
	assert_int_equal(site(path("r.db"), path("empty/"), &fault), 0);
}

static void what_a_killed_one_left_is_cleared_away(void **state)
{
	(void)state;
	fixture_empty(path("r.db"));
	assert_int_equal(directory_make(path(".site.new-1-0/runs"), 0755), 0);
	assert_int_equal(file_write(path(".site.new-1-0/.remapbench-site"), "x", 1), 0);
	assert_int_equal(directory_make(path(".site.new-notes"), 0755), 0);
	assert_int_equal(file_write(path(".site.new-notes/mine"), "x", 1), 0);
	site_good(path("r.db"));
	assert_int_not_equal(access(path(".site.new-1-0"), F_OK), 0);
	assert_int_equal(access(path(".site.new-notes/mine"), F_OK), 0);
}

static void different_keys_have_different_slugs(void **state)
{
	static const char *const keys[] = { "a/b",	    "a_b",  "a.b", "a=b",
					    "a~2Fb",	    "a b",  "",	   ".",
					    "..",	    "../x", "~",   "move/size=4K",
					    "move.size/4K", "\xff" };
	char slugs[sizeof(keys) / sizeof(*keys) + 2][HTML_SLUG], longer[5000];
	size_t count = sizeof(keys) / sizeof(*keys);

	(void)state;
	for (size_t i = 0; i < count; i++)
		html_slug(keys[i], slugs[i]);
	memset(longer, 'x', sizeof(longer));
	longer[4999] = '\0';
	html_slug(longer, slugs[count++]);
	longer[4998] = 'y';
	html_slug(longer, slugs[count++]);
	for (size_t i = 0; i < count; i++) {
		assert_null(strchr(slugs[i], '/'));
		assert_true(slugs[i][0] && strlen(slugs[i]) <= 200);
		assert_true(strspn(slugs[i], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					     "0123456789._~-") == strlen(slugs[i]));
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(slugs[i], slugs[j]);
	}
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
	assert_non_null(freopen(path("said"), "w", stdout));
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
	fixture_full(path("r.db"));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char stem[64], file[128];
		const char *words[] = { "plot", "size",		"--db",	  path("r.db"),
					"-o",	path(names[i]), "--dark", NULL };

		if (call(cmd_plot, words) != 0)
			fail_msg("%s", fixture_read(path("said")));
		assert_true(holds(path("said"), names[i]));
		assert_int_equal(access(path(names[i]), F_OK), 0);
		snprintf(stem, sizeof(stem), "%.*s", (int)strlen(names[i]) - 4, names[i]);
		snprintf(file, sizeof(file), "%s.csv", stem);
		assert_true(holds(path(file), "size=32M"));
		snprintf(file, sizeof(file), "%s.gp", stem);
		assert_true(holds(path(file), "set output"));
	}
	assert_int_equal(entries_like("."), 0); /* no folder that it drew in is left */
}

static void a_script_draws_its_figure_again(void **state)
{
	const char *words[] = {
		"plot", "kernels", "--db", path("r.db"), "-o", path("k.svg"), NULL
	};
	char command[600], *first, *second;

	(void)state;
	fixture_full(path("r.db"));
	assert_int_equal(call(cmd_plot, words), 0);
	first = fixture_read(path("k.svg"));
	assert_int_equal(unlink(path("k.svg")), 0);
	snprintf(command, sizeof(command), "cd %s && gnuplot k.gp", directory);
	assert_int_equal(system(command), 0);
	second = fixture_read(path("k.svg"));
	assert_string_equal(first, second);
	free(first);
	free(second);
}

static void plot_says_what_is_wrong(void **state)
{
	const char *db = path("r.db");
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
		{ { "plot", "size", "--db", path("none.db") }, 1, "remapbench run" },
		{ { "plot", "size", "--db", db, "-o", path("no/such/x.svg") }, 1, "No such file" },
		{ { "plot", "--help" }, 0, "For example" },
		{ { "plot", "--list" }, 0, "kernels" },
		{ { "site", "--help" }, 0, "For example" },
		{ { "site", "--db", path("none.db"), "-o", path("s") }, 1, "remapbench run" },
		{ { "site", "extra" }, 2, "unexpected" },
	};

	(void)state;
	fixture_full(db);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		bool plot = strcmp(rows[i].words[0], "plot") == 0;

		assert_int_equal(call(plot ? cmd_plot : cmd_site, rows[i].words), rows[i].status);
		if (!holds(path("said"), rows[i].says))
			fail_msg("row %zu does not say: %s; but: %s", i, rows[i].says,
				 fixture_read(path("said")));
	}
}

static void site_prints_the_path_of_its_index(void **state)
{
	const char *words[] = { "site", "--db", path("r.db"), "-o", path("out"), NULL };

	(void)state;
	fixture_full(path("r.db"));
	assert_int_equal(call(cmd_site, words), 0);
	assert_true(holds(path("said"), path("out/index.html")));
	assert_int_equal(access(path("out/index.html"), F_OK), 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_empty_database_says_what_to_run, begin, end),
		cmocka_unit_test_setup_teardown(the_index_tells_what_is_there, begin, end),
		cmocka_unit_test_setup_teardown(a_run_has_its_page, begin, end),
		cmocka_unit_test_setup_teardown(a_cell_has_its_page_with_its_path, begin, end),
		cmocka_unit_test_setup_teardown(no_link_is_dead, begin, end),
		cmocka_unit_test_setup_teardown(hostile_names_are_escaped_and_run_nothing, begin,
						end),
		cmocka_unit_test_setup_teardown(the_same_results_give_the_same_pages, begin, end),
		cmocka_unit_test_setup_teardown(
			a_new_site_replaces_the_old_one_and_leaves_nothing_beside_it, begin, end),
		cmocka_unit_test_setup_teardown(somebody_elses_directory_is_refused_and_kept, begin,
						end),
		cmocka_unit_test_setup_teardown(what_a_killed_one_left_is_cleared_away, begin, end),
		cmocka_unit_test(different_keys_have_different_slugs),
		cmocka_unit_test_setup_teardown(plot_writes_figure_data_and_script, begin, end),
		cmocka_unit_test_setup_teardown(a_script_draws_its_figure_again, begin, end),
		cmocka_unit_test_setup_teardown(plot_says_what_is_wrong, begin, end),
		cmocka_unit_test_setup_teardown(site_prints_the_path_of_its_index, begin, end),
	};

	/* test_site DATABASE DIRECTORY: the made-up dashboard, to look at. */
	if (argc == 3) {
		struct fault fault = { 0 };

		fixture_full(argv[1]);
		return site(argv[1], argv[2], &fault) ? 1 : 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
