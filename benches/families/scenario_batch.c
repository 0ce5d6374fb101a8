// SPDX-License-Identifier: GPL-2.0-only
/* scenario_batch: calls prepared, made, checked and undone; many regions that are moved by them. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "benches/proof.h"
#include "benches/families/scenario.h"
#include "benches/syscalls.h"

int calls_make(struct calls *calls, size_t count, char *reason)
{
	calls->items = calloc(count, sizeof(*calls->items));
	if (!calls->items)
		return reason_set(reason, -ENOMEM, "no memory for %zu calls", count);
	/* Written, not only read: a body that writes its results must not fault for them. */
	memset(calls->items, 0xff, count * sizeof(*calls->items));
	calls->count = count;
	return 0;
}

void calls_free(struct calls *calls)
{
	free(calls->items);
	*calls = (struct calls){ 0 };
}

bool call_failed(long result)
{
	return result < 0; /* x86-64: no address of user space is negative */
}

void calls_begin(struct calls *calls)
{
	for (size_t i = 0; i < calls->count; i++)
		calls->items[i].result = -EINPROGRESS;
}

void calls_run(struct calls *calls)
{
	struct call *end = calls->items + calls->count;

	for (struct call *call = calls->items; call < end; call++)
		call->result = raw_mremap(call->address, call->old_length, call->new_length,
					  call->flags, call->to);
}

int calls_check(const struct calls *calls, char *reason)
{
	for (size_t i = 0; i < calls->count; i++) {
		const struct call *call = &calls->items[i];

		if (call_failed(call->result) ||
		    (call->flags & MREMAP_FIXED && call->result != (long)call->to))
			return reason_set(reason, -EIO, "call %zu: mremap returned %ld", i,
					  call->result);
	}
	return 0;
}

int calls_undo(const struct calls *calls, char *reason)
{
	for (size_t i = calls->count; i > 0; i--) {
		const struct call *call = &calls->items[i - 1];
		long back;

		if (call_failed(call->result) || call->result == (long)call->address)
			continue;
		back = raw_mremap((uint64_t)call->result, call->new_length, call->old_length,
				  MREMAP_MAYMOVE | MREMAP_FIXED, call->address);
		if (back != (long)call->address)
			return reason_set(reason, -EIO, "undoing call %zu returned %ld", i - 1,
					  back);
	}
	return 0;
}

void calls_unmap(const struct calls *calls)
{
	for (size_t i = 0; i < calls->count; i++) {
		const struct call *call = &calls->items[i];

		if (call_failed(call->result))
			munmap((void *)(uintptr_t)call->address, call->old_length);
		else
			munmap((void *)(uintptr_t)call->result, call->new_length);
	}
}

void calls_outcome(const struct calls *calls, struct outcomes *outcomes)
{
	uint64_t moved = 0, in_place = 0;

	for (size_t i = 0; i < calls->count; i++) {
		const struct call *call = &calls->items[i];

		if (call_failed(call->result))
			continue;
		moved += call->result != (long)call->address;
		in_place += call->result == (long)call->address;
	}
	outcome_add(outcomes, "calls", calls->count);
	outcome_add(outcomes, "moved", moved);
	outcome_add(outcomes, "in_place", in_place);
}

int batch_make(struct batch *batch, size_t count, char *reason)
{
	int err = calls_make(&batch->calls, count, reason);

	if (err)
		return err;
	batch->regions = calloc(count, sizeof(*batch->regions));
	batch->before = calloc(count, sizeof(*batch->before));
	batch->after = calloc(count, sizeof(*batch->after));
	if (!batch->regions || !batch->before || !batch->after)
		return reason_set(reason, -ENOMEM, "no memory for %zu regions", count);
	return 0;
}

void batch_free(struct batch *batch)
{
	calls_free(&batch->calls);
	free(batch->regions);
	free(batch->before);
	free(batch->after);
	*batch = (struct batch){ 0 };
}

void batch_unmap(const struct batch *batch)
{
	for (size_t i = 0; i < batch->maps; i++) {
		const struct call *call = &batch->calls.items[i];

		munmap((void *)(uintptr_t)call->address, call->old_length);
		if (!call_failed(call->result))
			munmap((void *)(uintptr_t)call->result, call->new_length);
	}
}

static uint64_t region_pages(const struct region *region)
{
	uint64_t pages = 0;

	for (uint64_t page = 0; page < region->length / PAGE_BYTES; page++)
		pages += region_has(region, page);
	return pages;
}

int batch_prove(struct batch *batch, char *reason)
{
	int err = proof_layout(batch->before, batch->befores, reason);

	for (size_t i = 0; i < batch->calls.count && !err && !batch->proven; i++) {
		const struct region *region = &batch->regions[i];
		uint64_t want = region_pages(region);
		uint64_t present = pages_present(region->address, region->length);

		if (present != want)
			err = reason_set(reason, -EPROTO,
					 "region %zu has %" PRIu64 " pages instead of %" PRIu64, i,
					 present, want);
	}
	/* Pages of 4 KiB that were there once can't become others: batch_check() reads their data. */
	batch->proven = !err;
	return err;
}

int batch_check(struct batch *batch, char *reason)
{
	int err = calls_check(&batch->calls, reason);

	batch->left = 0;
	if (!err)
		err = proof_layout(batch->after, batch->afters, reason);
	if (!err)
		batch->left = batch->afters;
	for (size_t i = 0; i < batch->calls.count && !err; i++)
		err = region_check(&batch->regions[i], (uint64_t)batch->calls.items[i].result,
				   reason);
	return err;
}

int extent_check(uint64_t start, uint64_t length, char *reason)
{
	unsigned char in_core;
	uint64_t vmas = layout_count(start, start + length);

	/* One that touches it, and both its ends are mapped: so it is the one that covers it. */
	if (vmas != 1)
		return reason_set(reason, -EPROTO,
				  "%" PRIu64 " VMAs at 0x%" PRIx64 " instead of one", vmas, start);
	if (mincore((void *)(uintptr_t)start, PAGE_BYTES, &in_core) ||
	    mincore((void *)(uintptr_t)(start + length - PAGE_BYTES), PAGE_BYTES, &in_core))
		return reason_set(reason, -EPROTO, "0x%" PRIx64 " is not mapped to its end", start);
	return 0;
}
