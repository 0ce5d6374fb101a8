// SPDX-License-Identifier: GPL-2.0-only
/* stats: order statistics. */
#include <math.h>
#include <stdlib.h>

#include "results/stats.h"

static int double_compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

void stats_sort(double *values, size_t count)
{
	if (count > 1)
		qsort(values, count, sizeof(*values), double_compare);
}

double stats_quantile(const double *sorted, size_t count, double p)
{
	double place, below;
	size_t at;

	if (!count)
		return NAN;
	if (p <= 0)
		return sorted[0];
	if (p >= 1)
		return sorted[count - 1];
	place = (double)(count - 1) * p;
	below = floor(place);
	at = (size_t)below;
	if (at + 1 >= count)
		return sorted[count - 1];
	return sorted[at] + (place - below) * (sorted[at + 1] - sorted[at]);
}

double stats_median(const double *sorted, size_t count)
{
	return stats_quantile(sorted, count, 0.5);
}
