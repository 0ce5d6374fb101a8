/* SPDX-License-Identifier: GPL-2.0-only */
/* script: what the gnuplot scripts of all kinds of figures share: colours, marks, outputs, words. */
#ifndef PLOTS_SCRIPT_H
#define PLOTS_SCRIPT_H

#include "plots/figure.h"

struct script_theme {
	const char *paper, *ink, *muted, *grid;
	const char *hues[HUE_COUNT];
};
extern const struct script_theme script_themes[2]; /* light, dark */
extern const int script_marks[HUE_COUNT]; /* gnuplot's numbers of point types */

/* "set terminal …", "set output …". height: the whole figure's, in pixels of an SVG. */
void script_terminal(double height, const struct figure_output *output,
		     const struct script_theme *theme, struct text *out);
/* A label at pixels from the left and from the top; more: what else "set label" is to take. */
void script_words(const char *words, double x, double y, const char *colour, const char *more,
		  double height, struct text *out);
/* Title and subtitle at the top, the caption at the bottom. */
struct layout_lines;
void script_frame(const struct figure *figure, const struct layout_lines *subtitle,
		  const struct layout_lines *caption, double height,
		  const struct script_theme *theme, struct text *out);
/* x, moved by offset; median, low, high. A blank line is a gap. */
void script_value(const struct figure_value *value, double offset, struct text *out);
size_t script_series_shown(const struct figure *figure, size_t series);

/* FIGURE_PANELS; the others are figure_script.c's. */
void panels_script(const struct figure *figure, const struct figure_output *outputs, size_t count,
		   struct text *out);

#endif
