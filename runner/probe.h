/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * probe: what has to be known of a kernel, of the agent and of the machine before measuring. */
#ifndef RUNNER_PROBE_H
#define RUNNER_PROBE_H

#include <stddef.h>

#include "base/fault.h"
#include "runner/kernels.h"

/*
 * The kernel's text symbols, which only a boot of it can tell (Debian's System.map is a stub): boots
 * it once, uncounted, and keeps them in the cache. 0 at once where they are there. parent: a
 * directory for the trial.
 */
int probe_symbols(const struct kernel *kernel, const char *parent, struct fault *fault);

/* Every cell that the agent has, in the registry's order. */
struct cell_list {
	char **keys;
	size_t count;
};
int probe_cells(struct cell_list *cells, struct fault *fault);
void cell_list_free(struct cell_list *cells);

#endif
