/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * relocate_cells: what a cell of the `relocate` bench maps and moves, and which combinations are cells.
 */
#ifndef BENCHES_RELOCATE_CELLS_H
#define BENCHES_RELOCATE_CELLS_H

#include <stdbool.h>
#include <stdint.h>

#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/families/relocate_rules.h"

/* One cell: what is mapped, which part of it moves, and where to. */
struct relocation {
	struct region region;
	uint64_t source, length,
		destination; /* what moves: all of the region but if it straddles */
	bool straddles;
	bool neighbours;
	unsigned int flags;
	enum pages pages;
};

void relocation_of(const struct cell *cell, struct relocation *what);

extern const struct rule relocate_rules[];

#endif
