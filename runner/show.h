/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * show: one run, written for a person: who and what was measured, the tables, and what is not in
 * them and why. All print to out and return 0 or a negative errno; a write error is the stream's.
 */
#ifndef RUNNER_SHOW_H
#define RUNNER_SHOW_H

#include <stdbool.h>
#include <stdio.h>

#include "results/query.h"

void show_head(const struct run_info *run, FILE *out);
void show_provenance(const struct pair_list *pairs, FILE *out);
/* A table a metric; a metric that no cell has is one line below them. */
int show_summaries(const struct summary_list *summaries, FILE *out);
/* The functions each cell entered, beside those it expects: summaries of the metrics "fn:*". */
int show_fingerprints(const struct summary_list *summaries, FILE *out);
/* What each cell's samples left behind: of query_outcomes(). */
int show_outcomes(const struct summary_list *outcomes, FILE *out);
/* The cells without a number, or with rejected samples, and why. */
void show_reasons(const struct summary_list *summaries, FILE *out);
/* What the kernels reported of themselves: each headline, and the first report's own lines. */
void show_splats(const struct splat_list *splats, const struct trial_list *trials, FILE *out);
void show_failed_trials(const struct trial_list *trials, FILE *out);

#endif
