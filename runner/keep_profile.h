/* SPDX-License-Identifier: GPL-2.0-only */
/* keep_profile: a cell's instructions by function, from the plugin's regions to columns for the store. */
#ifndef RUNNER_KEEP_PROFILE_H
#define RUNNER_KEEP_PROFILE_H

#include "results/store.h"
#include "runner/report.h"

struct kept_profile {
	struct function_record *functions; /* names are the plugin output's */
	size_t count; /* 0: no sample has a profile, or they are too large to be kept (results/profile.h) */
	uint64_t *values;
};
/* Functions of one name are one. A sample without a profile has zeros. -ENOMEM. */
int kept_profile_make(struct kept_profile *profile, const struct report_cell *cell,
		      const struct plugin_output *plugin);
void kept_profile_free(struct kept_profile *profile);

#endif
