/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profile_samples: a cell's stored profiles, trial by trial, read back and held against its counts.
 * Internal to results/.
 */
#ifndef RESULTS_PROFILE_SAMPLES_H
#define RESULTS_PROFILE_SAMPLES_H

#include "results/database.h"
#include "results/profile_blob.h"

struct profile_piece { /* one measurement */
	int64_t measurement, trial; /* trial: its sequence */
	struct profile_rows rows;
	uint32_t *kept; /* its samples that count and have a profile, ascending */
	uint64_t *totals; /* their counts */
	size_t kept_count;
};
struct profile_pieces {
	struct profile_piece *items; /* those that have such a sample */
	size_t count, room;
	uint32_t without; /* samples that count and have none */
	bool measured; /* the run has the cell */
	bool strayed; /* no sample is valid: those count that took another path (REJECT_PATH) */
};
/* -EBADMSG: a sample's functions don't add up to its count, or what is stored is damaged. */
int profile_pieces_load(struct store *store, int64_t run_id, const char *cell,
			struct profile_pieces *pieces, struct fault *fault);
void profile_pieces_free(struct profile_pieces *pieces);

/* values[i]: the row's instructions in the piece's i-th kept sample, added to what is there. */
void profile_row_add(const struct profile_piece *piece, const struct profile_row *row,
		     uint64_t *values);

#endif
