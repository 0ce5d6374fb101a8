/* SPDX-License-Identifier: GPL-2.0-only */
/* plan: whether two runs counted the same thing in the same way: then only their kernels differ. */
#ifndef RESULTS_PLAN_H
#define RESULTS_PLAN_H

#include "results/query.h"

/* The value of a note; "" where there is none. */
const char *pair_value(const struct pair_list *pairs, const char *key);
/* What two runs' plans differ in ("suite", or the note's key); NULL: nothing. The notes are their provenance. */
const char *plan_difference(const struct run_info *a, const struct pair_list *a_notes,
			    const struct run_info *b, const struct pair_list *b_notes);

#endif
