// SPDX-License-Identifier: GPL-2.0-only
/*
 * chart_mthp: the same memory in folios of 4K to 1M, all mapped by PTEs: a control, since x86 moves
 * each PTE by itself whatever folio it belongs to.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/chart.h"

#define FOLIO(size)                         \
	{                                   \
		"100", size, size, "", size \
	}

static const struct chart_place folios[] = { FOLIO("4K"),   FOLIO("16K"),  FOLIO("32K"),
					     FOLIO("64K"),  FOLIO("128K"), FOLIO("256K"),
					     FOLIO("512K"), FOLIO("1M") };
enum { FOLIOS = sizeof(folios) / sizeof(*folios) };

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
	/* Without another size than 4K there is nothing to compare. */
	const struct chart_places places = { chart_aligns, chart_align_count, folios, FOLIOS, 1,
					     FOLIOS };

	(void)fault;
	figure->relative = true;
	figure_words(figure, &figure->x_label, "%s", "folio size (32M, populated, mapped by PTEs)");
	chart_fill_places(source, run, &places, figure);
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
