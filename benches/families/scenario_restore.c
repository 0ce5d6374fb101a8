// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario_restore: restoring a checkpointed process: its private VMAs were rebuilt back to back in one
 * area and are now moved, each by a call of its own, to the addresses they had in the process.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>

#include "benches/cell.h"
#include "benches/machine.h"
#include "benches/families/scenario.h"
#include "benches/families/slab.h"
#include "benches/syscalls.h"

enum { RESTORED = 500 };

/*
 * What a process is made of, taken in turn. No two neighbours could merge, so each stays a VMA. Files'
 * pages are all there: a fault brings those around it too (do_fault_around() in mm/memory.c).
 */
static const struct {
	uint64_t length;
	enum memory memory;
	int protection;
	struct fill fill;
} restore_kinds[] = {
	/* a heap, text, bss, constants */
	{ 256 << 10, MEMORY_ANON, PROT_READ | PROT_WRITE, { FILL_ALL, 0 } },
	{ 256 << 10, MEMORY_FILE, PROT_READ | PROT_WRITE | PROT_EXEC, { FILL_ALL, 0 } },
	{ 64 << 10, MEMORY_ANON, PROT_READ | PROT_WRITE, { FILL_PREFIX, 10 } },
	{ 128 << 10, MEMORY_FILE, PROT_READ | PROT_WRITE, { FILL_ALL, 0 } },
	/* a stack, and its guard, which is PROT_NONE in the end */
	{ 132 << 10, MEMORY_ANON, PROT_READ | PROT_WRITE, { FILL_PREFIX, 20 } },
	{ 4 << 10, MEMORY_ANON, PROT_WRITE, { FILL_NONE, 0 } },
	/* data, an arena, and what the arena reserves, PROT_NONE too */
	{ 16 << 10, MEMORY_COPIED, PROT_READ | PROT_WRITE, { FILL_ALL, 0 } },
	{ 1 << 20, MEMORY_ANON, PROT_READ | PROT_WRITE, { FILL_PREFIX, 10 } },
	{ 4 << 20, MEMORY_ANON, PROT_WRITE, { FILL_NONE, 0 } },
};
enum { KINDS = sizeof(restore_kinds) / sizeof(restore_kinds[0]) };

struct restore {
	struct batch batch;
};

static int restore_supported(const struct cell *cell, char *reason)
{
	(void)cell;
	return memory_supported(64 << 20, reason);
}

/* As the restorer does: those that go down from the first on, those that go up from the last on. */
static size_t restore_turn(size_t i)
{
	return i < RESTORED / 2 ? i : RESTORED - 1 - (i - RESTORED / 2);
}

/* The area, and the two places: half of the VMAs go below it and half above it. */
static void restore_place(struct restore *restore)
{
	struct batch *batch = &restore->batch;
	uint64_t from = WINDOW_DESTINATION, below = WINDOW_SOURCE;
	uint64_t above = WINDOW_DESTINATION + WINDOW_BYTES / 2;

	for (size_t i = 0; i < RESTORED; i++) {
		size_t turn = restore_turn(i);
		uint64_t *to = i < RESTORED / 2 ? &below : &above;
		uint64_t length = restore_kinds[i % KINDS].length;

		*to += i % 5 * PAGE_BYTES; /* some lie back to back in the process too */
		batch->regions[turn] = (struct region){
			.address = from,
			.length = length,
			.memory = restore_kinds[i % KINDS].memory,
			.fill = restore_kinds[i % KINDS].fill,
			.seed = i,
		};
		batch->calls.items[turn] = (struct call){
			.address = from,
			.old_length = length,
			.new_length = length,
			.flags = MREMAP_MAYMOVE | MREMAP_FIXED,
			.to = *to,
			.result = -EINPROGRESS,
		};
		batch->before[i] = (struct extent){ from, from + length };
		batch->after[i] = (struct extent){ *to, *to + length };
		from += length;
		*to += length;
	}
	batch->befores = RESTORED;
	batch->afters = RESTORED;
}

static int restore_map(const struct region *region, int protection, char *reason)
{
	int err = region_map(region, reason);

	if (err || protection == (PROT_READ | PROT_WRITE))
		return err;
	if (mprotect((void *)(uintptr_t)region->address, region->length, protection))
		return reason_set(reason, -errno, "mprotect: %s", strerror(errno));
	return 0;
}

static int restore_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct restore *restore = opaque;
	struct batch *batch = &restore->batch;
	int err = batch_make(batch, RESTORED, reason);

	(void)cell;
	if (err)
		return err;
	restore_place(restore);
	for (size_t i = 0; i < RESTORED && !err; i++)
		err = restore_map(&batch->regions[restore_turn(i)],
				  restore_kinds[i % KINDS].protection, reason);
	batch->maps = RESTORED; /* where it failed, unmapping what is not there does nothing */
	/* After all are there: a filled VMA would keep what is mapped beside it from merging. */
	for (size_t i = 0; i < RESTORED && !err; i++)
		err = region_fill(&batch->regions[i], reason);
	return err;
}

static int restore_ready(void *opaque, char *reason)
{
	struct restore *restore = opaque;
	int err = slabs_stock(2 * RESTORED, reason);

	calls_begin(&restore->batch.calls);
	return err ? err : batch_prove(&restore->batch, reason);
}

static void restore_body(void *opaque)
{
	struct restore *restore = opaque;

	calls_run(&restore->batch.calls);
}

static int restore_verify(void *opaque, char *reason)
{
	struct restore *restore = opaque;

	return batch_check(&restore->batch, reason);
}

static void restore_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct restore *restore = opaque;

	calls_outcome(&restore->batch.calls, outcomes);
	outcome_add(outcomes, "vmas",
		    layout_count(WINDOW_SOURCE, WINDOW_DESTINATION + WINDOW_BYTES));
}

static int restore_reset(void *opaque, char *reason)
{
	struct restore *restore = opaque;

	return calls_undo(&restore->batch.calls, reason);
}

static void restore_teardown(void *opaque)
{
	struct restore *restore = opaque;

	batch_unmap(&restore->batch);
	batch_free(&restore->batch);
}

static void restore_expect(const struct cell *cell, struct kernel_version kernel,
			   struct fingerprint *fingerprint)
{
	(void)cell;
	(void)kernel;
	expect_add(fingerprint, "copy_vma", RESTORED, RESTORED);
	expect_add(fingerprint, "move_huge_pmd", 0, 0);
	expect_add(fingerprint, "__split_huge_pmd", 0, 0);
	expect_add(fingerprint, "handle_mm_fault", 0, 0);
}

static void restore_burden(const struct cell *cell, struct burden *burden)
{
	(void)cell;
	burden->setup = 60000;
	burden->sample = 50000;
}

/*
 * CRIU: criu/mem.c, premap_private_vma(), maps each private VMA at the end of one area, writable
 * whatever its protection is to be; criu/pie/restorer.c, __export_restore_task(), then moves each by
 * vma_remap() (MREMAP_MAYMOVE | MREMAP_FIXED), those that go down from the first on, those that go up
 * from the last on. Shared mappings are no part of it: restore_mapping() maps them anew.
 */
const struct scenario scenario_checkpoint_restore = {
	.parts = "calls",
	.counts = "500",
	.sizes = "mixed",
	.folios = "4K",
	.fills = "mixed",
	.does = {
		.name = "checkpoint_restore",
		.state_size = sizeof(struct restore),
		.supported = restore_supported,
		.setup = restore_setup,
		.ready = restore_ready,
		.body = restore_body,
		.verify = restore_verify,
		.outcome = restore_outcome,
		.reset = restore_reset,
		.teardown = restore_teardown,
		.expect = restore_expect,
		.burden = restore_burden,
	},
};
