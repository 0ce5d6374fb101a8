// SPDX-License-Identifier: GPL-2.0-only
/*
 * refuse: what mremap costs when it says no, for each reason that it has to, with the proof that
 * the process is as it was: the same VMAs, the same pages, the same data.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/fixture.h"
#include "benches/folios.h"
#include "benches/kernel_rules.h"
#include "benches/layout.h"
#include "benches/machine.h"
#include "benches/proof.h"
#include "benches/families/limit.h"
#include "benches/families/refuse_limits.h"
#include "benches/families/refuse_rules.h"
#include "benches/families/vmas.h"
#include "benches/syscalls.h"

struct refuse_state {
	const struct refusal *refusal;
	struct region region; /* the source, except for the vdso */
	struct region over; /* what is mapped at the destination; length 0: nothing */
	uint64_t from, old_length, new_length, to; /* the call's arguments */
	unsigned long flags;
	long result;
	struct text before; /* maps */
	struct extent vdso;
	uint64_t present; /* pages, before the call */
	struct limits limits;
	bool sealed;
	bool lost; /* what was at the destination, and not put back yet */
	bool lost_last; /* by the last call */
};

static const struct refusal *refusal_of(const struct cell *cell)
{
	return refusal_find(cell_value(cell, "case"));
}

static void refuse_place(const struct cell *cell, struct refuse_state *state)
{
	const struct refusal *refusal = refusal_of(cell);
	struct region *region = &state->region;

	state->refusal = refusal;
	region->address = WINDOW_SOURCE + PMD_BYTES;
	region->length = cell_bytes(cell, "size");
	region->memory = refusal->scene == SCENE_HUGE ? MEMORY_HUGETLB : MEMORY_ANON;
	region->folio = refusal->scene == SCENE_HUGE ? FOLIO_2M : FOLIO_4K;
	region->fill.shape = FILL_ALL;
	region->seed = region->length;
	if (refusal->scene == SCENE_SEALED)
		region->address = sealed_place();
	state->over = *region;
	state->over.address = WINDOW_DESTINATION + 3 * PMD_BYTES;
	state->over.seed++;
	if (refusal->scene == SCENE_SEALED_OVER)
		state->over.address = sealed_place();
	else if (refusal->scene != SCENE_OVER)
		state->over.length = 0;
}

static uint64_t length_add(uint64_t length, int64_t more)
{
	return more == REFUSE_NO_LENGTH ? 0 : length + (uint64_t)more;
}

static void refuse_aim(struct refuse_state *state)
{
	const struct refusal *refusal = state->refusal;
	uint64_t from = state->region.address, length = state->region.length;

	if (refusal->scene == SCENE_VDSO) {
		from = state->vdso.start;
		length = state->vdso.end - state->vdso.start;
	}
	state->from = from + (uint64_t)refusal->from;
	state->old_length = length_add(length, refusal->old_length);
	state->new_length = length_add(length, refusal->new_length);
	state->to = refusal->to == REFUSE_OVERLAP
			    ? from + length - PAGE_BYTES /* overlaps by a page */
			    : state->over.address + (uint64_t)refusal->to;
}

static bool refuse_sizeless(const struct cell *cell)
{
	return !refusal_of(cell)->sized && !cell_is(cell, "size", "4K");
}

static bool refuse_huge_small(const struct cell *cell)
{
	return refusal_of(cell)->scene == SCENE_HUGE && cell_is(cell, "size", "4K");
}

static const struct rule refuse_rules[] = {
	{ refuse_sizeless, "refused before any page can matter: one size says it all" },
	{ refuse_huge_small, "a huge page of the pool is 2 MiB" },
	{ NULL, NULL },
};

static int refuse_supported(const struct cell *cell, char *reason)
{
	struct refuse_state state = { 0 };
	int err;

	refuse_place(cell, &state);
	err = folio_supported(&state.region, reason);
	if (!err)
		err = memory_supported(2 * state.region.length, reason);
	if (err)
		return err;
	switch (state.refusal->scene) {
	case SCENE_VDSO:
		return vdso_find(&state.vdso, reason);
	case SCENE_MAPS:
		return limit_supported(reason);
	case SCENE_COMMIT:
		return commit_supported(reason);
	case SCENE_LOCKED:
		return lock_limit_supported(state.region.length, reason);
	case SCENE_SEALED:
	case SCENE_SEALED_OVER:
		return seal_supported(reason);
	default:
		return 0;
	}
}

static int region_make(const struct region *region, char *reason)
{
	int err = region_map(region, reason);

	return err ? err : region_fill(region, reason);
}

static int refuse_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct refuse_state *state = opaque;
	struct region *region = &state->region;
	enum scene scene;
	int err;

	refuse_place(cell, state);
	scene = state->refusal->scene;
	err = region_make(region, reason);
	if (!err && state->over.length)
		err = region_make(&state->over, reason);
	if (!err && scene == SCENE_VDSO)
		err = vdso_find(&state->vdso, reason);
	if (!err && scene == SCENE_NEIGHBOUR)
		err = page_block(region->address + region->length, reason);
	if (!err && scene == SCENE_LOCKED)
		err = region_lock(region, reason);
	if (!err && (scene == SCENE_SEALED || scene == SCENE_SEALED_OVER)) {
		err = region_seal(scene == SCENE_SEALED ? region : &state->over, reason);
		state->sealed = !err;
	}
	refuse_aim(state);
	return err;
}

/* The last thing before the call: from here on allocations may fail. */
static int refuse_arm(struct refuse_state *state, char *reason)
{
	switch (state->refusal->scene) {
	case SCENE_MAPS:
		return limits_maps(&state->limits, 0, reason);
	case SCENE_SPACE:
		return limits_space(&state->limits, reason);
	case SCENE_LOCKED:
		return limits_locked(&state->limits, state->region.length, reason);
	default:
		return 0;
	}
}

static int refuse_ready(void *opaque, char *reason)
{
	struct refuse_state *state = opaque;
	struct region *region = &state->region;
	int err = 0;

	state->result = -EINPROGRESS; /* no call has returned */
	state->flags = state->refusal->flags;
	if (state->lost) {
		err = region_make(&state->over, reason);
		state->lost = err != 0;
	}
	if (!err)
		err = proof_region(region, region->address, reason);
	if (!err && state->over.length)
		err = proof_region(&state->over, state->over.address, reason);
	if (!err)
		err = layout_take(&state->before, reason);
	if (err)
		return err;
	state->present = pages_present(region->address, region->length);
	return refuse_arm(state, reason);
}

static void refuse_body(void *opaque)
{
	struct refuse_state *state = opaque;

	state->result = raw_mremap(state->from, state->old_length, state->new_length, state->flags,
				   state->to);
}

static int source_same(const struct refuse_state *state, char *reason)
{
	const struct region *region = &state->region;
	uint64_t present = pages_present(region->address, region->length);
	struct extent vdso = { 0 };
	int err;

	if (present != state->present)
		return reason_set(reason, -EPROTO,
				  "%" PRIu64 " pages are there instead of %" PRIu64, present,
				  state->present);
	err = region_check(region, region->address, reason);
	if (err || state->refusal->scene != SCENE_VDSO)
		return err;
	err = vdso_find(&vdso, reason);
	if (!err && (vdso.start != state->vdso.start || vdso.end != state->vdso.end))
		err = reason_set(reason, -EPROTO, "the vdso is at another place");
	return err;
}

/* Nothing has changed; or, before 6.17, what was at the destination is gone and nothing else. */
static int refuse_same(struct refuse_state *state, char *reason)
{
	const struct region *over = &state->over;
	int err;

	state->lost = over->length && !layout_count(over->address, over->address + over->length);
	state->lost_last = state->lost;
	if (state->lost != refusal_loses(state->refusal, kernel_running()))
		return reason_set(reason, -EPROTO, "what was mapped at the destination is %s",
				  state->lost ? "gone" : "still there");
	if (state->lost) {
		/* Put back, the maps must be the same to the letter. */
		err = region_make(over, reason);
		if (err)
			return err;
		state->lost = false;
	}
	err = layout_same(&state->before, reason);
	if (!err && over->length)
		err = region_check(over, over->address, reason);
	return err ? err : source_same(state, reason);
}

/* Untimed: a limit of one more lets the same call pass, so it was the limit that refused it. */
static int maps_pass(struct refuse_state *state, char *reason)
{
	struct region *region = &state->region;
	int err = limits_maps(&state->limits, 1, reason), lifted;
	long went, back = 0;

	if (err)
		return err;
	went = raw_mremap(state->from, state->old_length, state->new_length, state->flags,
			  state->to);
	lifted = limits_lift(&state->limits, reason);
	if (went == (long)state->to)
		back = raw_mremap(state->to, region->length, region->length, state->flags,
				  region->address);
	if (went != (long)state->to || back != (long)region->address)
		return reason_set(reason, -EPROTO,
				  "with one more in max_map_count: moved, %ld; back, %ld", went,
				  back);
	return lifted;
}

static int refuse_verify(void *opaque, char *reason)
{
	struct refuse_state *state = opaque;
	int want = refusal_errno(state->refusal, kernel_running());
	int err = limits_lift(&state->limits, reason);

	if (err)
		return err;
	if (state->result != -want)
		return reason_set(reason, -EIO, "mremap returned %ld (%s) instead of errno %d (%s)",
				  state->result,
				  state->result < 0 ? strerror((int)-state->result) : "success",
				  want, strerror(want));
	err = refuse_same(state, reason);
	if (!err && state->refusal->scene == SCENE_MAPS)
		err = maps_pass(state, reason);
	return err;
}

static void refuse_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct refuse_state *state = opaque;

	outcome_add(outcomes, "errno", state->result < 0 ? (uint64_t)-state->result : 0);
	outcome_add(outcomes, "lost", state->lost_last);
}

static int refuse_reset(void *opaque, char *reason)
{
	struct refuse_state *state = opaque;
	int err = limits_lift(&state->limits, reason);

	if (!err && state->result >= 0)
		err = reason_set(reason, -EIO, "the call was not refused: the memory has moved");
	return err;
}

static void refuse_teardown(void *opaque)
{
	struct refuse_state *state = opaque;
	char reason[REASON_SIZE];

	limits_lift(&state->limits, reason);
	text_free(&state->before);
	/* What is sealed stays until the process ends; its pages need not. */
	region_drop(&state->region, state->sealed && state->refusal->scene == SCENE_SEALED);
	if (state->over.length)
		region_drop(&state->over,
			    state->sealed && state->refusal->scene == SCENE_SEALED_OVER);
	windows_clear(reason); /* also what is there because a call was not refused */
}

/*
 * No refusal gets as far as copying a VMA or moving a page. Those before mremap_to() flush nothing
 * either; from there on, MREMAP_FIXED may already have unmapped the destination.
 */
static void refuse_expect(const struct cell *cell, struct kernel_version kernel,
			  struct fingerprint *fingerprint)
{
	const struct refusal *refusal = refusal_of(cell);

	expect_add(fingerprint, "copy_vma", 0, 0);
	expect_add(fingerprint, "move_page_tables", 0, 0);
	expect_add(fingerprint, "__pte_alloc", 0, 0);
	expect_add(fingerprint, "__split_vma", 0, 0);
	expect_add(fingerprint, "handle_mm_fault", 0, 0);
	if (!refusal_loses(refusal, kernel))
		expect_add(fingerprint, "flush_tlb_mm_range", 0, 0);
	else
		expect_add(fingerprint, "flush_tlb_mm_range", 1, UINT64_MAX);
}

static void refuse_burden(const struct cell *cell, struct burden *burden)
{
	uint64_t pages = cell_bytes(cell, "size") / PAGE_BYTES;

	burden->setup = 100 + pages * 3 / 2;
	burden->sample = 400 + pages / 4;
	if (refusal_of(cell)->scene == SCENE_OVER) {
		burden->setup += pages * 3 / 2;
		burden->sample += pages * 2;
	}
}

static const char *const refuse_cases[] = {
	"unknown_flag", "relocate_alone",  "must_alone",
	"fixed_alone",	"dontunmap_alone", "dontunmap_resize",
	"unaligned",	"unaligned_new",   "new_len_0",
	"too_long",	"overlap",	   "beyond",
	"old_len_0",	"huge_unaligned",  "huge_grow",
	"unmapped",	"past_end",	   "past_end_over",
	"dontexpand",	"no_room",	   "maps",
	"space",	"commit",	   "sealed",
	"sealed_over",	"locked",	   NULL,
};
static const char *const refuse_sizes[] = { "4K", "32M", NULL };
static const struct param refuse_params[] = {
	{ "case", refuse_cases },
	{ "size", refuse_sizes },
	{ NULL, NULL },
};

const struct bench bench_refuse = {
	.name = "refuse",
	.about = "a call of mremap that the kernel refuses, and that must leave all as it was",
	.params = refuse_params,
	.state_size = sizeof(struct refuse_state),
	.rules = refuse_rules,
	.supported = refuse_supported,
	.setup = refuse_setup,
	.ready = refuse_ready,
	.body = refuse_body,
	.verify = refuse_verify,
	.outcome = refuse_outcome,
	.reset = refuse_reset,
	.teardown = refuse_teardown,
	.expect = refuse_expect,
	.burden = refuse_burden,
};
