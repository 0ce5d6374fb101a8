// SPDX-License-Identifier: GPL-2.0-only
/* text: the growable string, numbers and sizes as people write them, and glob matching. */
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for count bytes more and the NUL. */
static bool text_grow(struct text *text, size_t count)
{
	size_t room = text->room ? text->room : 64;
	char *data;

	if (text->failed)
		return false;
	if (count < text->room - text->len) /* room is 0 only with len 0 */
		return true;
	if (count > SIZE_MAX / 4 || text->len > SIZE_MAX / 4) {
		text->failed = true;
		return false;
	}
	while (room <= text->len + count)
		room *= 2;
	data = realloc(text->data, room);
	if (!data) {
		text->failed = true;
		return false;
	}
	text->data = data;
	text->room = room;
	return true;
}

void text_add_bytes(struct text *text, const void *bytes, size_t count)
{
	if (!text_grow(text, count))
		return;
	if (count)
		memcpy(text->data + text->len, bytes, count);
	text->len += count;
	text->data[text->len] = '\0';
}

void text_add(struct text *text, const char *string)
{
	text_add_bytes(text, string, strlen(string));
}

void text_addv(struct text *text, const char *fmt, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0) {
		text->failed = true;
		return;
	}
	if (!text_grow(text, (size_t)len))
		return;
	vsnprintf(text->data + text->len, (size_t)len + 1, fmt, args);
	text->len += (size_t)len;
}

void text_addf(struct text *text, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	text_addv(text, fmt, args);
	va_end(args);
}

void text_clear(struct text *text)
{
	text->len = 0;
	text->failed = false;
	if (text->data)
		text->data[0] = '\0';
}

void text_free(struct text *text)
{
	free(text->data);
	*text = (struct text){ 0 };
}

const char *text_get(const struct text *text)
{
	return text->data ? text->data : "";
}

void text_keep_tail(struct text *text, size_t keep)
{
	if (text->len <= keep)
		return;
	memmove(text->data, text->data + text->len - keep, keep);
	text->len = keep;
	text->data[keep] = '\0';
}

/* The digits that string begins with; *end is what follows them. */
static int digits_parse(const char *string, uint64_t *number, const char **end)
{
	uint64_t sum = 0;

	if (*string < '0' || *string > '9')
		return -EINVAL;
	for (; *string >= '0' && *string <= '9'; string++)
		if (__builtin_mul_overflow(sum, (uint64_t)10, &sum) ||
		    __builtin_add_overflow(sum, (uint64_t)(*string - '0'), &sum))
			return -ERANGE;
	*number = sum;
	*end = string;
	return 0;
}

int number_parse(const char *string, uint64_t *number)
{
	const char *end;
	uint64_t found;
	int err = digits_parse(string, &found, &end);

	if (err)
		return err;
	if (*end)
		return -EINVAL;
	*number = found;
	return 0;
}

static const char size_units[] = "KMGTPE";

int size_parse(const char *string, uint64_t *bytes)
{
	const char *end, *unit;
	uint64_t found;
	unsigned int shift;
	int err = digits_parse(string, &found, &end);

	if (err)
		return err;
	if (*end) {
		unit = strchr(size_units, *end);
		if (!unit || end[1])
			return -EINVAL;
		shift = 10 * (unsigned int)(unit - size_units + 1);
		if (found > UINT64_MAX >> shift)
			return -ERANGE;
		found <<= shift;
	}
	*bytes = found;
	return 0;
}

char *size_format(uint64_t bytes, char *out, size_t room)
{
	const char *unit = size_units;

	if (!bytes || bytes % 1024) {
		snprintf(out, room, "%llu", (unsigned long long)bytes);
		return out;
	}
	for (bytes /= 1024; bytes % 1024 == 0 && unit[1]; bytes /= 1024)
		unit++;
	snprintf(out, room, "%llu%c", (unsigned long long)bytes, *unit);
	return out;
}

char *count_format(uint64_t count, char *out, size_t room)
{
	char digits[32];
	int len = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)count);
	size_t at = 0;

	if (!room)
		return out;
	for (int i = 0; i < len && at + 1 < room; i++) {
		if (i && (len - i) % 3 == 0)
			out[at++] = ',';
		if (at + 1 < room)
			out[at++] = digits[i];
	}
	out[at] = '\0';
	return out;
}

/*
 * Only the last star is ever gone back to: an earlier one could only match more of what the later
 * one matches as well. So the work is bounded by the product of the two lengths.
 */
bool glob_match(const char *pattern, const char *string)
{
	const char *star = NULL, *mark = NULL;

	if (strnlen(pattern, 513) > 512 || strnlen(string, 513) > 512)
		return false;
	while (*string) {
		if (*pattern == '*') {
			star = pattern++;
			mark = string;
		} else if (*pattern == '?' || *pattern == *string) {
			pattern++;
			string++;
		} else if (star) {
			pattern = star + 1;
			string = ++mark;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}
