// SPDX-License-Identifier: GPL-2.0-only
/* kernel_fetch: looking through the suites for what is asked for, each suite read once. */
#include "runner/kernel_fetch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "runner/catalogue.h"
#include "runner/kernel_builds.h"
#include "runner/kernel_spec.h"
#include "runner/kernel_take.h"
#include "runner/mirror.h"
#include "runner/version.h"

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
	err = mirror_open(&mirror, "kernel fetch", false, fault);
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
