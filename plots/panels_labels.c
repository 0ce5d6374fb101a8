// SPDX-License-Identifier: GPL-2.0-only
/* panels_labels: marks and numbers at the points, the heaviest first, each where it has room. */
#include "plots/panels_labels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "plots/utf8.h"

static const double CHAR_WIDTH = 6, LINE_HEIGHT = 12,
		    POINT = 3.5; /* of the labels' font; a point's half */

struct box {
	double left, right, top, bottom;
};

static bool boxes_touch(struct box a, struct box b)
{
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

static struct box box_around(double x, double y, double width, double height)
{
	return (struct box){ x - width / 2, x + width / 2, y - height / 2, y + height / 2 };
}

static struct box label_box(const struct panel_label *label)
{
	double length = CHAR_WIDTH * (double)utf8_length(label->words) + 2;

	return label->upright ? box_around(label->x, label->y, LINE_HEIGHT, length)
			      : box_around(label->x, label->y, length, LINE_HEIGHT);
}

struct spot {
	double x, y; /* pixels */
};

static struct spot spot_of(const struct figure *figure, const struct panels_layout *layout,
			   const struct figure_value *value)
{
	const struct panel_layout *panel = &layout->panels[figure->series[value->series].panel];
	double offset = panels_offset(figure, layout, value->series);

	return (struct spot){ panels_x(figure, layout, value->x + offset),
			      panel_y(panel, value->median) };
}

/* Is any of the line between two points inside the box? By points on it, two pixels from each other. */
static bool line_touches(struct spot a, struct spot b, struct box box)
{
	int steps = (int)(hypot(b.x - a.x, b.y - a.y) / 2) + 1;

	for (int i = 0; i <= steps; i++) {
		double part = (double)i / steps, x = a.x + (b.x - a.x) * part,
		       y = a.y + (b.y - a.y) * part;

		if (x > box.left && x < box.right && y > box.top && y < box.bottom)
			return true;
	}
	return false;
}

/* Is a line that joins values of this panel in the way? Values come by series and place. */
static bool box_is_crossed(const struct figure *figure, const struct panels_layout *layout,
			   size_t which, struct box box)
{
	const struct figure_value *before = NULL;

	for (size_t i = 0; figure->panels[which].joined && i < figure->value_count; i++) {
		const struct figure_value *value = &figure->values[i];

		if (figure->series[value->series].panel != which)
			continue;
		if (before && before->shown && value->shown && before->series == value->series &&
		    line_touches(spot_of(figure, layout, before), spot_of(figure, layout, value),
				 box))
			return true;
		before = value;
	}
	return false;
}

/* Is the box inside the panel and on no point and no other label? */
static bool box_is_free(const struct figure *figure, const struct panels_layout *layout,
			size_t which, struct box box)
{
	const struct panel_layout *panel = &layout->panels[which];

	if (box.left < layout->left || box.right > layout->right || box.top < panel->top - 2 ||
	    box.bottom > panel->bottom)
		return false;
	for (size_t i = 0; i < panel->label_count; i++)
		if (boxes_touch(box, label_box(&panel->labels[i])))
			return false;
	for (size_t i = 0; i < figure->value_count; i++) {
		const struct figure_value *value = &figure->values[i];
		struct spot at;

		if (!value->shown || figure->series[value->series].panel != which)
			continue;
		at = spot_of(figure, layout, value);
		if (boxes_touch(box, box_around(at.x, at.y, 2 * POINT, 2 * POINT)))
			return false;
	}
	return !box_is_crossed(figure, layout, which, box);
}

static bool label_add(struct panels_layout *layout, size_t which, const struct panel_label *label)
{
	struct panel_layout *panel = &layout->panels[which];
	struct panel_label *grown =
		realloc(panel->labels, (panel->label_count + 1) * sizeof(*grown));

	if (!grown) {
		layout->failed = true;
		return false;
	}
	panel->labels = grown;
	grown[panel->label_count++] = *label;
	return true;
}

/* Above, below, and to both sides of the point, near first. */
static bool mark_place(const struct figure *figure, struct panels_layout *layout,
		       const struct figure_value *value)
{
	size_t which = figure->series[value->series].panel;
	struct spot at = spot_of(figure, layout, value);
	struct panel_label label = { 0 };
	double half;

	snprintf(label.words, sizeof(label.words), "%s", value->mark);
	half = (CHAR_WIDTH * (double)utf8_length(label.words) + 2) / 2;
	for (int away = 0; away < 6; away++) {
		const struct spot tries[] = {
			{ at.x, at.y - 13 - 12 * away },
			{ at.x, at.y + 13 + 12 * away },
			{ at.x - half - 8, at.y - 6 - 12 * away },
			{ at.x + half + 8, at.y - 6 - 12 * away },
			{ at.x - half - 8, at.y + 8 + 12 * away },
			{ at.x + half + 8, at.y + 8 + 12 * away },
		};

		for (size_t t = 0; t < sizeof(tries) / sizeof(*tries); t++) {
			label.x = tries[t].x;
			label.y = tries[t].y;
			if (box_is_free(figure, layout, which, label_box(&label)))
				return label_add(layout, which, &label);
		}
	}
	return false;
}

/* Does a series before it say the same at this place, or nearly? Then its number stands for both. */
static bool number_is_told(const struct figure *figure, const struct figure_value *value)
{
	for (const struct figure_value *other = figure->values; other < value; other++)
		if (other->shown && other->x == value->x &&
		    figure->series[other->series].panel == figure->series[value->series].panel &&
		    fabs(log(other->median / value->median)) < 0.03)
			return true;
	return false;
}

static void number_place(const struct figure *figure, struct panels_layout *layout,
			 const struct figure_value *value)
{
	size_t which = figure->series[value->series].panel;
	struct spot at = spot_of(figure, layout, value);
	struct panel_label label = { .x = at.x };
	struct text words = { 0 };
	double length;

	if (figure->panels[which].factor)
		text_addf(&words, value->median >= 99.5 ? "×%.0f" : "×%.3g", value->median);
	else
		number_add(&words, value->median >= 100 ? round(value->median) : value->median);
	snprintf(label.words, sizeof(label.words), "%s", text_get(&words));
	text_free(&words);
	length = CHAR_WIDTH * (double)utf8_length(label.words) + 2;
	for (int t = 0; t < 4; t++) { /* above, below; then the same upright */
		label.upright = t > 1;
		label.y = at.y + (t & 1 ? 1 : -1) * (t > 1 ? POINT + 4 + length / 2 : POINT + 8);
		if (box_is_free(figure, layout, which, label_box(&label))) {
			label_add(layout, which, &label);
			return;
		}
	}
}

static int weight_order(const void *a, const void *b)
{
	const struct figure_value *x = *(const struct figure_value *const *)a;
	const struct figure_value *y = *(const struct figure_value *const *)b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return (x > y) - (x < y);
}

void panels_labels(const struct figure *figure, struct panels_layout *layout)
{
	const struct figure_value **order =
		calloc(figure->value_count + 1, sizeof(const struct figure_value *));
	size_t marked = 0;

	if (!order) {
		layout->failed = true;
		return;
	}
	for (size_t i = 0; i < figure->value_count; i++)
		if (figure->values[i].shown && figure->values[i].mark[0])
			order[marked++] = &figure->values[i];
	if (marked)
		qsort(order, marked, sizeof(const struct figure_value *), weight_order);
	for (size_t i = 0; i < marked; i++)
		layout->unmarked += !mark_place(figure, layout, order[i]);
	for (size_t i = 0; i < figure->value_count; i++)
		if (figure->values[i].shown && !number_is_told(figure, &figure->values[i]) &&
		    figure->panels[figure->series[figure->values[i].series].panel].numbers)
			number_place(figure, layout, &figure->values[i]);
	free(order);
}
