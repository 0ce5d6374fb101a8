// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario_defragment: a collector that defragments its heap by remapping: granules of 2 MiB that lie
 * scattered over twice their space go, each by a call of its own, into one contiguous range. One page
 * of each granule is there (10,000 whole ones would be 20 GiB): its table of PTEs moves whole anyway.
 */
#include "benches/cell.h"
#include "benches/machine.h"
#include "benches/proof.h"
#include "benches/families/scenario.h"
#include "benches/syscalls.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

#define GRANULE (2ull << 20)
/* From granule to granule in the call's order; prime, so that it visits each of 1000 or 10000 once. */
#define STRIDE 7919

struct defragment {
	struct batch batch;
	bool populated;
};

static uint64_t granule_scattered(uint64_t i)
{
	return WINDOW_WIDE_SOURCE + GRANULE + 2 * i * GRANULE;
}

static uint64_t granule_compacted(uint64_t i)
{
	return WINDOW_WIDE_DESTINATION + 3 * GRANULE + i * GRANULE;
}

static uint64_t defragment_count(const struct cell *cell)
{
	return strtoull(cell_value(cell, "count"), NULL, 10);
}

static int defragment_supported(const struct cell *cell, char *reason)
{
	uint64_t count = defragment_count(cell), limit;

	limit = machine_number("/proc/sys/vm/max_map_count", 65530);
	if (limit < count + 200)
		return reason_set(reason, -ENOMEM, "needs vm.max_map_count of %llu, it is %llu",
				  (unsigned long long)count + 200, (unsigned long long)limit);
	/* A page and a table for each granule, on both sides at once at worst. */
	return memory_supported(count * 3 * PAGE_BYTES, reason);
}

static void defragment_place(struct defragment *defragment, const struct fill *fill)
{
	struct batch *batch = &defragment->batch;
	uint64_t count = batch->calls.count, end = granule_compacted(count);

	for (uint64_t i = 0; i < count; i++) {
		uint64_t from = granule_scattered(i * STRIDE % count);
		uint64_t to = granule_compacted(i);

		batch->regions[i] = (struct region){
			.address = from, .length = GRANULE, .fill = *fill, .seed = i
		};
		batch->calls.items[i] = (struct call){
			.address = from,
			.old_length = GRANULE,
			.new_length = GRANULE,
			.flags = MREMAP_MAYMOVE | MREMAP_FIXED,
			.to = to,
			.result = -EINPROGRESS,
		};
		batch->before[i] =
			(struct extent){ granule_scattered(i), granule_scattered(i) + GRANULE };
		batch->after[i] = (struct extent){ to, to + GRANULE };
	}
	batch->befores = count;
	batch->afters = count;
	if (defragment->populated)
		return;
	/*
	 * copy_vma() gives a VMA that was never faulted the page offset of its new address, so it
	 * merges with the one below; a faulted one keeps its offset and stays alone.
	 */
	batch->after[0].end = end;
	batch->afters = 1;
}

static int defragment_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct defragment *defragment = opaque;
	struct batch *batch = &defragment->batch;
	struct fill fill;
	int err = batch_make(batch, defragment_count(cell), reason);

	if (err)
		return err;
	fill_parse(cell_value(cell, "fill"), &fill);
	defragment->populated = fill.shape != FILL_NONE;
	defragment_place(defragment, &fill);
	for (size_t i = 0; i < batch->calls.count && !err; i++) {
		err = region_map(&batch->regions[i], reason);
		if (err)
			break;
		batch->maps++;
		/* Filled and checked by its one page: to look at all 512 costs more than to move them. */
		batch->regions[i].length = PAGE_BYTES;
		err = region_fill(&batch->regions[i], reason);
	}
	return err;
}

static int defragment_ready(void *opaque, char *reason)
{
	struct defragment *defragment = opaque;

	calls_begin(&defragment->batch.calls);
	return batch_prove(&defragment->batch, reason);
}

static void defragment_body(void *opaque)
{
	struct defragment *defragment = opaque;

	calls_run(&defragment->batch.calls);
}

static int defragment_verify(void *opaque, char *reason)
{
	struct defragment *defragment = opaque;

	return batch_check(&defragment->batch, reason);
}

static void defragment_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct defragment *defragment = opaque;
	uint64_t count = defragment->batch.calls.count, left = defragment->batch.left;

	calls_outcome(&defragment->batch.calls, outcomes);
	if (!left)
		left = layout_count(granule_compacted(0), granule_compacted(count));
	outcome_add(outcomes, "vmas", left);
}

static int defragment_reset(void *opaque, char *reason)
{
	struct defragment *defragment = opaque;

	return calls_undo(&defragment->batch.calls, reason);
}

static void defragment_teardown(void *opaque)
{
	struct defragment *defragment = opaque;

	batch_unmap(&defragment->batch);
	batch_free(&defragment->batch);
}

static void defragment_expect(const struct cell *cell, struct kernel_version kernel,
			      struct fingerprint *fingerprint)
{
	uint64_t count = defragment_count(cell);

	(void)kernel;
	expect_add(fingerprint, "copy_vma", count, count);
	expect_add(fingerprint, "__pte_alloc", 0, 0);
	expect_add(fingerprint, "handle_mm_fault", 0, 0);
}

static void defragment_burden(const struct cell *cell, struct burden *burden)
{
	uint64_t count = defragment_count(cell);

	burden->setup = count * 25;
	burden->sample = count * 50;
}

/*
 * OpenJDK's ZGC: its heap is managed in granules of 2 MiB (ZGranuleSizeShift in
 * src/hotspot/share/gc/z/zGlobals.hpp, which is ZPlatformGranuleSizeShift, 21 on x86-64). Released versions map granules anew; the cover letter of the
 * MREMAP_RELOCATE_ANON series (linux-mm, 2025) tells of a prototype that defragments by many mremap
 * calls and is left with VMAs that no longer merge. The shapes here are of that: count, size, order.
 */
const struct scenario scenario_defragment = {
	.parts = "calls",
	.counts = "1000 10000",
	.sizes = "2M",
	.folios = "4K",
	.fills = "pmd1 0",
	.does = {
		.name = "defragment",
		.state_size = sizeof(struct defragment),
		.supported = defragment_supported,
		.setup = defragment_setup,
		.ready = defragment_ready,
		.body = defragment_body,
		.verify = defragment_verify,
		.outcome = defragment_outcome,
		.reset = defragment_reset,
		.teardown = defragment_teardown,
		.expect = defragment_expect,
		.burden = defragment_burden,
	},
};
