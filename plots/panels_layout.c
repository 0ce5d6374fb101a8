// SPDX-License-Identifier: GPL-2.0-only
/* panels_layout: heights, ranges, ticks, names and groups of a figure of panels. */
#include "plots/panels_layout.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/panels_labels.h"
#include "plots/utf8.h"

enum {
	TITLE_ROOM = 24, /* above each panel */
	EDGE = 16,
	NAME_APART = 14, /* between names that stand upright */
	GROUP_LINE = 15,
	PLACE_CHARS = 24,
	CAPTION_GAPS = 3,
	KEY_LINE = 20,
};

static const double NAME_CHAR = 6.2, KEY_CHAR = 7; /* widths of a character */

static double panel_height(size_t count)
{
	if (count <= 1)
		return 260;
	if (count == 2)
		return 190;
	return count == 3 ? 130 : 104;
}

double panel_y(const struct panel_layout *panel, double value)
{
	double part = panel->log ? log(value / panel->low) / log(panel->high / panel->low)
				 : (value - panel->low) / (panel->high - panel->low);

	return panel->bottom - part * (panel->bottom - panel->top);
}

double panels_x(const struct figure *figure, const struct panels_layout *layout, double x)
{
	double places = fmax((double)figure->place_count, 1);

	return layout->left + (x + 0.5) / places * (layout->right - layout->left);
}

/* The series of one look in the key: its place among them. */
static size_t key_of(const struct figure *figure, const struct panels_layout *layout, size_t series)
{
	for (size_t k = 0; k < layout->key_count; k++)
		if (strcmp(figure->series[layout->keys[k]].name, figure->series[series].name) == 0)
			return k;
	return layout->key_count;
}

double panels_offset(const struct figure *figure, const struct panels_layout *layout, size_t series)
{
	size_t key = key_of(figure, layout, series);

	if (figure->panels[figure->series[series].panel].joined || key == layout->key_count)
		return 0;
	return ((double)key - ((double)layout->key_count - 1) / 2) * layout->dodge;
}

static void keys_make(const struct figure *figure, struct panels_layout *layout, double *y)
{
	double x = EDGE + 8;

	for (size_t s = 0; s < figure->series_count && layout->key_count < PANEL_SERIES; s++) {
		bool shown = false;

		for (size_t i = 0; i < figure->value_count; i++)
			shown |= figure->values[i].series == s && figure->values[i].shown;
		if (shown && key_of(figure, layout, s) == layout->key_count)
			layout->keys[layout->key_count++] = s;
	}
	/* Spread so that those of a place fill some two thirds of it. */
	layout->dodge = layout->key_count > 1 ? 0.66 / (double)layout->key_count : 0;
	if (layout->key_count < 2 && !figure->panels[0].joined)
		return;
	for (size_t k = 0; k < layout->key_count; k++) {
		const char *name = figure->series[layout->keys[k]].name;
		double width = 34 + KEY_CHAR * (double)utf8_length(name);

		if (x > EDGE + 8 && x + width > LAYOUT_WIDTH - EDGE) {
			x = EDGE + 8;
			*y += KEY_LINE;
		}
		layout->key_x[k] = x;
		layout->key_y[k] = *y;
		x += width;
	}
	*y += KEY_LINE;
}

/* 1, 2 or 5 times a power of ten, the largest that gives at least three ticks. */
static double tick_step(double range)
{
	double step = pow(10, floor(log10(range / 3)));

	if (step * 5 * 3 <= range)
		return step * 5;
	return step * 2 * 3 <= range ? step * 2 : step;
}

static void tick_add(struct panel_layout *panel, double value)
{
	if (panel->tick_count < PANEL_TICKS && value >= panel->low && value <= panel->high)
		panel->ticks[panel->tick_count++] = value;
}

static void ticks_make(struct panel_layout *panel)
{
	double decades = panel->log ? log10(panel->high / panel->low) : 0, step, first, exponent;

	if (!panel->log) {
		step = tick_step(panel->high - panel->low);
		first = ceil(panel->low / step);
		for (int i = 0; (first + i) * step <= panel->high; i++)
			tick_add(panel, (first + i) * step);
		return;
	}
	step = decades < 6 ? 1 : ceil(decades / 5);
	first = floor(log10(panel->low));
	for (int i = 0; first + i <= log10(panel->high); i++) {
		exponent = first + i;
		if (fmod(exponent, step) == 0)
			tick_add(panel, pow(10, exponent));
		if (decades < 1.2)
			tick_add(panel, 2 * pow(10, exponent));
		if (decades < 2)
			tick_add(panel, 5 * pow(10, exponent));
	}
}

/* Counts that stand near each other are shown near, but never larger than life. */
static void range_make(const struct figure *figure, size_t which, struct panel_layout *panel)
{
	double low = INFINITY, high = -INFINITY, middle;

	for (size_t i = 0; i < figure->value_count; i++) {
		const struct figure_value *value = &figure->values[i];

		if (!value->shown || figure->series[value->series].panel != which)
			continue;
		low = fmin(low, value->low > 0 ? value->low : value->median);
		high = fmax(high, value->high);
	}
	if (!isfinite(low) || low <= 0)
		low = 1, high = 10;
	if (figure->panels[which].factor) {
		low = fmin(low, 1);
		high = fmax(high, 1);
	}
	panel->log = high / low > 3;
	if (panel->log) {
		/* Room above and below for words at the points. */
		double decades = log10(high / low),
		       room = figure->panels[which].numbers ? 0.3 : 0.2;

		panel->low = low / pow(10, decades * 0.08);
		panel->high = high * pow(10, fmax(decades, 0.5) * room);
	} else {
		middle = (high + low) / 2;
		if (high - low < middle * 0.1) {
			low = fmin(low, middle * 0.95);
			high = fmax(high, middle * 1.05);
		}
		panel->low = low - (high - low) * 0.15;
		panel->high = high + (high - low) * (figure->panels[which].numbers ? 0.45 : 0.3);
	}
	ticks_make(panel);
}

/* The widest name of a tick, in characters. */
static size_t ticks_width(const struct panel_layout *panel)
{
	size_t widest = 0;

	for (size_t i = 0; i < panel->tick_count; i++) {
		struct text words = { 0 };

		number_add(&words, panel->ticks[i]);
		widest = words.len > widest ? words.len : widest;
		text_free(&words);
	}
	return widest;
}

/* A joined panel's first and last values: what the eye would look for at both ends. */
static void range_words(const struct figure *figure, size_t which, struct panel_layout *panel)
{
	const struct figure_value *first = NULL, *last = NULL;
	struct text words = { 0 };

	for (size_t i = 0; i < figure->value_count && figure->panels[which].joined; i++) {
		const struct figure_value *value = &figure->values[i];

		if (!value->shown || figure->series[value->series].panel != which)
			continue;
		first = !first || value->x < first->x ? value : first;
		last = !last || value->x >= last->x ? value : last;
	}
	if (first) {
		number_add(&words, first->median);
		text_add(&words, " … ");
		number_add(&words, last->median);
	}
	/* A long title has the line for itself. */
	if (KEY_CHAR * (double)(utf8_length(figure->panels[which].title) + words.len) <
	    LAYOUT_WIDTH - 130)
		snprintf(panel->range, sizeof(panel->range), "%s", text_get(&words));
	text_free(&words);
}

/* Which places are named: those with a mark first, then as many others as have room. */
static void names_make(const struct figure *figure, struct panels_layout *layout)
{
	double room = (layout->right - layout->left) / fmax((double)figure->place_count, 1);
	size_t longest = 0, apart;
	bool all;

	layout->named = calloc(figure->place_count + 1, sizeof(*layout->named));
	if (!layout->named) {
		layout->failed = true;
		return;
	}
	for (size_t i = 0; i < figure->place_count; i++) {
		size_t length = utf8_length(figure->places[i].name);

		longest = length > longest ? length : longest;
	}
	longest = longest > PLACE_CHARS ? PLACE_CHARS + 1 : longest;
	layout->turned = (double)longest * NAME_CHAR + 8 > room;
	all = !layout->turned || room >= NAME_APART;
	apart = (size_t)ceil(NAME_APART / room);
	for (size_t i = 0; i < figure->value_count && !all; i++) {
		size_t place = (size_t)figure->values[i].x;
		bool taken = false;

		if (!figure->values[i].mark[0] || place >= figure->place_count)
			continue;
		for (size_t p = place >= apart ? place - apart + 1 : 0;
		     p < place + apart && p < figure->place_count; p++)
			taken |= layout->named[p];
		layout->named[place] |= !taken;
	}
	for (size_t i = 0; i < figure->place_count; i++) {
		bool taken = false;

		for (size_t p = i + 1 > apart ? i + 1 - apart : 0;
		     p < i + apart && p < figure->place_count && !all; p++)
			taken |= layout->named[p];
		layout->named[i] |= all || !taken;
	}
	layout->groups_y = layout->names_y +
			   (layout->turned ? (double)longest * NAME_CHAR + 14 : GROUP_LINE + 12);
}

/* Groups' names in the first row in which they don't touch the one before. */
static void groups_make(const struct figure *figure, struct panels_layout *layout)
{
	double ends[3] = { 0 };

	layout->groups = calloc(figure->place_count + 1, sizeof(*layout->groups));
	if (!layout->groups) {
		layout->failed = true;
		return;
	}
	for (size_t first = 0, next; first < figure->place_count; first = next) {
		const char *name = figure->places[first].group;
		struct panels_group *group = &layout->groups[layout->group_count];
		double middle, half = KEY_CHAR * (double)utf8_length(name) / 2 + 4;

		for (next = first + 1; next < figure->place_count; next++)
			if (strcmp(figure->places[next].group, name) != 0)
				break;
		*group = (struct panels_group){ .first = first, .next = next };
		layout->group_count++;
		if (!name[0])
			continue;
		middle = panels_x(figure, layout, ((double)first + (double)next - 1) / 2);
		middle = fmin(middle, LAYOUT_WIDTH - half);
		group->x = middle;
		while (group->row < 2 && middle - half < ends[group->row])
			group->row++;
		ends[group->row] = middle + half;
		if (group->row + 1 > layout->group_rows)
			layout->group_rows = group->row + 1;
	}
}

void panels_layout_make(const struct figure *figure, struct panels_layout *layout)
{
	double y, height = panel_height(figure->panel_count);
	struct text caption = { 0 };
	size_t widest = 0;

	*layout = (struct panels_layout){ .right = LAYOUT_WIDTH - EDGE };
	layout_wrap(figure->subtitle, &layout->subtitle, &layout->failed);
	y = 50 + LAYOUT_LINE * (double)layout->subtitle.count;
	keys_make(figure, layout, &y);
	for (size_t p = 0; p < figure->panel_count; p++) {
		struct panel_layout *panel = &layout->panels[p];

		panel->top = y + TITLE_ROOM;
		panel->bottom = panel->top + height;
		y = panel->bottom + 6;
		range_make(figure, p, panel);
		range_words(figure, p, panel);
		widest = ticks_width(panel) > widest ? ticks_width(panel) : widest;
	}
	layout->left = 26 + 6.7 * (double)widest;
	layout->names_y = y + 2;
	names_make(figure, layout);
	groups_make(figure, layout);
	panels_labels(figure, layout);
	figure_caption(figure, CAPTION_GAPS, &caption);
	if (layout->unmarked)
		text_addf(&caption, " %zu ring%s had no room for words.", layout->unmarked,
			  layout->unmarked == 1 ? "" : "s");
	layout_wrap(text_get(&caption), &layout->caption, &layout->failed);
	layout->failed |= caption.failed;
	text_free(&caption);
	layout->height = ceil(layout->groups_y + GROUP_LINE * layout->group_rows + 22 +
			      LAYOUT_LINE * (double)layout->caption.count);
}

void panels_layout_free(struct panels_layout *layout)
{
	for (size_t i = 0; i < layout->subtitle.count; i++)
		free(layout->subtitle.lines[i]);
	for (size_t i = 0; i < layout->caption.count; i++)
		free(layout->caption.lines[i]);
	for (size_t p = 0; p < PANEL_COUNT; p++)
		free(layout->panels[p].labels);
	free(layout->named);
	free(layout->groups);
	*layout = (struct panels_layout){ 0 };
}
