// SPDX-License-Identifier: GPL-2.0-only
/* test_matrix: charts and pages of runs as wide as suites get: each takes what it is about. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/files.h"
#include "plots/chart.h"
#include "plots/draw.h"
#include "plots/gnuplot.h"
#include "plots/site.h"
#include "plots/tests/fixture.h"
#include "plots/tests/matrix.h"

#define GOLDEN "plots/tests/golden/"

static char *directory;
static struct source *source;
static struct figure_list figures;

/* One database for all tests here: none of them writes to it. */
static int begin(void **state)
{
	struct chart_choice every = { 0 };
	struct fault fault = { 0 };

	(void)state;
	directory = fixture_begin();
	matrix_write(fixture_path(directory, "m.db"));
	if (source_open(fixture_path(directory, "m.db"), &source, &fault))
		fail_msg("%s", fault.text);
	for (size_t i = 0; i < chart_count; i++)
		if (chart_draw(charts[i], source, &every, &figures, &fault))
			fail_msg("%s", fault.text);
	return 0;
}

static int end(void **state)
{
	(void)state;
	figure_list_free(&figures);
	source_close(source);
	fixture_end(directory);
	return 0;
}

static const struct figure *find(const char *slug)
{
	for (size_t i = 0; i < figures.count; i++)
		if (strcmp(figures.items[i].slug, slug) == 0)
			return &figures.items[i];
	fail_msg("there is no figure %s", slug);
	return NULL;
}

static bool has_figure(const char *slug)
{
	for (size_t i = 0; i < figures.count; i++)
		if (strcmp(figures.items[i].slug, slug) == 0)
			return true;
	return false;
}

static void scripts_and_data_of_a_wide_run_are_the_goldens(void **state)
{
	static const char *const slugs[] = { "mthp-insn-run2", "population-insn-run2",
					     "fill-insn-run3" };
	static const char *const endings[] = { "gp", "csv", "svg" };
	char version[64], *kept = fixture_read(GOLDEN "gnuplot.version");

	(void)state;
	gnuplot_version(version, sizeof(version));
	for (size_t i = 0; i < sizeof(slugs) / sizeof(*slugs); i++) {
		struct draw_job job = { .figure = find(slugs[i]),
					.format = FIGURE_SVG,
					.output_count = 2,
					.dark = { false, true } };
		struct fault fault = { 0 };
		char name[128];

		snprintf(job.stem, sizeof(job.stem), "%s", slugs[i]);
		snprintf(job.files[0], sizeof(job.files[0]), "%s.svg", slugs[i]);
		snprintf(job.files[1], sizeof(job.files[1]), "%s-dark.svg", slugs[i]);
		if (draw_figures(directory, &job, 1, &fault))
			fail_msg("%s", fault.text);
		for (size_t e = 0; e < 3; e++) {
			snprintf(name, sizeof(name), "%s.%s", slugs[i], endings[e]);
			if (e < 2 || strcmp(version, kept) == 0)
				fixture_same_as_golden(directory, GOLDEN "matrix-", name);
		}
	}
	free(kept);
}

static void charts_take_only_what_they_are_about(void **state)
{
	static const struct {
		const char *chart, *never[9];
	} rows[] = {
		{ "size", { "fill=0/", "folio=2M", "folio=1", "pmd1", "prefix", "_" } },
		{ "kernels",
		  { "fill=0/", "folio=1", "pmd1", "prefix", "align=pmd/fill=100/folio=2M" } },
		{ "fill", { "folio=2M", "folio=1", "pmd1", "prefix", "random", "_" } },
		{ "population", { "folio=2M", "folio=1", "mutual", "_" } },
		{ "folio", { "2Mptes", "2Mhalf", "folio=1", "fill=0/", "prefix", "_" } },
		{ "mthp", { "folio=2M", "fill=0/", "prefix", "_" } },
	};

	(void)state;
	for (size_t f = 0; f < figures.count; f++)
		for (size_t v = 0; v < figures.items[f].value_count; v++) {
			const char *cell = figures.items[f].values[v].cell;
			const char *slug = figures.items[f].slug;

			if (!cell[0])
				continue;
			if (strncmp(cell, "multi_vma/", 10) != 0 &&
			    (strncmp(cell, "move/", 5) != 0 || !strstr(cell, "/type=anon")))
				fail_msg("%s has %s", slug, cell);
			for (size_t r = 0; r < sizeof(rows) / sizeof(*rows); r++)
				for (size_t n = 0; n < 9 && rows[r].never[n]; n++)
					if (strncmp(slug, rows[r].chart, strlen(rows[r].chart)) ==
						    0 &&
					    strstr(cell, rows[r].never[n]))
						fail_msg("%s has %s", slug, cell);
		}
}

static void no_place_has_two_values_of_a_series(void **state)
{
	(void)state;
	for (size_t f = 0; f < figures.count; f++) {
		const struct figure *figure = &figures.items[f];

		assert_true(figure->place_count <= 16);
		for (size_t v = 1; v < figure->value_count; v++)
			if (figure->values[v].series == figure->values[v - 1].series &&
			    figure->values[v].x == figure->values[v - 1].x)
				fail_msg("%s: %s and %s", figure->slug, figure->values[v - 1].cell,
					 figure->values[v].cell);
	}
}

static void mthp_says_how_far_it_is_from_4k(void **state)
{
	const struct figure *figure = find("mthp-insn-run2");
	struct text script = { 0 }, caption = { 0 };
	const struct figure_output output = { "x.svg", FIGURE_SVG, false };

	(void)state;
	assert_int_equal(figure->series_count, 3);
	assert_int_equal(figure->place_count, 8);
	assert_non_null(strstr(figure->note, "the largest is +0.098% (unaligned, 128K)"));
	figure_script(figure, &output, 1, &script);
	assert_non_null(strstr(text_get(&script), "'+0.098%'"));
	assert_non_null(strstr(text_get(&script), "'±0'"));
	assert_non_null(strstr(text_get(&script), "'+3'"));
	figure_caption(figure, 10, &caption);
	assert_non_null(strstr(text_get(&caption), "page 3 is in a folio of order 0"));
	text_free(&script);
	text_free(&caption);
	/* A kernel without such folios has nothing to compare: no figure, rather than 4K alone. */
	assert_false(has_figure("mthp-insn-run1"));
}

/* Run 3 is newer and has the sizes, but neither small THPs nor sparse memory. */
static void each_chart_takes_the_newest_run_that_has_its_cells(void **state)
{
	(void)state;
	assert_true(has_figure("size-insn-run3"));
	assert_true(has_figure("fill-insn-run3"));
	assert_true(has_figure("population-insn-run2"));
	assert_false(has_figure("population-insn-run3"));
	assert_false(has_figure("mthp-insn-run3"));
}

static const char *site_file(const char *name)
{
	static bool made;
	struct fault fault = { 0 }, warning = { 0 };

	if (!made && site_write(source, NULL, fixture_path(directory, "site"), &warning, &fault))
		fail_msg("%s", fault.text);
	made = true;
	assert_string_equal(warning.text, "");
	return fixture_path(fixture_path(directory, "site"), name);
}

static void says(const char *name, const char *const *words, bool wanted)
{
	char *page = fixture_read(site_file(name));

	for (; *words; words++)
		if (!strstr(page, *words) == wanted)
			fail_msg("%s %s: %s", name, wanted ? "does not say" : "says", *words);
	free(page);
}

static void a_wide_run_is_shown_by_bench_and_folded(void **state)
{
	static const char *const words[] = {
		"<a href=\"#bench-move\">move&nbsp;",
		"<details class=\"bench\" id=\"bench-relocate\"><summary>",
		"52 cells, 52 without a value",
		"no MREMAP_RELOCATE_ANON: EINVAL",
		"page 3 is in a folio of order 0",
		"errno=0 vmas=2",
		"errno=22 (EINVAL) vmas=",
		NULL
	};
	/* Neither functions nor outcomes are costs. */
	static const char *const never[] = { "outcome:", "fn:", "watched_function", " open>",
					     NULL };

	(void)state;
	says("runs/2.html", words, true);
	says("runs/2.html", never, false);
	says("index.html", never, false);
}

static void a_cell_says_what_was_left_behind_and_what_was_claimed(void **state)
{
	static const char *const words[] = {
		"id=\"outcomes\"",	"vmas=", "errno=0", "__pte_alloc=17",
		"watched_function_4=1", NULL
	};
	static const char *const never[] = { "watched_function_9", "outcome:", NULL };
	static const char *const none[] = { "no folios of this size: ENOENT", "not measured",
					    NULL };
	static const char *const name =
		"cells/move_size.2M_align.unaligned_fill.100_folio.4K_type.anon.html";

	(void)state;
	says(name, words, true);
	says(name, never, false);
	says("cells/move_size.32M_align.unaligned_fill.100_folio.512K_type.anon.html", none, true);
}

static void links_within_a_page_lead_somewhere(void **state)
{
	static const char *const pages[] = { "index.html", "runs/1.html", "runs/3.html" };

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		char *page = fixture_read(site_file(pages[i])), id[300];

		for (const char *at = page; (at = strstr(at, "href=\"#"));) {
			at += strlen("href=\"#");
			snprintf(id, sizeof(id), "id=\"%.*s\"", (int)strcspn(at, "\""), at);
			if (!strstr(page, id))
				fail_msg("%s has no %s", pages[i], id);
		}
		free(page);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scripts_and_data_of_a_wide_run_are_the_goldens),
		cmocka_unit_test(charts_take_only_what_they_are_about),
		cmocka_unit_test(no_place_has_two_values_of_a_series),
		cmocka_unit_test(mthp_says_how_far_it_is_from_4k),
		cmocka_unit_test(each_chart_takes_the_newest_run_that_has_its_cells),
		cmocka_unit_test(a_wide_run_is_shown_by_bench_and_folded),
		cmocka_unit_test(a_cell_says_what_was_left_behind_and_what_was_claimed),
		cmocka_unit_test(links_within_a_page_lead_somewhere),
	};

	/* test_matrix DATABASE: the made-up runs, to look at. */
	if (argc == 2) {
		matrix_write(argv[1]);
		return 0;
	}
	return cmocka_run_group_tests(tests, begin, end);
}
