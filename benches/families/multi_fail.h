/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * multi_fail: the calls over many VMAs that fail, and what each kernel leaves behind: pure rules,
 * read from remap_move() and check_prep_vma() of 6.17 and 7.3, mremap_to() of 6.1 and 6.12.
 */
#ifndef BENCHES_MULTI_FAIL_H
#define BENCHES_MULTI_FAIL_H

#include "benches/bench.h"

enum obstacle { OBSTACLE_NONE, OBSTACLE_UFFD, OBSTACLE_ZERO, OBSTACLE_SEAL, OBSTACLE_LIMIT };

struct multi_fail {
	const char *name;
	enum obstacle obstacle;
	unsigned int at; /* which VMA the obstacle is */
	unsigned int count; /* VMAs that lie there */
	unsigned int before; /* of their length, unmapped, before the first, in the call's range */
	unsigned int old_length, new_length; /* the call's, in VMAs */
	bool overlaps; /* the destination is one VMA higher */
	bool occupied; /* a mapping lies at the destination */
	bool dontunmap;
};

/* What the call leaves. */
struct multi_left {
	int error; /* positive */
	unsigned int moved; /* the first VMAs lie at the destination */
	unsigned int lost; /* the last VMAs are gone */
	bool occupant_lost; /* what lay at the destination is gone */
};

extern const struct multi_fail multi_fails[]; /* ends with a NULL name */
const struct multi_fail *multi_fail_find(const char *name);
struct multi_left multi_fail_left(const struct multi_fail *fail, struct kernel_version kernel);

#endif
