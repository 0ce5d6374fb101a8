// SPDX-License-Identifier: GPL-2.0-only
/* memory: the operations around mremap: mmap, writes, munmap, mprotect, madvise, mlock. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>

#include "benches/stress/stress.h"

enum {
	MAPPED_MOST = ARENA_PAGES / 3,
	STAMPED_MOST = 8 << 10, /* pages: 32 MiB of memory in one process */
	RUN_MOST = 4 << 10, /* pages of one mapping */
	PICK_MOST = 8 << 10,
	STAMPS_ALIKE = 4, /* values that many pages share, for KSM to find */
	ADVICE_COLLAPSE = 25, /* linux/mman.h, since 6.1 */
	ADVICE_POPULATE_READ = 22,
	ADVICE_POPULATE_WRITE = 23,
};

struct run stress_pick(struct stress *stress)
{
	const struct model *model = stress->model;
	uint32_t from = (uint32_t)rng_below(&stress->rng, ARENA_PAGES);

	for (uint32_t i = 0; i < ARENA_PAGES; i++) {
		uint32_t at = (from + i) % ARENA_PAGES;

		if (model->pages[at].kind != PAGE_FREE)
			return model_run(model, at, PICK_MOST);
	}
	return (struct run){ 0 };
}

struct run stress_part(struct stress *stress, struct run whole)
{
	struct run part = whole;

	if (whole.count < 2 || rng_once_in(&stress->rng, 3))
		return whole;
	part.first += (uint32_t)rng_below(&stress->rng, whole.count);
	part.count = 1 + (uint32_t)rng_below(&stress->rng, whole.first + whole.count - part.first);
	return part;
}

static size_t run_bytes(struct run run)
{
	return run.count * PAGE_BYTES;
}

/* Few pages as often as many. */
static uint32_t length_pick(struct stress *stress)
{
	static const uint32_t lengths[] = { 1, 2, 3, 8, 16, 32, 64, 512, 512, 1024 };

	switch (rng_below(&stress->rng, 3)) {
	case 0:
		return 1 + (uint32_t)rng_below(&stress->rng, 16);
	case 1:
		return 1 + (uint32_t)rng_below(&stress->rng, RUN_MOST / 2);
	default:
		return lengths[rng_below(&stress->rng, sizeof(lengths) / sizeof(*lengths))];
	}
}

/* A free place: just behind something, on a boundary of large folios, or anywhere. */
static int64_t place_pick(struct stress *stress, uint32_t count)
{
	uint32_t from = (uint32_t)rng_below(&stress->rng, ARENA_PAGES);
	struct run beside;

	switch (rng_below(&stress->rng, 3)) {
	case 0:
		beside = stress_pick(stress);
		return model_find_free(stress->model, count, beside.first + beside.count, 1, 0);
	case 1:
		return model_find_free(stress->model, count, from, HUGE_PAGES, 0);
	default:
		return model_find_free(stress->model, count, from, 1, 0);
	}
}

static void advise_new(struct stress *stress, struct run run)
{
	static const struct {
		int advice;
		uint8_t mark;
	} choices[] = {
		{ MADV_HUGEPAGE, ADVICE_HUGE },
		{ MADV_HUGEPAGE, ADVICE_HUGE },
		{ MADV_NOHUGEPAGE, ADVICE_NOHUGE },
		{ MADV_MERGEABLE, ADVICE_MERGE },
	};
	size_t choice = rng_below(&stress->rng, 8);

	if (choice >= sizeof(choices) / sizeof(*choices))
		return;
	if (madvise(stress_at(run.first), run_bytes(run), choices[choice].advice))
		return;
	for (uint32_t i = 0; i < run.count; i++)
		stress->model->pages[run.first + i].advice = choices[choice].mark;
	stress_log(stress, " advised %d", choices[choice].advice);
}

static void write_run(struct stress *stress, struct run run, uint32_t stride)
{
	bool alike = rng_once_in(&stress->rng, 4);
	uint32_t stamp = 1 + (uint32_t)rng_below(&stress->rng, STAMPS_ALIKE);

	for (uint32_t i = 0; i < run.count; i += stride) {
		uint32_t at = run.first + i;
		const struct shadow *page = &stress->model->pages[at];
		volatile uint64_t *words = (volatile uint64_t *)(void *)stress_at(at);
		uint64_t value;

		if (!(page->prot & PROT_WRITE) || !model_readable(page) ||
		    (page->kind == PAGE_HUGE && !(page->state & STATE_FAULTED) && stress->depth))
			continue;
		if (page->kind == PAGE_SHARED) {
			value = model_object_value(page->object);
		} else {
			if (!alike)
				stamp = ++stress->model->stamp;
			value = model_stamp_value(stamp);
		}
		words[0] = words[256] = words[511] = value;
		model_write(stress->model, at, stamp);
	}
}

static void map_huge(struct stress *stress)
{
	uint32_t count = HUGE_PAGES * (1 + (uint32_t)rng_below(&stress->rng, 2));
	int64_t at = model_find_free(stress->model, count,
				     (uint32_t)rng_below(&stress->rng, ARENA_PAGES), HUGE_PAGES, 0);
	struct run run = { (uint32_t)at, count };

	if (at < 0)
		return;
	stress_log(stress, "mmap hugetlb %" PRIu32 "+%" PRIu32, run.first, run.count);
	if (mmap(stress_at(run.first), run_bytes(run), PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_FIXED_NOREPLACE, -1,
		 0) == MAP_FAILED) {
		stress_count(stress, COUNT_NO_MEMORY, 1);
		return;
	}
	/* No child gets it: the pool has no pages for copies, and a signal would be the answer. */
	if (madvise(stress_at(run.first), run_bytes(run), MADV_DONTFORK))
		stress_fail(stress, "MADV_DONTFORK: %s", strerror(errno));
	model_map(stress->model, run, PAGE_HUGE, PROT_READ | PROT_WRITE, ADVICE_NOFORK, 0);
	write_run(stress, run, 1);
}

void operate_map(struct stress *stress)
{
	uint32_t count = length_pick(stress), object = 0;
	enum page_kind kind = PAGE_ANON;
	int flags = MAP_FIXED_NOREPLACE, fd = -1;
	int64_t at;
	struct run run;

	if (stress->model->mapped > MAPPED_MOST || stress->model->stamped > STAMPED_MOST) {
		operate_unmap(stress);
		return;
	}
	switch (rng_below(&stress->rng, 12)) {
	case 0:
		kind = PAGE_SHARED;
		flags |= MAP_SHARED;
		fd = stress->object;
		break;
	case 1:
		kind = PAGE_FILE;
		flags |= MAP_PRIVATE;
		fd = stress->file;
		break;
	case 2:
		if (stress->can.pools) {
			map_huge(stress);
			return;
		}
		/* fall through */
	default:
		flags |= MAP_PRIVATE | MAP_ANONYMOUS;
	}
	if (fd >= 0) {
		count = 1 + (count - 1) % (OBJECT_PAGES / 2);
		object = (uint32_t)rng_below(&stress->rng, OBJECT_PAGES - count + 1);
	}
	at = place_pick(stress, count);
	run = (struct run){ (uint32_t)at, count };
	if (at < 0)
		return;
	stress_log(stress, "mmap kind %d %" PRIu32 "+%" PRIu32, kind, run.first, count);
	if (mmap(stress_at(run.first), run_bytes(run), PROT_READ | PROT_WRITE, flags, fd,
		 (off_t)(object * PAGE_BYTES)) != stress_at(run.first)) {
		if (errno != ENOMEM)
			stress_fail(stress, "mmap: %s", strerror(errno));
		stress_count(stress, COUNT_NO_MEMORY, 1);
		return;
	}
	model_map(stress->model, run, kind, PROT_READ | PROT_WRITE, 0, object);
	if (kind == PAGE_ANON)
		advise_new(stress, run);
	if (!rng_once_in(&stress->rng, 4))
		write_run(stress, run, 1);
}

void operate_write(struct stress *stress)
{
	static const uint32_t strides[] = { 1, 1, 1, 2, 7, 16, 100 };
	struct run run = stress_part(stress, stress_pick(stress));
	uint32_t stride = strides[rng_below(&stress->rng, sizeof(strides) / sizeof(*strides))];

	stress_log(stress, "write %" PRIu32 "+%" PRIu32 " by %" PRIu32, run.first, run.count,
		   stride);
	if (stress->model->stamped < STAMPED_MOST)
		write_run(stress, run, stride);
}

void operate_unmap(struct stress *stress)
{
	struct run run = stress_part(stress, stress_pick(stress));

	if (!run.count)
		return;
	if (stress->model->pages[run.first].kind == PAGE_HUGE) {
		run.count += run.first % HUGE_PAGES;
		run.first -= run.first % HUGE_PAGES;
		run.count = (run.count + HUGE_PAGES - 1) / HUGE_PAGES * HUGE_PAGES;
	}
	stress_log(stress, "munmap %" PRIu32 "+%" PRIu32, run.first, run.count);
	if (munmap(stress_at(run.first), run_bytes(run)))
		stress_fail(stress, "munmap: %s", strerror(errno));
	model_unmap(stress->model, run);
}

void operate_protect(struct stress *stress)
{
	static const int prots[] = { PROT_READ | PROT_WRITE, PROT_READ | PROT_WRITE, PROT_READ,
				     PROT_NONE };
	struct run run = stress_part(stress, stress_pick(stress));
	int prot = prots[rng_below(&stress->rng, sizeof(prots) / sizeof(*prots))];

	if (!run.count || stress->model->pages[run.first].kind == PAGE_HUGE)
		return;
	stress_log(stress, "mprotect %" PRIu32 "+%" PRIu32 " %d", run.first, run.count, prot);
	if (mprotect(stress_at(run.first), run_bytes(run), prot)) {
		if (errno != ENOMEM)
			stress_fail(stress, "mprotect: %s", strerror(errno));
		/* Some of it may have been done. */
		stress_count(stress, COUNT_NO_MEMORY, 1);
		munmap(stress_at(run.first), run_bytes(run));
		model_unmap(stress->model, run);
		return;
	}
	for (uint32_t i = 0; i < run.count; i++)
		stress->model->pages[run.first + i].prot = (uint8_t)prot;
	if (!(prot & PROT_WRITE))
		model_copied_clean(stress->model, run);
}

/* What it does to a VMA's flags may be done in part when it fails; nothing else of it is remembered. */
static bool advice_is_about_vmas(int advice)
{
	return advice == MADV_HUGEPAGE || advice == MADV_NOHUGEPAGE || advice == MADV_MERGEABLE ||
	       advice == MADV_UNMERGEABLE || advice == MADV_DONTFORK || advice == MADV_DOFORK;
}

/* A thread that reads by pins leaves copies that no model knows of. */
static bool lazily_may_free(const struct stress *stress, struct run run)
{
	bool relatives = holders_any(stress);

	return model_may_free_lazily(stress->model, run, relatives) &&
	       !(relatives && stress->plan->stress.threads);
}

/* What a piece of advice does to a page that it was given for. */
static void advice_took(struct stress *stress, struct run run, int advice)
{
	static const struct {
		int advice;
		uint8_t off, on;
	} marks[] = {
		{ MADV_HUGEPAGE, ADVICE_NOHUGE, ADVICE_HUGE },
		{ MADV_NOHUGEPAGE, ADVICE_HUGE, ADVICE_NOHUGE },
		{ MADV_MERGEABLE, 0, ADVICE_MERGE },
		{ MADV_UNMERGEABLE, ADVICE_MERGE, 0 },
		{ MADV_DONTFORK, 0, ADVICE_NOFORK },
		{ MADV_DOFORK, ADVICE_NOFORK, 0 },
	};

	if (advice == MADV_DONTNEED)
		model_discard(stress->model, run);
	else if (advice == MADV_FREE)
		model_free_lazily(stress->model, run);
	else if (advice == MADV_UNMERGEABLE && model_any_advice(stress->model, run, ADVICE_MERGE))
		model_copied_clean(stress->model, run);
	for (size_t m = 0; m < sizeof(marks) / sizeof(*marks); m++)
		for (uint32_t i = 0; i < run.count && marks[m].advice == advice; i++) {
			struct shadow *page = &stress->model->pages[run.first + i];

			page->advice = (uint8_t)((page->advice & ~marks[m].off) | marks[m].on);
		}
}

void operate_advise(struct stress *stress)
{
	static const int advices[] = {
		MADV_DONTNEED,
		MADV_FREE,
		MADV_PAGEOUT,
		MADV_PAGEOUT,
		MADV_COLD,
		ADVICE_COLLAPSE,
		ADVICE_COLLAPSE,
		MADV_HUGEPAGE,
		MADV_NOHUGEPAGE,
		MADV_MERGEABLE,
		MADV_UNMERGEABLE,
		MADV_DONTFORK,
		MADV_DOFORK,
		ADVICE_POPULATE_READ,
		ADVICE_POPULATE_WRITE,
		MADV_WILLNEED,
	};
	int advice = advices[rng_below(&stress->rng, sizeof(advices) / sizeof(*advices))];
	struct run run = stress_part(stress, stress_pick(stress));
	const struct shadow *page = &stress->model->pages[run.first];

	/* Of hugetlb's pages nothing is taken back: the pool may have no other then. */
	if (!run.count || page->kind == PAGE_HUGE)
		return;
	/* It stops at what is locked, and may have done some. A file's hole would be a signal. */
	if ((advice == MADV_DONTNEED || advice == MADV_FREE) && page->advice & ADVICE_LOCKED)
		return;
	if (advice == MADV_FREE && !lazily_may_free(stress, run))
		return;
	stress_log(stress, "madvise %d %" PRIu32 "+%" PRIu32, advice, run.first, run.count);
	if (madvise(stress_at(run.first), run_bytes(run), advice) == 0)
		advice_took(stress, run, advice);
	else if (advice == MADV_DONTNEED)
		stress_fail(stress, "MADV_DONTNEED: %s", strerror(errno));
	else if ((errno == ENOMEM || errno == EAGAIN) && advice_is_about_vmas(advice))
		for (uint32_t i = 0; i < run.count; i++)
			stress->model->pages[run.first + i].advice |= ADVICE_ODD;
}

void operate_lock(struct stress *stress)
{
	struct run run = stress_part(stress, stress_pick(stress));
	bool lock = rng_once_in(&stress->rng, 2);

	if (!run.count || run.count > 2 * HUGE_PAGES ||
	    stress->model->pages[run.first].kind == PAGE_HUGE)
		return;
	stress_log(stress, "%s %" PRIu32 "+%" PRIu32, lock ? "mlock" : "munlock", run.first,
		   run.count);
	/* A failure may come late: the pages are locked all the same. */
	if (lock ? mlock(stress_at(run.first), run_bytes(run))
		 : munlock(stress_at(run.first), run_bytes(run)))
		lock = true;
	for (uint32_t i = 0; i < run.count; i++) {
		struct shadow *page = &stress->model->pages[run.first + i];

		page->advice = (uint8_t)(lock ? page->advice | ADVICE_LOCKED
					      : page->advice & ~ADVICE_LOCKED);
	}
}
