// SPDX-License-Identifier: GPL-2.0-only
/*
 * move: mremap with chance's arguments, its answer held against the verdict, and the model made to
 * follow. A relocation is proven by what it is for: a new page beside what was moved merges with it.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "benches/families/relocate_pages.h"
#include "benches/layout.h"
#include "benches/stress/arguments.h"
#include "benches/stress/stress.h"
#include "benches/stress/verdict.h"
#include "benches/syscalls.h"

enum { LOOKED_AT = 48 };

/* One call from before to after. */
struct call {
	struct remap remap;
	struct verdict verdict;
	struct spans before;
	struct text maps; /* before, where a refusal must leave them */
	uint64_t entries[ARENA_PAGES]; /* pagemap's of the source, before */
	bool known; /* they are */
	int64_t spare; /* a free place for what the kernel puts elsewhere */
	long result;
};

/* Proves that a new page above, of the same kind and advice, is one VMA with the run's last page. */
static bool merges_above(struct stress *stress, struct run run, bool *known)
{
	static struct spans spans;
	static const struct {
		uint8_t mark;
		int advice;
	} advices[] = {
		{ ADVICE_HUGE, MADV_HUGEPAGE },
		{ ADVICE_NOHUGE, MADV_NOHUGEPAGE },
		{ ADVICE_MERGE, MADV_MERGEABLE },
		{ ADVICE_NOFORK, MADV_DONTFORK },
	};
	uint32_t end = run.first + run.count;
	const struct shadow *last = &stress->model->pages[end - 1];
	const struct span *span;
	bool merges;

	*known = false;
	/*
	 * Two pages: before it is advised like the run, the new one may merge with what follows it, and
	 * with that one's anon_vma it stays apart (is_mergeable_anon_vma(), 6.12, 7.3).
	 */
	if (end >= ARENA_PAGES - 1 || !model_is_free(stress->model, (struct run){ end, 2 }) ||
	    last->kind != PAGE_ANON || last->prot != (PROT_READ | PROT_WRITE) ||
	    last->advice & (ADVICE_LOCKED | ADVICE_WATCHED | ADVICE_ODD))
		return false;
	if (mmap(stress_at(end), PAGE_BYTES, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != stress_at(end))
		return false;
	*known = true;
	for (size_t i = 0; i < sizeof(advices) / sizeof(*advices); i++)
		if (last->advice & advices[i].mark &&
		    madvise(stress_at(end), PAGE_BYTES, advices[i].advice))
			*known = false;
	spans_read(stress, &spans);
	span = span_of(&spans, end - 1);
	merges = span && span->run.first + span->run.count > end;
	munmap(stress_at(end), PAGE_BYTES);
	return merges;
}

/* It merged with what lay beside it before: then nothing had to be relocated. */
static bool has_joined(struct stress *stress, struct run run)
{
	static struct spans spans;
	const struct span *span;

	spans_read(stress, &spans);
	span = span_of(&spans, run.first);
	if (!span || span->run.first < run.first)
		return true;
	span = span_of(&spans, run.first + run.count - 1);
	return !span || span->run.first + span->run.count > run.first + run.count;
}

/* What MUST moved although it could not be: a page that others map too, or that is pinned. */
static void check_exclusive(struct stress *stress, const struct call *call)
{
	const struct remap *remap = &call->remap;

	for (uint32_t i = 0; i < remap->source.count && i < remap->count; i++) {
		const struct shadow *page = &stress->model->pages[remap->to + i];
		bool shared = call->known && call->entries[i] & PAGEMAP_PRESENT &&
			      !(call->entries[i] & PAGEMAP_EXCLUSIVE) && page->stamp &&
			      !(page->state & STATE_LAZY) && !(page->advice & ADVICE_MERGE);

		if (page->kind != PAGE_ANON || page->index == INDEX_UNKNOWN ||
		    page->index == remap->to + i)
			continue;
		if (shared && !stress->plan->stress.threads)
			stress_fail(stress, "page %" PRIu32 " was relocated, and others map it too",
				    remap->to + i);
		if (page->state & STATE_PINNED)
			stress_fail(stress, "page %" PRIu32 " was relocated, and it is pinned",
				    remap->to + i);
	}
}

static void check_relocated(struct stress *stress, const struct call *call, struct run place)
{
	bool must = call->remap.flags & STRESS_MUST, known, joined, merges;

	joined = has_joined(stress, place);
	merges = merges_above(stress, place, &known);
	if (must) {
		stress_count(stress, COUNT_MUST_DONE, 1);
		if (!joined && !call->verdict.vague)
			check_exclusive(stress, call);
	}
	if (!known || call->verdict.vague) {
		stress_count(stress, COUNT_UNPROVEN, 1);
		for (uint32_t i = 0; i < place.count; i++)
			stress->model->pages[place.first + i].index = INDEX_UNKNOWN;
		return;
	}
	stress_count(stress, merges ? COUNT_RELOCATED : COUNT_FELL_BACK, 1);
	if (merges)
		model_relocated(stress->model, place);
	/* In a child, a VMA with the parent's anon_vma merges with no new one whatever its index. */
	else if (must && !joined && !stress->depth)
		stress_fail(stress, "what was relocated does not merge with a new page beside it");
}

/* The kernel has chosen a place: from there to the spare one. */
static void bring_home(struct stress *stress, struct call *call)
{
	const struct remap *remap = &call->remap;
	uint64_t length = remap->count * PAGE_BYTES;
	bool kept = remap->flags & MREMAP_DONTUNMAP;
	struct run place = { (uint32_t)call->spare, remap->count };

	if (call->spare < 0 ||
	    raw_mremap((uint64_t)call->result, length, length, MREMAP_MAYMOVE | MREMAP_FIXED,
		       (uintptr_t)stress_at(place.first)) !=
		    (long)(uintptr_t)stress_at(place.first)) {
		munmap((void *)call->result, length);
		if (kept)
			model_discard(stress->model, remap->source);
		else
			model_unmap(stress->model, remap->source);
		stress_count(stress, COUNT_NO_MEMORY, 1);
		return;
	}
	model_move(stress->model, remap->source, place.first, remap->count, kept);
	for (uint32_t i = 0; i < place.count; i++)
		stress->model->pages[place.first + i].index = INDEX_UNKNOWN;
	check_run(stress, place, LOOKED_AT);
}

static void call_moved(struct stress *stress, struct call *call)
{
	struct remap *remap = &call->remap;
	struct run place = { remap->to, remap->count };

	if (remap->count < remap->source.count) {
		model_resize(stress->model, remap->source, remap->count);
		remap->source.count = remap->count;
	}
	model_move(stress->model, remap->source, remap->to, remap->count,
		   remap->flags & MREMAP_DONTUNMAP);
	stress_count(stress, COUNT_MOVES, 1);
	if (remap->flags & (STRESS_RELOCATE | STRESS_MUST) || stress->can.always)
		check_relocated(stress, call, place);
	check_layout(stress);
	check_run(stress, place, LOOKED_AT);
	if (remap->flags & MREMAP_DONTUNMAP)
		check_run(stress, remap->source, LOOKED_AT);
	check_reverse(stress, place);
}

/* Pages from the source's `first` on that went to the destination, by what maps say now. */
static uint32_t count_gone(const struct stress *stress, const struct spans *after,
			   const struct remap *remap, uint32_t first)
{
	uint32_t count = 0;

	for (uint32_t i = first; i < remap->source.count && i < remap->count; i++, count++)
		if (stress->model->pages[remap->source.first + i].kind == PAGE_FREE ||
		    !(remap->flags & MREMAP_FIXED) || span_of(after, remap->source.first + i) ||
		    !span_of(after, remap->to + i))
			break;
	return count;
}

/* Several VMAs, each of which went or stayed; and a destination that may have been unmapped for nothing. */
static void call_follow(struct stress *stress, struct call *call)
{
	static struct spans after;
	const struct remap *remap = &call->remap;
	uint32_t gone, to = remap->to;

	spans_read(stress, &after);
	for (uint32_t i = 0; i < remap->source.count; i += gone ? gone : 1) {
		struct run run = { remap->source.first + i, 1 };

		gone = count_gone(stress, &after, remap, i);
		if (gone)
			model_move(stress->model, (struct run){ run.first, gone }, to + i, gone,
				   false);
		else if (!span_of(&after, run.first))
			model_unmap(stress->model, run);
	}
	for (uint32_t i = 0; remap->flags & MREMAP_FIXED && i < remap->count; i++)
		if (!span_of(&after, to + i))
			model_unmap(stress->model, (struct run){ to + i, 1 });
		else
			stress->model->pages[to + i].index = INDEX_UNKNOWN;
	check_layout(stress);
}

/* Is there a reason that the model knows of? */
static void must_refused(struct stress *stress, const struct call *call)
{
	const struct run source = call->remap.source;
	bool known = stress->depth || stress->plan->stress.threads ||
		     model_any_state(stress->model, source, STATE_PINNED);

	for (size_t i = 0; i < STRESS_CHILDREN; i++)
		known = known || stress->children[i].pid;
	for (uint32_t i = 0; i < source.count; i++)
		known = known || stress->model->pages[source.first + i].kind != PAGE_ANON;
	stress_count(stress, COUNT_MUST_REFUSED, 1);
	stress_count(stress, COUNT_UNEXPLAINED, !known);
}

/* The source is as it was: maps, what is there, and what it holds. */
static void call_refused(struct stress *stress, struct call *call)
{
	static uint64_t now[ARENA_PAGES];
	const uint64_t there = PAGEMAP_PRESENT | PAGEMAP_SWAPPED;
	const struct remap *remap = &call->remap;
	char reason[REASON_SIZE];
	bool must = remap->flags & STRESS_MUST && call->result == -EFAULT && !remap->odd;
	bool taken = remap->flags & MREMAP_FIXED && !remap->odd &&
		     !model_is_free(stress->model, (struct run){ remap->to, remap->count });

	if (must)
		must_refused(stress, call);
	/* Up to 6.16, and where it is the last step that fails, the destination is unmapped by then. */
	if (!(must && call->verdict.intact) &&
	    (call->verdict.vague || taken || remap->count < remap->source.count)) {
		call_follow(stress, call);
		check_run(stress, remap->source, LOOKED_AT);
		return;
	}
	if (layout_same(&call->maps, reason))
		stress_fail(stress, "a call that was refused changed something: %s", reason);
	if (call->known && check_pagemap(stress, remap->source, now) &&
	    !stress->plan->stress.threads)
		for (uint32_t i = 0; i < remap->source.count; i++)
			if (!(stress->model->pages[remap->source.first + i].state & STATE_LAZY) &&
			    stress->model->pages[remap->source.first + i].stamp &&
			    !(call->entries[i] & there) != !(now[i] & there))
				stress_fail(stress,
					    "page %" PRIu32 " was%s there before a refusal, and is"
					    "%s now",
					    remap->source.first + i,
					    call->entries[i] & there ? "" : " not",
					    now[i] & there ? "" : " not");
	check_run(stress, remap->source, LOOKED_AT);
	check_reverse(stress, remap->source);
}

static void call_succeeded(struct stress *stress, struct call *call)
{
	const struct remap *remap = &call->remap;

	if (remap->flags & MREMAP_FIXED) {
		if (call->result != (long)remap->new_address)
			stress_fail(stress, "mremap returned 0x%lx", call->result);
		if (call->verdict.vague) {
			stress_count(stress, COUNT_MOVES, 1);
			call_follow(stress, call);
			check_run(stress, (struct run){ remap->to, remap->count }, LOOKED_AT);
		} else {
			call_moved(stress, call);
		}
	} else if (call->result != (long)remap->address) {
		if (!call->verdict.moves && !call->verdict.vague)
			stress_fail(stress, "it moved to 0x%lx, and had room where it was",
				    call->result);
		stress_count(stress, COUNT_MOVES, 1);
		bring_home(stress, call);
		check_layout(stress);
	} else if (call->verdict.vague) {
		call_follow(stress, call);
	} else {
		model_resize(stress->model, remap->source, remap->count);
		check_layout(stress);
		check_run(stress, remap->source, LOOKED_AT);
	}
}

void operate_move(struct stress *stress)
{
	static struct call call;
	struct remap *remap = &call.remap;
	char reason[REASON_SIZE];
	int error;

	spans_read(stress, &call.before);
	if (!remap_pick(stress, &call.before, remap))
		return;
	stress_log(stress, "mremap(%" PRIu32 "+%" PRIu32 "%s, %" PRIu32 ", 0x%lx, %" PRIu32 ")",
		   remap->source.first, remap->source.count, remap->odd ? " odd" : "", remap->count,
		   remap->flags, remap->to);
	if (layout_take(&call.maps, reason))
		stress_fail(stress, "%s", reason);
	verdict_of(remap, &call.before, stress->model, &stress->can, &call.verdict);
	call.known = check_pagemap(stress, remap->source, call.entries);
	call.spare = remap->flags & MREMAP_FIXED ? -1 : (int64_t)remap->to;
	call.result = raw_mremap(remap->address, remap->old_length, remap->new_length, remap->flags,
				 remap->new_address);
	error = call.result < 0 && call.result > -4096 ? (int)-call.result : 0;
	stress_log(stress, " = %ld", error ? call.result : 0);
	stress_count(stress, COUNT_REMAPS, 1);
	if (!verdict_takes(&call.verdict, error))
		stress_fail(stress, "mremap answered %d (%s)", error,
			    error ? strerror(error) : "success");
	if (error == ENOMEM)
		stress_count(stress, COUNT_NO_MEMORY, 1);
	else if (error == EINVAL)
		stress_count(stress, COUNT_INVALID, 1);
	if (error)
		call_refused(stress, &call);
	else
		call_succeeded(stress, &call);
}
