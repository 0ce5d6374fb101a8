// SPDX-License-Identifier: GPL-2.0-only
/*
 * dontunmap: MREMAP_DONTUNMAP, which moves the pages and leaves the VMA, empty: the call, the faults
 * that fill the source again, and a collector's answers to them by userfaultfd.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>

#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/fixture.h"
#include "benches/folios.h"
#include "benches/layout.h"
#include "benches/machine.h"
#include "benches/paths.h"
#include "benches/proof.h"
#include "benches/resolver.h"
#include "benches/special.h"
#include "benches/syscalls.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

#define MOVE_FLAGS (MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)

struct dontunmap_state {
	struct region region; /* the source */
	uint64_t destination;
	void (*step)(struct dontunmap_state *state); /* the timed one */
	bool touches, resolves, refused; /* what it does */
	uint64_t new_length; /* of the call */
	unsigned long flags;
	long result; /* of the last call */
	uint64_t pages; /* that a touching step touches; 0 until it is ready to */
	uint64_t round; /* what it writes, another value in each sample */
	uint64_t source_pages; /* there after the step */
	bool mapped, proven, consumed; /* as move's */
	struct resolver resolver;
	struct special_mapping
		special; /* fd -1, and address 0 where the source is no such mapping */
	struct text before, before_line; /* of maps */
};

/* As move's: the PMD offsets in the windows differ, so that nothing is aligned to the PUD. */
static void dontunmap_place(const struct cell *cell, struct region *region, uint64_t *destination)
{
	uint64_t source_offset = PMD_BYTES, destination_offset = 3 * PMD_BYTES;

	if (cell_is(cell, "align", "mutual")) {
		source_offset += PMD_BYTES / 2;
		destination_offset += PMD_BYTES / 2;
	} else if (cell_is(cell, "align", "unaligned")) {
		destination_offset += PAGE_BYTES;
	}
	region->address = WINDOW_SOURCE + source_offset;
	region->length = cell_bytes(cell, "size");
	region->seed = region->length;
	folio_parse(cell_value(cell, "folio"), &region->folio, &region->mapping);
	fill_parse(cell_value(cell, "fill"), &region->fill);
	memory_parse(cell_value(cell, "type"), &region->memory);
	*destination = WINDOW_DESTINATION + destination_offset;
}

static bool cell_special(const struct cell *cell, enum special *special)
{
	return special_parse(cell_value(cell, "type"), special);
}

static bool cell_resolves(const struct cell *cell, enum resolve *how)
{
	static const char *const steps[] = { "uffd_copy", "uffd_continue", "uffd_move",
					     "uffd_fault" };

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (cell_is(cell, "step", steps[i])) {
			*how = (enum resolve)i;
			return true;
		}
	return false;
}

/* Refused for its arguments, whatever the memory is. */
static bool cell_misuses(const struct cell *cell)
{
	return cell_is(cell, "step", "other_length") || cell_is(cell, "step", "no_maymove");
}

static bool cell_base(const struct cell *cell)
{
	return cell_is(cell, "size", "4K") && cell_is(cell, "align", "pmd") &&
	       cell_is(cell, "fill", "100") && cell_is(cell, "folio", "4K");
}

static bool no_special(const struct cell *cell)
{
	enum special special;

	return cell_special(cell, &special) && !(cell_base(cell) && cell_is(cell, "step", "move"));
}

static bool no_misuse(const struct cell *cell)
{
	return cell_misuses(cell) && !(cell_base(cell) && cell_is(cell, "type", "anon"));
}

static bool no_filling(const struct cell *cell)
{
	return !cell_is(cell, "step", "move") &&
	       !(cell_is(cell, "align", "pmd") && cell_is(cell, "fill", "100"));
}

static bool no_alignment(const struct cell *cell)
{
	return cell_is(cell, "fill", "0") && !cell_is(cell, "align", "pmd");
}

static bool no_mutual(const struct cell *cell)
{
	return cell_is(cell, "align", "mutual") && !cell_is(cell, "size", "32M");
}

static bool no_type(const struct cell *cell)
{
	enum special special;

	return !cell_is(cell, "type", "anon") && !cell_special(cell, &special) &&
	       (cell_is(cell, "align", "mutual") ||
		!cell_is(cell, "size", cell_is(cell, "step", "uffd_continue") ? "2M" : "32M"));
}

static bool no_folio(const struct cell *cell)
{
	enum resolve how;

	return cell_is(cell, "folio", "2M") &&
	       (!cell_is(cell, "type", "anon") || !cell_is(cell, "fill", "100") ||
		!cell_is(cell, "size", "32M") || cell_is(cell, "align", "mutual") ||
		cell_resolves(cell, &how));
}

static bool no_resolving(const struct cell *cell)
{
	bool continues = cell_is(cell, "step", "uffd_continue");
	enum resolve how;

	return cell_resolves(cell, &how) && (!cell_is(cell, "size", "2M") ||
					     !cell_is(cell, "type", continues ? "shmem" : "anon"));
}

static bool no_size(const struct cell *cell)
{
	return (cell_is(cell, "size", "256M") && !cell_is(cell, "step", "move")) ||
	       (cell_is(cell, "step", "both") && !cell_is(cell, "size", "32M"));
}

static const struct rule dontunmap_rules[] = {
	{ no_special, "a special mapping has its own size, and duplicating it is refused before" },
	{ no_misuse, "wrong arguments are refused whatever the memory is" },
	{ no_filling, "how the pages went does not matter to filling the source again" },
	{ no_alignment, "alignment is a matter of how pages move: none are there" },
	{ no_mutual, "one size tells whether a move is realigned" },
	{ no_type, "one size tells what other memory costs" },
	{ no_folio, "2 MiB folios of anonymous memory, at one size" },
	{ no_resolving,
	  "by userfaultfd: 512 pages; missing anonymous ones, or shared memory's minor faults" },
	{ no_size, "the cost a page is told by 32 MiB" },
	{ NULL, NULL },
};

static int dontunmap_supported(const struct cell *cell, char *reason)
{
	struct region region = { 0 };
	enum special special;
	enum resolve how;
	uint64_t destination;
	int err;

	dontunmap_place(cell, &region, &destination);
	if (cell_special(cell, &special))
		return special_supported(special, region.address, reason);
	err = folio_supported(&region, reason);
	if (!err && region.fill.shape != FILL_NONE)
		err = memory_supported(2 * region.length, reason);
	if (!err && cell_resolves(cell, &how))
		err = resolver_supported(how, reason);
	return err;
}

static void step_move(struct dontunmap_state *state)
{
	state->result = raw_mremap(state->region.address, state->region.length, state->new_length,
				   state->flags, state->destination);
}

/* Writes to each page, beside the stamp. */
static void step_refault(struct dontunmap_state *state)
{
	volatile uint64_t *at = (volatile uint64_t *)(uintptr_t)state->region.address;
	uint64_t pages = state->pages, round = state->round;

	for (uint64_t page = 0; page < pages; page++)
		at[page * (PAGE_BYTES / sizeof(*at)) + 1] = round;
}

static void step_both(struct dontunmap_state *state)
{
	step_move(state);
	step_refault(state);
}

static void step_resolve(struct dontunmap_state *state)
{
	resolver_run(&state->resolver);
}

static void step_resolve_faults(struct dontunmap_state *state)
{
	resolver_run_faults(&state->resolver);
}

static void dontunmap_step(const struct cell *cell, struct dontunmap_state *state)
{
	enum special special;
	enum resolve how;

	state->step = step_move;
	state->new_length = state->region.length;
	state->flags = MOVE_FLAGS;
	state->refused = cell_special(cell, &special) || cell_misuses(cell);
	if (cell_is(cell, "step", "other_length"))
		state->new_length += PAGE_BYTES;
	if (cell_is(cell, "step", "no_maymove"))
		state->flags = MREMAP_DONTUNMAP;
	state->touches = cell_is(cell, "step", "refault") || cell_is(cell, "step", "both");
	if (state->touches)
		state->step = cell_is(cell, "step", "both") ? step_both : step_refault;
	state->resolves = cell_resolves(cell, &how);
	if (state->resolves)
		state->step = how == RESOLVE_FAULT ? step_resolve_faults : step_resolve;
}

static int dontunmap_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct dontunmap_state *state = opaque;
	struct path path;
	enum special special;
	enum resolve how;

	state->special.fd = -1;
	dontunmap_place(cell, &state->region, &state->destination);
	dontunmap_step(cell, state);
	if (cell_special(cell, &special)) {
		int err = special_map(special, state->region.address, &state->special, reason);

		state->region.address = state->special.address;
		return err;
	}
	path = path_of_move(
		&(struct move_shape){ .region = &state->region, .destination = state->destination },
		(struct kernel_version){ 0, 0 });
	state->consumed = state->resolves || path.splits > 0;
	if (!cell_resolves(cell, &how))
		return 0;
	return resolver_open(&state->resolver, how, state->region.length / PAGE_BYTES, reason);
}

/* The source, mapped, filled, and proven so. */
static int source_ready(struct dontunmap_state *state, char *reason)
{
	struct region *region = &state->region;
	struct extent source = { region->address, region->address + region->length };
	int err = 0;

	if (!state->mapped) {
		err = region_map(region, reason);
		state->mapped = !err;
		if (!err)
			err = region_fill(region, reason);
	}
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

/* Both VMAs are there, and nothing else. */
static int both_check(const struct dontunmap_state *state, char *reason)
{
	const struct region *region = &state->region;
	struct extent both[] = {
		{ region->address, region->address + region->length },
		{ state->destination, state->destination + region->length },
	};

	if (state->result != (long)state->destination)
		return reason_set(reason, -EIO, "mremap returned %ld", state->result);
	return proof_layout(both, 2, reason);
}

/* Moved away, untimed, for a step that fills the source again. */
static int source_emptied(struct dontunmap_state *state, char *reason)
{
	int err;

	step_move(state);
	err = both_check(state, reason);
	return err ? err : proof_empty(state->region.address, state->region.length, reason);
}

/*
 * Armed before the move, as the source must be when its faults begin. That takes the move of whole
 * page tables from it (the family uffd has that cost); the copy at the destination is not armed:
 * mremap_userfaultfd_prep().
 */
static int resolver_ready(struct dontunmap_state *state, char *reason)
{
	uint64_t source = state->region.address;
	int err = resolver_arm(&state->resolver, source, reason);

	if (!err)
		err = source_emptied(state, reason);
	if (!err && userfault_armed(source) != 1)
		err = reason_set(reason, -EPROTO, "the source is not armed after the move");
	if (!err && userfault_armed(state->destination) != 0)
		err = reason_set(reason, -EPROTO, "the destination is armed after the move");
	if (!err)
		resolver_prepare(&state->resolver, source, state->destination);
	return err;
}

static int refused_ready(struct dontunmap_state *state, char *reason)
{
	int err = state->special.address ? 0 : source_ready(state, reason);

	if (!err)
		err = layout_take(&state->before, reason);
	if (!err)
		err = special_line(state->region.address, &state->before_line, reason);
	return err;
}

static int dontunmap_ready(void *opaque, char *reason)
{
	struct dontunmap_state *state = opaque;
	int err;

	state->result = 0;
	state->pages = 0;
	resolver_idle(&state->resolver);
	if (state->refused)
		return refused_ready(state, reason);
	err = source_ready(state, reason);
	state->round++;
	if (!err && state->resolves)
		return resolver_ready(state, reason);
	if (!err && state->step == step_refault)
		err = source_emptied(state, reason);
	if (!err && state->touches)
		state->pages = state->region.length / PAGE_BYTES;
	return err;
}

static void dontunmap_body(void *opaque)
{
	struct dontunmap_state *state = opaque;

	state->step(state);
}

/* The same page of the file is behind both places. */
static bool memory_is_shared(enum memory memory)
{
	return memory == MEMORY_SHMEM || memory == MEMORY_SHARED;
}

static bool memory_has_stamps(enum memory memory)
{
	return memory_is_shared(memory) || memory == MEMORY_FILE;
}

static const volatile uint64_t *word_at(uint64_t address, uint64_t page)
{
	return (const volatile uint64_t *)(uintptr_t)(address + page * PAGE_BYTES);
}

/* What the source shows now: the file's data again, or zeroes (of every `every`-th page). */
static int source_check(const struct dontunmap_state *state, uint64_t every, char *reason)
{
	const struct region *region = &state->region;

	if (memory_has_stamps(region->memory))
		return region_check(region, region->address, reason);
	for (uint64_t page = 0; page < region->length / PAGE_BYTES; page += every)
		if (*word_at(region->address, page))
			return reason_set(reason, -EIO, "page %" PRIu64 " of the source is not 0",
					  page);
	return 0;
}

/* After a touching step: each page has this round's word, at the destination only where it is shared. */
static int touched_check(const struct dontunmap_state *state, char *reason)
{
	const struct region *region = &state->region;
	bool shared = memory_is_shared(region->memory);
	uint64_t pages = region->length / PAGE_BYTES;

	if (state->source_pages != pages)
		return reason_set(reason, -ENODATA, "%" PRIu64 " pages at the source, not %" PRIu64,
				  state->source_pages, pages);
	for (uint64_t page = 0; page < pages; page++) {
		if (word_at(region->address, page)[1] != state->round)
			return reason_set(reason, -EIO, "page %" PRIu64 " was not written", page);
		if ((word_at(state->destination, page)[1] == state->round) != shared)
			return reason_set(reason, -EIO, "page %" PRIu64 " is %sshared", page,
					  shared ? "not " : "");
	}
	return source_check(state, 1, reason);
}

static int resolved_check(struct dontunmap_state *state, char *reason)
{
	const struct region *region = &state->region;
	int err = resolver_check(&state->resolver, (unsigned int)state->round, reason);

	if (!err)
		err = region_check(region, region->address, reason);
	if (err)
		return err;
	return state->resolver.how == RESOLVE_MOVE
		       ? proof_empty(state->destination, region->length, reason)
		       : region_check(region, state->destination, reason);
}

static int refused_check(struct dontunmap_state *state, char *reason)
{
	struct text line = { 0 };
	int err = 0;

	if (state->result != -EINVAL)
		return reason_set(reason, -EIO, "mremap returned %ld", state->result);
	err = layout_same(&state->before, reason);
	if (!err)
		err = special_line(state->region.address, &line, reason);
	if (!err && strcmp(text_get(&line), text_get(&state->before_line)) != 0)
		err = reason_set(reason, -EPROTO, "maps changed at: %s", text_get(&line));
	text_free(&line);
	if (!err && !state->special.address)
		err = region_check(&state->region, state->region.address, reason);
	return err;
}

static int dontunmap_verify(void *opaque, char *reason)
{
	struct dontunmap_state *state = opaque;
	const struct region *region = &state->region;
	int err;

	/* Before any look at the data, which would fault the source's pages in. */
	state->source_pages = pages_present(region->address, region->length);
	if (state->refused)
		return refused_check(state, reason);
	err = both_check(state, reason);
	if (!err && state->resolves)
		return resolved_check(state, reason);
	if (!err && region->fill.shape == FILL_NONE)
		return proof_empty(state->destination, region->length, reason);
	if (!err)
		err = region_check(region, state->destination, reason);
	if (!err && state->touches)
		return touched_check(state, reason);
	if (!err && state->source_pages)
		err = reason_set(reason, -EPROTO, "%" PRIu64 " pages are still at the source",
				 state->source_pages);
	return err ? err : source_check(state, PMD_BYTES / PAGE_BYTES, reason);
}

static void dontunmap_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct dontunmap_state *state = opaque;

	outcome_add(outcomes, "vmas",
		    layout_count(WINDOW_SOURCE, WINDOW_SOURCE + WINDOW_BYTES) +
			    layout_count(WINDOW_DESTINATION, WINDOW_DESTINATION + WINDOW_BYTES));
	outcome_add(outcomes, "errno", state->result < 0 ? (uint64_t)-state->result : 0);
	outcome_add(outcomes, "source_pages", state->source_pages);
}

static int dontunmap_reset(void *opaque, char *reason)
{
	struct dontunmap_state *state = opaque;
	struct region *region = &state->region;
	long back;
	int err;

	if (state->refused)
		return 0;
	if (state->consumed) {
		state->mapped = false;
		err = region_unmap(region, region->address, reason);
		return err ? err : region_unmap(region, state->destination, reason);
	}
	if (state->result != (long)state->destination)
		return 0; /* it did not move: still where ready wants it */
	/* The source's new pages go, and its VMA. */
	back = raw_mremap(state->destination, region->length, region->length,
			  MREMAP_MAYMOVE | MREMAP_FIXED, region->address);
	if (back != (long)region->address)
		return reason_set(reason, -EIO, "moving back returned %ld", back);
	return 0;
}

static void dontunmap_teardown(void *opaque)
{
	struct dontunmap_state *state = opaque;
	char reason[REASON_SIZE];

	if (state->resolves)
		resolver_close(&state->resolver);
	special_unmap(&state->special);
	if (!state->special.address)
		region_unmap(&state->region, state->region.address, reason);
	region_unmap(&state->region, state->destination, reason);
	text_free(&state->before);
	text_free(&state->before_line);
}

static void dontunmap_expect(const struct cell *cell, struct kernel_version kernel,
			     struct fingerprint *fingerprint)
{
	struct region region = { 0 };
	enum special special;
	struct path path;
	uint64_t destination;

	if (cell_special(cell, &special) || cell_misuses(cell)) {
		expect_add(fingerprint, "copy_vma", 0, 0);
		expect_add(fingerprint, "move_page_tables", 0, 0);
		return;
	}
	dontunmap_place(cell, &region, &destination);
	path = path_of_move(&(struct move_shape){ .region = &region,
						  .destination = destination,
						  .lonely = true },
			    kernel);
	if (cell_is(cell, "step", "move"))
		path_expect(&path, fingerprint);
}

static void dontunmap_burden(const struct cell *cell, struct burden *burden)
{
	uint64_t pages = cell_bytes(cell, "size") / PAGE_BYTES;

	burden->setup = pages * 3 / 2;
}

static const char *const dontunmap_sizes[] = { "4K", "2M", "32M", "256M", NULL };
static const char *const dontunmap_aligns[] = { "pmd", "mutual", "unaligned", NULL };
static const char *const dontunmap_fills[] = { "0", "100", NULL };
static const char *const dontunmap_folios[] = { "4K", "2M", NULL };
static const char *const dontunmap_types[] = { "anon", "shmem", "shared",   "file", "copied",
					       "vvar", "perf",	"io_uring", NULL };
static const char *const dontunmap_steps[] = { "move",	     "refault",	      "both",
					       "uffd_copy",  "uffd_continue", "uffd_move",
					       "uffd_fault", "other_length",  "no_maymove",
					       NULL };
static const struct param dontunmap_params[] = {
	{ "size", dontunmap_sizes },
	{ "align", dontunmap_aligns },
	{ "fill", dontunmap_fills },
	{ "folio", dontunmap_folios },
	{ "type", dontunmap_types },
	{ "step", dontunmap_steps },
	{ NULL, NULL },
};

const struct bench bench_dontunmap = {
	.name = "dontunmap",
	.about = "mremap(MREMAP_DONTUNMAP), and filling again what it left empty",
	.params = dontunmap_params,
	.state_size = sizeof(struct dontunmap_state),
	.rules = dontunmap_rules,
	.supported = dontunmap_supported,
	.setup = dontunmap_setup,
	.ready = dontunmap_ready,
	.body = dontunmap_body,
	.verify = dontunmap_verify,
	.outcome = dontunmap_outcome,
	.reset = dontunmap_reset,
	.teardown = dontunmap_teardown,
	.expect = dontunmap_expect,
	.burden = dontunmap_burden,
};
