/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * paths: a model of move_page_tables() in mm/mremap.c: which page-table entries one move moves, and so
 * how often it enters the functions that tell the paths apart. A sample whose entries differ took
 * another path than its cell says.
 */
#ifndef BENCHES_PATHS_H
#define BENCHES_PATHS_H

#include "benches/bench.h"
#include "benches/fixture.h"

/* One move. What the region's own pages don't tell is told here. */
struct move_shape {
	const struct region *region; /* what is moved, as it was filled, where it lies before */
	uint64_t destination;
	bool lonely; /* it is a whole VMA, and nothing is mapped below either end in its PMD */
	bool source_shared; /* a neighbour's pages give the source's first PMD a page table */
	bool destination_shared; /* …and the destination's first */
	bool entry_by_entry; /* page tables can't be moved whole: userfaultfd without EVENT_REMAP */
	bool kept; /* the source stays mapped: MREMAP_DONTUNMAP */
	uint64_t
		vma_start; /* of the VMA that the source is the end of; 0: the source is all of it */
	/* Where the VMA below the source ends and the one above it begins; 0: none in its PUDs. */
	uint64_t floor, ceiling;
};

struct path {
	uint64_t pud_moves, pmd_moves; /* whole page-table pages moved; inlined, so not watched */
	uint64_t pte_alloc; /* __pte_alloc: page-table pages made for single PTEs */
	uint64_t huge_moves; /* move_huge_pmd */
	uint64_t splits; /* __split_huge_pmd */
	uint64_t flushes; /* flush_tlb_mm_range, until the source is unmapped */
	uint64_t flushes_more; /* that some builds of a version do, and others don't */
	/* __split_huge_pmd where a VMA is split and nothing huge is there: may be inlined there */
	uint64_t split_tries;
};

struct path path_of_move(const struct move_shape *move, struct kernel_version kernel);

/* The three watched functions, as an expected fingerprint. */
void path_expect(const struct path *path, struct fingerprint *fingerprint);
/* flush_tlb_mm_range beside them: where one move of one VMA to an unmapped place is all that is timed. */
void path_expect_flushes(const struct path *path, struct fingerprint *fingerprint);

#endif
