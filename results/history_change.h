/* SPDX-License-Identifier: GPL-2.0-only */
/* history_change: what history.c takes from its parts. Internal to results/. */
#ifndef RESULTS_HISTORY_CHANGE_H
#define RESULTS_HISTORY_CHANGE_H

#include "results/history.h"

/* Which of history->runs it is made of: *used, one a run, for free(). Counts those that are left out. */
int history_runs_choose(struct store *store, struct history *history, const struct history_ask *ask,
			bool **used, struct fault *fault);
void history_prints_free(struct history *history);

#endif
