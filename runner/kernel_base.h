/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_base: warm bases, CACHE/builds/KEY/: `tree`, a source that was configured and built without patches,
 * less what that did not read (kernel_prune.h); `files`, the list of its whole source's files; base.json, whose time is that of its last use. A folder
 * appears by rename(2), and whoever uses it holds a shared lock on it.
 */
#ifndef RUNNER_KERNEL_BASE_H
#define RUNNER_KERNEL_BASE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/files.h"
#include "runner/kernel_config.h"
#include "runner/kernel_make.h"
#include "runner/kernel_source.h"
#include "runner/scratch.h"

struct kernel_base_ask {
	const char *key; /* of source, config and toolchain */
	const char *family; /* of config and toolchain: bases that make can go on from */
	const struct kernel_source *source;
	const char *version; /* the source's */
	const struct kernel_config *config;
	const char *who;
	unsigned int jobs;
	bool rolling; /* it takes the place of the family's earlier rolling ones */
};
struct kernel_base {
	char tree[PATH_MAX], files[PATH_MAX];
	char version[SOURCE_VERSION];
	int lock; /* held until it is closed; -1 */
	size_t compiled; /* objects, by this call */
	bool there; /* nothing was to be done */
};

/* Makes it where it isn't there; another program that makes it is waited for. log: of make, for the caller. */
int kernel_base_get(const struct kernel_base_ask *ask, const struct scratch *scratch,
		    const char *log, struct kernel_base *base, struct fault *fault);
void kernel_base_close(struct kernel_base *base);

/* Configures a tree: make's targets, until .config is what is asked for. */
int kernel_configure(const struct kernel_config *config, struct kernel_make *make,
		     struct fault *fault);
/* Builds what is booted: vmlinux where the config has an entry for it, else bzImage; path: what it is. */
int kernel_compile(struct kernel_make *make, char path[PATH_MAX], struct fault *fault);
/* The path of what kernel_compile has built in a tree. */
int kernel_compiled(const char *tree, char path[PATH_MAX], bool *vmlinux);

/* A lock on CACHE/builds/NAME.lock: waits, and says so. To be let go by build_unlock. */
int build_lock(const char *name, const char *who, int *fd, struct fault *fault);
void build_unlock(const char *name, int fd);

/* "-rb" and 8 digits of the key: always of one length, so that it moves nothing in the image. */
void build_localversion(const char *key, char out[16]);

#endif
