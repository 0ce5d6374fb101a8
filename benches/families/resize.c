// SPDX-License-Identifier: GPL-2.0-only
/*
 * resize: mremap() to another length: growing where there is room, growing with a neighbour in the
 * way (with and without leave to move), shrinking where it is and while it moves, and not changing.
 */
#include <errno.h>
#include <inttypes.h>
#include <sys/mman.h>

#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/fixture.h"
#include "benches/folios.h"
#include "benches/kernel_rules.h"
#include "benches/families/landing.h"
#include "benches/layout.h"
#include "benches/machine.h"
#include "benches/paths.h"
#include "benches/proof.h"
#include "benches/syscalls.h"

enum how { GROW_IN_PLACE, GROW_MOVE, GROW_FAIL, SHRINK, SHRINK_MOVE, SAME };

struct resize_state {
	struct region region; /* before */
	enum how how;
	uint64_t new_length;
	unsigned long flags;
	uint64_t target; /* of MREMAP_FIXED; where GROW_MOVE is to land */
	struct landing landing;
	struct text maps; /* before the call that is to fail */
	long result;
	bool mapped, proven;
};

static const char *const resize_hows[] = {
	"grow_in_place", "grow_move", "grow_fail", "shrink", "shrink_move", "same", NULL,
};

static bool how_grows(enum how how)
{
	return how == GROW_IN_PLACE || how == GROW_MOVE || how == GROW_FAIL;
}

static bool how_shrinks(enum how how)
{
	return how == SHRINK || how == SHRINK_MOVE;
}

static enum how resize_how(const struct cell *cell)
{
	enum how how = GROW_IN_PLACE;

	while (how < SAME && !cell_is(cell, "how", resize_hows[how]))
		how++;
	return how;
}

static bool by_wrong(const struct cell *cell)
{
	enum how how = resize_how(cell);

	if (cell_is(cell, "by", "double"))
		return !how_grows(how);
	if (cell_is(cell, "by", "half"))
		return !how_shrinks(how);
	return cell_is(cell, "by", "0") ? how != SAME : how == SAME;
}

static bool by_repeats(const struct cell *cell)
{
	return cell_is(cell, "size", "4K") && cell_is(cell, "by", "4K");
}

static bool half_page(const struct cell *cell)
{
	return cell_is(cell, "size", "4K") && how_shrinks(resize_how(cell));
}

static bool fail_by_page(const struct cell *cell)
{
	return resize_how(cell) == GROW_FAIL && cell_is(cell, "by", "4K");
}

static bool folio_none(const struct cell *cell)
{
	return cell_is(cell, "folio", "2M") &&
	       (cell_is(cell, "size", "4K") || cell_is(cell, "fill", "0"));
}

static bool how_looks_at_pages(enum how how)
{
	return how != GROW_IN_PLACE && how != GROW_FAIL && how != SAME;
}

static bool folio_untouched(const struct cell *cell)
{
	return cell_is(cell, "folio", "2M") && !how_looks_at_pages(resize_how(cell));
}

static bool pages_untouched(const struct cell *cell)
{
	return cell_is(cell, "size", "256M") && cell_is(cell, "fill", "100") &&
	       !how_looks_at_pages(resize_how(cell));
}

static const struct rule resize_rules[] = {
	{ by_wrong, "growth doubles or adds a page, shrinking halves or drops a page" },
	{ half_page, "a page can't shrink" },
	{ by_repeats, "a page more is twice a page" },
	{ fail_by_page, "the neighbour is found at the first byte of any growth" },
	{ folio_none, "a folio size is a property of pages: none there, or none fits" },
	{ folio_untouched, "no page is looked at, whatever its folio" },
	{ pages_untouched, "no page is looked at: 32M full say what 256M full would" },
	{ NULL, NULL },
};

static void resize_place(const struct cell *cell, struct resize_state *state)
{
	struct region *region = &state->region;

	state->how = resize_how(cell);
	region->address = WINDOW_SOURCE + PMD_BYTES;
	region->length = cell_bytes(cell, "size");
	region->seed = region->length;
	folio_parse(cell_value(cell, "folio"), &region->folio, &region->mapping);
	fill_parse(cell_value(cell, "fill"), &region->fill);
	state->new_length = region->length;
	if (cell_is(cell, "by", "double"))
		state->new_length *= 2;
	else if (cell_is(cell, "by", "half"))
		state->new_length /= 2;
	else if (cell_is(cell, "by", "4K"))
		state->new_length += how_shrinks(state->how) ? -PAGE_BYTES : PAGE_BYTES;
	if (state->how == GROW_MOVE || state->how == GROW_IN_PLACE)
		state->flags = MREMAP_MAYMOVE;
	if (state->how == SHRINK_MOVE) {
		state->flags = MREMAP_MAYMOVE | MREMAP_FIXED;
		state->target = WINDOW_DESTINATION + 3 * PMD_BYTES;
	}
}

/* A page right behind the source. It has no advice for folios, so it never merges with the source. */
static bool resize_has_neighbour(const struct resize_state *state)
{
	return state->how == GROW_MOVE || state->how == GROW_FAIL;
}

/* The pages that are moved: those before, or those that shrinking left. */
static struct region resize_kept(const struct resize_state *state)
{
	struct region kept = state->region;

	if (kept.length > state->new_length)
		kept.length = state->new_length;
	return kept;
}

static struct path resize_path(const struct resize_state *state, uint64_t target,
			       struct kernel_version kernel)
{
	struct region kept = resize_kept(state);
	bool near = kept.length % PMD_BYTES && resize_has_neighbour(state);

	return path_of_move(&(struct move_shape){ .region = &kept,
						  .destination = target,
						  .lonely = !near,
						  .source_shared = near },
			    kernel);
}

/*
 * A cut inside a PMD's range asks for a split of whatever the PMD holds (vma_adjust_trans_huge(),
 * split_huge_pmd_address()): a 2 MiB folio is split, a page table is looked at and left alone.
 */
static bool resize_splits(const struct resize_state *state)
{
	return how_shrinks(state->how) && state->region.fill.shape != FILL_NONE &&
	       state->new_length % PMD_BYTES;
}

static int resize_supported(const struct cell *cell, char *reason)
{
	struct resize_state state = { 0 };
	int err;

	resize_place(cell, &state);
	err = folio_supported(&state.region, reason);
	if (!err && state.region.fill.shape != FILL_NONE)
		err = memory_supported(state.region.length, reason);
	return err;
}

static int resize_fill(struct resize_state *state, char *reason)
{
	int err = region_map(&state->region, reason);

	if (err)
		return err;
	state->mapped = true;
	return region_fill(&state->region, reason);
}

static int resize_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct resize_state *state = opaque;
	int err;

	resize_place(cell, state);
	err = resize_fill(state, reason);
	if (!err && resize_has_neighbour(state))
		err = page_map(state->region.address + state->region.length, reason);
	return err;
}

static uint64_t resize_extents(const struct resize_state *state, uint64_t address, uint64_t length,
			       struct extent extents[2])
{
	uint64_t behind = state->region.address + state->region.length, count = 0;

	if (length)
		extents[count++] = (struct extent){ address, address + length };
	if (resize_has_neighbour(state))
		extents[count++] = (struct extent){ behind, behind + PAGE_BYTES };
	return count;
}

static int resize_ready(void *opaque, char *reason)
{
	struct resize_state *state = opaque;
	const struct region *region = &state->region;
	struct extent extents[2];
	size_t count = resize_extents(state, region->address, region->length, extents);
	int err = state->mapped ? 0 : resize_fill(state, reason);

	state->result = -EINPROGRESS; /* no call has returned */
	if (!err)
		err = proof_layout(extents, count, reason);
	if (!err && region->fill.shape == FILL_NONE)
		err = proof_empty(region->address, region->length, reason);
	else if (!err && !state->proven)
		err = proof_region(region, region->address, reason);
	if (!err && state->how == GROW_FAIL)
		err = layout_take(&state->maps, reason);
	if (!err && state->how == GROW_MOVE)
		err = landing_prepare(&state->landing, state->new_length, &state->target, reason);
	/* Small folios stay small; what a sample takes away is proven anew. */
	state->proven = !err && region->folio == FOLIO_4K && !how_shrinks(state->how);
	return err;
}

static void resize_body(void *opaque)
{
	struct resize_state *state = opaque;

	state->result = raw_mremap(state->region.address, state->region.length, state->new_length,
				   state->flags, state->target);
}

/* What it should return: where it then is, or the errno. */
static long resize_want(const struct resize_state *state)
{
	switch (state->how) {
	case GROW_FAIL:
		return -ENOMEM;
	case GROW_MOVE:
	case SHRINK_MOVE:
		return (long)state->target;
	default:
		return (long)state->region.address;
	}
}

static int resize_verify(void *opaque, char *reason)
{
	struct resize_state *state = opaque;
	struct region kept = resize_kept(state);
	uint64_t address = (uint64_t)state->result;
	struct extent extents[2];
	size_t count;
	int err;

	if (state->result != resize_want(state))
		return reason_set(reason, -EIO, "mremap returned %ld, not %ld", state->result,
				  resize_want(state));
	if (state->how == GROW_FAIL) {
		err = layout_same(&state->maps, reason);
		return err ? err : region_check(&kept, kept.address, reason);
	}
	/* Where the kernel chose, it is outside of the windows. */
	count = resize_extents(state, address, state->how == GROW_MOVE ? 0 : state->new_length,
			       extents);
	err = proof_layout(extents, count, reason);
	if (!err && layout_count(address, address + state->new_length) != 1)
		err = reason_set(reason, -EPROTO, "what was grown is not one VMA");
	if (!err && state->new_length > kept.length)
		err = proof_empty(address + kept.length, state->new_length - kept.length, reason);
	if (!err && kept.fill.shape == FILL_NONE)
		return proof_empty(address, kept.length, reason);
	return err ? err : region_check(&kept, address, reason);
}

static void resize_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct resize_state *state = opaque;
	bool failed = state->result < 0;
	uint64_t address = failed ? state->region.address : (uint64_t)state->result;
	uint64_t length = failed ? state->region.length : state->new_length;
	uint64_t vmas = layout_count(WINDOW_SOURCE, WINDOW_SOURCE + WINDOW_BYTES);

	if (address != state->region.address)
		vmas += layout_count(address, address + length);
	outcome_add(outcomes, "vmas", vmas);
	outcome_add(outcomes, "errno", failed ? (uint64_t)-state->result : 0);
	outcome_add(outcomes, "pages", pages_present(address, length));
}

static int remap_check(uint64_t from, uint64_t length, uint64_t new_length, unsigned long flags,
		       uint64_t to, char *reason)
{
	long result = raw_mremap(from, length, new_length, flags, to);

	if (result != (long)to)
		return reason_set(reason, -EIO, "undoing the change returned %ld", result);
	return 0;
}

/*
 * What shrinking took is made anew from the PMD's boundary on: a page table that stays would keep a
 * 2 MiB folio from coming back.
 */
static int resize_regrow(struct resize_state *state, char *reason)
{
	const struct region *region = &state->region;
	uint64_t kept = state->new_length & ~(PMD_BYTES - 1);
	struct region tail = { .length = state->new_length - kept };
	int err = 0;

	if (tail.length)
		err = region_unmap(&tail, region->address + kept, reason);
	if (err)
		return err;
	if (!kept) {
		state->mapped = false;
		return 0;
	}
	err = remap_check(region->address, kept, region->length, 0, region->address, reason);
	return err ? err : region_fill(region, reason);
}

static int resize_reset(void *opaque, char *reason)
{
	struct resize_state *state = opaque;
	const struct region *region = &state->region;
	struct region whole = { .length = state->new_length };
	uint64_t at = (uint64_t)state->result;
	/* Splitting is the same on every kernel version: 0.0 will do. */
	struct kernel_version any = { 0, 0 };
	int err = 0;

	if (state->result < 0 || state->how == SAME)
		return 0;
	if (state->how == SHRINK_MOVE ||
	    (at != region->address && resize_path(state, at, any).splits)) {
		state->mapped = false;
		return region_unmap(&whole, at, reason);
	}
	if (how_shrinks(state->how))
		return resize_regrow(state, reason);
	err = remap_check(at, state->new_length, region->length, 0, at, reason);
	if (!err && at != region->address)
		err = remap_check(at, region->length, region->length, MREMAP_MAYMOVE | MREMAP_FIXED,
				  region->address, reason);
	return err;
}

static void resize_teardown(void *opaque)
{
	struct resize_state *state = opaque;
	struct region all = { .length = 2 * state->region.length + PAGE_BYTES };
	char reason[REASON_SIZE];

	region_unmap(&all, state->region.address, reason);
	if (state->how == SHRINK_MOVE || (state->how == GROW_MOVE && state->target))
		region_unmap(&(struct region){ .length = state->new_length }, state->target,
			     reason);
	landing_free(&state->landing);
	text_free(&state->maps);
}

/*
 * Growing in place is vma_merge() and __vma_adjust() up to 6.2, vma_merge_extend() since 6.7.
 * Shrinking cuts the VMA in two (__split_vma()) and unmaps the second. No change is no call in 6.12;
 * in 6.1 do_mas_munmap() is called with no length, and its EINVAL ignored.
 */
static void resize_expect(const struct cell *cell, struct kernel_version kernel,
			  struct fingerprint *fingerprint)
{
	struct resize_state state = { 0 };
	uint64_t moves, cuts;
	struct path path = { 0 };

	resize_place(cell, &state);
	moves = state.how == GROW_MOVE || state.how == SHRINK_MOVE;
	cuts = how_shrinks(state.how);
	if (state.how == GROW_MOVE)
		state.target = landing_likely(state.new_length);
	if (moves)
		path = resize_path(&state, state.target, kernel);
	path.split_tries += resize_splits(&state);
	path_expect(&path, fingerprint);
	expect_add(fingerprint, "copy_vma", moves, moves);
	expect_add(fingerprint, "move_page_tables", moves, moves);
	expect_add(fingerprint, "__split_vma", cuts, cuts);
	if (state.how != GROW_IN_PLACE)
		return;
	if (kernel_since(kernel, 6, 7))
		expect_add(fingerprint, "vma_merge_extend", 1, 1);
	else if (!kernel_since(kernel, 6, 3))
		expect_add(fingerprint, "__vma_adjust", 1, 1);
}

/* Filling a page takes some 1,500 instructions. What was halved, moved away or split is filled anew. */
static void resize_burden(const struct cell *cell, struct burden *burden)
{
	uint64_t pages = cell_bytes(cell, "size") / PAGE_BYTES;
	bool splits = cell_is(cell, "how", "grow_move") && cell_is(cell, "by", "4K") &&
		      cell_is(cell, "folio", "2M");
	bool refills = splits || cell_is(cell, "how", "shrink_move") || cell_is(cell, "by", "half");

	if (cell_is(cell, "fill", "0"))
		return;
	burden->setup = pages * 3 / 2;
	burden->sample = refills ? pages * 3 / 2 : pages / 10;
}

static const char *const resize_sizes[] = { "4K", "2M", "32M", "256M", NULL };
static const char *const resize_bys[] = { "double", "half", "4K", "0", NULL };
static const char *const resize_fills[] = { "0", "100", NULL };
static const char *const resize_folios[] = { "4K", "2M", NULL };
static const struct param resize_params[] = {
	{ "how", resize_hows },	  { "size", resize_sizes },   { "by", resize_bys },
	{ "fill", resize_fills }, { "folio", resize_folios }, { NULL, NULL },
};

const struct bench bench_resize = {
	.name = "resize",
	.about = "mremap() to another length: in place, moving, refused",
	.params = resize_params,
	.state_size = sizeof(struct resize_state),
	.rules = resize_rules,
	.supported = resize_supported,
	.setup = resize_setup,
	.ready = resize_ready,
	.body = resize_body,
	.verify = resize_verify,
	.outcome = resize_outcome,
	.reset = resize_reset,
	.teardown = resize_teardown,
	.expect = resize_expect,
	.burden = resize_burden,
};
