/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * proof: what the kernel itself says of the memory that a bench uses: which pages are there and how
 * large their folios are (before a sample), which VMAs there are (before and after).
 * All return 0, or a negative errno with the difference in words.
 */
#ifndef BENCHES_PROOF_H
#define BENCHES_PROOF_H

#include <stddef.h>
#include <stdint.h>

#include "benches/fixture.h"

/*
 * Every page of a filled region is there, at address, and in folios of its size:
 * 2 MiB by AnonHugePages in smaps (PMD-mapped folios; exact);
 * 4 KiB by kpageflags (no page belongs to a compound one), where the PFNs can be read (CAP_SYS_ADMIN),
 * else by smaps and by the region's MADV_NOHUGEPAGE.
 */
int proof_folios(const struct region *region, uint64_t address, char *reason);
/* No page is there. */
int proof_empty(const struct region *region, uint64_t address, char *reason);

struct extent {
	uint64_t start, end;
};
/* The VMAs inside the two windows are exactly these, in this order (/proc/self/maps). */
int proof_layout(const struct extent *want, size_t count, char *reason);

#endif
