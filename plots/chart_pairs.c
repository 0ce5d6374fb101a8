// SPDX-License-Identifier: GPL-2.0-only
/*
 * chart_pairs: cells that differ in one parameter, side by side, for the charts that compare two
 * values.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/chart.h"

/*
 * The sizes that stay where a run has more pairs than an axis has room for: each of the steps in
 * which a move goes (a page, a page table, some of them, a PUD), and what is realigned best.
 */
static const char *const main_sizes[] = { "4K", "2M", "3M", "32M", "1G" };
enum { PLACES_MOST = 16 };

struct candidate {
	const char *first, *second; /* the keys */
	uint64_t size;
};

static int size_order(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->size != y->size)
		return x->size < y->size ? -1 : 1;
	return strcmp(x->first, y->first);
}

/* Does b differ from a in the pair's parameter only? */
static bool is_partner(const struct chart_pair *pair, const char *a, const char *b)
{
	static const char *const params[] = { "size", "align", "fill", "folio", "type" };
	char x[64], y[64];

	if (strlen(a) + strlen(pair->second) != strlen(b) + strlen(pair->first))
		return false; /* it has parameters that a has not */
	for (size_t i = 0; i < sizeof(params) / sizeof(*params); i++) {
		cell_param(a, params[i], x, sizeof(x));
		cell_param(b, params[i], y, sizeof(y));
		if (strcmp(params[i], pair->param) == 0 ? strcmp(y, pair->second) : strcmp(x, y))
			return false;
	}
	return true;
}

static bool size_is_main(const char *cell)
{
	for (size_t i = 0; i < sizeof(main_sizes) / sizeof(*main_sizes); i++)
		if (cell_is(cell, "size", main_sizes[i]))
			return true;
	return false;
}

static size_t candidates_find(const char *const *cells, size_t count, const char *align,
			      const struct chart_pair *pair, bool main_only,
			      struct candidate *found)
{
	size_t number = 0;

	for (size_t i = 0; i < count; i++) {
		char size[32];
		uint64_t bytes;

		if (!cell_is(cells[i], "align", align) ||
		    !cell_is(cells[i], pair->param, pair->first) ||
		    !cell_is(cells[i], pair->fixed, pair->fixed_value) ||
		    (main_only && !size_is_main(cells[i])) ||
		    size_parse(cell_param(cells[i], "size", size, sizeof(size)), &bytes))
			continue;
		for (size_t j = 0; j < count; j++)
			if (cell_is(cells[j], pair->param, pair->second) &&
			    is_partner(pair, cells[i], cells[j])) {
				found[number++] = (struct candidate){ cells[i], cells[j], bytes };
				break;
			}
	}
	if (number)
		qsort(found, number, sizeof(*found), size_order);
	return number;
}

int chart_fill_pairs(struct source *source, const struct run_info *run,
		     const struct chart_pair *pair, struct figure *figure, struct fault *fault)
{
	size_t first = figure_series_add(figure, pair->first_name, HUE_FIRST);
	size_t second = figure_series_add(figure, pair->second_name, HUE_SECOND);
	const char *const *cells;
	struct candidate *found;
	size_t count, all = 0;
	bool main_only;
	int err = source_cells(source, run, &cells, &count, fault);

	if (err)
		return err;
	found = calloc(count + 1, sizeof(*found));
	if (!found)
		return fault_set(fault, -ENOMEM, "out of memory");
	for (size_t a = 0; a < chart_align_count; a++)
		all += candidates_find(cells, count, chart_aligns[a].name, pair, false, found);
	main_only = all > PLACES_MOST;
	if (main_only)
		figure_words(figure, &figure->note,
			     "%s Not all sizes; the run's page has the rest.", figure->note);
	for (size_t a = 0; a < chart_align_count; a++) {
		const char *align = chart_aligns[a].name;
		size_t pairs = candidates_find(cells, count, align, pair, main_only, found);

		for (size_t i = 0; i < pairs; i++) {
			char size[32], place[96];
			double x;

			size_format(found[i].size, size, sizeof(size));
			snprintf(place, sizeof(place), "%s %s", align, size);
			x = figure_place_add(figure, size, align);
			figure_value_add(figure, first, x, place, found[i].first, run,
					 source_cost(source, run, found[i].first));
			figure_value_add(figure, second, x, place, found[i].second, run,
					 source_cost(source, run, found[i].second));
		}
	}
	free(found);
	return 0;
}
