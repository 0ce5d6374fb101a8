/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profile_json: a profile, and the difference of two, as JSON. Each returns a new reference, NULL where
 * memory ran out.
 */
#ifndef RESULTS_PROFILE_JSON_H
#define RESULTS_PROFILE_JSON_H

#include <jansson.h>

#include "results/profile_diff.h"
#include "results/query.h"

/* samples: with each sample's values. */
json_t *profile_json(const struct run_info *run, const char *cell, const struct profile *profile,
		     const struct function_groups *groups, bool samples);
json_t *profile_diff_json(const struct run_info *a, const struct run_info *b, const char *cell,
			  const struct profile_diff *diff, const struct function_groups *groups);

#endif
