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
	/*
	 * For a stress, with GUEST_EMULATED only: many CPUs at once (0: one), memory in two nodes, the
	 * kernel's own watchdogs on, its warnings on the console.
	 */
	bool lively;
	unsigned int cpus;
	const char *append; /* to a lively kernel's command line; NULL: nothing */
};

/* Task stress (docs/protocol.md). */
struct ask_stress {
	uint64_t seed, operations, from;
	uint32_t seconds, threads;
	const char *const *without; /* names of operations; not owned */
	size_t without_count;
};

struct ask {
	const char *task; /* "measure", "cells", "symbols", "stress" */
	const char *instrument; /* with measure */
	/* With cells: the kernel version that the expected paths are for; 0: the running one's. */
	uint32_t kernel_major, kernel_minor;
	/* What the kernel's patches make of it: "no-realign, not for figures". Words go to the agent. */
	const char *traits; /* not owned; NULL: none */
	uint32_t samples, warmup;
	const char *const *cells; /* keys; not owned */
	size_t cell_count;
	const char *const
		*events; /* names, with pmu; not owned; at most ASK_EVENTS are asked for */
	size_t event_count;
	const struct ask_stress *stress; /* NULL: another task */
	struct guest_shape shape; /* not the agent's business, but the boot's */
	bool profile; /* nor this: of a counted guest, its instructions by function */
};

void ask_write(const struct ask *ask, struct text *plan);

#endif
