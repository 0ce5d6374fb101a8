// SPDX-License-Identifier: GPL-2.0-only
/* kernels: what the cache of kernel images holds, in order, and finding one in it. */
#include "runner/kernels.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "runner/kernel_record.h"
#include "runner/paths.h"
#include "runner/version.h"

enum { SHA_PREFIX = 8 };

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

int kernel_get(const char *spec, struct kernel *kernel, struct fault *fault)
{
	struct kernel_list list = { 0 };
	int err = kernels_load(&list, fault);

	if (!err)
		err = kernel_find(&list, spec, kernel, fault);
	kernel_list_free(&list);
	return err;
}

bool kernel_spec_is_glob(const char *spec)
{
	return strpbrk(spec, "*?[") != NULL;
}

bool kernel_matches_glob(const struct kernel *kernel, const char *glob)
{
	return glob_match(glob, kernel->name) || glob_match(glob, kernel->release);
}

/* Whether an exact spec names it: "debian-6.1*" of a removal must not mean 6.1 of a search. */
static bool kernel_named(const struct kernel *kernel, const char *spec)
{
	size_t len = strlen(spec);

	if (kernel_spec_is_glob(spec))
		return kernel_matches_glob(kernel, spec);
	return !strcmp(kernel->name, spec) ||
	       (len >= SHA_PREFIX && !strncmp(kernel->sha256, spec, len));
}

int kernels_match(const struct kernel_list *list, const char *spec, struct kernel_list *found,
		  struct fault *fault)
{
	int err = 0, matched = 0;

	for (size_t i = 0; !err && i < list->count; i++) {
		bool taken = false;

		if (!kernel_named(&list->items[i], spec))
			continue;
		matched++;
		for (size_t j = 0; j < found->count; j++)
			taken |= !strcmp(found->items[j].sha256, list->items[i].sha256);
		if (!taken)
			err = list_add(found, &list->items[i]);
	}
	if (err)
		return fault_set(fault, err, "%s", strerror(-err));
	return matched ? 0
		       : fault_set(
				 fault, -ENOENT,
				 "no kernel of the cache is named \"%.80s\"; `remapbench kernel list`"
				 " has their names",
				 spec);
}
