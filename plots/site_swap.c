// SPDX-License-Identifier: GPL-2.0-only
/* site_swap: never a half-written dashboard, and never somebody else's folder. */
#include "plots/site_swap.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"

/* A folder with it was made by us, and may be replaced by us. */
static const char marker[] = ".remapbench-site";
static const char marker_words[] =
	"Made by remapbench site, which replaces this folder with all that is in it.\n";

static bool has_marker(const char *directory)
{
	char path[PATH_MAX];

	return !path_join(path, sizeof(path), directory, marker) && !access(path, F_OK);
}

static bool directory_is_empty(const char *path)
{
	DIR *directory = opendir(path);
	struct dirent *entry;
	bool empty = true;

	if (!directory)
		return false;
	while (empty && (entry = readdir(directory)))
		empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
	closedir(directory);
	return empty;
}

static int target_check(const char *target, struct fault *fault)
{
	struct stat is;

	if (lstat(target, &is))
		return errno == ENOENT
			       ? 0
			       : fault_set(fault, -errno, "%s: %s", target, strerror(errno));
	if (!S_ISDIR(is.st_mode))
		return fault_set(fault, -ENOTDIR, "%s is there and is not a directory", target);
	if (!has_marker(target) && !directory_is_empty(target))
		return fault_set(
			fault, -ENOTEMPTY,
			"%s is not empty and was not made by remapbench site: name another "
			"directory",
			target);
	return 0;
}

/* Splits target into the folder above and its own name; follows links, drops '/' at the end. */
static int target_resolve(struct site_swap *swap, const char *target, char above[PATH_MAX],
			  char name[NAME_MAX + 1], struct fault *fault)
{
	char path[PATH_MAX], *slash, *real;
	size_t length = strlen(target);
	int err;

	while (length > 1 && target[length - 1] == '/')
		length--;
	if (!length || length >= sizeof(path))
		return fault_set(fault, -ENAMETOOLONG, "the directory's name is empty or too long");
	snprintf(path, sizeof(path), "%.*s", (int)length, target);
	real = realpath(path, NULL);
	if (real) {
		snprintf(path, sizeof(path), "%s", real);
		free(real);
	}
	slash = strrchr(path, '/');
	snprintf(above, PATH_MAX, "%.*s", slash ? (int)(slash - path) + (slash == path) : 1,
		 slash ? path : ".");
	if (strlen(slash ? slash + 1 : path) > 200 || !strcmp(path, "/"))
		return fault_set(fault, -EINVAL, "%s can't be the dashboard's directory", target);
	snprintf(name, NAME_MAX + 1, "%.200s", slash ? slash + 1 : path);
	err = directory_make(above, 0755);
	if (err)
		return fault_set(fault, err, "%s: %s", above, strerror(-err));
	err = path_join(swap->target, sizeof(swap->target), above, name);
	return err ? fault_set(fault, err, "%s: %s", target, strerror(-err)) : 0;
}

/* Takes the folder for ourselves: nobody else has it locked, and it is still there. */
static int staging_lock(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	struct stat is;

	if (fd < 0)
		return -errno;
	if (!flock(fd, LOCK_EX | LOCK_NB) && !fstat(fd, &is) && is.st_nlink)
		return fd;
	close(fd);
	return -EAGAIN;
}

/* Those whose makers are gone: nobody holds their locks. */
static void staging_clear(const char *above, const char *prefix)
{
	DIR *directory = opendir(above);
	struct dirent *entry;

	while (directory && (entry = readdir(directory))) {
		char path[PATH_MAX];
		int fd;

		if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0 ||
		    path_join(path, sizeof(path), above, entry->d_name))
			continue;
		fd = staging_lock(path);
		if (fd < 0)
			continue;
		if (has_marker(path) || directory_is_empty(path))
			directory_remove(path);
		close(fd);
	}
	if (directory)
		closedir(directory);
}

static int staging_make(struct site_swap *swap, const char *above, const char *prefix)
{
	for (int number = 0; number < 1000; number++) {
		char name[NAME_MAX + 1], path[PATH_MAX];
		int err;

		snprintf(name, sizeof(name), "%.230s%d-%d", prefix, (int)getpid(), number);
		err = path_join(swap->staging, sizeof(swap->staging), above, name);
		if (err)
			return err;
		if (mkdir(swap->staging, 0777)) {
			if (errno == EEXIST)
				continue;
			return -errno;
		}
		swap->lock = staging_lock(swap->staging);
		if (swap->lock < 0)
			continue; /* another one cleared it away before it was locked */
		err = path_join(path, sizeof(path), swap->staging, marker);
		return err ? err : file_write(path, marker_words, strlen(marker_words));
	}
	return -EEXIST;
}

int swap_begin(struct site_swap *swap, const char *target, struct fault *fault)
{
	char above[PATH_MAX], name[NAME_MAX + 1], prefix[NAME_MAX + 1];
	int err;

	*swap = (struct site_swap){ .lock = -1 };
	err = target_resolve(swap, target, above, name, fault);
	if (!err)
		err = target_check(swap->target, fault);
	if (err)
		return err;
	snprintf(prefix, sizeof(prefix), ".%.200s.new-", name);
	staging_clear(above, prefix);
	err = staging_make(swap, above, prefix);
	return err ? fault_set(fault, err, "a new directory in %s: %s", above, strerror(-err)) : 0;
}

int swap_commit(struct site_swap *swap, struct fault *fault)
{
	int err = target_check(swap->target, fault); /* it may have changed meanwhile */

	if (err)
		return err;
	/* Works where there is nothing, or an empty directory. */
	if (!rename(swap->staging, swap->target)) {
		swap->staging[0] = '\0';
		return 0;
	}
	/* Afterwards the staging name is the old one's, which swap_end removes. */
	if (!renameat2(AT_FDCWD, swap->staging, AT_FDCWD, swap->target, RENAME_EXCHANGE))
		return 0;
	if (errno == EINVAL || errno == ENOSYS) { /* a file system that can't exchange */
		char old[PATH_MAX + 8];

		snprintf(old, sizeof(old), "%s-old", swap->staging);
		if (!rename(swap->target, old)) {
			if (!rename(swap->staging, swap->target)) {
				swap->staging[0] = '\0';
				directory_remove(old);
				return 0;
			}
			err = errno;
			rename(old, swap->target);
			errno = err;
		}
	}
	return fault_set(fault, -errno, "%s: %s", swap->target, strerror(errno));
}

void swap_end(struct site_swap *swap)
{
	/* Without the lock it may be another's folder that the name is of. */
	if (swap->lock >= 0 && swap->staging[0])
		directory_remove(swap->staging);
	if (swap->lock >= 0)
		close(swap->lock);
	*swap = (struct site_swap){ .lock = -1 };
}
