// SPDX-License-Identifier: GPL-2.0-only
/*
 * move: MREMAP_MAYMOVE | MREMAP_FIXED of memory to an unmapped place, over size, alignment, population,
 * folio size and kind of memory.
 */
#include <errno.h>
#include <sys/mman.h>

#include "benches/cell.h"
#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/folios.h"
#include "benches/machine.h"
#include "benches/families/move_cells.h"
#include "benches/proof.h"
#include "benches/syscalls.h"

struct move_state {
	struct move_place place;
	long result;
	bool consumed; /* a move leaves another state behind: each sample needs a fresh fill */
	bool mapped; /* the source is mapped and filled */
	bool proven; /* the small folios are: they can't grow (MADV_NOHUGEPAGE) */
};

static int move_supported(const struct cell *cell, char *reason)
{
	struct move_place place;
	uint64_t bytes;
	int err;

	move_place(cell, &place);
	bytes = place.region.length;
	if (place.region.memory == MEMORY_COPIED)
		bytes *= 2; /* the file's pages and their copies */
	if (place.region.fill.shape != FILL_NONE && place.region.memory != MEMORY_HUGETLB) {
		err = memory_supported(bytes, reason);
		if (err)
			return err;
	}
	return folio_supported(&place.region, reason);
}

static int move_fill(struct move_state *state, char *reason)
{
	const struct move_place *place = &state->place;
	struct region outer = place->region;
	int err;

	outer.length += place->region.address - place->outer;
	outer.address = place->outer;
	err = region_map(&outer, reason);
	if (err)
		return err;
	state->mapped = true;
	if (place->neighbour)
		err = page_map(place->neighbour, reason);
	return err ? err : region_fill(&place->region, reason);
}

static int move_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct move_state *state = opaque;

	move_place(cell, &state->place);
	state->consumed = !move_is_undone_by_moving_back(&state->place);
	return move_fill(state, reason);
}

static int move_layout(const struct move_state *state, bool moved, char *reason)
{
	struct extent extents[MOVE_EXTENTS];
	size_t count = move_extents(&state->place, moved, extents);

	return proof_layout(extents, count, reason);
}

static int move_ready(void *opaque, char *reason)
{
	struct move_state *state = opaque;
	const struct region *region = &state->place.region;
	int err = 0;

	state->result = -EINPROGRESS; /* no call has returned */
	if (!state->mapped)
		err = move_fill(state, reason);
	if (!err)
		err = move_layout(state, false, reason);
	if (err)
		return err;
	if (region->fill.shape == FILL_NONE)
		return proof_empty(region->address, region->length, reason);
	if (region->folio == FOLIO_4K && state->proven && !state->consumed)
		return 0;
	err = proof_region(region, region->address, reason);
	state->proven = !err;
	return err;
}

static void move_body(void *opaque)
{
	struct move_state *state = opaque;
	const struct region *region = &state->place.region;

	state->result = raw_mremap(region->address, region->length, region->length,
				   MREMAP_MAYMOVE | MREMAP_FIXED, state->place.destination);
}

static int move_verify(void *opaque, char *reason)
{
	struct move_state *state = opaque;
	const struct move_place *place = &state->place;
	const struct region *region = &place->region;
	int err;

	if (state->result != (long)place->destination)
		return reason_set(reason, -EIO, "mremap returned %ld", state->result);
	err = move_layout(state, true, reason);
	if (!err && place->neighbour)
		err = page_check(place->neighbour, reason);
	if (err)
		return err;
	return region->fill.shape == FILL_NONE
		       ? proof_empty(place->destination, region->length, reason)
		       : region_check(region, place->destination, reason);
}

static int move_unmap(struct move_state *state, char *reason)
{
	const struct move_place *place = &state->place;
	struct region outer = place->region;
	int err = region_unmap(&place->region, place->destination, reason);

	outer.length += place->region.address - place->outer;
	if (!err)
		err = region_unmap(&outer, place->outer, reason);
	state->mapped = false;
	return err;
}

static int move_reset(void *opaque, char *reason)
{
	struct move_state *state = opaque;
	const struct move_place *place = &state->place;
	const struct region *region = &place->region;
	long back;

	if (state->result != (long)place->destination)
		return 0; /* it did not move: still where ready wants it */
	if (state->consumed)
		return move_unmap(state, reason);
	back = raw_mremap(place->destination, region->length, region->length,
			  MREMAP_MAYMOVE | MREMAP_FIXED, region->address);
	if (back != (long)region->address)
		return reason_set(reason, -EIO, "moving back returned %ld", back);
	return 0;
}

static void move_teardown(void *opaque)
{
	struct move_state *state = opaque;
	char reason[REASON_SIZE];

	move_unmap(state, reason);
	if (state->place.neighbour)
		page_unmap(state->place.neighbour);
	folio_release(&state->place.region);
}

static void move_expect(const struct cell *cell, struct kernel_version kernel,
			struct fingerprint *fingerprint)
{
	struct move_place place;
	struct move_shape shape;
	struct path path;

	move_place(cell, &place);
	shape = move_shape(&place);
	path = path_of_move(&shape, kernel);
	path_expect(&path, fingerprint);
	path_expect_flushes(&path, fingerprint);
}

/*
 * Filling a page takes some 1,500 instructions, a copied one twice that, a page of a folio of 2 MiB half;
 * proofs, checks and single entries are walked each time.
 */
static void move_burden(const struct cell *cell, struct burden *burden)
{
	struct move_place place;
	uint64_t pages = 0, walked;

	if (cell_is(cell, "fill", "0"))
		return;
	move_place(cell, &place);
	walked = place.region.length / PAGE_BYTES;
	for (uint64_t page = 0; place.region.fill.shape != FILL_ALL && page < walked; page++)
		pages += region_has(&place.region, page);
	if (place.region.fill.shape == FILL_ALL)
		pages = walked;
	burden->setup = pages * 3 / 2;
	if (place.region.memory == MEMORY_COPIED)
		burden->setup *= 2;
	if (place.region.folio == FOLIO_2M || place.region.memory == MEMORY_HUGETLB)
		burden->setup /= 2;
	burden->sample = walked / 25;
	if (!move_is_undone_by_moving_back(&place))
		burden->sample += burden->setup;
}

static const char *const move_sizes[] = { "4K",	 "64K",	 "512K", "2M", "3M", "5M",
					  "32M", "256M", "1G",	 "2G", NULL };
static const char *const move_aligns[] = { "pud",
					   "pmd",
					   "mutual",
					   "unaligned",
					   "mutual_low_src",
					   "mutual_low_dst",
					   "mutual_inside",
					   "mutual_short",
					   "unaligned_end",
					   "pmd_down",
					   "mutual_down",
					   "unaligned_down",
					   "near_up",
					   "near_down",
					   NULL };
static const char *const move_fills[] = { "0",	      "100",	  "pmd1",     "10prefix",
					  "50prefix", "10stride", "50stride", "10random",
					  "50random", NULL };
static const char *const move_folios[] = { "4K",   "16K", "32K", "64K",	   "128K",   "256K",
					   "512K", "1M",  "2M",	 "2Mptes", "2Mhalf", NULL };
static const char *const move_types[] = { "anon",   "shmem",   "shared", "file",
					  "copied", "hugetlb", NULL };
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
