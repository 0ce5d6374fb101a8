// SPDX-License-Identifier: GPL-2.0-only
/* chart_population: what moving 32 MiB costs by how many of its pages are there, and where. */
#include <string.h>

#include "plots/chart.h"

static const struct {
	const char *fill, *name, *group, *place;
} fills[] = {
	{ "0", "none", "", "none" },
	{ "pmd1", "1/PMD", "", "1 a PMD" },
	{ "10prefix", "10%", "first", "first 10%" },
	{ "50prefix", "50%", "first", "first 50%" },
	{ "10stride", "10%", "stride", "stride 10%" },
	{ "50stride", "50%", "stride", "stride 50%" },
	{ "10random", "10%", "random", "random 10%" },
	{ "50random", "50%", "random", "random 50%" },
	{ "100", "all", "", "all" },
};
enum { FILLS = sizeof(fills) / sizeof(*fills) };

static const struct cell_summary *cost_of(struct source *source, const struct run_info *run,
					  const char *align, size_t which, const char **cell)
{
	*cell = chart_cell(source, run, "32M", align, fills[which].fill, "4K");
	return *cell ? source_cost(source, run, *cell) : NULL;
}

/* Without one that is neither empty nor full, it is the fill chart's matter. */
static bool is_measured(struct source *source, const struct run_info *run, const char *align)
{
	const char *cell;

	for (size_t i = 1; i + 1 < FILLS; i++)
		if (summary_usable(cost_of(source, run, align, i, &cell)))
			return true;
	return false;
}

static int fill(struct source *source, const struct run_info *run, struct figure *figure,
		struct fault *fault)
{
	static const struct chart_align aligns[] = { { "pmd", HUE_PMD },
						     { "unaligned", HUE_UNALIGNED } };

	(void)fault;
	figure_words(figure, &figure->x_label, "%s", "pages that are there (32M, 4K folios)");
	figure_words(figure, &figure->note, "%s",
		     "Points are medians, bars the quartiles; ×: unaligned to pmd.");
	for (size_t i = 0; i < FILLS; i++)
		figure_place_add(figure, fills[i].name, fills[i].group);
	for (size_t a = 0; a < sizeof(aligns) / sizeof(*aligns); a++) {
		size_t series;

		if (!is_measured(source, run, aligns[a].name))
			continue;
		series = figure_series_add(figure, aligns[a].name, aligns[a].hue);
		for (size_t i = 0; i < FILLS; i++) {
			const char *cell;
			const struct cell_summary *summary =
				cost_of(source, run, aligns[a].name, i, &cell);

			figure_value_add(figure, series, (double)i, fills[i].place,
					 cell ? cell : "", run, summary);
		}
	}
	return 0;
}

const struct chart chart_population = {
	.name = "population",
	.title = "Cost by how much is populated, and where",
	.asks = "What is paid by the page, what by the page table, and does it matter where the "
		"pages are?",
	.needs = "move/size=32M with folio=4K and align=pmd or unaligned, over the values of fill",
	.make = "remapbench run -s full -i insn -k KERNEL -c 'move/size=32M/*/folio=4K/type=anon'",
	.kind = FIGURE_PAIRS,
	.fill = fill,
};
