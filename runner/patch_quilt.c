// SPDX-License-Identifier: GPL-2.0-only
/* patch_quilt: a line of quilt's series file: a name below its folder, and how much to strip. */
#include <errno.h>
#include <string.h>

#include "runner/patch_list.h"

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The next word in [*at, end), which is moved behind it; false at the end or at a comment. */
static bool word_take(const char **at, const char *end, const char **word, size_t *len)
{
	while (*at < end && blank(**at))
		(*at)++;
	if (*at == end || **at == '#')
		return false;
	*word = *at;
	while (*at < end && !blank(**at))
		(*at)++;
	*len = (size_t)(*at - *word);
	return true;
}

/* Below the series' folder: no part of it is "..", and it isn't absolute. */
static bool name_below(const char *name)
{
	if (*name == '/')
		return false;
	for (const char *part = name; part; part = strchr(part, '/')) {
		part += *part == '/';
		if (!strncmp(part, "..", 2) && (part[2] == '/' || !part[2]))
			return false;
	}
	return true;
}

static bool level_parse(const char *word, size_t len, unsigned int *level)
{
	if (len == 4 && !memcmp(word, "-pab", 4)) { /* quilt's word for a/ and b/ */
		*level = 1;
		return true;
	}
	if (len < 3 || len > 4 || word[0] != '-' || word[1] != 'p')
		return false;
	*level = 0;
	for (size_t i = 2; i < len; i++) {
		if (word[i] < '0' || word[i] > '9')
			return false;
		*level = *level * 10 + (unsigned int)(word[i] - '0');
	}
	return *level < PATCH_LEVELS;
}

int quilt_line_parse(const char *line, size_t len, struct quilt_line *out, struct fault *fault)
{
	const char *at = line, *end = line + len, *word;
	size_t count;

	*out = (struct quilt_line){ .level = 1 };
	if (memchr(line, '\0', len))
		return fault_set(fault, -EPROTO, "it holds a NUL byte");
	if (!word_take(&at, end, &word, &count))
		return 0;
	if (count >= sizeof(out->name))
		return fault_set(fault, -EPROTO, "a name is too long: %.*s...", 80, word);
	memcpy(out->name, word, count);
	out->name[count] = '\0';
	if (!name_below(out->name))
		return fault_set(fault, -EPROTO, "%s lies outside its folder", out->name);
	while (word_take(&at, end, &word, &count))
		if (!level_parse(word, count, &out->level))
			return fault_set(fault, -EPROTO, "%s: only -pN is understood, not %.*s",
					 out->name, (int)(count < 80 ? count : 80), word);
	return 0;
}
