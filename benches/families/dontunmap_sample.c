// SPDX-License-Identifier: GPL-2.0-only
/* dontunmap_sample: steps, proofs before and checks after. */
#include "benches/families/dontunmap_sample.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>

#include "benches/layout.h"
#include "benches/proof.h"
#include "benches/syscalls.h"

void dontunmap_move(struct dontunmap_state *state)
{
	state->result = raw_mremap(state->region.address, state->region.length, state->new_length,
				   state->flags, state->destination);
}

/* Writes to each page, beside the stamp. */
void dontunmap_refault(struct dontunmap_state *state)
{
	volatile uint64_t *at = (volatile uint64_t *)(uintptr_t)state->region.address;
	uint64_t pages = state->pages, round = state->round;

	for (uint64_t page = 0; page < pages; page++)
		at[page * (PAGE_BYTES / sizeof(*at)) + 1] = round;
}

void dontunmap_both(struct dontunmap_state *state)
{
	dontunmap_move(state);
	dontunmap_refault(state);
}

void dontunmap_resolve(struct dontunmap_state *state)
{
	resolver_run(&state->resolver);
}

void dontunmap_resolve_faults(struct dontunmap_state *state)
{
	resolver_run_faults(&state->resolver);
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

	dontunmap_move(state);
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

int dontunmap_ready(void *opaque, char *reason)
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
	if (!err && state->step == dontunmap_refault)
		err = source_emptied(state, reason);
	if (!err && state->touches)
		state->pages = state->region.length / PAGE_BYTES;
	return err;
}

void dontunmap_body(void *opaque)
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
	int err = resolver_check(&state->resolver, reason);

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

int dontunmap_verify(void *opaque, char *reason)
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

void dontunmap_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct dontunmap_state *state = opaque;

	outcome_add(outcomes, "vmas",
		    layout_count(WINDOW_SOURCE, WINDOW_SOURCE + WINDOW_BYTES) +
			    layout_count(WINDOW_DESTINATION, WINDOW_DESTINATION + WINDOW_BYTES));
	outcome_add(outcomes, "errno", state->result < 0 ? (uint64_t)-state->result : 0);
	outcome_add(outcomes, "source_pages", state->source_pages);
}

int dontunmap_reset(void *opaque, char *reason)
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

void dontunmap_teardown(void *opaque)
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
