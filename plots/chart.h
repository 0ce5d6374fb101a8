/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * chart: what a figure shows and of which runs. A chart is one file with one const struct chart,
 * and one line in the array of charts.c.
 */
#ifndef PLOTS_CHART_H
#define PLOTS_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "plots/figure.h"
#include "plots/source.h"

struct chart_choice {
	const char *instrument; /* NULL: the chart's own */
	const struct run_info *run; /* NULL: the newest of each instrument and kernel */
	size_t limit; /* figures, the newest first; 0: all */
	/* For charts of many runs: globs for cells (none: the chart's own), and one for kernels. */
	const char *const *cells;
	size_t cell_count;
	const char *kernels;
};

struct chart {
	const char *name; /* the command line's word, and the beginning of the files' names */
	const char *title;
	const char *asks; /* the question it answers */
	const char *needs; /* the cells it is drawn from, in words */
	const char *make; /* the command that measures them */
	enum figure_kind kind;
	const char *instrument; /* where none is asked for; NULL: a figure for each */
	/* One of the two. Adds series, values and floor of one run: a figure a run. */
	int (*fill)(struct source *source, const struct run_info *run, struct figure *figure,
		    struct fault *fault);
	/*
	 * Of many runs, which it chooses itself: its which-th figure (0, 1, …), with what its slug is
	 * to end in, its subtitle and command. -ENODATA: there is none.
	 */
	int (*fill_many)(struct source *source, const struct chart_choice *choice, size_t which,
			 struct figure *figure, struct fault *fault);
};

extern const struct chart *const charts[];
extern const size_t chart_count;
const struct chart *chart_find(const char *name); /* NULL: no such chart */

struct figure_list {
	struct figure *items;
	size_t count;
};
/* Adds the chart's figures that have at least one value. */
int chart_draw(const struct chart *chart, struct source *source, const struct chart_choice *choice,
	       struct figure_list *figures, struct fault *fault);
void figure_list_free(struct figure_list *figures);

/* For the charts' own files. */
/* Of many runs: "NAME-ENDING" becomes the slug, and the command is what makes it again. */
void chart_name_many(const struct chart *chart, const char *ending,
		     const struct chart_choice *choice, struct figure *figure);
/* Is it a cell of bench move, of anonymous memory, with this value of a parameter? */
bool cell_is(const char *cell, const char *param, const char *value);
/* The run's move of anonymous memory with these parameters; NULL where it has none. */
const char *chart_cell(struct source *source, const struct run_info *run, const char *size,
		       const char *align, const char *fill, const char *folio);
/* The alignments in the order and hue of every figure. */
struct chart_align {
	const char *name;
	enum figure_hue hue;
};
extern const struct chart_align chart_aligns[];
extern const size_t chart_align_count;
/* The dearest floor that the run has: what a system call costs that does nothing. */
void chart_floor(struct source *source, const struct run_info *run, struct figure *figure);

/* Cells that differ in one parameter only, side by side. */
struct chart_pair {
	const char *param, *first, *second; /* the parameter, and its two values */
	const char *first_name, *second_name;
	const char *fixed, *fixed_value; /* another parameter, held */
};
int chart_fill_pairs(struct source *source, const struct run_info *run,
		     const struct chart_pair *pair, struct figure *figure, struct fault *fault);

/* What 32 MiB are made of at a named place of a figure. */
struct chart_place {
	const char *fill, *folio;
	const char *name, *group; /* on the axis */
	const char *word; /* in the data */
};
struct chart_places {
	const struct chart_align *aligns;
	size_t align_count;
	const struct chart_place *items;
	size_t count;
	size_t first, end; /* the places, the end's left out, of which a series needs one */
};
/* Adds the places, and a series for each alignment that has a cost where it needs one. */
void chart_fill_places(struct source *source, const struct run_info *run,
		       const struct chart_places *places, struct figure *figure);

#endif
