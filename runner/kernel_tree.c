// SPDX-License-Identifier: GPL-2.0-only
/* kernel_tree: copies trees, lists them, and brings one to another's content. */
#include "runner/kernel_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/process.h"
#include "base/text.h"

enum { OPEN_FOLDERS = 32, LIST_SIZE = 64 << 20, CHUNK = 65536 };

int tree_copy(const char *from, const char *to, struct fault *fault)
{
	char *const argv[] = { (char[]){ "cp" },
			       (char[]){ "-a" },
			       (char[]){ "--reflink=auto" },
			       (char[]){ "--" },
			       (char *)from,
			       (char *)to,
			       NULL };
	struct text out = { 0 };
	int err = process_capture(argv, 1800, 1 << 16, &out, fault);

	text_free(&out);
	return err;
}

struct names {
	char **items;
	size_t count, room;
};

/* nftw(3) hands nothing through. */
static struct names *walked;
static size_t walked_prefix;

static int walk_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status;
	(void)place;
	if (kind == FTW_DNR || kind == FTW_NS)
		return EACCES;
	if (kind == FTW_D || kind == FTW_DP)
		return 0;
	if (walked->count == walked->room) {
		size_t room = walked->room ? walked->room * 2 : 4096;
		char **items = reallocarray(walked->items, room, sizeof(*items));

		if (!items)
			return ENOMEM;
		walked->items = items;
		walked->room = room;
	}
	walked->items[walked->count] = strdup(path + walked_prefix);
	return walked->items[walked->count++] ? 0 : ENOMEM;
}

static void names_free(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	free(names->items);
	*names = (struct names){ 0 };
}

static int name_order(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

static int names_walk(const char *tree, struct names *names)
{
	int err;

	walked = names;
	walked_prefix = strlen(tree) + 1;
	err = nftw(tree, walk_entry, OPEN_FOLDERS, FTW_PHYS);
	if (err)
		return err < 0 ? -errno : -err;
	if (names->count)
		qsort(names->items, names->count, sizeof(names->items[0]), name_order);
	return 0;
}

int tree_list(const char *tree, const char *list, struct fault *fault)
{
	struct names names = { 0 };
	struct text text = { 0 };
	int err = names_walk(tree, &names);

	for (size_t i = 0; !err && i < names.count; i++)
		text_add_bytes(&text, names.items[i], strlen(names.items[i]) + 1);
	if (!err)
		err = text.failed ? -ENOMEM : file_write(list, text_get(&text), text.len);
	text_free(&text);
	names_free(&names);
	return err ? fault_set(fault, err, "%s: %s", tree, strerror(-err)) : 0;
}

static bool content_same(const char *left, const char *right)
{
	int a = open(left, O_RDONLY | O_CLOEXEC | O_NOFOLLOW),
	    b = open(right, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	static char chunks[2][CHUNK];
	bool same = a >= 0 && b >= 0;

	while (same) {
		ssize_t got = read(a, chunks[0], CHUNK), other = read(b, chunks[1], CHUNK);

		/* Regular files of the same size: both come in the same pieces. */
		same = got >= 0 && got == other && !memcmp(chunks[0], chunks[1], (size_t)got);
		if (got <= 0)
			break;
	}
	if (a >= 0)
		close(a);
	if (b >= 0)
		close(b);
	return same;
}

static bool link_same(const char *left, const char *right)
{
	char targets[2][PATH_MAX];
	ssize_t a = readlink(left, targets[0], PATH_MAX), b = readlink(right, targets[1], PATH_MAX);

	return a >= 0 && a == b && !memcmp(targets[0], targets[1], (size_t)a);
}

static bool file_same(const char *left, const char *right)
{
	struct stat a, b;

	if (lstat(left, &a) || lstat(right, &b) || (a.st_mode & S_IFMT) != (b.st_mode & S_IFMT))
		return false;
	if (S_ISLNK(a.st_mode))
		return link_same(left, right);
	return S_ISREG(a.st_mode) && a.st_size == b.st_size &&
	       !((a.st_mode ^ b.st_mode) & S_IXUSR) && content_same(left, right);
}

/* With the time of now: make must see it as newer than whatever was made of its predecessor. */
static int file_move(const char *from, const char *to)
{
	char folder[PATH_MAX];
	int err;

	snprintf(folder, sizeof(folder), "%s", to);
	*strrchr(folder, '/') = '\0';
	err = directory_make(folder, 0755);
	if (err == -ENOTDIR && !unlink(folder)) /* what was a file is a folder now */
		err = directory_make(folder, 0755);
	if (!err && utimensat(AT_FDCWD, from, NULL, AT_SYMLINK_NOFOLLOW))
		err = -errno;
	if (!err && rename(from, to)) {
		err = -errno;
		if (err == -EISDIR) /* and the other way round */
			err = directory_remove(to) || rename(from, to) ? -EISDIR : 0;
	}
	return err;
}

static int fresh_move(const char *fresh, const char *tree, const struct names *names,
		      size_t *changed)
{
	char from[PATH_MAX], to[PATH_MAX];
	int err = 0;

	for (size_t i = 0; !err && i < names->count; i++) {
		err = path_join(from, sizeof(from), fresh, names->items[i]);
		if (!err)
			err = path_join(to, sizeof(to), tree, names->items[i]);
		if (err || file_same(from, to))
			continue;
		err = file_move(from, to);
		++*changed;
	}
	return err;
}

static int stale_remove(const char *tree, const struct text *list, const struct names *names,
			size_t *changed)
{
	char path[PATH_MAX];
	size_t len;

	for (size_t at = 0; at < list->len; at += len + 1) {
		const char *name = list->data + at;
		int err;

		len = strlen(name);
		if (names->count &&
		    bsearch(&name, names->items, names->count, sizeof(names->items[0]), name_order))
			continue;
		err = path_join(path, sizeof(path), tree, name);
		if (err)
			return err;
		if (!unlink(path))
			++*changed;
		else if (errno != ENOENT && errno != ENOTDIR && errno != EISDIR)
			return -errno;
	}
	return 0;
}

int tree_sync(const char *fresh, const char *tree, const char *list, size_t *changed,
	      struct fault *fault)
{
	struct names names = { 0 };
	struct text text = { 0 };
	int err = file_read(list, LIST_SIZE, &text);

	*changed = 0;
	if (!err)
		err = names_walk(fresh, &names);
	if (!err)
		err = fresh_move(fresh, tree, &names, changed);
	if (!err)
		err = stale_remove(tree, &text, &names, changed);
	names_free(&names);
	text_free(&text);
	return err ? fault_set(fault, err, "%s: %s", tree, strerror(-err)) : 0;
}
