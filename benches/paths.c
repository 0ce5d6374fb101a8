// SPDX-License-Identifier: GPL-2.0-only
/*
 * paths: the model of move_page_tables(). Read against mm/mremap.c of 6.1 and 6.12 (the loop:
 * get_extent(), move_pgt_entry(); since 6.7 also try_realign_addr() and can_align_down()).
 */
#include "benches/paths.h"

#include <stdbool.h>

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
static bool path_realigns(uint64_t from, uint64_t to, uint64_t length, bool lonely,
			  struct kernel_version kernel)
{
	uint64_t offset = from & (PMD_BYTES - 1);

	if (kernel.major < 6 || (kernel.major == 6 && kernel.minor < 7))
		return false;
	return lonely && offset && offset == (to & (PMD_BYTES - 1)) && length >= PMD_BYTES - offset;
}

/* Is the page-table entry at this PMD-aligned address a 2 MiB folio's? */
static bool path_is_huge(const struct region *region, uint64_t pmd)
{
	uint64_t first = region_huge_first(region);

	return pmd >= first && pmd < first + region_huge_count(region) * PMD_BYTES;
}

struct path path_of_move(const struct region *region, uint64_t destination, bool lonely,
			 struct kernel_version kernel)
{
	struct path path = { 0 };
	uint64_t from = region->address, to = destination, end = from + region->length, extent;
	uint64_t split = 0; /* the PMD that was split last: its second piece is of PTEs */
	uint64_t made = 0; /* the PMD at the destination that has got its page of PTEs */

	if (!region->filled)
		return path; /* no page tables at the source: nothing to move */
	if (path_realigns(from, to, region->length, lonely, kernel)) {
		uint64_t offset = from & (PMD_BYTES - 1);

		from -= offset;
		to -= offset;
	}
	for (; from < end; from += extent, to += extent) {
		uint64_t pmd = from & ~(PMD_BYTES - 1), to_pmd = to & ~(PMD_BYTES - 1);

		extent = path_extent(from, to, end, PUD_BYTES);
		if (extent == PUD_BYTES) {
			path.pud_moves++;
			continue;
		}
		extent = path_extent(from, to, end, PMD_BYTES);
		if (path_is_huge(region, pmd) && split != pmd) {
			if (extent == PMD_BYTES) {
				path.huge_moves++;
				continue;
			}
			path.splits++;
			split = pmd;
		} else if (extent == PMD_BYTES) {
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
