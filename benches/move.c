// SPDX-License-Identifier: GPL-2.0-only
/*
 * move: MREMAP_MAYMOVE | MREMAP_FIXED of private anonymous memory to an unmapped place, over size,
 * alignment, population and folio size.
 */
#include <errno.h>
#include <sys/mman.h>

#include "benches/cell.h"
#include "benches/families.h"
#include "benches/fixture.h"
#include "benches/paths.h"
#include "benches/proof.h"
#include "benches/syscalls.h"

struct move_state {
	struct region region; /* the source */
	uint64_t destination;
	long result;
	bool consumed; /* a move leaves other folios behind: each sample needs a fresh fill */
	bool mapped; /* the source is mapped and filled */
	bool proven; /* the small folios are: they can't grow (MADV_NOHUGEPAGE) */
};

/*
 * Where source and destination lie. Their PMD offsets in the windows differ, so that only align=pud
 * is aligned to the PUD on both ends, and realignment can't reach a PUD either.
 */
static void move_place(const struct cell *cell, struct region *region, uint64_t *destination)
{
	uint64_t source_offset = PMD_BYTES, destination_offset = 3 * PMD_BYTES;

	if (cell_is(cell, "align", "pud")) {
		source_offset = 0;
		destination_offset = 0;
	} else if (cell_is(cell, "align", "mutual")) {
		source_offset += PMD_BYTES / 2;
		destination_offset += PMD_BYTES / 2;
	} else if (cell_is(cell, "align", "unaligned")) {
		destination_offset += PAGE_BYTES;
	}
	region->address = WINDOW_SOURCE + source_offset;
	region->length = cell_bytes(cell, "size");
	region->folio = cell_is(cell, "folio", "2M") ? FOLIO_2M : FOLIO_4K;
	region->filled = cell_is(cell, "fill", "100");
	region->seed = region->length;
	*destination = WINDOW_DESTINATION + destination_offset;
}

static bool move_exists(const struct cell *cell)
{
	uint64_t size = cell_bytes(cell, "size");
	bool mutual = cell_is(cell, "align", "mutual"), huge = cell_is(cell, "folio", "2M");
	struct region region = { 0 };
	uint64_t destination;

	/* Alignment to the PUD says nothing of less than a PUD. */
	if (cell_is(cell, "align", "pud") && size < PUD_BYTES)
		return false;
	/* Mutual alignment needs the rest of the first PMD. */
	if (mutual && size < PMD_BYTES / 2)
		return false;
	/* 3 MiB from +1 MiB end on a PMD: the one size at which realignment leaves no PTE to move. */
	if (size == 3 * (PMD_BYTES / 2) && !mutual)
		return false;
	move_place(cell, &region, &destination);
	/* A folio size is a property of pages: none there, or none of that size fits. */
	return !huge || (region.filled && region_huge_count(&region) > 0);
}

static int move_supported(const struct cell *cell, char *reason)
{
	struct region region = { 0 };
	uint64_t destination;
	int err;

	move_place(cell, &region, &destination);
	err = folio_supported(region.folio, reason);
	if (!err && region.filled)
		err = memory_supported(region.length, reason);
	return err;
}

static int move_fill(struct move_state *state, char *reason)
{
	int err = region_map(&state->region, reason);

	if (err)
		return err;
	state->mapped = true;
	return state->region.filled ? region_fill(&state->region, reason) : 0;
}

static int move_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct move_state *state = opaque;
	struct path path;

	move_place(cell, &state->region, &state->destination);
	/* Splitting is the same on every kernel version: 0.0 will do. */
	path = path_of_move(&state->region, state->destination, true,
			    (struct kernel_version){ 0, 0 });
	state->consumed = path.splits > 0;
	return move_fill(state, reason);
}

static int move_ready(void *opaque, char *reason)
{
	struct move_state *state = opaque;
	struct region *region = &state->region;
	struct extent source = { region->address, region->address + region->length };
	int err = 0;

	if (!state->mapped)
		err = move_fill(state, reason);
	if (!err)
		err = proof_layout(&source, 1, reason);
	if (err)
		return err;
	if (!region->filled)
		return proof_empty(region, region->address, reason);
	if (region->folio == FOLIO_4K && state->proven)
		return 0;
	err = proof_folios(region, region->address, reason);
	state->proven = !err;
	return err;
}

static void move_body(void *opaque)
{
	struct move_state *state = opaque;

	state->result = raw_mremap(state->region.address, state->region.length,
				   state->region.length, MREMAP_MAYMOVE | MREMAP_FIXED,
				   state->destination);
}

static int move_verify(void *opaque, char *reason)
{
	struct move_state *state = opaque;
	struct region *region = &state->region;
	struct extent moved = { state->destination, state->destination + region->length };
	int err;

	if (state->result != (long)state->destination)
		return reason_set(reason, -EIO, "mremap returned %ld", state->result);
	err = proof_layout(&moved, 1, reason);
	if (err)
		return err;
	return region->filled ? region_check(region, state->destination, reason)
			      : proof_empty(region, state->destination, reason);
}

static int move_reset(void *opaque, char *reason)
{
	struct move_state *state = opaque;
	struct region *region = &state->region;
	long back;

	if (state->result != (long)state->destination)
		return 0; /* it did not move: still where ready wants it */
	if (state->consumed) {
		state->mapped = false;
		return region_unmap(region, state->destination, reason);
	}
	back = raw_mremap(state->destination, region->length, region->length,
			  MREMAP_MAYMOVE | MREMAP_FIXED, region->address);
	if (back != (long)region->address)
		return reason_set(reason, -EIO, "moving back returned %ld", back);
	return 0;
}

static void move_teardown(void *opaque)
{
	struct move_state *state = opaque;
	char reason[REASON_SIZE];

	region_unmap(&state->region, state->region.address, reason);
	region_unmap(&state->region, state->destination, reason);
}

static void move_expect(const struct cell *cell, struct kernel_version kernel,
			struct fingerprint *fingerprint)
{
	struct region region = { 0 };
	struct path path;
	uint64_t destination;

	move_place(cell, &region, &destination);
	path = path_of_move(&region, destination, true, kernel);
	path_expect(&path, fingerprint);
}

static const char *const move_sizes[] = { "4K", "2M", "3M", "32M", "1G", NULL };
static const char *const move_aligns[] = { "pud", "pmd", "mutual", "unaligned", NULL };
static const char *const move_fills[] = { "0", "100", NULL };
static const char *const move_folios[] = { "4K", "2M", NULL };
static const char *const move_types[] = { "anon", NULL };
static const struct param move_params[] = {
	{ "size", move_sizes },	  { "align", move_aligns }, { "fill", move_fills },
	{ "folio", move_folios }, { "type", move_types },   { NULL, NULL },
};

const struct bench bench_move = {
	.name = "move",
	.about = "mremap(MREMAP_MAYMOVE | MREMAP_FIXED) to an unmapped place",
	.params = move_params,
	.state_size = sizeof(struct move_state),
	.exists = move_exists,
	.supported = move_supported,
	.setup = move_setup,
	.ready = move_ready,
	.body = move_body,
	.verify = move_verify,
	.reset = move_reset,
	.teardown = move_teardown,
	.expect = move_expect,
};
