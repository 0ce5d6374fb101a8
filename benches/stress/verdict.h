/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * verdict: what one mremap() may answer, by its arguments, the VMAs that there are and what the model
 * knows of their pages. Pure.
 */
#ifndef BENCHES_STRESS_VERDICT_H
#define BENCHES_STRESS_VERDICT_H

#include "benches/stress/stress.h"

/* As it is called; source, count and to are the same in pages, where the arguments are whole ones. */
struct remap {
	uint64_t address, old_length, new_length, new_address;
	unsigned long flags;
	struct run source;
	uint32_t count; /* pages afterwards */
	uint32_t to; /* with MREMAP_FIXED */
	bool odd; /* an argument is none that can be: it must fail */
};

enum { VERDICT_ERRORS = 6 };

struct verdict {
	bool success; /* may succeed */
	bool vague; /* the pages may end here or there: maps tell */
	bool intact; /* if MREMAP_MUST_RELOCATE_ANON is refused, nothing at all has changed */
	int errors[VERDICT_ERRORS]; /* that it may fail with; ENOMEM is always one */
	size_t error_count;
	bool moves; /* if it succeeds: it is at another place, or at any */
};

void verdict_of(const struct remap *remap, const struct spans *spans, const struct model *model,
		const struct stress_abilities *can, struct verdict *verdict);
/* error: 0 for success. */
bool verdict_takes(const struct verdict *verdict, int error);

#endif
