/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ablation: what each optimisation is worth by itself: a kernel beside others that are built alike but
 * for one of them (their traits say which: "no-move-pmd"). By exact counts, as steps are.
 */
#ifndef RESULTS_ABLATION_H
#define RESULTS_ABLATION_H

#include "results/history.h"

struct ablation { /* one kernel without something, and the one that has it */
	size_t with, without; /* builds of the history */
	const char *trait; /* "no-move-pmd" */
	const char *optimisation; /* "PMD moves" */
};
struct ablation_list {
	struct ablation *
		items; /* by kernel, the newest last; then in the order in which they came to Linux */
	size_t count;
};
/* -ENOMEM. A kernel without something whose other half was not measured is not in it. */
int ablations_find(const struct history *history, struct ablation_list *list);
void ablation_list_free(struct ablation_list *list);

/* A cell in which it matters: a step, by the history's rule for steps, from one kernel to the other. */
struct ablation_row {
	struct history_step step; /* of the cell, from `with` to `without` */
	/*
	 * What is done without it: the cell itself; where the call is refused without it, the cell in which
	 * as many calls do the same. NAN: there is none.
	 */
	const char *instead;
	double count, instead_count, ratio;
	int refused; /* the errno; 0 */
	struct change_list changes;
};
struct ablation_rows {
	struct ablation_row *items; /* what is worth most comes first */
	size_t count;
};
int ablation_rows(struct store *store, struct history *history, const struct ablation *ablation,
		  struct ablation_rows *rows, struct fault *fault);
void ablation_rows_free(struct ablation_rows *rows);

#endif
