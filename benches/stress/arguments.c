// SPDX-License-Identifier: GPL-2.0-only
/*
 * arguments: those of one mremap by chance: what, to how much, to where, with which flags. Most make a
 * call that does something; now and then one of them is what can't be.
 */
#include "benches/stress/arguments.h"

#include <sys/mman.h>

enum { GROWTH_MOST = 256, STRADDLE_MOST = 1536 };

static unsigned long flags_pick(struct stress *stress)
{
	static const unsigned long usual[] = {
		0,
		MREMAP_MAYMOVE,
		MREMAP_MAYMOVE | MREMAP_FIXED,
		MREMAP_MAYMOVE | MREMAP_FIXED,
		MREMAP_MAYMOVE | MREMAP_FIXED,
		MREMAP_MAYMOVE | MREMAP_FIXED,
		MREMAP_MAYMOVE | MREMAP_FIXED,
		MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP,
		MREMAP_MAYMOVE | MREMAP_DONTUNMAP,
	};
	static const unsigned long more[] = { 0, STRESS_RELOCATE, STRESS_MUST, STRESS_MUST,
					      STRESS_RELOCATE | STRESS_MUST };
	unsigned long flags = usual[rng_below(&stress->rng, sizeof(usual) / sizeof(*usual))];
	size_t choice = rng_below(&stress->rng, sizeof(more) / sizeof(*more));

	/* Where nothing knows them, now and then is enough. */
	if (stress->can.relocates || rng_once_in(&stress->rng, 8))
		flags |= more[choice];
	/* What moves nothing on purpose has no use for them most of the time. */
	if (!(flags & MREMAP_MAYMOVE) && !rng_once_in(&stress->rng, 8))
		flags &= ~(unsigned long)(STRESS_RELOCATE | STRESS_MUST);
	return flags;
}

static bool runs_meet(struct run a, struct run b)
{
	return a.first < b.first + b.count && b.first < a.first + a.count;
}

/* Something is mapped there, but none of hugetlb's, and not the source. */
static bool place_is_taken(struct stress *stress, struct run run, struct run source)
{
	if (run.first > ARENA_PAGES || run.count > ARENA_PAGES - run.first ||
	    runs_meet(run, source))
		return false;
	for (uint32_t i = 0; i < run.count; i++)
		if (stress->model->pages[run.first + i].kind == PAGE_HUGE)
			return false;
	return true;
}

static int64_t place_near(struct stress *stress, uint32_t count, bool above)
{
	struct run beside = stress_pick(stress), run = { beside.first + beside.count, count };

	if (!above)
		run.first = beside.first >= count ? beside.first - count : ARENA_PAGES;
	return model_is_free(stress->model, run) ? (int64_t)run.first : -1;
}

/* Where to: -1 where nothing is free. */
static int64_t destination_pick(struct stress *stress, struct run source, uint32_t count, bool free)
{
	uint32_t from = (uint32_t)rng_below(&stress->rng, ARENA_PAGES), index;
	bool huge = stress->model->pages[source.first].kind == PAGE_HUGE;
	int64_t at = -1;

	switch (huge ? 0 : rng_below(&stress->rng, 7)) {
	case 0:
	case 1:
		return model_find_free(stress->model, count, from, HUGE_PAGES,
				       source.first % HUGE_PAGES);
	case 2:
		at = place_near(stress, count, true);
		break;
	case 3:
		at = place_near(stress, count, false);
		break;
	case 4: /* home */
		index = stress->model->pages[source.first].index;
		if (index != INDEX_UNKNOWN &&
		    model_is_free(stress->model, (struct run){ index, count }))
			at = index;
		break;
	case 5:
		if (!free && place_is_taken(stress, (struct run){ from, count }, source))
			at = from;
		break;
	default:
		break;
	}
	return at >= 0 ? at : model_find_free(stress->model, count, from, 1, 0);
}

/* One argument that can't be. */
static void remap_spoil(struct stress *stress, struct remap *remap)
{
	remap->odd = true;
	switch (rng_below(&stress->rng, 7)) {
	case 0:
		remap->address += 1 + rng_below(&stress->rng, PAGE_BYTES - 1);
		break;
	case 1:
		remap->new_length = 0;
		break;
	case 2:
		remap->flags |= MREMAP_MAYMOVE | MREMAP_FIXED;
		remap->new_address += 1 + rng_below(&stress->rng, PAGE_BYTES - 1);
		break;
	case 3:
		remap->flags |= MREMAP_MAYMOVE | MREMAP_FIXED;
		remap->new_address = remap->address + PAGE_BYTES * (remap->source.count / 2);
		break;
	case 4:
		remap->flags |= 32ul << rng_below(&stress->rng, 20);
		break;
	case 5:
		remap->flags = (remap->flags & ~(unsigned long)MREMAP_MAYMOVE) | MREMAP_FIXED;
		break;
	default:
		remap->flags |= MREMAP_MAYMOVE | MREMAP_FIXED;
		remap->new_length = (1ull << 47) + PAGE_BYTES;
		break;
	}
}

static struct run source_pick(struct stress *stress)
{
	struct run run = stress_pick(stress);

	if (!run.count)
		return run;
	if (stress->model->pages[run.first].kind == PAGE_HUGE) {
		run.first -= run.first % HUGE_PAGES;
		run.count = HUGE_PAGES;
		return run;
	}
	if (!rng_once_in(&stress->rng, 6))
		return stress_part(stress, run);
	/* From inside what was picked, over whatever follows. */
	run.first += (uint32_t)rng_below(&stress->rng, run.count);
	run.count = 1 + (uint32_t)rng_below(&stress->rng, STRADDLE_MOST);
	if (run.count > ARENA_PAGES - run.first)
		run.count = ARENA_PAGES - run.first;
	for (uint32_t i = 0; i < run.count; i++)
		if (stress->model->pages[run.first + i].kind == PAGE_HUGE)
			run.count = i;
	return run;
}

static uint32_t count_pick(struct stress *stress, struct run source)
{
	if (stress->model->pages[source.first].kind == PAGE_HUGE)
		return source.count;
	switch (rng_below(&stress->rng, 8)) {
	case 0:
		return source.count + 1 + (uint32_t)rng_below(&stress->rng, GROWTH_MOST);
	case 1:
		return 1 + (uint32_t)rng_below(&stress->rng, source.count);
	default:
		return source.count;
	}
}

/* The pages are one VMA's. */
static bool run_is_one(const struct spans *spans, struct run run)
{
	const struct span *span = span_of(spans, run.first);

	return span && run.count <= span->run.count - (run.first - span->run.first);
}

bool remap_pick(struct stress *stress, const struct spans *spans, struct remap *remap)
{
	int64_t to;
	bool one;

	*remap = (struct remap){ .source = source_pick(stress) };
	if (!remap->source.count)
		return false;
	remap->flags = flags_pick(stress);
	one = run_is_one(spans, remap->source);
	if (!one)
		remap->flags &= ~(unsigned long)MREMAP_DONTUNMAP;
	remap->count = count_pick(stress, remap->source);
	if (remap->flags & MREMAP_DONTUNMAP)
		remap->count = remap->source.count;
	/* Several VMAs go to a free place: what they would replace differs from kernel to kernel. */
	to = destination_pick(stress, remap->source, remap->count,
			      !one || !(remap->flags & MREMAP_FIXED));
	if (to < 0)
		return false;
	remap->to = (uint32_t)to;
	remap->address = (uintptr_t)stress_at(remap->source.first);
	remap->old_length = remap->source.count * PAGE_BYTES;
	remap->new_length = remap->count * PAGE_BYTES;
	remap->new_address = (uintptr_t)stress_at(remap->to);
	if (!(remap->flags & MREMAP_FIXED))
		remap->new_address = 0;
	if (rng_once_in(&stress->rng, 24))
		remap_spoil(stress, remap);
	return true;
}
