// SPDX-License-Identifier: GPL-2.0-only
/* kernels: the cache of kernel images, one folder a content; adding, listing, finding. */
#include "runner/kernels.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "runner/image.h"
#include "runner/paths.h"
#include "runner/version.h"

enum { RECORD_SIZE = 65536, CONFIG_SIZE = 16 << 20, SHA_PREFIX = 8 };

#define NAME_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+~_-"
#define HEX_CHARACTERS "0123456789abcdef"
#define LOCK_NAME ".lock"
#define NEW_PREFIX ".new-"

static bool name_valid(const char *name)
{
	return name[0] && name[0] != '-' && name[0] != '.' && !name[strspn(name, NAME_CHARACTERS)];
}

static bool sha256_valid(const char *sha256)
{
	return strlen(sha256) == SHA256_HEX - 1 && !sha256[strspn(sha256, HEX_CHARACTERS)];
}

/* One field of kernel.json, which anybody may have edited: a string without control characters. */
static int record_string(const json_t *record, const char *key, char *out, size_t room)
{
	const json_t *value = json_object_get(record, key);
	const char *string = json_string_value(value);
	size_t len = json_string_length(value);

	if (!string || len >= room || strlen(string) != len)
		return -EPROTO;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)string[i] < ' ' || string[i] == 0x7f)
			return -EPROTO;
	memcpy(out, string, len + 1);
	return 0;
}

static int record_parse(const json_t *record, struct kernel *kernel)
{
	const struct {
		const char *key;
		char *out;
		size_t room;
	} fields[] = {
		{ "sha256", kernel->sha256, sizeof(kernel->sha256) },
		{ "name", kernel->name, sizeof(kernel->name) },
		{ "release", kernel->release, sizeof(kernel->release) },
		{ "version", kernel->version, sizeof(kernel->version) },
		{ "origin", kernel->origin, sizeof(kernel->origin) },
		{ "config_sha256", kernel->config_sha256, sizeof(kernel->config_sha256) },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (record_string(record, fields[i].key, fields[i].out, fields[i].room))
			return -EPROTO;
	if (!sha256_valid(kernel->sha256) || !name_valid(kernel->name) || !kernel->release[0])
		return -EPROTO;
	return kernel->config_sha256[0] && !sha256_valid(kernel->config_sha256) ? -EPROTO : 0;
}

/* The paths of what is in a kernel's folder. */
static int kernel_place(const char *folder, struct kernel *kernel)
{
	int err = path_join(kernel->image, sizeof(kernel->image), folder, "vmlinuz");

	if (!err)
		err = path_join(kernel->symbols, sizeof(kernel->symbols), folder, "symbols");
	kernel->config[0] = '\0';
	if (!err && kernel->config_sha256[0])
		err = path_join(kernel->config, sizeof(kernel->config), folder, "config");
	return err;
}

/* Reads one folder of the cache: -EPROTO where its record is broken or its parts are missing. */
static int kernel_read(const char *cache, const char *sha256, struct kernel *kernel,
		       struct fault *fault)
{
	char folder[PATH_MAX], path[PATH_MAX];
	struct text bytes = { 0 };
	json_error_t wrong;
	json_t *record = NULL;
	int err;

	memset(kernel, 0, sizeof(*kernel));
	err = path_join(folder, sizeof(folder), cache, sha256);
	if (!err)
		err = path_join(path, sizeof(path), folder, "kernel.json");
	if (!err)
		err = file_read(path, RECORD_SIZE, &bytes);
	if (err) {
		fault_set(fault, err, "%s/kernel.json: %s", sha256, strerror(-err));
		goto out;
	}
	record = json_loadb(text_get(&bytes), bytes.len, JSON_REJECT_DUPLICATES, &wrong);
	if (!record) {
		err = fault_set(fault, -EPROTO, "%s:%d:%d: %s", path, wrong.line, wrong.column,
				wrong.text);
		goto out;
	}
	err = record_parse(record, kernel);
	if (!err && strcmp(kernel->sha256, sha256))
		err = -EPROTO;
	if (!err)
		err = kernel_place(folder, kernel);
	if (err) {
		fault_set(fault, err, "%s: not the record of a kernel", path);
		goto out;
	}
	if (access(kernel->image, R_OK) || (kernel->config[0] && access(kernel->config, R_OK)))
		err = fault_set(fault, -EPROTO, "%s: the image or the config is missing", folder);
out:
	json_decref(record);
	text_free(&bytes);
	return err;
}

static int kernel_order(const void *left, const void *right)
{
	const struct kernel *a = left, *b = right;
	int difference = version_compare(a->release, b->release);

	if (!difference)
		difference = version_compare(a->version, b->version);
	return difference ? difference : strcmp(a->name, b->name);
}

static int list_add(struct kernel_list *list, const struct kernel *kernel)
{
	struct kernel *items = reallocarray(list->items, list->count + 1, sizeof(list->items[0]));

	if (!items)
		return -ENOMEM;
	items[list->count++] = *kernel;
	list->items = items;
	return 0;
}

/* In the folder's order; what is broken is named in fault and passed over. */
static int folder_read(DIR *folder, const char *cache, struct kernel *kernel,
		       struct kernel_list *list, struct fault *fault)
{
	struct fault broken = { 0 };
	struct dirent *entry;
	int err = 0;

	while (!err && (entry = readdir(folder))) {
		if (!sha256_valid(entry->d_name))
			continue;
		if (!kernel_read(cache, entry->d_name, kernel, &broken))
			err = list_add(list, kernel);
		else
			fault_set(fault, 0, "passed over: %s", broken.text);
	}
	return err ? fault_set(fault, err, "%s: %s", cache, strerror(-err)) : 0;
}

static int list_read(struct kernel_list *list, const char *cache, struct fault *fault)
{
	struct kernel *kernel; /* three paths long: not for the stack */
	DIR *folder = opendir(cache);
	int err = -ENOMEM;

	if (!folder)
		return fault_set(fault, -errno, "%s: %s", cache, strerror(errno));
	kernel = malloc(sizeof(*kernel));
	if (kernel)
		err = folder_read(folder, cache, kernel, list, fault);
	free(kernel);
	closedir(folder);
	return err;
}

/* A broken folder hides no other: it is passed over, and fault names it beside the result 0. */
int kernels_load(struct kernel_list *list, struct fault *fault)
{
	char cache[PATH_MAX];
	int err;

	*list = (struct kernel_list){ 0 };
	if (fault)
		fault->text[0] = '\0';
	err = path_of_cache("kernels", cache);
	if (err)
		return fault_set(fault, err, "the cache of kernels: %s", strerror(-err));
	err = list_read(list, cache, fault);
	if (err)
		kernel_list_free(list);
	else if (list->count)
		qsort(list->items, list->count, sizeof(list->items[0]), kernel_order);
	return err;
}

void kernel_list_free(struct kernel_list *list)
{
	free(list->items);
	*list = (struct kernel_list){ 0 };
}

/* How well spec names the kernel: 4 its name, 3 its content, 2 up to a part's end, 1 somehow, 0 not. */
static int kernel_match(const struct kernel *kernel, const char *spec)
{
	size_t len = strlen(spec);

	if (!strcmp(kernel->name, spec))
		return 4;
	if (len >= SHA_PREFIX && !strncmp(kernel->sha256, spec, len))
		return 3;
	if (version_begins(kernel->release, spec) || version_begins(kernel->version, spec) ||
	    version_begins(kernel->name, spec))
		return 2;
	return len && !strncmp(kernel->name, spec, len);
}

int kernel_find(const struct kernel_list *list, const char *spec, struct kernel *kernel,
		struct fault *fault)
{
	struct text there = { 0 };
	int best = 0, match;

	for (size_t i = 0; i < list->count; i++) {
		match = kernel_match(&list->items[i], spec);
		if (match && match >= best) { /* the list is sorted: a later one is newer */
			best = match;
			*kernel = list->items[i];
		}
		text_addf(&there, "%s%s", i ? ", " : "", list->items[i].name);
	}
	if (!best)
		fault_set(fault, -ENOENT, "no kernel \"%.80s\" in the cache; there %s: %s", spec,
			  list->count == 1 ? "is" : "are",
			  list->count ? text_get(&there) : "none yet");
	text_free(&there);
	return best ? 0 : -ENOENT;
}

bool kernel_spec_is_glob(const char *spec)
{
	return strpbrk(spec, "*?[") != NULL;
}

bool kernel_matches_glob(const struct kernel *kernel, const char *glob)
{
	return glob_match(glob, kernel->name) || glob_match(glob, kernel->release);
}

static int record_write(const char *folder, const struct kernel *kernel)
{
	char path[PATH_MAX];
	json_t *record;
	char *bytes;
	int err = path_join(path, sizeof(path), folder, "kernel.json");

	if (err)
		return err;
	record = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "sha256", kernel->sha256, "name",
			   kernel->name, "release", kernel->release, "version", kernel->version,
			   "origin", kernel->origin, "config_sha256", kernel->config_sha256);
	bytes = record ? json_dumps(record, JSON_INDENT(2)) : NULL;
	json_decref(record);
	if (!bytes)
		return -EINVAL; /* no memory, or a string that is no UTF-8 */
	err = file_write(path, bytes, strlen(bytes));
	free(bytes);
	return err;
}

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
	int err = path_join(path, sizeof(path), folder, "vmlinuz");

	if (err)
		return fault_set(fault, err, "%s: %s", folder, strerror(-err));
	err = part_copy(image, path, IMAGE_SIZE_MAX, kernel->sha256, fault);
	if (err)
		return err;
	err = image_release(path, kernel->release, sizeof(kernel->release), fault);
	if (err)
		return fault_wrap(fault, err, "%s", image);
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
static int name_choose(const struct kernel_list *list, const char *name, struct kernel *kernel,
		       struct fault *fault)
{
	bool taken = false;

	for (size_t i = 0; i < list->count; i++)
		taken |= !strcmp(list->items[i].name, name ? name : kernel->release);
	if (taken && name)
		return fault_set(fault, -EEXIST, "a kernel named %s is there, with another content",
				 name);
	if (name)
		snprintf(kernel->name, sizeof(kernel->name), "%s", name);
	else if (taken)
		snprintf(kernel->name, sizeof(kernel->name), "%s-%.8s", kernel->release,
			 kernel->sha256);
	else
		snprintf(kernel->name, sizeof(kernel->name), "%s", kernel->release);
	return 0;
}

/* Gives the finished folder its name; what stood there was broken (kernels_load passed it over). */
static int kernel_install(const char *cache, const char *fresh, struct kernel *kernel,
			  struct fault *fault)
{
	char folder[PATH_MAX];
	int err = path_join(folder, sizeof(folder), cache, kernel->sha256);

	if (!err)
		err = record_write(fresh, kernel);
	if (!err)
		err = directory_remove(folder);
	if (!err && rename(fresh, folder))
		err = -errno;
	if (!err)
		err = kernel_place(folder, kernel);
	return err ? fault_set(fault, err, "%s: %s", cache, strerror(-err)) : 0;
}

/* With the cache's lock held. */
static int kernel_add_locked(const char *cache, const char *image, const char *config,
			     const char *name, struct kernel *kernel, struct fault *fault)
{
	struct kernel_list list = { 0 };
	char fresh[PATH_MAX];
	int err, len;

	leftovers_remove(cache);
	len = snprintf(fresh, sizeof(fresh), "%s/" NEW_PREFIX "%d", cache, (int)getpid());
	if (len >= (int)sizeof(fresh))
		return fault_set(fault, -ENAMETOOLONG, "%s: %s", cache, strerror(ENAMETOOLONG));
	err = directory_make(fresh, 0755);
	if (err)
		return fault_set(fault, err, "%s: %s", fresh, strerror(-err));
	err = kernel_fill(fresh, image, config, kernel, fault);
	if (!err)
		err = kernels_load(&list, fault);
	for (size_t i = 0; !err && i < list.count; i++) {
		if (strcmp(list.items[i].sha256, kernel->sha256))
			continue;
		*kernel = list.items[i];
		goto out;
	}
	if (!err)
		err = name_choose(&list, name, kernel, fault);
	if (!err)
		err = kernel_install(cache, fresh, kernel, fault);
out:
	directory_remove(fresh);
	kernel_list_free(&list);
	return err;
}

int kernel_add(const char *image, const char *config, const char *name, const char *version,
	       const char *origin, struct kernel *kernel, struct fault *fault)
{
	char cache[PATH_MAX], lock[PATH_MAX];
	int err, fd;

	memset(kernel, 0, sizeof(*kernel));
	if (name && (!name_valid(name) || strlen(name) >= sizeof(kernel->name)))
		return fault_set(
			fault, -EINVAL,
			"\"%.128s\" can't be a kernel's name: letters, digits and .+~_- only",
			name);
	snprintf(kernel->version, sizeof(kernel->version), "%s", version ? version : "");
	snprintf(kernel->origin, sizeof(kernel->origin), "%s", origin ? origin : "");
	err = path_of_cache("kernels", cache);
	if (!err)
		err = path_join(lock, sizeof(lock), cache, LOCK_NAME);
	if (!err)
		err = lock_take(lock, true, &fd);
	if (err)
		return fault_set(fault, err, "the cache of kernels: %s", strerror(-err));
	err = kernel_add_locked(cache, image, config, name, kernel, fault);
	close(fd);
	if (!err && fault)
		fault->text[0] = '\0';
	return err;
}
