/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * steps: the rule by which a count that changed from one kernel build to the next is a step. Counts
 * are exact: a sample differs from another of its cell only where the kernel's own state does (a slab
 * refilled), so there is nothing to test statistically, and what samples differ by must be exceeded.
 */
#ifndef RESULTS_STEPS_H
#define RESULTS_STEPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a cell costs on one build. */
struct exact_count {
	/*
	 * The value of at least half of the samples (the mode), with spread 0; where there is none, the
	 * lower median, and the distance of the largest sample to the smallest.
	 */
	uint64_t value, spread;
	uint64_t min, max;
	uint32_t samples;
};
/* Sorts the values. false: there are none. */
bool exact_count_of(uint64_t *values, size_t samples, struct exact_count *count);

struct step_rule {
	double part; /* of the older count; 0.01: one per cent */
	uint64_t least; /* instructions */
};
/* One per cent and 20 instructions: what a compiler's other choice of registers does stays below. */
extern const struct step_rule step_rule_default;

struct step_point {
	enum step_state {
		STEP_ABSENT, /* not measured, or not what its cell says: neither begins nor ends a step */
		STEP_UNSUPPORTED, /* the kernel can't do it */
		STEP_COUNTED,
	} state;
	struct exact_count count; /* STEP_COUNTED */
};

/*
 * Is the change a step: more than the rule's part and its least, and more than the larger spread of the
 * two; or from unsupported to counted, or back?
 */
bool step_is(const struct step_point *from, const struct step_point *to,
	     const struct step_rule *rule);

struct step {
	size_t from,
		to; /* points: the last one before with a state, and the first with the new count */
};
/* Between neighbours only: what creeps by less at a time is no step. -ENOMEM. *steps is the caller's. */
int steps_find(const struct step_point *points, size_t count, const struct step_rule *rule,
	       struct step **steps, size_t *found);

#endif
