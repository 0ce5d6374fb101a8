/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mirror: the suites that kernels are fetched from, each read once, while the lock of CACHE/apt is
 * held: a second program waits, and then finds what the first has fetched.
 */
#ifndef RUNNER_MIRROR_H
#define RUNNER_MIRROR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "runner/apt.h"
#include "runner/catalogue.h"

/* One suite, as far as it was read. */
struct shelf {
	struct apt_suite apt;
	struct apt_packages packages;
	int err; /* not 0: it can't be had */
	struct shelf *next;
	char suite[SUITE_NAME];
};

struct mirror {
	const char *who; /* whose lines on stderr these are */
	bool quiet; /* only what goes wrong is said */
	struct catalogue *catalogue;
	struct shelf *shelves;
	int lock;
};

/* mirror_close in any case. What a killed program left in CACHE/apt/work is removed. */
int mirror_open(struct mirror *mirror, const char *who, bool quiet, struct fault *fault);
void mirror_close(struct mirror *mirror);

/* The suite, read now or before; why it is passed over is said on stderr. NULL: no memory. */
struct shelf *shelf_find(struct mirror *mirror, const char *suite);

/* Reads all of these at once, as shelf_find would one after the other. -ENOMEM. */
int shelves_read(struct mirror *mirror, const char *const suites[], size_t count);

#endif
