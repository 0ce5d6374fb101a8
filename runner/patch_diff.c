// SPDX-License-Identifier: GPL-2.0-only
/* patch_diff: a walk over lines that counts what each hunk says it holds, as `git apply` does. */
#include "runner/patch_diff.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The mode of a submodule in git's trees. */
#define GITLINK 0160000

struct line {
	const char *at;
	size_t len; /* without its newline */
};

struct walk {
	const char *next, *end;
	struct line line;
	unsigned long old_left, new_left; /* of the hunk */
	bool header; /* after "diff --git", before anything that is no header of git's */
	bool section, files; /* some file's part was begun; its ---/+++ lines were there */
	bool hunk_ended; /* by the line before: "\ No newline at end of file" may follow */
};

static bool walk_next(struct walk *walk)
{
	const char *stop;

	if (walk->next >= walk->end)
		return false;
	stop = memchr(walk->next, '\n', (size_t)(walk->end - walk->next));
	walk->line = (struct line){ walk->next, (size_t)((stop ? stop : walk->end) - walk->next) };
	walk->next = stop ? stop + 1 : walk->end;
	return true;
}

static bool line_begins(struct line line, const char *start)
{
	size_t len = strlen(start);

	return line.len >= len && !memcmp(line.at, start, len);
}

/* The line that will come next, without going there. */
static struct line walk_peek(const struct walk *walk)
{
	struct walk ahead = *walk;

	return walk_next(&ahead) ? ahead.line : (struct line){ "", 0 };
}

static void line_keep(struct line line, struct text *diff)
{
	text_add_bytes(diff, line.at, line.len);
	text_add(diff, "\n");
}

/* Digits at *at, which is moved behind them. */
static bool digits_take(const char **at, const char *end, unsigned long *number)
{
	const char *start = *at;

	*number = 0;
	while (*at < end && **at >= '0' && **at <= '9' && *at - start < 9)
		*number = *number * 10 + (unsigned long)(*(*at)++ - '0');
	return *at > start && (*at == end || **at < '0' || **at > '9');
}

/* "12,7" or "12": the count is 1 where it isn't told. */
static bool range_take(const char **at, const char *end, unsigned long *first, unsigned long *count)
{
	*count = 1;
	if (!digits_take(at, end, first))
		return false;
	if (*at == end || **at != ',')
		return true;
	(*at)++;
	return digits_take(at, end, count);
}

/* "@@ -12,7 +12,9 @@ …" */
static bool hunk_parse(struct line line, unsigned long *old, unsigned long *old_count,
		       unsigned long *new_count)
{
	const char *at = line.at + 4, *end = line.at + line.len;
	unsigned long new;

	if (!line_begins(line, "@@ -") || !range_take(&at, end, old, old_count) || end - at < 3 ||
	    memcmp(at, " +", 2) != 0)
		return false;
	at += 2;
	return range_take(&at, end, &new, new_count) && end - at >= 3 && !memcmp(at, " @@", 3);
}

static int hunk_begin(struct walk *walk, struct text *diff, struct fault *fault)
{
	unsigned long old;

	if (!hunk_parse(walk->line, &old, &walk->old_left, &walk->new_left))
		return fault_set(fault, -EPROTO, "this begins no hunk: %.*s",
				 (int)(walk->line.len < 80 ? walk->line.len : 80), walk->line.at);
	line_keep(walk->line, diff);
	walk->header = false;
	walk->hunk_ended = !walk->old_left && !walk->new_left;
	return 0;
}

/* A line within a hunk. */
static int hunk_line(struct walk *walk, struct text *diff, struct fault *fault)
{
	char kind = walk->line.len ? walk->line.at[0] : ' '; /* mailers cut blanks at the end */
	bool old = kind == ' ' || kind == '-', new = kind == ' ' || kind == '+';

	if (kind != '\\' &&
	    ((!old && !new) || (old && !walk->old_left) || (new && !walk->new_left)))
		return fault_set(fault, -EPROTO, "a hunk is cut short before: %.*s",
				 (int)(walk->line.len < 80 ? walk->line.len : 80), walk->line.at);
	walk->old_left -= old;
	walk->new_left -= new;
	if (walk->line.len)
		line_keep(walk->line, diff);
	else
		text_add(diff, " \n");
	walk->hunk_ended = !walk->old_left && !walk->new_left;
	return 0;
}

/* The mode as git reads it: in base 8, whatever stands before the digits. */
static bool mode_is_link(struct line line, const char *start)
{
	unsigned long mode;
	char number[32] = "";
	size_t skip = strlen(start), len;

	if (!line_begins(line, start))
		return false;
	len = line.len - skip < sizeof(number) ? line.len - skip : sizeof(number) - 1;
	memcpy(number, line.at + skip, len);
	mode = strtoul(number, NULL, 8);
	return (mode & S_IFMT) == S_IFLNK || (mode & S_IFMT) == GITLINK;
}

static bool header_known(struct line line)
{
	static const char *const starts[] = {
		"old mode ",   "new mode ",   "deleted file mode ", "new file mode ",
		"copy from ",  "copy to ",    "rename from ",	    "rename to ",
		"rename old ", "rename new ", "similarity index ",  "dissimilarity index ",
	};

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (line_begins(line, starts[i]))
			return true;
	return false;
}

/* A line between "diff --git" and the first hunk. */
static int header_line(struct walk *walk, struct text *diff, struct fault *fault)
{
	if (mode_is_link(walk->line, "new mode ") || mode_is_link(walk->line, "new file mode "))
		return fault_set(fault, -EPROTO,
				 "it makes a symbolic link or a submodule, which is not taken");
	if (line_begins(walk->line, "GIT binary patch") || line_begins(walk->line, "Binary files "))
		return fault_set(fault, -EPROTO, "it holds a binary patch, which is not taken");
	if (header_known(walk->line))
		line_keep(walk->line, diff);
	else if (!line_begins(walk->line, "index "))
		walk->header = false;
	return 0;
}

/* "--- a/x", "+++ b/x", "@@ -": nothing else begins a file's part without "diff --git". */
static bool files_begin(const struct walk *walk)
{
	struct walk ahead = *walk;

	return line_begins(walk->line, "--- ") && walk_next(&ahead) &&
	       line_begins(ahead.line, "+++ ") && line_begins(walk_peek(&ahead), "@@ -");
}

/* A line outside a hunk. */
static int outer_line(struct walk *walk, struct text *diff, struct fault *fault)
{
	bool ended = walk->hunk_ended;

	walk->hunk_ended = false;
	if (ended && line_begins(walk->line, "\\ ")) {
		line_keep(walk->line, diff);
		return 0;
	}
	if (line_begins(walk->line, "diff --git ")) {
		walk->header = walk->section = true;
		walk->files = false;
		line_keep(walk->line, diff);
		return 0;
	}
	if (line_begins(walk->line, "diff --cc ") || line_begins(walk->line, "diff --combined "))
		return fault_set(fault, -EPROTO, "it is the diff of a merge");
	if (files_begin(walk)) {
		line_keep(walk->line, diff);
		walk_next(walk);
		line_keep(walk->line, diff);
		walk->header = false;
		walk->section = walk->files = true;
		return 0;
	}
	if (walk->files && line_begins(walk->line, "@@ -"))
		return hunk_begin(walk, diff, fault);
	return walk->header ? header_line(walk, diff, fault) : 0;
}

int patch_diff_take(const char *bytes, size_t count, struct text *diff, struct fault *fault)
{
	struct walk walk = { .next = bytes, .end = bytes + count };
	int err = 0;

	if (count && memchr(bytes, '\0', count))
		return fault_set(fault, -EPROTO, "it holds a NUL byte (is it binary, or UTF-16?)");
	while (!err && walk_next(&walk)) {
		if (walk.old_left || walk.new_left)
			err = hunk_line(&walk, diff, fault);
		else
			err = outer_line(&walk, diff, fault);
	}
	if (err)
		return err;
	if (walk.old_left || walk.new_left)
		return fault_set(fault, -EPROTO, "it ends within a hunk");
	if (diff->failed)
		return fault_set(fault, -ENOMEM, "no memory");
	return walk.section ? 0 : -ENODATA;
}

/* Whether "--- a/mm/x.c" or "+++ …" names the file, its first `level` parts left out. */
static bool name_is(struct line line, unsigned int level, const char *file)
{
	const char *at = line.at + 4, *end = memchr(at, '\t', line.len - 4);

	end = end ? end : line.at + line.len;
	while (level--) {
		const char *slash = memchr(at, '/', (size_t)(end - at));

		if (!slash)
			return false;
		for (at = slash; at < end && *at == '/';)
			at++;
	}
	return (size_t)(end - at) == strlen(file) && !memcmp(at, file, (size_t)(end - at));
}

bool patch_diff_hunk(const char *diff, unsigned int level, const char *file, unsigned long line,
		     size_t *hunk, size_t *hunks)
{
	struct walk walk = { .next = diff, .end = diff + strlen(diff) };
	unsigned long old, olds, news;
	bool here = false;

	*hunk = *hunks = 0;
	while (walk_next(&walk)) {
		if (files_begin(&walk)) {
			if (*hunk)
				break;
			here = name_is(walk.line, level, file);
			*hunks = 0;
			walk_next(&walk);
			here = here || name_is(walk.line, level, file);
		} else if (line_begins(walk.line, "diff --git ")) {
			if (*hunk)
				break;
			here = false;
		} else if (hunk_parse(walk.line, &old, &olds, &news)) {
			*hunks += here;
			if (here && old == line && !*hunk)
				*hunk = *hunks;
			while ((olds || news) && walk_next(&walk)) {
				char kind = walk.line.len ? walk.line.at[0] : ' ';

				olds -= olds && (kind == ' ' || kind == '-');
				news -= news && (kind == ' ' || kind == '+');
			}
		}
	}
	return *hunk != 0;
}

const char *patch_diff_origin(const char **at, size_t *len)
{
	struct walk walk = { .next = *at, .end = *at + strlen(*at) };
	const char *name = NULL;

	while (!name && walk_next(&walk)) {
		if (line_begins(walk.line, "rename from "))
			name = walk.line.at + strlen("rename from ");
		else if (line_begins(walk.line, "copy from "))
			name = walk.line.at + strlen("copy from ");
	}
	if (name)
		*len = (size_t)(walk.line.at + walk.line.len - name);
	*at = walk.next;
	return name;
}
