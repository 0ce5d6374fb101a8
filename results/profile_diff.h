/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profile_diff: a cell's profile by group, and the difference of two, function by function. All of it is
 * sums and differences of exact counts: the parts of a difference add up to it, to the instruction.
 */
#ifndef RESULTS_PROFILE_DIFF_H
#define RESULTS_PROFILE_DIFF_H

#include "results/function_groups.h"
#include "results/profile.h"

/* What some functions cost together: in the steady sample, and least and most in any one sample. */
struct profile_sum {
	uint64_t steady, min, max;
};
/* sums[i]: of group i; parts[i]: of a part. They add up to profile->steady. */
struct profile_groups {
	struct profile_sum sums[FUNCTION_GROUPS], parts[FUNCTION_PARTS];
};
int profile_group(const struct profile *profile, const struct function_groups *groups,
		  struct profile_groups *out);

struct profile_change {
	const char *function; /* of the profiles compared */
	size_t group;
	enum function_part part;
	/*
	 * Whether it ran in any sample of that side. One that ran on one side only was inlined or has another
	 * name on the other, or was not called there: a count can't tell which.
	 */
	bool in_a, in_b;
	struct profile_sum a, b; /* zeros where it did not run */
	int64_t change; /* b.steady - a.steady */
	bool apart; /* no sample of one side cost what one of the other did, nor lies between such */
	int64_t entries_a, entries_b; /* -1: not known */
};
struct profile_part_change {
	struct profile_sum a, b;
	int64_t change;
	bool apart;
};
struct profile_diff {
	struct profile_sum a, b; /* the cell's */
	int64_t change; /* the sum of parts[].change, and of changes[].change */
	struct profile_part_change parts[FUNCTION_PARTS], groups[FUNCTION_GROUPS];
	struct profile_change
		*changes; /* every function that ran; largest change first, then by name */
	size_t change_count;
	size_t changed; /* how many of them, from the first on, changed in the steady state */
	size_t only_a, only_b; /* of those that changed */
	/*
	 * Page tables that B makes more than A, by the entries of __pte_alloc and its like. Their pages
	 * are among the refills, but it is the path that wants them: where this is not 0, nor is such a
	 * part of the refills' change chance.
	 */
	int64_t tables;
};
/* The profiles and groups must outlive the difference. -ENOMEM. */
int profile_diff_make(const struct profile *a, const struct profile *b,
		      const struct function_groups *groups, struct profile_diff *diff);
void profile_diff_free(struct profile_diff *diff);

#endif
