// SPDX-License-Identifier: GPL-2.0-only
/* judge_looks: what a row says after all looks at it, taken again from its trials. */
#include <errno.h>
#include <stdlib.h>

#include "results/judge_parts.h"
#include "results/sequential.h"

/* The trials of the first blocks, in their order. Blocks of a row come one after the other. */
static size_t blocks_first(const struct verdict_trial *trials, size_t count, size_t blocks)
{
	size_t seen = 0, at = 0;

	for (; at < count; at++) {
		if (at && trials[at].block == trials[at - 1].block)
			continue;
		if (seen++ == blocks)
			break;
	}
	return at;
}

int judge_looks(const struct judgement *judgement, const struct verdict_trial *trials, size_t count,
		struct verdict *verdict)
{
	const double tail = verdict_tail(&judgement->rule), margin = judgement->rule.margin;
	struct verdict before;
	bool looked = false;
	double *tails;
	int err;

	if (!judgement->looks)
		return verdict_row(trials, count, tail, margin, verdict);
	tails = calloc(judgement->looks + 1, sizeof(*tails));
	err = tails ? sequential_plan(tail, judgement->looks, tails) : -ENOMEM;
	for (size_t blocks = 1; blocks <= judgement->looks && !err; blocks++) {
		size_t first = blocks_first(trials, count, blocks);

		if (first == blocks_first(trials, count, blocks - 1))
			break; /* no more trials: it was decided, or the run was ended */
		if (!(tails[blocks] > 0))
			continue;
		before = *verdict;
		err = verdict_row(trials, first, tails[blocks], margin, verdict);
		if (!err && looked)
			verdict_refine(verdict, &before);
		looked = true;
	}
	/* Too early to look: nothing is decided, but what there is may be shown. */
	if (!err && !looked)
		err = verdict_row(trials, count, tails[judgement->looks] / 1e6, margin, verdict);
	free(tails);
	return err;
}
