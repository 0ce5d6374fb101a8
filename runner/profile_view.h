/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profile_view: profiles as tables for people. All print to out and return 0 or a negative errno; a
 * write error is the stream's.
 */
#ifndef RUNNER_PROFILE_VIEW_H
#define RUNNER_PROFILE_VIEW_H

#include <stdbool.h>
#include <stdio.h>

#include "results/profile_diff.h"
#include "results/query.h"

/* top: so many functions, 0 for all; what is not shown is summed up in a last row. */
int profile_print(const struct run_info *run, const char *cell, const struct profile *profile,
		  const struct function_groups *groups, size_t top, FILE *out);
/* Each sample, and the functions in which it differs from the steady one. */
int profile_print_samples(const struct profile *profile, const struct function_groups *groups,
			  FILE *out);
/* Who was compared, the parts, and the functions that changed. */
int profile_diff_print(const struct run_info *a, const struct run_info *b, const char *cell,
		       const struct profile_diff *diff, const struct function_groups *groups,
		       size_t top, FILE *out);

#endif
