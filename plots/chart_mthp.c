// SPDX-License-Identifier: GPL-2.0-only
/*
 * chart_mthp: the same memory in folios of 4K to 1M, all mapped by PTEs: a control, since x86 moves
 * each PTE by itself whatever folio it belongs to.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/chart.h"

static const char *const folios[] = { "4K", "16K", "32K", "64K", "128K", "256K", "512K", "1M" };
enum { FOLIOS = sizeof(folios) / sizeof(*folios) };

static const char *mthp_cell(struct source *source, const struct run_info *run, const char *align,
			     size_t folio)
{
	return chart_cell(source, run, "32M", align, "100", folios[folio]);
}

/* Without another size than 4K there is nothing to compare. */
static bool is_measured(struct source *source, const struct run_info *run, const char *align)
{
	for (size_t i = 1; i < FOLIOS; i++) {
		const char *cell = mthp_cell(source, run, align, i);

		if (cell && summary_usable(source_cost(source, run, cell)))
			return true;
	}
	return false;
}

/* The largest difference to 4K folios, in words. */
static void note_add(struct figure *figure)
{
	const struct figure_value *most = NULL, *base = NULL;
	double largest = 0;

	for (size_t i = 0; i < figure->value_count; i++) {
		const struct figure_value *value = &figure->values[i];

		if (value->x == 0)
			base = value->shown ? value : NULL;
		if (!base || !value->shown || value->x == 0)
			continue;
		if (!most || fabs(value->median / base->median - 1) > fabs(largest)) {
			most = value;
			largest = value->median / base->median - 1;
		}
	}
	figure_words(figure, &figure->note,
		     "Points are medians, bars the quartiles. Numbers: difference to 4K folios, "
		     "in %% (below 0.01%%: in the axis' unit)");
	if (most && largest != 0)
		figure_words(figure, &figure->note, "%s; the largest is %+.2g%% (%s, %s).",
			     figure->note, largest * 100, figure->series[most->series].name,
			     most->place);
	else
		figure_words(figure, &figure->note, "%s; there is none.", figure->note);
}

static int fill(struct source *source, const struct run_info *run, struct figure *figure,
		struct fault *fault)
{
	(void)fault;
	figure->relative = true;
	figure_words(figure, &figure->x_label, "%s", "folio size (32M, populated, mapped by PTEs)");
	for (size_t i = 0; i < FOLIOS; i++)
		figure_place_add(figure, folios[i], "");
	for (size_t a = 0; a < chart_align_count; a++) {
		const char *align = chart_aligns[a].name;
		size_t series;

		if (!is_measured(source, run, align))
			continue;
		series = figure_series_add(figure, align, chart_aligns[a].hue);
		for (size_t i = 0; i < FOLIOS; i++) {
			const char *cell = mthp_cell(source, run, align, i);

			figure_value_add(figure, series, (double)i, folios[i], cell ? cell : "",
					 run, cell ? source_cost(source, run, cell) : NULL);
		}
	}
	note_add(figure);
	return 0;
}

const struct chart chart_mthp = {
	.name = "mthp",
	.title = "Folio sizes below the PMD: a control",
	.asks = "Does the folio size matter where pages are mapped by PTEs? On x86 it should not: "
		"each PTE is moved by itself.",
	.needs = "move/size=32M with fill=100 and folio=4K to 1M, on a kernel with mTHP (6.8 on)",
	.make = "remapbench run -s full -i insn -k KERNEL -c 'move/size=32M/*/fill=100/*'",
	.kind = FIGURE_NAMES,
	.fill = fill,
};
