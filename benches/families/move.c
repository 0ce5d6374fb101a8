// SPDX-License-Identifier: GPL-2.0-only
/*
 * move: MREMAP_MAYMOVE | MREMAP_FIXED of private anonymous memory to an unmapped place, over size,
 * alignment, population and folio size.
 */
#include <errno.h>
#include <sys/mman.h>

#include "benches/cell.h"
#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/folios.h"
#include "benches/layout.h"
#include "benches/machine.h"
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
	folio_parse(cell_value(cell, "folio"), &region->folio, &region->mapping);
	fill_parse(cell_value(cell, "fill"), &region->fill);
	memory_parse(cell_value(cell, "type"), &region->memory);
	region->seed = region->length;
	*destination = WINDOW_DESTINATION + destination_offset;
}

static bool move_pud_small(const struct cell *cell)
{
	return cell_is(cell, "align", "pud") && cell_bytes(cell, "size") < PUD_BYTES;
}

static bool move_mutual_short(const struct cell *cell)
{
	return cell_is(cell, "align", "mutual") && cell_bytes(cell, "size") < PMD_BYTES / 2;
}

/* The one size at which realignment leaves no PTE to move. */
static bool move_three(const struct cell *cell)
{
	return cell_is(cell, "size", "3M") && !cell_is(cell, "align", "mutual");
}

static bool move_no_folio(const struct cell *cell)
{
	struct region region = { 0 };
	uint64_t destination;

	move_place(cell, &region, &destination);
	return region.folio != FOLIO_4K &&
	       (region.fill.shape == FILL_NONE || !region_folio_count(&region));
}

static const struct rule move_rules[] = {
	{ move_pud_small, "alignment to the PUD says nothing of less than a PUD" },
	{ move_mutual_short, "mutual alignment needs the rest of the first PMD" },
	{ move_three, "3 MiB from +1 MiB end on a PMD: a size for mutual alignment only" },
	{ move_no_folio, "a folio size is a property of pages: none there, or none fits" },
	{ NULL, NULL },
};

static int move_supported(const struct cell *cell, char *reason)
{
	struct region region = { 0 };
	uint64_t destination;
	int err;

	move_place(cell, &region, &destination);
	err = folio_supported(&region, reason);
	if (!err && region.fill.shape != FILL_NONE)
		err = memory_supported(region.length, reason);
	return err;
}

static int move_fill(struct move_state *state, char *reason)
{
	int err = region_map(&state->region, reason);

	if (err)
		return err;
	state->mapped = true;
	return region_fill(&state->region, reason);
}

static int move_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct move_state *state = opaque;
	struct path path;

	move_place(cell, &state->region, &state->destination);
	/* Splitting is the same on every kernel version: 0.0 will do. */
	path = path_of_move(
		&(struct move_shape){ .region = &state->region, .destination = state->destination },
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
	if (region->fill.shape == FILL_NONE)
		return proof_empty(region->address, region->length, reason);
	if (region->folio == FOLIO_4K && state->proven)
		return 0;
	err = proof_region(region, region->address, reason);
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
	return region->fill.shape == FILL_NONE
		       ? proof_empty(state->destination, region->length, reason)
		       : region_check(region, state->destination, reason);
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
	path = path_of_move(&(struct move_shape){ .region = &region,
						  .destination = destination,
						  .lonely = true },
			    kernel);
	path_expect(&path, fingerprint);
}

/* Filling a page takes some 1,500 instructions; a split or single entries are walked each time. */
static void move_burden(const struct cell *cell, struct burden *burden)
{
	uint64_t pages = cell_bytes(cell, "size") / PAGE_BYTES;
	bool unaligned = cell_is(cell, "align", "unaligned");

	if (cell_is(cell, "fill", "0"))
		return;
	burden->setup = pages * 3 / 2;
	burden->sample = pages / 25;
	if (unaligned && cell_is(cell, "folio", "2M"))
		burden->sample += pages * 3 / 4;
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
	.rules = move_rules,
	.supported = move_supported,
	.setup = move_setup,
	.ready = move_ready,
	.body = move_body,
	.verify = move_verify,
	.reset = move_reset,
	.teardown = move_teardown,
	.expect = move_expect,
	.burden = move_burden,
};
