// SPDX-License-Identifier: GPL-2.0-only
/* scratch: makes, locks and removes the directories that trials run in. */
#include "runner/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "runner/paths.h"

/* Its lock as the last thing: killed meanwhile, it is still seen as nobody's. */
static void scratch_remove(const char *path)
{
	DIR *directory = opendir(path);
	const struct dirent *entry;
	char inside[PATH_MAX];

	while (directory && (entry = readdir(directory)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    strcmp(entry->d_name, "lock") != 0 &&
		    !path_join(inside, sizeof(inside), path, entry->d_name) && unlink(inside))
			directory_remove(inside);
	if (directory)
		closedir(directory);
	directory_remove(path);
}

/* Removes one, if nobody holds it. The guard is held: none is between its making and its lock. */
static void scratch_sweep_one(const char *parent, const char *name)
{
	char directory[PATH_MAX], lock_path[PATH_MAX];
	int lock;

	if (path_join(directory, sizeof(directory), parent, name) ||
	    path_join(lock_path, sizeof(lock_path), directory, "lock") ||
	    lock_take(lock_path, false, &lock))
		return;
	scratch_remove(directory);
	close(lock);
}

static void scratch_sweep(const char *parent)
{
	DIR *directory = opendir(parent);
	const struct dirent *entry;

	while (directory && (entry = readdir(directory)))
		if (strncmp(entry->d_name, "run.", 4) == 0)
			scratch_sweep_one(parent, entry->d_name);
	if (directory)
		closedir(directory);
}

static int name_make(char *path, const char *parent)
{
	int err = path_join(path, PATH_MAX, parent, "run.XXXXXX");

	return err ? err : mkdtemp(path) ? 0 : -errno;
}

/* The first that is free: the sweep has removed what nobody holds. */
static int number_make(char *path, const char *parent)
{
	char name[24];
	int err;

	for (int number = 0;; number++) {
		snprintf(name, sizeof(name), "run.%d", number);
		err = path_join(path, PATH_MAX, parent, name);
		if (err || !mkdir(path, 0700))
			return err;
		if (errno != EEXIST)
			return -errno;
	}
}

int scratch_open_in(struct scratch *scratch, const char *folder, bool numbered, struct fault *fault)
{
	char parent[PATH_MAX], guard_path[PATH_MAX], lock_path[PATH_MAX];
	int guard, err;

	scratch->lock = -1;
	err = path_of_cache(folder, parent);
	if (!err)
		err = path_join(guard_path, sizeof(guard_path), parent, "guard");
	/* One at a time: a directory must not be swept between its making and its lock. */
	if (!err)
		err = lock_take(guard_path, true, &guard);
	if (err)
		return fault_set(fault, err, "%s: %s", parent, strerror(-err));
	scratch_sweep(parent);
	err = numbered ? number_make(scratch->path, parent) : name_make(scratch->path, parent);
	if (!err)
		err = path_join(lock_path, sizeof(lock_path), scratch->path, "lock");
	if (!err)
		err = lock_take(lock_path, false, &scratch->lock);
	close(guard);
	return err ? fault_set(fault, err, "%s: %s", scratch->path, strerror(-err)) : 0;
}

int scratch_open(struct scratch *scratch, struct fault *fault)
{
	return scratch_open_in(scratch, "scratch", false, fault);
}

void scratch_close(struct scratch *scratch)
{
	if (scratch->lock < 0)
		return;
	scratch_remove(scratch->path);
	close(scratch->lock);
	scratch->lock = -1;
}
