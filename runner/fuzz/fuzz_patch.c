// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzz target: any bytes as a patch's text, as lines of a quilt series, as a subject, as an archive's
 * names. What was taken of a diff must be all that is taken of that.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runner/patch_diff.h"
#include "runner/patch_list.h"
#include "runner/source_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

static void diff_try(const char *bytes, size_t count)
{
	struct text diff = { 0 }, again = { 0 };
	struct fault fault = { 0 };
	size_t hunk, hunks, len;
	const char *at;
	int err = patch_diff_take(bytes, count, &diff, &fault);

	if (err && err != -ENODATA && !fault.text[0])
		abort();
	if (!err) {
		if (patch_diff_take(diff.data, diff.len, &again, &fault) || again.len != diff.len ||
		    memcmp(again.data, diff.data, diff.len) != 0)
			abort();
		for (unsigned int level = 0; level < 4; level++)
			if (patch_diff_hunk(diff.data, level, "mm/mremap.c", 1, &hunk, &hunks) &&
			    (!hunk || hunk > hunks))
				abort();
		at = diff.data;
		while (patch_diff_origin(&at, &len))
			if (memchr(diff.data, '\0', diff.len))
				abort();
	}
	text_free(&diff);
	text_free(&again);
}

static void series_try(const char *bytes, size_t count)
{
	const char *end = bytes + count;

	for (const char *line = bytes, *stop; line < end; line = stop + 1) {
		struct quilt_line what;
		struct fault fault = { 0 };

		stop = memchr(line, '\n', (size_t)(end - line));
		stop = stop ? stop : end;
		if (quilt_line_parse(line, (size_t)(stop - line), &what, &fault)) {
			if (!fault.text[0])
				abort();
		} else if (what.name[0] == '/' || what.level >= PATCH_LEVELS) {
			abort();
		}
	}
}

static void words_try(const char *string)
{
	struct patch_number number;
	struct fault fault = { 0 };
	char name[256];

	patch_subject_replies(string);
	if (patch_subject_read(string, &number) < string || number.number > number.of)
		abort();
	if (!source_name_clean(string, name, sizeof(name), &fault) &&
	    (name[0] == '/' || strstr(name, "//") || !strncmp(name, "../", 3)))
		abort();
	source_link_inside("a/b/c", string);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	char *string = malloc(count + 1);

	if (!string)
		abort();
	memcpy(string, bytes, count);
	string[count] = '\0';
	patch_mail_is(string, count);
	diff_try(string, count);
	series_try(string, count);
	words_try(string);
	free(string);
	return 0;
}
