// SPDX-License-Identifier: GPL-2.0-only
/*
 * merge: what is left after a move: does the moved VMA become one with its neighbours, where it goes
 * and where it comes back to, and what do the VMAs that are left cost.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/fixture.h"
#include "benches/kernel_rules.h"
#include "benches/families/limit.h"
#include "benches/families/merge_rules.h"
#include "benches/proof.h"
#include "benches/families/slab.h"
#include "benches/syscalls.h"
#include "benches/families/vmas.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

struct merge_state {
	struct merge_shape shape;
	struct region moved, below, above; /* as they lie before */
	struct {
		uint64_t from, to;
		long result;
	} moves[2];
	unsigned int move_count;
	unsigned long flags;
	struct slabs slabs_before, slabs_after;
	bool slabs_known;
	uint64_t vmas, source_vmas, restored_vmas, room;
};

static struct merge_shape merge_shape_of(const struct cell *cell)
{
	bool both = cell_is(cell, "neighbour", "both");
	struct merge_shape shape = {
		.below = both || cell_is(cell, "neighbour", "below"),
		.above = both || cell_is(cell, "neighbour", "above"),
		.moved_faulted = cell_is(cell, "moved", "faulted"),
		.others_faulted = cell_is(cell, "others", "faulted"),
		.dontunmap = cell_is(cell, "flags", "dontunmap"),
		.restored = cell_is(cell, "prot", "restored"),
		.always = kernel_relocates_always(),
		.source = WINDOW_SOURCE + PMD_BYTES + PMD_BYTES / 2,
		.destination = WINDOW_DESTINATION + 3 * PMD_BYTES + PMD_BYTES / 4,
	};

	if (cell_is(cell, "sequence", "back"))
		shape.sequence = MERGE_BACK;
	else if (cell_is(cell, "sequence", "touched"))
		shape.sequence = MERGE_TOUCHED;
	return shape;
}

static bool merge_nobody(const struct cell *cell)
{
	return cell_is(cell, "neighbour", "none") &&
	       (cell_is(cell, "others", "unfaulted") || cell_is(cell, "sequence", "touched"));
}

static bool merge_touched_twice(const struct cell *cell)
{
	return cell_is(cell, "sequence", "touched") && cell_is(cell, "moved", "faulted");
}

static bool merge_kept_back(const struct cell *cell)
{
	return cell_is(cell, "flags", "dontunmap") && !cell_is(cell, "sequence", "once");
}

static bool merge_restored_other(const struct cell *cell)
{
	return cell_is(cell, "prot", "restored") &&
	       (!cell_is(cell, "neighbour", "both") || !cell_is(cell, "flags", "0") ||
		cell_is(cell, "sequence", "touched"));
}

static const struct rule merge_rules[] = {
	{ merge_nobody, "no neighbours: none to be faulted, and none to come back to" },
	{ merge_touched_twice, "first touched while it is out: it was not before" },
	{ merge_kept_back, "MREMAP_DONTUNMAP leaves a VMA at the place to come back to" },
	{ merge_restored_other, "restored permissions: between two neighbours, by moves alone" },
	{ NULL, NULL },
};

static struct region merge_part(uint64_t address, bool faulted, uint64_t seed)
{
	return (struct region){ .address = address,
				.length = MERGE_PART,
				.fill = { faulted ? FILL_ALL : FILL_NONE, 0 },
				.seed = seed };
}

static int merge_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct merge_state *state = opaque;
	struct merge_shape *shape = &state->shape;
	uint64_t home;

	(void)reason;
	*shape = merge_shape_of(cell);
	home = merge_home(shape);
	state->moved = merge_part(shape->source, shape->moved_faulted, 1 << 10);
	state->below = merge_part(home - MERGE_PART, shape->others_faulted, 2 << 10);
	state->above = merge_part(home + MERGE_PART, shape->others_faulted, 3 << 10);
	state->flags = MREMAP_MAYMOVE | MREMAP_FIXED | (shape->dontunmap ? MREMAP_DONTUNMAP : 0);
	state->move_count = merge_moves(shape);
	state->moves[0].from = shape->source;
	state->moves[0].to = shape->destination;
	state->moves[1].from = shape->destination;
	state->moves[1].to = shape->source;
	if (shape->sequence == MERGE_TOUCHED)
		state->moves[0] = state->moves[1];
	return 0;
}

/* Where it comes back to it is the middle of one VMA; elsewhere its neighbours are VMAs before it. */
static int merge_map(const struct merge_state *state, char *reason)
{
	const struct merge_shape *shape = &state->shape;
	struct region whole = state->moved;
	int err = 0;

	if (shape->sequence != MERGE_ONCE) {
		whole.address -= shape->below ? MERGE_PART : 0;
		whole.length += (shape->below + shape->above) * MERGE_PART;
		return region_map(&whole, reason);
	}
	err = region_map(&state->moved, reason);
	if (!err && shape->below)
		err = region_map(&state->below, reason);
	if (!err && shape->above)
		err = region_map(&state->above, reason);
	return err;
}

static int merge_fill(const struct merge_state *state, char *reason)
{
	int err = region_fill(&state->moved, reason);

	if (!err && state->shape.below)
		err = region_fill(&state->below, reason);
	if (!err && state->shape.above)
		err = region_fill(&state->above, reason);
	return err;
}

static int merge_protect(uint64_t address, int protection, char *reason)
{
	if (mprotect((void *)(uintptr_t)address, MERGE_PART, protection))
		return reason_set(reason, -errno, "mprotect: %s", strerror(errno));
	return 0;
}

/* Out, and faulted there: only the way back is timed. */
static int merge_touch(struct merge_state *state, char *reason)
{
	const struct merge_shape *shape = &state->shape;
	struct region there = merge_part(shape->destination, true, state->moved.seed);
	long out = raw_mremap(shape->source, MERGE_PART, MERGE_PART, MREMAP_MAYMOVE | MREMAP_FIXED,
			      shape->destination);

	if (out != (long)shape->destination)
		return reason_set(reason, -EIO, "moving out returned %ld", out);
	state->moved.fill.shape = FILL_ALL;
	return region_fill(&there, reason);
}

static int merge_prove_part(const struct region *part, char *reason)
{
	return part->fill.shape == FILL_NONE ? proof_empty(part->address, part->length, reason)
					     : proof_region(part, part->address, reason);
}

/* The pages that are there, and those that are not, before anything moves. */
static int merge_prove_pages(const struct merge_state *state, char *reason)
{
	int err = merge_prove_part(&state->moved, reason);

	if (!err && state->shape.below)
		err = merge_prove_part(&state->below, reason);
	if (!err && state->shape.above)
		err = merge_prove_part(&state->above, reason);
	return err;
}

/* The VMAs before the timed moves. */
static int merge_prove(const struct merge_state *state, char *reason)
{
	const struct merge_shape *shape = &state->shape;
	struct extent extents[MERGE_EXTENTS];
	uint64_t source = shape->source, home = merge_home(shape);
	size_t count = 0;

	if (shape->sequence == MERGE_BACK && !shape->restored) {
		extents[count++] = (struct extent){ source - (shape->below ? MERGE_PART : 0),
						    source + (shape->above ? 2 : 1) * MERGE_PART };
		return proof_layout(extents, count, reason);
	}
	if (shape->sequence == MERGE_ONCE)
		extents[count++] = (struct extent){ source, source + MERGE_PART };
	if (shape->below)
		extents[count++] = (struct extent){ home - MERGE_PART, home };
	if (shape->sequence == MERGE_BACK)
		extents[count++] = (struct extent){ source, source + MERGE_PART };
	if (shape->above)
		extents[count++] = (struct extent){ home + MERGE_PART, home + 2 * MERGE_PART };
	if (shape->sequence == MERGE_TOUCHED)
		extents[count++] =
			(struct extent){ shape->destination, shape->destination + MERGE_PART };
	return proof_layout(extents, count, reason);
}

static int merge_ready(void *opaque, char *reason)
{
	struct merge_state *state = opaque;
	const struct merge_shape *shape = &state->shape;
	int err;

	state->moves[0].result = state->moves[1].result = -EINTR; /* no call has returned */
	state->moved.fill.shape = shape->moved_faulted ? FILL_ALL : FILL_NONE;
	/* Nothing is mapped yet: the objects that are used later are the fixture's. */
	state->slabs_known = slabs_count(&state->slabs_before);
	err = state->slabs_known ? slabs_refill(reason) : 0;
	if (!err)
		err = merge_map(state, reason);
	if (!err)
		err = merge_fill(state, reason);
	if (!err && shape->restored)
		err = merge_protect(shape->source, PROT_READ, reason);
	if (!err)
		err = merge_prove_pages(state, reason);
	if (!err && shape->sequence == MERGE_TOUCHED)
		err = merge_touch(state, reason);
	return err ? err : merge_prove(state, reason);
}

static void merge_body(void *opaque)
{
	struct merge_state *state = opaque;

	for (unsigned int i = 0; i < state->move_count; i++)
		state->moves[i].result = raw_mremap(state->moves[i].from, MERGE_PART, MERGE_PART,
						    state->flags, state->moves[i].to);
}

static int merge_check(const struct merge_state *state, char *reason)
{
	const struct merge_shape *shape = &state->shape;
	uint64_t home = merge_home(shape);
	int err;

	if (state->moved.fill.shape == FILL_NONE)
		err = proof_empty(home, MERGE_PART, reason);
	else
		err = region_check(&state->moved, home, reason);
	if (!err && shape->dontunmap)
		err = proof_empty(shape->source, MERGE_PART, reason);
	if (!err && shape->below)
		err = region_check(&state->below, state->below.address, reason);
	if (!err && shape->above)
		err = region_check(&state->above, state->above.address, reason);
	return err;
}

static uint64_t merge_count(const struct merge_state *state)
{
	uint64_t home = merge_home(&state->shape);

	return layout_count(home - MERGE_PART, home + 2 * MERGE_PART);
}

static int merge_verify(void *opaque, char *reason)
{
	struct merge_state *state = opaque;
	const struct merge_shape *shape = &state->shape;
	struct extent extents[MERGE_EXTENTS];
	int err;

	state->vmas = state->restored_vmas = merge_count(state);
	state->source_vmas = shape->sequence == MERGE_ONCE
				     ? layout_count(shape->source, shape->source + MERGE_PART)
				     : 0;
	state->room = limit_now() - layout_count_all();
	state->slabs_known = state->slabs_known && slabs_count(&state->slabs_after);
	for (unsigned int i = 0; i < state->move_count; i++)
		if (state->moves[i].result != (long)state->moves[i].to)
			return reason_set(reason, -EIO, "mremap returned %ld",
					  state->moves[i].result);
	err = proof_layout(extents, merge_extents(shape, extents), reason);
	if (!err)
		err = merge_check(state, reason);
	if (!err && shape->restored)
		err = merge_protect(merge_home(shape), PROT_READ | PROT_WRITE, reason);
	state->restored_vmas = merge_count(state);
	if (!err && state->restored_vmas != merge_vmas(shape))
		err = reason_set(reason, -EPROTO, "%u VMAs instead of %u in the end",
				 (unsigned int)state->restored_vmas, merge_vmas(shape));
	return err;
}

static void merge_outcome(void *opaque, struct outcomes *outcomes)
{
	static const char *const names[SLABS] = { "slab_vma", "slab_anon_vma", "slab_avc" };
	struct merge_state *state = opaque;
	const struct merge_shape *shape = &state->shape;
	unsigned int apart = 1 + shape->below + shape->above;

	outcome_add(outcomes, "vmas", state->vmas);
	outcome_add(outcomes, "mergeable", state->restored_vmas < apart);
	outcome_add(outcomes, "source_vmas", state->source_vmas);
	outcome_add(outcomes, "room", state->room);
	if (shape->restored)
		outcome_add(outcomes, "restored_vmas", state->restored_vmas);
	for (size_t i = 0; state->slabs_known && i < SLABS; i++)
		outcome_add(outcomes, names[i],
			    state->slabs_after.used[i] > state->slabs_before.used[i]
				    ? state->slabs_after.used[i] - state->slabs_before.used[i]
				    : 0);
}

static int merge_reset(void *opaque, char *reason)
{
	(void)opaque;
	return windows_clear(reason);
}

static void merge_teardown(void *opaque)
{
	char reason[REASON_SIZE];

	merge_reset(opaque, reason);
}

static void merge_expect(const struct cell *cell, struct kernel_version kernel,
			 struct fingerprint *fingerprint)
{
	struct merge_shape shape = merge_shape_of(cell);
	unsigned int moves = merge_moves(&shape), tables = merge_tables(&shape);
	unsigned int merges = merge_merges(&shape);

	expect_add(fingerprint, "copy_vma", moves, moves);
	expect_add(fingerprint, "__pte_alloc", tables, tables);
	/* vma_merge_new_range(), 6.12, merges by vma_expand(); before, __vma_adjust() did more than that. */
	if (kernel_since(kernel, 6, 12) && merge_is_ordinary(&shape))
		expect_add(fingerprint, "vma_expand", merges, merges);
}

static void merge_burden(const struct cell *cell, struct burden *burden)
{
	(void)cell;
	burden->sample = 800;
}

static const char *const merge_neighbours[] = { "none", "below", "above", "both", NULL };
static const char *const merge_faulted[] = { "faulted", "unfaulted", NULL };
static const char *const merge_sequences[] = { "once", "back", "touched", NULL };
static const char *const merge_flags[] = { "0", "dontunmap", NULL };
static const char *const merge_prots[] = { "same", "restored", NULL };
static const struct param merge_params[] = {
	{ "neighbour", merge_neighbours },
	{ "moved", merge_faulted },
	{ "others", merge_faulted },
	{ "sequence", merge_sequences },
	{ "flags", merge_flags },
	{ "prot", merge_prots },
	{ NULL, NULL },
};

const struct bench bench_merge = {
	.name = "merge",
	.about =
		"mremap(MREMAP_MAYMOVE | MREMAP_FIXED) beside other VMAs, and the VMAs that are left",
	.params = merge_params,
	.state_size = sizeof(struct merge_state),
	.rules = merge_rules,
	.setup = merge_setup,
	.ready = merge_ready,
	.body = merge_body,
	.verify = merge_verify,
	.outcome = merge_outcome,
	.reset = merge_reset,
	.teardown = merge_teardown,
	.expect = merge_expect,
	.burden = merge_burden,
};
