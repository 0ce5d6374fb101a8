/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dip: how far values are from having one hump. J. A. Hartigan and P. M. Hartigan, "The Dip Test of
 * Unimodality", Ann. Statist. 13 (1985), 70-84.
 */
#ifndef RESULTS_DIP_H
#define RESULTS_DIP_H

#include <stddef.h>

/*
 * The dip of sorted values: the largest difference between their distribution and the nearest one that has a
 * single hump; from 1 / (2 count) to 1/4. 0 of none.
 * -ENOMEM by NAN.
 */
double dip_of(const double *sorted, size_t count);

/*
 * What the dip of `count` values exceeds in one of 200 samples of a uniform distribution, of all with one
 * hump the one that the test takes (same paper, section 4). By simulation: see dip.c. INFINITY below
 * DIP_LEAST values.
 */
double dip_limit(size_t count);
enum { DIP_LEAST = 10 };

/*
 * Where the humps are: the split of sorted values into two groups with the least sum of squares (W. D.
 * Fisher, "On Grouping for Maximum Homogeneity", JASA 53 (1958), 789-798, for two groups). Returns how many
 * are in the lower; *low and *high: the medians of both. 0: fewer than two values.
 */
size_t humps_split(const double *sorted, size_t count, double *low, double *high);

#endif
