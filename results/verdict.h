/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * verdict: what a row of a comparison says, from the trials of both sides. Three answers: costs (or
 * saves) at least x; costs less than x, proved; not enough data. docs/statistics.md has the why.
 *
 * Side A is the base, side B is what is judged. All effects are B / A. A part is a number like 0.02 for
 * 2 %; x is a part too, never negative, and in terms of A: B costs A (1 + x), or A (1 - x) if it saves.
 */
#ifndef RESULTS_VERDICT_H
#define RESULTS_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The one number that a trial gives: the median of its valid samples (any unit). The samples of a trial
 * share its memory, its CPU and what else ran then; they are not independent, so only their middle
 * enters, which up to half of them being disturbed can't move far. NAN of none.
 */
double trial_summary(const double *samples, size_t count);

struct verdict_trial {
	double value; /* trial_summary(), not negative; one unit in all of a row */
	/* Trials measured side by side (order.h) have one number, which ascends with time. Where none
	 * were: one number for all; then nothing protects from drift (warnings.h says so). */
	uint32_t block;
	bool b; /* of side B */
};

struct verdict_rule {
	double confidence; /* that all intervals of the table hold together: 0.95 */
	double margin; /* a part: a change smaller than it is no change that matters: 0.01 */
	size_t rows; /* in the table, all that can hold a claim: those filtered from view as well */
};
extern const struct verdict_rule verdict_rule_default; /* 0.95, 0.01, one row */

/*
 * What each side of a row's interval may be wrong with, so that the table is wrong with at most 1 -
 * confidence: (1 - confidence) / rows / 2 (Bonferroni; it holds however rows depend on each other.
 * Šidák's is a fortieth wider in probability and wants more than that; Holm's has no intervals that
 * fit its claims). For looks while trials are still running: sequential.h.
 */
double verdict_tail(const struct verdict_rule *rule);

enum verdict_kind {
	VERDICT_NOT_ENOUGH, /* neither can be told: `more` trials a side would */
	VERDICT_COSTS, /* at least x more than A */
	VERDICT_SAVES, /* at least x less than A */
	VERDICT_EQUAL, /* costs, or saves, less than the margin: x is the margin. That it is not 0
			* may be proved at the same time: low and high are on one side of 1 */
};
/* "not-enough", "costs", "saves", "less-than": for scripts. */
const char *verdict_kind_name(enum verdict_kind kind);

struct verdict {
	enum verdict_kind kind;
	double x;
	/* B / A, of medians: Hodges' and Lehmann's estimate and its interval. low is 0 and high INFINITY
	 * where there are too few trials to bound it; ratio is NAN where no block has both sides. */
	double ratio, low, high;
	double tail; /* what each side of the interval may be wrong with */
	double margin; /* as in the rule */
	/* The smallest cost, as a part, that data of this width would have proved four times out of
	 * five; INFINITY where no data of so few trials could. */
	double smallest;
	size_t trials_a, trials_b, blocks; /* that entered: blocks that lack a side do not */
	/* VERDICT_NOT_ENOUGH: trials a side that would tell four times out of five, if the estimate and
	 * the width seen are right; VERDICT_MORE_UNKNOWN: more than can be said. Else 0. */
	uint32_t more;
	bool contradicted; /* verdict_refine() */
};
#define VERDICT_MORE_UNKNOWN \
	UINT32_MAX /* more than VERDICT_MORE_MOST, or nothing to tell it from */
enum { VERDICT_MORE_MOST = 10000 };

/*
 * The fewest blocks of ABBA with which any data can be refused at this tail: there must be 1 / tail ways to
 * deal at least. Four at 100 rows and 95 %.
 */
size_t verdict_blocks_least(double tail);

/*
 * The p of the test that a row's interval is made of: twice the smaller tail of "nothing differs"; NAN where
 * nothing can be said.
 */
double verdict_p(const struct verdict_trial *trials, size_t count);

/*
 * The verdict of one row. tail: of verdict_tail(), or a look's. No block with both sides is no error:
 * not enough data. -EDOM: a value is negative, NAN or infinite, or some but not all are 0 (what was never
 * there costs no ratio more). -ENOMEM.
 */
int verdict_row(const struct verdict_trial *trials, size_t count, double tail, double margin,
		struct verdict *verdict);

/*
 * Three tests for an interval, in a fraction of its time (what calibrate/ simulates with): whether the ratio is
 * proved to be above (1) or below (-1) each of 1 / (1 + margin), 1, and 1 + margin, or neither (0). As the
 * interval of verdict_row() lies to them. Errors as of verdict_row().
 */
enum { TEST_BELOW, TEST_NONE, TEST_ABOVE, TESTS };
int verdict_tests(const struct verdict_trial *trials, size_t count, double tail, double margin,
		  int proved[TESTS]);

/*
 * After another look (sequential.h): what held before still holds, so the interval becomes what both
 * have in common, and the verdict that of it. A row once decided stays decided. If they have nothing in
 * common, `before` stays, with `contradicted`: the machine changed, or it is the one time in 1 /
 * (1 - confidence). ratio, smallest and the counts are those of `verdict`, the newer; so ratio may lie outside
 * the interval.
 */
void verdict_refine(struct verdict *verdict, const struct verdict *before);

/* Decided: anything but VERDICT_NOT_ENOUGH. */
bool verdict_is_decided(const struct verdict *verdict);
/* Does the interval lie below the margin: if it costs anything, then less? Also of one not decided. */
bool verdict_cost_is_small(const struct verdict *verdict);

#endif
