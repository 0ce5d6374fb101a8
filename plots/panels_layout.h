/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * panels_layout: where everything of a figure of panels stands. All panels have one x axis, whose names
 * are below the last one; there may be a hundred places, of which as many are named as have room.
 * Lengths in pixels of an SVG; y grows downwards.
 */
#ifndef PLOTS_PANELS_LAYOUT_H
#define PLOTS_PANELS_LAYOUT_H

#include "plots/figure_layout.h"

enum { PANEL_TICKS = 8 };

struct panel_label {
	char words[48];
	double x, y; /* its middle */
	bool upright;
};
struct panel_layout {
	double top, bottom;
	double low, high; /* of its axis */
	bool log;
	double ticks[PANEL_TICKS];
	size_t tick_count;
	struct panel_label *labels;
	size_t label_count;
	char range[80]; /* a joined one's first and last value, in words: above it, to the right */
};
struct panels_group { /* places side by side that share a group's name */
	size_t first, next;
	double x; /* of the name's middle */
	unsigned int row; /* names too near to each other go into rows */
};
struct panels_layout {
	double height, left, right;
	double names_y, groups_y; /* where names of places begin; of groups, their first row */
	struct layout_lines subtitle, caption;
	struct panel_layout panels[PANEL_COUNT];
	size_t keys[PANEL_SERIES]; /* one series of each name: the key above the panels */
	double key_x[PANEL_SERIES], key_y[PANEL_SERIES];
	size_t key_count;
	double dodge; /* how far, on the x axis, the series of a place stand from each other */
	bool *named; /* by place */
	bool turned; /* the places' names are upright */
	struct panels_group *groups;
	size_t group_count;
	unsigned int group_rows;
	size_t unmarked; /* marks that had no room */
	bool failed;
};

void panels_layout_make(const struct figure *figure, struct panels_layout *layout);
void panels_layout_free(struct panels_layout *layout);
/* Pixels of a value in its panel, and of a place. */
double panel_y(const struct panel_layout *panel, double value);
double panels_x(const struct figure *figure, const struct panels_layout *layout, double x);
/* By how much a series stands aside, on the x axis. */
double panels_offset(const struct figure *figure, const struct panels_layout *layout,
		     size_t series);

#endif
