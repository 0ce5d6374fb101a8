// SPDX-License-Identifier: GPL-2.0-only
/* kernel_fetch: looking through the suites for what is asked for, each suite read once. */
#include "runner/kernel_fetch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/text.h"
#include "runner/apt.h"
#include "runner/catalogue.h"
#include "runner/kernel_builds.h"
#include "runner/kernel_spec.h"
#include "runner/kernel_take.h"
#include "runner/paths.h"
#include "runner/version.h"

enum { AVAILABLE_MAX = 20000 };

/* One suite, as far as it was read. */
struct shelf {
	struct apt_suite apt;
	struct apt_packages packages;
	int err;
	struct shelf *next;
	char suite[SUITE_NAME];
};

struct mirror {
	const char *who; /* whose lines on stderr these are */
	struct catalogue *catalogue;
	struct shelf *shelves;
	int lock;
};

/* One at a time: a second program waits, and then finds what the first has fetched. */
static int lock_begin(struct mirror *mirror, struct fault *fault)
{
	char path[PATH_MAX], folder[PATH_MAX];
	int err = path_of_cache("apt", folder);

	if (!err)
		err = path_join(path, sizeof(path), folder, "lock");
	if (!err && (err = lock_take(path, false, &mirror->lock)) == -EAGAIN) {
		fprintf(stderr, "%s: waiting for another fetch to end\n", mirror->who);
		err = lock_take(path, true, &mirror->lock);
	}
	if (err) {
		mirror->lock = -1;
		return fault_set(fault, err, "the cache: %s", strerror(-err));
	}
	if (!path_join(path, sizeof(path), folder, "work")) /* of one that was killed */
		directory_remove(path);
	return 0;
}

static void mirror_close(struct mirror *mirror)
{
	struct shelf *next;

	for (struct shelf *shelf = mirror->shelves; shelf; shelf = next) {
		next = shelf->next;
		apt_packages_free(&shelf->packages);
		free(shelf);
	}
	if (mirror->lock >= 0)
		close(mirror->lock);
	catalogue_free(mirror->catalogue);
}

/* mirror_close in any case. */
static int mirror_open(struct mirror *mirror, const char *who, struct fault *fault)
{
	char path[PATH_MAX];
	int err;

	*mirror = (struct mirror){ .who = who, .lock = -1 };
	err = path_of_config("kernels.yaml", path);
	if (err)
		return fault_set(fault, err, "configs/kernels.yaml: %s", strerror(-err));
	err = catalogue_load(path, &mirror->catalogue, fault);
	return err ? err : lock_begin(mirror, fault);
}

static int shelf_read(const struct mirror *mirror, struct shelf *shelf)
{
	char prefixes[BUILD_PREFIXES][128];
	struct fault why = { 0 };
	int err;

	fprintf(stderr, "%s: looking in %s\n", mirror->who, shelf->suite);
	err = apt_open(&shelf->apt, shelf->suite, &why);
	if (!err && why.text[0])
		fprintf(stderr, "%s: %s: the lists of an earlier time: %s\n", mirror->who,
			shelf->suite, why.text);
	if (!err)
		err = apt_search(&shelf->apt, prefixes, build_prefixes(mirror->catalogue, prefixes),
				 &shelf->packages, &why);
	if (err)
		fprintf(stderr, "%s: %s is passed over: %s\n", mirror->who, shelf->suite, why.text);
	return err;
}

/* The suite, read now or before; its err says whether it can be had. NULL: no memory. */
static struct shelf *shelf_find(struct mirror *mirror, const char *suite)
{
	struct shelf *shelf;

	for (shelf = mirror->shelves; shelf; shelf = shelf->next)
		if (!strcmp(shelf->suite, suite))
			return shelf;
	shelf = calloc(1, sizeof(*shelf));
	if (!shelf)
		return NULL;
	snprintf(shelf->suite, sizeof(shelf->suite), "%s", suite);
	shelf->err = shelf_read(mirror, shelf);
	shelf->next = mirror->shelves;
	mirror->shelves = shelf;
	return shelf;
}

struct found {
	const struct shelf *shelf;
	const struct apt_package *package; /* NULL: nothing */
};

/* Whether what was found in one suite is what is taken, whatever the next ones hold. */
static bool found_is_final(const struct found *found, const struct kernel_spec *spec)
{
	if (spec->wanted == WANTED_NEWEST)
		return false;
	/* 6.12.90-2 begins 6.12.90-2~bpo12+1 too, which another suite may have been built from. */
	return !kernel_spec_whole(spec) || spec->wanted == WANTED_PACKAGE ||
	       !strcmp(found->package->version, spec->name);
}

/* The first suite that has it, of a whole build first by all of its version; of "newest", the best of all. */
static int build_find(struct mirror *mirror, const struct kernel_spec *spec,
		      const char *const suites[], size_t count, struct found *found)
{
	*found = (struct found){ 0 };
	for (size_t i = 0; i < count; i++) {
		const struct shelf *shelf = shelf_find(mirror, suites[i]);
		struct found here;

		if (!shelf)
			return -ENOMEM;
		if (shelf->err)
			continue;
		here = (struct found){ shelf,
				       build_choose(mirror->catalogue, &shelf->packages, spec) };
		if (!here.package)
			continue;
		if (found_is_final(&here, spec)) {
			*found = here;
			break;
		}
		if (!found->package ||
		    (spec->wanted == WANTED_NEWEST &&
		     version_compare(here.package->version, found->package->version) > 0))
			*found = here;
	}
	return 0;
}

static void suite_unknown(const struct catalogue *catalogue, struct fault *fault)
{
	const char *suites[SUITES_MAX];
	size_t count = catalogue_suites(catalogue, suites, 0);
	struct text names = { 0 };

	for (size_t i = 0; i < count; i++)
		text_addf(&names, "%s%s", i ? ", " : "", suites[i]);
	fault_set(fault, -ENOENT, "that suite can't be had; configs/kernels.yaml names %s",
		  text_get(&names));
	text_free(&names);
}

/* Says where it was looked for, and what else is there. */
static int not_found(struct mirror *mirror, const struct kernel_spec *spec,
		     const char *const suites[], size_t count, struct fault *fault)
{
	struct text looked = { 0 }, likely = { 0 };
	struct near *near = calloc(1, sizeof(*near));
	int err;

	for (size_t i = 0; near && i < count; i++) {
		const struct shelf *shelf = shelf_find(mirror, suites[i]);

		if (!shelf || shelf->err)
			continue;
		text_addf(&looked, "%s%s", looked.len ? ", " : "", suites[i]);
		near_add(near, mirror->catalogue, suites[i], &shelf->packages, spec);
	}
	for (size_t i = 0; near && i < near->count; i++)
		text_addf(&likely, "%s%s", i ? ", " : "; near it: ", near->items[i].text);
	if (!near)
		fault_set(fault, -ENOMEM, "no memory");
	else if (looked.len)
		fault_set(fault, -ENOENT, "not in %s%s", text_get(&looked), text_get(&likely));
	else if (spec->suite[0])
		suite_unknown(mirror->catalogue, fault);
	else
		fault_set(fault, -ENOENT, "none of the suites can be had");
	err = near ? -ENOENT : -ENOMEM;
	free(near);
	text_free(&looked);
	text_free(&likely);
	return err;
}

static int spec_fetch(struct mirror *mirror, const struct kernel_spec *spec, char name[KERNEL_NAME],
		      struct fault *fault)
{
	const char *suites[SUITES_MAX];
	size_t count = kernel_spec_suites(spec, mirror->catalogue, suites);
	struct found found;
	int err;

	if (!count)
		return fault_set(fault, -ENOENT, "configs/kernels.yaml has no suites for it");
	err = build_find(mirror, spec, suites, count, &found);
	if (err)
		return fault_set(fault, err, "no memory");
	if (!found.package)
		return not_found(mirror, spec, suites, count, fault);
	err = build_take(mirror->catalogue, &found.shelf->apt, &found.shelf->packages,
			 found.package, name, fault);
	return err ? fault_wrap(fault, err, "%s", found.shelf->suite) : 0;
}

int kernel_fetch(const char *const specs[], size_t count, char names[][KERNEL_NAME],
		 struct fault *fault)
{
	struct mirror mirror;
	struct kernel_spec spec;
	int err, first = 0;

	for (size_t i = 0; i < count; i++) {
		names[i][0] = '\0';
		err = kernel_spec_parse(specs[i], &spec, fault);
		if (err)
			return err;
	}
	err = mirror_open(&mirror, "kernel fetch", fault);
	for (size_t i = 0; !err && i < count; i++) {
		struct fault why = { 0 };
		int failed = kernel_spec_parse(specs[i], &spec, &why);

		if (!failed)
			failed = spec_fetch(&mirror, &spec, names[i], &why);
		if (!failed)
			continue;
		names[i][0] = '\0';
		if (first)
			fprintf(stderr, "kernel fetch: %s: %s\n", specs[i], why.text);
		else
			first = fault_set(fault, failed, "%s: %s", specs[i], why.text);
	}
	mirror_close(&mirror);
	return err ? err : first;
}

static bool available_wanted(const struct kernel_available *build, const char *glob)
{
	char place[160];

	snprintf(place, sizeof(place), "%s/%s", build->suite, build->version);
	return !glob || glob_match(glob, build->version) || glob_match(glob, build->package) ||
	       glob_match(glob, place);
}

static int available_add(struct kernel_available_list *list, const struct kernel_available *build)
{
	struct kernel_available *items;

	if (list->count >= AVAILABLE_MAX)
		return -E2BIG;
	items = reallocarray(list->items, list->count + 1, sizeof(*items));
	if (!items)
		return -ENOMEM;
	items[list->count++] = *build;
	list->items = items;
	return 0;
}

static int shelf_list(const struct mirror *mirror, const struct shelf *shelf,
		      const struct kernel_list *cache, const char *glob,
		      struct kernel_available_list *list)
{
	int err = 0;

	for (size_t i = 0; !err && i < shelf->packages.count; i++) {
		const struct apt_package *package = &shelf->packages.items[i];
		struct kernel_available build = { 0 };

		if (!build_usual(mirror->catalogue, &shelf->packages, package))
			continue;
		snprintf(build.version, sizeof(build.version), "%s", package->version);
		snprintf(build.suite, sizeof(build.suite), "%s", shelf->suite);
		snprintf(build.package, sizeof(build.package), "%s", package->name);
		build_name(package, build.name, sizeof(build.name));
		build.bytes = build_download(mirror->catalogue, &shelf->packages, package);
		build.cached = build_there(cache, package);
		if (available_wanted(&build, glob))
			err = available_add(list, &build);
	}
	return err;
}

static int available_order(const void *left, const void *right)
{
	const struct kernel_available *a = left, *b = right;
	int difference = version_compare(a->version, b->version);

	if (!difference)
		difference = strcmp(a->suite, b->suite);
	return difference ? difference : strcmp(a->package, b->package);
}

static int mirror_list(struct mirror *mirror, const struct kernel_list *cache, const char *glob,
		       struct kernel_available_list *list, struct fault *fault)
{
	const char *suites[SUITES_MAX];
	size_t count = catalogue_suites(mirror->catalogue, suites, 0), had = 0;
	int err = 0;

	for (size_t i = 0; !err && i < count; i++) {
		const struct shelf *shelf = shelf_find(mirror, suites[i]);

		if (!shelf)
			err = -ENOMEM;
		else if (!shelf->err)
			err = shelf_list(mirror, shelf, cache, glob, list);
		had += shelf && !shelf->err;
	}
	if (err)
		return fault_set(fault, err, "the suites: %s", strerror(-err));
	if (!had)
		return fault_set(fault, -ENOENT, "none of the suites can be had");
	if (list->count)
		qsort(list->items, list->count, sizeof(list->items[0]), available_order);
	return 0;
}

int kernels_available(const char *glob, struct kernel_available_list *list, struct fault *fault)
{
	struct kernel_list cache = { 0 };
	struct mirror mirror;
	int err;

	*list = (struct kernel_available_list){ 0 };
	err = mirror_open(&mirror, "kernel list", fault);
	if (!err)
		err = kernels_load(&cache, fault);
	if (!err)
		err = mirror_list(&mirror, &cache, glob, list, fault);
	mirror_close(&mirror);
	kernel_list_free(&cache);
	if (err) {
		free(list->items);
		*list = (struct kernel_available_list){ 0 };
	}
	return err;
}
