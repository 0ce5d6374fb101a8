/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_source: where the source of a kernel that is to be built comes from (a package of the
 * distribution, a tarball, a commit of a git tree), what tells it from all others, and its files.
 * A source is taken for hostile until it is unpacked; what is built of it runs its own Makefiles.
 */
#ifndef RUNNER_KERNEL_SOURCE_H
#define RUNNER_KERNEL_SOURCE_H

#include <limits.h>
#include <stdbool.h>

#include "base/fault.h"
#include "runner/catalogue.h"
#include "runner/progress.h"

enum kernel_source_kind {
	SOURCE_PACKAGE, /* a linux-source package */
	SOURCE_TARBALL, /* .tar, plain or compressed */
	SOURCE_GIT, /* a commit of a git tree, bare or not */
};

enum { SOURCE_IDENTITY = 96, SOURCE_VERSION = 72, SOURCE_ORIGIN = 320 };

struct kernel_source {
	enum kernel_source_kind kind;
	char suite[SUITE_NAME]; /* of a package; "" where none is named */
	char package[128]; /* "linux-source-6.12" */
	char path
		[PATH_MAX]; /* the tarball, absolute once it is identified; or the git tree as named */
	char ref[256]; /* of a git tree: "HEAD" where none is named */

	/* By kernel_source_identify: */
	char identity
		[SOURCE_IDENTITY]; /* "sha256:HEX" of the tarball, "tree:HEX" of the commit's tree */
	char origin
		[SOURCE_ORIGIN]; /* for people: "linux-source-6.12 6.12.107-1 (trixie)", "git v6.12 (COMMIT)" */
	char version[SOURCE_VERSION]; /* of a package; else "" */
	char git[PATH_MAX]; /* the repository itself */
	char commit[72];
};

/*
 * [debian:][SUITE/]linux-source-VERSION[=PACKAGE-VERSION], a file whose name ends as tarballs' do (.tar,
 * .tar.xz, .tgz…), PATH@REF, or a git tree's PATH. "./linux-source-6.12" is a path. Looks at names
 * and at what kind of file is there, nothing more. -EINVAL says what would do.
 */
int kernel_source_parse(const char *string, struct kernel_source *source, struct fault *fault);
/* As --tree PATH --ref REF say it; ref NULL: HEAD. */
int kernel_source_git(const char *path, const char *ref, struct kernel_source *source,
		      struct fault *fault);

/*
 * Fills in what tells it from others, without unpacking it. A package that is neither installed nor in
 * the cache is downloaded (said on stderr in who's name, unless that is NULL): without a suite an
 * installed one of that name is taken, with one (or with a version) the installed one if it is the same.
 */
int kernel_source_identify(struct kernel_source *source, const char *who, struct fault *fault);

/*
 * "7.3.4", "7.4.0-rc2" by the top Makefile of an identified source, without unpacking it. Of a package it is
 * the package's own version. -EPROTO: no kernel's.
 */
int kernel_source_peek(const struct kernel_source *source, char version[SOURCE_VERSION],
		       struct fault *fault);

/*
 * Unpacks an identified source into directory, which must be there, and empty: the tree's top Makefile
 * is directory/Makefile. Complete, or the directory is emptied again (after a kill it is the caller's to
 * remove). What kernel_source_left_out names is left out. progress (may be NULL) is shown, and ended.
 */
int kernel_source_extract(const struct kernel_source *source, const char *directory,
			  struct progress *progress, struct fault *fault);

/*
 * Whether a file of a kernel tree (its path from the top) is not unpacked, since no build of an x86
 * kernel reads it: documentation, self-tests, perf, other architectures; never Kconfig files, Makefiles.
 */
bool kernel_source_left_out(const char *path);

/* "7.3.4", "7.4.0-rc2" by the top Makefile of a tree. -ENOENT, -EPROTO: no kernel's. */
int kernel_source_version(const char *directory, char version[SOURCE_VERSION], struct fault *fault);

#endif
