/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_builds: which of a suite's packages are kernels, and which of these is meant. One build may
 * be there twice, signed for Secure Boot and not (yet): the catalogue's order says which is taken.
 */
#ifndef RUNNER_KERNEL_BUILDS_H
#define RUNNER_KERNEL_BUILDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "runner/apt.h"
#include "runner/catalogue.h"
#include "runner/kernel_spec.h"

enum { BUILD_PARTS = 8, BUILD_PREFIXES = 32, NEAR_MAX = 6 };

/* "7.3.4+deb13-cloud-amd64" of "linux-image-7.3.4+deb13-cloud-amd64"; NULL where no number follows a dash. */
const char *build_release(const char *package);

/* The name in the cache, "debian-6.1.176-1-cloud-amd64": the package's version and its flavour. */
void build_name(const struct apt_package *package, char *out, size_t room);

/* What the names of all packages begin with that build_choose and build_parts want to know of. */
size_t build_prefixes(const struct catalogue *catalogue, char prefixes[BUILD_PREFIXES][128]);

/* Whether versions are looked for among such: one of the catalogue's images, its best of that build. */
bool build_usual(const struct catalogue *catalogue, const struct apt_packages *packages,
		 const struct apt_package *package);

/* The newest that the spec means; NULL without one. Debian's order of versions. */
const struct apt_package *build_choose(const struct catalogue *catalogue,
				       const struct apt_packages *packages,
				       const struct kernel_spec *spec);

/*
 * The packages to take: the image, and of those it depends on in its own version ("linux-base-… (= 7.2.13-1)")
 * the ones that the catalogue wants. names points into image and into *storage, for the caller to free.
 */
size_t build_parts(const struct catalogue *catalogue, const struct apt_package *image,
		   const char *names[BUILD_PARTS], char **storage);

/* Bytes to download, with the parts that the packages know. */
uint64_t build_bytes(const struct catalogue *catalogue, const struct apt_packages *packages,
		     const struct apt_package *image);

/* The builds that are likest to a spec that nothing was found for: by what they begin with, then newest. */
struct near {
	struct {
		char text[200], version[72]; /* "sid/7.2.13-1" */
		size_t score;
	} items[NEAR_MAX];
	size_t count;
};

void near_add(struct near *near, const struct catalogue *catalogue, const char *suite,
	      const struct apt_packages *packages, const struct kernel_spec *spec);

#endif
