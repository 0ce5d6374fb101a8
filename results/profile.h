/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profile: the instructions of a cell's samples by kernel function, read back. Counts are exact: those of
 * a sample add up to its metric insn, and a profile whose sums don't is damaged.
 *
 * The steady state is one sample, not a value made of many: of the samples whose total is the cell's
 * (exact_count_of() in steps.h: the value of at least half of them, else the lower median), the first of
 * those with the most frequent split. So the steady counts of the functions add up to the cell's.
 */
#ifndef RESULTS_PROFILE_H
#define RESULTS_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "results/store.h"

/* Rows that are no functions: user space, what no symbol covers, what was beyond a limit. */
#define PROFILE_USER "[user]"
#define PROFILE_UNKNOWN "[unknown]"
#define PROFILE_REST "[rest]"

enum { PROFILE_VALUES = 1 << 24 }; /* of one cell, functions × samples: more are not read */

struct profile_function {
	char *name; /* as in the source: the compiler's copies of it are added up */
	char *copies; /* "f.cold f.isra.0", the symbols that ran; "" where that is the name alone */
	uint64_t *values; /* one a sample */
	uint64_t steady, min, max;
	int64_t entries; /* in the steady sample; -1: not watched, or not entered in any sample */
};
struct profile_sample {
	int64_t trial; /* its sequence in the run */
	uint32_t sample; /* its index in the trial */
	uint64_t total; /* instructions */
};
struct profile {
	struct profile_function
		*functions; /* that ran in any sample; by steady, most first, then name */
	size_t function_count;
	struct profile_sample *samples; /* those that count, trial after trial */
	size_t sample_count;
	size_t steady_sample; /* index in samples */
	uint64_t steady, min, max; /* of the totals */
	uint32_t as_steady; /* samples whose total is the steady one's */
	uint32_t
		without; /* samples that count of which no profile was made: not among the samples */
	bool strayed; /* those count that took another path than the cell names: none is valid */
};

/*
 * Valid samples count; where a cell has none, those that took another path (REJECT_PATH in store.h).
 * -ENOENT: the run has no such cell; -ENODATA: no such sample of it has a profile (an older run, another
 * instrument, --no-profile), in words; -EBADMSG: what is stored is damaged.
 */
int profile_load(struct store *store, int64_t run_id, const char *cell, struct profile *profile,
		 struct fault *fault);
void profile_free(struct profile *profile);

/*
 * Lets another sample stand for the cell: counts of functions become those of it; entries are unknown then. Nothing
 * where it is not among the samples.
 */
void profile_stand(struct profile *profile, int64_t trial, uint32_t sample);

/* The function of this name, NULL for none. */
const struct profile_function *profile_find(const struct profile *profile, const char *name);

#endif
