// SPDX-License-Identifier: GPL-2.0-only
/* kernel_patches: what the arguments are, and the list of patches that comes of them. */
#include "runner/kernel_patches.h"

#include <archive.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "results/words.h"
#include "runner/git.h"
#include "runner/patch_diff.h"
#include "runner/patch_list.h"

static const double numstat_seconds = 120;

static void patch_free(struct kernel_patch *patch)
{
	for (size_t i = 0; i < patch->file_count; i++)
		free(patch->files[i]);
	free((void *)patch->files);
	free(patch->source);
	free(patch->subject);
	text_free(&patch->diff);
}

void kernel_patches_free(struct kernel_patches *patches)
{
	for (size_t i = 0; i < patches->count; i++)
		patch_free(&patches->items[i]);
	free(patches->items);
	text_free(&patches->notes);
	*patches = (struct kernel_patches){ 0 };
}

void kernel_patches_cut(struct kernel_patches *patches, size_t count)
{
	while (patches->count > count)
		patch_free(&patches->items[--patches->count]);
}

static int name_order(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Below the tree, and nothing of git's: `git apply` holds this too, but only once there is a tree. */
static bool name_safe(const char *name)
{
	if (!*name || *name == '/')
		return false;
	for (const char *part = name; part; part = strchr(part, '/')) {
		size_t len;

		part += *part == '/';
		len = strcspn(part, "/");
		if (!len || (len == 1 && part[0] == '.') || (len == 2 && !strncmp(part, "..", 2)) ||
		    (len == 4 && !strncasecmp(part, ".git", 4)))
			return false;
	}
	return true;
}

static int file_add(struct kernel_patch *patch, const char *name, size_t len, struct fault *fault)
{
	char **files = reallocarray((void *)patch->files, patch->file_count + 1, sizeof(*files));
	char *copy = files ? strndup(name, len) : NULL;

	if (files)
		patch->files = files;
	if (!copy)
		return fault_set(fault, -ENOMEM, "no memory");
	files[patch->file_count++] = copy;
	if (!name_safe(copy))
		return fault_set(fault, -EPROTO, "it would write outside the tree: %.300s", copy);
	return 0;
}

/* "ADDED\tDELETED\tNAME\0" for each file. */
static int numstat_read(struct kernel_patch *patch, const struct text *stat, struct fault *fault)
{
	const char *at = text_get(stat), *end = at + stat->len;
	int err = 0;

	while (!err && at < end) {
		const char *name = at, *stop = memchr(at, '\0', (size_t)(end - at));

		stop = stop ? stop : end;
		for (int tabs = 0; tabs < 2 && name; tabs++) {
			name = memchr(name, '\t', (size_t)(stop - name));
			name += name != NULL;
		}
		if (!name)
			return fault_set(fault, -EPROTO, "git says of it what is not understood");
		err = file_add(patch, name, (size_t)(stop - name), fault);
		at = stop + 1;
	}
	return err;
}

static void files_sort(struct kernel_patch *patch)
{
	size_t kept = 0;

	qsort((void *)patch->files, patch->file_count, sizeof(*patch->files), name_order);
	for (size_t i = 0; i < patch->file_count; i++) {
		if (kept && !strcmp(patch->files[kept - 1], patch->files[i]))
			free(patch->files[i]);
		else
			patch->files[kept++] = patch->files[i];
	}
	patch->file_count = kept;
}

/* What the patch touches, as git reads it; where files move, also where from. */
static int files_find(struct kernel_patch *patch, struct fault *fault)
{
	char level[16], words[400];
	const char *const arguments[] = { "apply", "--numstat", "-z", level, "-", NULL };
	const char *at = text_get(&patch->diff), *name;
	struct text out = { 0 }, said = { 0 };
	size_t len;
	int err;

	snprintf(level, sizeof(level), "-p%u", patch->level);
	err = git_run(&(struct git_call){ .how = GIT_BARE,
					  .directory = "/",
					  .arguments = arguments,
					  .input = patch->diff.data,
					  .input_count = patch->diff.len,
					  .seconds = numstat_seconds },
		      &out, &said, fault);
	if (err == -ECHILD) {
		git_words(text_get(&said), words, sizeof(words));
		fault_set(fault, err = -EPROTO, "git can't read it: %s", words);
	}
	if (!err)
		err = numstat_read(patch, &out, fault);
	while (!err && (name = patch_diff_origin(&at, &len)))
		if (len && *name != '"') /* quoted names are odd ones, which only words miss */
			err = file_add(patch, name, len, fault);
	if (!err && !patch->file_count)
		err = fault_set(fault, -EPROTO, "it changes no file");
	if (!err)
		files_sort(patch);
	text_free(&out);
	text_free(&said);
	return err;
}

/* What a mail or a file's name says, fit for a terminal and for JSON. */
static char *words_copy(const char *words)
{
	struct text clean = { 0 };

	text_add_plain(&clean, words);
	if (!clean.data)
		return strdup("");
	if (!clean.failed)
		return clean.data;
	text_free(&clean);
	return NULL;
}

static int patch_fill(struct kernel_patch *patch, const char *source, const char *subject,
		      struct fault *fault)
{
	struct text hashed = { 0 };

	patch->source = words_copy(source);
	patch->subject = words_copy(subject);
	text_addf(&hashed, "-p%u\n", patch->level);
	text_add_bytes(&hashed, text_get(&patch->diff), patch->diff.len);
	bytes_sha256(text_get(&hashed), hashed.len, patch->sha256);
	text_free(&hashed);
	if (!patch->source || !patch->subject || hashed.failed)
		return fault_set(fault, -ENOMEM, "no memory");
	return files_find(patch, fault);
}

int patch_list_add(struct kernel_patches *patches, const char *source, const char *subject,
		   unsigned int level, const char *bytes, size_t count, struct fault *fault)
{
	struct kernel_patch patch = { .level = level }, *items;
	int err = patch_diff_take(bytes, count, &patch.diff, fault);

	if (!err && patches->count >= PATCHES_MAX)
		err = fault_set(fault, -E2BIG, "more than %d patches", PATCHES_MAX);
	if (!err)
		err = patch_fill(&patch, source, subject, fault);
	if (err)
		goto fail;
	items = reallocarray(patches->items, patches->count + 1, sizeof(*items));
	if (!items) {
		err = fault_set(fault, -ENOMEM, "no memory");
		goto fail;
	}
	items[patches->count++] = patch;
	patches->items = items;
	return 0;
fail:
	patch_free(&patch);
	return err;
}

/* Some editors and mailers end all lines so; a tree's files don't. */
static void carriage_returns_cut(struct text *text)
{
	size_t kept = 0;

	for (size_t i = 0; i < text->len; i++)
		if (text->data[i] == '\n' && (!i || text->data[i - 1] != '\r'))
			return;
	for (size_t i = 0; i < text->len; i++)
		if (text->data[i] != '\r' || i + 1 == text->len || text->data[i + 1] != '\n')
			text->data[kept++] = text->data[i];
	text->len = kept;
	if (text->data)
		text->data[kept] = '\0';
}

static int archive_take(struct archive *archive, struct text *out)
{
	char chunk[65536];
	la_ssize_t got;

	while ((got = archive_read_data(archive, chunk, sizeof(chunk))) > 0) {
		if (out->len + (size_t)got > PATCH_FILE_MAX)
			return -EFBIG;
		text_add_bytes(out, chunk, (size_t)got);
		if (out->failed)
			return -ENOMEM;
	}
	return got < 0 ? -EPROTO : 0;
}

/* The file's content, of whatever it is compressed with (list archives give .mbox.gz). */
static int patch_file_read(const char *path, struct text *out, struct fault *fault)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	int err = archive ? 0 : -ENOMEM, got;

	if (err)
		return fault_set(fault, err, "no memory");
	archive_read_support_filter_gzip(archive);
	archive_read_support_filter_bzip2(archive);
	archive_read_support_filter_xz(archive);
	archive_read_support_filter_zstd(archive);
	archive_read_support_format_raw(archive);
	archive_read_support_format_empty(archive);
	if (archive_read_open_filename(archive, path, 65536) != ARCHIVE_OK)
		err = -EIO;
	got = err ? ARCHIVE_FATAL : archive_read_next_header(archive, &entry);
	if (got == ARCHIVE_OK)
		err = archive_take(archive, out);
	else if (got != ARCHIVE_EOF)
		err = -EIO;
	if (err == -EFBIG)
		fault_set(fault, err, "larger than %d MiB", PATCH_FILE_MAX >> 20);
	else if (err)
		fault_set(fault, err, "%s",
			  archive_error_string(archive) ? archive_error_string(archive)
							: strerror(-err));
	archive_read_free(archive);
	return err;
}

/* For words: the last part of a path. */
static const char *path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

/* One file. *added: how many patches it gave. */
static int file_load(struct kernel_patches *patches, const char *path, const char *name,
		     unsigned int level, size_t *added, struct fault *fault)
{
	struct fault why = { 0 };
	struct text text = { 0 };
	struct stat status;
	struct patch_number number;
	char subject[SUBJECT_MAX];
	int err = 0;

	*added = 0;
	if (stat(path, &status))
		return fault_set(fault, -errno, "%s: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode)) /* a fifo's end might never come */
		return fault_set(fault, -EINVAL, "%s: not a file", path);
	err = patch_file_read(path, &text, &why);
	if (err) {
		fault_set(fault, err, "%s: %s", path, why.text);
	} else if (text.len && memchr(text.data, '\0', text.len)) {
		err = fault_set(fault, -EPROTO,
				"%s: it holds a NUL byte (is it binary, or UTF-16?)", path);
	} else if (patch_mail_is(text_get(&text), text.len)) {
		err = patch_mail_load(patches, name, level, text_get(&text), text.len, added,
				      fault);
	} else {
		carriage_returns_cut(&text);
		patch_subject_find(text_get(&text), subject, sizeof(subject));
		err = patch_list_add(patches, name, patch_subject_read(subject, &number), level,
				     text_get(&text), text.len, &why);
		*added = !err;
		if (err && err != -ENODATA)
			fault_set(fault, err, "%s: %s", name, why.text);
	}
	text_free(&text);
	return err == -ENODATA ? 0 : err;
}

static int quilt_load(struct kernel_patches *patches, const char *folder, const char *series,
		      size_t *added, struct fault *fault)
{
	struct text text = { 0 };
	char path[PATH_MAX];
	size_t here, number = 0;
	int err = file_read(series, PATCH_FILE_MAX, &text);

	if (err)
		fault_set(fault, err, "%s: %s", series, strerror(-err));
	for (const char *line = text_get(&text), *end = line + text.len, *stop; !err && line < end;
	     line = stop + 1) {
		struct quilt_line what;
		struct fault why = { 0 };

		stop = memchr(line, '\n', (size_t)(end - line));
		stop = stop ? stop : end;
		number++;
		err = quilt_line_parse(line, (size_t)(stop - line), &what, &why);
		if (err)
			fault_set(fault, err, "%s: line %zu: %s", series, number, why.text);
		if (err || !what.name[0])
			continue;
		err = path_join(path, sizeof(path), folder, what.name);
		if (err)
			fault_set(fault, err, "%s: %s", what.name, strerror(-err));
		else
			err = file_load(patches, path, what.name, what.level, &here, fault);
		/* quilt keeps patches that are still empty */
		*added += err ? 0 : here;
	}
	text_free(&text);
	return err;
}

static int patch_name_is(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && dot != entry->d_name && (!strcmp(dot, ".patch") || !strcmp(dot, ".diff"));
}

static int entry_order(const struct dirent **left, const struct dirent **right)
{
	return strcmp((*left)->d_name, (*right)->d_name);
}

static int folder_load(struct kernel_patches *patches, const char *folder, size_t *added,
		       struct fault *fault)
{
	struct dirent **entries = NULL;
	char path[PATH_MAX];
	int err = 0, count = scandir(folder, &entries, patch_name_is, entry_order);
	size_t here;

	if (count < 0)
		return fault_set(fault, -errno, "%s: %s", folder, strerror(errno));
	for (int i = 0; i < count; i++) {
		if (!err && (err = path_join(path, sizeof(path), folder, entries[i]->d_name)))
			fault_set(fault, err, "%s: %s", folder, strerror(-err));
		if (!err)
			err = file_load(patches, path, entries[i]->d_name, 1, &here, fault);
		*added += err ? 0 : here;
		free(entries[i]);
	}
	free((void *)entries);
	return err;
}

static int argument_load(struct kernel_patches *patches, const char *argument, struct fault *fault)
{
	struct stat status;
	char series[PATH_MAX], folder[PATH_MAX];
	size_t added = 0, head = (size_t)(path_name(argument) - argument);
	int err = 0;

	if (stat(argument, &status))
		return fault_set(fault, -errno, "%s: %s", argument, strerror(errno));
	if (S_ISDIR(status.st_mode)) {
		err = path_join(series, sizeof(series), argument, "series");
		if (err)
			return fault_set(fault, err, "%s: %s", argument, strerror(-err));
		if (!stat(series, &status) && S_ISREG(status.st_mode))
			err = quilt_load(patches, argument, series, &added, fault);
		else
			err = folder_load(patches, argument, &added, fault);
	} else if (!strcmp(path_name(argument), "series") && S_ISREG(status.st_mode) &&
		   head < sizeof(folder)) {
		snprintf(folder, sizeof(folder), "%.*s", (int)head, head ? argument : "");
		err = quilt_load(patches, head ? folder : ".", argument, &added, fault);
	} else {
		err = file_load(patches, argument, path_name(argument), 1, &added, fault);
	}
	if (!err && !added)
		err = fault_set(fault, -EPROTO,
				S_ISDIR(status.st_mode)
					? "%s: no patch in it: a folder holds a quilt series or "
					  "*.patch files"
					: "%s: no patch in it: neither mail nor file has a diff",
				argument);
	return err;
}

int kernel_patches_load(const char *const arguments[], size_t count, struct kernel_patches *patches,
			struct fault *fault)
{
	int err = 0;

	*patches = (struct kernel_patches){ 0 };
	for (size_t i = 0; !err && i < count; i++)
		err = argument_load(patches, arguments[i], fault);
	if (!err && patches->notes.failed)
		err = fault_set(fault, -ENOMEM, "no memory");
	if (err)
		kernel_patches_free(patches);
	return err;
}

void kernel_patches_identity(const struct kernel_patches *patches, size_t count,
			     char out[SHA256_HEX])
{
	struct text all = { 0 };

	for (size_t i = 0; i < count && i < patches->count; i++)
		text_addf(&all, "%s\n", patches->items[i].sha256);
	bytes_sha256(text_get(&all), all.len, out);
	text_free(&all);
}

int kernel_patches_touched(const struct kernel_patches *patches, size_t count, const char ***files,
			   size_t *file_count)
{
	size_t total = 0, kept = 0;
	const char **all;

	count = count < patches->count ? count : patches->count;
	for (size_t i = 0; i < count; i++)
		total += patches->items[i].file_count;
	all = calloc(total + 1, sizeof(*all));
	if (!all)
		return -ENOMEM;
	total = 0;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < patches->items[i].file_count; j++)
			all[total++] = patches->items[i].files[j];
	qsort((void *)all, total, sizeof(*all), name_order);
	for (size_t i = 0; i < total; i++)
		if (!kept || strcmp(all[kept - 1], all[i]) != 0)
			all[kept++] = all[i];
	*files = all;
	*file_count = kept;
	return 0;
}
