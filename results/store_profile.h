/* SPDX-License-Identifier: GPL-2.0-only */
/* store_profile: writing one measurement's profile. Internal to results/. */
#ifndef RESULTS_STORE_PROFILE_H
#define RESULTS_STORE_PROFILE_H

#include "results/database.h"
#include "results/store.h"

/* Inside the caller's transaction. Nothing for a record without a profile. */
int store_profile(sqlite3 *db, int64_t measurement, const struct measurement_record *record,
		  struct fault *fault);

#endif
