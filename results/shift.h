/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * shift: by how much one side's values lie above the other's, from trials in blocks: estimate,
 * interval and test. Exact: whatever the shape of the noise, the error rate is what it says, because
 * it is counted out over all ways in which the sides could have been dealt out within the blocks.
 *
 * The statistic is the rank sum of side B among all values, after each block's median was taken from
 * its values (aligned ranks: J. L. Hodges and E. L. Lehmann, "Rank Methods for Combination of
 * Independent Experiments in Analysis of Variance", Ann. Math. Statist. 33 (1962), 482-497). Its
 * null distribution is conditional on the aligned values: in each block, any of its trials are B's
 * with the same probability (same paper, section 4). Estimate and interval are the shifts that make
 * it central, and that the test does not refuse (J. L. Hodges and E. L. Lehmann, "Estimates of
 * Location Based on Rank Tests", Ann. Math. Statist. 34 (1963), 598-611).
 *
 * One block of all trials is the test of Mann and Whitney (1947), and its interval.
 */
#ifndef RESULTS_SHIFT_H
#define RESULTS_SHIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct shift_trial {
	double value; /* finite; of times and counts, the logarithm */
	uint32_t block; /* any number; trials with the same one are compared with each other */
	bool b; /* of side B */
};

struct shift;

/*
 * Takes a copy. Blocks that lack a side say nothing about the shift and are left out; -ENODATA where
 * no block is left. -EDOM: a value is not finite. -ENOMEM.
 */
int shift_open(const struct shift_trial *trials, size_t count, struct shift **opened);
void shift_close(struct shift *shift);

size_t shift_blocks(const struct shift *shift);
size_t shift_trials(const struct shift *shift, bool b); /* of a side, in those blocks */

/*
 * The probability, if B's values really lie by delta above A's, of a rank sum of B as large as this one
 * or larger (above), or as small or smaller (!above). Exact up to SHIFT_EXACT trials in blocks of at most
 * SHIFT_EXACT_BLOCK; beyond, the normal distribution with the same mean and variance (Hodges and
 * Lehmann 1962, section 4).
 */
double shift_tail(struct shift *shift, double delta, bool above);
enum { SHIFT_EXACT = 120, SHIFT_EXACT_BLOCK = 40 };

/*
 * Is delta refused at `tail` (below 1/2)? 1: it is too small to be the shift; -1: too large; 0: no.
 * shift_interval() for one shift, in a fraction of its time.
 */
int shift_refuses(struct shift *shift, double delta, double tail);

/* The smallest probability that shift_tail can give: 1 over all ways to deal. */
double shift_least(const struct shift *shift);

/* The shift at which the rank sum is what it would be on average. */
double shift_estimate(struct shift *shift);

/*
 * The shifts that are not refused at `tail` on either side, to 1e-6 or a thousandth of the width, outwards: the interval covers the true one with
 * probability 1 - 2 tail at least. -INFINITY and INFINITY where the trials are too few (shift_least).
 */
void shift_interval(struct shift *shift, double tail, double *low, double *high);

/*
 * The standard deviation of one trial, as it is within blocks, with B's values lowered by delta: 1.4826
 * times the median absolute deviation from the blocks' medians (the factor makes it that of a normal
 * distribution: F. R. Hampel, "The Influence Curve and Its Role in Robust Estimation", JASA 69 (1974),
 * 383-393), and 1.2 times that, since in blocks of four the median goes along with the values.
 */
double shift_scale(struct shift *shift, double delta);

#endif
