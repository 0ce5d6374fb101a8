// SPDX-License-Identifier: GPL-2.0-only
/* kernel_patches_apply: `git apply`, patch by patch, and which hunk of which file it stumbles over. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "runner/git.h"
#include "runner/kernel_patches.h"
#include "runner/kernel_source.h"
#include "runner/patch_diff.h"

enum { TROUBLES_SHOWN = 3 };

static const double apply_seconds = 300;

/* A name as a pattern that matches only itself. */
static int exclude_add(struct text *words, const char *name)
{
	text_add(words, "--exclude=");
	for (; *name; name++) {
		if (strchr("*?[\\", *name))
			text_add(words, "\\");
		text_add_bytes(words, name, 1);
	}
	text_add_bytes(words, "", 1);
	return words->failed ? -ENOMEM : 0;
}

/* git's words: "apply", what is left out, the level. The array is the caller's, its words are in *words. */
static const char **words_make(const struct kernel_patch *patch, bool reverse, char level[16],
			       struct text *words)
{
	const char **arguments = calloc(patch->file_count + 8, sizeof(*arguments));
	size_t count = 0, at = 0, excluded = 0;

	snprintf(level, 16, "-p%u", patch->level);
	for (size_t i = 0; i < patch->file_count; i++)
		if (kernel_source_left_out(patch->files[i])) {
			if (exclude_add(words, patch->files[i]))
				break;
			excluded++;
		}
	if (!arguments || words->failed) {
		free((void *)arguments);
		return NULL;
	}
	arguments[count++] = "apply";
	arguments[count++] = "--whitespace=nowarn";
	arguments[count++] = level;
	if (reverse) {
		arguments[count++] = "--reverse";
		arguments[count++] = "--check";
	}
	for (size_t i = 0; i < excluded; i++) {
		arguments[count++] = words->data + at;
		at += strlen(words->data + at) + 1;
	}
	arguments[count] = "-";
	return arguments;
}

static int git_apply(const struct kernel_patch *patch, bool reverse, const char *directory,
		     struct text *said, struct fault *fault)
{
	struct text words = { 0 }, out = { 0 };
	char level[16];
	const char **arguments = words_make(patch, reverse, level, &words);
	int err = -ENOMEM;

	if (arguments)
		err = git_run(&(struct git_call){ .how = GIT_BARE,
						  .directory = directory,
						  .arguments = arguments,
						  .input = patch->diff.data,
						  .input_count = patch->diff.len,
						  .seconds = apply_seconds },
			      &out, said, fault);
	else
		fault_set(fault, err, "no memory");
	free((void *)arguments);
	text_free(&words);
	text_free(&out);
	return err;
}

/* "patch failed: FILE:LINE" */
static bool failed_hunk(const struct kernel_patch *patch, const char *line, size_t len,
			struct text *out)
{
	static const char start[] = "patch failed: ";
	size_t skip = sizeof(start) - 1, hunk, hunks;
	const char *colon = memrchr(line, ':', len);
	char file[1024];
	unsigned long number;

	if (len < skip || strncmp(line, start, skip) != 0 || colon < line + skip ||
	    (size_t)(colon - line) - skip >= sizeof(file))
		return false;
	memcpy(file, line + skip, (size_t)(colon - line) - skip);
	file[(size_t)(colon - line) - skip] = '\0';
	number = strtoul(colon + 1, NULL, 10);
	if (patch_diff_hunk(text_get(&patch->diff), patch->level, file, number, &hunk, &hunks))
		text_addf(out, "%s: hunk %zu of %zu (line %lu) does not apply", file, hunk, hunks,
			  number);
	else
		text_addf(out, "%s: the hunk at line %lu does not apply", file, number);
	return true;
}

/* "FILE: No such file or directory" and the like, in words of a tree. */
static void failed_file(const char *line, size_t len, struct text *out)
{
	static const struct {
		const char *end, *words;
	} known[] = {
		{ ": No such file or directory", ": there is no such file in the tree" },
		{ ": already exists in working directory", ": is in the tree already" },
		{ "' is beyond a symbolic link", "' is beyond a symbolic link: refused" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		size_t end = strlen(known[i].end);

		if (len > end && !memcmp(line + len - end, known[i].end, end)) {
			text_addf(out, "%.*s%s", (int)(len - end), line, known[i].words);
			return;
		}
	}
	text_addf(out, "%.*s", (int)len, line);
}

/* What git said, as what went wrong: the first few; each is a line that begins "error: ". */
static void troubles_read(const struct kernel_patch *patch, const char *said, struct text *out)
{
	static const char start[] = "error: ", known[] = ": patch does not apply";
	size_t count = 0;

	for (const char *line = said, *next; *line; line = next) {
		size_t len = strcspn(line, "\n"), skip = sizeof(start) - 1;

		next = line + len + (line[len] == '\n');
		if (strncmp(line, start, skip) != 0)
			continue;
		line += skip;
		len -= skip;
		/* It says so of each file, after saying where. */
		if (len > sizeof(known) &&
		    !memcmp(line + len - (sizeof(known) - 1), known, sizeof(known) - 1))
			continue;
		if (++count > TROUBLES_SHOWN)
			continue;
		if (count > 1)
			text_add(out, "; ");
		if (!failed_hunk(patch, line, len, out))
			failed_file(line, len, out);
	}
	if (count > TROUBLES_SHOWN)
		text_addf(out, "; and %zu more", count - TROUBLES_SHOWN);
	if (!count) {
		char words[400];

		git_words(said, words, sizeof(words));
		text_add(out, words[0] ? words : "git apply failed, and doesn't say why");
	}
}

/* No patch makes a link, or writes to one: neither as a new file nor as another content. */
static int links_refuse(const struct kernel_patch *patch, const char *directory,
			struct fault *fault)
{
	char path[PATH_MAX];
	struct stat status;

	for (size_t i = 0; i < patch->file_count; i++)
		if (!path_join(path, sizeof(path), directory, patch->files[i]) &&
		    !lstat(path, &status) && S_ISLNK(status.st_mode))
			return fault_set(fault, -EBADMSG,
					 "%s is a symbolic link, which no patch may change",
					 patch->files[i]);
	return 0;
}

static int patch_apply(const struct kernel_patch *patch, const char *directory, struct fault *fault)
{
	struct text said = { 0 }, troubles = { 0 };
	struct fault ignored = { 0 };
	int err = links_refuse(patch, directory, fault);

	if (!err)
		err = git_apply(patch, false, directory, &said, fault);
	if (!err)
		err = links_refuse(patch, directory, fault);
	if (err == -ECHILD) {
		troubles_read(patch, text_get(&said), &troubles);
		text_clear(&said);
		if (!git_apply(patch, true, directory, &said, &ignored))
			text_add(&troubles, " (the tree has this patch already)");
		err = fault_set(fault, -EBADMSG, "%s", text_get(&troubles));
	}
	text_free(&said);
	text_free(&troubles);
	return err;
}

int kernel_patches_apply(const struct kernel_patches *patches, size_t from, size_t to,
			 const char *directory, struct fault *fault)
{
	for (size_t i = from; i < to && i < patches->count; i++) {
		const struct kernel_patch *patch = &patches->items[i];
		struct fault why = { 0 };
		int err = patch_apply(patch, directory, &why);

		if (err && patch->subject[0])
			return fault_set(fault, err, "%.200s (\"%.100s\"): %s", patch->source,
					 patch->subject, why.text);
		if (err)
			return fault_set(fault, err, "%.200s: %s", patch->source, why.text);
	}
	return 0;
}
