// SPDX-License-Identifier: GPL-2.0-only
/* dip: how far values are from having one hump. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "results/dip.h"
#include "results/stats.h"

/* The distribution of the values at each that is different: what part is smaller, and what not larger. */
struct step {
	double x, below, upto;
};

static size_t steps_make(const double *sorted, size_t count, struct step *steps)
{
	size_t made = 0;

	for (size_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && sorted[to] == sorted[from]; to++)
			;
		steps[made++] = (struct step){
			.x = sorted[from],
			.below = (double)from / (double)count,
			.upto = (double)to / (double)count,
		};
	}
	return made;
}

/* Corners of the greatest convex function under (x, below), or of the least concave one over (x, upto). */
struct hull {
	size_t *corners, count;
	bool concave;
};

static double height(const struct hull *hull, const struct step *step)
{
	return hull->concave ? step->upto : step->below;
}

static double line_at(const struct hull *hull, const struct step *from, const struct step *to,
		      double x)
{
	double low = height(hull, from), high = height(hull, to);

	return from == to ? low : low + (high - low) * (x - from->x) / (to->x - from->x);
}

static void hull_make(struct hull *hull, const struct step *steps, size_t first, size_t last)
{
	size_t *corners = hull->corners, count = 0;

	for (size_t i = first; i <= last; i++) {
		for (; count > 1; count--) {
			const struct step *middle = &steps[corners[count - 1]];
			double line =
				line_at(hull, &steps[corners[count - 2]], &steps[i], middle->x);

			if (hull->concave ? line < height(hull, middle)
					  : line > height(hull, middle))
				break;
		}
		corners[count++] = i;
	}
	hull->count = count;
}

/* The hull's height at step i; *piece: where the last search ended, as i ascends. */
static double hull_at(const struct hull *hull, const struct step *steps, size_t i, size_t *piece)
{
	while (*piece + 1 < hull->count && hull->corners[*piece + 1] <= i)
		++*piece;
	return line_at(hull, &steps[hull->corners[*piece]],
		       &steps[hull->corners[*piece + 1 < hull->count ? *piece + 1 : *piece]],
		       steps[i].x);
}

/* The corner of `at` where it is farthest from the other hull, and how far. */
static double gap_find(const struct hull *at, const struct hull *other, const struct step *steps,
		       size_t *corner)
{
	double most = -1;
	size_t piece = 0;

	for (size_t i = 0; i < at->count; i++) {
		double gap = fabs(hull_at(other, steps, at->corners[i], &piece) -
				  height(at, &steps[at->corners[i]]));

		if (gap > most) {
			most = gap;
			*corner = at->corners[i];
		}
	}
	return most;
}

/* How far the values' distribution lies from the hull, on its other side, from first to before end. */
static double hull_distance(const struct hull *hull, const struct step *steps, size_t first,
			    size_t end)
{
	double most = 0;
	size_t piece = 0;

	for (size_t i = first; i < end; i++) {
		double line = hull_at(hull, steps, i, &piece);

		most = fmax(most, hull->concave ? line - steps[i].below : steps[i].upto - line);
	}
	return most;
}

/* The first corner at or after i, or (!after) the last at or before. */
static size_t corner_next(const struct hull *hull, size_t i, bool after)
{
	size_t at = 0;

	while (at + 1 < hull->count && (after ? hull->corners[at] < i : hull->corners[at + 1] <= i))
		at++;
	return hull->corners[at];
}

/*
 * Section 3 of the paper: the interval that holds the hump shrinks to where the two hulls are farthest from
 * each other; what lies outside must follow the convex hull on the left and the concave one on the right, and
 * by how much the values' distribution does not is what the dip is at least. It ends when the hulls, inside,
 * are nearer to each other than that.
 */
static double dip_search(const struct step *steps, size_t made, size_t count, struct hull *convex,
			 struct hull *concave)
{
	double dip = 1 / (double)count;
	size_t low = 0, high = made - 1;

	while (low < high) {
		size_t at_convex = low, at_concave = high, low_next, high_next;
		double gap, gap_concave;

		hull_make(convex, steps, low, high);
		hull_make(concave, steps, low, high);
		gap = gap_find(convex, concave, steps, &at_convex);
		gap_concave = gap_find(concave, convex, steps, &at_concave);
		if (fmax(gap, gap_concave) <= dip)
			break;
		if (gap > gap_concave) {
			low_next = at_convex;
			high_next = corner_next(concave, at_convex, true);
		} else {
			high_next = at_concave;
			low_next = corner_next(convex, at_concave, false);
		}
		/* The ends of what is left may be the hump, where the distribution may jump. */
		dip = fmax(dip, hull_distance(convex, steps, low, low_next));
		dip = fmax(dip, hull_distance(concave, steps, high_next + 1, high + 1));
		if (low_next == low && high_next == high)
			break;
		low = low_next;
		high = high_next;
	}
	return dip / 2;
}

double dip_of(const double *sorted, size_t count)
{
	struct step *steps = calloc(count + 1, sizeof(*steps));
	struct hull convex = { .corners = calloc(count + 1, sizeof(size_t)) };
	struct hull concave = { .corners = calloc(count + 1, sizeof(size_t)), .concave = true };
	double dip = NAN;

	if (!count)
		dip = 0;
	else if (steps && convex.corners && concave.corners)
		dip = dip_search(steps, steps_make(sorted, count, steps), count, &convex, &concave);
	free(steps);
	free(convex.corners);
	free(concave.corners);
	return dip;
}

/*
 * sqrt(count) times the 99.5 % quantile, from 200,000 samples each (`calibrate --dip`); linear in
 * between, as the statistic's distribution settles with sqrt(count) (section 4 of the paper).
 */
double dip_limit(size_t count)
{
	static const struct {
		double count, scaled;
	} limits[] = {
		{ 10, 0.529 },	{ 15, 0.551 },	{ 20, 0.566 },	{ 30, 0.583 },	 { 50, 0.600 },
		{ 100, 0.618 }, { 200, 0.633 }, { 500, 0.648 }, { 1000, 0.650 },
	};
	double n = (double)count;
	size_t last = sizeof(limits) / sizeof(limits[0]) - 1, i = 0;

	if (count < DIP_LEAST)
		return INFINITY;
	if (n >= limits[last].count)
		return limits[last].scaled / sqrt(n);
	while (n >= limits[i + 1].count)
		i++;
	return (limits[i].scaled + (limits[i + 1].scaled - limits[i].scaled) *
					   (n - limits[i].count) /
					   (limits[i + 1].count - limits[i].count)) /
	       sqrt(n);
}

size_t humps_split(const double *sorted, size_t count, double *low, double *high)
{
	double all = 0, part = 0, best = -1;
	size_t lower = 0;

	if (count < 2)
		return 0;
	for (size_t i = 0; i < count; i++)
		all += sorted[i] - sorted[0];
	/* Least within the groups is most between them. */
	for (size_t i = 1; i < count; i++) {
		double a = (double)i, b = (double)(count - i), between;

		part += sorted[i - 1] - sorted[0];
		between = part * part / a + (all - part) * (all - part) / b;
		if (between > best) {
			best = between;
			lower = i;
		}
	}
	*low = stats_median(sorted, lower);
	*high = stats_median(sorted + lower, count - lower);
	return lower;
}
