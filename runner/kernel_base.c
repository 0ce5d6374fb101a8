// SPDX-License-Identifier: GPL-2.0-only
/* kernel_base: finds, makes and keeps the trees that patched builds begin from. */
#include "runner/kernel_base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/process.h"
#include "runner/kernel_prune.h"
#include "runner/kernel_record.h"
#include "runner/kernel_tree.h"
#include "runner/paths.h"

#define BUILDS "builds"

enum { RECORD_SIZE = 65536 };

void build_localversion(const char *key, char out[16])
{
	snprintf(out, 16, "-rb%.8s", key);
}

static int lock_path(const char *name, char path[PATH_MAX])
{
	char folder[PATH_MAX], file[SHA256_HEX + 8];
	int err = path_of_cache(BUILDS, folder);

	snprintf(file, sizeof(file), "%.64s.lock", name);
	return err ? err : path_join(path, PATH_MAX, folder, file);
}

int build_lock(const char *name, const char *who, int *fd, struct fault *fault)
{
	char path[PATH_MAX];
	int err = lock_path(name, path);

	if (!err)
		err = lock_take(path, false, fd);
	if (err == -EAGAIN) {
		if (who)
			fprintf(stderr, "%s: waiting for another build of the same\n", who);
		err = lock_take(path, true, fd);
	}
	return err ? fault_set(fault, err, "the cache of builds: %s", strerror(-err)) : 0;
}

/* The file goes while the lock is held: who waited for it looks whether it still has a name. */
void build_unlock(const char *name, int fd)
{
	char path[PATH_MAX];

	if (fd < 0)
		return;
	if (!lock_path(name, path))
		unlink(path);
	close(fd);
}

/* One folder of bases, held; -ENOENT where there is no whole one. */
static int base_open(const char *folder, int how, struct kernel_base *base, json_t **record)
{
	char path[PATH_MAX];
	struct stat status;
	int err = path_join(base->tree, sizeof(base->tree), folder, "tree"), got;

	if (!err)
		err = path_join(base->files, sizeof(base->files), folder, "files");
	if (!err)
		err = path_join(path, sizeof(path), folder, "base.json");
	if (err)
		return err;
	base->lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (base->lock < 0)
		return -errno;
	while ((got = flock(base->lock, how)) && errno == EINTR)
		;
	if (got)
		err = -errno;
	else if (stat(base->tree, &status)) /* removed between our open and our lock */
		err = -ENOENT;
	*record = err ? NULL : json_load_file(path, 0, NULL);
	if (!err && !json_is_object(*record))
		err = -ENOENT;
	if (err) {
		json_decref(*record);
		*record = NULL;
		close(base->lock);
		base->lock = -1;
	}
	return err;
}

static const char *record_get(const json_t *record, const char *key)
{
	const char *value = json_string_value(json_object_get(record, key));

	return value ? value : "";
}

/* By its key, and marks it as used now. */
static int base_find(const char *key, struct kernel_base *base)
{
	char builds[PATH_MAX], folder[PATH_MAX], path[PATH_MAX];
	json_t *record = NULL;
	int err = path_of_cache(BUILDS, builds);

	if (!err)
		err = path_join(folder, sizeof(folder), builds, key);
	if (!err)
		err = base_open(folder, LOCK_SH, base, &record);
	if (err)
		return err;
	snprintf(base->version, sizeof(base->version), "%s", record_get(record, "version"));
	if (!path_join(path, sizeof(path), folder, "base.json"))
		utimensat(AT_FDCWD, path, NULL, 0);
	json_decref(record);
	return 0;
}

/* What is done with each other base of a family: returns whether to look further. */
typedef bool base_visit(void *context, const char *folder, const json_t *record, double used);

static void family_visit(const char *family, base_visit *visit, void *context)
{
	char builds[PATH_MAX], folder[PATH_MAX], path[PATH_MAX];
	struct dirent *entry;
	struct stat status;
	bool more = true;
	DIR *there;

	if (path_of_cache(BUILDS, builds) || !(there = opendir(builds)))
		return;
	while (more && (entry = readdir(there))) {
		json_t *record;

		if (!sha256_valid(entry->d_name) ||
		    path_join(folder, sizeof(folder), builds, entry->d_name) ||
		    path_join(path, sizeof(path), folder, "base.json") || stat(path, &status))
			continue;
		record = json_load_file(path, 0, NULL);
		if (!strcmp(record_get(record, "family"), family))
			more = visit(context, folder, record,
				     (double)status.st_mtim.tv_sec +
					     (double)status.st_mtim.tv_nsec / 1e9);
		json_decref(record);
	}
	closedir(there);
}

struct nearest {
	const char *version;
	char folder[PATH_MAX];
	double used;
};

/* "7.3": from one such version to another most files change, and what was made of them goes stale. */
static bool series_same(const char *left, const char *right)
{
	size_t len = strspn(left, "0123456789");

	len += left[len] == '.' ? 1 + strspn(left + len + 1, "0123456789") : 0;
	return !strncmp(left, right, len) && !(right[len] >= '0' && right[len] <= '9');
}

static bool nearest_visit(void *context, const char *folder, const json_t *record, double used)
{
	struct nearest *nearest = context;

	if (used > nearest->used && series_same(nearest->version, record_get(record, "version"))) {
		nearest->used = used;
		snprintf(nearest->folder, sizeof(nearest->folder), "%s", folder);
	}
	return true;
}

static bool rolling_visit(void *context, const char *folder, const json_t *record, double used)
{
	struct kernel_base base = { .lock = -1 };
	char gone[PATH_MAX];
	json_t *again = NULL;

	(void)used;
	if (!json_is_true(json_object_get(record, "rolling")) ||
	    base_open(folder, LOCK_EX | LOCK_NB, &base, &again))
		return true;
	if (!path_join(gone, sizeof(gone), context, "gone") && !rename(folder, gone))
		directory_remove(gone);
	json_decref(again);
	close(base.lock);
	return true;
}

static int text_write(const char *folder, const char *name, const char *bytes, size_t count)
{
	char path[PATH_MAX];
	int err = path_join(path, sizeof(path), folder, name);

	return err ? err : file_write(path, bytes, count);
}

int kernel_configure(const struct kernel_config *config, struct kernel_make *make,
		     struct fault *fault)
{
	static const char fragment[] = ".config.asked";
	const bool whole = !strcmp(config->base, "olddefconfig");
	const bool defaults = strstr(config->base, "defconfig") && !whole;
	const char *const first[] = { config->base,
				      defaults ? NULL : "KCONFIG_ALLCONFIG=.config.asked", NULL };
	static const char *const finish[] = { "olddefconfig", NULL };
	const char *stage = "configuring";
	struct text text = { 0 };
	char path[PATH_MAX];
	int err;

	err = text_write(make->tree, whole ? ".config" : fragment, text_get(&config->text),
			 config->text.len);
	if (err)
		return fault_set(fault, err, "%s: %s", make->tree, strerror(-err));
	if (whole)
		return kernel_make(make, finish, stage, fault);
	err = kernel_make(make, first, stage, fault);
	if (err || !defaults)
		return err;
	/* Of two lines about a symbol the later one holds. */
	err = path_join(path, sizeof(path), make->tree, ".config");
	if (!err)
		err = file_read(path, 16 << 20, &text);
	text_add(&text, text_get(&config->text));
	if (!err)
		err = text.failed ? -ENOMEM : file_write(path, text.data, text.len);
	text_free(&text);
	return err ? fault_set(fault, err, "%s: %s", make->tree, strerror(-err))
		   : kernel_make(make, finish, stage, fault);
}

int kernel_compiled(const char *tree, char path[PATH_MAX], bool *vmlinux)
{
	struct text config = { 0 };
	char pvh[8];
	int err = path_join(path, PATH_MAX, tree, ".config");

	if (!err)
		err = file_read(path, 16 << 20, &config);
	if (!err) {
		kernel_config_value(text_get(&config), "CONFIG_PVH", pvh, sizeof(pvh));
		*vmlinux = !strcmp(pvh, "y");
		err = path_join(path, PATH_MAX, tree,
				*vmlinux ? "vmlinux" : "arch/x86/boot/bzImage");
	}
	text_free(&config);
	return err;
}

int kernel_compile(struct kernel_make *make, char path[PATH_MAX], struct fault *fault)
{
	const char *target[2] = { NULL };
	bool vmlinux = false;
	int err = kernel_compiled(make->tree, path, &vmlinux);

	if (err)
		return fault_set(fault, err, "%s/.config: %s", make->tree, strerror(-err));
	target[0] = vmlinux ? "vmlinux" : "bzImage";
	err = kernel_make(make, target, "compiling", fault);
	if (!err && access(path, R_OK))
		err = fault_set(fault, -ENOEXEC, "make %s left no %s", target[0], path);
	return err;
}

/* The source in tree, and its list in files, on top of the family's newest base where there is one. */
static int source_place(const struct kernel_base_ask *ask, const char *work, const char *tree,
			const char *files, struct fault *fault)
{
	struct nearest nearest = { .version = ask->version };
	struct kernel_base near = { .lock = -1 };
	struct progress progress;
	char fresh[PATH_MAX], list[PATH_MAX];
	json_t *record = NULL;
	size_t changed = 0;
	bool warm;
	int err = path_join(fresh, sizeof(fresh), work, "fresh");

	family_visit(ask->family, nearest_visit, &nearest);
	warm = nearest.folder[0] && !base_open(nearest.folder, LOCK_SH, &near, &record);
	if (!err)
		err = path_join(list, sizeof(list), nearest.folder, "files");
	if (!err)
		err = directory_make(warm ? fresh : tree, 0755);
	if (err) {
		fault_set(fault, err, "%s: %s", work, strerror(-err));
		goto out;
	}
	if (ask->who)
		fprintf(stderr, "%s: unpacking %s\n", ask->who, ask->source->origin);
	progress_start(&progress, 1, !ask->who);
	err = kernel_source_extract(ask->source, warm ? fresh : tree, &progress, fault);
	if (!err)
		err = tree_list(warm ? fresh : tree, files, fault);
	if (err || !warm)
		goto out;
	err = tree_copy(near.tree, tree, fault);
	if (!err)
		err = tree_sync(fresh, tree, list, &changed, fault);
	if (!err && ask->who)
		fprintf(stderr, "%s: beginning from the base of %s: %zu files differ\n", ask->who,
			record_get(record, "origin"), changed);
	directory_remove(fresh);
out:
	json_decref(record);
	kernel_base_close(&near);
	return err;
}

static int record_make(const struct kernel_base_ask *ask, const char *folder, const char *version,
		       double seconds)
{
	json_t *record = json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:f}", "family", ask->family,
				   "source", ask->source->identity, "origin", ask->source->origin,
				   "version", version, "config", ask->config->name, "rolling",
				   ask->rolling, "seconds", seconds);
	char *bytes = record ? json_dumps(record, JSON_INDENT(2)) : NULL;
	int err = bytes ? text_write(folder, "base.json", bytes, strlen(bytes)) : -EINVAL;

	free(bytes);
	json_decref(record);
	return err;
}

/*
 * With the lock of its key held. All is made in the scratch folder, and then renamed; the tree where those of
 * patched builds will be: objtool's own build notes absolute paths, and is done again where they differ.
 */
static int base_make(const struct kernel_base_ask *ask, const char *work, const char *log,
		     struct kernel_base *base, struct fault *fault)
{
	char folder[PATH_MAX], tree[PATH_MAX], list[PATH_MAX], image[PATH_MAX], builds[PATH_MAX],
		place[PATH_MAX], final[PATH_MAX], localversion[16];
	struct kernel_make make = {
		.log = log, .who = ask->who, .jobs = ask->jobs, .localversion = localversion
	};
	double began = seconds_now();
	size_t gone;
	int err = path_join(folder, sizeof(folder), work, "base");

	build_localversion(ask->key, localversion);
	if (!err)
		err = path_join(tree, sizeof(tree), work, "tree");
	if (!err)
		err = path_join(final, sizeof(final), folder, "tree");
	if (!err)
		err = path_join(list, sizeof(list), folder, "files");
	if (!err)
		err = path_of_cache(BUILDS, builds);
	if (!err)
		err = path_join(place, sizeof(place), builds, ask->key);
	if (!err)
		err = directory_make(folder, 0755);
	if (err)
		return fault_set(fault, err, "%s: %s", work, strerror(-err));
	make.tree = tree;
	err = source_place(ask, work, tree, list, fault);
	if (!err)
		err = kernel_source_version(tree, base->version, fault);
	if (!err)
		err = kernel_configure(ask->config, &make, fault);
	if (!err)
		err = kernel_compile(&make, image, fault);
	base->compiled = make.compiled;
	if (err)
		return err;
	err = tree_prune(tree, list, &gone, fault);
	if (err)
		return err;
	err = record_make(ask, folder, base->version, seconds_now() - began);
	if (!err)
		err = directory_remove(place); /* one whose record was broken */
	if (!err && ask->rolling)
		family_visit(ask->family, rolling_visit, (void *)work);
	if (!err && (rename(tree, final) || rename(folder, place)))
		err = -errno;
	return err ? fault_set(fault, err, "%s: %s", place, strerror(-err)) : 0;
}

int kernel_base_get(const struct kernel_base_ask *ask, const struct scratch *scratch,
		    const char *log, struct kernel_base *base, struct fault *fault)
{
	int err, lock = -1;

	*base = (struct kernel_base){ .lock = -1 };
	if (!base_find(ask->key, base)) {
		base->there = true;
		return 0;
	}
	err = build_lock(ask->key, ask->who, &lock, fault);
	if (err)
		return err;
	if (!base_find(ask->key, base)) { /* made while we waited */
		base->there = true;
	} else {
		err = base_make(ask, scratch->path, log, base, fault);
		if (!err && base_find(ask->key, base))
			err = fault_set(fault, -ENOENT, "the base that was just built is gone");
	}
	build_unlock(ask->key, lock);
	return err;
}

void kernel_base_close(struct kernel_base *base)
{
	if (base->lock >= 0)
		close(base->lock);
	base->lock = -1;
}
