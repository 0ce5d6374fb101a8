// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_charts: figures from a database: their scripts and data byte for byte, and nothing run by
 * names.
 */
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
#include "plots/tests/fixture.h"

#define GOLDEN "plots/tests/golden/"

/* All figures of all charts, drawn into the test's folder as STEM.svg and STEM-dark.svg. */
static void draw_all(const char *database, struct figure_list *figures)
{
	struct chart_choice every = { 0 };
	struct fault fault = { 0 };
	struct draw_job *jobs;
	struct source *source;

	*figures = (struct figure_list){ 0 };
	if (source_open(database, &source, &fault))
		fail_msg("%s", fault.text);
	for (size_t i = 0; i < chart_count; i++)
		if (chart_draw(charts[i], source, &every, figures, &fault))
			fail_msg("%s", fault.text);
	source_close(source);
	jobs = calloc(figures->count + 1, sizeof(*jobs));
	assert_non_null(jobs);
	for (size_t i = 0; i < figures->count; i++) {
		jobs[i] = (struct draw_job){ .figure = &figures->items[i],
					     .format = FIGURE_SVG,
					     .output_count = 2,
					     .dark = { false, true } };
		snprintf(jobs[i].stem, sizeof(jobs[i].stem), "%s", figures->items[i].slug);
		snprintf(jobs[i].files[0], 256, "%.200s.svg", figures->items[i].slug);
		snprintf(jobs[i].files[1], 256, "%.200s-dark.svg", figures->items[i].slug);
	}
	if (draw_figures(fixture_folder, jobs, figures->count, &fault))
		fail_msg("%s", fault.text);
	free(jobs);
}

static void scripts_and_data_are_the_goldens(void **state)
{
	static const char *const stems[] = { "size-clock-run4", "size-insn-run2", "kernels-insn",
					     "folio-insn-run2", "fill-clock-run4" };
	static const char *const endings[] = { "gp", "csv", "svg" };
	char version[64], *kept;
	struct figure_list figures;

	(void)state;
	fixture_full(fixture_at("r.db"));
	draw_all(fixture_at("r.db"), &figures);
	gnuplot_version(version, sizeof(version));
	if (getenv("REMAPBENCH_GOLDEN"))
		assert_int_equal(file_write(GOLDEN "gnuplot.version", version, strlen(version)), 0);
	kept = fixture_read(GOLDEN "gnuplot.version");
	for (size_t i = 0; i < sizeof(stems) / sizeof(*stems); i++)
		for (size_t e = 0; e < 3; e++) {
			char name[128];

			snprintf(name, sizeof(name), "%s.%s", stems[i], endings[e]);
			if (e < 2 || strcmp(version, kept) == 0)
				fixture_same_as_golden(fixture_folder, GOLDEN, name);
		}
	free(kept);
	figure_list_free(&figures);
}

static void the_same_input_gives_the_same_bytes(void **state)
{
	struct figure_list figures;
	char *first, *second;

	(void)state;
	fixture_full(fixture_at("r.db"));
	draw_all(fixture_at("r.db"), &figures);
	first = fixture_read(fixture_at("kernels-insn.svg"));
	figure_list_free(&figures);
	draw_all(fixture_at("r.db"), &figures);
	second = fixture_read(fixture_at("kernels-insn.svg"));
	assert_string_equal(first, second);
	figure_list_free(&figures);
	free(first);
	free(second);
}

static const struct figure *find(const struct figure_list *figures, const char *slug)
{
	for (size_t i = 0; i < figures->count; i++)
		if (strcmp(figures->items[i].slug, slug) == 0)
			return &figures->items[i];
	fail_msg("there is no figure %s", slug);
	return NULL;
}

static void a_cell_without_a_value_is_a_gap_with_its_reason(void **state)
{
	struct figure_list figures;
	const struct figure *figure;
	struct text caption = { 0 };
	char *csv;

	(void)state;
	fixture_full(fixture_at("r.db"));
	draw_all(fixture_at("r.db"), &figures);
	figure = find(&figures, "folio-insn-run2");
	assert_int_equal(figure_gaps(figure), 2);
	figure_caption(figure, 10, &caption);
	assert_non_null(strstr(text_get(&caption), "no free 2M folios"));
	assert_non_null(strstr(text_get(&caption), "expected 1 to 1"));
	csv = fixture_read(fixture_at("folio-insn-run2.csv"));
	assert_non_null(strstr(csv, ",,,,,,,,")); /* no number for it, and so no zero */
	for (size_t i = 0; i < figure->value_count; i++)
		if (!figure->values[i].shown)
			assert_true(figure->values[i].median == 0 && figure->values[i].reason[0]);
	free(csv);
	text_free(&caption);
	figure_list_free(&figures);
}

static void a_look_at_one_cell_does_not_replace_a_whole_suite(void **state)
{
	struct figure_list figures;

	(void)state;
	fixture_full(fixture_at("r.db"));
	fixture_narrow(fixture_at("r.db"));
	draw_all(fixture_at("r.db"), &figures);
	find(&figures, "size-insn-run3");
	for (size_t i = 0; i < figures.count; i++)
		assert_null(strstr(figures.items[i].slug, "run6"));
	figure_list_free(&figures);
}

static void an_instrument_without_numbers_has_no_figure(void **state)
{
	struct figure_list figures;

	(void)state;
	fixture_full(fixture_at("r.db"));
	draw_all(fixture_at("r.db"), &figures);
	for (size_t i = 0; i < figures.count; i++)
		assert_null(strstr(figures.items[i].slug, "pmu"));
	/*
	 * Of each usable run a figure of each chart, but for the one that has all kernels in it,
	 * and for population and mthp, whose cells these runs don't have (test_matrix).
	 */
	assert_int_equal(figures.count, 4 * (chart_count - 5) + 1);
	figure_list_free(&figures);
}

static void hostile_names_run_nothing(void **state)
{
	struct figure_list figures;

	(void)state;
	fixture_hostile(fixture_at("r.db"));
	draw_all(fixture_at("r.db"), &figures);
	assert_true(figures.count > 3);
	assert_int_not_equal(access(fixture_at("pwned"), F_OK), 0);
	assert_int_not_equal(access("pwned", F_OK), 0);
	for (size_t i = 0; i < figures.count; i++) {
		char name[256], *svg;

		snprintf(name, sizeof(name), "%.200s.svg", figures.items[i].slug);
		svg = fixture_read(fixture_at(name));
		assert_null(strstr(svg, "<script"));
		assert_null(strchr(svg, '\x1b'));
		free(svg);
	}
	figure_list_free(&figures);
}

static void words_are_quoted_for_gnuplot(void **state)
{
	static const struct {
		const char *words, *quoted;
	} rows[] = {
		{ "plain", "'plain'" },
		{ "it's", "'it’s'" },
		{ "''", "'’’'" },
		{ "`id`", "'’id’'" },
		{ "a\nb\x1b\x7f", "'a b'" },
		{ "\xff", "'\xef\xbf\xbd'" },
		{ "", "''" },
		{ "123456789", "'12345678…'" },
		{ "5%", "'5%'" },
	};
	struct text tick = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct text text = { 0 };

		gnuplot_quote(&text, rows[i].words, 8);
		assert_string_equal(text_get(&text), rows[i].quoted);
		text_free(&text);
	}
	gnuplot_quote_tick(&tick, "5% %d", 4);
	assert_string_equal(text_get(&tick), "'5%% %%…'");
	text_free(&tick);
}

static void gnuplot_that_does_not_end_is_killed(void **state)
{
	struct text script = { 0 };
	struct fault fault = { 0 };

	(void)state;
	text_add(&script, "while (1) { x = 1 }\n");
	assert_int_equal(gnuplot_run(fixture_folder, &script, 0.2, &fault), -62 /* ETIME */);
	assert_non_null(strstr(fault.text, "killed"));
	text_free(&script);
}

static void gnuplot_that_complains_is_heard(void **state)
{
	struct text script = { 0 };
	struct fault fault = { 0 };

	(void)state;
	text_add(&script, "no such thing\n");
	assert_int_equal(gnuplot_run(fixture_folder, &script, 20, &fault), -5 /* EIO */);
	assert_non_null(strstr(fault.text, "invalid command"));
	text_free(&script);
}

static void numbers_are_grouped(void **state)
{
	static const struct {
		double value;
		const char *words;
	} rows[] = { { 0, "0" },
		     { 1234, "1,234" },
		     { 36847.5, "36,847.5" },
		     { 0.96, "1" },
		     { -1234567, "-1,234,567" } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct text text = { 0 };

		number_add(&text, rows[i].value);
		assert_string_equal(text_get(&text), rows[i].words);
		text_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(scripts_and_data_are_the_goldens, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test_setup_teardown(the_same_input_gives_the_same_bytes, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test_setup_teardown(a_cell_without_a_value_is_a_gap_with_its_reason,
						fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(a_look_at_one_cell_does_not_replace_a_whole_suite,
						fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(an_instrument_without_numbers_has_no_figure,
						fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(hostile_names_run_nothing, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test(words_are_quoted_for_gnuplot),
		cmocka_unit_test_setup_teardown(gnuplot_that_does_not_end_is_killed, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test_setup_teardown(gnuplot_that_complains_is_heard, fixture_set_up,
						fixture_tear_down),
		cmocka_unit_test(numbers_are_grouped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
