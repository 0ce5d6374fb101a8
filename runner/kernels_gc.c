// SPDX-License-Identifier: GPL-2.0-only
/* kernels_gc: goes through the folders of the cache, each under the locks of those who work in it. */
#include "runner/kernels_gc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "runner/kernel_record.h"
#include "runner/paths.h"

enum { OPEN_FOLDERS = 32, DAY = 86400 };

struct collector {
	unsigned int unused;
	bool dry_run;
	gc_told *told;
	void *context;
	struct fault *fault;
	int err; /* the first */
};

static unsigned long long bytes_sum; /* nftw(3) hands nothing through */

static int bytes_add(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)path;
	(void)place;
	if (kind != FTW_NS)
		bytes_sum += (unsigned long long)status->st_blocks * 512;
	return 0;
}

unsigned long long disk_bytes(const char *path)
{
	bytes_sum = 0;
	nftw(path, bytes_add, OPEN_FOLDERS, FTW_PHYS);
	return bytes_sum;
}

/* Tells it, and removes it: renamed first, so that a name never stands for half of what it was. */
static void item_take(struct collector *collector, const char *path, const char *what)
{
	struct gc_item item = { 0 };
	char gone[PATH_MAX];
	struct stat status;
	int err = 0;

	if (lstat(path, &status) || snprintf(item.path, sizeof(item.path), "%s", path) >= PATH_MAX)
		return;
	snprintf(item.what, sizeof(item.what), "%s", what);
	item.bytes = disk_bytes(path);
	collector->told(collector->context, &item);
	if (collector->dry_run)
		return;
	if (!S_ISDIR(status.st_mode)) {
		err = unlink(path) && errno != ENOENT ? -errno : 0;
	} else {
		char *slash = strrchr(item.path, '/');

		*slash = '\0';
		snprintf(gone, sizeof(gone), "%.4000s/.new-gc-%d", item.path, (int)getpid());
		err = rename(path, gone) ? -errno : directory_remove(gone);
	}
	if (err && !collector->err)
		collector->err = fault_set(collector->fault, err, "%s: %s", path, strerror(-err));
}

/* Days since its last use, by its time; 0 where that can't be told. */
static double days_since(const char *path)
{
	struct stat status;

	return stat(path, &status) ? 0 : (double)(time(NULL) - status.st_mtim.tv_sec) / DAY;
}

typedef void entry_visit(struct collector *collector, const char *path, const char *name);

static void folder_visit(struct collector *collector, const char *folder, entry_visit *visit)
{
	char path[PATH_MAX];
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;

		if (strcmp(name, ".") && strcmp(name, "..") &&
		    !path_join(path, sizeof(path), folder, name))
			visit(collector, path, name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

/* With the lock of the kernels held: nobody makes one. */
static void kernel_visit(struct collector *collector, const char *path, const char *name)
{
	struct kernel *kernel;
	char folder[PATH_MAX];

	if (!strncmp(name, ".new-", 5)) {
		item_take(collector, path, "what an interrupted `kernel add` left");
		return;
	}
	kernel = sha256_valid(name) ? malloc(sizeof(*kernel)) : NULL;
	if (!kernel)
		return;
	snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path), path);
	if (kernel_read(folder, name, kernel, NULL) == -EPROTO)
		item_take(collector, path, "a kernel whose record or image is broken");
	free(kernel);
}

static void kernels_collect(struct collector *collector)
{
	char folder[PATH_MAX], lock[PATH_MAX];
	int fd;

	if (path_of_cache("kernels", folder) || path_join(lock, sizeof(lock), folder, ".lock") ||
	    lock_take(lock, true, &fd))
		return;
	folder_visit(collector, folder, kernel_visit);
	close(fd);
}

/* A folder with a lock in it that nobody holds. */
static void work_visit(struct collector *collector, const char *path, const char *name)
{
	char lock[PATH_MAX];
	int fd;

	if (!strncmp(name, ".new-", 5))
		item_take(collector, path, "what an interrupted removal left");
	if (strncmp(name, "run.", 4) != 0 || path_join(lock, sizeof(lock), path, "lock") ||
	    lock_take(lock, false, &fd))
		return;
	item_take(collector, path, "the work of a program that was killed");
	close(fd);
}

static void log_visit(struct collector *collector, const char *path, const char *name)
{
	char what[80];
	double days = days_since(path);

	(void)name;
	if (days < collector->unused)
		return;
	snprintf(what, sizeof(what), "the log of a build that failed %.0f days ago", days);
	item_take(collector, path, what);
}

/* Whoever uses a base holds its folder. */
static void base_collect(struct collector *collector, const char *path)
{
	char record[PATH_MAX], what[80];
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	double days;

	if (fd < 0)
		return;
	if (!flock(fd, LOCK_EX | LOCK_NB) &&
	    !path_join(record, sizeof(record), path, "base.json")) {
		days = days_since(record);
		snprintf(what, sizeof(what), "a warm base, unused for %.0f days", days);
		if (access(record, F_OK))
			item_take(collector, path, "a warm base that is broken");
		else if (days >= collector->unused)
			item_take(collector, path, what);
	}
	close(fd);
}

static void build_visit(struct collector *collector, const char *path, const char *name)
{
	size_t len = strlen(name);
	int fd;

	if (sha256_valid(name)) {
		base_collect(collector, path);
	} else if (!strcmp(name, "logs")) {
		folder_visit(collector, path, log_visit);
	} else if (len > 5 && !strcmp(name + len - 5, ".lock") && !lock_take(path, false, &fd)) {
		if (!collector->dry_run) /* empty: nothing to tell */
			unlink(path);
		close(fd);
	} else {
		work_visit(collector, path, name);
	}
}

static void download_visit(struct collector *collector, const char *path, const char *name)
{
	size_t len = strlen(name);

	if (len > 4 && !strcmp(name + len - 4, ".deb"))
		item_take(collector, path, "a package that was downloaded");
	else if (!strcmp(name, "partial"))
		folder_visit(collector, path, download_visit);
}

static void suite_visit(struct collector *collector, const char *path, const char *name)
{
	char archives[PATH_MAX];

	if (!strcmp(name, "work") || !strcmp(name, "source"))
		item_take(collector, path, "the work of a fetch that was killed");
	else if (!path_join(archives, sizeof(archives), path, "cache/archives"))
		folder_visit(collector, archives, download_visit);
}

/* Its time is that of its last use. */
static void source_visit(struct collector *collector, const char *path, const char *name)
{
	char what[80];
	double days = days_since(path);

	if (!strncmp(name, ".new-", 5)) {
		item_take(collector, path, "what an interrupted removal left");
	} else if (sha256_valid(name) && days >= collector->unused) {
		snprintf(what, sizeof(what), "a source package, unused for %.0f days", days);
		item_take(collector, path, what);
	}
}

static void apt_collect(struct collector *collector)
{
	char folder[PATH_MAX], lock[PATH_MAX];
	int fd;

	if (path_of_cache("apt", folder) || path_join(lock, sizeof(lock), folder, "lock") ||
	    lock_take(lock, false, &fd)) /* a fetch is at work: next time */
		return;
	folder_visit(collector, folder, suite_visit);
	if (!path_of_cache("sources", folder))
		folder_visit(collector, folder, source_visit);
	close(fd);
}

/* Under the guard of those who make such folders: none is seen between its making and its lock. */
static void guarded_collect(struct collector *collector, const char *name, entry_visit *visit)
{
	char folder[PATH_MAX], guard[PATH_MAX];
	int fd;

	if (path_of_cache(name, folder) || path_join(guard, sizeof(guard), folder, "guard") ||
	    lock_take(guard, true, &fd))
		return;
	folder_visit(collector, folder, visit);
	close(fd);
}

int kernels_gc(unsigned int unused, bool dry_run, gc_told *told, void *context, struct fault *fault)
{
	struct collector collector = { .unused = unused,
				       .dry_run = dry_run,
				       .told = told,
				       .context = context,
				       .fault = fault };

	kernels_collect(&collector);
	guarded_collect(&collector, "builds", build_visit);
	guarded_collect(&collector, "scratch", work_visit);
	apt_collect(&collector);
	return collector.err;
}
