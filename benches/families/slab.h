/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * slab: the kernel's objects that VMAs cost, counted in a guest of ours, where nobody else makes any.
 */
#ifndef BENCHES_SLAB_H
#define BENCHES_SLAB_H

#include <stdbool.h>
#include <stdint.h>

enum slab { SLAB_VMA, SLAB_ANON_VMA, SLAB_AVC, SLABS };

struct slabs {
	uint64_t used[SLABS]; /* objects in use */
};

/* False where they can't be read, or are not ours alone. Waits for what is freed only later. */
bool slabs_count(struct slabs *slabs);
/*
 * Gives the CPU spare objects again, which counting took: else the operation that follows might be the
 * one that has to make a slab. The windows must be empty, and are so afterwards.
 */
int slabs_refill(char *reason);
/*
 * The same for an operation that makes hundreds of VMAs: in a guest of ours as many objects as `vmas`
 * VMAs take lie ready then, freed for good. Elsewhere nothing. The wide source window must be empty.
 * It helps hundreds, not thousands: of empty slabs a cache keeps few (min_partial in mm/slub.c).
 */
int slabs_stock(uint64_t vmas, char *reason);
/* The same number, from a text like /proc/slabinfo; false where it has no such line. */
bool slabinfo_find(const char *slabinfo, const char *name, uint64_t *used);

#endif
