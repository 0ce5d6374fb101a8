/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * limit: max_map_count, set low in a guest, and VMAs that bring a process near it. They lie outside
 * the windows (WINDOW_FILLER), one page each, apart from each other.
 */
#ifndef BENCHES_LIMIT_H
#define BENCHES_LIMIT_H

#include <stdint.h>

#define LIMIT_LOW 200ull /* an agent's process has some 30 VMAs of its own */

uint64_t limit_now(void); /* max_map_count; 0 where it can't be read */
/* -EPERM with words where the machine is not ours to set. */
int limit_supported(char *reason);
int limit_set(uint64_t limit, char *reason);

/* So many VMAs that the process has `total`. -E2BIG if it has more already. */
int filler_map(uint64_t total, char *reason);
int filler_unmap(char *reason);

#endif
