// SPDX-License-Identifier: GPL-2.0-only
/* rivals: the rules of other tools, as they are published, to be simulated beside ours. */
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "results/calibrate/rivals.h"

/* limits[n]: the largest U with P(at most U) < 0.025 for n of each side; -1: none. */
static long limits[RIVAL_MOST + 1];
static pthread_once_t limits_once = PTHREAD_ONCE_INIT;

/*
 * ways[m][u]: orders of n and m values with U = u: rank by rank (Mann and Whitney 1947, eq. 5), here as the
 * product of (1 - x^(n + i)) / (1 - x^i), i from 1 to n.
 */
static long limit_find(size_t n)
{
	static double ways[RIVAL_MOST * RIVAL_MOST + 1];
	size_t most = n * n;
	double all = 0, sum = 0;

	memset(ways, 0, sizeof(ways));
	ways[0] = 1;
	for (size_t i = 1; i <= n; i++) {
		for (size_t u = most; u >= n + i; u--)
			ways[u] -= ways[u - n - i];
		for (size_t u = i; u <= most; u++)
			ways[u] += ways[u - i];
	}
	for (size_t u = 0; u <= most; u++)
		all += ways[u];
	for (size_t u = 0; u <= most; u++) {
		sum += ways[u] / all;
		if (sum >= 0.025)
			return (long)u - 1;
	}
	return (long)most;
}

static void limits_make(void)
{
	for (size_t n = 1; n <= RIVAL_MOST; n++)
		limits[n] = limit_find(n);
}

bool benchstat_claims(const double *a, const double *b, size_t count)
{
	long above = 0, below = 0;

	pthread_once(&limits_once, limits_make);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++) {
			above += b[j] > a[i];
			below += b[j] < a[i];
		}
	return (above < below ? above : below) <= limits[count];
}

struct range {
	double least, most, mean;
};

static struct range range_of(const double *values, size_t count)
{
	struct range range = { INFINITY, -INFINITY, 0 };

	for (size_t i = 0; i < count; i++) {
		range.least = fmin(range.least, values[i]);
		range.most = fmax(range.most, values[i]);
		range.mean += values[i] / (double)count;
	}
	return range;
}

bool lkp_claims(const double *a, const double *b, size_t count)
{
	struct range of_a = range_of(a, count), of_b = range_of(b, count);

	return (of_b.least > of_a.mean && of_b.mean > of_a.most) ||
	       (of_a.least > of_b.mean && of_a.mean > of_b.most);
}
