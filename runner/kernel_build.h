/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_build: a kernel from source, config and patches into the cache (kernels.h). What goes in is
 * hashed to a key; a key that a kernel of the cache was built for is never built again.
 *
 * CACHE/builds/BASE is a tree that was built without patches (a warm base: kernel_base.h). A patched
 * build works on a copy of one, so that make does only what the patches changed; a source without a base
 * of its own begins from the newest of the same config and compiler, brought to the new source's content.
 */
#ifndef RUNNER_KERNEL_BUILD_H
#define RUNNER_KERNEL_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/files.h"
#include "runner/kernels.h"

enum { BUILD_PATCHES = 256, BUILD_DROPPED = 64 };

struct kernel_build_ask {
	const char *
		source; /* what kernel_source.h takes: a linux-source package, a tarball, TREE@REF */
	/* A fragment of configs/kernels by its name, or a path; NULL: lab-small. */
	const char *config;
	const char *
		config_of; /* instead, or for one that stands on a distribution's: this kernel's; NULL */
	const char *const *patches; /* files, in the order in which they are applied */
	size_t patch_count;
	size_t patch_limit; /* only so many of the patches that those files hold, the first ones; 0: all */
	const char *
		ablation; /* NAME of configs/kernels/ablations/VERSION/NAME.patch, before the patches */
	bool relocation; /* configs/kernels/relocation/VERSION.patch, before the patches */
	const char *name; /* NULL: its release */
	unsigned int jobs; /* 0: one a CPU */
	const char *who; /* whose lines of progress on stderr these are; NULL: none are written */
	/*
	 * Whether a build without patches stays as a warm base. A walk through many commits keeps one
	 * of a family only: false lets the new tree take the place of the one it began from.
	 */
	bool keep_base;
};

struct kernel_built {
	char name[KERNEL_NAME], sha256[SHA256_HEX], release[72];
	char key[SHA256_HEX];
	double seconds; /* that this call took */
	bool cached; /* nothing was built */
	size_t compiled; /* objects */
};

/*
 * 0, or: -ENOENT no such source, config, patch or ablation; -ENOPKG tools are missing (the fault names the
 * packages); -EBADMSG a patch that doesn't apply (which hunk of which file); -ENOEXEC it does not compile
 * (the last of the compiler's words, and the path of the whole log); -EINTR a signal ended it;
 * -EEXIST the name is another kernel's.
 */
int kernel_build(const struct kernel_build_ask *ask, struct kernel_built *built,
		 struct fault *fault);

#endif
