/* SPDX-License-Identifier: GPL-2.0-only */
/* rivals: the rules of other tools, as they are published, to be simulated beside ours. */
#ifndef RESULTS_CALIBRATE_RIVALS_H
#define RESULTS_CALIBRATE_RIVALS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * benchstat: Mann's and Whitney's test, two-sided, each row by itself: p < 0.05 is a change. Exact, for
 * values without ties; `count` of each side, at most RIVAL_MOST.
 */
enum { RIVAL_MOST = 40 };
bool benchstat_claims(const double *a, const double *b, size_t count);

/* LKP (lkp-tests, lib/changed_stat.rb, without the option `distance`): all values of one side are beyond
 * the other's mean, and its mean beyond all of the other's. */
bool lkp_claims(const double *a, const double *b, size_t count);

#endif
