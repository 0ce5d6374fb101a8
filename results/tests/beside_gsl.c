// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads oracle_gsl's lines and compares each value with the project's own; prints how many agree. Exit
 * status 1 if one does not.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "results/normal.h"
#include "results/sequential.h"
#include "results/shift.h"
#include "results/stats.h"

enum { NUMBERS = 64 };

/* All of them relative to the oracle's. */
static int close_to(double ours, double theirs, double within)
{
	return fabs(ours - theirs) <= within * fabs(theirs);
}

static int ranks_agree(const double *numbers, size_t count)
{
	size_t n = (size_t)numbers[0];
	struct shift_trial trials[16];
	struct shift *shift;
	int agree;

	if (count != 2 * n + 2 || n > 8)
		return 0;
	for (size_t i = 0; i < 2 * n; i++)
		trials[i] = (struct shift_trial){ numbers[1 + i], 0, i < n };
	if (shift_open(trials, 2 * n, &shift))
		return 0;
	agree = close_to(shift_tail(shift, 0, false), numbers[count - 1], 1e-12);
	shift_close(shift);
	return agree;
}

/* first bound, what is spent by the first look, by the second, second bound */
static int looks_agree(const double *numbers)
{
	const double fractions[] = { 0.5, 1 };
	double bounds[2];

	return !sequential_bounds(fractions, numbers + 1, 2, bounds) &&
	       close_to(bounds[0], numbers[0], 1e-6) && close_to(bounds[1], numbers[3], 1e-5);
}

static int line_agrees(const char *name, double *numbers, size_t count)
{
	if (!strcmp(name, "tail") && count == 2)
		return close_to(normal_tail(numbers[0]), numbers[1], 1e-12);
	if (!strcmp(name, "quantile") && count == 2)
		return close_to(normal_tail_quantile(numbers[0]), numbers[1], 1e-9);
	if (!strcmp(name, "looks") && count == 4)
		return looks_agree(numbers);
	if (!strcmp(name, "ranks") && count > 2)
		return ranks_agree(numbers, count);
	if (!strcmp(name, "quantile7") && count > 2) {
		stats_sort(numbers + 1, count - 2);
		return close_to(stats_quantile(numbers + 1, count - 2, 0.3), numbers[count - 1],
				1e-12);
	}
	return 0;
}

int main(void)
{
	size_t agree = 0, differ = 0;
	char line[4096];

	while (fgets(line, sizeof(line), stdin)) {
		double numbers[NUMBERS];
		char *rest = line, *name = strsep(&rest, " \n"), *word;
		size_t count = 0;

		while (count < NUMBERS && (word = strsep(&rest, " \n")))
			if (*word)
				numbers[count++] = strtod(word, NULL);
		if (line_agrees(name, numbers, count)) {
			agree++;
			continue;
		}
		differ++;
		printf("differs: %s %.17g … %.17g\n", name, count ? numbers[0] : NAN,
		       count ? numbers[count - 1] : NAN);
	}
	printf("%zu values agree with GSL's, %zu differ\n", agree, differ);
	return differ || agree < 60;
}
