/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fixture: the memory that a bench moves. Two windows of address space at fixed, PUD-aligned places
 * far from everything else (what lies below a VMA decides about realignment, so ASLR may not choose),
 * regions at exact offsets in them, filled with pages of a known folio size and known data.
 */
#ifndef BENCHES_FIXTURE_H
#define BENCHES_FIXTURE_H

#include <stdbool.h>
#include <stdint.h>

#define PAGE_BYTES 4096ull
#define PMD_BYTES (2ull << 20) /* what one page-table page of PTEs maps, x86-64 */
#define PUD_BYTES (1ull << 30)

/*
 * Both windows lie in one 512 GiB entry of the top-level page table, between two anchors: populated
 * pages that stay, as a program's other mappings do. A VMA alone in such an entry would take the
 * entry down when it is unmapped, and flush for it (free_pgd_range() in mm/memory.c): a cost that
 * programs, whose mappings lie close together, hardly ever see.
 */
#define WINDOW_BASE 0x100000000000ull
#define WINDOW_ANCHOR_BELOW WINDOW_BASE
#define WINDOW_SOURCE (WINDOW_BASE + (16ull << 30))
#define WINDOW_DESTINATION (WINDOW_BASE + (64ull << 30))
#define WINDOW_ANCHOR_ABOVE (WINDOW_BASE + (256ull << 30))
#define WINDOW_BYTES (8ull << 30)

enum folio { FOLIO_4K, FOLIO_2M };

struct region {
	uint64_t address, length; /* bytes, multiples of a page */
	enum folio folio;
	bool filled; /* every page was written */
	uint64_t seed; /* of the data */
};

/* Private anonymous memory at exactly that place (-EEXIST if something is there), advised for its folio size. */
int region_map(const struct region *region, char *reason);
/* Faults every page in, for writing, and stamps it. Folios of 2 MiB: as many as fit the region. */
int region_fill(const struct region *region, char *reason);
/* Every page's stamp, where the region is now. Reads, so only for filled regions. */
int region_check(const struct region *region, uint64_t address, char *reason);
/* munmap of the region's length at address. */
int region_unmap(const struct region *region, uint64_t address, char *reason);

/* Whole, naturally aligned PMD-sized pieces of the region: its 2 MiB folios. */
uint64_t region_huge_first(const struct region *region); /* address of the first; the end if none */
uint64_t region_huge_count(const struct region *region);

/* -ENOMEM with words where the machine has not bytes available (and some to spare). */
int memory_supported(uint64_t bytes, char *reason);
/* -EOPNOTSUPP with words where 2 MiB folios can't be had by madvise. */
int folio_supported(enum folio folio, char *reason);

#endif
