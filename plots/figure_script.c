// SPDX-License-Identifier: GPL-2.0-only
/*
 * figure_script: a figure as a gnuplot script. All places and ticks are worked out here, so that
 * gnuplot 5.4 and 6.0 draw the same; what others named goes in through gnuplot_quote only.
 */
#include "plots/figure.h"

#include <math.h>
#include <string.h>

#include "plots/figure_layout.h"
#include "plots/gnuplot.h"
#include "plots/script.h"
#include "plots/utf8.h"

/* What joins the values at one place: x, lowest, highest. */
static void links_add(const struct figure *figure, struct text *out)
{
	text_add(out, "$links << EOD\n");
	for (size_t p = 0; p < figure->place_count; p++) {
		double low = INFINITY, high = 0;

		for (size_t i = 0; i < figure->value_count; i++) {
			const struct figure_value *value = &figure->values[i];

			if (!value->shown || value->x != figure->places[p].x)
				continue;
			low = fmin(low, value->median);
			high = fmax(high, value->median);
		}
		if (high > 0)
			text_addf(out, "%.15g %.15g %.15g\n", figure->places[p].x, low, high);
	}
	text_add(out, "EOD\n");
}

static void blocks_add(const struct figure *figure, struct text *out)
{
	for (size_t s = 0; s < figure->series_count; s++) {
		if (!script_series_shown(figure, s))
			continue;
		text_addf(out, "$series%zu << EOD\n", s);
		for (size_t i = 0; i < figure->value_count; i++)
			if (figure->values[i].series == s)
				script_value(&figure->values[i], 0, out);
		text_add(out, "EOD\n");
	}
	if (figure->kind == FIGURE_PAIRS)
		links_add(figure, out);
}

/* Title and subtitle above, the caption below, and what the axes are. */
static void frame_add(const struct figure *figure, const struct layout *layout,
		      const struct script_theme *theme, struct text *out)
{
	script_frame(figure, &layout->subtitle, &layout->caption, layout->height, theme, out);
	script_words(figure->y_label, 16, layout->top - 14, theme->muted, " font ',12'",
		     layout->height, out);
	script_words(figure->x_label, (layout->left + layout->right) / 2,
		     layout->bottom + layout->tick_room + (layout->groups ? 32 : 14), theme->muted,
		     " center font ',12'", layout->height, out);
}

static void axes_add(const struct figure *figure, const struct layout *layout,
		     const struct script_theme *theme, struct text *out)
{
	text_addf(out,
		  "set lmargin at screen %.4f\nset rmargin at screen %.4f\n"
		  "set tmargin at screen %.4f\nset bmargin at screen %.4f\n",
		  layout->left / LAYOUT_WIDTH, layout->right / LAYOUT_WIDTH,
		  1 - layout->top / layout->height, 1 - layout->bottom / layout->height);
	text_addf(out, "set border 1 linecolor rgb '%s' linewidth 1\n", theme->muted);
	text_addf(out, "set grid ytics %snomytics linetype 1 linecolor rgb '%s' linewidth 1\n",
		  figure->kind == FIGURE_SIZES ? "xtics " : "noxtics ", theme->grid);
	text_add(out, "set grid back\nset style data points\nset logscale y 10\n");
	if (figure->kind == FIGURE_SIZES)
		text_add(out, "set logscale x 2\n");
	text_addf(out, "set xrange [%.10g:%.10g] noextend\nset yrange [%.10g:%.10g] noextend\n",
		  layout->x_low, layout->x_high, layout->y_low, layout->y_high);
	text_addf(out,
		  "set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '%s' (",
		  theme->ink);
	layout_y_ticks(layout, out);
	text_addf(out,
		  ")\nset xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb "
		  "'%s'%s (",
		  theme->ink,
		  layout->turn == 90 ? " rotate by 90 right"
		  : layout->turn     ? " rotate by 30 right"
				     : " norotate");
	layout_x_ticks(figure, out);
	text_add(out, ")\n");
}

/* The sizes' names: labels, since a tick of its own would stand between two that share a name. */
static void sizes_add(const struct layout *layout, const struct script_theme *theme,
		      struct text *out)
{
	for (size_t i = 0; i < layout->size_count; i++) {
		text_add(out, "set label ");
		gnuplot_quote(out, layout->sizes[i].words, 40);
		text_addf(out,
			  " at first %.15g, screen %.4f center noenhanced font ',12' textcolor rgb "
			  "'%s'\n",
			  layout->sizes[i].x, 1 - (layout->bottom + 17) / layout->height,
			  theme->ink);
	}
}

/* Names of groups of places, and a light line between the groups. */
static void groups_add(const struct figure *figure, const struct layout *layout,
		       const struct script_theme *theme, struct text *out)
{
	for (size_t first = 0, next; layout->groups && first < figure->place_count; first = next) {
		const char *group = figure->places[first].group;

		for (next = first + 1; next < figure->place_count; next++)
			if (strcmp(figure->places[next].group, group) != 0)
				break;
		text_add(out, "set label ");
		gnuplot_quote(out, group, 40);
		text_addf(out,
			  " at first %.4f, screen %.4f center noenhanced font ',12' textcolor rgb "
			  "'%s'\n",
			  ((double)first + (double)next - 1) / 2,
			  1 - (layout->bottom + layout->tick_room + 10) / layout->height,
			  theme->ink);
		if (next < figure->place_count)
			text_addf(out,
				  "set arrow from first %.4f, graph 0 to first %.4f, graph 1 "
				  "nohead back linecolor rgb '%s' linewidth 1\n",
				  (double)next - 0.5, (double)next - 0.5, theme->grid);
	}
}

/* The series' names in the right margin, at the height of their last values. */
static void names_add(const struct figure *figure, const struct layout *layout,
		      const struct script_theme *theme, struct text *out)
{
	for (size_t i = 0; i < layout->name_count; i++) {
		const struct layout_name *name = &layout->names[i];
		bool is_floor = name->series == figure->series_count;

		text_add(out, "set label ");
		gnuplot_quote(
			out, is_floor ? figure->floor_name : figure->series[name->series].name, 24);
		text_addf(out, " at screen %.4f,%.4f left noenhanced font ',13' textcolor rgb '%s'",
			  (layout->right + 14) / LAYOUT_WIDTH, 1 - name->y / layout->height,
			  is_floor ? theme->muted : theme->ink);
		if (!is_floor)
			text_addf(out,
				  " point linetype 1 pointtype %d pointsize 0.8 linecolor rgb '%s' "
				  "offset character 1.2,-0.25",
				  script_marks[figure->series[name->series].hue],
				  theme->hues[figure->series[name->series].hue]);
		text_add(out, "\n");
	}
}

/* The values themselves (few places) or the ratios (pairs), beside the points. */
static void numbers_add(const struct layout *layout, const struct script_theme *theme,
			struct text *out)
{
	for (size_t i = 0; i < layout->number_count; i++) {
		const struct layout_number *number = &layout->numbers[i];

		text_add(out, "set label ");
		gnuplot_quote(out, number->words, 24);
		text_addf(out,
			  " at first %.10g,%.10g center noenhanced font ',11' textcolor rgb '%s' "
			  "offset character 0,%s front\n",
			  number->x, number->y, theme->ink, number->above ? "0.9" : "-0.9");
	}
}

static void plot_add(const struct figure *figure, const struct layout *layout,
		     const struct script_theme *theme, struct text *out)
{
	const char *join = "";

	text_add(out, "plot ");
	if (figure->has_floor) {
		text_addf(out, "%.15g with lines linecolor rgb '%s' linewidth 1 dashtype 2",
			  figure->floor, theme->muted);
		join = ", \\\n     ";
	}
	if (figure->kind == FIGURE_PAIRS) {
		text_addf(out,
			  "%s$links using 1:2:(0):($3-$2) with vectors nohead linecolor rgb '%s' "
			  "linewidth 5",
			  join, theme->grid);
		join = ", \\\n     ";
	}
	for (size_t s = 0; s < figure->series_count; s++) {
		enum figure_hue hue = figure->series[s].hue;

		if (!script_series_shown(figure, s))
			continue;
		text_addf(
			out,
			"%s$series%zu using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '%s' "
			"linewidth 1 pointtype %d pointsize 0, \\\n     ",
			join, s, theme->hues[hue], script_marks[hue]);
		text_addf(out, "$series%zu using 1:2 with %s linetype 1 linecolor rgb '%s' ", s,
			  figure->kind == FIGURE_PAIRS ? "points" : "linespoints",
			  theme->hues[hue]);
		/* The open mark is larger: it shows around another on the same spot. */
		text_addf(out, "linewidth 2 pointtype %d pointsize %s", script_marks[hue],
			  layout->dense	     ? "0.5"
			  : hue == HUE_FIRST ? "1.2"
					     : "0.9");
		join = ", \\\n     ";
	}
	text_add(out, "\n");
}

void figure_script(const struct figure *figure, const struct figure_output *outputs, size_t count,
		   struct text *out)
{
	struct layout layout;

	text_add(out, "# SPDX-License-Identifier: GPL-2.0-only\n");
	if (figure->kind == FIGURE_PANELS) {
		panels_script(figure, outputs, count, out);
		return;
	}
	layout_make(figure, &layout);
	text_addf(out, "# remapbench: figure %s. Draw it again with: gnuplot FILE.gp\n",
		  figure->slug);
	/* $seriesN: x, median, low, high. A blank line is a gap. */
	text_add(out, "reset\nset encoding utf8\nset datafile separator whitespace\n"
		      "set bars small\nunset key\n");
	blocks_add(figure, out);
	for (size_t i = 0; i < count; i++) {
		const struct script_theme *theme = &script_themes[outputs[i].dark];

		script_terminal(layout.height, &outputs[i], theme, out);
		text_add(out, "unset label\nunset arrow\n");
		frame_add(figure, &layout, theme, out);
		axes_add(figure, &layout, theme, out);
		sizes_add(&layout, theme, out);
		groups_add(figure, &layout, theme, out);
		names_add(figure, &layout, theme, out);
		numbers_add(&layout, theme, out);
		plot_add(figure, &layout, theme, out);
		text_add(out, "unset output\n");
	}
	if (layout.failed)
		out->failed = true;
	layout_free(&layout);
}
