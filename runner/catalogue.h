/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * catalogue: configs/kernels.yaml, which says in which of Debian's suites to look for which kernels.
 * Read with libcyaml: an unknown key or a wrong type is an error with line and column.
 */
#ifndef RUNNER_CATALOGUE_H
#define RUNNER_CATALOGUE_H

#include <stddef.h>

#include "base/fault.h"

enum { SUITE_NAME = 64 };

struct catalogue_series {
	char *version; /* "6.1"; "*" for any */
	char **suites; /* in this order: the first that has a match is taken */
	unsigned int suite_count;
};
struct catalogue {
	char **images; /* globs over the names of packages; of one build, the first that is there */
	unsigned int image_count;
	char **parts; /* globs over what an image depends on and what is fetched with it */
	unsigned int part_count;
	struct catalogue_series *series;
	unsigned int series_count;
};

/* At most 1 MiB. -ENOENT, -EPROTO (what is wrong, and where, in fault) */
int catalogue_load(const char *path, struct catalogue **catalogue, struct fault *fault);
void catalogue_free(struct catalogue *catalogue);
/* The first series that takes the version ("6.1" takes 6.1.176); NULL if none does. */
const struct catalogue_series *catalogue_find(const struct catalogue *catalogue,
					      const char *version);

#endif
