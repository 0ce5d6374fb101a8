/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * claims: holds a suite's claims against runs of it: for each claim and run what was measured, and
 * whether that is what was expected of that run's kernel.
 */
#ifndef RUNNER_CLAIMS_H
#define RUNNER_CLAIMS_H

#include <stdbool.h>

#include "results/query.h"
#include "runner/suite.h"

struct claim_verdict {
	const char
		*expected; /* of this kernel: the claim's `is` or `was`; borrowed from the suite */
	char measured[64]; /* "17", "2..3", "x12.50", or the state: "unsupported" … */
	char reason[256]; /* where there is no number: why; "" otherwise */
	bool held;
};

/*
 * Every valid sample must be as expected, not just their median; a ratio (against) is of the medians.
 * A cell or metric that the run does not have is not held: nothing was shown. 0 or a negative errno.
 */
int claim_judge(struct store *store, const struct suite_claim *claim, const struct run_info *run,
		struct claim_verdict *verdict, struct fault *fault);

#endif
