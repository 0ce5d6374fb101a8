/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * refuse_limits: what stands in a call's way in the `refuse` bench: limits that are in force only
 * around the call, seals, and mappings that can't grow. Negative errnos with words in reason.
 */
#ifndef BENCHES_REFUSE_LIMITS_H
#define BENCHES_REFUSE_LIMITS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>

#include "benches/fixture.h"
#include "benches/layout.h"

/* What was lowered and is to be put back. All zero: nothing. */
struct limits {
	uint64_t maps; /* max_map_count as it was; 0: not lowered */
	bool space, locked; /* the soft limit of RLIMIT_AS, of RLIMIT_MEMLOCK */
	struct rlimit space_was, locked_was;
	bool privilege; /* CAP_IPC_LOCK is set aside */
};

/*
 * /proc/sys/vm/max_map_count becomes the highest that still refuses a move in this process as it is,
 * and `more` above that: one more lets the move pass. In a guest only.
 */
int limits_maps(struct limits *limits, unsigned int more, char *reason);
/* RLIMIT_AS: a mebibyte. No allocation can succeed from here on. */
int limits_space(struct limits *limits, char *reason);
/*
 * RLIMIT_MEMLOCK: the length bytes that are locked (or less, by the hard limit). CAP_IPC_LOCK, which is
 * above that limit, goes out of the effective set, and stays in the permitted one.
 */
int lock_limit_supported(uint64_t length, char *reason);
int region_lock(const struct region *region, char *reason);
int limits_locked(struct limits *limits, uint64_t length, char *reason);
/* All back as it was; fine where nothing was lowered. */
int limits_lift(struct limits *limits, char *reason);

/* A promise of more memory than there is must be refused here: not with vm.overcommit_memory=1. */
int commit_supported(char *reason);

/* mseal(2), 6.10. */
int seal_supported(char *reason);
int region_seal(const struct region *region, char *reason);
/*
 * An unused gigabyte outside the windows: what is sealed can't be unmapped before its process ends,
 * which on the host has other cells still to run.
 */
uint64_t sealed_place(void);
/* Unmaps the region, or gives back its pages where it is sealed. */
void region_drop(const struct region *region, bool sealed);

/* Where the vdso is; -ENOENT where there is none, -EPERM where this kernel seals it. */
int vdso_find(struct extent *vdso, char *reason);

#endif
