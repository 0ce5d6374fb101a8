/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * scenario: what real programs do with mremap, each as one `const struct scenario scenario_NAME` in
 * scenario_*.c and one line in families/scenario.c; and what they share: calls prepared before the
 * timed body, and many regions that are moved by them.
 */
#ifndef BENCHES_SCENARIO_H
#define BENCHES_SCENARIO_H

#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/layout.h"

struct scenario {
	/* The values that it has of each parameter, with a space between two. */
	const char *parts; /* calls, refault, all */
	const char *counts; /* how many buffers, steps or parts */
	const char *sizes; /* of each; of a doubling buffer in the end */
	const char *folios, *fills;
	/* name, about, state_size and functions, as of a bench; params and rules are the family's. */
	struct bench does;
};

/* One mremap, prepared: the timed body only makes it. */
struct call {
	uint64_t address, old_length, new_length;
	unsigned long flags;
	uint64_t to; /* with MREMAP_FIXED */
	long result;
};
struct calls {
	struct call *items; /* owned */
	size_t count;
};

int calls_make(struct calls *calls, size_t count, char *reason);
void calls_free(struct calls *calls);
/* The timed loop. */
void calls_run(struct calls *calls);
/* In each ready, first: no call has returned, whatever the last sample's did. */
void calls_begin(struct calls *calls);
/* Each went where it was told to; or, without MREMAP_FIXED, to some address. */
int calls_check(const struct calls *calls, char *reason);
/* Untimed, the last first: what moved is where it was, as long as it was. */
int calls_undo(const struct calls *calls, char *reason);
/* Untimed: what calls left is unmapped, wherever it is. */
void calls_unmap(const struct calls *calls);
/* Outcomes calls, moved, in_place. */
void calls_outcome(const struct calls *calls, struct outcomes *outcomes);
/* Is that what mremap returns on failure? */
bool call_failed(long result);

/* Regions in 4 KiB pages, of which call i moves region i; their order is the order of the calls. */
struct batch {
	struct region *regions; /* owned */
	struct calls calls;
	struct extent *before, *after; /* owned; VMAs as they must be, by address */
	size_t befores, afters;
	size_t maps; /* so many regions are mapped */
	size_t left; /* VMAs after the calls, once they are proven; before that 0 */
	bool proven;
};

int batch_make(struct batch *batch, size_t count, char *reason);
void batch_free(struct batch *batch);
/* Whatever of the batch is mapped, before or after its calls. */
void batch_unmap(const struct batch *batch);
/* The VMAs are as they must be before, and exactly the pages of their fill are in the regions. */
int batch_prove(struct batch *batch, char *reason);
/* The calls went well, the VMAs are as they must be after, and the data is where it was moved to. */
int batch_check(struct batch *batch, char *reason);

/* One VMA, and nothing else, is at [start, start + length). */
int extent_check(uint64_t start, uint64_t length, char *reason);

extern const struct scenario scenario_realloc_doubling; /* scenario_growth.c */
extern const struct scenario scenario_realloc_in_place;
extern const struct scenario scenario_column_store_doubling;
extern const struct scenario scenario_collector_pause; /* scenario_collector.c */
extern const struct scenario scenario_linear_allocator;
extern const struct scenario scenario_defragment; /* scenario_defragment.c */
extern const struct scenario scenario_checkpoint_restore; /* scenario_restore.c */
extern const struct scenario scenario_shared_file_growth; /* scenario_file.c */
extern const struct scenario scenario_small_move_ring; /* scenario_ring.c */

#endif
