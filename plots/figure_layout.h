/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * figure_layout: where everything of a figure stands: ranges, ticks, margins, the names of the
 * series beside the data without overlap, wrapped words. Lengths in pixels of an SVG; y grows
 * downwards.
 */
#ifndef PLOTS_FIGURE_LAYOUT_H
#define PLOTS_FIGURE_LAYOUT_H

#include "plots/figure.h"

#define LAYOUT_WIDTH 720
#define LAYOUT_LINE 15
enum { LAYOUT_LINES = 4, LAYOUT_LINE_LIMIT = 400 };

struct layout_lines {
	char *lines[LAYOUT_LINES];
	size_t count;
};

struct layout_name {
	size_t series; /* series_count: the floor */
	double y;
};

struct layout_number {
	char words[40];
	double x, y; /* of the axes */
	bool above;
};

struct layout {
	double height, left, right, top, bottom; /* of the whole; of the plot's own edges */
	double tick_room; /* below the plot, for the names of the ticks */
	double x_low, x_high, y_low, y_high; /* of the axes */
	int turn; /* degrees by which the ticks' names are turned: 0, 30, 90 */
	bool groups, dense;
	struct layout_lines subtitle, caption;
	struct layout_name names[FIGURE_SERIES + 1];
	size_t name_count;
	struct layout_number *sizes; /* the names of the sizes: words and x; FIGURE_SIZES */
	size_t size_count;
	struct layout_number *numbers;
	size_t number_count;
	bool failed;
};

/* Breaks words into lines of the figure's width; what doesn't fit ends in an ellipsis. */
void layout_wrap(const char *words, struct layout_lines *lines, bool *failed);

void layout_make(const struct figure *figure, struct layout *layout);
void layout_free(struct layout *layout);
/* The inside of gnuplot's (…) of set ytics, set xtics. */
void layout_y_ticks(const struct layout *layout, struct text *out);
void layout_x_ticks(const struct figure *figure, struct text *out);

#endif
