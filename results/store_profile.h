/* SPDX-License-Identifier: GPL-2.0-only */
/* store_profile: writing one measurement's profile. Internal to results/. */
#ifndef RESULTS_STORE_PROFILE_H
#define RESULTS_STORE_PROFILE_H

#include "results/database.h"
#include "results/store.h"

/* Inside the caller's transaction. samples: the measurement's; nothing for a record of no functions. */
int store_profile(sqlite3 *db, int64_t measurement, const struct profile_record *record,
		  uint32_t samples, struct fault *fault);

#endif
