/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fixture: the memory that a bench moves. Windows of address space at fixed, PUD-aligned places
 * far from everything else (what lies below a VMA decides about realignment, so ASLR may not choose),
 * regions at exact offsets in them, of a known kind, filled with pages of a known folio size and
 * known data.
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
#define WINDOW_BASE 0x200000000000ull /* where AddressSanitizer keeps nothing either */
#define WINDOW_ANCHOR_BELOW WINDOW_BASE
#define WINDOW_SOURCE (WINDOW_BASE + (16ull << 30))
#define WINDOW_DESTINATION (WINDOW_BASE + (64ull << 30))
#define WINDOW_ANCHOR_ABOVE (WINDOW_BASE + (256ull << 30))
#define WINDOW_BYTES (8ull << 30)
/* For what has thousands of parts: as the two above, and far larger. */
#define WINDOW_WIDE_SOURCE (WINDOW_BASE + (96ull << 30))
#define WINDOW_WIDE_DESTINATION (WINDOW_BASE + (176ull << 30))
#define WINDOW_WIDE_BYTES (64ull << 30)
/* Outside all windows, as proof_layout() must not find it in any: */
#define WINDOW_FILLER (WINDOW_BASE + (80ull << 30)) /* a GiB of VMAs that only count: limit.h */
#define WINDOW_TWIN (WINDOW_BASE + (92ull << 30)) /* a page that KSM merges with another */
#define WINDOW_SEALED (WINDOW_BASE + (320ull << 30)) /* 64 GiB of what stays once it is sealed */
#define WINDOW_END (WINDOW_BASE + (512ull << 30)) /* of all that fixtures may use */

enum memory {
	MEMORY_ANON, /* private anonymous */
	MEMORY_SHMEM, /* a memfd, shared */
	MEMORY_SHARED, /* anonymous, shared: the kernel's own shmem file behind it */
	MEMORY_FILE, /* a memfd, private; its pages read, not copied */
	MEMORY_COPIED, /* a memfd, private; its pages written, so anonymous copies */
	MEMORY_HUGETLB, /* private anonymous, of the pool of 2 MiB pages */
};

enum folio {
	FOLIO_4K,
	FOLIO_16K,
	FOLIO_32K,
	FOLIO_64K,
	FOLIO_128K,
	FOLIO_256K,
	FOLIO_512K,
	FOLIO_1M,
	FOLIO_2M,
};

/* How 2 MiB folios are mapped. */
enum mapping {
	MAPPING_WHOLE, /* by one PMD each */
	MAPPING_PTES, /* by 512 PTEs each */
	MAPPING_HALF, /* by PTEs, and only the first half of each is still mapped */
};

enum fill_shape {
	FILL_NONE,
	FILL_ALL,
	FILL_PMD, /* the first page in each PMD */
	FILL_PREFIX, /* the first percent of the pages */
	FILL_STRIDE, /* every (100/percent)th page */
	FILL_RANDOM, /* each page with probability percent, by the seed */
};

struct fill {
	enum fill_shape shape;
	unsigned int percent; /* of prefix, stride and random */
};

struct region {
	uint64_t address, length; /* bytes, multiples of a page */
	enum memory memory;
	enum folio
		folio; /* other than 4 KiB with MEMORY_ANON and FILL_ALL only; hugetlb's is 2 MiB */
	enum mapping mapping; /* other than WHOLE with FOLIO_2M only */
	struct fill fill;
	uint64_t seed; /* of the data, and of FILL_RANDOM */
};

/* "100", "0", "pmd1", "10prefix", "50stride", "10random"…; false for anything else. */
bool fill_parse(const char *word, struct fill *fill);
bool memory_parse(const char *word,
		  enum memory *memory); /* "anon", "shmem", … as above, in small letters */

/* Is that page (of those from the region's start) there after region_fill()? */
bool region_has(const struct region *region, uint64_t page);
/* Is any page of the region there in [start, end)? */
bool region_has_any(const struct region *region, uint64_t start, uint64_t end);

/*
 * Maps the region at exactly its place (-EEXIST if something is there), advised for its folio size,
 * readable and writable; nothing is populated. Makes the anchors.
 */
int region_map(const struct region *region, char *reason);
/* Faults the pages in that region_has() names, and stamps each with its own value. */
int region_fill(const struct region *region, char *reason);
/* The stamps of the pages that are there, where the region is now. */
int region_check(const struct region *region, uint64_t address, char *reason);
/* Those of count pages only, from the region's page `first` on, which is at address now. */
int region_check_part(const struct region *region, uint64_t first, uint64_t count, uint64_t address,
		      char *reason);
/* munmap of the region's length at address. */
int region_unmap(const struct region *region, uint64_t address, char *reason);

/* One populated page at that address: a neighbour, an anchor. One that is there already is fine. */
int page_map(uint64_t address, char *reason);
/*
 * A page in the way of growth. It can't be accessed, so that no memory beside it ever merges with it
 * (and comes by its anon_vma), not even between mmap and madvise. -EEXIST if something is there.
 */
int page_block(uint64_t address, char *reason);
/* Its data is still there. */
int page_check(uint64_t address, char *reason);
void page_unmap(uint64_t address);

#endif
