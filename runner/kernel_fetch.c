// SPDX-License-Identifier: GPL-2.0-only
/* kernel_fetch: from a version to an image in the cache: which suite, which package, what of it. */
#include "runner/kernels.h"

#include <ctype.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "runner/apt.h"
#include "runner/catalogue.h"
#include "runner/paths.h"
#include "runner/version.h"

enum { PARTS_MAX = 8 };

/* Where in the packages an image and its config have stood so far. */
static const char *const image_places[] = { "boot/vmlinuz-*", "usr/lib/modules/*/vmlinuz",
					    "lib/modules/*/vmlinuz" };
static const char *const config_places[] = { "boot/config-*", "usr/lib/modules/*/config",
					     "lib/modules/*/config" };

/* The newest image that begins with the version; NULL without one. */
static const struct apt_package *image_choose(const struct apt_packages *packages,
					      const char *pattern, const char *version)
{
	const struct apt_package *best = NULL;

	for (size_t i = 0; i < packages->count; i++) {
		const struct apt_package *package = &packages->items[i];
		const char *flavour = strchr(package->name, '-');

		/* linux-image-7.2.13…, not linux-image-cloud-amd64, which is empty and leads to it */
		flavour = flavour ? strchr(flavour + 1, '-') : NULL;
		if (!flavour || !isdigit((unsigned char)flavour[1]) ||
		    !glob_match(pattern, package->name) ||
		    !version_begins(package->version, version))
			continue;
		if (!best || version_compare(package->version, best->version) > 0)
			best = package;
	}
	return best;
}

static bool part_wanted(const struct catalogue *catalogue, const char *name)
{
	for (unsigned int i = 0; i < catalogue->part_count; i++)
		if (glob_match(catalogue->parts[i], name))
			return true;
	return false;
}

/*
 * The packages to take: the image, and of those it depends on in its own version ("linux-base-… (= 7.2.13-1)")
 * the ones that the catalogue wants. names points into image and into storage, which is freed by the caller.
 */
static size_t parts_choose(const struct catalogue *catalogue, const struct apt_package *image,
			   const char *names[PARTS_MAX], char **storage)
{
	size_t count = 0;
	char exact[96], *rest, *item;

	names[count++] = image->name;
	snprintf(exact, sizeof(exact), "(= %s)", image->version);
	*storage = rest = strdup(image->depends);
	while (rest && count < PARTS_MAX && (item = strsep(&rest, ","))) {
		bool same = strstr(item, exact) != NULL;

		item += strspn(item, " ");
		item[strcspn(item, " (|:")] = '\0';
		if (same && part_wanted(catalogue, item))
			names[count++] = item;
	}
	return count;
}

static int file_find(const char *root, const char *const places[], size_t count, char *out)
{
	char pattern[PATH_MAX];
	int err = -ENOENT;

	for (size_t i = 0; err == -ENOENT && i < count; i++) {
		glob_t found = { 0 };

		if (path_join(pattern, sizeof(pattern), root, places[i]))
			return -ENAMETOOLONG;
		if (!glob(pattern, 0, NULL, &found) && strlen(found.gl_pathv[0]) < PATH_MAX) {
			snprintf(out, PATH_MAX, "%s", found.gl_pathv[0]);
			err = 0;
		}
		globfree(&found);
	}
	return err;
}

/* "debian-6.1.176-1-cloud-amd64": the package's version, and what in its name comes after the release. */
static void kernel_name(const struct apt_package *image, char *out, size_t room)
{
	const char *flavour = strstr(image->name, "-cloud-");

	snprintf(out, room, "debian-%s%s", image->version, flavour ? flavour : "");
	for (char *at = out; *at; at++)
		if (*at == ':') /* an epoch */
			*at = '~';
}

static int image_add(const char *root, const struct apt_suite *apt,
		     const struct apt_package *package, struct fault *fault)
{
	char image[PATH_MAX], config[PATH_MAX], name[128], origin[320];
	struct kernel kernel;
	bool config_there;

	if (file_find(root, image_places, sizeof(image_places) / sizeof(image_places[0]), image))
		return fault_set(fault, -ENOENT, "no vmlinuz in %s", package->name);
	config_there = !file_find(root, config_places,
				  sizeof(config_places) / sizeof(config_places[0]), config);
	kernel_name(package, name, sizeof(name));
	snprintf(origin, sizeof(origin), "debian %s %s %s", apt->name, package->name,
		 package->version);
	return kernel_add(image, config_there ? config : NULL, name, package->version, origin,
			  &kernel, fault);
}

static bool kernel_there(const char *name)
{
	struct kernel_list list;
	bool there = false;

	if (kernels_load(&list, NULL))
		return false;
	for (size_t i = 0; i < list.count; i++)
		there |= !strcmp(list.items[i].name, name);
	kernel_list_free(&list);
	return there;
}

/* Downloads, unpacks, adds, and removes whatever else was in the packages. */
static int package_take(const struct catalogue *catalogue, const struct apt_suite *apt,
			const struct apt_package *package, struct fault *fault)
{
	char folder[PATH_MAX], root[PATH_MAX], name[128];
	const char *names[PARTS_MAX];
	char *storage = NULL;
	size_t count;
	int err;

	kernel_name(package, name, sizeof(name));
	if (kernel_there(name)) {
		fprintf(stderr, "kernel fetch: %s is there already\n", name);
		return 0;
	}
	err = path_of_cache("apt/work", folder);
	if (!err)
		err = path_join(root, sizeof(root), folder, "root");
	if (err)
		return fault_set(fault, err, "the cache: %s", strerror(-err));
	count = parts_choose(catalogue, package, names, &storage);
	fprintf(stderr, "kernel fetch: %s %s from %s", package->name, package->version, apt->name);
	if (count > 1)
		fprintf(stderr, ", with %zu packages that hold its parts\n", count - 1);
	else
		fprintf(stderr, " (%.1f MB)\n", (double)package->size / 1e6);
	err = apt_unpack(apt, names, count, package->version, folder, fault);
	/* Old builds outlive what they depend on: up to 6.18 the image is in this one package. */
	if (err && count > 1)
		err = apt_unpack(apt, names, 1, package->version, folder, fault);
	if (!err)
		err = image_add(root, apt, package, fault);
	if (!err)
		fprintf(stderr, "kernel fetch: kept as %s\n", name);
	directory_remove(folder);
	free(storage);
	return err;
}

/* What the pattern says before its first wildcard: apt looks for names that begin so. */
static void pattern_prefix(const char *pattern, char *out, size_t room)
{
	snprintf(out, room, "%.*s", (int)strspn(pattern, "abcdefghijklmnopqrstuvwxyz0123456789-"),
		 pattern);
}

/* -ENOENT: the suite has none (or isn't to be had here), look in the next. */
static int suite_fetch(const struct catalogue *catalogue, const char *suite, const char *version,
		       struct fault *fault)
{
	struct apt_packages packages = { 0 };
	const struct apt_package *image;
	struct fault late = { 0 };
	struct apt_suite apt;
	char prefix[128];
	int err;

	fprintf(stderr, "kernel fetch: %s: looking in %s\n", version, suite);
	err = apt_open(&apt, suite, &late);
	if (err) {
		fault_set(fault, err, "%s", late.text);
		return -ENOENT;
	}
	if (late.text[0])
		fprintf(stderr, "kernel fetch: %s: the lists of an earlier time: %s\n", suite,
			late.text);
	pattern_prefix(catalogue->image, prefix, sizeof(prefix));
	err = apt_search(&apt, prefix, &packages, fault);
	if (err)
		return err;
	image = image_choose(&packages, catalogue->image, version);
	if (image)
		err = package_take(catalogue, &apt, image, fault);
	else
		err = fault_set(fault, -ENOENT, "no such version");
	apt_packages_free(&packages);
	return err;
}

static int version_fetch(const struct catalogue *catalogue, const char *version,
			 struct fault *fault)
{
	const struct catalogue_series *series = catalogue_find(catalogue, version);
	struct text looked = { 0 };
	int err = -ENOENT;

	if (!series)
		return fault_set(fault, -ENOENT, "configs/kernels.yaml has no suites for %s",
				 version);
	for (unsigned int i = 0; err == -ENOENT && i < series->suite_count; i++) {
		struct fault why = { 0 };

		err = suite_fetch(catalogue, series->suites[i], version, &why);
		if (err && err != -ENOENT)
			fault_set(fault, err, "%s: %s", series->suites[i], why.text);
		text_addf(&looked, "%s%s (%.200s)", i ? "; " : "", series->suites[i], why.text);
	}
	if (err == -ENOENT)
		fault_set(fault, err, "not found in %s", text_get(&looked));
	text_free(&looked);
	return err;
}

/* One at a time: a second program waits, and then finds what the first has fetched. */
static int fetch_begin(int *lock, struct fault *fault)
{
	char path[PATH_MAX], folder[PATH_MAX];
	int err = path_of_cache("apt", folder);

	if (!err)
		err = path_join(path, sizeof(path), folder, "lock");
	if (!err && (err = lock_take(path, false, lock)) == -EAGAIN) {
		fprintf(stderr, "kernel fetch: waiting for another fetch to end\n");
		err = lock_take(path, true, lock);
	}
	if (err)
		return fault_set(fault, err, "the cache: %s", strerror(-err));
	if (!path_join(path, sizeof(path), folder, "work")) /* of one that was killed */
		directory_remove(path);
	return 0;
}

static bool version_valid(const char *version)
{
	return isdigit((unsigned char)version[0]) && strlen(version) < 64 &&
	       !version[strspn(version, "abcdefghijklmnopqrstuvwxyz0123456789.+~-")];
}

int kernel_fetch(const char *const specs[], size_t count, struct fault *fault)
{
	struct catalogue *catalogue = NULL;
	char path[PATH_MAX];
	int err, first = 0, lock = -1;

	for (size_t i = 0; i < count; i++)
		if (!version_valid(specs[i]))
			return fault_set(fault, -EINVAL,
					 "\"%.64s\" is no version: 6.1, 6.12.107 and the like are",
					 specs[i]);
	err = path_of_config("kernels.yaml", path);
	if (err)
		return fault_set(fault, err, "configs/kernels.yaml: %s", strerror(-err));
	err = catalogue_load(path, &catalogue, fault);
	if (err)
		return err;
	err = fetch_begin(&lock, fault);
	if (err)
		goto out;
	for (size_t i = 0; i < count; i++) {
		struct fault why = { 0 };

		err = version_fetch(catalogue, specs[i], &why);
		if (err && first)
			fprintf(stderr, "kernel fetch: %s: %s\n", specs[i], why.text);
		if (err && !first)
			first = fault_set(fault, err, "%s: %s", specs[i], why.text);
	}
	err = first;
	close(lock);
out:
	catalogue_free(catalogue);
	return err;
}
