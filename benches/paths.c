// SPDX-License-Identifier: GPL-2.0-only
/*
 * paths: the model of move_page_tables(). Read against mm/mremap.c of 6.1 and 6.12 (the loop:
 * get_extent(), move_pgt_entry(); since 6.7 also try_realign_addr() and can_align_down()).
 */
#include "benches/paths.h"

#include <stdbool.h>

#include "benches/folios.h"
#include "benches/kernel_rules.h"

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

/* try_realign_addr(): since 6.7 a move may begin lower, at the PMD's boundary, where nothing is mapped. */
static bool path_realigns(const struct move_shape *move, struct kernel_version kernel)
{
	uint64_t offset = move->region->address & (PMD_BYTES - 1);

	return kernel_realigns(kernel) && move->lonely && offset &&
	       offset == (move->destination & (PMD_BYTES - 1)) &&
	       move->region->length >= PMD_BYTES - offset;
}

/* Has the source's PMD at that address a page table? */
static bool path_has_table(const struct move_shape *move, uint64_t pmd)
{
	const struct region *region = move->region;

	if (move->source_shared && pmd == (region->address & ~(PMD_BYTES - 1)))
		return true;
	return region_has_any(region, pmd, pmd + PMD_BYTES);
}

/* Has the PUD's range any? Its table of PMDs is then there to be moved. */
static bool path_has_tables(const struct move_shape *move, uint64_t pud)
{
	return path_has_table(move, pud) || region_has_any(move->region, pud, pud + PUD_BYTES);
}

struct path path_of_move(const struct move_shape *move, struct kernel_version kernel)
{
	const struct region *region = move->region;
	struct path path = { 0 };
	uint64_t from = region->address, to = move->destination, end = from + region->length;
	uint64_t extent;
	uint64_t split = 0; /* the PMD that was split last: its second piece is of PTEs */
	/* The PMD at the destination that has got its page of PTEs. */
	uint64_t made = move->destination_shared ? to & ~(PMD_BYTES - 1) : 0;

	/* move_hugetlb_page_tables() has entries of its own size, and none of what is watched. */
	if (region->memory == MEMORY_HUGETLB)
		return path;
	if (path_realigns(move, kernel)) {
		uint64_t offset = from & (PMD_BYTES - 1);

		from -= offset;
		to -= offset;
	}
	for (; from < end; from += extent, to += extent) {
		uint64_t pmd = from & ~(PMD_BYTES - 1), to_pmd = to & ~(PMD_BYTES - 1);

		extent = path_extent(from, to, end, PUD_BYTES);
		if (extent == PUD_BYTES && !move->entry_by_entry && path_has_tables(move, from)) {
			path.pud_moves++;
			continue;
		}
		extent = path_extent(from, to, end, PMD_BYTES);
		if (!path_has_table(move, pmd))
			continue;
		if (region_huge_at(region, pmd) && split != pmd) {
			if (extent == PMD_BYTES) {
				path.huge_moves++;
				continue;
			}
			path.splits++;
			split = pmd;
		} else if (extent == PMD_BYTES && !move->entry_by_entry) {
			path.pmd_moves++;
			continue;
		}
		if (made != to_pmd) {
			path.pte_alloc++;
			made = to_pmd;
		}
	}
	return path;
}

void path_expect(const struct path *path, struct fingerprint *fingerprint)
{
	const struct expect items[] = {
		{ "__pte_alloc", path->pte_alloc, path->pte_alloc },
		{ "move_huge_pmd", path->huge_moves, path->huge_moves },
		{ "__split_huge_pmd", path->splits, path->splits },
	};

	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++)
		fingerprint->items[fingerprint->count++] = items[i];
}
