// SPDX-License-Identifier: GPL-2.0-only
/*
 * paths: the model of move_page_tables(). Read against mm/mremap.c of 6.1, 6.12 and 7.3 (the loop:
 * get_extent(), move_pgt_entry(); since 6.7 also try_realign_addr() and can_align_down()).
 */
#include "benches/paths.h"

#include <stdbool.h>

#include "benches/folios.h"
#include "benches/kernel_rules.h"

/* MAX_TABLE_BATCH of include/asm-generic/tlb.h: a page less its head, in pointers. */
enum { TABLE_BATCH = (4096 - 24) / 8 };

static uint64_t min_u64(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* get_extent(): up to the next boundary of either side, or to the end. */
static uint64_t path_extent(uint64_t from, uint64_t to, uint64_t end, uint64_t size)
{
	uint64_t extent = min_u64(size - (from & (size - 1)), end - from);

	return min_u64(extent, size - (to & (size - 1)));
}

/* The VMAs nearest to the source while it is unmapped; the new one is among them. */
struct neighbours {
	uint64_t floor, ceiling;
};

static struct neighbours path_neighbours(const struct move_shape *move)
{
	const struct region *region = move->region;
	struct neighbours near = { move->floor, move->ceiling ? move->ceiling : UINT64_MAX };

	if (move->source_shared && !near.floor)
		near.floor = region->address;
	if (move->destination > region->address)
		near.ceiling = min_u64(near.ceiling, move->destination);
	else if (near.floor < move->destination + region->length)
		near.floor = move->destination + region->length;
	return near;
}

static uint64_t pmd_of(uint64_t address)
{
	return address & ~(PMD_BYTES - 1);
}

/*
 * try_realign_addr(): since 6.7 a move may begin lower, at the PMD's boundary, where nothing is mapped.
 * What can_align_down() finds there may also be the other end of the same move.
 */
static bool path_realigns(const struct move_shape *move, struct kernel_version kernel)
{
	uint64_t from = move->region->address, to = move->destination;
	uint64_t length = move->region->length, offset = from & (PMD_BYTES - 1);

	if (!kernel_realigns(kernel) || !move->lonely || !offset)
		return false;
	if (to < from ? to + length > pmd_of(from) : from + length > pmd_of(to))
		return false;
	return offset == (to & (PMD_BYTES - 1)) && length >= PMD_BYTES - offset;
}

/* Has the source's PMD at that address a page table? */
static bool path_has_table(const struct move_shape *move, uint64_t pmd)
{
	const struct region *region = move->region;

	if (move->source_shared && pmd == pmd_of(region->address))
		return true;
	return region_has_any(region, pmd, pmd + PMD_BYTES);
}

/* Has the PUD's range any? Its table of PMDs is then there to be moved. */
static bool path_has_tables(const struct move_shape *move, uint64_t pud)
{
	return (move->source_shared && pud == (move->region->address & ~(PUD_BYTES - 1))) ||
	       region_has_any(move->region, pud, pud + PUD_BYTES);
}

/* Has the destination's PMD a page table before anything is moved? The source's own may be there. */
static bool path_is_made(const struct move_shape *move, uint64_t pmd)
{
	uint64_t end = move->region->address + move->region->length;

	if (move->destination_shared && pmd == pmd_of(move->destination))
		return true;
	return pmd >= pmd_of(move->region->address) && pmd < end && path_has_table(move, pmd);
}

/* free_pgd_range(): a table goes with the source if no other VMA reaches into what it maps. */
static bool path_frees(const struct neighbours *near, uint64_t address, uint64_t size)
{
	uint64_t start = address & ~(size - 1);

	return near->floor <= start && near->ceiling >= start + size;
}

/* What the step at one PMD takes; true if the entry of the PMD itself was moved. */
static bool path_step(const struct move_shape *move, uint64_t from, uint64_t extent,
		      uint64_t *split, struct path *path)
{
	const struct region *region = move->region;
	uint64_t pmd = pmd_of(from);

	if (region_huge_at(region, pmd) && *split != pmd) {
		if (extent == PMD_BYTES) {
			path->huge_moves++;
			path->flushes++;
			return true;
		}
		path->splits++;
		path->flushes++; /* pmdp_invalidate() */
		*split = pmd;
	} else if (extent == PMD_BYTES && !move->entry_by_entry && kernel_moves_tables()) {
		path->pmd_moves++;
		path->flushes++;
		return true;
	}
	path->flushes +=
		region_has_any(region, from, from + extent); /* move_ptes(): if any was there */
	return false;
}

/*
 * move_hugetlb_page_tables() has entries of its own size. The tables of PMDs that it leaves are freed
 * with the source. It flushes once if it moved any entry; where it moved none, 6.17 as released flushes
 * too, and kernels whose huge_pmd_unshare() takes an mmu_gather (stable ones among them) don't.
 */
static struct path path_of_hugetlb(const struct move_shape *move, const struct neighbours *near)
{
	const struct region *region = move->region;
	struct path path = { 0 };
	uint64_t end = region->address + region->length;
	bool any = false, freed = false;

	for (uint64_t pmd = region->address; pmd < end; pmd += PMD_BYTES)
		if (path_has_table(move, pmd)) {
			any = true;
			freed |= path_frees(near, pmd, PUD_BYTES);
		}
	path.flushes = any + (freed && !move->kept);
	path.flushes_more = !any;
	return path;
}

/*
 * split_huge_pmd_if_needed(), when the source is split off a larger VMA to be unmapped: asked where a
 * PMD could hold a huge page that crosses the new boundary, and has a table of PMDs.
 */
static uint64_t path_split_tries(const struct move_shape *move)
{
	const struct region *region = move->region;
	uint64_t pmd = pmd_of(region->address);

	return move->vma_start && !move->kept && region->address != pmd && move->vma_start <= pmd &&
	       region->address + region->length >= pmd + PMD_BYTES &&
	       path_has_tables(move, region->address & ~(PUD_BYTES - 1));
}

/*
 * The source's munmap flushes in tlb_finish_mmu() if it freed tables. Where those are kept for RCU in a
 * page of pointers (tlb_remove_table()), it flushes each time that one is full.
 */
static uint64_t path_flushes_to_free(uint64_t tables, struct kernel_version kernel)
{
	if (!kernel_batches_tables(kernel))
		return tables > 0;
	return (tables + TABLE_BATCH - 1) / TABLE_BATCH;
}

struct path path_of_move(const struct move_shape *move, struct kernel_version kernel)
{
	const struct region *region = move->region;
	const struct neighbours near = path_neighbours(move);
	struct path path = { 0 };
	uint64_t from = region->address, to = move->destination, end = from + region->length;
	uint64_t extent;
	uint64_t split = 0; /* the PMD that was split last: its second piece is of PTEs */
	uint64_t made = 0; /* the destination's PMD that has got its page table last */
	uint64_t freed = 0; /* page tables that the source leaves, and nobody else needs */
	uint64_t left = 0; /* the source's PMD that was left with its page table last */
	uint64_t pud = UINT64_MAX; /* the PUD whose table of PMDs was looked at last */

	if (region->memory == MEMORY_HUGETLB)
		return path_of_hugetlb(move, &near);
	if (path_realigns(move, kernel)) {
		from = pmd_of(from);
		to = pmd_of(to);
	}
	for (; from < end; from += extent, to += extent) {
		extent = path_extent(from, to, end, PUD_BYTES);
		if (extent == PUD_BYTES && !move->entry_by_entry && path_has_tables(move, from) &&
		    kernel_moves_upper_tables()) {
			path.pud_moves++;
			path.flushes++;
			continue;
		}
		extent = path_extent(from, to, end, PMD_BYTES);
		if (!path_has_table(move, pmd_of(from)))
			continue;
		freed += pud != from / PUD_BYTES && path_frees(&near, from, PUD_BYTES);
		pud = from / PUD_BYTES;
		if (path_step(move, from, extent, &split, &path))
			continue;
		freed += left != pmd_of(from) && path_frees(&near, from, PMD_BYTES);
		left = pmd_of(from);
		if (made != pmd_of(to) && !path_is_made(move, pmd_of(to)))
			path.pte_alloc++;
		made = pmd_of(to);
	}
	if (!move->kept)
		path.flushes += path_flushes_to_free(freed, kernel);
	path.split_tries = path_split_tries(move);
	return path;
}

void path_expect(const struct path *path, struct fingerprint *fingerprint)
{
	expect_add(fingerprint, "__pte_alloc", path->pte_alloc, path->pte_alloc);
	expect_add(fingerprint, "move_huge_pmd", path->huge_moves, path->huge_moves);
	/* Within mm/huge_memory.c gcc 12 inlines it into split_huge_pmd_address(), gcc 14 doesn't. */
	expect_add(fingerprint, "__split_huge_pmd", path->splits, path->splits + path->split_tries);
}

void path_expect_flushes(const struct path *path, struct fingerprint *fingerprint)
{
	expect_add(fingerprint, "flush_tlb_mm_range", path->flushes,
		   path->flushes + path->flushes_more);
}
