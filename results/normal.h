/* SPDX-License-Identifier: GPL-2.0-only */
/* normal: the standard normal distribution, its tail and the inverse of it. */
#ifndef RESULTS_NORMAL_H
#define RESULTS_NORMAL_H

/*
 * P(Z > z) = erfc(z / sqrt 2) / 2: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical
 * Functions" (1964), 26.2.29. Keeps its relative accuracy far out in the tail.
 */
double normal_tail(double z);

/* The z with P(Z > z) = tail, for 0 < tail < 1; INFINITY for tail <= 0, -INFINITY for tail >= 1. */
double normal_tail_quantile(double tail);

/* The density at z. */
double normal_density(double z);

#endif
