// SPDX-License-Identifier: GPL-2.0-only
/* verdict: the rules of mremap(2) that hold whatever the pages are. */
#include "benches/stress/verdict.h"

#include <errno.h>
#include <sys/mman.h>

#define FLAGS_OLD (MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)
#define FLAGS_NEW (STRESS_RELOCATE | STRESS_MUST)
#define ADDRESS_END \
	(1ull << 47) /* where a process's addresses end, with page tables of four levels */

static void verdict_error(struct verdict *verdict, int error)
{
	if (!verdict_takes(verdict, error))
		verdict->errors[verdict->error_count++] = error;
}

static bool overlap(const struct remap *remap)
{
	return remap->address < remap->new_address + remap->new_length &&
	       remap->new_address < remap->address + remap->old_length;
}

/* Arguments that no mapping could make right. */
static bool arguments_wrong(const struct remap *remap, const struct stress_abilities *can)
{
	unsigned long known = FLAGS_OLD | (can->relocates ? FLAGS_NEW : 0);
	bool place = remap->flags & (MREMAP_FIXED | MREMAP_DONTUNMAP);

	if (remap->flags & ~known)
		return true;
	if (remap->flags & (known & ~(unsigned long)MREMAP_MAYMOVE) &&
	    !(remap->flags & MREMAP_MAYMOVE))
		return true;
	if (remap->flags & MREMAP_DONTUNMAP && remap->old_length != remap->new_length)
		return true;
	if (remap->address % PAGE_BYTES || !remap->new_length)
		return true;
	if (place && (remap->new_address % PAGE_BYTES || remap->new_length > ADDRESS_END ||
		      remap->new_address > ADDRESS_END - remap->new_length || overlap(remap)))
		return true;
	return !remap->old_length;
}

/* Pages of the source that are of that kind; of another one, with `other`. */
static bool source_has(const struct remap *remap, const struct model *model, enum page_kind kind,
		       bool other)
{
	for (uint32_t i = 0; i < remap->source.count && remap->source.first + i < ARENA_PAGES;
	     i++) {
		enum page_kind its = model->pages[remap->source.first + i].kind;

		if (its != PAGE_FREE && (its == kind) != other)
			return true;
	}
	return false;
}

/* What MREMAP_MUST_RELOCATE_ANON adds for a call that moves: EFAULT, and all or nothing. */
static void verdict_must(const struct remap *remap, bool one, const struct model *model,
			 const struct stress_abilities *can, struct verdict *verdict)
{
	struct remap kept = *remap;

	/* What a call that shrinks unmaps needn't be relocatable. */
	if (kept.count < kept.source.count)
		kept.source.count = kept.count;
	verdict_error(verdict, EFAULT);
	if (source_has(&kept, model, PAGE_ANON, true))
		verdict->success = false;
	/*
	 * A VMA that can't be moved at all ends a call for several midway. Up to 6.16 no call is for
	 * several, which is found when the destination and the source's tail are unmapped.
	 */
	verdict->intact = one ||
			  (can->many && !model_any_advice(model, remap->source, ADVICE_WATCHED));
}

static void verdict_in_place(const struct remap *remap, const struct span *span, bool one,
			     const struct model *model, struct verdict *verdict)
{
	uint32_t end = remap->source.first + remap->source.count;
	struct run more = { end, remap->count - remap->source.count };

	verdict->success = true;
	if (remap->count <= remap->source.count) {
		/* Up to 6.16 a tail is unmapped whatever it was; then the whole must be one VMA. */
		verdict->vague = !one;
		if (!one)
			verdict_error(verdict, EFAULT);
		return;
	}
	if (!one) {
		verdict->success = false;
		verdict_error(verdict, EFAULT);
		return;
	}
	if (end == span->run.first + span->run.count && model_is_free(model, more))
		return;
	if (remap->flags & MREMAP_MAYMOVE) {
		verdict->moves = true;
		return;
	}
	/* Beyond the arena there may be room that the model does not know. */
	verdict->success = verdict->vague = end + more.count > ARENA_PAGES;
	verdict_error(verdict, ENOMEM);
}

static void verdict_elsewhere(const struct remap *remap, bool one,
			      const struct stress_abilities *can, struct verdict *verdict)
{
	verdict->success = verdict->moves = true;
	if (one)
		return;
	verdict_error(verdict, EFAULT);
	if (!(remap->flags & MREMAP_FIXED) || (remap->count == remap->source.count && !can->many)) {
		verdict->success = false;
		return;
	}
	if (remap->count > remap->source.count) {
		verdict->success = false;
		return;
	}
	verdict->vague = true;
}

void verdict_of(const struct remap *remap, const struct spans *spans, const struct model *model,
		const struct stress_abilities *can, struct verdict *verdict)
{
	const struct span *span = span_of(spans, remap->source.first);
	bool one;

	*verdict = (struct verdict){ 0 };
	verdict_error(verdict, ENOMEM);
	if (arguments_wrong(remap, can)) {
		verdict_error(verdict, EINVAL);
		/* Lengths that no address space has, and sources that are not mapped, are found first by some. */
		if (!span || remap->odd)
			verdict_error(verdict, EFAULT);
		return;
	}
	if (!span) {
		verdict_error(verdict, EFAULT);
		return;
	}
	one = remap->source.count <= span->run.count - (remap->source.first - span->run.first);
	if (remap->flags & (MREMAP_FIXED | MREMAP_DONTUNMAP))
		verdict_elsewhere(remap, one, can, verdict);
	else
		verdict_in_place(remap, span, one, model, verdict);
	/* hugetlb's rules are about the pool and about 2 MiB: what comes of it is taken from maps. */
	if (source_has(remap, model, PAGE_HUGE, false)) {
		verdict->vague = verdict->success = true;
		verdict_error(verdict, EINVAL);
		verdict_error(verdict, EFAULT);
	}
	if (remap->flags & STRESS_MUST && verdict->moves)
		verdict_must(remap, one, model, can, verdict);
	if (model_any_advice(model, remap->source, ADVICE_LOCKED))
		verdict_error(verdict, EAGAIN); /* RLIMIT_MEMLOCK */
}

bool verdict_takes(const struct verdict *verdict, int error)
{
	if (!error)
		return verdict->success;
	for (size_t i = 0; i < verdict->error_count; i++)
		if (verdict->errors[i] == error)
			return true;
	return false;
}
