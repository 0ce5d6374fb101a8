// SPDX-License-Identifier: GPL-2.0-only
/*
 * merge_limit: moves that each leave another VMA, until max_map_count ends them: how many there were,
 * and with how many VMAs the last one that succeeded began.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/fixture.h"
#include "benches/kernel_rules.h"
#include "benches/layout.h"
#include "benches/families/limit.h"
#include "benches/machine.h"
#include "benches/syscalls.h"
#include "benches/families/vmas.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

enum {
	SYSTEM_LIMIT_MAX = 200000, /* some allow a million: longer than a sample may take */
	RESERVE = 16, /* VMAs that are unmapped before the counting, which needs memory */
};
#define LIMIT_SOURCE (WINDOW_SOURCE + PMD_BYTES)
#define LIMIT_DESTINATION (WINDOW_DESTINATION + 2 * PMD_BYTES)

struct call {
	uint64_t from, to;
};

struct limit_state {
	struct region region; /* a page for each call, never touched: what it is not about */
	struct call *calls;
	size_t call_count;
	unsigned long flags;
	bool dontunmap;
	uint64_t limit, was; /* was: max_map_count to be restored; 0: not changed */
	uint64_t before; /* VMAs */
	uint64_t after, vmas;
	size_t moved;
	long result; /* of the last call */
};

static bool limit_is_low(const struct cell *cell)
{
	return !cell_is(cell, "limit", "system");
}

static int limit_cell_supported(const struct cell *cell, char *reason)
{
	uint64_t limit = limit_now();

	if (limit_is_low(cell))
		return limit_supported(reason);
	if (machine_is_ours())
		return reason_set(reason, -ENOTSUP, "a guest sets its limit: limit=200");
	if (limit < LIMIT_LOW || limit > SYSTEM_LIMIT_MAX)
		return reason_set(reason, -ERANGE, "max_map_count is %" PRIu64, limit);
	return 0;
}

static int limit_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct limit_state *state = opaque;

	state->limit = limit_is_low(cell) ? LIMIT_LOW : limit_now();
	state->dontunmap = cell_is(cell, "flags", "dontunmap");
	state->flags = MREMAP_MAYMOVE | MREMAP_FIXED | (state->dontunmap ? MREMAP_DONTUNMAP : 0);
	state->call_count = state->limit;
	state->region = (struct region){ .address = LIMIT_SOURCE,
					 .length = (state->call_count + 1) * PAGE_BYTES };
	state->calls = calloc(state->call_count, sizeof(*state->calls));
	if (!state->calls)
		return reason_set(reason, -ENOMEM, "no memory for the calls");
	/* A page from the front each time: the source stays one VMA. Apart where they go: none merge. */
	for (size_t i = 0; i < state->call_count; i++) {
		state->calls[i].from = LIMIT_SOURCE + i * PAGE_BYTES;
		state->calls[i].to = LIMIT_DESTINATION + 2 * i * PAGE_BYTES;
	}
	return 0;
}

static int limit_ready(void *opaque, char *reason)
{
	struct limit_state *state = opaque;
	struct extent source = { state->region.address,
				 state->region.address + state->region.length };
	int err = region_map(&state->region, reason);

	state->moved = 0;
	state->after = state->vmas = 0;
	state->result = 0;
	if (!err)
		err = proof_layout(&source, 1, reason);
	if (!err && machine_is_ours()) {
		state->was = limit_now();
		err = limit_set(state->limit, reason);
	}
	if (!err)
		err = filler_map(layout_count_all() + RESERVE, reason);
	state->before = layout_count_all();
	if (!err && state->before + 10 > state->limit)
		err = reason_set(reason, -E2BIG, "%" PRIu64 " VMAs are there before any move",
				 state->before);
	return err;
}

static void limit_body(void *opaque)
{
	struct limit_state *state = opaque;
	const struct call *call = state->calls, *end = call + state->call_count;

	for (; call < end; call++) {
		state->result =
			raw_mremap(call->from, PAGE_BYTES, PAGE_BYTES, state->flags, call->to);
		if (state->result < 0)
			break;
	}
	state->moved = (size_t)(call - state->calls);
}

/* The VMAs are exactly the source, shorter by what was moved, and the pages that were. */
static int limit_check_layout(const struct limit_state *state, char *reason)
{
	size_t count = state->moved + 1;
	struct extent *extents = calloc(count, sizeof(*extents));
	const struct region *region = &state->region;
	int err;

	if (!extents)
		return reason_set(reason, -ENOMEM, "no memory for the extents");
	extents[0].start = region->address + (state->dontunmap ? 0 : state->moved * PAGE_BYTES);
	extents[0].end = region->address + region->length;
	for (size_t i = 0; i < state->moved; i++) {
		extents[i + 1].start = state->calls[i].to;
		extents[i + 1].end = state->calls[i].to + PAGE_BYTES;
	}
	err = proof_layout(extents, count, reason);
	free(extents);
	return err;
}

/* With how many VMAs a move may begin. */
static int limit_check_rule(const struct limit_state *state, char *reason)
{
	struct kernel_version kernel = kernel_running();
	uint64_t highest = state->limit - kernel_map_room(kernel, state->dontunmap).first;

	if (state->before + state->moved != highest + 1)
		return reason_set(reason, -EPROTO,
				  "the last move began with %" PRIu64 " VMAs instead of %" PRIu64,
				  state->before + state->moved - 1, highest);
	return 0;
}

static int limit_verify(void *opaque, char *reason)
{
	struct limit_state *state = opaque;
	int err = filler_unmap(reason);

	if (err)
		return err;
	state->vmas = layout_count(WINDOW_SOURCE, WINDOW_DESTINATION + WINDOW_BYTES);
	if (state->result != -ENOMEM)
		return reason_set(reason, -EIO, "the last call returned %ld", state->result);
	state->after = state->before + state->vmas - 1; /* the source was there */
	err = limit_check_layout(state, reason);
	return err ? err : limit_check_rule(state, reason);
}

static void limit_outcome(void *opaque, struct outcomes *outcomes)
{
	struct limit_state *state = opaque;

	outcome_add(outcomes, "moved", state->moved);
	outcome_add(outcomes, "errno", state->result < 0 ? (uint64_t)-state->result : 0);
	outcome_add(outcomes, "vmas", state->vmas);
	outcome_add(outcomes, "success_vmas", state->after ? state->after - 1 : 0);
	outcome_add(outcomes, "failure_vmas", state->after);
}

static int limit_reset(void *opaque, char *reason)
{
	struct limit_state *state = opaque;
	int err = 0;

	if (state->was)
		err = limit_set(state->was, reason);
	state->was = 0;
	if (!err)
		err = filler_unmap(reason);
	return err ? err : windows_clear(reason);
}

static void limit_teardown(void *opaque)
{
	struct limit_state *state = opaque;
	char reason[REASON_SIZE];

	limit_reset(state, reason);
	free(state->calls);
}

/* How many moves depends on the VMAs that the agent's process has itself: some 30. */
static void limit_expect(const struct cell *cell, struct kernel_version kernel,
			 struct fingerprint *fingerprint)
{
	(void)kernel;
	expect_add(fingerprint, "__pte_alloc", 0, 0);
	if (limit_is_low(cell))
		expect_add(fingerprint, "copy_vma", LIMIT_LOW / 2, LIMIT_LOW);
}

static void limit_burden(const struct cell *cell, struct burden *burden)
{
	burden->sample = limit_is_low(cell) ? 3000 : 0;
}

static const char *const limit_limits[] = { "200", "system", NULL };
static const char *const limit_flags[] = { "0", "dontunmap", NULL };
static const struct param limit_params[] = {
	{ "limit", limit_limits },
	{ "flags", limit_flags },
	{ NULL, NULL },
};

const struct bench bench_merge_limit = {
	.name = "merge_limit",
	.about =
		"mremap(MREMAP_MAYMOVE | MREMAP_FIXED) of a page, again and again, up to max_map_count",
	.params = limit_params,
	.state_size = sizeof(struct limit_state),
	.supported = limit_cell_supported,
	.setup = limit_setup,
	.ready = limit_ready,
	.body = limit_body,
	.verify = limit_verify,
	.outcome = limit_outcome,
	.reset = limit_reset,
	.teardown = limit_teardown,
	.expect = limit_expect,
	.burden = limit_burden,
};
