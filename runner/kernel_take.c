// SPDX-License-Identifier: GPL-2.0-only
/* kernel_take: from a package of a suite to an image in the cache: downloaded, unpacked, added. */
#include "runner/kernel_take.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "runner/kernel_builds.h"
#include "runner/paths.h"

/* Where in the packages an image and its config have stood so far. */
static const char *const image_places[] = { "boot/vmlinuz-*", "usr/lib/modules/*/vmlinuz",
					    "usr/lib/modules/*/vmlinuz.unsigned",
					    "lib/modules/*/vmlinuz" };
static const char *const config_places[] = { "boot/config-*", "usr/lib/modules/*/config",
					     "lib/modules/*/config" };

static int file_find(const char *root, const char *const places[], size_t count, char *out)
{
	int err = -ENOENT;

	for (size_t i = 0; err == -ENOENT && i < count; i++) {
		glob_t found = { 0 };

		err = path_glob(root, places[i], &found);
		if (!err && strlen(found.gl_pathv[0]) >= PATH_MAX)
			err = -ENAMETOOLONG;
		if (!err)
			snprintf(out, PATH_MAX, "%s", found.gl_pathv[0]);
		globfree(&found);
	}
	return err;
}

static int image_add(const char *root, const struct apt_suite *apt,
		     const struct apt_package *package, struct kernel *kernel, struct fault *fault)
{
	char image[PATH_MAX], config[PATH_MAX], name[KERNEL_NAME], origin[320];
	bool config_there;

	if (file_find(root, image_places, sizeof(image_places) / sizeof(image_places[0]), image))
		return fault_set(fault, -ENOENT, "no vmlinuz in %s", package->name);
	config_there = !file_find(root, config_places,
				  sizeof(config_places) / sizeof(config_places[0]), config);
	build_name(package, name, sizeof(name));
	snprintf(origin, sizeof(origin), "debian %s %s %s", apt->name, package->name,
		 package->version);
	return kernel_add(image, config_there ? config : NULL, name, package->version, origin,
			  kernel, fault);
}

bool build_there(const struct kernel_list *list, const struct apt_package *package)
{
	char name[KERNEL_NAME];

	build_name(package, name, sizeof(name));
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i].name, name))
			return true;
	return false;
}

int build_download(const struct catalogue *catalogue, const struct apt_suite *apt,
		   const struct apt_package *package, const char *folder, struct fault *fault)
{
	const char *names[BUILD_PARTS];
	char *storage = NULL;
	struct fault missing = { 0 };
	size_t count = build_parts(catalogue, package, names, &storage);
	int err = directory_make(folder, 0755);
	bool whole;

	if (err) {
		free(storage);
		return fault_set(fault, err, "%s: %s", folder, strerror(-err));
	}
	err = apt_download(apt, names, count, package->version, folder, fault);
	whole = !err;
	/* Old builds outlive what they depend on: then what there is must do (a config is not all). */
	if (err && count > 1)
		err = apt_download(apt, names, 1, package->version, folder, fault);
	for (size_t i = 1; !whole && !err && i < count; i++)
		if (apt_download(apt, &names[i], 1, package->version, folder, &missing) == -ENOMEM)
			err = fault_set(fault, -ENOMEM, "no memory");
	free(storage);
	return err;
}

int build_keep(const struct apt_suite *apt, const struct apt_package *package, const char *folder,
	       char name[KERNEL_NAME], struct fault *fault)
{
	struct kernel *kernel = malloc(sizeof(*kernel)); /* three paths long: not for the stack */
	char root[PATH_MAX];
	int err = kernel ? path_join(root, sizeof(root), folder, "root") : -ENOMEM;

	if (err)
		fault_set(fault, err, "%s: %s", folder, strerror(-err));
	if (!err)
		err = apt_unpack(folder, fault);
	if (!err)
		err = image_add(root, apt, package, kernel, fault);
	if (!err)
		snprintf(name, KERNEL_NAME, "%s", kernel->name);
	free(kernel);
	return err;
}

int build_take(const struct catalogue *catalogue, const struct apt_suite *apt,
	       const struct apt_packages *packages, const struct apt_package *package,
	       char name[KERNEL_NAME], struct fault *fault)
{
	char folder[PATH_MAX];
	struct kernel_list list;
	bool there;
	int err = kernels_load(&list, fault);

	if (err)
		return err;
	there = build_there(&list, package);
	kernel_list_free(&list);
	build_name(package, name, KERNEL_NAME);
	if (there) {
		fprintf(stderr, "kernel fetch: %s is there already\n", name);
		return 0;
	}
	err = path_of_cache("apt/work", folder);
	if (err)
		return fault_set(fault, err, "the cache: %s", strerror(-err));
	fprintf(stderr, "kernel fetch: %s %s from %s (%.1f MB)\n", package->name, package->version,
		apt->name, (double)build_bytes(catalogue, packages, package) / 1e6);
	err = build_download(catalogue, apt, package, folder, fault);
	if (!err)
		err = build_keep(apt, package, folder, name, fault);
	if (!err)
		fprintf(stderr, "kernel fetch: kept as %s\n", name);
	directory_remove(folder);
	return err;
}
