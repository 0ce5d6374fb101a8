// SPDX-License-Identifier: GPL-2.0-only
/* chart_folio: moving THPs against moving small folios. */
#include "plots/chart.h"

static int fill(struct source *source, const struct run_info *run, struct figure *figure,
		struct fault *fault)
{
	static const struct chart_pair pair = {
		.param = "folio",
		.first = "4K",
		.second = "2M",
		.first_name = "4K folios",
		.second_name = "2M folios (THP)",
		.fixed = "fill",
		.fixed_value = "100",
	};

	figure_words(figure, &figure->x_label, "%s", "size and alignment (populated)");
	figure_words(figure, &figure->note, "%s",
		     "Points are medians, bars the quartiles; ×: 2M folios to 4K folios.");
	return chart_fill_pairs(source, run, &pair, figure, fault);
}

const struct chart chart_folio = {
	.name = "folio",
	.title = "THP against small folios",
	.asks = "What does it cost to move 2M folios instead of 4K ones, and to split them?",
	.needs = "move/* with fill=100, both folio=4K and folio=2M",
	.make = "remapbench run",
	.kind = FIGURE_PAIRS,
	.fill = fill,
};
