/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * paths: a model of move_page_tables() in mm/mremap.c: which page-table entries one move of private
 * anonymous memory moves, and so how often it enters the functions that tell the paths apart.
 * A sample whose entries differ took another path than its cell says.
 */
#ifndef BENCHES_PATHS_H
#define BENCHES_PATHS_H

#include "benches/bench.h"
#include "benches/fixture.h"

struct path {
	uint64_t pud_moves, pmd_moves; /* whole page-table pages moved; inlined, so not watched */
	uint64_t pte_alloc; /* __pte_alloc: page-table pages made for single PTEs */
	uint64_t huge_moves; /* move_huge_pmd */
	uint64_t splits; /* __split_huge_pmd */
};

/* region: what is moved, as it was filled; `lonely`: nothing is mapped below either end in its PMD. */
struct path path_of_move(const struct region *region, uint64_t destination, bool lonely,
			 struct kernel_version kernel);

/* The three watched functions, as an expected fingerprint. */
void path_expect(const struct path *path, struct fingerprint *fingerprint);

#endif
