// SPDX-License-Identifier: GPL-2.0-only
/*
 * Values by GSL, a line each ("name argument… value"), for results/tests/beside_gsl.c. A program of its own:
 * GSL is under GPL-3 or later, so nothing of the project is linked into it.
 */
#include <math.h>
#include <stdio.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_combination.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>

static void normal_print(void)
{
	double tail = 0.45;

	for (int i = -8; i <= 16; i++)
		printf("tail %.17g %.17g\n", 0.75 * i, gsl_cdf_ugaussian_Q(0.75 * i));
	for (int i = 0; i < 17; i++, tail /= 7)
		printf("quantile %.17g %.17g\n", tail, gsl_cdf_ugaussian_Qinv(tail));
}

/* The second of two looks, half way and at the end: P(not across z1, then across z2), by quadrature. */
struct second {
	double first, second;
};

static double across_second(double x, void *opaque)
{
	const struct second *bounds = opaque;

	/* x: the statistic at the first look; what follows is as long again. */
	return gsl_ran_ugaussian_pdf(x) * gsl_cdf_ugaussian_Q(bounds->second * sqrt(2) - x);
}

static void looks_print(void)
{
	static const double firsts[] = { 2.2, 2.8, 3.7, 4.6 };
	gsl_integration_workspace *space = gsl_integration_workspace_alloc(1000);

	for (size_t i = 0; space && i < sizeof(firsts) / sizeof(firsts[0]); i++) {
		struct second bounds = { firsts[i], firsts[i] - 0.2 };
		gsl_function function = { across_second, &bounds };
		double spent = gsl_cdf_ugaussian_Q(bounds.first), value, error;

		gsl_integration_qagil(&function, bounds.first, 1e-14, 1e-9, 1000, space, &value,
				      &error);
		printf("looks %.17g %.17g %.17g %.17g\n", bounds.first, spent, spent + value,
		       bounds.second);
	}
	gsl_integration_workspace_free(space);
}

/* One block of n and n: the probability of a rank sum as small, over all choices of n of 2 n values. */
static void rank_sum_print(gsl_rng *random, size_t n)
{
	double values[16], ranks_b = 0, ways = 0, least = 0;
	size_t order[16], rank[16];
	gsl_combination *dealt = gsl_combination_calloc(2 * n, n);

	for (size_t i = 0; i < 2 * n; i++)
		values[i] = gsl_rng_uniform(random);
	gsl_sort_index(order, values, 1, 2 * n);
	for (size_t i = 0; i < 2 * n; i++)
		rank[order[i]] = i + 1;
	for (size_t i = 0; i < n; i++)
		ranks_b += (double)rank[i];
	do {
		double sum = 0;

		for (size_t i = 0; i < n; i++)
			sum += (double)rank[gsl_combination_get(dealt, i)];
		ways++;
		least += sum <= ranks_b;
	} while (gsl_combination_next(dealt) == GSL_SUCCESS);
	gsl_combination_free(dealt);
	printf("ranks %zu", n);
	for (size_t i = 0; i < 2 * n; i++)
		printf(" %.17g", values[i]);
	printf(" %.17g\n", least / ways);
}

static void quantile_print(gsl_rng *random, size_t count)
{
	double values[16];

	printf("quantile7 %zu", count);
	for (size_t i = 0; i < count; i++) {
		values[i] = gsl_rng_uniform(random);
		printf(" %.17g", values[i]);
	}
	gsl_sort(values, 1, count);
	printf(" %.17g\n", gsl_stats_quantile_from_sorted_data(values, 1, count, 0.3));
}

int main(void)
{
	gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);

	if (!random)
		return 1;
	normal_print();
	looks_print();
	for (size_t i = 0; i < 24; i++)
		rank_sum_print(random, 2 + i % 7);
	for (size_t count = 1; count < 16; count++)
		quantile_print(random, count);
	gsl_rng_free(random);
	return 0;
}
