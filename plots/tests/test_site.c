// SPDX-License-Identifier: GPL-2.0-only
/* test_site: the dashboard's pages: escaped, whole, and never over others' files. */
#include <dirent.h>
#include <errno.h>
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
#include "plots/html.h"
#include "plots/tests/fixture.h"
#include "plots/tests/lab.h"
#include "plots/tests/pages.h"

static int site(const char *database, const char *target, struct fault *fault)
{
	return pages_make(database, NULL, target, fault);
}

static void site_good(const char *database)
{
	struct fault fault = { 0 };

	if (site(database, fixture_at("site"), &fault))
		fail_msg("%s", fault.text);
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
	fixture_empty(fixture_at("r.db"));
	site_good(fixture_at("r.db"));
	assert_true(fixture_holds(fixture_at("site/index.html"), "remapbench run -i clock"));
	assert_true(fixture_holds(fixture_at("site/index.html"), "remapbench kernel fetch"));
}

static void the_index_tells_what_is_there(void **state)
{
	static const char *const words[] = {
		"What changed between the kernels",
		"6.1.0-56-cloud-amd64",
		"runs/4.html",
		"comparisons/insn.html",
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
	fixture_full(fixture_at("r.db"));
	site_good(fixture_at("r.db"));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!fixture_holds(fixture_at("site/index.html"), words[i]))
			fail_msg("the index does not say: %s", words[i]);
	assert_false(fixture_holds(fixture_at("site/index.html"), "<script"));
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
	fixture_full(fixture_at("r.db"));
	site_good(fixture_at("r.db"));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!fixture_holds(fixture_at("site/runs/4.html"), words[i]))
			fail_msg("the run's page does not say: %s", words[i]);
}

static void a_cell_has_its_page_with_its_path(void **state)
{
	const char *page = fixture_at(
		"site/cells/move_size.32M_align.unaligned_fill.100_folio.4K_type.anon.html");

	(void)state;
	fixture_full(fixture_at("r.db"));
	site_good(fixture_at("r.db"));
	assert_true(fixture_holds(page, "__pte_alloc=17"));
	assert_true(fixture_holds(page, "flush_tlb_mm_range=33"));
	assert_true(fixture_holds(page, "no cache, no TLB"));
	assert_true(fixture_holds(page, "512,280"));
}

static void no_link_is_dead(void **state)
{
	(void)state;
	fixture_full(fixture_at("r.db"));
	site_good(fixture_at("r.db"));
	pages_each(fixture_at("site"), page_check_links);
	page_check_links(fixture_at("site/index.html"));
}

static void hostile_names_are_escaped_and_run_nothing(void **state)
{
	(void)state;
	fixture_hostile(fixture_at("r.db"));
	site_good(fixture_at("r.db"));
	pages_each(fixture_at("site"), page_check_escapes);
	pages_each(fixture_at("site"), page_check_links);
	assert_true(fixture_holds(fixture_at("site/runs/1.html"), "&lt;script&gt;alert(1)"));
	assert_true(
		fixture_holds(fixture_at("site/comparisons/insn.html"), "&lt;script&gt;alert(1)"));
	assert_int_not_equal(access("pwned", F_OK), 0);
	assert_int_not_equal(access(fixture_at("pwned"), F_OK), 0);
	assert_int_not_equal(access(fixture_at("site/figures/pwned"), F_OK), 0);
	assert_int_not_equal(access("/tmp/pwned.html", F_OK), 0);
}

static void the_same_results_give_the_same_pages(void **state)
{
	char *first, *second;

	(void)state;
	fixture_full(fixture_at("r.db"));
	site_good(fixture_at("r.db"));
	first = fixture_read(fixture_at("site/index.html"));
	site_good(fixture_at("r.db"));
	second = fixture_read(fixture_at("site/index.html"));
	assert_string_equal(first, second);
	free(first);
	free(second);
}

static void a_new_site_replaces_the_old_one_and_leaves_nothing_beside_it(void **state)
{
	(void)state;
	fixture_full(fixture_at("r.db"));
	site_good(fixture_at("r.db"));
	assert_int_equal(file_write(fixture_at("site/runs/old.html"), "x", 1), 0);
	site_good(fixture_at("r.db"));
	assert_int_not_equal(access(fixture_at("site/runs/old.html"), F_OK), 0);
	assert_int_equal(directory_make(fixture_at("only"), 0755), 0);
	assert_int_equal(rename(fixture_at("site"), fixture_at("only/site")), 0);
	assert_int_equal(entries(fixture_at("only")), 1);
}

static void somebody_elses_directory_is_refused_and_kept(void **state)
{
	struct fault fault = { 0 };

	(void)state;
	fixture_empty(fixture_at("r.db"));
	assert_int_equal(directory_make(fixture_at("home"), 0755), 0);
	assert_int_equal(file_write(fixture_at("home/thesis"), "x", 1), 0);
	assert_int_equal(site(fixture_at("r.db"), fixture_at("home"), &fault), -ENOTEMPTY);
	assert_non_null(strstr(fault.text, "not empty"));
	assert_true(fixture_holds(fixture_at("home/thesis"), "x"));
	assert_int_equal(site(fixture_at("r.db"), fixture_at("r.db"), &fault), -ENOTDIR);
	assert_int_equal(directory_make(fixture_at("empty"), 0755), 0);
	assert_int_equal(site(fixture_at("r.db"), fixture_at("empty/"), &fault), 0);
}

static void what_a_killed_one_left_is_cleared_away(void **state)
{
	(void)state;
	fixture_empty(fixture_at("r.db"));
	assert_int_equal(directory_make(fixture_at(".site.new-1-0/runs"), 0755), 0);
	assert_int_equal(file_write(fixture_at(".site.new-1-0/.remapbench-site"), "x", 1), 0);
	assert_int_equal(directory_make(fixture_at(".site.new-notes"), 0755), 0);
	assert_int_equal(file_write(fixture_at(".site.new-notes/mine"), "x", 1), 0);
	site_good(fixture_at("r.db"));
	assert_int_not_equal(access(fixture_at(".site.new-1-0"), F_OK), 0);
	assert_int_equal(access(fixture_at(".site.new-notes/mine"), F_OK), 0);
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

/* How often words occur in a file. */
static size_t occurrences(const char *file, const char *words)
{
	char *content = fixture_read(file);
	size_t count = 0;

	for (const char *at = content; (at = strstr(at, words)); at++)
		count++;
	free(content);
	return count;
}

static void eighty_builds_leave_the_index_usable(void **state)
{
	char *content, *first, *table, *end;

	(void)state;
	lab_history(fixture_at("r.db"));
	site_good(fixture_at("r.db"));
	assert_true(fixture_holds(fixture_at("site/index.html"), "80 builds have been counted"));
	content = fixture_read(fixture_at("site/index.html"));
	first = strstr(content, "id=\"kernels\"");
	table = first ? strstr(first, "<thead>") : NULL;
	end = table ? strstr(table, "</thead>") : NULL;
	assert_non_null(end);
	if (!end)
		abort();
	*end = '\0';
	first = table;
	for (size_t columns = 0; (first = strstr(first, "<th class=\"num\">")); first++)
		assert_true(++columns <= 12);
	free(content);
}

static void the_page_of_steps_has_them_with_their_builds(void **state)
{
	(void)state;
	lab_history(fixture_at("r.db"));
	site_good(fixture_at("r.db"));
	assert_true(fixture_holds(fixture_at("site/index.html"), "href=\"steps.html\""));
	assert_true(fixture_holds(fixture_at("site/steps.html"), "6.16.18 → 6.17.3"));
	assert_true(fixture_holds(fixture_at("site/steps.html"), "errno 14 → 0"));
	/* No step from one compiler's builds to the other's: three percent, in every cell. */
	assert_int_equal(occurrences(fixture_at("site/steps.html"), "<tr><th class=\"key pin\">"),
			 4);
	pages_each(fixture_at("site"), page_check_links);
}

static void a_run_in_no_figure_says_why(void **state)
{
	(void)state;
	lab_kernels(fixture_at("r.db"));
	site_good(fixture_at("r.db"));
	assert_true(fixture_holds(fixture_at("site/runs/8.html"), "in no figure"));
	assert_true(fixture_holds(fixture_at("site/index.html"), "<span class=\"mark bad\">"));
	assert_false(fixture_holds(fixture_at("site/runs/7.html"), "in no figure"));
	assert_true(fixture_holds(fixture_at("site/index.html"), "relocation-insn-run6.svg"));
	assert_true(fixture_holds(fixture_at("site/index.html"), "ablation-insn-run1.svg"));
	assert_int_not_equal(access(fixture_at("site/figures/relocation-insn-run8.svg"), F_OK), 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_empty_database_says_what_to_run, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test_setup_teardown(the_index_tells_what_is_there, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test_setup_teardown(a_run_has_its_page, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test_setup_teardown(a_cell_has_its_page_with_its_path, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test_setup_teardown(no_link_is_dead, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(hostile_names_are_escaped_and_run_nothing,
						fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(the_same_results_give_the_same_pages,
						fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			a_new_site_replaces_the_old_one_and_leaves_nothing_beside_it,
			fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(somebody_elses_directory_is_refused_and_kept,
						fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(what_a_killed_one_left_is_cleared_away,
						fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(eighty_builds_leave_the_index_usable,
						fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(the_page_of_steps_has_them_with_their_builds,
						fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(a_run_in_no_figure_says_why, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test(different_keys_have_different_slugs),
	};

	/* test_site DATABASE DIRECTORY: the made-up dashboard, to look at. */
	if (argc == 3) {
		struct fault fault = { 0 };

		fixture_full(argv[1]);
		return site(argv[1], argv[2], &fault) ? 1 : 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
