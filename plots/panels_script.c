// SPDX-License-Identifier: GPL-2.0-only
/* panels_script: a figure of panels as a gnuplot script: one multiplot, all places worked out here. */
#include "plots/script.h"

#include "plots/gnuplot.h"
#include "plots/panels_layout.h"

enum { PLACE_CHARS = 24, GROUP_CHARS = 30 };

static void blocks_add(const struct figure *figure, const struct panels_layout *layout,
		       struct text *out)
{
	for (size_t s = 0; s < figure->series_count; s++) {
		if (!script_series_shown(figure, s))
			continue;
		text_addf(out, "$series%zu << EOD\n", s);
		for (size_t i = 0; i < figure->value_count; i++)
			if (figure->values[i].series == s)
				script_value(&figure->values[i], panels_offset(figure, layout, s),
					     out);
		text_add(out, "EOD\n");
	}
	for (size_t p = 0; p < figure->panel_count; p++) {
		bool any = false;

		for (size_t i = 0; i < figure->value_count; i++) {
			const struct figure_value *value = &figure->values[i];

			if (!value->shown || !value->mark[0] ||
			    figure->series[value->series].panel != p)
				continue;
			text_addf(out, any ? "" : "$marks%zu << EOD\n", p);
			any = true;
			script_value(value, panels_offset(figure, layout, value->series), out);
		}
		text_add(out, any ? "EOD\n" : "");
	}
}

static bool panel_is_marked(const struct figure *figure, size_t panel)
{
	for (size_t i = 0; i < figure->value_count; i++)
		if (figure->values[i].shown && figure->values[i].mark[0] &&
		    figure->series[figure->values[i].series].panel == panel)
			return true;
	return false;
}

/* The key: what each look means, above the panels. */
static void keys_add(const struct figure *figure, const struct panels_layout *layout,
		     const struct script_theme *theme, struct text *out)
{
	for (size_t k = 0; k < layout->key_count && layout->key_y[0] > 0; k++) {
		enum figure_hue hue = figure->series[layout->keys[k]].hue;

		text_add(out, "set label ");
		gnuplot_quote(out, figure->series[layout->keys[k]].name, 48);
		text_addf(
			out,
			" at screen %.4f,%.4f left noenhanced font ',12' textcolor rgb '%s' point "
			"linetype 1 pointtype %d pointsize 0.8 linecolor rgb '%s' "
			"offset character 1.2,-0.25\n",
			layout->key_x[k] / LAYOUT_WIDTH, 1 - layout->key_y[k] / layout->height,
			theme->ink, script_marks[hue], theme->hues[hue]);
	}
}

static void groups_add(const struct figure *figure, const struct panels_layout *layout,
		       const struct script_theme *theme, struct text *out)
{
	for (size_t g = 0; g < layout->group_count; g++) {
		const struct panels_group *group = &layout->groups[g];

		script_words(figure->places[group->first].group, group->x,
			     layout->groups_y + LAYOUT_LINE * group->row, theme->ink,
			     " center font ',12'", layout->height, out);
	}
}

static void place_names_add(const struct figure *figure, const struct panels_layout *layout,
			    const struct script_theme *theme, struct text *out)
{
	for (size_t i = 0; i < figure->place_count; i++) {
		if (!layout->named[i] || !figure->places[i].name[0])
			continue;
		text_add(out, "set label ");
		gnuplot_quote(out, figure->places[i].name, PLACE_CHARS);
		text_addf(out, " at screen %.4f,%.4f noenhanced font ',11' textcolor rgb '%s'%s\n",
			  panels_x(figure, layout, (double)i) / LAYOUT_WIDTH,
			  1 - (layout->names_y + (layout->turned ? 0 : 10)) / layout->height,
			  theme->ink, layout->turned ? " rotate by 90 right" : " center");
	}
}

/* Light lines between groups, through all panels. */
static void group_lines_add(const struct panels_layout *layout, const struct script_theme *theme,
			    struct text *out)
{
	for (size_t g = 1; g < layout->group_count; g++)
		text_addf(out,
			  "set arrow from first %.1f, graph 0 to first %.1f, graph 1 nohead back "
			  "linecolor rgb '%s' linewidth 1\n",
			  (double)layout->groups[g].first - 0.5,
			  (double)layout->groups[g].first - 0.5, theme->grid);
}

static void axes_add(const struct figure *figure, const struct panels_layout *layout,
		     const struct panel_layout *panel, const struct script_theme *theme,
		     struct text *out)
{
	text_addf(out,
		  "set lmargin at screen %.4f\nset rmargin at screen %.4f\n"
		  "set tmargin at screen %.4f\nset bmargin at screen %.4f\n",
		  layout->left / LAYOUT_WIDTH, layout->right / LAYOUT_WIDTH,
		  1 - panel->top / layout->height, 1 - panel->bottom / layout->height);
	text_addf(out, "set border 1 linecolor rgb '%s' linewidth 1\n", theme->muted);
	text_addf(out,
		  "set grid noxtics ytics nomytics linetype 1 linecolor rgb '%s' linewidth 1\n"
		  "set grid back\nset style data points\n%s\n",
		  theme->grid, panel->log ? "set logscale y 10" : "unset logscale y");
	text_addf(out, "set xrange [-0.5:%.1f] noextend\nset yrange [%.10g:%.10g] noextend\n",
		  (figure->place_count ? (double)figure->place_count : 1) - 0.5, panel->low,
		  panel->high);
	text_addf(out,
		  "unset xtics\nset ytics out nomirror scale 0,0 noenhanced font ',11' textcolor "
		  "rgb '%s' (",
		  theme->ink);
	for (size_t i = 0; i < panel->tick_count; i++) {
		struct text words = { 0 };

		number_add(&words, panel->ticks[i]);
		text_add(out, i ? ", " : "");
		gnuplot_quote(out, text_get(&words), 40);
		text_addf(out, " %.10g", panel->ticks[i]);
		text_free(&words);
	}
	text_add(out, ")\n");
}

static void labels_add(const struct panels_layout *layout, const struct panel_layout *panel,
		       const struct script_theme *theme, struct text *out)
{
	for (size_t i = 0; i < panel->label_count; i++)
		script_words(panel->labels[i].words, panel->labels[i].x,
			     panel->labels[i].y + (panel->labels[i].upright ? 0 : 1), theme->ink,
			     panel->labels[i].upright ? " center rotate by 90 font ',10' front"
						      : " center font ',10' front",
			     layout->height, out);
}

/* From the line at 1 to each factor: how far it is from nothing gained or lost. */
static const char *stems_add(size_t series, const char *join, const struct script_theme *theme,
			     struct text *out)
{
	text_addf(out,
		  "%s$series%zu using 1:(1):(0):($2-1) with vectors nohead linecolor rgb '%s' "
		  "linewidth 3",
		  join, series, theme->grid);
	return ", \\\n     ";
}

static void plot_add(const struct figure *figure, size_t which, const struct script_theme *theme,
		     struct text *out)
{
	const struct figure_panel *panel = &figure->panels[which];
	const char *join = "", *size = figure->place_count > 24 ? "0.5" : "0.8";

	text_add(out, "plot ");
	if (panel->factor) {
		text_addf(out, "1 with lines linecolor rgb '%s' linewidth 1 dashtype 2",
			  theme->muted);
		join = ", \\\n     ";
	}
	for (size_t s = 0; s < figure->series_count; s++) {
		if (figure->series[s].panel != which || !script_series_shown(figure, s))
			continue;
		enum figure_hue hue = figure->series[s].hue;

		if (panel->factor)
			join = stems_add(s, join, theme, out);
		text_addf(
			out,
			"%s$series%zu using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '%s' "
			"linewidth 1 pointtype %d pointsize 0, \\\n     ",
			join, s, theme->hues[hue], script_marks[hue]);
		text_addf(
			out,
			"$series%zu using 1:2 with %s linetype 1 linecolor rgb '%s' linewidth 1.5 "
			"pointtype %d pointsize %s",
			s, panel->joined ? "linespoints" : "points", theme->hues[hue],
			script_marks[hue], size);
		join = ", \\\n     ";
	}
	if (panel_is_marked(figure, which))
		text_addf(
			out,
			", \\\n     $marks%zu using 1:2 with points linetype 1 linecolor rgb '%s' "
			"linewidth 1.5 pointtype 6 pointsize 1.2",
			which, theme->ink);
	text_add(out, join[0] ? "\n" : "NaN\n");
}

static void panel_add(const struct figure *figure, const struct panels_layout *layout, size_t which,
		      const struct script_theme *theme, struct text *out)
{
	const struct panel_layout *panel = &layout->panels[which];

	text_add(out, "unset label\nunset arrow\n");
	if (!which) {
		script_frame(figure, &layout->subtitle, &layout->caption, layout->height, theme,
			     out);
		keys_add(figure, layout, theme, out);
		place_names_add(figure, layout, theme, out);
		groups_add(figure, layout, theme, out);
	}
	script_words(figure->panels[which].title, layout->left, panel->top - 9, theme->ink,
		     " font ',12'", layout->height, out);
	script_words(panel->range, layout->right, panel->top - 9, theme->muted, " right font ',11'",
		     layout->height, out);
	group_lines_add(layout, theme, out);
	axes_add(figure, layout, panel, theme, out);
	labels_add(layout, panel, theme, out);
	plot_add(figure, which, theme, out);
}

void panels_script(const struct figure *figure, const struct figure_output *outputs, size_t count,
		   struct text *out)
{
	struct panels_layout layout;

	panels_layout_make(figure, &layout);
	text_addf(out, "# remapbench: figure %s. Draw it again with: gnuplot FILE.gp\n",
		  figure->slug);
	/* $seriesN: x, value, low, high. A blank line is a gap. */
	text_add(out, "reset\nset encoding utf8\nset datafile separator whitespace\n"
		      "set bars small\nunset key\n");
	blocks_add(figure, &layout, out);
	for (size_t i = 0; i < count && !layout.failed; i++) {
		const struct script_theme *theme = &script_themes[outputs[i].dark];

		script_terminal(layout.height, &outputs[i], theme, out);
		text_add(out, "set multiplot\n");
		for (size_t p = 0; p < figure->panel_count; p++)
			panel_add(figure, &layout, p, theme, out);
		text_add(out, "unset multiplot\nunset output\n");
	}
	if (layout.failed)
		out->failed = true;
	panels_layout_free(&layout);
}
