/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * noise: trials as a machine could give them, in the order in which they run. Logarithms, in units of
 * the noise's standard deviation.
 */
#ifndef RESULTS_CALIBRATE_NOISE_H
#define RESULTS_CALIBRATE_NOISE_H

#include <stddef.h>

#include "results/random.h"

enum noise_kind {
	NOISE_GAUSS,
	NOISE_TAILS, /* Student's t with 3 degrees of freedom, scaled to standard deviation 1 */
	NOISE_OUTLIERS, /* normal; one trial in 20 takes three times as long */
	NOISE_SERIAL, /* AR(1): a correlation of 1/2 between one trial and the next */
	NOISE_DRIFT, /* normal, on a ramp of five standard deviations from the first trial to the last */
	NOISE_HUMPS, /* each trial is of one of two kinds, two standard deviations apart */
	NOISE_KINDS,
};
extern const char *const noise_names[NOISE_KINDS];

double noise_normal(struct random *random);
/* sigma: what 1 stands for, as a logarithm: that of an outlier is 3 whatever sigma is. */
void noise_fill(struct random *random, enum noise_kind kind, double sigma, double *values,
		size_t count);

#endif
