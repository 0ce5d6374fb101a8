// SPDX-License-Identifier: GPL-2.0-only
/* chart_places: moving 32 MiB by what they are made of, a series for each alignment. */
#include "plots/chart.h"

static const struct cell_summary *cost_of(struct source *source, const struct run_info *run,
					  const char *align, const struct chart_place *place,
					  const char **cell)
{
	*cell = chart_cell(source, run, "32M", align, place->fill, place->folio);
	return *cell ? source_cost(source, run, *cell) : NULL;
}

void chart_fill_places(struct source *source, const struct run_info *run,
		       const struct chart_places *places, struct figure *figure)
{
	const struct chart_place *items = places->items;
	const char *cell;

	for (size_t i = 0; i < places->count; i++)
		figure_place_add(figure, items[i].name, items[i].group);
	for (size_t a = 0; a < places->align_count; a++) {
		const char *align = places->aligns[a].name;
		bool measured = false;
		size_t series;

		for (size_t i = places->first; i < places->end && !measured; i++)
			measured = summary_usable(cost_of(source, run, align, &items[i], &cell));
		if (!measured)
			continue;
		series = figure_series_add(figure, align, places->aligns[a].hue);
		for (size_t i = 0; i < places->count; i++) {
			const struct cell_summary *cost =
				cost_of(source, run, align, &items[i], &cell);

			figure_value_add(figure, series, (double)i, items[i].word, cell ? cell : "",
					 run, cost);
		}
	}
}
