// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario_growth: buffers that double. part=calls: for each size that a buffer comes to, one such
 * buffer, filled before, so that exactly the calls are timed and each carries what it would; part=all:
 * one buffer that grows, and after each call its new half is written, timed too.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "benches/cell.h"
#include "benches/folios.h"
#include "benches/kernel_rules.h"
#include "benches/machine.h"
#include "benches/proof.h"
#include "benches/families/scenario.h"
#include "benches/syscalls.h"

enum { DOUBLINGS = 16 };

struct growth {
	void (*run)(struct growth *growth);
	struct calls calls; /* of a chain, address is known only when the call before returned */
	struct region buffers[DOUBLINGS]; /* of a chain, the first only */
	struct extent neighbours[DOUBLINGS];
	size_t count; /* buffers */
	uint64_t first; /* bytes */
	bool crowded; /* with a neighbour right above each buffer */
	bool touched; /* the new halves are written, and timed */
	bool mapped;
};

static size_t growth_steps(uint64_t first, uint64_t last)
{
	size_t steps = 0;

	for (; first < last; first *= 2)
		steps++;
	return steps;
}

/* What the chain writes to that page; region_fill() writes its own stamps. */
static uint64_t growth_stamp(uint64_t page)
{
	return (page + 1) * 0xd1342543de82ef95ull;
}

static void growth_touch(uint64_t address, uint64_t from, uint64_t to)
{
	for (; from < to; from += PAGE_BYTES)
		*(volatile uint64_t *)(uintptr_t)(address + from) = growth_stamp(from / PAGE_BYTES);
}

static void growth_run_calls(struct growth *growth)
{
	calls_run(&growth->calls);
}

/* The address goes from call to call, as in a program that keeps one pointer. */
static void growth_run_chain(struct growth *growth)
{
	struct call *end = growth->calls.items + growth->calls.count;
	uint64_t address = growth->buffers[0].address;

	for (struct call *call = growth->calls.items; call < end; call++) {
		call->address = address;
		call->result =
			raw_mremap(address, call->old_length, call->new_length, call->flags, 0);
		if (call_failed(call->result))
			return;
		address = (uint64_t)call->result;
		growth_touch(address, call->old_length, call->to);
	}
}

static int growth_place(struct growth *growth, const struct cell *cell, char *reason)
{
	size_t steps = growth_steps(growth->first, cell_bytes(cell, "size"));
	uint64_t at = WINDOW_SOURCE + PMD_BYTES, length = growth->first;
	bool chain = growth->touched || !growth->crowded;
	int err = steps > DOUBLINGS ? -E2BIG : calls_make(&growth->calls, steps, reason);

	if (err)
		return err;
	growth->run = chain ? growth_run_chain : growth_run_calls;
	growth->count = chain ? 1 : steps;
	for (size_t i = 0; i < steps; i++, length *= 2) {
		struct call *call = &growth->calls.items[i];

		*call = (struct call){
			.address = at,
			.old_length = length,
			.new_length = length * 2,
			.flags = MREMAP_MAYMOVE,
			.to = growth->touched ? length * 2
					      : length, /* what the chain writes up to */
			.result = -EINPROGRESS,
		};
		if (i >= growth->count)
			continue;
		growth->buffers[i] = (struct region){
			.address = at,
			.length = length,
			.fill = { FILL_ALL, 0 },
			.seed = length,
		};
		folio_parse(cell_value(cell, "folio"), &growth->buffers[i].folio,
			    &growth->buffers[i].mapping);
		growth->neighbours[i] = (struct extent){ at + length, at + length + PAGE_BYTES };
		/* Each in PMDs of its own, and aligned so that folios of 2 MiB fit wherever they can. */
		at = (at + length + PAGE_BYTES + PMD_BYTES - 1) & ~(PMD_BYTES - 1);
	}
	return 0;
}

static int growth_start(struct growth *growth, const struct cell *cell, char *reason)
{
	int err = growth_place(growth, cell, reason);

	for (size_t i = 0; growth->crowded && i < growth->count && !err; i++)
		err = page_block(growth->neighbours[i].start, reason);
	return err;
}

static int realloc_doubling_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct growth *growth = opaque;

	growth->first = 128 << 10;
	growth->crowded = true;
	growth->touched = cell_is(cell, "part", "all");
	return growth_start(growth, cell, reason);
}

static int realloc_in_place_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct growth *growth = opaque;

	growth->first = 128 << 10;
	growth->touched = cell_is(cell, "part", "all");
	return growth_start(growth, cell, reason);
}

static int column_store_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct growth *growth = opaque;

	growth->first = 64 << 20;
	growth->crowded = true;
	growth->touched = cell_is(cell, "part", "all");
	return growth_start(growth, cell, reason);
}

static int growth_supported(const struct cell *cell, char *reason)
{
	struct region region = { .address = WINDOW_SOURCE,
				 .length = cell_bytes(cell, "size"),
				 .fill = { FILL_ALL, 0 } };
	int err;

	folio_parse(cell_value(cell, "folio"), &region.folio, &region.mapping);
	err = folio_supported(&region, reason);
	return err ? err : memory_supported(region.length, reason);
}

static int growth_ready(void *opaque, char *reason)
{
	struct growth *growth = opaque;
	struct extent want[2 * DOUBLINGS];
	size_t wants = 0;
	int err = 0;

	calls_begin(&growth->calls);
	for (size_t i = 0; i < growth->count && !err; i++) {
		const struct region *buffer = &growth->buffers[i];

		err = region_map(buffer, reason);
		growth->mapped = !err || growth->mapped;
		if (!err)
			err = region_fill(buffer, reason);
		if (!err)
			err = proof_region(buffer, buffer->address, reason);
		if (!err && growth->run == growth_run_chain)
			growth_touch(buffer->address, 0, buffer->length);
		want[wants++] =
			(struct extent){ buffer->address, buffer->address + buffer->length };
		if (growth->crowded)
			want[wants++] = growth->neighbours[i];
	}
	return err ? err : proof_layout(want, wants, reason);
}

static void growth_body(void *opaque)
{
	struct growth *growth = opaque;

	growth->run(growth);
}

static int growth_check_chain(const struct growth *growth, char *reason)
{
	const struct call *last = &growth->calls.items[growth->calls.count - 1];
	uint64_t filled = growth->touched ? last->new_length : growth->first;
	int err = extent_check((uint64_t)last->result, last->new_length, reason);

	for (uint64_t page = 0; page < filled / PAGE_BYTES && !err; page++)
		if (*(volatile uint64_t *)(uintptr_t)((uint64_t)last->result + page * PAGE_BYTES) !=
		    growth_stamp(page))
			err = reason_set(reason, -EIO, "page %" PRIu64 " holds other data", page);
	if (!err && !growth->touched)
		err = proof_empty((uint64_t)last->result + filled, last->new_length - filled,
				  reason);
	return err;
}

static int growth_check_calls(const struct growth *growth, char *reason)
{
	int err = 0;

	for (size_t i = 0; i < growth->calls.count && !err; i++) {
		const struct call *call = &growth->calls.items[i];
		uint64_t now = (uint64_t)call->result;

		err = extent_check(now, call->new_length, reason);
		if (!err)
			err = region_check(&growth->buffers[i], now, reason);
		if (!err)
			err = proof_empty(now + call->old_length, call->old_length, reason);
	}
	return err;
}

static int growth_verify(void *opaque, char *reason)
{
	const struct growth *growth = opaque;
	const struct call *last = &growth->calls.items[growth->calls.count - 1];
	struct extent grown = { (uint64_t)last->result, (uint64_t)last->result + last->new_length };
	int err = calls_check(&growth->calls, reason);

	for (size_t i = 0; i < growth->calls.count && !err; i++)
		if (!growth->crowded &&
		    growth->calls.items[i].result != (long)growth->buffers[0].address)
			err = reason_set(reason, -EPROTO, "call %zu moved what had room to grow",
					 i);
	/* Where the kernel puts what moved is in no window: there only neighbours are left. */
	if (!err)
		err = growth->crowded ? proof_layout(growth->neighbours, growth->count, reason)
				      : proof_layout(&grown, 1, reason);
	if (err)
		return err;
	return growth->run == growth_run_chain ? growth_check_chain(growth, reason)
					       : growth_check_calls(growth, reason);
}

/* Calls whose two ends have the same offset in the PMD: only those can move tables or folios whole. */
static uint64_t growth_congruent(const struct growth *growth)
{
	uint64_t count = 0;

	for (size_t i = 0; i < growth->calls.count; i++) {
		const struct call *call = &growth->calls.items[i];

		count += !call_failed(call->result) && call->result != (long)call->address &&
			 ((uint64_t)call->result - call->address) % PMD_BYTES == 0;
	}
	return count;
}

static void growth_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct growth *growth = opaque;

	calls_outcome(&growth->calls, outcomes);
	outcome_add(outcomes, "congruent", growth_congruent(growth));
}

/* Wherever the buffers are now; a chain's is where the last call that returned an address left it. */
static int growth_reset(void *opaque, char *reason)
{
	struct growth *growth = opaque;
	uint64_t address = growth->buffers[0].address, length = growth->first;

	(void)reason;
	if (!growth->mapped)
		return 0;
	growth->mapped = false;
	if (growth->run == growth_run_calls) {
		calls_unmap(&growth->calls);
		return 0;
	}
	for (size_t i = 0; i < growth->calls.count; i++)
		if (!call_failed(growth->calls.items[i].result)) {
			address = (uint64_t)growth->calls.items[i].result;
			length = growth->calls.items[i].new_length;
		}
	munmap((void *)(uintptr_t)address, length);
	return 0;
}

static void growth_teardown(void *opaque)
{
	struct growth *growth = opaque;
	char reason[REASON_SIZE];

	growth_reset(growth, reason);
	for (size_t i = 0; i < growth->count; i++)
		if (growth->crowded)
			munmap((void *)(uintptr_t)growth->neighbours[i].start, PAGE_BYTES);
	calls_free(&growth->calls);
}

/*
 * Each call that moves copies one VMA; one that grows in place copies none. Buffers that hold folios
 * are aligned to the PMD: where the kernel aligns the place that it chooses too, folios move whole.
 */
static void growth_expect(const struct cell *cell, struct kernel_version kernel,
			  struct fingerprint *fingerprint, uint64_t first)
{
	uint64_t last = cell_bytes(cell, "size"), calls = growth_steps(first, last);
	uint64_t folios = (last - (first < PMD_BYTES ? PMD_BYTES : first)) / PMD_BYTES;
	bool each = cell_is(cell, "part", "calls"), small = cell_is(cell, "folio", "4K");

	expect_add(fingerprint, "copy_vma", each ? calls : 1, calls);
	if (each)
		expect_add(fingerprint, "handle_mm_fault", 0, 0);
	if (!small && !(each && kernel_aligns_large(kernel)))
		return;
	expect_add(fingerprint, "move_huge_pmd", small ? 0 : folios, small ? 0 : folios);
	expect_add(fingerprint, "__split_huge_pmd", 0, 0);
}

static void realloc_doubling_expect(const struct cell *cell, struct kernel_version kernel,
				    struct fingerprint *fingerprint)
{
	growth_expect(cell, kernel, fingerprint, 128 << 10);
}

static void column_store_expect(const struct cell *cell, struct kernel_version kernel,
				struct fingerprint *fingerprint)
{
	growth_expect(cell, kernel, fingerprint, 64 << 20);
}

static void realloc_in_place_expect(const struct cell *cell, struct kernel_version kernel,
				    struct fingerprint *fingerprint)
{
	(void)kernel;
	expect_add(fingerprint, "copy_vma", 0, 0);
	expect_add(fingerprint, "move_page_tables", 0, 0);
	if (cell_is(cell, "part", "calls"))
		expect_add(fingerprint, "handle_mm_fault", 0, 0);
}

/* Every sample fills anew. */
static void growth_burden(const struct cell *cell, struct burden *burden)
{
	uint64_t pages = cell_bytes(cell, "size") / PAGE_BYTES;

	burden->setup = 100;
	burden->sample = 200 + pages * 2;
}

static void realloc_in_place_burden(const struct cell *cell, struct burden *burden)
{
	growth_burden(cell, burden);
	if (cell_is(cell, "part", "calls"))
		burden->sample = 300;
}

/*
 * glibc, malloc/malloc.c, mremap_chunk(): realloc() of a chunk that has a mapping of its own (from
 * M_MMAP_THRESHOLD on, 128 KiB at first) is mremap with MREMAP_MAYMOVE and no address. A vector that
 * doubles comes to it at each doubling. Here each buffer has a mapping right above it.
 */
const struct scenario scenario_realloc_doubling = {
	.parts = "calls all",
	.counts = "1",
	.sizes = "32M 256M",
	.folios = "4K 2M",
	.fills = "100",
	.does = {
		.name = "realloc_doubling",
		.state_size = sizeof(struct growth),
		.supported = growth_supported,
		.setup = realloc_doubling_setup,
		.ready = growth_ready,
		.body = growth_body,
		.verify = growth_verify,
		.outcome = growth_outcome,
		.reset = growth_reset,
		.teardown = growth_teardown,
		.expect = realloc_doubling_expect,
		.burden = growth_burden,
	},
};

/* The same call of glibc's mremap_chunk(), with room above the buffer: it grows where it is. */
const struct scenario scenario_realloc_in_place = {
	.parts = "calls all",
	.counts = "1",
	.sizes = "32M 256M",
	.folios = "4K 2M",
	.fills = "100",
	.does = {
		.name = "realloc_in_place",
		.state_size = sizeof(struct growth),
		.supported = growth_supported,
		.setup = realloc_in_place_setup,
		.ready = growth_ready,
		.body = growth_body,
		.verify = growth_verify,
		.outcome = growth_outcome,
		.reset = growth_reset,
		.teardown = growth_teardown,
		.expect = realloc_in_place_expect,
		.burden = realloc_in_place_burden,
	},
};

/*
 * ClickHouse, src/Common/Allocator.h, Allocator::realloc(), until all was left to jemalloc (Allocator.cpp
 * tells of it): blocks from 64 MiB on (MMAP_THRESHOLD) were resized by mremap with MREMAP_MAYMOVE, so a
 * column that is read in moved at each doubling. Apache Doris took it over, be/src/vec/common/allocator.h,
 * where the setting mmap_threshold (128 MiB by default) says from when on. With 2 MiB folios;
 * realloc_doubling of 256M has pages of 4 KiB too.
 */
const struct scenario scenario_column_store_doubling = {
	.parts = "calls all",
	.counts = "1",
	.sizes = "512M",
	.folios = "2M",
	.fills = "100",
	.does = {
		.name = "column_store_doubling",
		.state_size = sizeof(struct growth),
		.supported = growth_supported,
		.setup = column_store_setup,
		.ready = growth_ready,
		.body = growth_body,
		.verify = growth_verify,
		.outcome = growth_outcome,
		.reset = growth_reset,
		.teardown = growth_teardown,
		.expect = column_store_expect,
		.burden = growth_burden,
	},
};
