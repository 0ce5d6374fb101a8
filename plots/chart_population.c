// SPDX-License-Identifier: GPL-2.0-only
/* chart_population: what moving 32 MiB costs by how many of its pages are there, and where. */
#include "plots/chart.h"

static const struct chart_place fills[] = {
	{ "0", "4K", "none", "", "none" },
	{ "pmd1", "4K", "1/PMD", "", "1 a PMD" },
	{ "10prefix", "4K", "10%", "first", "first 10%" },
	{ "50prefix", "4K", "50%", "first", "first 50%" },
	{ "10stride", "4K", "10%", "stride", "stride 10%" },
	{ "50stride", "4K", "50%", "stride", "stride 50%" },
	{ "10random", "4K", "10%", "random", "random 10%" },
	{ "50random", "4K", "50%", "random", "random 50%" },
	{ "100", "4K", "all", "", "all" },
};
enum { FILLS = sizeof(fills) / sizeof(*fills) };

static int fill(struct source *source, const struct run_info *run, struct figure *figure,
		struct fault *fault)
{
	static const struct chart_align aligns[] = { { "pmd", HUE_PMD },
						     { "unaligned", HUE_UNALIGNED } };

	/* Without one that is neither empty nor full, it is the fill chart's matter. */
	const struct chart_places places = { aligns, sizeof(aligns) / sizeof(*aligns),
					     fills,  FILLS,
					     1,	     FILLS - 1 };

	(void)fault;
	figure_words(figure, &figure->x_label, "%s", "pages that are there (32M, 4K folios)");
	figure_words(figure, &figure->note, "%s",
		     "Points are medians, bars the quartiles; ×: unaligned to pmd.");
	chart_fill_places(source, run, &places, figure);
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
