/* SPDX-License-Identifier: GPL-2.0-only */
/* history_change: what history.c must free of it. Internal to results/. */
#ifndef RESULTS_HISTORY_CHANGE_H
#define RESULTS_HISTORY_CHANGE_H

#include "results/history.h"

void history_prints_free(struct history *history);

#endif
