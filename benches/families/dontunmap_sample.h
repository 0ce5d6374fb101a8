/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dontunmap_sample: one sample of the family dontunmap: the steps that are timed, the state that they
 * begin with, and what must hold after them. Which cell takes which is families/dontunmap.c's.
 */
#ifndef BENCHES_DONTUNMAP_SAMPLE_H
#define BENCHES_DONTUNMAP_SAMPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/families/resolver.h"
#include "benches/families/special.h"

struct dontunmap_state {
	struct region region; /* the source */
	uint64_t destination;
	void (*step)(struct dontunmap_state *state); /* the timed one */
	bool touches, resolves, refused; /* what it does */
	uint64_t new_length; /* of the call */
	unsigned long flags;
	long result; /* of the last call */
	uint64_t pages; /* that a touching step touches; 0 until it is ready to */
	uint64_t round; /* what it writes, another value in each sample */
	uint64_t source_pages; /* there after the step */
	bool mapped, proven, consumed; /* as move's */
	struct resolver resolver;
	struct special_mapping
		special; /* fd -1, and address 0 where the source is no such mapping */
	struct text before, before_line; /* of maps */
};

/* The timed steps: the call; the faults that fill the source again; both; the answers to such faults. */
void dontunmap_move(struct dontunmap_state *state);
void dontunmap_refault(struct dontunmap_state *state);
void dontunmap_both(struct dontunmap_state *state);
void dontunmap_resolve(struct dontunmap_state *state);
void dontunmap_resolve_faults(struct dontunmap_state *state);

/* Of struct bench. */
int dontunmap_ready(void *opaque, char *reason);
void dontunmap_body(void *opaque);
int dontunmap_verify(void *opaque, char *reason);
void dontunmap_outcome(void *opaque, struct outcomes *outcomes);
int dontunmap_reset(void *opaque, char *reason);
void dontunmap_teardown(void *opaque);

#endif
