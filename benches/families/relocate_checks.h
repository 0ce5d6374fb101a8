/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * relocate_checks: is the reverse map of moved pages right? The kernel must find each page's place in
 * this process by the page's own index and anon_vma: reclaim and migration do, so they are made to.
 * Untimed. Negative errnos with words in reason.
 */
#ifndef BENCHES_RELOCATE_CHECKS_H
#define BENCHES_RELOCATE_CHECKS_H

#include <stdbool.h>
#include <stdint.h>

#include "benches/fixture.h"

/* Some of a region's pages, where they are now. */
struct part {
	const struct region *region;
	uint64_t first, count; /* pages of the region */
	uint64_t held; /* of them, the last: those that nothing may move (pinned, not there) */
	uint64_t address;
};

/* What the checks went through. */
struct walked {
	uint64_t migrated,
		reclaimed; /* pages that got another frame; that went to swap and came back */
};

/*
 * In turn: the data; each page is written; in a guest, pages are migrated; where there is swap, all is
 * reclaimed and read back (`alone`: the process alone maps the pages, so some must go); a
 * child forked now sees the same data; large folios are split.
 * round: how often this was done for the cell. In some rounds one page is taken away from the machine
 * (MADV_SOFT_OFFLINE), so that its content must move; without that, all memory is compacted.
 */
int checks_run(const struct part *part, bool alone, unsigned int round, struct walked *walked,
	       char *reason);

#endif
