// SPDX-License-Identifier: GPL-2.0-only
/* run_undecided: asks the same judgement that `compare` will show. */
#include "runner/run_undecided.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "results/judge.h"

int rows_undecided(struct store *store, int64_t base, int64_t judged, const char *const *cells,
		   size_t count, bool *wanted, struct fault *fault)
{
	const struct judge_ask ask = { 0 };
	struct judgement judgement;
	char a[24], b[24];
	int err;

	snprintf(a, sizeof(a), "%" PRId64, base);
	snprintf(b, sizeof(b), "%" PRId64, judged);
	err = judge_runs(store, a, b, &ask, &judgement, fault);
	if (err)
		return err;
	for (size_t i = 0; i < judgement.row_count; i++)
		for (size_t cell = 0; cell < count; cell++)
			if (judgement.rows[i].kind == JUDGE_UNDECIDED &&
			    !strcmp(judgement.rows[i].cell, cells[cell]))
				wanted[cell] = true;
	judgement_free(&judgement);
	return 0;
}
