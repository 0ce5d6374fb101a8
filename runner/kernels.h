/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernels: the cache of kernel images that guests boot. One directory a kernel,
 * CACHE/kernels/SHA256/, named by the image's content: vmlinuz (a bzImage) or vmlinux, config (where known),
 * kernel.json (the fields below, and the recipe of what was built here) and, once probed, symbols
 * ("hexaddress name", sorted by address). A directory appears and goes by rename(2), complete or not at
 * all; two programs may add at once. Who boots a kernel holds it, so that nobody removes it meanwhile.
 */
#ifndef RUNNER_KERNELS_H
#define RUNNER_KERNELS_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/files.h"
#include "runner/image.h"

struct json_t; /* jansson's */

enum { KERNEL_NAME = 128, KERNEL_TRAITS = 160 };

struct kernel {
	char sha256[SHA256_HEX]; /* of the image */
	char name[KERNEL_NAME]; /* "debian-6.1.192-2-cloud-amd64"; [A-Za-z0-9.+~_-] only */
	char release
		[72]; /* what uname -r will say, read from the image's header (setup header's kernel_version) */
	char version[72]; /* the package's version; "" for a file */
	char origin[256]; /* "debian bookworm-security linux-image-…", "file /path" */
	char config_sha256[SHA256_HEX]; /* "" where unknown */
	char key[SHA256_HEX]; /* of what it was built from (kernel_build.h); "" of what was not built here */
	char traits
		[KERNEL_TRAITS]; /* "no-move-pmd, not for figures": what a reader of its numbers must know; or "" */
	char append[256]; /* to its command line at each boot, as its recipe says; "" of most */
	enum image_format format;
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

/* The same, of all that the cache has. */
int kernel_get(const char *spec, struct kernel *kernel, struct fault *fault);

/* Whether spec is a glob ("debian-6.12*"); and whether it matches the kernel's name or release. */
bool kernel_spec_is_glob(const char *spec);
bool kernel_matches_glob(const struct kernel *kernel, const char *glob);

/* The exact name, or 8 or more digits of the sha256, or a glob with * or ?: all that it means. -ENOENT: none. */
int kernels_match(const struct kernel_list *list, const char *spec, struct kernel_list *found,
		  struct fault *fault);

/* Letters, digits and .+~_-, not beginning with a dot or a dash: harmless wherever it is shown. */
bool kernel_name_valid(const char *name);

struct kernel_new {
	const char *image; /* a bzImage or a vmlinux, checked (image.h) */
	const char *config; /* a path; NULL: unknown */
	const char *name; /* NULL: its release */
	bool name_yields; /* where another content has the name, part of the sha256 is added */
	const char *version, *origin; /* NULL: "" */
	struct json_t *
		recipe; /* an object, with "key" and "traits" (an array of strings); NULL: not built here */
};
/*
 * The same content again is no error: *kernel is what is there. A recipe with "append" makes another
 * kernel of the same image: then the identity is the SHA-256 of both.
 */
int kernel_put(const struct kernel_new *fresh, struct kernel *kernel, struct fault *fault);
/* Without a recipe. */
int kernel_add(const char *image, const char *config, const char *name, const char *version,
	       const char *origin, struct kernel *kernel, struct fault *fault);

/* *recipe: NULL where there is none; else for json_decref. */
int kernel_recipe(const struct kernel *kernel, struct json_t **recipe, struct fault *fault);

/* Until *fd is closed nobody removes it. -ENOENT: it was removed just now. */
int kernel_hold(const struct kernel *kernel, int *fd, struct fault *fault);
/* -EBUSY: somebody holds it. */
int kernel_remove(const struct kernel *kernel, struct fault *fault);
/* Of all that is kept of it. */
unsigned long long kernel_bytes(const struct kernel *kernel);

#endif
