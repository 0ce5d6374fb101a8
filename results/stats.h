/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stats: order statistics. Each rule names where it comes from.
 */
#ifndef RESULTS_STATS_H
#define RESULTS_STATS_H

#include <stddef.h>

/* Ascending. No NaN may be among them. */
void stats_sort(double *values, size_t count);

/*
 * The quantile p (0 to 1) of sorted values: definition 7 of R. J. Hyndman and Y. Fan, "Sample Quantiles
 * in Statistical Packages", The American Statistician 50 (1996), pp. 361-365; R's and NumPy's
 * default. NAN of none.
 */
double stats_quantile(const double *sorted, size_t count, double p);

/* The middle value, or the mean of the two in the middle: quantile 1/2 of any of the definitions
 * 5 to 9 of the same paper. */
double stats_median(const double *sorted, size_t count);

#endif
