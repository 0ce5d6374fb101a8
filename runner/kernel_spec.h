/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_spec: what `kernel fetch` is asked for: "6.12", "6.12.107-1", "sid/7.2", a package's name,
 * "newest"; and in which suites, in which order, that is looked for.
 */
#ifndef RUNNER_KERNEL_SPEC_H
#define RUNNER_KERNEL_SPEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "runner/catalogue.h"

enum { SUITES_MAX = 64 };

enum kernel_wanted {
	WANTED_NEWEST, /* of the suites of series "*", the highest version */
	WANTED_VERSION, /* name begins the version */
	WANTED_PACKAGE, /* name is the package's, of any flavour */
};

struct kernel_spec {
	enum kernel_wanted wanted;
	char suite[SUITE_NAME]; /* "" where none is named */
	char name[128]; /* "newest" too */
};

/* [SUITE/]NAME of [A-Za-z0-9.+~:_-] only: -EINVAL with what would do. */
int kernel_spec_parse(const char *string, struct kernel_spec *spec, struct fault *fault);

/* Whether it is one build ("6.12.107-1", a package), not any of a version's. */
bool kernel_spec_whole(const struct kernel_spec *spec);

/*
 * Where to look, in this order, each once: the suite that is named; or those of the series. A whole
 * build is afterwards looked for in all other suites of the catalogue.
 * The names are borrowed from both. 0 where no series takes the version.
 */
size_t kernel_spec_suites(const struct kernel_spec *spec, const struct catalogue *catalogue,
			  const char *suites[SUITES_MAX]);

/* All suites of the catalogue, each once, in its order; from count on. Returns the new count. */
size_t catalogue_suites(const struct catalogue *catalogue, const char *suites[SUITES_MAX],
			size_t count);

#endif
