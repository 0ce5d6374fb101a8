/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * keep: from what a trial reported to what the store keeps. Joins the plugin's counts to the
 * samples, and holds each sample's fingerprint against what its cell expects: one that took another
 * path becomes invalid, with the difference as its reason.
 */
#ifndef RUNNER_KEEP_H
#define RUNNER_KEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "results/store.h"
#include "runner/trial.h"

/*
 * Writes a finished trial; counted: its samples' cost is the plugin's. ask: what it was asked for; cells of
 * which it reported nothing are kept as failed.
 */
int trial_keep(struct store *store, int64_t run_id, int64_t sequence, const struct trial *trial,
	       const struct ask *ask, bool counted, struct fault *fault);

/*
 * The reason why one sample's region does not show the cell's expected path, in out (empty if it
 * does). region NULL: the plugin recorded none.
 */
void path_judge(const struct report_cell *cell, const struct plugin_output *plugin,
		const struct plugin_region *region, char *out, size_t room);

#endif
