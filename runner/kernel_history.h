/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_history: all that the catalogue's suites hold of its images, as a list or into the cache:
 * every build once, oldest first, in Debian's order of versions (7.3~rc7 before 7.3).
 */
#ifndef RUNNER_KERNEL_HISTORY_H
#define RUNNER_KERNEL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "runner/catalogue.h"
#include "runner/kernels.h"

struct kernel_available {
	char version[72], suite[SUITE_NAME], package[128];
	char name[KERNEL_NAME]; /* what it is called in the cache, once it is there */
	uint64_t bytes; /* to download */
	bool cached;
};
struct kernel_available_list {
	struct kernel_available *items; /* oldest first */
	size_t count;
};

/* NULL is any. */
struct kernel_history_wanted {
	const char *since; /* this version and later ones: 6.12 doesn't take 6.12~rc7 */
	const char *until; /* this version, what begins so, and earlier ones: 7.2 takes 7.2.13 */
	const char *glob; /* of a version, a package, SUITE/VERSION */
};

/* What they hold; a build that is in two suites is there twice. */
int kernels_available(const char *glob, struct kernel_available_list *list, struct fault *fault);

enum kernel_history_state { HISTORY_THERE, HISTORY_MISSING, HISTORY_FETCHED, HISTORY_FAILED };

struct kernel_history {
	struct kernel_available_list builds; /* each once */
	enum kernel_history_state *states;
	struct fault *faults; /* of those that failed */
	uint64_t bytes; /* to download, of all that were missing */
	size_t missing, failed; /* builds: missing at the start, failed in the end */
	size_t passed_over; /* suites that couldn't be had */
};

/* What is told while it goes on, from one thread. */
struct kernel_history_listener {
	void (*planned)(void *opaque,
			const struct kernel_history *history); /* once, before the first */
	/* before and after each build that was missing; done: bytes of those that are over */
	void (*step)(void *opaque, const struct kernel_history *history, size_t which,
		     uint64_t done);
	void *opaque;
	bool quiet; /* suites are read without a word */
};

/*
 * Fetches what is missing; one that fails keeps none of the others, and is no error here. With plan_only
 * nothing is. 0, or what keeps all of them (history then holds nothing). kernel_history_free in any case.
 */
int kernel_history_fetch(const struct kernel_history_wanted *wanted, bool plan_only,
			 const struct kernel_history_listener *listener,
			 struct kernel_history *history, struct fault *fault);
void kernel_history_free(struct kernel_history *history);

/* Whether a version is wanted, by since and until alone. */
bool kernel_history_version_wanted(const struct kernel_history_wanted *wanted, const char *version);

/* Leaves of builds with one name the first in the list's present order; then oldest first. */
void kernel_history_unite(struct kernel_available_list *list);

#endif
