/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * probe: what has to be known of a kernel, of the agent and of the machine before measuring. */
#ifndef RUNNER_PROBE_H
#define RUNNER_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "runner/kernels.h"
#include "runner/report.h"

/*
 * The kernel's text symbols, which only a boot of it can tell (Debian's System.map is a stub): whether the
 * cache is without them; and what such a boot (task "symbols", uncounted) reported, kept in the cache.
 */
bool probe_symbols_wanted(const struct kernel *kernel);
int probe_symbols_take(const struct kernel *kernel, struct report *report, struct fault *fault);

/* Every cell that the agent has, in the registry's order, and what it leaves out by rule. */
struct cell_list {
	char **keys;
	struct listed_cell {
		char *expected; /* its expected fingerprint: "f=2 g=0..7", "" for none */
		uint64_t setup, sample; /* thousands of guest instructions, roughly */
	} * cells; /* one a key */
	size_t count;
	struct report_rule *rules;
	size_t rule_count;
};
/* What the expected fingerprints are for: a kernel's version (0, 0: the running one's) and traits (NULL: none). */
int probe_cells(uint32_t major, uint32_t minor, const char *traits, struct cell_list *cells,
		struct fault *fault);
void cell_list_free(struct cell_list *cells);

#endif
