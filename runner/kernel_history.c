// SPDX-License-Identifier: GPL-2.0-only
/* kernel_history: listing all suites, and fetching what is missing, one download ahead of the unpacking. */
#include "runner/kernel_history.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/text.h"
#include "runner/kernel_builds.h"
#include "runner/kernel_spec.h"
#include "runner/kernel_take.h"
#include "runner/mirror.h"
#include "runner/paths.h"
#include "runner/version.h"

enum { AVAILABLE_MAX = 20000 };

bool kernel_history_version_wanted(const struct kernel_history_wanted *wanted, const char *version)
{
	if (wanted->since && version_compare(version, wanted->since) < 0)
		return false;
	return !wanted->until || version_compare(version, wanted->until) <= 0 ||
	       version_begins(version, wanted->until);
}

static bool available_wanted(const struct kernel_available *build,
			     const struct kernel_history_wanted *wanted)
{
	const char *glob = wanted->glob;
	char place[160];

	snprintf(place, sizeof(place), "%s/%s", build->suite, build->version);
	return kernel_history_version_wanted(wanted, build->version) &&
	       (!glob || glob_match(glob, build->version) || glob_match(glob, build->package) ||
		glob_match(glob, place));
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
		      const struct kernel_list *cache, const struct kernel_history_wanted *wanted,
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
		build.bytes = build_bytes(mirror->catalogue, &shelf->packages, package);
		build.cached = build_there(cache, package);
		if (available_wanted(&build, wanted))
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

static void available_sort(struct kernel_available_list *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof(list->items[0]), available_order);
}

void kernel_history_unite(struct kernel_available_list *list)
{
	size_t kept = 0, at;

	for (size_t i = 0; i < list->count; i++) {
		for (at = 0; at < kept && strcmp(list->items[at].name, list->items[i].name); at++)
			;
		if (at == kept)
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
	available_sort(list);
}

/* In the catalogue's order of suites; passed_over: how many can't be had. */
static int mirror_list(struct mirror *mirror, const struct kernel_history_wanted *wanted,
		       struct kernel_available_list *list, size_t *passed_over, struct fault *fault)
{
	struct kernel_list cache;
	const char *suites[SUITES_MAX];
	size_t count = catalogue_suites(mirror->catalogue, suites, 0);
	int err = kernels_load(&cache, fault);

	if (err)
		return err;
	*passed_over = 0;
	err = shelves_read(mirror, suites, count);
	for (size_t i = 0; !err && i < count; i++) {
		const struct shelf *shelf = shelf_find(mirror, suites[i]);

		if (!shelf)
			err = -ENOMEM;
		else if (!shelf->err)
			err = shelf_list(mirror, shelf, &cache, wanted, list);
		*passed_over += shelf && shelf->err;
	}
	kernel_list_free(&cache);
	if (err)
		return fault_set(fault, err, "the suites: %s", strerror(-err));
	if (*passed_over == count)
		return fault_set(fault, -ENOENT, "none of the suites can be had");
	return 0;
}

int kernels_available(const char *glob, struct kernel_available_list *list, struct fault *fault)
{
	const struct kernel_history_wanted wanted = { .glob = glob };
	struct mirror mirror;
	size_t passed_over;
	int err;

	*list = (struct kernel_available_list){ 0 };
	err = mirror_open(&mirror, "kernel list", false, fault);
	if (!err)
		err = mirror_list(&mirror, &wanted, list, &passed_over, fault);
	mirror_close(&mirror);
	if (err) {
		free(list->items);
		*list = (struct kernel_available_list){ 0 };
	}
	available_sort(list);
	return err;
}

void kernel_history_free(struct kernel_history *history)
{
	free(history->builds.items);
	free(history->states);
	free(history->faults);
	*history = (struct kernel_history){ 0 };
}

static int history_plan(struct mirror *mirror, const struct kernel_history_wanted *wanted,
			struct kernel_history *history, struct fault *fault)
{
	int err = mirror_list(mirror, wanted, &history->builds, &history->passed_over, fault);

	if (err)
		return err;
	kernel_history_unite(&history->builds);
	history->states = calloc(history->builds.count + 1, sizeof(history->states[0]));
	history->faults = calloc(history->builds.count + 1, sizeof(history->faults[0]));
	if (!history->states || !history->faults)
		return fault_set(fault, -ENOMEM, "no memory");
	for (size_t i = 0; i < history->builds.count; i++) {
		if (history->builds.items[i].cached)
			continue;
		history->states[i] = HISTORY_MISSING;
		history->missing++;
		history->bytes += history->builds.items[i].bytes;
	}
	return 0;
}

/* One download; two folders take turns, since the next one begins while this one is unpacked. */
struct errand {
	const struct catalogue *catalogue;
	const struct shelf *shelf;
	const struct apt_package *package;
	size_t which; /* of the history's builds; its count for none */
	char folder[PATH_MAX];
	int err;
	struct fault fault;
};

static int errand_find(struct mirror *mirror, const struct kernel_available *build,
		       struct errand *errand)
{
	const struct shelf *shelf = shelf_find(mirror, build->suite);

	errand->package = NULL;
	for (size_t i = 0; shelf && !errand->package && i < shelf->packages.count; i++)
		if (!strcmp(shelf->packages.items[i].name, build->package) &&
		    !strcmp(shelf->packages.items[i].version, build->version))
			errand->package = &shelf->packages.items[i];
	errand->shelf = shelf;
	errand->catalogue = mirror->catalogue;
	return errand->package ? 0 : -ENOENT;
}

static void *errand_run(void *opaque)
{
	struct errand *errand = opaque;

	errand->err = build_download(errand->catalogue, &errand->shelf->apt, errand->package,
				     errand->folder, &errand->fault);
	return NULL;
}

/* The next build that is missing, from `from` on, into that folder. */
static void errand_prepare(struct mirror *mirror, const struct kernel_history *history, size_t from,
			   const char *folder, struct errand *errand)
{
	char work[PATH_MAX];

	while (from < history->builds.count && history->states[from] != HISTORY_MISSING)
		from++;
	errand->which = from;
	errand->fault = (struct fault){ 0 };
	if (from == history->builds.count)
		return;
	errand->err = errand_find(mirror, &history->builds.items[from], errand);
	if (!errand->err)
		errand->err = path_of_cache("apt/work", work);
	if (!errand->err)
		errand->err = path_join(errand->folder, sizeof(errand->folder), work, folder);
	if (errand->err)
		fault_set(&errand->fault, errand->err, "the cache: %s", strerror(-errand->err));
}

static bool errand_ready(const struct errand *errand, const struct kernel_history *history)
{
	return errand->which < history->builds.count && !errand->err;
}

static void errand_keep(const struct errand *errand, struct kernel_history *history)
{
	struct kernel_available *build = &history->builds.items[errand->which];
	struct fault why = errand->fault;
	int err = errand->err;

	if (!err)
		err = build_keep(&errand->shelf->apt, errand->package, errand->folder, build->name,
				 &why);
	if (errand->folder[0])
		directory_remove(errand->folder);
	build->cached = !err;
	history->states[errand->which] = err ? HISTORY_FAILED : HISTORY_FETCHED;
	if (!err)
		return;
	history->faults[errand->which] = why;
	history->failed++;
}

/* The first download by itself; then each beside the unpacking of the one before. */
static int history_work(struct mirror *mirror, const struct kernel_history_listener *listener,
			struct kernel_history *history, struct fault *fault)
{
	static const char *const folders[] = { "a", "b" };
	struct errand *errands = calloc(2, sizeof(*errands)); /* paths: not for the stack */
	struct errand *now, *next, *other;
	uint64_t done = 0;
	pthread_t thread;
	int turn = 0;
	bool beside;

	if (!errands)
		return fault_set(fault, -ENOMEM, "no memory");
	now = &errands[0];
	next = &errands[1];
	errand_prepare(mirror, history, 0, folders[turn], now);
	for (bool first = true; now->which < history->builds.count; first = false) {
		listener->step(listener->opaque, history, now->which, done);
		if (first && !now->err)
			errand_run(now);
		turn = !turn;
		errand_prepare(mirror, history, now->which + 1, folders[turn], next);
		beside = errand_ready(next, history) &&
			 !pthread_create(&thread, NULL, errand_run, next);
		errand_keep(now, history);
		done += history->builds.items[now->which].bytes;
		listener->step(listener->opaque, history, now->which, done);
		if (beside)
			pthread_join(thread, NULL);
		else if (errand_ready(next, history))
			errand_run(next);
		other = now;
		now = next;
		next = other;
	}
	free(errands);
	return 0;
}

int kernel_history_fetch(const struct kernel_history_wanted *wanted, bool plan_only,
			 const struct kernel_history_listener *listener,
			 struct kernel_history *history, struct fault *fault)
{
	struct mirror mirror;
	int err;

	*history = (struct kernel_history){ 0 };
	err = mirror_open(&mirror, "kernel fetch", listener->quiet, fault);
	if (!err)
		err = history_plan(&mirror, wanted, history, fault);
	if (!err)
		listener->planned(listener->opaque, history);
	if (!err && !plan_only)
		err = history_work(&mirror, listener, history, fault);
	mirror_close(&mirror);
	if (err)
		kernel_history_free(history);
	return err;
}
