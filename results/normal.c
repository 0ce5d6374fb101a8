// SPDX-License-Identifier: GPL-2.0-only
/* normal: the standard normal distribution, its tail and the inverse of it. */
#include <math.h>

#include "results/normal.h"

double normal_tail(double z)
{
	return 0.5 * erfc(z / sqrt(2));
}

double normal_density(double z)
{
	return exp(-0.5 * z * z) / sqrt(2 * acos(-1));
}

/*
 * Newton's iteration on log P(Z > z), which is concave and nearly a parabola: from 26.2.22 of
 * Abramowitz and Stegun (wrong by less than 0.003) it is at the last digits after four steps.
 */
double normal_tail_quantile(double tail)
{
	double t, z;

	if (!(tail > 0))
		return INFINITY;
	if (tail >= 1)
		return -INFINITY;
	if (tail > 0.5)
		return -normal_tail_quantile(1 - tail);
	t = sqrt(-2 * log(tail));
	z = t - (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t);
	for (int i = 0; i < 4; i++) {
		double here = normal_tail(z);

		z += here / normal_density(z) * log(here / tail);
	}
	return z;
}
