// SPDX-License-Identifier: GPL-2.0-only
/* mirror: reading suites by apt's private states, some side by side, behind one lock. */
#include "runner/mirror.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "runner/kernel_builds.h"
#include "runner/paths.h"

enum { READERS = 4 }; /* an update waits for the network half of its time */

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

void mirror_close(struct mirror *mirror)
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

int mirror_open(struct mirror *mirror, const char *who, bool quiet, struct fault *fault)
{
	char path[PATH_MAX];
	int err;

	*mirror = (struct mirror){ .who = who, .quiet = quiet, .lock = -1 };
	err = path_of_config("kernels.yaml", path);
	if (err)
		return fault_set(fault, err, "configs/kernels.yaml: %s", strerror(-err));
	err = catalogue_load(path, &mirror->catalogue, fault);
	return err ? err : lock_begin(mirror, fault);
}

/* Touches nothing of the mirror's but the catalogue: several run at once. */
static int shelf_read(const struct mirror *mirror, struct shelf *shelf)
{
	char prefixes[BUILD_PREFIXES][128];
	struct fault why = { 0 };
	int err;

	if (!mirror->quiet)
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

static struct shelf *shelf_there(const struct mirror *mirror, const char *suite)
{
	struct shelf *shelf = mirror->shelves;

	while (shelf && strcmp(shelf->suite, suite) != 0)
		shelf = shelf->next;
	return shelf;
}

static struct shelf *shelf_put(struct mirror *mirror, const char *suite)
{
	struct shelf *shelf = calloc(1, sizeof(*shelf));

	if (!shelf)
		return NULL;
	snprintf(shelf->suite, sizeof(shelf->suite), "%s", suite);
	shelf->next = mirror->shelves;
	mirror->shelves = shelf;
	return shelf;
}

struct shelf *shelf_find(struct mirror *mirror, const char *suite)
{
	struct shelf *shelf = shelf_there(mirror, suite);

	if (!shelf) {
		shelf = shelf_put(mirror, suite);
		if (shelf)
			shelf->err = shelf_read(mirror, shelf);
	}
	return shelf;
}

struct reading_list {
	const struct mirror *mirror;
	struct shelf **shelves;
	size_t count;
	atomic_size_t next;
};

static void *shelves_work(void *opaque)
{
	struct reading_list *list = opaque;
	size_t at;

	while ((at = atomic_fetch_add(&list->next, 1)) < list->count)
		list->shelves[at]->err = shelf_read(list->mirror, list->shelves[at]);
	return NULL;
}

int shelves_read(struct mirror *mirror, const char *const suites[], size_t count)
{
	struct reading_list list = { .mirror = mirror,
				     .shelves = calloc(count + 1, sizeof(struct shelf *)) };
	pthread_t threads[READERS - 1];
	size_t started = 0;
	int err = list.shelves ? 0 : -ENOMEM;

	for (size_t i = 0; !err && i < count; i++) {
		if (shelf_there(mirror, suites[i]))
			continue;
		list.shelves[list.count] = shelf_put(mirror, suites[i]);
		if (!list.shelves[list.count])
			err = -ENOMEM;
		else
			list.count++;
	}
	/* A thread that can't be had leaves its share to the others: this one is always there. */
	while (!err && started + 1 < list.count && started < READERS - 1 &&
	       !pthread_create(&threads[started], NULL, shelves_work, &list))
		started++;
	if (!err)
		shelves_work(&list);
	while (started)
		pthread_join(threads[--started], NULL);
	free(list.shelves);
	return err;
}
