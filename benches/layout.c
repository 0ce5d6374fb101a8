// SPDX-License-Identifier: GPL-2.0-only
/* layout: reads /proc/self/maps. */
#include "benches/layout.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "benches/bench.h"
#include "benches/fixture.h"

enum { MAPS_LIMIT = 32 << 20 };

struct line {
	unsigned long long start, end;
	const char *text;
	size_t length; /* with its newline */
};

/* The next line of maps at *at, which moves on; false at the end. (sscanf() would measure all the rest.) */
static bool line_next(const char **at, struct line *line)
{
	const char *end;
	char *after;

	while (*at && **at) {
		line->text = *at;
		end = strchr(*at, '\n');
		line->length = end ? (size_t)(end + 1 - *at) : strlen(*at);
		*at += line->length;
		line->start = strtoull(line->text, &after, 16);
		if (after == line->text || *after != '-')
			continue;
		line->end = strtoull(after + 1, &after, 16);
		if (*after == ' ')
			return true;
	}
	return false;
}

static int maps_read(struct text *maps, char *reason)
{
	int err = file_read("/proc/self/maps", MAPS_LIMIT, maps);

	return err ? reason_set(reason, err, "/proc/self/maps: %s", strerror(-err)) : 0;
}

bool layout_in_windows(uint64_t address)
{
	return (address >= WINDOW_SOURCE && address < WINDOW_SOURCE + WINDOW_BYTES) ||
	       (address >= WINDOW_DESTINATION && address < WINDOW_DESTINATION + WINDOW_BYTES) ||
	       (address >= WINDOW_WIDE_SOURCE &&
		address < WINDOW_WIDE_SOURCE + WINDOW_WIDE_BYTES) ||
	       (address >= WINDOW_WIDE_DESTINATION &&
		address < WINDOW_WIDE_DESTINATION + WINDOW_WIDE_BYTES);
}

int layout_matches(const char *maps, const struct extent *want, size_t count, char *reason)
{
	struct line line;
	size_t seen = 0;
	int err = 0;

	while (!err && line_next(&maps, &line)) {
		if (!layout_in_windows(line.start))
			continue;
		if (seen >= count || want[seen].start != line.start || want[seen].end != line.end)
			err = reason_set(reason, -EPROTO, "a VMA at 0x%llx-0x%llx is not expected",
					 line.start, line.end);
		seen++;
	}
	if (!err && seen != count)
		err = reason_set(reason, -EPROTO, "%zu VMAs instead of %zu", seen, count);
	return err;
}

int proof_layout(const struct extent *want, size_t count, char *reason)
{
	struct text maps = { 0 };
	int err = maps_read(&maps, reason);

	if (!err)
		err = layout_matches(text_get(&maps), want, count, reason);
	text_free(&maps);
	return err;
}

uint64_t layout_count(uint64_t start, uint64_t end)
{
	char reason[REASON_SIZE];
	struct text maps = { 0 };
	struct line line;
	const char *at;
	uint64_t count = 0;

	if (maps_read(&maps, reason)) {
		text_free(&maps);
		return UINT64_MAX;
	}
	at = text_get(&maps);
	while (line_next(&at, &line))
		count += line.start < end && line.end > start;
	text_free(&maps);
	return count;
}

uint64_t layout_count_all(void)
{
	return layout_count(0, INT64_MAX); /* the vsyscall page above is in maps, but no VMA */
}

int layout_take(struct text *text, char *reason)
{
	struct text maps = { 0 };
	struct line line;
	const char *at;
	int err = maps_read(&maps, reason);

	text_clear(text);
	at = err ? NULL : text_get(&maps);
	while (!err && line_next(&at, &line))
		if (line.start >= WINDOW_BASE && line.start < WINDOW_END)
			text_addf(text, "%.*s", (int)line.length, line.text);
	text_free(&maps);
	if (!err && text->failed)
		err = reason_set(reason, -ENOMEM, "no memory for the maps");
	return err;
}

int layout_compare(const char *before, const char *now, char *reason)
{
	struct line old_line = { 0 }, new_line = { 0 };
	bool old_more, new_more;

	for (;;) {
		old_more = line_next(&before, &old_line);
		new_more = line_next(&now, &new_line);
		if (!old_more && !new_more)
			return 0;
		if (old_more && new_more && old_line.length == new_line.length &&
		    memcmp(old_line.text, new_line.text, old_line.length) == 0)
			continue;
		return old_more ? reason_set(reason, -EPROTO, "maps changed at: %.*s",
					     (int)strcspn(old_line.text, "\n"), old_line.text)
				: reason_set(reason, -EPROTO, "maps have more: %.*s",
					     (int)strcspn(new_line.text, "\n"), new_line.text);
	}
}

int layout_same(const struct text *before, char *reason)
{
	struct text now = { 0 };
	int err = layout_take(&now, reason);

	if (!err)
		err = layout_compare(before->len ? before->data : "", text_get(&now), reason);
	text_free(&now);
	return err;
}
