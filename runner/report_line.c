// SPDX-License-Identifier: GPL-2.0-only
/* report_line: a report's fields, numbers and free text, and the memory they may take. */
#include "runner/report_line.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

char *line_field(struct line *line)
{
	char *field = line->rest, *space;

	if (!field)
		return NULL;
	space = strchr(field, ' ');
	if (space)
		*space++ = '\0';
	line->rest = space;
	return *field ? field : NULL;
}

int line_name(struct line *line, const char *what, char *out, size_t room)
{
	const char *field = line_field(line);

	if (!field)
		return line_refuse(line, "no %s", what);
	if (strlen(field) >= room)
		return line_refuse(line, "the %s is longer than %zu bytes: %.80s", what, room - 1,
				   field);
	memcpy(out, field, strlen(field) + 1);
	return 0;
}

int line_number(struct line *line, const char *what, uint64_t *number)
{
	const char *field = line_field(line);

	if (!field)
		return line_refuse(line, "no %s", what);
	if (number_parse(field, number))
		return line_refuse(line, "the %s is no 64-bit number: %.80s", what, field);
	return 0;
}

void line_text(struct line *line, char *out, size_t room)
{
	const char *text = line->rest ? line->rest : "";
	size_t len = strlen(text);

	line->rest = NULL;
	if (len < room) {
		memcpy(out, text, len + 1);
		return;
	}
	memcpy(out, text, room - 4);
	memcpy(out + room - 4, "...", 4);
}

int line_reason(struct line *line, char *out, size_t room)
{
	line_text(line, out, room);
	return *out ? 0 : line_refuse(line, "no reason");
}

int line_done(struct line *line)
{
	return line->rest ? line_refuse(line, "more fields than it has: %.80s", line->rest) : 0;
}

int line_charge(struct line *line, size_t bytes)
{
	if (bytes > REPORT_BYTES - line->report->bytes)
		return line_refuse(line, "the report holds more than %d MiB", REPORT_BYTES >> 20);
	line->report->bytes += bytes;
	return 0;
}

void *line_grow(struct line *line, void *items, size_t count, size_t size)
{
	void *grown;

	if (count && (count < 8 || (count & (count - 1))))
		return items;
	grown = reallocarray(items, count ? 2 * count : 8, size);
	if (!grown)
		fault_set(line->fault, -ENOMEM, "no memory");
	return grown;
}
