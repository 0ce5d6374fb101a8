// SPDX-License-Identifier: GPL-2.0-only
/* sequential: looking at the data while it grows, without being wrong more often. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "results/normal.h"
#include "results/sequential.h"
#include "results/verdict.h"

/* The density of Brownian motion at a look, of the paths that have crossed no boundary; on a grid from
 * `from` in steps of `step`, weighted for Simpson's rule. */
struct density {
	double *at, *weight;
	size_t count, room;
	double from, step;
};

enum {
	GRID_FINE = 6, /* points in a standard deviation of what a look adds */
	GRID_LEAST = 64, /* at least, in a standard deviation of all */
	GRID_REACH = 9, /* standard deviations down to where nothing is left */
};

/* Less can't be told from the recursion's rounding. */
#define SPENDS_LEAST 1e-15

static int density_make(struct density *density, double low, double high, double step)
{
	size_t count = 2 * (size_t)ceil((high - low) / step / 2) + 1;

	if (count < 5)
		count = 5;
	if (count > density->room) {
		free(density->at);
		free(density->weight);
		density->at = calloc(count, sizeof(double));
		density->weight = calloc(count, sizeof(double));
		density->room = density->at && density->weight ? count : 0;
		if (!density->room)
			return -ENOMEM;
	}
	density->count = count;
	density->from = low;
	density->step = (high - low) / (double)(count - 1);
	for (size_t i = 0; i < count; i++)
		density->weight[i] = (i == 0 || i == count - 1 ? 1
				      : i % 2		       ? 4
							       : 2) *
				     density->step / 3;
	return 0;
}

static void density_free(struct density *density)
{
	free(density->at);
	free(density->weight);
}

/* The density at x after another `variance` of information. The kernel is 0 far away. */
static double density_carry(const struct density *density, double x, double variance)
{
	double scale = sqrt(variance), sum = 0;
	double first = (x - GRID_REACH * scale - density->from) / density->step;
	double last = (x + GRID_REACH * scale - density->from) / density->step;
	size_t from = first > 0 ? (size_t)first : 0;
	size_t to = last < 0 ? 0 : (size_t)last + 1;

	for (size_t i = from; i < density->count && i < to; i++)
		sum += density->weight[i] * density->at[i] *
		       normal_density((x - (density->from + (double)i * density->step)) / scale);
	return sum / scale;
}

/* The probability to be above x after another `variance`, and not to have crossed before. */
static double density_above(const struct density *density, double x, double variance)
{
	double scale = sqrt(variance), sum = 0;

	for (size_t i = 0; i < density->count; i++)
		sum += density->weight[i] * density->at[i] *
		       normal_tail((x - (density->from + (double)i * density->step)) / scale);
	return sum;
}

/* Where density_above() is `wanted`: it falls with x. */
static double boundary_find(const struct density *density, double wanted, double variance,
			    double fraction)
{
	double low = 0, high = 40 * sqrt(fraction);

	for (int i = 0; i < 60; i++) {
		double middle = (low + high) / 2;

		if (density_above(density, middle, variance) > wanted)
			low = middle;
		else
			high = middle;
	}
	return high;
}

static int density_next(const struct density *before, struct density *after, double fraction,
			double variance, double boundary, double step_next)
{
	double step = fmin(step_next, sqrt(fraction) / GRID_LEAST);
	double low = -GRID_REACH * sqrt(fraction);
	int err = density_make(after, low, fmin(boundary, -low), step);

	for (size_t i = 0; !err && i < after->count; i++) {
		double x = after->from + (double)i * after->step;

		after->at[i] = before->count ? density_carry(before, x, variance)
					     : normal_density(x / sqrt(variance)) / sqrt(variance);
	}
	return err;
}

int sequential_bounds(const double *fractions, const double *spent, size_t looks, double *bounds)
{
	struct density densities[2] = { { 0 }, { 0 } }, *before = &densities[0],
		       *after = &densities[1], *kept;
	int err = 0;

	for (size_t k = 0; !err && k < looks; k++) {
		double variance = fractions[k] - (k ? fractions[k - 1] : 0);
		double spends = spent[k] - (k ? spent[k - 1] : 0);
		double next = k + 1 < looks ? fractions[k + 1] - fractions[k] : variance;
		double boundary = INFINITY;

		if (spends > SPENDS_LEAST)
			boundary = before->count
					   ? boundary_find(before, spends, variance, fractions[k])
					   : sqrt(variance) * normal_tail_quantile(spends);
		bounds[k] = boundary / sqrt(fractions[k]);
		err = density_next(before, after, fractions[k], variance, boundary,
				   sqrt(next) / GRID_FINE);
		kept = before;
		before = after;
		after = kept;
	}
	density_free(before);
	density_free(after);
	return err;
}

/*
 * The power family, tail * t^rho (K. Kim and D. L. DeMets, "Design and Analysis of Group Sequential
 * Tests Based on the Type I Error Spending Rate Function", Biometrika 74 (1987), 149-154). rho = 1 spends
 * like Pocock's test, 3 like O'Brien's and Fleming's.
 */
static const double rho = 1.5;

int sequential_plan(double tail, size_t blocks, double *tails)
{
	double *fractions, *spent, *bounds;
	size_t looks = 0, first;
	int err = -ENOMEM;

	if (!blocks || blocks > SEQUENTIAL_BLOCKS)
		return -EINVAL;
	fractions = calloc(blocks, sizeof(*fractions));
	spent = calloc(blocks, sizeof(*spent));
	bounds = calloc(blocks, sizeof(*bounds));
	if (!fractions || !spent || !bounds)
		goto out;
	/* The first look is one at which what is spent by then can refuse something. */
	for (first = 1; first < blocks; first++)
		if (verdict_blocks_least(tail * pow((double)first / (double)blocks, rho)) <= first)
			break;
	for (size_t block = 1; block <= blocks; block++) {
		tails[block] = 0;
		if (block < first)
			continue;
		fractions[looks] = (double)block / (double)blocks;
		spent[looks] = tail * pow(fractions[looks], rho);
		looks++;
	}
	err = sequential_bounds(fractions, spent, looks, bounds);
	for (size_t i = 0; !err && i < looks; i++)
		tails[first + i] = isfinite(bounds[i]) ? normal_tail(bounds[i]) : 0;
out:
	free(fractions);
	free(spent);
	free(bounds);
	return err;
}
