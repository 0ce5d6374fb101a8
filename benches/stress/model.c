// SPDX-License-Identifier: GPL-2.0-only
/* model: the shadow of the arena, and how each operation changes it. */
#include "benches/stress/model.h"

#include <string.h>
#include <sys/mman.h>

#include "benches/stress/rng.h"

static const struct shadow nothing;

uint64_t model_stamp_value(uint32_t stamp)
{
	return rng_mix(stamp) | 1;
}

uint64_t model_object_value(uint32_t object)
{
	return rng_mix(object + (0x0b7ec7ull << 32)) | 1;
}

bool model_allows(const struct shadow *page, uint64_t value)
{
	if (page->kind == PAGE_SHARED)
		return value == 0 || value == model_object_value(page->object);
	if (page->stamp && value == model_stamp_value(page->stamp))
		return true;
	if (page->stamp && !(page->state & STATE_LAZY))
		return false;
	return value == (page->kind == PAGE_FILE ? model_object_value(page->object) : 0);
}

bool model_readable(const struct shadow *page)
{
	bool inside = page->kind == PAGE_ANON || page->kind == PAGE_HUGE ||
		      page->object < OBJECT_PAGES;

	return page->kind != PAGE_FREE && page->prot & PROT_READ && inside;
}

static void page_set(struct model *model, uint32_t at, const struct shadow *to)
{
	struct shadow *page = &model->pages[at];

	model->mapped += (to->kind != PAGE_FREE) - (page->kind != PAGE_FREE);
	model->stamped += (to->stamp != 0) - (page->stamp != 0);
	*page = *to;
}

void model_map(struct model *model, struct run run, enum page_kind kind, uint8_t prot,
	       uint8_t advice, uint32_t object)
{
	for (uint32_t i = 0; i < run.count; i++) {
		struct shadow page = { .index = run.first + i,
				       .kind = (uint8_t)kind,
				       .prot = prot,
				       .advice = advice };

		if (kind == PAGE_FILE || kind == PAGE_SHARED)
			page.object = object + i;
		page_set(model, run.first + i, &page);
	}
}

void model_unmap(struct model *model, struct run run)
{
	for (uint32_t i = 0; i < run.count; i++)
		page_set(model, run.first + i, &nothing);
}

void model_write(struct model *model, uint32_t at, uint32_t stamp)
{
	struct shadow page = model->pages[at];

	page.state = (uint8_t)((page.state & ~(STATE_LAZY | STATE_CLEAN)) | STATE_FAULTED);
	if (page.kind != PAGE_SHARED)
		page.stamp = stamp;
	page_set(model, at, &page);
}

void model_discard(struct model *model, struct run run)
{
	for (uint32_t i = 0; i < run.count; i++) {
		struct shadow page = model->pages[run.first + i];

		if (page.kind == PAGE_FREE || page.advice & ADVICE_LOCKED)
			continue;
		page.stamp = 0;
		page.state &= STATE_FAULTED;
		page_set(model, run.first + i, &page);
	}
}

bool model_may_free_lazily(const struct model *model, struct run run, bool relatives)
{
	if (model_any_advice(model, run, ADVICE_MERGE | ADVICE_ODD))
		return false;
	return !relatives || !model_any_state(model, run, STATE_CLEAN);
}

void model_copied_clean(struct model *model, struct run run)
{
	for (uint32_t i = 0; i < run.count && run.first + i < ARENA_PAGES; i++)
		if (model->pages[run.first + i].kind == PAGE_ANON)
			model->pages[run.first + i].state |= STATE_CLEAN;
}

void model_free_lazily(struct model *model, struct run run)
{
	for (uint32_t i = 0; i < run.count; i++) {
		struct shadow *page = &model->pages[run.first + i];

		if (page->kind == PAGE_ANON && page->stamp)
			page->state = (uint8_t)((page->state | STATE_LAZY) & ~STATE_PINNED);
	}
}

void model_seen(struct model *model, uint32_t at, uint64_t value)
{
	struct shadow page = model->pages[at];

	if (value || !(page.state & STATE_LAZY))
		return;
	page.stamp = 0;
	page.state &= STATE_FAULTED;
	page_set(model, at, &page);
}

/*
 * The index of a page that was moved: what was faulted in keeps it. Of a VMA without an anon_vma all get
 * that of the new place (copy_vma()), but which VMAs have none is not known.
 */
static void move_indexes(struct run run, struct shadow *pages)
{
	for (uint32_t i = 0; i < run.count; i++)
		if (!(pages[i].state & STATE_FAULTED))
			pages[i].index = INDEX_UNKNOWN;
}

void model_move(struct model *model, struct run run, uint32_t to, uint32_t count, bool kept)
{
	static struct shadow moved[ARENA_PAGES];
	struct shadow page;

	memcpy(moved, &model->pages[run.first], run.count * sizeof(*moved));
	move_indexes(run, moved);
	for (uint32_t i = 0; i < run.count; i++) {
		page = kept ? model->pages[run.first + i] : nothing;
		page.stamp = 0;
		page.state = 0;
		page.advice &= (uint8_t)~ADVICE_LOCKED; /* dontunmap_complete() */
		page_set(model, run.first + i, &page);
	}
	for (uint32_t i = 0; i < count; i++) {
		uint32_t from = i < run.count ? i : run.count - 1;

		page = moved[from];
		/* Without UFFD_FEATURE_EVENT_REMAP a userfaultfd doesn't follow. */
		page.advice &= (uint8_t)~ADVICE_WATCHED;
		if (i >= run.count) { /* new, at the end */
			page.stamp = 0;
			page.state = 0;
			page.index = page.index == INDEX_UNKNOWN ? INDEX_UNKNOWN
								 : page.index + (i - from);
			page.object += i - from;
		}
		page_set(model, to + i, &page);
	}
}

void model_resize(struct model *model, struct run run, uint32_t count)
{
	struct shadow page = model->pages[run.first + run.count - 1];

	if (count <= run.count) {
		model_unmap(model, (struct run){ run.first + count, run.count - count });
		return;
	}
	page.stamp = 0;
	page.state = 0;
	for (uint32_t i = run.count; i < count; i++) {
		page.index = page.index == INDEX_UNKNOWN ? INDEX_UNKNOWN : page.index + 1;
		page.object++;
		page_set(model, run.first + i, &page);
	}
}

void model_relocated(struct model *model, struct run run)
{
	for (uint32_t i = 0; i < run.count; i++)
		model->pages[run.first + i].index = run.first + i;
}

static bool page_alike(const struct shadow *a, const struct shadow *b)
{
	return a->kind == b->kind && a->prot == b->prot && a->advice == b->advice;
}

struct run model_run(const struct model *model, uint32_t at, uint32_t limit)
{
	const struct shadow *page = &model->pages[at];
	uint32_t first = at, end = at + 1;

	while (first > 0 && at - first < limit && page_alike(page, &model->pages[first - 1]))
		first--;
	while (end < ARENA_PAGES && end - at < limit && page_alike(page, &model->pages[end]))
		end++;
	return (struct run){ first, end - first };
}

bool model_all(const struct model *model, struct run run, enum page_kind kind)
{
	for (uint32_t i = 0; i < run.count; i++)
		if (model->pages[run.first + i].kind != kind)
			return false;
	return true;
}

bool model_is_free(const struct model *model, struct run run)
{
	return run.first < ARENA_PAGES && run.count <= ARENA_PAGES - run.first &&
	       model_all(model, run, PAGE_FREE);
}

bool model_any_state(const struct model *model, struct run run, uint8_t state)
{
	for (uint32_t i = 0; i < run.count; i++)
		if (model->pages[run.first + i].state & state)
			return true;
	return false;
}

bool model_any_advice(const struct model *model, struct run run, uint8_t advice)
{
	for (uint32_t i = 0; i < run.count; i++)
		if (model->pages[run.first + i].advice & advice)
			return true;
	return false;
}

int64_t model_find_free(const struct model *model, uint32_t count, uint32_t from, uint32_t align,
			uint32_t offset)
{
	uint32_t places = ARENA_PAGES / align, first = from / align;

	for (uint32_t i = 0; i < places; i++) {
		uint32_t at = (first + i) % places * align + offset;

		if (model_is_free(model, (struct run){ at, count }))
			return at;
	}
	return -1;
}

void model_forked(struct model *model)
{
	for (uint32_t at = 0; at < ARENA_PAGES; at++) {
		struct shadow *page = &model->pages[at];

		if (page->advice & ADVICE_NOFORK)
			model_unmap(model, (struct run){ at, 1 });
		page->state &= (uint8_t)~STATE_PINNED;
		/* VM_LOCKED is not inherited, nor is a userfaultfd without EVENT_FORK. */
		page->advice &= (uint8_t) ~(ADVICE_LOCKED | ADVICE_WATCHED);
	}
}
