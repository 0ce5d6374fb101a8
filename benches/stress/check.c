// SPDX-License-Identifier: GPL-2.0-only
/* check: holds the arena against the model: maps, contents, and the reverse map's view of the pages. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/mempolicy.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "benches/families/relocate_pages.h"
#include "benches/stress/stress.h"

enum {
	MAPS_LIMIT = 32 << 20,
	WORD_MIDDLE = 256,
	WORD_LAST = 511,
	REVERSE_PAGES = 64, /* looked at in one check */
	REVERSE_LEAST = 8, /* pages of which reclaim must get some */
	TRIES = 4,
};

void check_page(struct stress *stress, uint32_t at)
{
	const struct shadow *page = &stress->model->pages[at];
	const volatile uint64_t *words = (const volatile uint64_t *)(void *)stress_at(at);
	uint64_t seen[3] = { words[0], words[WORD_MIDDLE], words[WORD_LAST] };

	/* It may go between two of them; then it is gone for good. */
	if (page->state & STATE_LAZY)
		for (size_t i = 0; i < 3; i++)
			seen[i] = words[i == 0 ? 0 : i == 1 ? WORD_MIDDLE : WORD_LAST];
	stress_count(stress, COUNT_CHECKED, 1);
	for (size_t i = 0; i < 3; i++)
		if (!model_allows(page, seen[i]) || seen[i] != seen[0])
			stress_fail(
				stress,
				"page %" PRIu32 " (kind %u, stamp %" PRIu32 ", state %u) holds "
				"0x%" PRIx64 " 0x%" PRIx64 " 0x%" PRIx64 " instead of 0x%" PRIx64,
				at, page->kind, page->stamp, page->state, seen[0], seen[1], seen[2],
				page->stamp ? model_stamp_value(page->stamp)
				: page->kind == PAGE_ANON || page->kind == PAGE_HUGE
					? 0
					: model_object_value(page->object));
	model_seen(stress->model, at, seen[0]);
}

bool check_pagemap(struct stress *stress, struct run run, uint64_t *entries)
{
	off_t from = (off_t)((ARENA_BASE / PAGE_BYTES + run.first) * sizeof(*entries));
	size_t bytes = run.count * sizeof(*entries);

	return stress->pagemap >= 0 &&
	       pread(stress->pagemap, entries, bytes, from) == (ssize_t)bytes;
}

void check_run(struct stress *stress, struct run run, uint32_t most)
{
	const struct model *model = stress->model;
	uint64_t entry;

	for (uint32_t i = 0; i < run.count; i++) {
		uint32_t at = run.first + i;

		if (run.count > most && i && i + 1 < run.count &&
		    rng_below(&stress->doubt, run.count) >= most)
			continue;
		if (!model_readable(&model->pages[at]))
			continue;
		/* What holds nothing is read only where something is there: reading would put it there. */
		if (!model->pages[at].stamp &&
		    (model->pages[at].kind == PAGE_HUGE ||
		     !check_pagemap(stress, (struct run){ at, 1 }, &entry) ||
		     !(entry & (PAGEMAP_PRESENT | PAGEMAP_SWAPPED))))
			continue;
		check_page(stress, at);
	}
}

void check_all(struct stress *stress)
{
	static uint64_t entries[ARENA_PAGES];
	const struct model *model = stress->model;
	bool known = check_pagemap(stress, (struct run){ 0, ARENA_PAGES }, entries);

	for (uint32_t at = 0; at < ARENA_PAGES; at++) {
		const struct shadow *page = &model->pages[at];
		bool there = known && entries[at] & (PAGEMAP_PRESENT | PAGEMAP_SWAPPED);

		if (page->kind == PAGE_FREE && there)
			stress_fail(stress, "page %" PRIu32 " is there, and nothing is mapped", at);
		if (model_readable(page) && (page->stamp || (there && page->kind != PAGE_HUGE)))
			check_page(stress, at);
	}
	check_layout(stress);
}

static bool span_parse(const char *line, struct span *span)
{
	unsigned long long start, end;
	char *after;

	start = strtoull(line, &after, 16);
	if (after == line || *after != '-')
		return false;
	end = strtoull(after + 1, &after, 16);
	if (*after != ' ' || start < ARENA_BASE || start >= ARENA_BASE + ARENA_PAGES * PAGE_BYTES)
		return false;
	span->run.first = (uint32_t)((start - ARENA_BASE) / PAGE_BYTES);
	span->run.count = (uint32_t)((end - start) / PAGE_BYTES);
	span->prot =
		(uint8_t)((after[1] == 'r' ? PROT_READ : 0) | (after[2] == 'w' ? PROT_WRITE : 0));
	return true;
}

void spans_read(struct stress *stress, struct spans *spans)
{
	static struct text maps;
	const char *line;
	int err;

	text_clear(&maps);
	err = file_read("/proc/self/maps", MAPS_LIMIT, &maps);
	if (err || maps.failed)
		stress_fail(stress, "/proc/self/maps: %s", strerror(-err));
	spans->count = 0;
	for (line = text_get(&maps); line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (spans->count < STRESS_SPANS && span_parse(line, &spans->items[spans->count]))
			spans->count++;
	}
}

const struct span *span_of(const struct spans *spans, uint32_t page)
{
	for (size_t i = 0; i < spans->count; i++)
		if (page >= spans->items[i].run.first &&
		    page - spans->items[i].run.first < spans->items[i].run.count)
			return &spans->items[i];
	return NULL;
}

void check_layout(struct stress *stress)
{
	static struct spans spans;
	const struct model *model = stress->model;
	uint32_t mapped = 0;

	spans_read(stress, &spans);
	for (size_t s = 0; s < spans.count; s++) {
		const struct span *span = &spans.items[s];

		for (uint32_t i = 0; i < span->run.count; i++) {
			uint32_t at = span->run.first + i;

			if (at >= ARENA_PAGES || model->pages[at].kind == PAGE_FREE)
				stress_fail(stress, "maps have page %" PRIu32 ", the model has not",
					    at);
			if (model->pages[at].prot != span->prot)
				stress_fail(stress,
					    "maps have page %" PRIu32 " with protection %u, the "
					    "model with %u",
					    at, span->prot, model->pages[at].prot);
		}
		mapped += span->run.count;
	}
	if (mapped != model->mapped)
		stress_fail(stress, "maps have %" PRIu32 " pages, the model %" PRIu32, mapped,
			    model->mapped);
}

/* Of the run's pages: private, stamped, present, mapped once, and nobody holds them. */
static uint32_t pages_free_to_go(struct stress *stress, struct run run, const uint64_t *entries,
				 uint32_t *pages)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < run.count && count < REVERSE_PAGES; i++) {
		const struct shadow *page = &stress->model->pages[run.first + i];

		if (page->kind == PAGE_ANON && page->stamp &&
		    !(page->state & (STATE_LAZY | STATE_PINNED)) &&
		    !(page->advice & (ADVICE_LOCKED | ADVICE_MERGE)) &&
		    entries[i] & PAGEMAP_PRESENT && entries[i] & PAGEMAP_EXCLUSIVE)
			pages[count++] = run.first + i;
	}
	return count;
}

static void reclaim_check(struct stress *stress, struct run run)
{
	static uint64_t entries[ARENA_PAGES];
	uint32_t pages[REVERSE_PAGES], count, gone = 0;

	if (!stress->can.swap || !check_pagemap(stress, run, entries))
		return;
	count = pages_free_to_go(stress, run, entries, pages);
	for (int try = 0; try < TRIES && !gone; try++) {
		if (madvise(stress_at(run.first), run.count * PAGE_BYTES, MADV_PAGEOUT))
			return;
		check_pagemap(stress, run, entries);
		for (uint32_t i = 0; i < count; i++)
			gone += !(entries[pages[i] - run.first] & PAGEMAP_PRESENT);
	}
	stress_count(stress, COUNT_RECLAIMED, gone);
	/* Others may fault pages back in as fast as they go. */
	if (!gone && count >= REVERSE_LEAST && !stress->plan->stress.threads)
		stress_fail(stress,
			    "reclaim gets none of %" PRIu32 " pages from %" PRIu32
			    " on: their reverse map does not find them",
			    count, pages[0]);
}

/* Each to another node of the machine's memory. */
static void migrate_check(struct stress *stress, struct run run)
{
	static uint64_t entries[ARENA_PAGES];
	uint32_t pages[REVERSE_PAGES], count, moved = 0, stuck = 0;
	void *places[REVERSE_PAGES];
	int nodes[REVERSE_PAGES], states[REVERSE_PAGES];

	if (stress->can.nodes < 2 || !check_pagemap(stress, run, entries))
		return;
	count = pages_free_to_go(stress, run, entries, pages);
	for (uint32_t i = 0; i < count; i++)
		places[i] = stress_at(pages[i]);
	if (!count || syscall(SYS_move_pages, 0, count, places, NULL, states, 0))
		return;
	for (uint32_t i = 0; i < count; i++)
		nodes[i] = states[i] == 0;
	for (int try = 0; try < TRIES && !moved; try++) {
		stuck = 0;
		if (syscall(SYS_move_pages, 0, count, places, nodes, states, MPOL_MF_MOVE) < 0)
			return;
		for (uint32_t i = 0; i < count; i++) {
			moved += states[i] == nodes[i];
			stuck += states[i] == -EBUSY || states[i] == -EAGAIN;
		}
	}
	stress_count(stress, COUNT_MIGRATED, moved);
	if (!moved && stuck >= REVERSE_LEAST && !stress->plan->stress.threads)
		stress_fail(stress,
			    "none of %" PRIu32 " pages from %" PRIu32 " on migrates (%d): their "
			    "reverse map does not find them",
			    count, pages[0], states[0]);
}

static void fork_check(struct stress *stress, struct run run)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		stress->depth++;
		model_forked(stress->model);
		stress->pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
		check_run(stress, run, 256);
		_exit(0);
	}
	stress_count(stress, COUNT_FORKS, 1);
	if (child < 0)
		return;
	if (waitpid(child, &status, 0) != child || status)
		stress_fail(stress, "a child forked to look died: status 0x%x", status);
}

void check_reverse(struct stress *stress, struct run run)
{
	switch (rng_below(&stress->doubt, 4)) {
	case 0:
		reclaim_check(stress, run);
		break;
	case 1:
		migrate_check(stress, run);
		break;
	case 2:
		fork_check(stress, run);
		break;
	default:
		return;
	}
	check_run(stress, run, 256);
}
