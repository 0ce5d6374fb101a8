// SPDX-License-Identifier: GPL-2.0-only
/* kernel_prune: reads what kbuild notes of each object, and removes the sources that none names. */
#include "runner/kernel_prune.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/text.h"

enum { OPEN_FOLDERS = 32, LIST_SIZE = 64 << 20, NOTE_SIZE = 8 << 20 };

/* Where what nobody configures is; the rest is small, or read by scripts too. */
static const char *const prunable[] = {
	"crypto/", "drivers/", "fs/", "net/", "samples/", "sound/"
};

struct sources {
	struct text list;
	const char **names; /* sorted, as the list is */
	bool *needed;
	size_t count;
};

static int name_order(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void sources_free(struct sources *sources)
{
	free(sources->names);
	free(sources->needed);
	text_free(&sources->list);
}

static int sources_load(const char *list, struct sources *sources)
{
	size_t count = 0;
	int err = file_read(list, LIST_SIZE, &sources->list);

	if (err)
		return err;
	for (size_t at = 0; at < sources->list.len; at++)
		count += !sources->list.data[at];
	sources->names = calloc(count + 1, sizeof(*sources->names));
	sources->needed = calloc(count + 1, sizeof(*sources->needed));
	if (!sources->names || !sources->needed)
		return -ENOMEM;
	for (size_t at = 0; sources->count < count; sources->count++) {
		sources->names[sources->count] = sources->list.data + at;
		at += strlen(sources->list.data + at) + 1;
	}
	return 0;
}

static size_t source_find(const struct sources *sources, const char *name)
{
	const char **found = bsearch(&name, sources->names, sources->count,
				     sizeof(sources->names[0]), name_order);

	return found ? (size_t)(found - sources->names) : sources->count;
}

/* Every word of a note that is a source's path: "source_mm/mremap.o := mm/mremap.c", "  include/…". */
static void note_read(struct sources *sources, char *note)
{
	char *rest = NULL;

	for (char *word = strtok_r(note, " \t\n\\", &rest); word;
	     word = strtok_r(NULL, " \t\n\\", &rest)) {
		size_t at = source_find(sources, strncmp(word, "./", 2) ? word : word + 2);

		if (at < sources->count)
			sources->needed[at] = true;
	}
}

static struct sources *walked; /* nftw(3) hands nothing through */

static int note_visit(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	const char *name = path + place->base;
	size_t len = strlen(name);
	struct text note = { 0 };
	int err;

	(void)status;
	if (kind != FTW_F || name[0] != '.' || len < 5 || strcmp(name + len - 4, ".cmd") != 0)
		return 0;
	err = file_read(path, NOTE_SIZE, &note);
	if (!err && note.data)
		note_read(walked, note.data);
	text_free(&note);
	return -err;
}

static bool source_prunable(const char *name)
{
	size_t len = strlen(name);

	if (len < 3 || (strcmp(name + len - 2, ".c") != 0 && strcmp(name + len - 2, ".h") != 0))
		return false;
	for (size_t i = 0; i < sizeof(prunable) / sizeof(prunable[0]); i++)
		if (!strncmp(name, prunable[i], strlen(prunable[i])))
			return true;
	return false;
}

int tree_prune(const char *tree, const char *list, size_t *gone, struct fault *fault)
{
	struct sources sources = { 0 };
	char path[PATH_MAX];
	int err = sources_load(list, &sources);

	*gone = 0;
	walked = &sources;
	if (!err) {
		err = nftw(tree, note_visit, OPEN_FOLDERS, FTW_PHYS);
		err = err < 0 ? -errno : -err;
	}
	for (size_t i = 0; !err && i < sources.count; i++) {
		if (sources.needed[i] || !source_prunable(sources.names[i]))
			continue;
		err = path_join(path, sizeof(path), tree, sources.names[i]);
		if (!err && !unlink(path))
			++*gone;
	}
	sources_free(&sources);
	return err ? fault_set(fault, err, "%s: %s", tree, strerror(-err)) : 0;
}

bool tree_lacks(const char *tree, const char *list, const char *const files[], size_t count)
{
	struct sources sources = { 0 };
	char path[PATH_MAX];
	bool lacks = false;

	if (!sources_load(list, &sources))
		for (size_t i = 0; !lacks && i < count; i++)
			lacks = source_find(&sources, files[i]) < sources.count &&
				!path_join(path, sizeof(path), tree, files[i]) &&
				access(path, F_OK);
	sources_free(&sources);
	return lacks;
}

/* What tree_restore hands to its visitor. */
static struct {
	const char *tree;
	size_t prefix; /* of fresh, with its slash */
	const char *const *except;
	size_t except_count;
} restored;

static int restore_visit(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	const char *name = path + restored.prefix;
	char to[PATH_MAX], folder[PATH_MAX];
	struct stat there;
	int err;

	(void)status;
	(void)place;
	if (kind != FTW_F && kind != FTW_SL)
		return 0;
	if (restored.except_count && bsearch(&name, restored.except, restored.except_count,
					     sizeof(restored.except[0]), name_order))
		return 0;
	err = path_join(to, sizeof(to), restored.tree, name);
	if (err || !lstat(to, &there))
		return -err;
	snprintf(folder, sizeof(folder), "%s", to);
	*strrchr(folder, '/') = '\0';
	err = directory_make(folder, 0755);
	if (err == -ENOTDIR) /* a patch has made a file of a folder */
		return 0;
	return err ? -err : rename(path, to) ? errno : 0;
}

int tree_restore(const char *fresh, const char *tree, const char *const except[],
		 size_t except_count, struct fault *fault)
{
	int err;

	restored.tree = tree;
	restored.prefix = strlen(fresh) + 1;
	restored.except = except;
	restored.except_count = except_count;
	err = nftw(fresh, restore_visit, OPEN_FOLDERS, FTW_PHYS);
	err = err < 0 ? -errno : -err;
	return err ? fault_set(fault, err, "%s: %s", tree, strerror(-err)) : 0;
}
