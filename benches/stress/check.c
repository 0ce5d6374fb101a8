// SPDX-License-Identifier: GPL-2.0-only
/* check: holds the arena against the model: maps, contents, and the reverse map's view of the pages. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/mempolicy.h>
#include <stdio.h>
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

/* The lines of smaps about the page's VMA that tell how it came to be as it is, in one. */
static void page_describe(uint32_t at, char *out, size_t room)
{
	static const char *const wanted[] = { "Rss:",  "Anonymous:", "AnonHuge",
					      "Swap:", "KSM:",	     "VmFlags:" };
	FILE *smaps = fopen("/proc/self/smaps", "re");
	char line[512];
	bool here = false;
	size_t used = 0;

	out[0] = '\0';
	while (smaps && fgets(line, sizeof(line), smaps)) {
		unsigned long long start, end;

		line[strcspn(line, "\n")] = '\0';
		if (sscanf(line, "%llx-%llx ", &start, &end) == 2)
			here = (uintptr_t)stress_at(at) >= start && (uintptr_t)stress_at(at) < end;
		else
			for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
				if (here && strncmp(line, wanted[i], strlen(wanted[i])) == 0 &&
				    used + strlen(line) + 2 < room)
					used += (size_t)snprintf(out + used, room - used, " %s",
								 line);
		if (here && strchr(line, '-') && used + 64 < room && line[0] != 'V')
			used += (size_t)snprintf(out + used, room - used, " %.40s", line);
	}
	if (smaps)
		fclose(smaps);
}

/* entry: pagemap's, from before it was read; 0 where that isn't known. */
static void page_wrong(struct stress *stress, uint32_t at, const uint64_t *seen, uint64_t entry)
{
	const struct shadow *page = &stress->model->pages[at];
	uint64_t wanted = page->stamp ? model_stamp_value(page->stamp) : 0;
	char about[400];

	if (!page->stamp && (page->kind == PAGE_FILE || page->kind == PAGE_SHARED))
		wanted = model_object_value(page->object);
	page_describe(at, about, sizeof(about));
	__atomic_store_n(&stress->shared->page, at, __ATOMIC_SEQ_CST);
	stress_fail(stress,
		    "page %" PRIu32 " (kind %u, stamp %" PRIu32 ", state %u, pagemap 0x%" PRIx64
		    ") holds 0x%" PRIx64 " 0x%" PRIx64 " 0x%" PRIx64 " instead of 0x%" PRIx64 ";%s",
		    at, page->kind, page->stamp, page->state, entry, seen[0], seen[1], seen[2],
		    wanted, about);
}

static void page_look(uint32_t at, int looks, uint64_t *seen)
{
	static const size_t places[] = { 0, WORD_MIDDLE, WORD_LAST };
	const volatile uint64_t *words = (const volatile uint64_t *)(void *)stress_at(at);

	/* What is lazy may go between two of them; then it is gone for good. */
	for (int look = 0; look < looks; look++)
		for (size_t i = 0; i < 3; i++)
			seen[i] = words[places[i]];
}

void check_page(struct stress *stress, uint32_t at, uint64_t entry)
{
	const struct shadow *page = &stress->model->pages[at];
	uint64_t seen[3];

	page_look(at, page->state & STATE_LAZY ? 2 : 1, seen);
	stress_count(stress, COUNT_CHECKED, 1);
	for (size_t i = 0; i < 3; i++)
		if (!model_allows(page, seen[i]) || seen[i] != seen[0])
			page_wrong(stress, at, seen, entry);
	model_seen(stress->model, at, seen[0]);
}

void check_parent(struct stress *stress)
{
	uint32_t at = __atomic_load_n(&stress->shared->page, __ATOMIC_SEQ_CST);
	uint64_t seen[3] = { 0 };

	if (!at || stress->model->pages[at].kind == PAGE_FREE ||
	    !model_readable(&stress->model->pages[at]))
		return;
	page_look(at, 1, seen);
	snprintf(stress->shared->parent, sizeof(stress->shared->parent),
		 "its parent (depth %d, operation %" PRIu64 ") has there 0x%" PRIx64
		 ", by its model stamp %" PRIu32 ", state %u",
		 stress->depth, stress->number, seen[0], stress->model->pages[at].stamp,
		 stress->model->pages[at].state);
}

bool check_pagemap(struct stress *stress, struct run run, uint64_t *entries)
{
	off_t from = (off_t)((ARENA_BASE / PAGE_BYTES + run.first) * sizeof(*entries));
	size_t bytes = run.count * sizeof(*entries);

	return stress->pagemap >= 0 &&
	       pread(stress->pagemap, entries, bytes, from) == (ssize_t)bytes;
}

/* What must be there is there, before anything touches it. */
static void check_there(struct stress *stress, uint32_t at, uint64_t entry)
{
	const struct shadow *page = &stress->model->pages[at];
	static const uint64_t nothing[3];

	if (page->kind == PAGE_ANON && page->stamp && !(page->state & STATE_LAZY) &&
	    !(entry & (PAGEMAP_PRESENT | PAGEMAP_SWAPPED)))
		page_wrong(stress, at, nothing, entry);
}

static void check_one(struct stress *stress, uint32_t at, bool known, uint64_t entry)
{
	const struct shadow *page = &stress->model->pages[at];
	bool there = known && entry & (PAGEMAP_PRESENT | PAGEMAP_SWAPPED);

	if (known)
		check_there(stress, at, entry);
	/* What holds nothing is read only where something is there: reading would put it there. */
	if (model_readable(page) && (page->stamp || (there && page->kind != PAGE_HUGE)))
		check_page(stress, at, entry);
}

void check_run(struct stress *stress, struct run run, uint32_t most)
{
	static uint64_t entries[ARENA_PAGES];
	bool known = run.count <= ARENA_PAGES && check_pagemap(stress, run, entries);

	for (uint32_t i = 0; i < run.count; i++)
		if (run.count <= most || !i || i + 1 == run.count ||
		    rng_below(&stress->doubt, run.count) < most)
			check_one(stress, run.first + i, known, known ? entries[i] : 0);
}

void check_all(struct stress *stress)
{
	static uint64_t entries[ARENA_PAGES];
	const struct model *model = stress->model;
	bool known = check_pagemap(stress, (struct run){ 0, ARENA_PAGES }, entries);

	for (uint32_t at = 0; at < ARENA_PAGES; at++) {
		const struct shadow *page = &model->pages[at];

		if (page->kind == PAGE_FREE && known &&
		    entries[at] & (PAGEMAP_PRESENT | PAGEMAP_SWAPPED))
			stress_fail(stress, "page %" PRIu32 " is there, and nothing is mapped", at);
		check_one(stress, at, known, known ? entries[at] : 0);
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
		    entries[i] & PAGEMAP_PRESENT && entries[i] & PAGEMAP_EXCLUSIVE &&
		    !holders_pin_near(stress, entries[i]))
			pages[count++] = run.first + i;
	}
	return count;
}

/*
 * Would it be a failure if none of them went? Others may fault pages back in as fast as they go; and
 * of a large folio a relative may map other pages, which keeps MADV_PAGEOUT and move_pages() from all
 * of it (madvise_cold_or_pageout_pte_range(), __add_folio_for_migration(), 7.3).
 */
static bool pages_must_go(const struct stress *stress, uint32_t count)
{
	return count >= REVERSE_LEAST && !stress->plan->stress.threads && !holders_any(stress);
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
	if (!gone && pages_must_go(stress, count))
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
	if (!moved && pages_must_go(stress, stuck))
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
