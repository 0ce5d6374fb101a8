/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * layout: the VMAs of fixtures, as /proc/self/maps tells them: proven before and after a sample,
 * counted as what a move left behind, and compared where a refused call must have changed nothing.
 */
#ifndef BENCHES_LAYOUT_H
#define BENCHES_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct extent {
	uint64_t start, end;
};

/* The VMAs inside the windows are exactly these, in order of address. -EPROTO with the difference. */
int proof_layout(const struct extent *want, size_t count, char *reason);
/* The same of a text like /proc/self/maps. */
int layout_matches(const char *maps, const struct extent *want, size_t count, char *reason);
/* Whether the address is in one of the windows. */
bool layout_in_windows(uint64_t address);
/* VMAs that touch [start, end); UINT64_MAX where maps can't be read. */
uint64_t layout_count(uint64_t start, uint64_t end);
/* All VMAs of this process: what max_map_count limits. */
uint64_t layout_count_all(void);

/*
 * All of maps' lines (extents, permissions, offsets, files) between WINDOW_BASE and WINDOW_END. The
 * rest of the process is the agent's own, whose heap may grow. text is replaced, and is the caller's.
 */
int layout_take(struct text *text, char *reason);
/* Those lines are the same now. -EPROTO with the first that differs. */
int layout_same(const struct text *before, char *reason);
/* The same of two such texts. */
int layout_compare(const char *before, const char *now, char *reason);

#endif
