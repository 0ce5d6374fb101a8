/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernels: the cache of kernel images that guests boot. One directory a kernel,
 * CACHE/kernels/SHA256/, named by the image's content: vmlinuz, config (where known),
 * kernel.json (the fields below) and, once probed, symbols ("hexaddress name", sorted by address).
 * A directory appears by rename(2), complete or not at all; two programs may add at once.
 */
#ifndef RUNNER_KERNELS_H
#define RUNNER_KERNELS_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/files.h"

enum { KERNEL_NAME = 128 };

struct kernel {
	char sha256[SHA256_HEX]; /* of the image */
	char name[KERNEL_NAME]; /* "debian-6.1.192-2-cloud-amd64"; [A-Za-z0-9.+~_-] only */
	char release
		[72]; /* what uname -r will say, read from the image's header (setup header's kernel_version) */
	char version[72]; /* the package's version; "" for a file */
	char origin[256]; /* "debian bookworm-security linux-image-…", "file /path" */
	char config_sha256[SHA256_HEX]; /* "" where unknown */
	char image[PATH_MAX], config[PATH_MAX],
		symbols[PATH_MAX]; /* paths; config "" where unknown */
};
struct kernel_list {
	struct kernel *items; /* by release, oldest first (version order: 6.1 before 6.12) */
	size_t count;
};

int kernels_load(struct kernel_list *list, struct fault *fault);
void kernel_list_free(struct kernel_list *list);

/* spec: a name; the beginning of a name, of a sha256 (8 digits or more) or, at a dot or dash, of a release
 * ("6.1" finds 6.1.0-56-…, not 6.12). Several: the newest by version. -ENOENT with what there is in fault. */
int kernel_find(const struct kernel_list *list, const char *spec, struct kernel *kernel,
		struct fault *fault);

/* Whether spec is a glob ("debian-6.12*"); and whether it matches the kernel's name or release. */
bool kernel_spec_is_glob(const char *spec);
bool kernel_matches_glob(const struct kernel *kernel, const char *glob);

/* Adds an image (a bzImage: checked by its setup header, at most 256 MiB) with its config (NULL: unknown).
 * The same content again is no error: *kernel is what is there. */
int kernel_add(const char *image, const char *config, const char *name, const char *version,
	       const char *origin, struct kernel *kernel, struct fault *fault);

#endif
