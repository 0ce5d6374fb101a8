/* SPDX-License-Identifier: GPL-2.0-only */
/* review_functions: which functions' instructions changed, over all rows of a judgement that did. */
#ifndef RUNNER_REVIEW_FUNCTIONS_H
#define RUNNER_REVIEW_FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "results/function_groups.h"
#include "results/judge.h"

enum { REVIEW_FUNCTIONS = 16 };

struct review_function {
	char *name;
	size_t rows; /* in so many */
	int64_t least,
		most; /* instructions a call, in the steady samples of the rows that it changed in */
	enum function_part part; /* but for the path, not the patch's */
};
struct review_functions {
	struct review_function *items; /* in most rows first; then by the largest change */
	size_t count, more; /* shown, and left out */
};
/* Rows without profiles are passed over. -ENOMEM, or what reading the database says. */
int review_functions_find(const char *database, const struct judgement *judgement,
			  const struct function_groups *groups, struct review_functions *functions,
			  struct fault *fault);
void review_functions_free(struct review_functions *functions);

#endif
