/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * merge_rules: with which neighbours a moved VMA becomes one: pure rules, read from copy_vma() and
 * the merging of a new range in mm/mmap.c of 6.1 and mm/vma.c of 6.12, 6.17 and 7.3.
 */
#ifndef BENCHES_MERGE_RULES_H
#define BENCHES_MERGE_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "benches/layout.h"

#define MERGE_PART (16 * PAGE_BYTES) /* of the VMA that is moved, and of each neighbour */

enum merge_sequence {
	MERGE_ONCE, /* out, to a place beside other VMAs */
	MERGE_BACK, /* out of the middle of a VMA, and back */
	MERGE_TOUCHED, /* the same, first faulted while it was out; only the way back is timed */
};

struct merge_shape {
	enum merge_sequence sequence;
	bool below, above; /* neighbours: at the destination, or those that it comes back to */
	bool moved_faulted, others_faulted;
	bool dontunmap;
	bool always; /* the kernel was booted with mremap_relocate=always */
	bool restored; /* of other permissions while it moves, of the neighbours' afterwards */
	uint64_t source, destination; /* of the VMA that is moved out */
};

enum { MERGE_EXTENTS = 4 };

/* Where it lies in the end. */
uint64_t merge_home(const struct merge_shape *shape);
/* It becomes one with its neighbours as far as pages and offsets allow: permissions left out. */
void merge_joins(const struct merge_shape *shape, bool *below, bool *above);
/* The VMAs after the last move, before any restoring, by address. Returns how many. */
size_t merge_extents(const struct merge_shape *shape, struct extent extents[MERGE_EXTENTS]);
/* VMAs where it lies, neighbours included; after the permissions were restored, if they are to be. */
unsigned int merge_vmas(const struct merge_shape *shape);
/* The merges are done by copy_vma(), and not after a relocation. */
bool merge_is_ordinary(const struct merge_shape *shape);
/* mremap() calls that are timed, page tables that they make, and merges that they do. */
unsigned int merge_moves(const struct merge_shape *shape);
unsigned int merge_tables(const struct merge_shape *shape);
unsigned int merge_merges(const struct merge_shape *shape);

#endif
