/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * proof: what the kernel itself says of the memory that a bench uses: which pages are there, of what
 * kind and in folios of what size (before a sample).
 * All return 0, or a negative errno with the difference in words.
 */
#ifndef BENCHES_PROOF_H
#define BENCHES_PROOF_H

#include <stdint.h>

#include "benches/fixture.h"

/*
 * At address, where the region is now: exactly the pages are there that region_has() names, in folios
 * of the region's size and of the region's kind:
 * by pagemap and kpageflags, page by page (COMPOUND_HEAD and _TAIL give a folio's exact extent), where
 * PFNs can be read (CAP_SYS_ADMIN); 2 MiB folios that a PMD maps, also by AnonHugePages in smaps.
 * Without PFNs: presence by pagemap, 2 MiB by smaps, 4 KiB by smaps and the region's MADV_NOHUGEPAGE.
 */
int proof_region(const struct region *region, uint64_t address, char *reason);
/* No page is there, and nothing in its place. */
int proof_empty(uint64_t address, uint64_t length, char *reason);
/* How many pages are there (swapped ones are not). UINT64_MAX where pagemap can't be read. */
uint64_t pages_present(uint64_t address, uint64_t length);

#endif
