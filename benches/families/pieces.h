/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pieces: many VMAs side by side, of one kind or of mixed kinds, that one mremap could take at once.
 * Neighbours never merge: every second one is MADV_DONTDUMP, or they lie apart.
 */
#ifndef BENCHES_PIECES_H
#define BENCHES_PIECES_H

#include "benches/fixture.h"
#include "benches/paths.h"

enum { PIECES_MAX = 1000, PIECE_KINDS = 6 };

enum piece_kind { /* the first PIECE_KINDS are the mixture, in its order */
		  PIECE_FILLED, /* private anonymous, as filled as its region says */
		  PIECE_EMPTY, /* the same, never touched */
		  PIECE_SHMEM, /* a memfd, shared */
		  PIECE_FILE, /* a memfd, private, its pages read */
		  PIECE_READ, /* anonymous, filled, then PROT_READ */
		  PIECE_NONE, /* anonymous, never touched, PROT_NONE */
		  PIECE_ZERO, /* /dev/zero, private: a file with a get_unmapped_area() of its own */
};

struct piece {
	struct region region;
	enum piece_kind kind;
	bool undumped; /* MADV_DONTDUMP */
};

struct pieces_plan {
	uint64_t address;
	size_t count;
	uint64_t piece, gap; /* bytes of each, and unmapped after each */
	bool mixed;
	struct fill fill; /* of PIECE_FILLED */
};

/* Pure: which VMAs those are. pieces has room for plan->count. */
void pieces_lay(const struct pieces_plan *plan, struct piece *pieces);
/* From the first one's start to the last one's end. */
uint64_t pieces_length(const struct piece *pieces, size_t count);
/* Pages of theirs that are there once they are filled. */
uint64_t pieces_pages(const struct piece *pieces, size_t count);
/* Moved one after the other, all by the same distance, to a place with the same offset in the PMD. */
struct path pieces_path(const struct piece *pieces, size_t count, uint64_t by,
			struct kernel_version kernel);

/* All mapped, advised, filled, protected. */
int pieces_make(const struct piece *pieces, size_t count, char *reason);
/* `by` higher: the pages that are there, and their data. */
int pieces_check(const struct piece *pieces, size_t count, uint64_t by, char *reason);

#endif
