// SPDX-License-Identifier: GPL-2.0-only
/* kernel_store: adding to the cache of kernels, removing from it, and holding what is in use. */
#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runner/kernel_record.h"
#include "runner/paths.h"

enum { CONFIG_SIZE = 16 << 20 };

#define LOCK_NAME ".lock"
#define NEW_PREFIX ".new-"

/* A regular file of a bearable size: neither a device nor a pipe is ever waited for. */
static int file_check(const char *path, off_t limit, struct fault *fault)
{
	struct stat status;

	if (stat(path, &status))
		return fault_set(fault, -errno, "%s: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode))
		return fault_set(fault, -EINVAL, "%s: not a regular file", path);
	if (status.st_size > limit)
		return fault_set(fault, -EFBIG, "%s: larger than %lld MiB", path,
				 (long long)limit >> 20);
	return 0;
}

/* Copies one file into the folder that is being made, and hashes the copy: nobody else writes to that. */
static int part_copy(const char *from, const char *to, off_t limit, char sha256[SHA256_HEX],
		     struct fault *fault)
{
	int err = file_check(from, limit, fault);

	if (err)
		return err;
	err = file_copy(from, to);
	if (!err && chmod(to, 0644))
		err = -errno;
	if (!err)
		err = file_sha256(to, sha256);
	return err ? fault_set(fault, err, "%s: %s", from, strerror(-err)) : 0;
}

/* Everything of a new kernel but its record. */
static int kernel_fill(const char *folder, const char *image, const char *config,
		       struct kernel *kernel, struct fault *fault)
{
	char path[PATH_MAX];
	struct image found = { 0 };
	int err = path_join(path, sizeof(path), folder, "image");

	if (err)
		return fault_set(fault, err, "%s: %s", folder, strerror(-err));
	err = part_copy(image, path, IMAGE_SIZE_MAX, kernel->sha256, fault);
	if (err)
		return err;
	err = image_read(path, &found, fault);
	if (err)
		return fault_wrap(fault, err, "%s", image);
	kernel->format = found.format;
	memcpy(kernel->release, found.release, sizeof(kernel->release));
	err = kernel_place(folder, kernel);
	if (!err && rename(path, kernel->image))
		err = -errno;
	if (err)
		return fault_set(fault, err, "%s: %s", folder, strerror(-err));
	if (!config)
		return 0;
	err = path_join(path, sizeof(path), folder, "config");
	return err ? fault_set(fault, err, "%s: %s", folder, strerror(-err))
		   : part_copy(config, path, CONFIG_SIZE, kernel->config_sha256, fault);
}

/* What a killed kernel_add left behind; the lock is held, so nobody is at work in there. */
static void leftovers_remove(const char *cache)
{
	DIR *folder = opendir(cache);
	struct dirent *entry;
	char path[PATH_MAX];

	while (folder && (entry = readdir(folder)))
		if (!strncmp(entry->d_name, NEW_PREFIX, strlen(NEW_PREFIX)) &&
		    !path_join(path, sizeof(path), cache, entry->d_name))
			directory_remove(path);
	if (folder)
		closedir(folder);
}

/* A name belongs to one content: two kernels of one name could not be told apart in a table. */
static int name_choose(const struct kernel_list *list, const struct kernel_new *fresh,
		       struct kernel *kernel, struct fault *fault)
{
	const char *name = fresh->name;
	bool taken = false;

	for (size_t i = 0; i < list->count; i++)
		taken |= !strcmp(list->items[i].name, name ? name : kernel->release);
	if (taken && name && !fresh->name_yields)
		return fault_set(fault, -EEXIST, "a kernel named %s is there, with another content",
				 name);
	if (!name)
		name = kernel->release;
	if (taken)
		snprintf(kernel->name, sizeof(kernel->name), "%.100s-%.8s", name, kernel->sha256);
	else
		snprintf(kernel->name, sizeof(kernel->name), "%s", name);
	return 0;
}

/* Where a folder is while it is made, or while it goes. */
static int fresh_place(const char *cache, char *out)
{
	char name[32];

	snprintf(name, sizeof(name), NEW_PREFIX "%d", (int)getpid());
	return path_join(out, PATH_MAX, cache, name);
}

/* Gives the finished folder its name; what stood there was broken (kernels_load passed it over). */
static int kernel_install(const char *cache, const char *fresh, struct json_t *recipe,
			  struct kernel *kernel, struct fault *fault)
{
	char folder[PATH_MAX];
	int err = path_join(folder, sizeof(folder), cache, kernel->sha256);

	if (!err)
		err = kernel_record_write(fresh, kernel, recipe);
	if (!err)
		err = directory_remove(folder);
	if (!err && rename(fresh, folder))
		err = -errno;
	if (!err)
		err = kernel_place(folder, kernel);
	return err ? fault_set(fault, err, "%s: %s", cache, strerror(-err)) : 0;
}

/* What a record says of its recipe is what is read from it later: broken now is better than then. */
static int kernel_recipe_note(struct json_t *recipe, struct kernel *kernel, struct fault *fault)
{
	int err = recipe ? kernel_recipe_read(recipe, kernel) : 0;

	return err ? fault_set(fault, err, "not the recipe of a kernel") : 0;
}

/* One image that is booted in two ways is two kernels: what is appended counts as content. */
static int identity_extend(const struct json_t *recipe, struct kernel *kernel)
{
	const char *append = json_string_value(json_object_get(recipe, "append"));
	char both[SHA256_HEX + sizeof(kernel->append) + 1];
	int len;

	if (!append)
		return 0;
	len = snprintf(both, sizeof(both), "%s %s", kernel->sha256, append);
	if (len < 0 || (size_t)len >= sizeof(both))
		return -ENAMETOOLONG;
	return bytes_sha256(both, (size_t)len, kernel->sha256);
}

/* With the cache's lock held. */
static int kernel_put_locked(const char *cache, const struct kernel_new *what,
			     struct kernel *kernel, struct fault *fault)
{
	struct kernel_list list = { 0 };
	char fresh[PATH_MAX];
	int err;

	leftovers_remove(cache);
	err = fresh_place(cache, fresh);
	if (!err)
		err = directory_make(fresh, 0755);
	if (err)
		return fault_set(fault, err, "%s: %s", fresh, strerror(-err));
	err = kernel_fill(fresh, what->image, what->config, kernel, fault);
	if (!err) {
		err = identity_extend(what->recipe, kernel);
		if (err)
			fault_set(fault, err, "what is to be appended: %s", strerror(-err));
	}
	if (!err)
		err = kernels_load(&list, fault);
	for (size_t i = 0; !err && i < list.count; i++) {
		if (strcmp(list.items[i].sha256, kernel->sha256))
			continue;
		*kernel = list.items[i];
		goto out;
	}
	if (!err)
		err = kernel_recipe_note(what->recipe, kernel, fault);
	if (!err)
		err = name_choose(&list, what, kernel, fault);
	if (!err)
		err = kernel_install(cache, fresh, what->recipe, kernel, fault);
out:
	directory_remove(fresh);
	kernel_list_free(&list);
	return err;
}

static int cache_lock(char cache[PATH_MAX], int *fd, struct fault *fault)
{
	char lock[PATH_MAX];
	int err = path_of_cache("kernels", cache);

	if (!err)
		err = path_join(lock, sizeof(lock), cache, LOCK_NAME);
	if (!err)
		err = lock_take(lock, true, fd);
	return err ? fault_set(fault, err, "the cache of kernels: %s", strerror(-err)) : 0;
}

int kernel_put(const struct kernel_new *fresh, struct kernel *kernel, struct fault *fault)
{
	char cache[PATH_MAX];
	int err, fd = -1;

	memset(kernel, 0, sizeof(*kernel));
	if (fresh->name && !kernel_name_valid(fresh->name))
		return fault_set(
			fault, -EINVAL,
			"\"%.128s\" can't be a kernel's name: letters, digits and .+~_- only",
			fresh->name);
	snprintf(kernel->version, sizeof(kernel->version), "%s",
		 fresh->version ? fresh->version : "");
	snprintf(kernel->origin, sizeof(kernel->origin), "%s", fresh->origin ? fresh->origin : "");
	err = cache_lock(cache, &fd, fault);
	if (err)
		return err;
	err = kernel_put_locked(cache, fresh, kernel, fault);
	close(fd);
	if (!err && fault)
		fault->text[0] = '\0';
	return err;
}

int kernel_add(const char *image, const char *config, const char *name, const char *version,
	       const char *origin, struct kernel *kernel, struct fault *fault)
{
	const struct kernel_new fresh = {
		.image = image, .config = config, .name = name, .version = version, .origin = origin
	};

	return kernel_put(&fresh, kernel, fault);
}

static int folder_of(const struct kernel *kernel, char folder[PATH_MAX])
{
	int len = snprintf(folder, PATH_MAX, "%s", kernel->image);
	char *slash = strrchr(folder, '/');

	if (len >= PATH_MAX || !slash)
		return -ENAMETOOLONG;
	*slash = '\0';
	return 0;
}

/* Shared by those who boot it, exclusive for who removes it: a lock on the folder itself. */
static int folder_lock(const struct kernel *kernel, int how, int *fd)
{
	char folder[PATH_MAX];
	int err = folder_of(kernel, folder), got;

	if (err)
		return err;
	*fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (*fd < 0)
		return -errno;
	while ((got = flock(*fd, how)) && errno == EINTR)
		;
	if (got)
		err = -errno;
	else if (access(kernel->image, R_OK)) /* removed between our open and our lock */
		err = -ENOENT;
	if (err)
		close(*fd);
	return err;
}

int kernel_hold(const struct kernel *kernel, int *fd, struct fault *fault)
{
	int err = folder_lock(kernel, LOCK_SH, fd);

	return err ? fault_set(fault, err, "%s: %s", kernel->name,
			       err == -ENOENT ? "it was removed just now" : strerror(-err))
		   : 0;
}

int kernel_remove(const struct kernel *kernel, struct fault *fault)
{
	char cache[PATH_MAX], folder[PATH_MAX], gone[PATH_MAX];
	int err, lock = -1, fd = -1;

	err = cache_lock(cache, &lock, fault);
	if (err)
		return err;
	err = folder_lock(kernel, LOCK_EX | LOCK_NB, &fd);
	if (err == -EWOULDBLOCK) {
		err = fault_set(fault, -EBUSY, "%s: a run is using it", kernel->name);
		goto out;
	}
	if (!err)
		err = folder_of(kernel, folder);
	if (!err)
		err = fresh_place(cache, gone);
	if (!err)
		err = directory_remove(gone);
	if (!err && rename(folder, gone))
		err = -errno;
	if (!err)
		err = directory_remove(gone);
	if (fd >= 0)
		close(fd);
	if (err)
		fault_set(fault, err, "%s: %s", kernel->name, strerror(-err));
out:
	close(lock);
	return err;
}

unsigned long long kernel_bytes(const struct kernel *kernel)
{
	const char *const paths[] = { kernel->image, kernel->config, kernel->symbols };
	unsigned long long bytes = 0;
	struct stat status;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (paths[i][0] && !stat(paths[i], &status))
			bytes += (unsigned long long)status.st_size;
	return bytes;
}
