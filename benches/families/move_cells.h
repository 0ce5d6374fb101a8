/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * move_cells: which moves the family `move` measures, and where each of them lies: source, destination
 * and what is mapped beside them.
 */
#ifndef BENCHES_MOVE_CELLS_H
#define BENCHES_MOVE_CELLS_H

#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/layout.h"
#include "benches/paths.h"

struct move_place {
	struct region region; /* the source */
	uint64_t destination;
	uint64_t outer; /* where the VMA that holds the source begins: mostly at the source */
	/* A populated page that nobody moves: alone, or the first of the outer VMA. 0: none. */
	uint64_t neighbour;
	bool source_shared, destination_shared; /* …whose page table is also that end's first */
};

enum { MOVE_EXTENTS = 3 };

void move_place(const struct cell *cell, struct move_place *place);
/* What the model of the path needs to know. It refers to the place. */
struct move_shape move_shape(const struct move_place *place);
/* The VMAs in the windows, in order of address: before the move, or after it. Returns how many. */
size_t move_extents(const struct move_place *place, bool moved,
		    struct extent extents[MOVE_EXTENTS]);
/*
 * Does moving back leave what was there before? Not where a folio was split. And a step makes a page
 * table at the other end though it finds nothing to put there: what is not full comes back with tables
 * that it didn't have from where a neighbour's table was, and a sparse one also where source and
 * destination lie at different offsets in their PMDs.
 */
bool move_is_undone_by_moving_back(const struct move_place *place);

extern const struct rule move_rules[];

#endif
