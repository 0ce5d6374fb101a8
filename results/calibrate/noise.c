// SPDX-License-Identifier: GPL-2.0-only
/* noise: trials as a machine could give them. */
#include <math.h>

#include "results/calibrate/noise.h"

const char *const noise_names[NOISE_KINDS] = {
	[NOISE_GAUSS] = "Gaussian",
	[NOISE_TAILS] = "heavy tails (t3)",
	[NOISE_OUTLIERS] = "5 % outliers, x3",
	[NOISE_SERIAL] = "AR(1), 0.5",
	[NOISE_DRIFT] = "drift, 5 sigma",
	[NOISE_HUMPS] = "two humps",
};

/* G. E. P. Box and M. E. Muller, Ann. Math. Statist. 29 (1958), 610-611. */
double noise_normal(struct random *random)
{
	double radius = sqrt(-2 * log(1 - random_unit(random)));

	return radius * cos(2 * acos(-1) * random_unit(random));
}

/* Z / sqrt(chi-squared / 3), whose variance is 3. */
static double noise_t3(struct random *random)
{
	double squares = 0, z = noise_normal(random);

	for (int i = 0; i < 3; i++) {
		double x = noise_normal(random);

		squares += x * x;
	}
	return z / sqrt(squares);
}

void noise_fill(struct random *random, enum noise_kind kind, double sigma, double *values,
		size_t count)
{
	static const double correlation = 0.5, ramp = 5, apart = 2;
	double last = noise_normal(random);

	for (size_t i = 0; i < count; i++) {
		double z = kind == NOISE_TAILS ? noise_t3(random) : noise_normal(random);

		switch (kind) {
		case NOISE_OUTLIERS:
			if (random_unit(random) < 0.05)
				z += log(3) / sigma;
			break;
		case NOISE_SERIAL:
			z = correlation * last + sqrt(1 - correlation * correlation) * z;
			last = z;
			break;
		case NOISE_DRIFT:
			z += ramp * (double)i / (double)count;
			break;
		case NOISE_HUMPS: /* of standard deviation 1 together */
			z = z * sqrt(1 - 0.25 * apart * apart * 0.81) +
			    (random_unit(random) < 0.5 ? -0.45 : 0.45) * apart;
			break;
		default:
			break;
		}
		values[i] = sigma * z;
	}
}
