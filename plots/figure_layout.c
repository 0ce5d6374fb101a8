// SPDX-License-Identifier: GPL-2.0-only
/* figure_layout: ranges, ticks and places, worked out from the figure alone. */
#include "plots/figure_layout.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/gnuplot.h"
#include "plots/utf8.h"

enum {
	PLOT_HEIGHT = 300,
	NAME_ROOM = 150, /* right of the plot */
	NAME_APART = 19, /* between the series' names */
	NUMBER_APART = 26,
	LINE_CHARS = 112,
	CAPTION_GAPS = 4,
	PLACE_CHARS = 36,
};

static const double TICK_CHAR = 6.7; /* width of a character of the ticks' names */

void layout_wrap(const char *words, struct layout_lines *lines, bool *failed)
{
	while (*words && lines->count < LAYOUT_LINES) {
		const char *at = words, *space = NULL;
		bool last = lines->count == LAYOUT_LINES - 1;
		struct text line = { 0 };
		size_t chars = 0;
		uint32_t code;

		for (; *at && chars < LINE_CHARS; chars++) {
			if (*at == ' ')
				space = at;
			at += utf8_next(at, &code);
		}
		if (*at && space && *at != ' ')
			at = space;
		text_add_bytes(&line, words, (size_t)(at - words));
		if (*at && last)
			text_add(&line, " …");
		lines->lines[lines->count] = strdup(text_get(&line));
		if (!lines->lines[lines->count] || line.failed)
			*failed = true;
		else
			lines->count++;
		text_free(&line);
		if (*failed)
			return;
		words = at + strspn(at, " ");
	}
}

static void ranges_make(const struct figure *figure, struct layout *layout)
{
	double low = INFINITY, high = 0, x_low = INFINITY, x_high = 0;

	for (size_t i = 0; i < figure->value_count; i++) {
		const struct figure_value *value = &figure->values[i];

		x_low = fmin(x_low, value->x);
		x_high = fmax(x_high, value->x);
		if (!value->shown)
			continue;
		/* A spread that touches 0 would make the axis endless. */
		low = fmin(low, fmax(value->low, value->median / 100));
		high = fmax(high, value->high);
	}
	if (figure->has_floor) {
		low = fmin(low, figure->floor);
		high = fmax(high, figure->floor);
	}
	if (high <= 0 || low <= 0 || !isfinite(low))
		low = 1, high = 10;
	layout->y_low = low / 1.5;
	layout->y_high = high * (figure->kind == FIGURE_SIZES ? 1.5 : 1.9);
	if (layout->y_high / layout->y_low < 10) {
		double middle = sqrt(layout->y_high * layout->y_low);

		layout->y_low = middle / sqrt(10);
		layout->y_high = middle * sqrt(10);
	}
	if (figure->kind == FIGURE_SIZES) {
		layout->x_low = isfinite(x_low) && x_low > 0 ? x_low / 1.5 : 1;
		layout->x_high = x_high > 0 ? x_high * 1.5 : 2;
	} else {
		layout->x_low = -0.5;
		layout->x_high = fmax((double)figure->place_count, 1) - 0.5;
	}
}

static double y_fraction(const struct layout *layout, double y)
{
	return log(y / layout->y_low) / log(layout->y_high / layout->y_low);
}

static double y_pixels(const struct layout *layout, double y)
{
	return layout->bottom - y_fraction(layout, y) * (layout->bottom - layout->top);
}

/* Which of a decade's 1, 2 and 5 are named: fewer where more decades have to fit. */
static bool tick_named(const struct layout *layout, int mantissa, int decade)
{
	double decades = log10(layout->y_high / layout->y_low);

	if (mantissa == 1)
		return decades < 12 || decade % 3 == 0;
	return decades < 2.5 && (mantissa == 2 || mantissa == 5);
}

/* Calls for each named tick; out NULL: only the longest name's length is wanted. */
static size_t y_ticks_each(const struct layout *layout, struct text *out)
{
	const char *join = "";
	size_t longest = 0;

	for (int decade = (int)floor(log10(layout->y_low)); decade < 300; decade++) {
		for (int mantissa = 1; mantissa <= 5; mantissa++) {
			double y = mantissa * pow(10, decade);
			struct text name = { 0 };

			if (y > layout->y_high)
				return longest;
			if (y < layout->y_low || !tick_named(layout, mantissa, decade))
				continue;
			if (y >= 1)
				number_add(&name, y);
			else
				text_addf(&name, "%g", y);
			if (name.len > longest)
				longest = name.len;
			if (out) {
				text_addf(out, "%s", join);
				gnuplot_quote(out, text_get(&name), 40);
				text_addf(out, " %.10g", y);
				join = ", ";
			}
			text_free(&name);
		}
	}
	return longest;
}

void layout_y_ticks(const struct layout *layout, struct text *out)
{
	y_ticks_each(layout, out);
}

static struct layout_number *number_new(struct layout *layout, struct layout_number **list,
					size_t *count)
{
	struct layout_number *grown = realloc(*list, (*count + 1) * sizeof(*grown));

	if (!grown) {
		layout->failed = true;
		return NULL;
	}
	*list = grown;
	grown[*count] = (struct layout_number){ .above = true };
	return &grown[(*count)++];
}

static int size_order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The sizes that occur, ascending; their count. *sizes is freed by the caller. */
static size_t sizes_make(const struct figure *figure, double **sizes)
{
	size_t count = 0;

	*sizes = calloc(figure->value_count + 1, sizeof(**sizes));
	if (!*sizes)
		return 0;
	for (size_t i = 0; i < figure->value_count; i++)
		(*sizes)[i] = figure->values[i].x;
	qsort(*sizes, figure->value_count, sizeof(**sizes), size_order);
	for (size_t i = 0; i < figure->value_count; i++)
		if (!count || (*sizes)[count - 1] != (*sizes)[i])
			(*sizes)[count++] = (*sizes)[i];
	return count;
}

/* Sizes too near to each other for two names share one ("2M 3M"), in the middle. */
static void sizes_name(const struct figure *figure, struct layout *layout)
{
	double *sizes, octave;
	size_t count = sizes_make(figure, &sizes);

	octave = (layout->right - layout->left) / log2(layout->x_high / layout->x_low);
	for (size_t first = 0, next; first < count; first = next) {
		struct layout_number *name =
			number_new(layout, &layout->sizes, &layout->size_count);
		struct text words = { 0 };

		if (!name)
			break;
		for (next = first; next < count; next++) {
			char size[32];

			if (next > first && log2(sizes[next] / sizes[next - 1]) * octave > 26)
				break;
			text_addf(&words, "%s%s", next > first ? " " : "",
				  size_format((uint64_t)sizes[next], size, sizeof(size)));
		}
		snprintf(name->words, sizeof(name->words), "%s", text_get(&words));
		name->x = sqrt(sizes[first] * sizes[next - 1]);
		text_free(&words);
	}
	free(sizes);
}

static void size_ticks(const struct figure *figure, struct text *out)
{
	double *sizes;
	size_t count = sizes_make(figure, &sizes);

	for (size_t i = 0; i < count; i++)
		text_addf(out, "%s'' %.15g", i ? ", " : "", sizes[i]);
	free(sizes);
}

void layout_x_ticks(const struct figure *figure, struct text *out)
{
	if (figure->kind == FIGURE_SIZES) {
		size_ticks(figure, out);
		return;
	}
	for (size_t i = 0; i < figure->place_count; i++) {
		text_add(out, i ? ", " : "");
		gnuplot_quote_tick(out, figure->places[i].name, PLACE_CHARS);
		text_addf(out, " %.15g", figure->places[i].x);
	}
}

/* Do the places' names fit side by side, or must they be turned? */
static void places_make(const struct figure *figure, struct layout *layout)
{
	double width = layout->right - layout->left;
	size_t longest = 0;

	layout->tick_room = 28;
	if (figure->kind == FIGURE_SIZES)
		return;
	for (size_t i = 0; i < figure->place_count; i++) {
		size_t length = utf8_length(figure->places[i].name);

		if (length > longest)
			longest = length > PLACE_CHARS ? PLACE_CHARS + 1 : length;
		layout->groups |= figure->places[i].group[0] != '\0';
	}
	if ((double)longest * TICK_CHAR + 10 > width / (double)figure->place_count)
		layout->turn = width / (double)figure->place_count < 34 ? 90 : 30;
	if (layout->turn)
		layout->tick_room =
			(double)longest * TICK_CHAR * (layout->turn == 90 ? 1 : 0.5) + 18;
	layout->dense = figure->place_count > 24;
}

static int name_order(const void *a, const void *b)
{
	const struct layout_name *x = a, *y = b;

	if (x->y != y->y)
		return x->y < y->y ? -1 : 1;
	return x->series < y->series ? -1 : 1;
}

/* Pushes the names apart, downwards from the top, then back up from the bottom edge. */
static void names_spread(struct layout *layout)
{
	struct layout_name *names = layout->names;
	size_t count = layout->name_count;
	double limit = layout->bottom - 2;

	qsort(names, count, sizeof(*names), name_order);
	for (size_t i = 1; i < count; i++)
		names[i].y = fmax(names[i].y, names[i - 1].y + NAME_APART);
	for (size_t i = count; i-- > 0; limit = names[i].y - NAME_APART)
		names[i].y = fmin(names[i].y, limit);
}

static void names_make(const struct figure *figure, struct layout *layout)
{
	for (size_t s = 0; s < figure->series_count; s++) {
		const struct figure_value *last = NULL;

		for (size_t i = 0; i < figure->value_count; i++)
			if (figure->values[i].series == s && figure->values[i].shown)
				last = &figure->values[i];
		if (last)
			layout->names[layout->name_count++] =
				(struct layout_name){ .series = s,
						      .y = y_pixels(layout, last->median) };
	}
	if (figure->has_floor)
		layout->names[layout->name_count++] =
			(struct layout_name){ .series = figure->series_count,
					      .y = y_pixels(layout, figure->floor) };
	names_spread(layout);
}

/* At most one value a series at a place, lowest first; how many. */
static size_t place_values(const struct figure *figure, double x,
			   const struct figure_value *found[FIGURE_SERIES])
{
	size_t count = 0;

	for (size_t i = 0; i < figure->value_count; i++) {
		const struct figure_value *value = &figure->values[i];
		size_t at;

		if (!value->shown || value->x != x || count == FIGURE_SERIES)
			continue;
		for (at = count; at > 0 && found[at - 1]->median > value->median; at--)
			found[at] = found[at - 1];
		found[at] = value;
		count++;
	}
	return count;
}

/* How many times the first series' value the second's is. */
static void ratio_make(struct layout *layout, const struct figure_value *const *values)
{
	const struct figure_value *first = values[values[0]->series > values[1]->series];
	const struct figure_value *second = values[values[0]->series <= values[1]->series];
	struct layout_number *number = number_new(layout, &layout->numbers, &layout->number_count);
	double ratio = second->median / first->median;

	if (!number)
		return;
	number->x = first->x;
	number->y = fmax(first->high, second->high);
	snprintf(number->words, sizeof(number->words), ratio >= 99.5 ? "×%.0f" : "×%.3g", ratio);
}

static const struct figure_value *value_first(const struct figure *figure, size_t series)
{
	for (size_t i = 0; i < figure->value_count; i++)
		if (figure->values[i].series == series && figure->values[i].x == 0)
			return &figure->values[i];
	return NULL;
}

/* The value itself; in a relative figure, how far it is from the first of its series. */
static void value_words(const struct figure *figure, const struct figure_value *value,
			struct text *words)
{
	const struct figure_value *first = figure->relative ? value_first(figure, value->series)
							    : NULL;
	double change = first && first->shown ? (value->median / first->median - 1) * 100 : 0;

	if (!first || !first->shown || first == value) {
		number_add(words, value->median);
	} else if (change == 0) {
		text_add(words, "±0");
	} else if (fabs(change) < 0.01) { /* the zeros would have no room */
		text_add(words, change > 0 ? "+" : "");
		number_add(words, value->median - first->median);
	} else {
		text_addf(words, "%+.2g%%", change);
	}
}

static void values_make(const struct figure *figure, struct layout *layout,
			const struct figure_value *const *values, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		double y = y_pixels(layout, values[i]->median);
		bool crowded = i + 1 < count &&
			       y - y_pixels(layout, values[i + 1]->median) < NUMBER_APART;
		bool below_free = !i || y_pixels(layout, values[i - 1]->median) - y > NUMBER_APART;
		struct layout_number *number;
		struct text words = { 0 };

		if (crowded && !below_free)
			continue; /* the CSV has it */
		number = number_new(layout, &layout->numbers, &layout->number_count);
		if (!number)
			return;
		number->x = values[i]->x;
		number->above = !crowded;
		number->y = crowded ? values[i]->low : values[i]->high;
		value_words(figure, values[i], &words);
		snprintf(number->words, sizeof(number->words), "%s", text_get(&words));
		text_free(&words);
	}
}

static void numbers_make(const struct figure *figure, struct layout *layout)
{
	const struct figure_value *found[FIGURE_SERIES];
	/* A number needs some 60 pixels. */
	double room = (layout->right - layout->left) / fmax((double)figure->place_count, 1);

	for (size_t i = 0; i < figure->place_count; i++) {
		size_t count = place_values(figure, figure->places[i].x, found);

		if (figure->kind == FIGURE_PAIRS && count == 2 && room > 30)
			ratio_make(layout, found);
		else if (figure->kind == FIGURE_NAMES && room > (figure->relative ? 45 : 60))
			values_make(figure, layout, found, count);
	}
}

void layout_make(const struct figure *figure, struct layout *layout)
{
	struct text caption = { 0 };

	*layout = (struct layout){ 0 };
	layout_wrap(figure->subtitle, &layout->subtitle, &layout->failed);
	figure_caption(figure, CAPTION_GAPS, &caption);
	layout_wrap(text_get(&caption), &layout->caption, &layout->failed);
	if (caption.failed)
		layout->failed = true;
	text_free(&caption);

	ranges_make(figure, layout);
	layout->left = 26 + TICK_CHAR * (double)y_ticks_each(layout, NULL);
	layout->right = LAYOUT_WIDTH - NAME_ROOM;
	layout->top = 66 + LAYOUT_LINE * (double)layout->subtitle.count;
	layout->bottom = layout->top + PLOT_HEIGHT;
	places_make(figure, layout);
	layout->height = layout->bottom + layout->tick_room + (layout->groups ? 20 : 0) + 36 +
			 LAYOUT_LINE * (double)layout->caption.count;
	layout->height = ceil(layout->height);
	if (figure->kind == FIGURE_SIZES)
		sizes_name(figure, layout);
	names_make(figure, layout);
	numbers_make(figure, layout);
}

void layout_free(struct layout *layout)
{
	for (size_t i = 0; i < layout->subtitle.count; i++)
		free(layout->subtitle.lines[i]);
	for (size_t i = 0; i < layout->caption.count; i++)
		free(layout->caption.lines[i]);
	free(layout->sizes);
	free(layout->numbers);
	*layout = (struct layout){ 0 };
}
