/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sequential: looking at the data while it grows, without being wrong more often. What each side of an
 * interval may be wrong with is spent over the looks (K. K. G. Lan and D. L. DeMets, "Discrete
 * Sequential Boundaries for Clinical Trials", Biometrika 70 (1983), 659-663), and the intervals of all
 * looks hold together (C. Jennison and B. W. Turnbull, "Interim Analyses: The Repeated Confidence
 * Interval Approach", J. R. Statist. Soc. B 51 (1989), 305-361): so their intersection does too, and it
 * may be stopped at any look, for any reason.
 */
#ifndef RESULTS_SEQUENTIAL_H
#define RESULTS_SEQUENTIAL_H

#include <stddef.h>

/*
 * The plan of a run that goes on for at most `blocks` blocks of order.h (two trials a side each):
 * tails[b] is the tail for verdict_row() after b blocks, b from 1 to blocks (tails[0] is unused); 0: it is
 * too early to look, no data could be refused. b is that of the verdict: a row that lost a block is
 * that far behind. tail: verdict_tail(). After the last block nothing may be
 * added: a new budget is a new plan, made before the run. -EINVAL: no block, or more than
 * SEQUENTIAL_BLOCKS; -ENOMEM.
 */
int sequential_plan(double tail, size_t blocks, double *tails);
enum { SEQUENTIAL_BLOCKS = 500 };

/*
 * Upper boundaries of the standardised statistic at the looks' fractions of the information (ascending,
 * above 0), such that it crosses one of them by look k with probability spent[k] (ascending, below 1/2),
 * if there is no effect. By recursion over the density of what has not crossed: P. Armitage, C. K. McPherson
 * and B. C. Rowe, "Repeated Significance Tests on Accumulating Data", J. R. Statist. Soc. A 132 (1969),
 * 235-244; C. Jennison and B. W. Turnbull, "Group Sequential Methods" (2000), chapter 19. INFINITY for a
 * look that spends nothing. -ENOMEM.
 */
int sequential_bounds(const double *fractions, const double *spent, size_t looks, double *bounds);

#endif
