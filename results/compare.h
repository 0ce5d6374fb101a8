/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compare: two runs, cell by cell, without a verdict; and what they differ in besides their numbers.
 */
#ifndef RESULTS_COMPARE_H
#define RESULTS_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "results/query.h"

enum compare_weight {
	COMPARE_POINT, /* the kernel: what a comparison is for */
	COMPARE_WARN, /* could be the cause of a difference as well */
	COMPARE_REFUSE, /* the numbers do not mean the same thing */
};
struct compare_difference {
	enum compare_weight weight;
	char *key, *a, *b; /* "" on the side that did not record it */
};
struct compare_row {
	const char *cell;
	const struct cell_summary *a, *b; /* NULL: the run does not have the cell */
	double difference,
		ratio; /* b - a, b / a; NAN where either side has no number, or another unit */
};
struct comparison {
	struct run_info a, b;
	struct compare_difference *differences; /* the gravest first */
	size_t difference_count;
	bool refused; /* one of them is COMPARE_REFUSE */
	struct compare_row *rows; /* in the order of a's cells; then those that only b has */
	size_t row_count;
	/* what the rows point to */
	struct summary_list a_cells, b_cells;
};

/*
 * specs as in query_run_find. metric: one name; NULL for each run's own cost metric. A refused
 * comparison is still returned in full: whether to show it is the caller's question.
 */
int compare_runs(struct store *store, const char *a, const char *b, const char *metric,
		 struct comparison *comparison, struct fault *fault);
void comparison_free(struct comparison *comparison);

#endif
