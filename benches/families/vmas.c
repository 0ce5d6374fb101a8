// SPDX-License-Identifier: GPL-2.0-only
/* vmas: reads maps into a list, and computes on it. */
#include "benches/families/vmas.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/text.h"
#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/layout.h"

/* FNV-1a. */
static uint64_t line_hash(const char *at, size_t length)
{
	uint64_t hash = 0xcbf29ce484222325ull;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)at[i]) * 0x100000001b3ull;
	return hash;
}

int vmas_read(struct vma *vmas, size_t room, size_t *count, char *reason)
{
	struct text maps = { 0 };
	int err = layout_take(&maps, reason);
	const char *at = text_get(&maps);

	*count = 0;
	while (!err && *at) {
		size_t length = strcspn(at, "\n");
		char *end;
		struct vma vma;

		vma.start = strtoull(at, &end, 16);
		vma.end = strtoull(end + (*end == '-'), &end, 16);
		if (layout_in_windows(vma.start) && *count == room) {
			err = reason_set(reason, -E2BIG, "more than %zu VMAs", room);
		} else if (layout_in_windows(vma.start)) {
			vma.rest = line_hash(end, length - (size_t)(end - at));
			vmas[(*count)++] = vma;
		}
		at += length + (at[length] == '\n');
	}
	text_free(&maps);
	return err;
}

static int vma_compare(const void *left, const void *right)
{
	const struct vma *a = left, *b = right;

	return a->start < b->start ? -1 : a->start > b->start;
}

void vmas_shift(struct vma *vmas, size_t count, uint64_t start, uint64_t end, uint64_t by)
{
	for (size_t i = 0; i < count; i++)
		if (vmas[i].start >= start && vmas[i].end <= end) {
			vmas[i].start += by;
			vmas[i].end += by;
		}
	qsort(vmas, count, sizeof(*vmas), vma_compare);
}

size_t vmas_drop(struct vma *vmas, size_t count, uint64_t start, uint64_t end)
{
	size_t left = 0;

	for (size_t i = 0; i < count; i++)
		if (vmas[i].start < start || vmas[i].end > end)
			vmas[left++] = vmas[i];
	return left;
}

int vmas_same(const struct vma *want, size_t want_count, const struct vma *got, size_t got_count,
	      char *reason)
{
	size_t count = want_count < got_count ? want_count : got_count;

	for (size_t i = 0; i < count; i++)
		if (want[i].start != got[i].start || want[i].end != got[i].end)
			return reason_set(reason, -EPROTO,
					  "a VMA is at 0x%" PRIx64 "-0x%" PRIx64
					  " instead of 0x%" PRIx64 "-0x%" PRIx64,
					  got[i].start, got[i].end, want[i].start, want[i].end);
		else if (want[i].rest != got[i].rest)
			return reason_set(reason, -EPROTO,
					  "the VMA at 0x%" PRIx64 " has other permissions or file",
					  got[i].start);
	if (want_count != got_count)
		return reason_set(reason, -EPROTO, "%zu VMAs instead of %zu", got_count,
				  want_count);
	return 0;
}

int vmas_proof(const struct vma *want, size_t count, char *reason)
{
	size_t got_count = 0, room = count + 8; /* the first of those too many is told */
	struct vma *got = calloc(room, sizeof(*got));
	int err;

	if (!got)
		return reason_set(reason, -ENOMEM, "no memory for the VMAs");
	err = vmas_read(got, room, &got_count, reason);
	if (!err)
		err = vmas_same(want, count, got, got_count, reason);
	free(got);
	return err;
}

int windows_clear(char *reason)
{
	static const uint64_t windows[] = { WINDOW_SOURCE, WINDOW_DESTINATION };

	for (size_t i = 0; i < sizeof(windows) / sizeof(windows[0]); i++)
		if (munmap((void *)(uintptr_t)windows[i], WINDOW_BYTES))
			return reason_set(reason, -errno, "munmap: %s", strerror(errno));
	return 0;
}
