/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * folios: getting pages in folios of a given size, which the kernel decides by machine-wide switches,
 * by advice and by what memory is free. What it gave is proven by proof.h.
 */
#ifndef BENCHES_FOLIOS_H
#define BENCHES_FOLIOS_H

#include "benches/fixture.h"

uint64_t folio_bytes(enum folio folio);
/* "4K", "16K" … "2M", and of the latter "2Mptes" and "2Mhalf"; false for anything else. */
bool folio_parse(const char *word, enum folio *folio, enum mapping *mapping);

/* Where the region's folios are: its naturally aligned whole pieces of that size; the rest is 4 KiB pages. */
uint64_t
region_folio_first(const struct region *region); /* address of the first; the end if none */
uint64_t region_folio_count(const struct region *region);
/* Does that page (of those from the region's start) belong to one of them? False with FOLIO_4K. */
bool region_folio_at(const struct region *region, uint64_t page);
/* Is this PMD-aligned address the start of a folio that one PMD maps? */
bool region_huge_at(const struct region *region, uint64_t pmd);

/* 0, or a negative errno with words where pages of the region's kind can't be had here; hugetlb's included. */
int folio_supported(const struct region *region, char *reason);
/* When the cell ends: gives back what folio_supported() took of a guest, the pool of huge pages. */
void folio_release(const struct region *region);

/* fixture.c's steps: advice for a new mapping; switches before a fill; how it is mapped after one. */
int folio_advise(const struct region *region, char *reason);
int folio_prepare(enum folio folio, char *reason);
int folio_remap(const struct region *region, char *reason);

#endif
