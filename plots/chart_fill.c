// SPDX-License-Identifier: GPL-2.0-only
/* chart_fill: moving populated memory against moving empty address space. */
#include "plots/chart.h"

static int fill(struct source *source, const struct run_info *run, struct figure *figure,
		struct fault *fault)
{
	static const struct chart_pair pair = {
		.param = "fill",
		.first = "0",
		.second = "100",
		.first_name = "unpopulated",
		.second_name = "populated",
		.fixed = "folio",
		.fixed_value = "4K",
	};

	figure_words(figure, &figure->x_label, "%s", "size and alignment (4K folios)");
	figure_words(figure, &figure->note, "%s",
		     "Points are medians, bars the quartiles; ×: populated to unpopulated.");
	return chart_fill_pairs(source, run, &pair, figure, fault);
}

const struct chart chart_fill = {
	.name = "fill",
	.title = "Populated against unpopulated",
	.asks = "How much of the cost is moving page tables, how much the call itself?",
	.needs = "move/* with folio=4K, both fill=0 and fill=100",
	.make = "remapbench run",
	.kind = FIGURE_PAIRS,
	.fill = fill,
};
