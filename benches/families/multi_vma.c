// SPDX-License-Identifier: GPL-2.0-only
/*
 * multi_vma: many VMAs moved by one call, against as many calls. One call is since 6.17
 * (remap_move()); before, it is refused with EFAULT and changes nothing, which is a result too.
 */
#include <errno.h>
#include <sys/mman.h>

#include "base/text.h"
#include "benches/cell.h"
#include "benches/bench.h"
#include "benches/kernel_rules.h"
#include "benches/machine.h"
#include "benches/families/pieces.h"
#include "benches/proof.h"
#include "benches/syscalls.h"
#include "benches/families/vmas.h"

struct call {
	uint64_t from, length, to;
	long result;
};

struct multi_state {
	struct piece pieces[PIECES_MAX];
	size_t count;
	uint64_t by; /* the distance that they move */
	struct vma vmas[PIECES_MAX]; /* as they lay before */
	struct call calls[PIECES_MAX];
	size_t call_count;
	bool refused; /* this kernel has to */
	bool moved; /* all lie at the destination */
	bool proven;
};

static struct pieces_plan multi_plan(const struct cell *cell)
{
	struct pieces_plan plan = {
		.address = WINDOW_SOURCE + PMD_BYTES,
		.piece = cell_bytes(cell, "piece"),
		.mixed = cell_is(cell, "kind", "mixed"),
	};
	uint64_t count = 0;

	number_parse(cell_value(cell, "vmas"), &count);
	plan.count = count;
	plan.gap = cell_is(cell, "layout", "holes") ? plan.piece : 0;
	fill_parse(cell_value(cell, "fill"), &plan.fill);
	return plan;
}

/* Another PMD of its PUD than at the source, the same offset in it. */
static uint64_t multi_distance(void)
{
	return WINDOW_DESTINATION - WINDOW_SOURCE + 2 * PMD_BYTES;
}

static bool multi_mixed_few(const struct cell *cell)
{
	return cell_is(cell, "kind", "mixed") && multi_plan(cell).count < PIECE_KINDS;
}

static bool multi_mixed_other(const struct cell *cell)
{
	return cell_is(cell, "kind", "mixed") &&
	       (!cell_is(cell, "fill", "100") || !cell_is(cell, "piece", "16K"));
}

static bool multi_large_other(const struct cell *cell)
{
	return cell_is(cell, "piece", "2M") &&
	       (multi_plan(cell).count != 10 || !cell_is(cell, "fill", "100"));
}

static const struct rule multi_rules[] = {
	{ multi_mixed_few, "six kinds need six VMAs" },
	{ multi_mixed_other, "the mixture has its own fills, and small VMAs" },
	{ multi_large_other, "VMAs of a whole page table: ten filled ones tell what they cost" },
	{ NULL, NULL },
};

static int multi_supported(const struct cell *cell, char *reason)
{
	struct pieces_plan plan = multi_plan(cell);

	return memory_supported(plan.count * plan.piece, reason);
}

static bool multi_refused(const struct cell *cell, struct kernel_version kernel)
{
	return cell_is(cell, "how", "one_call") && !kernel_moves_many(kernel);
}

static int multi_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct multi_state *state = opaque;
	struct pieces_plan plan = multi_plan(cell);
	size_t count = 0;
	int err;

	state->count = plan.count;
	state->by = multi_distance();
	state->refused = multi_refused(cell, kernel_running());
	pieces_lay(&plan, state->pieces);
	state->call_count = cell_is(cell, "how", "one_call") ? 1 : state->count;
	for (size_t i = 0; i < state->call_count; i++) {
		const struct region *region = &state->pieces[i].region;

		state->calls[i] = (struct call){ .from = region->address,
						 .length = region->length,
						 .to = region->address + state->by };
	}
	if (state->call_count == 1)
		state->calls[0].length = pieces_length(state->pieces, state->count);
	err = pieces_make(state->pieces, state->count, reason);
	if (!err)
		err = vmas_read(state->vmas, state->count, &count, reason);
	if (!err && count != state->count)
		err = reason_set(reason, -EPROTO, "%zu VMAs instead of %zu", count, state->count);
	return err;
}

/* Those that can be looked at one by one in reasonable time: smaps tells all VMAs each time. */
static int multi_prove_folios(struct multi_state *state, char *reason)
{
	int err = 0;

	for (size_t i = 0; state->count <= 10 && i < state->count && !err; i++)
		if (state->pieces[i].region.fill.shape != FILL_NONE)
			err = proof_region(&state->pieces[i].region,
					   state->pieces[i].region.address, reason);
	state->proven = !err;
	return err;
}

static int multi_ready(void *opaque, char *reason)
{
	struct multi_state *state = opaque;
	int err;

	for (size_t i = 0; i < state->call_count; i++)
		state->calls[i].result = -EINTR; /* no call has returned */
	err = vmas_proof(state->vmas, state->count, reason);
	if (!err && !state->proven)
		err = multi_prove_folios(state, reason);
	return err ? err : pieces_check(state->pieces, state->count, 0, reason);
}

static void multi_body_one(struct call *call)
{
	call->result = raw_mremap(call->from, call->length, call->length,
				  MREMAP_MAYMOVE | MREMAP_FIXED, call->to);
}

static void multi_body(void *opaque)
{
	struct multi_state *state = opaque;

	for (size_t i = 0; i < state->call_count; i++)
		multi_body_one(&state->calls[i]);
}

static int multi_verify(void *opaque, char *reason)
{
	struct multi_state *state = opaque;
	uint64_t by = state->refused ? 0 : state->by;
	struct vma want[PIECES_MAX];
	int err;

	for (size_t i = 0; i < state->call_count; i++) {
		long result = state->refused ? -EFAULT : (long)state->calls[i].to;

		if (state->calls[i].result != result)
			return reason_set(reason, -EIO, "call %zu returned %ld", i,
					  state->calls[i].result);
	}
	state->moved = !state->refused;
	for (size_t i = 0; i < state->count; i++)
		want[i] = state->vmas[i];
	vmas_shift(want, state->count, WINDOW_SOURCE, WINDOW_SOURCE + WINDOW_BYTES, by);
	err = vmas_proof(want, state->count, reason);
	return err ? err : pieces_check(state->pieces, state->count, by, reason);
}

static void multi_outcome(void *opaque, struct outcomes *outcomes)
{
	struct multi_state *state = opaque;
	long result = state->calls[0].result;

	outcome_add(outcomes, "moved", state->moved ? state->count : 0);
	outcome_add(outcomes, "errno", result < 0 ? (uint64_t)-result : 0);
	outcome_add(outcomes, "vmas", state->count);
}

static int multi_reset(void *opaque, char *reason)
{
	struct multi_state *state = opaque;

	for (size_t i = 0; state->moved && i < state->count; i++) {
		const struct region *region = &state->pieces[i].region;
		long back = raw_mremap(region->address + state->by, region->length, region->length,
				       MREMAP_MAYMOVE | MREMAP_FIXED, region->address);

		if (back != (long)region->address)
			return reason_set(reason, -EIO, "moving back returned %ld", back);
	}
	state->moved = false;
	return 0;
}

static void multi_teardown(void *opaque)
{
	char reason[REASON_SIZE];

	(void)opaque;
	windows_clear(reason);
}

/* remap_move() is a loop of the same moves: each VMA is copied once, by one call or by many. */
static void multi_expect(const struct cell *cell, struct kernel_version kernel,
			 struct fingerprint *fingerprint)
{
	static struct piece pieces[PIECES_MAX];
	struct pieces_plan plan = multi_plan(cell);
	struct path path = { 0 };
	uint64_t moves = multi_refused(cell, kernel) ? 0 : plan.count;

	pieces_lay(&plan, pieces);
	if (moves)
		path = pieces_path(pieces, plan.count, multi_distance(), kernel);
	path_expect(&path, fingerprint);
	expect_add(fingerprint, "copy_vma", moves, moves);
}

static void multi_burden(const struct cell *cell, struct burden *burden)
{
	struct pieces_plan plan = multi_plan(cell);
	uint64_t pages = plan.count * plan.piece / PAGE_BYTES;

	burden->setup = plan.count * 12 + (plan.fill.shape == FILL_NONE ? 0 : pages * 3 / 2);
	burden->sample = plan.count * 25 + pages / 8;
}

static const char *const multi_counts[] = { "2", "3", "10", "100", "1000", NULL };
static const char *const multi_hows[] = { "one_call", "many_calls", NULL };
static const char *const multi_layouts[] = { "adjacent", "holes", NULL };
static const char *const multi_kinds[] = { "anon", "mixed", NULL };
static const char *const multi_pieces[] = { "16K", "2M", NULL };
static const char *const multi_fills[] = { "100", "0", NULL };
static const struct param multi_params[] = {
	{ "vmas", multi_counts }, { "how", multi_hows },     { "layout", multi_layouts },
	{ "kind", multi_kinds },  { "piece", multi_pieces }, { "fill", multi_fills },
	{ NULL, NULL },
};

const struct bench bench_multi_vma = {
	.name = "multi_vma",
	.about =
		"mremap(MREMAP_MAYMOVE | MREMAP_FIXED) of many VMAs by one call, or by a call each",
	.params = multi_params,
	.state_size = sizeof(struct multi_state),
	.rules = multi_rules,
	.supported = multi_supported,
	.setup = multi_setup,
	.ready = multi_ready,
	.body = multi_body,
	.verify = multi_verify,
	.outcome = multi_outcome,
	.reset = multi_reset,
	.teardown = multi_teardown,
	.expect = multi_expect,
	.burden = multi_burden,
};
