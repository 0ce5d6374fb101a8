/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * swap: a place where anonymous pages can go. The host's, if it has any; a guest makes its own of a
 * memory disk that its kernel has built in.
 */
#ifndef BENCHES_SWAP_H
#define BENCHES_SWAP_H

#include <stdbool.h>

/* Is there swap now? */
bool swap_there(void);
/* 0, or -EOPNOTSUPP and why there is none and none can be made. In a guest it is on afterwards. */
int swap_supported(char *reason);
/* What this process turned on is off again; all pages are back in memory. */
void swap_end(void);

#endif
