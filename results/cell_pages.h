/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cell_pages: how many pages one call of a cell moves or takes away, as its key says: what a cost by the
 * page is divided by.
 */
#ifndef RESULTS_CELL_PAGES_H
#define RESULTS_CELL_PAGES_H

/*
 * Pages that are there, of 4 KiB whatever the folio is that they belong to (2 MiB for hugetlb, which has
 * no smaller ones). 0: none, or the key does not say (sizes that a scenario mixes, calls that move nothing).
 */
double cell_pages(const char *cell);

#endif
