/* SPDX-License-Identifier: GPL-2.0-only */
/* judge_explain: why a row says what it says: its samples, its functions, the interval's arithmetic. */
#ifndef RESULTS_JUDGE_EXPLAIN_H
#define RESULTS_JUDGE_EXPLAIN_H

#include <stdio.h>

#include "results/judge.h"

/* Of each row that the glob takes, in at most 80 columns. -ENOENT: it takes none. */
int judge_explain(struct store *store, const struct judgement *judgement, const char *cells,
		  FILE *out, struct fault *fault);

#endif
