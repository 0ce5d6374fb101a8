/* SPDX-License-Identifier: GPL-2.0-only */
/* ask: what a trial is asked to do, and the plan that says so to the agent (docs/protocol.md). */
#ifndef RUNNER_ASK_H
#define RUNNER_ASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum { ASK_EVENTS = 24 };

/* What a guest has that guests usually don't: its counts are compared with such guests' only. */
struct guest_shape {
	bool five_levels; /* of page tables: 57-bit addresses */
	bool swap_disk; /* an empty one, to swap to */
};

struct ask {
	const char *task; /* "measure", "cells", "symbols" */
	const char *instrument; /* with measure */
	/* With cells: the kernel version that the expected paths are for; 0: the running one's. */
	uint32_t kernel_major, kernel_minor;
	uint32_t samples, warmup;
	const char *const *cells; /* keys; not owned */
	size_t cell_count;
	const char *const
		*events; /* names, with pmu; not owned; at most ASK_EVENTS are asked for */
	size_t event_count;
	struct guest_shape shape; /* not the agent's business, but the boot's */
};

void ask_write(const struct ask *ask, struct text *plan);

#endif
