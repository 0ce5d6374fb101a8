// SPDX-License-Identifier: GPL-2.0-only
/*
 * multi_vma_fail: calls over several VMAs that fail, and what they leave: nothing changed, or the
 * first VMAs moved already, or memory gone that the call had no business with.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/kernel_rules.h"
#include "benches/machine.h"
#include "benches/families/limit.h"
#include "benches/families/multi_fail.h"
#include "benches/families/pieces.h"
#include "benches/families/userfault.h"
#include "benches/proof.h"
#include "benches/syscalls.h"
#include "benches/families/vmas.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif
#ifndef SYS_mseal
#define SYS_mseal 462
#endif
#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif

enum { FAIL_PIECES = 6, FAIL_VMAS = 2 * FAIL_PIECES };
#define FAIL_PIECE (4 * PAGE_BYTES)

struct fail_state {
	const struct multi_fail *fail;
	struct multi_left left; /* what it should leave */
	struct piece pieces[FAIL_PIECES];
	struct region occupant;
	struct vma vmas[FAIL_VMAS]; /* before the call */
	size_t vma_count;
	uint64_t from, old_length, new_length, to, by;
	unsigned long flags;
	uint64_t limit; /* max_map_count as it was; 0: not changed */
	long result;
	struct userfault uffd;
	bool made;
};

static int fail_supported(const struct cell *cell, char *reason)
{
	const struct multi_fail *fail = multi_fail_find(cell_value(cell, "case"));

	switch (fail->obstacle) {
	case OBSTACLE_UFFD:
		return userfault_supported(0, reason);
	case OBSTACLE_SEAL:
		/* No bytes at all: only asks whether there is the call. */
		if (syscall(SYS_mseal, WINDOW_SOURCE, 0, 0))
			return reason_set(reason, -errno, "mseal: %s", strerror(errno));
		if (!machine_is_ours())
			return reason_set(reason, -EPERM,
					  "what is sealed in a window stays for all cells of a "
					  "process: a guest has one for each");
		return 0;
	case OBSTACLE_LIMIT:
		return limit_supported(reason);
	default:
		return 0;
	}
}

static int fail_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct fail_state *state = opaque;
	const struct multi_fail *fail = multi_fail_find(cell_value(cell, "case"));
	struct pieces_plan plan = { .address = WINDOW_SOURCE + PMD_BYTES + PMD_BYTES / 2,
				    .count = fail->count,
				    .piece = FAIL_PIECE,
				    .fill = { FILL_ALL, 0 } };

	(void)reason;
	state->fail = fail;
	state->left = multi_fail_left(fail, kernel_running());
	pieces_lay(&plan, state->pieces);
	if (fail->obstacle == OBSTACLE_ZERO)
		state->pieces[fail->at].kind = PIECE_ZERO;
	state->from = plan.address - fail->before * FAIL_PIECE;
	state->old_length = fail->old_length * FAIL_PIECE;
	state->new_length = fail->new_length * FAIL_PIECE;
	state->by = fail->overlaps ? FAIL_PIECE : WINDOW_DESTINATION - WINDOW_SOURCE + PMD_BYTES;
	state->to = state->from + state->by;
	state->flags = MREMAP_MAYMOVE | MREMAP_FIXED | (fail->dontunmap ? MREMAP_DONTUNMAP : 0);
	state->occupant = (struct region){
		.address = state->to,
		.length = state->new_length,
		.fill = { FILL_ALL, 0 },
		.seed = 77,
	};
	return 0;
}

static int fail_arm(struct fail_state *state, char *reason)
{
	const struct region *region = &state->pieces[state->fail->at].region;
	int err = userfault_open(&state->uffd, 0, reason);

	if (!err)
		err = userfault_arm(&state->uffd, region->address, region->length,
				    UFFDIO_REGISTER_MODE_MISSING, reason);
	return err;
}

static int fail_block(struct fail_state *state, char *reason)
{
	const struct multi_fail *fail = state->fail;
	const struct region *region = &state->pieces[fail->at].region;

	if (fail->obstacle == OBSTACLE_UFFD)
		return fail_arm(state, reason);
	if (fail->obstacle == OBSTACLE_SEAL &&
	    syscall(SYS_mseal, region->address, region->length, 0))
		return reason_set(reason, -errno, "mseal: %s", strerror(errno));
	return 0;
}

static int fail_make(struct fail_state *state, char *reason)
{
	int err = pieces_make(state->pieces, state->fail->count, reason);

	if (!err && state->fail->occupied)
		err = region_map(&state->occupant, reason);
	if (!err && state->fail->occupied)
		err = region_fill(&state->occupant, reason);
	if (!err)
		err = fail_block(state, reason);
	state->made = !err;
	return err ? err : vmas_read(state->vmas, FAIL_VMAS, &state->vma_count, reason);
}

/* As many VMAs as a call may begin with. */
static int fail_crowd(struct fail_state *state, char *reason)
{
	uint64_t was = limit_now();
	int err = limit_set(LIMIT_LOW, reason);

	if (err)
		return err;
	state->limit = was;
	return filler_map(LIMIT_LOW -
				  kernel_map_room(kernel_running(), state->fail->dontunmap).first,
			  reason);
}

static int fail_ready(void *opaque, char *reason)
{
	struct fail_state *state = opaque;
	int err = state->made ? 0 : fail_make(state, reason);

	state->result = 0; /* no address that a call could return */
	if (!err)
		err = vmas_proof(state->vmas, state->vma_count, reason);
	if (!err)
		err = pieces_check(state->pieces, state->fail->count, 0, reason);
	if (!err && state->fail->occupied)
		err = region_check(&state->occupant, state->occupant.address, reason);
	if (!err && state->fail->obstacle == OBSTACLE_LIMIT)
		err = fail_crowd(state, reason);
	return err;
}

static void fail_body(void *opaque)
{
	struct fail_state *state = opaque;

	state->result = raw_mremap(state->from, state->old_length, state->new_length, state->flags,
				   state->to);
}

/* What lay there before, less what is lost, the moved ones moved (kept besides: DONTUNMAP). */
static size_t fail_want(const struct fail_state *state, struct vma *want)
{
	const struct multi_left *left = &state->left;
	uint64_t start = state->pieces[0].region.address;
	uint64_t end = start + state->fail->count * FAIL_PIECE;
	size_t count = state->vma_count;

	memcpy(want, state->vmas, count * sizeof(*want));
	count = vmas_drop(want, count, end - left->lost * FAIL_PIECE, end);
	if (left->occupant_lost)
		count = vmas_drop(want, count, state->to, state->to + state->new_length);
	for (size_t i = 0; state->fail->dontunmap && i < left->moved; i++)
		want[count++] = want[i];
	/* Copies lie behind: the first ones move, the order is by address. */
	if (state->fail->dontunmap)
		vmas_shift(want, left->moved, start, end, state->by);
	else
		vmas_shift(want, count, start, start + left->moved * FAIL_PIECE, state->by);
	vmas_shift(want, count, 0, 0, 0);
	return count;
}

/* Emptied sources of MREMAP_DONTUNMAP hold nothing; all else holds its data, where it lies now. */
static int fail_check_data(const struct fail_state *state, char *reason)
{
	const struct multi_left *left = &state->left;
	unsigned int kept = state->fail->count - left->lost;
	int err = 0;

	if (left->moved)
		err = pieces_check(state->pieces, left->moved, state->by, reason);
	if (!err && left->moved < kept)
		err = pieces_check(state->pieces + left->moved, kept - left->moved, 0, reason);
	if (!err && left->moved && state->fail->dontunmap)
		err = proof_empty(state->from, left->moved * FAIL_PIECE, reason);
	if (!err && state->fail->occupied && !left->occupant_lost)
		err = region_check(&state->occupant, state->occupant.address, reason);
	return err;
}

static int fail_verify(void *opaque, char *reason)
{
	struct fail_state *state = opaque;
	struct vma want[FAIL_VMAS];
	int err;

	if (state->result != -(long)state->left.error)
		return reason_set(reason, -EIO, "mremap returned %ld instead of -%d", state->result,
				  state->left.error);
	err = vmas_proof(want, fail_want(state, want), reason);
	return err ? err : fail_check_data(state, reason);
}

/* Counted, not computed: a source that is gone and lies at the destination was moved. */
static void fail_outcome(void *opaque, struct outcomes *outcomes)
{
	struct fail_state *state = opaque;
	struct vma vmas[FAIL_VMAS];
	char reason[REASON_SIZE];
	uint64_t start = state->pieces[0].region.address, moved = 0, source = 0;
	size_t count = 0;

	if (vmas_read(vmas, FAIL_VMAS, &count, reason))
		count = 0;
	for (size_t i = 0; i < count; i++)
		if (vmas[i].start < WINDOW_DESTINATION)
			source++;
		else
			moved += vmas[i].start <
					 start + state->by + state->fail->count * FAIL_PIECE &&
				 vmas[i].end - vmas[i].start == FAIL_PIECE;
	outcome_add(outcomes, "moved", moved);
	outcome_add(outcomes, "errno", state->result < 0 ? (uint64_t)-state->result : 0);
	outcome_add(outcomes, "vmas", count);
	outcome_add(outcomes, "lost",
		    state->fail->count - source - (state->fail->dontunmap ? 0 : moved));
	outcome_add(outcomes, "lost_there", state->fail->occupied && count == source);
}

/* A seal can't be taken off, nor the VMA away: the others come back to it. */
static int fail_return(struct fail_state *state, char *reason)
{
	for (unsigned int i = 0; i < state->left.moved; i++) {
		const struct region *region = &state->pieces[i].region;
		long back = raw_mremap(region->address + state->by, region->length, region->length,
				       MREMAP_MAYMOVE | MREMAP_FIXED, region->address);

		if (back != (long)region->address)
			return reason_set(reason, -EIO, "moving back returned %ld", back);
	}
	return 0;
}

static int fail_reset(void *opaque, char *reason)
{
	struct fail_state *state = opaque;
	int err = 0;

	if (state->fail->obstacle == OBSTACLE_SEAL)
		return fail_return(state, reason);
	if (state->limit)
		err = limit_set(state->limit, reason);
	state->limit = 0;
	userfault_close(&state->uffd);
	state->made = false;
	if (!err)
		err = filler_unmap(reason);
	return err ? err : windows_clear(reason);
}

static void fail_teardown(void *opaque)
{
	char reason[REASON_SIZE];

	fail_reset(opaque, reason);
	windows_clear(reason); /* what is sealed stays until the process ends */
}

static void fail_expect(const struct cell *cell, struct kernel_version kernel,
			struct fingerprint *fingerprint)
{
	const struct multi_fail *fail = multi_fail_find(cell_value(cell, "case"));
	struct multi_left left = multi_fail_left(fail, kernel);

	/* All lie in one PMD; its page table is made for the first that moves. */
	expect_add(fingerprint, "copy_vma", left.moved, left.moved);
	expect_add(fingerprint, "__pte_alloc", left.moved > 0, left.moved > 0);
}

static void fail_burden(const struct cell *cell, struct burden *burden)
{
	(void)cell;
	burden->sample = 400;
}

static const char *const fail_cases[] = {
	"hole_start",  "expand",    "expand_onto", "shrink",	"overlap",
	"uffd_first",  "uffd_last", "zero_first",  "zero_last", "sealed_first",
	"sealed_last", "map_limit", NULL,
};
static const struct param fail_params[] = { { "case", fail_cases }, { NULL, NULL } };

const struct bench bench_multi_vma_fail = {
	.name = "multi_vma_fail",
	.about =
		"mremap(MREMAP_MAYMOVE | MREMAP_FIXED) of several VMAs that fails, and what it leaves",
	.params = fail_params,
	.state_size = sizeof(struct fail_state),
	.supported = fail_supported,
	.setup = fail_setup,
	.ready = fail_ready,
	.body = fail_body,
	.verify = fail_verify,
	.outcome = fail_outcome,
	.reset = fail_reset,
	.teardown = fail_teardown,
	.expect = fail_expect,
	.burden = fail_burden,
};
