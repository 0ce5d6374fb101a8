// SPDX-License-Identifier: GPL-2.0-only
/*
 * uffd: a move of memory that a userfaultfd watches, without and with an event for it: what is left of
 * the moves by page table, what the event costs, and whether the new place is still watched.
 */
#include <errno.h>
#include <inttypes.h>
#include <sys/mman.h>

#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/fixture.h"
#include "benches/folios.h"
#include "benches/kernel_rules.h"
#include "benches/layout.h"
#include "benches/machine.h"
#include "benches/paths.h"
#include "benches/proof.h"
#include "benches/syscalls.h"
#include "benches/families/userfault.h"

/* In the order of the parameter's values. */
enum watch {
	WATCH_NONE,
	WATCH_PLAIN, /* no event is asked for: the move drops the watch */
	WATCH_REMAP, /* UFFD_FEATURE_EVENT_REMAP: the watch moves too, the mover waits for the reader */
	WATCH_UNMAP, /* not the source but what lies at the destination, UFFD_FEATURE_EVENT_UNMAP */
};

struct uffd_state {
	struct region region, obstacle; /* the source; what an event_unmap finds in its way */
	uint64_t destination;
	enum watch watch;
	uint64_t mode; /* UFFDIO_REGISTER_MODE_* */
	bool mapped, proven, consumed; /* as move's */
	struct userfault uffd;
	unsigned int before; /* events taken until this sample */
	long result;
	uint64_t registered, protected, events; /* found after the sample */
};

/* As move's: only align=pud is aligned to the PUD on both ends. */
static void uffd_place(const struct cell *cell, struct region *region, uint64_t *destination)
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
	region->seed = region->length;
	/* Minor faults are those of shared memory, whose page is there and not mapped. */
	region->memory = cell_is(cell, "mode", "minor") ? MEMORY_SHMEM : MEMORY_ANON;
	folio_parse(cell_value(cell, "folio"), &region->folio, &region->mapping);
	fill_parse(cell_value(cell, "fill"), &region->fill);
	*destination = WINDOW_DESTINATION + destination_offset;
}

static enum watch uffd_watch(const struct cell *cell)
{
	static const char *const words[] = { "none", "plain", "event_remap", "event_unmap" };
	unsigned int watch = WATCH_NONE;

	while (watch < WATCH_UNMAP && !cell_is(cell, "uffd", words[watch]))
		watch++;
	return (enum watch)watch;
}

static bool no_pud(const struct cell *cell)
{
	bool large = cell_is(cell, "size", "1G");

	return large != cell_is(cell, "align", "pud") || large != cell_is(cell, "fill", "pmd1");
}

static bool no_small(const struct cell *cell)
{
	return cell_is(cell, "size", "8M") &&
	       !(cell_is(cell, "align", "pmd") && cell_is(cell, "folio", "4K"));
}

static bool no_folio(const struct cell *cell)
{
	return cell_is(cell, "folio", "2M") &&
	       (!cell_is(cell, "size", "32M") || cell_is(cell, "align", "mutual"));
}

static bool no_mode(const struct cell *cell)
{
	enum watch watch = uffd_watch(cell);

	return !cell_is(cell, "mode", "missing") && (watch == WATCH_NONE || watch == WATCH_UNMAP);
}

static bool no_path(const struct cell *cell)
{
	return !cell_is(cell, "mode", "missing") && !cell_is(cell, "align", "pmd");
}

static bool no_minor(const struct cell *cell)
{
	return cell_is(cell, "mode", "minor") && !cell_is(cell, "folio", "4K");
}

static bool no_obstacle(const struct cell *cell)
{
	return uffd_watch(cell) == WATCH_UNMAP && !cell_is(cell, "size", "8M");
}

static const struct rule uffd_rules[] = {
	{ no_pud, "whole PUDs: 1 GiB with a page in each PMD, for that is all a PUD's move sees" },
	{ no_small, "8 MiB are the smallest case: aligned, small folios" },
	{ no_folio, "2 MiB folios at 32 MiB, where they fit" },
	{ no_mode, "a mode is a property of a source that is watched" },
	{ no_path, "the path does not depend on the mode: one alignment tells" },
	{ no_minor, "minor faults are those of shared memory, whose folios are small here" },
	{ no_obstacle, "what lies at the destination is not moved: one size tells" },
	{ NULL, NULL },
};

static uint64_t uffd_features(const struct cell *cell)
{
	static const uint64_t of_watch[] = { 0, 0, UFFD_FEATURE_EVENT_REMAP,
					     UFFD_FEATURE_EVENT_UNMAP };
	uint64_t features = of_watch[uffd_watch(cell)];

	if (cell_is(cell, "mode", "wp"))
		features |= UFFD_FEATURE_PAGEFAULT_FLAG_WP;
	if (cell_is(cell, "mode", "minor"))
		features |= UFFD_FEATURE_MINOR_SHMEM;
	return features;
}

static int uffd_supported(const struct cell *cell, char *reason)
{
	struct region region = { 0 };
	uint64_t destination;
	int err;

	uffd_place(cell, &region, &destination);
	err = folio_supported(&region, reason);
	if (!err)
		err = memory_supported(region.fill.shape == FILL_ALL ? region.length : PMD_BYTES,
				       reason);
	if (!err && uffd_watch(cell) != WATCH_NONE)
		err = userfault_supported(uffd_features(cell), reason);
	return err;
}

static int uffd_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct uffd_state *state = opaque;
	struct path path;
	int err;

	uffd_place(cell, &state->region, &state->destination);
	state->obstacle =
		(struct region){ .address = state->destination, .length = state->region.length };
	state->watch = uffd_watch(cell);
	state->mode = cell_is(cell, "mode", "wp")      ? UFFDIO_REGISTER_MODE_WP
		      : cell_is(cell, "mode", "minor") ? UFFDIO_REGISTER_MODE_MINOR
						       : UFFDIO_REGISTER_MODE_MISSING;
	path = path_of_move(
		&(struct move_shape){ .region = &state->region, .destination = state->destination },
		(struct kernel_version){ 0, 0 });
	state->consumed = path.splits > 0;
	if (state->watch == WATCH_NONE)
		return 0;
	err = userfault_open(&state->uffd, uffd_features(cell), reason);
	if (!err && (state->watch == WATCH_REMAP || state->watch == WATCH_UNMAP))
		err = userfault_read_events(&state->uffd, reason);
	return err;
}

/* Watched as the cell says, whether it still was or not; write-protected in full where that is the mode. */
static int uffd_watch_ready(struct uffd_state *state, char *reason)
{
	const struct region *region = &state->region;
	const struct region *watched = state->watch == WATCH_UNMAP ? &state->obstacle : region;
	uint64_t pages = region->length / PAGE_BYTES;
	bool protects = state->mode == UFFDIO_REGISTER_MODE_WP;
	int err = 0;

	if (state->watch == WATCH_NONE)
		return 0;
	if (userfault_armed(watched->address) != 1) {
		err = userfault_arm(&state->uffd, watched->address, watched->length, state->mode,
				    reason);
		if (!err && protects)
			err = userfault_protect(&state->uffd, watched->address, watched->length,
						reason);
	}
	if (!err && userfault_armed(watched->address) != 1)
		err = reason_set(reason, -EPROTO, "smaps shows no userfaultfd");
	if (!err && protects && userfault_protected(watched->address, watched->length) != pages)
		err = reason_set(reason, -EPROTO, "not all pages are write-protected");
	return err;
}

static int uffd_map(struct uffd_state *state, char *reason)
{
	int err = region_map(&state->region, reason);

	if (err)
		return err;
	state->mapped = true;
	return region_fill(&state->region, reason);
}

static int uffd_ready(void *opaque, char *reason)
{
	struct uffd_state *state = opaque;
	const struct region *region = &state->region;
	struct extent extents[] = {
		{ region->address, region->address + region->length },
		{ state->destination, state->destination + region->length },
	};
	int err = state->mapped ? 0 : uffd_map(state, reason);

	state->result = 0;
	state->before = state->uffd.reading ? atomic_load(&state->uffd.taken) : 0;
	if (!err && state->watch == WATCH_UNMAP)
		err = region_map(&state->obstacle, reason);
	if (!err)
		err = proof_layout(extents, state->watch == WATCH_UNMAP ? 2 : 1, reason);
	if (!err && !(region->folio == FOLIO_4K && state->proven)) {
		err = proof_region(region, region->address, reason);
		state->proven = !err;
	}
	return err ? err : uffd_watch_ready(state, reason);
}

static void uffd_body(void *opaque)
{
	struct uffd_state *state = opaque;

	state->result = raw_mremap(state->region.address, state->region.length,
				   state->region.length, MREMAP_MAYMOVE | MREMAP_FIXED,
				   state->destination);
}

/* Exactly the one event came that the kernel owes, and it names the right ranges. */
static int event_check(struct uffd_state *state, char *reason)
{
	const struct uffd_msg *event = &state->uffd.events[state->before % USERFAULT_EVENTS];
	uint64_t length = state->region.length;
	bool right;
	int err;

	if (!state->uffd.reading)
		return 0;
	err = userfault_await(&state->uffd, state->before + 1, reason);
	if (err)
		return err;
	if (state->watch == WATCH_REMAP)
		right = event->event == UFFD_EVENT_REMAP &&
			event->arg.remap.from == state->region.address &&
			event->arg.remap.to == state->destination && event->arg.remap.len == length;
	else
		right = event->event == UFFD_EVENT_UNMAP &&
			event->arg.remove.start == state->destination &&
			event->arg.remove.end == state->destination + length;
	return right ? 0
		     : reason_set(reason, -EPROTO, "event %u says something else", event->event);
}

/*
 * The watch, and the pages' protection, go along with EVENT_REMAP, and only then. Where page tables
 * move whole without it, the marks of the protection are left in them, and protect nothing.
 */
static int watch_check(const struct uffd_state *state, char *reason)
{
	bool kept = state->watch == WATCH_REMAP;
	uint64_t least = 0, most = 0, pages = state->region.length / PAGE_BYTES;
	struct kernel_version kernel = kernel_running();

	if (state->registered != kept)
		return reason_set(reason, -EPROTO, "the destination is %swatched",
				  kept ? "not " : "");
	if (state->mode == UFFDIO_REGISTER_MODE_WP) {
		least = kept || !kernel_may_move_watched_entries(kernel) ? pages : 0;
		most = kept || !kernel_moves_watched_entries(kernel) ? pages : 0;
	}
	if (state->protected != least && state->protected != most)
		return reason_set(reason, -EPROTO,
				  "%" PRIu64 " pages are write-protected instead of %" PRIu64,
				  state->protected, least);
	return 0;
}

static int uffd_verify(void *opaque, char *reason)
{
	struct uffd_state *state = opaque;
	const struct region *region = &state->region;
	struct extent moved = { state->destination, state->destination + region->length };
	int err;

	if (state->result != (long)state->destination)
		return reason_set(reason, -EIO, "mremap returned %ld", state->result);
	err = proof_layout(&moved, 1, reason);
	if (!err)
		err = event_check(state, reason);
	state->registered = userfault_armed(state->destination);
	state->protected = userfault_protected(state->destination, region->length);
	state->events = state->uffd.reading ? atomic_load(&state->uffd.taken) - state->before : 0;
	if (!err)
		err = watch_check(state, reason);
	/* The pages are there, so no look at them waits for an answer. */
	return err ? err : region_check(region, state->destination, reason);
}

static void uffd_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct uffd_state *state = opaque;

	outcome_add(outcomes, "vmas",
		    layout_count(WINDOW_SOURCE, WINDOW_SOURCE + WINDOW_BYTES) +
			    layout_count(WINDOW_DESTINATION, WINDOW_DESTINATION + WINDOW_BYTES));
	outcome_add(outcomes, "errno", state->result < 0 ? (uint64_t)-state->result : 0);
	outcome_add(outcomes, "registered", state->registered);
	outcome_add(outcomes, "protected", state->protected);
	outcome_add(outcomes, "events", state->events);
}

/* It may still be there if nothing moved: watched, its end is an event, which is not the next sample's. */
static int obstacle_clear(struct uffd_state *state, char *reason)
{
	bool watched = state->uffd.reading && userfault_armed(state->destination) == 1;
	int err = region_unmap(&state->region, state->destination, reason);

	return !err && watched ? userfault_await(&state->uffd, state->before + 1, reason) : err;
}

static int uffd_reset(void *opaque, char *reason)
{
	struct uffd_state *state = opaque;
	const struct region *region = &state->region;
	long back;

	if (state->result != (long)state->destination)
		return obstacle_clear(state, reason);
	if (state->consumed) {
		state->mapped = false;
		return region_unmap(region, state->destination, reason);
	}
	back = raw_mremap(state->destination, region->length, region->length,
			  MREMAP_MAYMOVE | MREMAP_FIXED, region->address);
	if (back != (long)region->address)
		return reason_set(reason, -EIO, "moving back returned %ld", back);
	return state->watch == WATCH_REMAP
		       ? userfault_await(&state->uffd, state->before + 2, reason)
		       : 0;
}

static void uffd_teardown(void *opaque)
{
	struct uffd_state *state = opaque;
	char reason[REASON_SIZE];

	/* With the reader still there: an armed obstacle's end is an event that waits for it. */
	region_unmap(&state->region, state->region.address, reason);
	region_unmap(&state->region, state->destination, reason);
	userfault_close(&state->uffd);
}

static struct path uffd_path(const struct cell *cell, bool entry_by_entry,
			     struct kernel_version kernel)
{
	struct region region = { 0 };
	uint64_t destination;

	uffd_place(cell, &region, &destination);
	return path_of_move(&(struct move_shape){ .region = &region,
						  .destination = destination,
						  .lonely = true,
						  .entry_by_entry = entry_by_entry },
			    kernel);
}

/*
 * Folios that a PMD maps move whole in any case: move_huge_pmd() clears the mark itself. In a series
 * where only its updates tell whether page tables still move whole, either path is the right one.
 */
static void uffd_expect(const struct cell *cell, struct kernel_version kernel,
			struct fingerprint *fingerprint)
{
	bool plain = uffd_watch(cell) == WATCH_PLAIN;
	struct path least = uffd_path(cell, plain && kernel_moves_watched_entries(kernel), kernel);
	struct path most =
		uffd_path(cell, plain && kernel_may_move_watched_entries(kernel), kernel);

	expect_add(fingerprint, "__pte_alloc", least.pte_alloc, most.pte_alloc);
	expect_add(fingerprint, "move_huge_pmd", least.huge_moves, least.huge_moves);
	expect_add(fingerprint, "__split_huge_pmd", least.splits, least.splits);
}

/* Filling a page takes some 2,500 instructions, checking it 100; a split is filled anew. */
static void uffd_burden(const struct cell *cell, struct burden *burden)
{
	uint64_t pages = cell_is(cell, "fill", "pmd1") ? PUD_BYTES / PMD_BYTES
						       : cell_bytes(cell, "size") / PAGE_BYTES;

	burden->setup = pages * 5 / 2;
	burden->sample = pages / 5;
	if (cell_is(cell, "folio", "2M") && cell_is(cell, "align", "unaligned"))
		burden->sample += pages;
}

static const char *const uffd_sizes[] = { "8M", "32M", "1G", NULL };
static const char *const uffd_aligns[] = { "pmd", "mutual", "unaligned", "pud", NULL };
static const char *const uffd_fills[] = { "100", "pmd1", NULL };
static const char *const uffd_folios[] = { "4K", "2M", NULL };
static const char *const uffd_watches[] = { "none", "plain", "event_remap", "event_unmap", NULL };
static const char *const uffd_modes[] = { "missing", "wp", "minor", NULL };
static const struct param uffd_params[] = {
	{ "size", uffd_sizes },	  { "align", uffd_aligns }, { "fill", uffd_fills },
	{ "folio", uffd_folios }, { "uffd", uffd_watches }, { "mode", uffd_modes },
	{ NULL, NULL },
};

const struct bench bench_uffd = {
	.name = "uffd",
	.about = "mremap(MREMAP_MAYMOVE | MREMAP_FIXED) of memory that a userfaultfd watches",
	.params = uffd_params,
	.state_size = sizeof(struct uffd_state),
	.rules = uffd_rules,
	.supported = uffd_supported,
	.setup = uffd_setup,
	.ready = uffd_ready,
	.body = uffd_body,
	.verify = uffd_verify,
	.outcome = uffd_outcome,
	.reset = uffd_reset,
	.teardown = uffd_teardown,
	.expect = uffd_expect,
	.burden = uffd_burden,
};
