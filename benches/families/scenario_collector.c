// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario_collector: a compacting collector's pause: the heap's pages are moved away under the running
 * program, and the heap stays, empty. part=calls: that one call; part=refault: the first touches of the
 * emptied heap (the pages that were there before), which the program pays after the pause.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>

#include "benches/cell.h"
#include "benches/folios.h"
#include "benches/machine.h"
#include "benches/paths.h"
#include "benches/proof.h"
#include "benches/families/scenario.h"
#include "benches/syscalls.h"

struct collector {
	void (*run)(struct collector *collector);
	struct region heap;
	struct calls calls; /* one */
	uint64_t away; /* where the pages go: a reservation that MREMAP_FIXED replaces */
	bool refault;
	uint64_t stride; /* bytes from touch to touch */
	bool mapped, reserved, proven;
};

static void collector_place(const struct cell *cell, uint64_t source, uint64_t destination,
			    struct region *heap, uint64_t *away)
{
	*heap = (struct region){
		.address = WINDOW_SOURCE + source,
		.length = cell_bytes(cell, "size"),
		.seed = cell_bytes(cell, "size"),
	};
	folio_parse(cell_value(cell, "folio"), &heap->folio, &heap->mapping);
	fill_parse(cell_value(cell, "fill"), &heap->fill);
	*away = WINDOW_DESTINATION + destination;
}

static void collector_pause_place(const struct cell *cell, struct region *heap, uint64_t *away)
{
	collector_place(cell, PMD_BYTES, 3 * PMD_BYTES, heap, away);
}

static void linear_allocator_place(const struct cell *cell, struct region *heap, uint64_t *away)
{
	collector_place(cell, 0, PUD_BYTES, heap, away);
}

static int collector_supported(const struct cell *cell, char *reason)
{
	struct region heap;
	uint64_t away, bytes;
	int err;

	collector_pause_place(cell, &heap, &away);
	bytes = heap.fill.shape == FILL_ALL ? heap.length : heap.length / 128;
	if (cell_is(cell, "part", "refault"))
		bytes *= 2;
	err = folio_supported(&heap, reason);
	return err ? err : memory_supported(bytes, reason);
}

/* What comes back at each touch: a page, or a folio. */
static uint64_t collector_stride(const struct region *heap)
{
	return heap->fill.shape == FILL_ALL ? folio_bytes(heap->folio) : PMD_BYTES;
}

static int collector_reserve(struct collector *collector, char *reason)
{
	void *want = (void *)(uintptr_t)collector->away;
	void *got = mmap(want, collector->heap.length, PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (got != want)
		return reason_set(reason, -EEXIST, "no reservation at 0x%" PRIx64, collector->away);
	collector->reserved = true;
	return 0;
}

static void collector_move(struct collector *collector)
{
	calls_run(&collector->calls);
}

/* Writes: what a program does to memory that it allocated anew. */
static void collector_refault(struct collector *collector)
{
	uint64_t at = collector->heap.address, end = at + collector->heap.length;

	for (; at < end; at += collector->stride)
		*(volatile uint64_t *)(uintptr_t)at = at;
}

static int collector_start(struct collector *collector, const struct cell *cell, char *reason)
{
	struct region *heap = &collector->heap;
	int err = calls_make(&collector->calls, 1, reason);

	if (err)
		return err;
	collector->calls.items[0] = (struct call){
		.address = heap->address,
		.old_length = heap->length,
		.new_length = heap->length,
		.flags = MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP,
		.to = collector->away,
		.result = -EINPROGRESS,
	};
	collector->refault = cell_is(cell, "part", "refault");
	collector->run = collector->refault ? collector_refault : collector_move;
	collector->stride = collector_stride(heap);
	err = region_map(heap, reason);
	if (err)
		return err;
	collector->mapped = true;
	err = region_fill(heap, reason);
	return err ? err : collector_reserve(collector, reason);
}

static int collector_pause_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct collector *collector = opaque;

	collector_pause_place(cell, &collector->heap, &collector->away);
	return collector_start(collector, cell, reason);
}

static int linear_allocator_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct collector *collector = opaque;

	linear_allocator_place(cell, &collector->heap, &collector->away);
	return collector_start(collector, cell, reason);
}

static int collector_layout(const struct collector *collector, char *reason)
{
	uint64_t start = collector->heap.address, away = collector->away;
	struct extent both[] = { { start, start + collector->heap.length },
				 { away, away + collector->heap.length } };

	return proof_layout(both, 2, reason);
}

static int collector_ready(void *opaque, char *reason)
{
	struct collector *collector = opaque;
	const struct region *heap = &collector->heap;
	int err = collector_layout(collector, reason);

	collector->calls.items[0].result = -EINPROGRESS;
	if (!err && !collector->proven)
		err = proof_region(heap, heap->address, reason);
	/* A whole 2 MiB folio could be split by what happens meanwhile; pages of 4 KiB stay such. */
	collector->proven = !err && heap->folio == FOLIO_4K;
	if (err || !collector->refault)
		return err;
	calls_run(&collector->calls);
	err = calls_check(&collector->calls, reason);
	return err ? err : proof_empty(heap->address, heap->length, reason);
}

static void collector_body(void *opaque)
{
	struct collector *collector = opaque;

	collector->run(collector);
}

static uint64_t collector_touches(const struct region *heap)
{
	return heap->length / collector_stride(heap);
}

static int collector_verify(void *opaque, char *reason)
{
	const struct collector *collector = opaque;
	const struct region *heap = &collector->heap;
	uint64_t want = collector_touches(heap) * (heap->folio == FOLIO_2M ? 512 : 1), now;
	int err = calls_check(&collector->calls, reason);

	if (!err)
		err = collector_layout(collector, reason);
	if (!err)
		err = region_check(heap, collector->away, reason);
	if (err)
		return err;
	if (!collector->refault)
		return proof_empty(heap->address, heap->length, reason);
	now = pages_present(heap->address, heap->length);
	if (now != want)
		return reason_set(reason, -EPROTO,
				  "%" PRIu64 " pages came back instead of %" PRIu64, now, want);
	return 0;
}

static void collector_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct collector *collector = opaque;
	const struct region *heap = &collector->heap;

	calls_outcome(&collector->calls, outcomes);
	outcome_add(outcomes, "vmas",
		    layout_count(heap->address, heap->address + heap->length) +
			    layout_count(collector->away, collector->away + heap->length));
	outcome_add(outcomes, "faulted", pages_present(heap->address, heap->length));
}

/* The emptied heap goes, its pages come back to where they were; the reservation is made again. */
static int collector_reset(void *opaque, char *reason)
{
	struct collector *collector = opaque;
	int err;

	if (call_failed(collector->calls.items[0].result))
		return 0;
	if (munmap((void *)(uintptr_t)collector->heap.address, collector->heap.length))
		return reason_set(reason, -errno, "munmap: %s", strerror(errno));
	err = calls_undo(&collector->calls, reason);
	return err ? err : collector_reserve(collector, reason);
}

static void collector_teardown(void *opaque)
{
	struct collector *collector = opaque;

	if (collector->mapped)
		munmap((void *)(uintptr_t)collector->heap.address, collector->heap.length);
	if (collector->reserved)
		munmap((void *)(uintptr_t)collector->away, collector->heap.length);
	calls_free(&collector->calls);
}

static void collector_expect(const struct cell *cell, struct kernel_version kernel,
			     const struct region *heap, uint64_t away,
			     struct fingerprint *fingerprint)
{
	uint64_t touches = collector_touches(heap);
	struct path path;

	if (cell_is(cell, "part", "refault")) {
		expect_add(fingerprint, "copy_vma", 0, 0);
		expect_add(fingerprint, "handle_mm_fault", touches, touches);
		return;
	}
	path = path_of_move(&(struct move_shape){ .region = heap, .destination = away }, kernel);
	path_expect(&path, fingerprint);
	expect_add(fingerprint, "copy_vma", 1, 1);
}

static void collector_pause_expect(const struct cell *cell, struct kernel_version kernel,
				   struct fingerprint *fingerprint)
{
	struct region heap;
	uint64_t away;

	collector_pause_place(cell, &heap, &away);
	collector_expect(cell, kernel, &heap, away, fingerprint);
}

static void linear_allocator_expect(const struct cell *cell, struct kernel_version kernel,
				    struct fingerprint *fingerprint)
{
	struct region heap;
	uint64_t away;

	linear_allocator_place(cell, &heap, &away);
	collector_expect(cell, kernel, &heap, away, fingerprint);
}

static void collector_burden(const struct cell *cell, struct burden *burden)
{
	struct region heap;
	uint64_t away, pages;

	collector_pause_place(cell, &heap, &away);
	pages = heap.length / PAGE_BYTES;
	burden->setup = heap.fill.shape == FILL_ALL ? pages * 3 / 2 : pages / 16;
	burden->sample = pages / 10;
	if (cell_is(cell, "part", "refault"))
		burden->sample += heap.fill.shape == FILL_ALL ? pages * 2 : pages / 16;
}

/*
 * Android's ART, runtime/gc/collector/mark_compact.cc, MarkCompact::KernelPrepareRangeForUffd(): in
 * the stop-the-world pause the moving space goes with MREMAP_FIXED and MREMAP_DONTUNMAP onto the
 * from-space, a reservation of the same size; BestPageTableAlignment() asks for the PMD's boundary for a
 * heap below 1 GiB, and for the PUD's from there on: of 1G and 2G here neither end is, which is the slow
 * side of that rule (linear_allocator is the other). That faults come back through userfaultfd is
 * another family's subject (`dontunmap`).
 */
const struct scenario scenario_collector_pause = {
	.parts = "calls refault",
	.counts = "1",
	.sizes = "256M 1G 2G",
	.folios = "4K 2M",
	.fills = "100 pmd1",
	.does = {
		.name = "collector_pause",
		.state_size = sizeof(struct collector),
		.supported = collector_supported,
		.setup = collector_pause_setup,
		.ready = collector_ready,
		.body = collector_body,
		.verify = collector_verify,
		.outcome = collector_outcome,
		.reset = collector_reset,
		.teardown = collector_teardown,
		.expect = collector_pause_expect,
		.burden = collector_burden,
	},
};

/*
 * The same collector's linear allocator: runtime/base/gc_visited_arena_pool.{h,cc}, whose pools are of
 * 1 GiB (kLinearAllocPoolSize), aligned to the PUD by GcVisitedArenaPool::AddMap() so that mremap can
 * move one entry; MarkCompact::KernelPreparation() moves each to its shadow.
 */
const struct scenario scenario_linear_allocator = {
	.parts = "calls refault",
	.counts = "1",
	.sizes = "1G",
	.folios = "4K",
	.fills = "pmd1",
	.does = {
		.name = "linear_allocator",
		.state_size = sizeof(struct collector),
		.supported = collector_supported,
		.setup = linear_allocator_setup,
		.ready = collector_ready,
		.body = collector_body,
		.verify = collector_verify,
		.outcome = collector_outcome,
		.reset = collector_reset,
		.teardown = collector_teardown,
		.expect = linear_allocator_expect,
		.burden = collector_burden,
	},
};
