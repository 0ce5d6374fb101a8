// SPDX-License-Identifier: GPL-2.0-only
/* chart_size: what moving costs against how much is moved, a line for each alignment. */
#include <string.h>

#include "plots/chart.h"

static int fill(struct source *source, const struct run_info *run, struct figure *figure,
		struct fault *fault)
{
	const char *const *cells;
	size_t cell_count;
	int err = source_cells(source, run, &cells, &cell_count, fault);

	if (err)
		return err;
	figure_words(figure, &figure->x_label, "%s", "size moved (4K folios, populated)");
	for (size_t a = 0; a < chart_align_count; a++) {
		size_t series =
			figure_series_add(figure, chart_aligns[a].name, chart_aligns[a].hue);

		for (size_t i = 0; i < cell_count; i++) {
			char size[32];
			uint64_t bytes;

			if (!cell_is(cells[i], "align", chart_aligns[a].name) ||
			    !cell_is(cells[i], "fill", "100") ||
			    !cell_is(cells[i], "folio", "4K") ||
			    size_parse(cell_param(cells[i], "size", size, sizeof(size)), &bytes) ||
			    !bytes)
				continue;
			figure_value_add(figure, series, (double)bytes, size, cells[i], run,
					 source_cost(source, run, cells[i]));
		}
	}
	chart_floor(source, run, figure);
	return 0;
}

const struct chart chart_size = {
	.name = "size",
	.title = "What one mremap costs, by size and alignment",
	.asks = "How does the cost grow with the size, and what does each alignment save?",
	.needs = "move/* with fill=100 and folio=4K; floor/* for the floor",
	.make = "remapbench run",
	.kind = FIGURE_SIZES,
	.fill = fill,
};
