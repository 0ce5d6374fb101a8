/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * relocate_pages: brings the last page of a range, or all of them, into a state that says whether
 * they can be relocated: shared with a child, pinned, swapped out, a guard, merged by KSM. Each state
 * is proven when it has come about. Negative errnos with words in reason.
 */
#ifndef BENCHES_RELOCATE_PAGES_H
#define BENCHES_RELOCATE_PAGES_H

#include <stdint.h>
#include <sys/types.h>

#include "benches/families/relocate_rules.h"

/* What holds the state up. pages_init() before anything else. */
struct page_state {
	enum pages pages;
	pid_t child;
	int child_pipe; /* the child ends when it is closed */
	int ring; /* of io_uring */
	bool pinned, twin;
};

void pages_init(struct page_state *state, enum pages pages);
/* 0, or why such pages can't be had here. */
int pages_supported(enum pages pages, char *reason);
/* Advice that the neighbours need as well, or they could never merge. */
int pages_advise(enum pages pages, uint64_t address, uint64_t length, char *reason);
int pages_make(struct page_state *state, uint64_t address, uint64_t length, char *reason);
/* All of it undone: the child has ended, nothing is pinned. Fine where nothing was made. */
void pages_drop(struct page_state *state);
/* And what lasts from sample to sample. */
void pages_free(struct page_state *state);

/* How many of the range's pages can be read: a guard can't. */
uint64_t pages_readable(enum pages pages, uint64_t length);

/* The pagemap entry of the page at that address; 0 where it can't be read. */
uint64_t pagemap_entry(uint64_t address);
#define PAGEMAP_PRESENT (1ull << 63)
#define PAGEMAP_SWAPPED (1ull << 62)
#define PAGEMAP_EXCLUSIVE (1ull << 56) /* mapped once: Documentation/admin-guide/mm/pagemap.rst */
#define PAGEMAP_PFN ((1ull << 55) - 1)

#endif
