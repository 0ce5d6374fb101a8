/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * warnings: what in a row's data speaks against trusting its verdict, or says why there is none; each with
 * its arithmetic. A warning changes no verdict: those hold under all of it, only wider.
 */
#ifndef RESULTS_WARNINGS_H
#define RESULTS_WARNINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "results/verdict.h"

enum warning_kind {
	WARNING_CHANGED, /* the environment differs between the sides, or changed on the way */
	WARNING_ORDER, /* the sides were not measured side by side: drift looks like a difference */
	WARNING_FEW, /* so few trials that no data could prove anything */
	WARNING_DRIFT, /* the values rise or fall during the run */
	WARNING_OUTLIERS, /* trials far from all others */
	WARNING_HUMPS, /* values of two kinds: one number does not describe them */
	WARNING_KINDS,
};
/* "changed", "order", "few", "drift", "outliers", "humps": for scripts. */
const char *warning_kind_name(enum warning_kind kind);

struct warning {
	enum warning_kind kind;
	char side; /* 'a', 'b', or 0: of both */
	/* What was found, and what it was held against: a dip and its limit; a count, and the distance from
	 * the median in median deviations; the change over the run, as a part, and the margin; trials a side,
	 * and how many it takes; 0 and 0. */
	double found, limit;
	char text[240]; /* the arithmetic in words, one line, of any data safe to show as it is */
};

struct warning_samples { /* all valid samples of one side, in any order; count 0: not asked */
	const double *
		values; /* each divided by its trial's median, so that trials don't look like humps */
	size_t count;
};

struct warning_ask {
	const struct verdict *verdict; /* that verdict_row() gave of the same trials */
	const struct verdict_trial *trials; /* in the order in which they ran */
	size_t count;
	struct warning_samples samples[2]; /* of side A, of side B */
	const char *const *changed; /* what changed in the environment, a line each */
	size_t changed_count;
};

struct warning_list {
	struct warning *items; /* in the order of enum warning_kind */
	size_t count;
};

/* -ENOMEM. The list is to be freed in either case. */
int warnings_find(const struct warning_ask *ask, struct warning_list *list);
void warning_list_free(struct warning_list *list);

/*
 * The slope of values over their places 0 … count - 1: the median of all slopes between two, and its
 * interval (P. K. Sen, "Estimates of the Regression Coefficient Based on Kendall's Tau", JASA 63 (1968),
 * 1379-1389, with the normal approximation of section 3 and Kendall's variance corrected for ties), wrong
 * with `tail` on each side. -INFINITY and INFINITY where there are too few. -ENOMEM.
 */
int slope_find(const double *values, size_t count, double tail, double *slope, double *low,
	       double *high);

#endif
