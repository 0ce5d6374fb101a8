// SPDX-License-Identifier: GPL-2.0-only
/* script: the parts of gnuplot scripts that figures of all kinds have. */
#include "plots/script.h"

#include "plots/figure_layout.h"
#include "plots/gnuplot.h"

/*
 * Okabe and Ito's palette, deepened on white and lightened on black to keep 3:1 against the paper; and
 * two more hues that keep apart from them.
 */
const struct script_theme script_themes[2] = {
	{ "#ffffff",
	  "#1b1f24",
	  "#59636e",
	  "#e3e6ea",
	  { "#b0588a", "#0072b2", "#008a63", "#d55e00", "#59636e", "#a86e00", "#6d4fc4",
	    "#c2334d" } },
	{ "#14171c",
	  "#e6e9ed",
	  "#a2abb6",
	  "#2d333b",
	  { "#e39ac3", "#56b4e9", "#2fc79a", "#ff8a3d", "#b8c0ca", "#f0b429", "#b39bff",
	    "#ff7a90" } },
};

/* gnuplot's filled marks, one a hue: colour is never the only difference. */
const int script_marks[HUE_COUNT] = { 13, 7, 9, 5, 6, 5, 11, 15 };

void script_terminal(double height, const struct figure_output *output,
		     const struct script_theme *theme, struct text *out)
{
	switch (output->format) {
	case FIGURE_SVG:
		text_addf(out,
			  "set terminal svg size %d,%d noenhanced rounded font 'sans-serif,13'",
			  LAYOUT_WIDTH, (int)height);
		break;
	case FIGURE_PNG:
		text_addf(out,
			  "set terminal pngcairo size %d,%d noenhanced rounded font 'sans,13' "
			  "fontscale 1.5 linewidth 2 pointscale 2",
			  LAYOUT_WIDTH * 2, (int)height * 2);
		break;
	case FIGURE_PDF:
		text_addf(out,
			  "set terminal pdfcairo size %gin,%gin noenhanced rounded font 'sans,13' "
			  "fontscale 0.54 linewidth 1 pointscale 0.8",
			  LAYOUT_WIDTH / 100.0, height / 100.0);
		break;
	}
	text_addf(out, " background '%s'\n", theme->paper);
	text_add(out, "set output ");
	gnuplot_quote_name(out, output->file);
	text_add(out, "\n");
}

void script_words(const char *words, double x, double y, const char *colour, const char *more,
		  double height, struct text *out)
{
	if (!words[0])
		return;
	text_add(out, "set label ");
	gnuplot_quote(out, words, LAYOUT_LINE_LIMIT);
	text_addf(out, " at screen %.4f,%.4f noenhanced textcolor rgb '%s'%s\n", x / LAYOUT_WIDTH,
		  1 - y / height, colour, more);
}

void script_frame(const struct figure *figure, const struct layout_lines *subtitle,
		  const struct layout_lines *caption, double height,
		  const struct script_theme *theme, struct text *out)
{
	double y = 22;

	script_words(figure->title, 16, y, theme->ink, " font ',17'", height, out);
	y += 22;
	for (size_t i = 0; i < subtitle->count; i++, y += LAYOUT_LINE)
		script_words(subtitle->lines[i], 16, y, theme->muted, " font ',12'", height, out);
	y = height - 12 - LAYOUT_LINE * ((double)caption->count - 1);
	for (size_t i = 0; i < caption->count; i++, y += LAYOUT_LINE)
		script_words(caption->lines[i], 16, y, theme->muted, " font ',11'", height, out);
}

void script_value(const struct figure_value *value, double offset, struct text *out)
{
	if (value->shown)
		text_addf(out, "%.15g %.15g %.15g %.15g\n", value->x + offset, value->median,
			  value->low, value->high);
	else
		text_add(out, "\n"); /* breaks the line */
}

size_t script_series_shown(const struct figure *figure, size_t series)
{
	size_t shown = 0;

	for (size_t i = 0; i < figure->value_count; i++)
		shown += figure->values[i].series == series && figure->values[i].shown;
	return shown;
}
