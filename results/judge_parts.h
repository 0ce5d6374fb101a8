/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * judge_parts: the steps of a judgement, apart from its rules (judge_rule.c). Internal to results/.
 */
#ifndef RESULTS_JUDGE_PARTS_H
#define RESULTS_JUDGE_PARTS_H

#include "results/judge.h"

/* Is a metric of this instrument a count of what was done, not of what it took? */
bool metric_is_counted(const char *instrument, const char *metric);

/* The valid samples of both sides of each row; then counts, values and what changed with them. */
int judge_load(struct store *store, struct judgement *judgement, struct fault *fault);

/* Both by trial and sample. -ENOMEM. */
int judge_pair(const struct judge_sample *a, size_t a_count, const struct judge_sample *b,
	       size_t b_count, struct judge_pairs *pairs);

/* Lets the pair in the middle stand for both sides: their value, and their sample. */
void judge_row_stand(struct judge_row *row);

/* A counted row's path and refills, where both sides have profiles of all their samples. */
int judge_take_apart(struct store *store, const struct judgement *judgement, struct judge_row *row,
		     struct fault *fault);

/* Sets kind and reason. -ENOMEM. */
int judge_reason(struct judge_row *row, enum judge_kind kind, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/*
 * The verdict of a row's trials: by one look at all of them, or, of runs that went on until it was decided, by
 * all looks that were taken, as they were taken (sequential.h). As verdict_row(). -EINVAL: no such plan.
 */
int judge_looks(const struct judgement *judgement, const struct verdict_trial *trials, size_t count,
		struct verdict *verdict);
/* The verdict of a row of times, and what warns of it. */
int judge_time(struct judge_row *row, const struct judgement *judgement);

/* What a row says: its kind, and why. verdict_rule: of times, with all its rows. -ENOMEM. */
int judge_row_decide(struct judge_row *row, const struct judgement *judgement);
void judge_row_free(struct judge_row *row);

#endif
