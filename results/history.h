/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * history: cells across kernel builds, in version order: what each costs on each build by insn, and where
 * that steps. Builds by different compilers (kernel_order.h) never make a step with each other.
 */
#ifndef RESULTS_HISTORY_H
#define RESULTS_HISTORY_H

#include "results/kernel_order.h"
#include "results/query.h"
#include "results/steps.h"

struct history_ask {
	const char *const *cells; /* globs; none: every cell */
	size_t cell_count;
	const char
		*kernels; /* a glob for a kernel's name, release or version; NULL: every kernel */
	bool own_only; /* no imported runs; else own and imported ones don't mix but where they are of one plan */
	const struct step_rule *rule; /* NULL: the default */
};

struct history_build {
	const struct run_info *run; /* the newest on this kernel */
	size_t family;
};
struct history_point { /* one cell on one build */
	const struct run_info *run; /* the newest with a count, else with any state; NULL: none */
	struct step_point at;
	char *status, *reason; /* "absent" and why not, where no run has the cell */
};
struct history_cell {
	char *key;
	struct history_point *points; /* one a build */
};
struct history_step {
	size_t cell, family;
	size_t from, to; /* builds of that family */
};
struct history {
	struct run_list runs; /* all finished ones of insn */
	struct history_build *builds; /* by kernel_order() */
	size_t build_count;
	char (*families)[KERNEL_FAMILY]; /* in the order of their first builds */
	size_t family_count;
	struct history_cell *cells; /* in the order of the newest runs */
	size_t cell_count;
	struct history_step *steps; /* by cell, family, build */
	size_t step_count;
	/* Runs left out: by run_left_out(), and those in guests of another shape. */
	size_t left_kernels, left_shapes;
	size_t left_plans; /* own runs of another plan than the imported ones */
	struct change_print *prints; /* what was read for history_changes() */
	size_t print_count;
};
/* An empty database has an empty history. */
int history_load(struct store *store, const struct history_ask *ask, struct history *history,
		 struct fault *fault);
void history_free(struct history *history);

/* The change of the count: NAN where either side has none. */
double history_difference(const struct history *history, const struct history_step *step);
double history_ratio(const struct history *history, const struct history_step *step);

/* What else changed from one side of a step to the other: entries of functions, outcomes. */
struct change {
	const char *metric; /* "fn:__pte_alloc", "outcome:errno" */
	double from,
		to; /* medians; NAN: not known on that side (the function has no symbol there) */
};
struct change_list {
	struct change *items; /* metrics are the history's */
	size_t count;
};
int history_changes(struct store *store, struct history *history, const struct history_step *step,
		    struct change_list *changes, struct fault *fault);
void change_list_free(struct change_list *changes);

#endif
