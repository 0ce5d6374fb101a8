// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario_ring: small buffers side by side, each grown by a page in its turn: the next buffer is in
 * the way, so each call moves a small mapping out of a larger VMA to where the kernel has room.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "benches/cell.h"
#include "benches/machine.h"
#include "benches/proof.h"
#include "benches/families/scenario.h"
#include "benches/families/slab.h"

#define FIRST (WINDOW_SOURCE + PMD_BYTES)

struct ring {
	struct batch batch;
};

static uint64_t ring_count(const struct cell *cell)
{
	return strtoull(cell_value(cell, "count"), NULL, 10);
}

static int ring_supported(const struct cell *cell, char *reason)
{
	return memory_supported(ring_count(cell) * cell_bytes(cell, "size"), reason);
}

static int ring_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct ring *ring = opaque;
	struct batch *batch = &ring->batch;
	uint64_t count = ring_count(cell), size = cell_bytes(cell, "size");
	int err = batch_make(batch, count, reason);

	if (err)
		return err;
	for (uint64_t i = 0; i < count; i++) {
		batch->regions[i] = (struct region){
			.address = FIRST + i * size,
			.length = size,
			.fill = { FILL_ALL, 0 },
			.seed = i,
		};
		batch->calls.items[i] = (struct call){
			.address = FIRST + i * size,
			.old_length = size,
			.new_length = size + PAGE_BYTES,
			.flags = MREMAP_MAYMOVE,
			.result = -EINPROGRESS,
		};
	}
	/* Mapped side by side, the buffers are one VMA, until the first one moves. */
	batch->before[0] = (struct extent){ FIRST, FIRST + count * size };
	batch->before[1] =
		(struct extent){ FIRST + count * size, FIRST + count * size + PAGE_BYTES };
	batch->befores = 2;
	batch->after[0] = batch->before[1];
	batch->afters = 1;
	batch->maps = count;
	return page_block(batch->before[1].start, reason);
}

/*
 * Each sample from a fresh mapping: buffers that came back would not be one VMA on every kernel. A call
 * takes two VMAs (the cut, the copy), so that making slabs for them would be a sixth of some samples.
 */
static int ring_ready(void *opaque, char *reason)
{
	struct ring *ring = opaque;
	struct batch *batch = &ring->batch;
	int err = slabs_stock(8 * batch->calls.count, reason);

	for (size_t i = 0; i < batch->calls.count && !err; i++)
		err = region_map(&batch->regions[i], reason);
	for (size_t i = 0; i < batch->calls.count && !err; i++)
		err = region_fill(&batch->regions[i], reason);
	batch->proven = false;
	return err ? err : batch_prove(batch, reason);
}

static void ring_body(void *opaque)
{
	struct ring *ring = opaque;

	calls_run(&ring->batch.calls);
}

static int ring_verify(void *opaque, char *reason)
{
	struct ring *ring = opaque;

	return batch_check(&ring->batch, reason);
}

static void ring_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct ring *ring = opaque;
	const struct calls *calls = &ring->batch.calls;
	uint64_t vmas = 0;

	calls_outcome(calls, outcomes);
	for (size_t i = 0; i < calls->count; i++)
		if (!call_failed(calls->items[i].result))
			vmas += layout_count((uint64_t)calls->items[i].result,
					     (uint64_t)calls->items[i].result +
						     calls->items[i].new_length);
	outcome_add(outcomes, "vmas", vmas);
}

static int ring_reset(void *opaque, char *reason)
{
	struct ring *ring = opaque;

	(void)reason;
	batch_unmap(&ring->batch);
	calls_begin(&ring->batch.calls);
	return 0;
}

static void ring_teardown(void *opaque)
{
	struct ring *ring = opaque;

	ring_reset(ring, NULL);
	if (ring->batch.befores)
		munmap((void *)(uintptr_t)ring->batch.before[1].start, PAGE_BYTES);
	batch_free(&ring->batch);
}

static void ring_expect(const struct cell *cell, struct kernel_version kernel,
			struct fingerprint *fingerprint)
{
	uint64_t count = ring_count(cell);
	/*
	 * No folio is split: but where the one VMA is cut inside a PMD that it still covers whole,
	 * split_huge_pmd_if_needed() (mm/huge_memory.c) enters it to look, once in each PMD.
	 */
	uint64_t looks = count * cell_bytes(cell, "size") / PMD_BYTES;

	(void)kernel;
	expect_add(fingerprint, "copy_vma", count, count);
	expect_add(fingerprint, "move_huge_pmd", 0, 0);
	expect_add(fingerprint, "__split_huge_pmd", looks, looks);
}

static void ring_burden(const struct cell *cell, struct burden *burden)
{
	burden->setup = 100;
	burden->sample = ring_count(cell) * cell_bytes(cell, "size") / PAGE_BYTES * 3;
}

/*
 * Erlang/OTP's BEAM: erts/emulator/sys/common/erl_mmap.c, os_mremap(), which erts_mremap() comes to
 * for a segment outside of the super carrier: mremap with MREMAP_MAYMOVE, called (by mseg_recreate()
 * in erl_mseg.c) from whichever scheduler thread's allocator has a carrier to resize, while the other
 * schedulers run and fault. The turn, one carrier after the other, is ours.
 */
const struct scenario scenario_small_move_ring = {
	.parts = "calls",
	.counts = "64",
	.sizes = "256K",
	.folios = "4K",
	.fills = "100",
	.does = {
		.name = "small_move_ring",
		.state_size = sizeof(struct ring),
		.supported = ring_supported,
		.setup = ring_setup,
		.ready = ring_ready,
		.body = ring_body,
		.verify = ring_verify,
		.outcome = ring_outcome,
		.reset = ring_reset,
		.teardown = ring_teardown,
		.expect = ring_expect,
		.burden = ring_burden,
	},
};
