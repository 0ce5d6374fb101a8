// SPDX-License-Identifier: GPL-2.0-only
/* test_lab: the figures of many kernels: a history of builds, relocation, ablation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/files.h"
#include "plots/chart.h"
#include "plots/draw.h"
#include "plots/gnuplot.h"
#include "plots/panels_layout.h"
#include "plots/tests/fixture.h"
#include "plots/tests/lab.h"

#define GOLDEN "plots/tests/golden/lab-"

static char *directory;

static int begin(void **state)
{
	(void)state;
	directory = fixture_begin();
	lab_history(fixture_path(directory, "h.db"));
	lab_kernels(fixture_path(directory, "k.db"));
	return 0;
}

static int end(void **state)
{
	(void)state;
	fixture_end(directory);
	return 0;
}

static void draw(const char *database, const char *chart, const struct chart_choice *choice,
		 struct figure_list *figures)
{
	struct source *source;
	struct fault fault = { 0 };

	*figures = (struct figure_list){ 0 };
	if (source_open(fixture_path(directory, database), &source, &fault) ||
	    chart_draw(chart_find(chart), source, choice, figures, &fault))
		fail_msg("%s", fault.text);
	source_close(source);
}

static void draw_all(const char *database, const char *chart, struct figure_list *figures)
{
	draw(database, chart, &(struct chart_choice){ 0 }, figures);
}

static void scripts_and_data_are_the_goldens(void **state)
{
	static const struct {
		const char *database, *chart;
	} rows[] = { { "h.db", "kernels" }, { "k.db", "relocation" }, { "k.db", "ablation" } };
	char version[64], *kept = fixture_read("plots/tests/golden/gnuplot.version");

	(void)state;
	gnuplot_version(version, sizeof(version));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		static const char *const endings[] = { "gp", "csv", "svg" };
		struct figure_list figures;
		struct fault fault = { 0 };
		struct draw_job job = { .output_count = 2, .dark = { false, true } };
		char name[300];

		draw_all(rows[i].database, rows[i].chart, &figures);
		assert_true(figures.count > 0);
		job.figure = &figures.items[0];
		snprintf(job.stem, sizeof(job.stem), "%s", figures.items[0].slug);
		snprintf(job.files[0], sizeof(job.files[0]), "%.200s.svg", job.stem);
		snprintf(job.files[1], sizeof(job.files[1]), "%.200s-dark.svg", job.stem);
		if (draw_figures(directory, &job, 1, &fault))
			fail_msg("%s", fault.text);
		for (size_t e = 0; e < 3; e++) {
			snprintf(name, sizeof(name), "%s.%s", job.stem, endings[e]);
			if (e < 2 || strcmp(version, kept) == 0)
				fixture_same_as_golden(directory, GOLDEN, name);
		}
		figure_list_free(&figures);
	}
	free(kept);
}

/* There is one. */
static const struct figure *only(const struct figure_list *figures)
{
	assert_int_equal(figures->count, 1);
	if (!figures->items)
		abort();
	return figures->items;
}

static const struct figure_value *value_of(const struct figure *figure, const char *series,
					   const char *cell, size_t panel)
{
	for (size_t i = 0; i < figure->value_count; i++)
		if (strcmp(figure->series[figure->values[i].series].name, series) == 0 &&
		    figure->series[figure->values[i].series].panel == panel &&
		    strcmp(figure->values[i].cell, cell) == 0)
			return &figure->values[i];
	fail_msg("%s has no %s", series, cell);
	return NULL;
}

static void steps_are_marked_within_one_compiler_s_builds(void **state)
{
	size_t refused = 0, steps = 0;
	struct figure_list figures;
	const struct figure *figure;

	(void)state;
	draw_all("h.db", "kernels", &figures);
	figure = only(&figures);
	assert_int_equal(figure->place_count, 80);
	for (size_t i = 0; i < figure->value_count; i++) {
		const struct figure_value *value = &figure->values[i];

		if (!value->mark[0])
			continue;
		steps++;
		refused += !strncmp(value->mark, "no longer refused", 17);
		/* Not between the two of 6.12, which take turns. */
		if (!strstr(value->mark, " at 6.17.3") && !strstr(value->mark, " at 6.12.43"))
			fail_msg("%s", value->mark);
	}
	assert_int_equal(refused, 1);
	assert_true(steps >= 3);
	figure_list_free(&figures);
}

static void any_cells_can_be_asked_for_and_of_some_kernels(void **state)
{
	static const char *const globs[] = { "move/*/folio=64K/*" };
	const struct chart_choice choice = { .cells = globs,
					     .cell_count = 1,
					     .kernels = "*6.12.*" };
	struct figure_list figures;

	(void)state;
	draw("h.db", "kernels", &choice, &figures);
	(void)only(&figures);
	assert_int_equal(figures.items[0].place_count, 36);
	assert_int_equal(figures.items[0].panel_count, 1);
	assert_string_equal(figures.items[0].command,
			    "remapbench plot kernels -c 'move/*/folio=64K/*' -k '*6.12.*'");
	figure_list_free(&figures);
}

static bool labels_touch(const struct panel_label *a, const struct panel_label *b)
{
	double width = 6 * (double)(strlen(a->words) + strlen(b->words)) / 2;

	return !a->upright && !b->upright && a->x - b->x < width - 8 && b->x - a->x < width - 8 &&
	       a->y - b->y < 11 && b->y - a->y < 11;
}

static void eighty_builds_have_names_that_do_not_touch(void **state)
{
	struct figure_list figures;
	struct panels_layout layout;
	size_t named = 0, last = SIZE_MAX;

	(void)state;
	draw_all("h.db", "kernels", &figures);
	panels_layout_make(&figures.items[0], &layout);
	assert_false(layout.failed);
	for (size_t i = 0; i < 80; i++) {
		if (!layout.named[i])
			continue;
		named++;
		if (last != SIZE_MAX)
			assert_true(panels_x(&figures.items[0], &layout, (double)i) -
					    panels_x(&figures.items[0], &layout, (double)last) >=
				    13);
		last = i;
	}
	assert_true(named >= 20 && named < 80);
	for (size_t p = 0; p < figures.items[0].panel_count; p++)
		for (size_t a = 0; a < layout.panels[p].label_count; a++)
			for (size_t b = 0; b < a; b++)
				assert_false(labels_touch(&layout.panels[p].labels[a],
							  &layout.panels[p].labels[b]));
	panels_layout_free(&layout);
	figure_list_free(&figures);
}

#define RELOCATE "relocate/flags=%d/size=2M/fill=100/folio=4K/pages=%s/beside=%s"

static void what_must_refused_is_a_gap_with_its_reason(void **state)
{
	struct figure_list figures;
	const struct figure_value *value;
	char cell[128];

	(void)state;
	draw_all("k.db", "relocation", &figures);
	(void)only(&figures); /* neither the debug kernel's nor the plain one's */
	snprintf(cell, sizeof(cell), RELOCATE, 16, "forked", "neighbours");
	value = value_of(only(&figures), "MUST_RELOCATE (16)", cell, 0);
	assert_false(value->shown);
	assert_string_equal(value->status, "refused");
	assert_non_null(strstr(value->reason, "EFAULT"));
	snprintf(cell, sizeof(cell), RELOCATE, 8, "owned", "nothing");
	value = value_of(only(&figures), "RELOCATE (8)", cell, 0);
	assert_true(value->shown && value->median > 9 && value->median < 10);
	assert_string_equal(value->unit, "times");
	assert_non_null(strstr(figures.items[0].note, "passed over"));
	figure_list_free(&figures);
}

static void a_kernel_booted_to_relocate_always_is_a_series_beside_it(void **state)
{
	struct figure_list figures;
	const struct figure_value *value;
	char cell[128];

	(void)state;
	draw_all("k.db", "relocation", &figures);
	snprintf(cell, sizeof(cell), RELOCATE, 0, "owned", "nothing");
	value = value_of(only(&figures), "booted with relocation always", cell, 0);
	assert_true(value->shown && value->median > 9); /* flags=0, and as dear as with the flag */
	value = value_of(only(&figures), "ordinary move", cell, 1);
	assert_true(value->shown && value->median < 40);
	figure_list_free(&figures);
}

static void each_optimisation_has_the_cells_in_which_it_shows(void **state)
{
	struct figure_list figures;
	const struct figure *figure;
	const struct figure_value *value;

	(void)state;
	draw_all("k.db", "ablation", &figures);
	figure = only(&figures);
	for (size_t i = 0; i < figure->value_count; i++) {
		assert_null(strstr(figure->values[i].cell, "floor/"));
		assert_null(strstr(figure->values[i].cell, "folio=2M"));
	}
	value = value_of(figure, "without it",
			 "move/size=32M/align=pmd"
			 "/fill=100/folio=4K/type=anon",
			 0);
	assert_true(value->shown && value->median == 16);
	figure_list_free(&figures);
}

static void a_database_without_such_runs_has_no_such_figure(void **state)
{
	struct figure_list figures;

	(void)state;
	draw_all("h.db", "relocation", &figures);
	assert_int_equal(figures.count, 0);
	draw_all("h.db", "ablation", &figures);
	assert_int_equal(figures.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scripts_and_data_are_the_goldens),
		cmocka_unit_test(steps_are_marked_within_one_compiler_s_builds),
		cmocka_unit_test(any_cells_can_be_asked_for_and_of_some_kernels),
		cmocka_unit_test(eighty_builds_have_names_that_do_not_touch),
		cmocka_unit_test(what_must_refused_is_a_gap_with_its_reason),
		cmocka_unit_test(a_kernel_booted_to_relocate_always_is_a_series_beside_it),
		cmocka_unit_test(each_optimisation_has_the_cells_in_which_it_shows),
		cmocka_unit_test(a_database_without_such_runs_has_no_such_figure),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
