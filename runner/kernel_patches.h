/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_patches: a series of patches, from mails, files, folders and quilt series, in the order in
 * which they are applied; and applying them to a tree. Reading mails and applying is git's work
 * (mailsplit, mailinfo, apply), without any settings of the user's. Patches are taken for hostile:
 * none can write outside the tree.
 */
#ifndef RUNNER_KERNEL_PATCHES_H
#define RUNNER_KERNEL_PATCHES_H

#include <stddef.h>

#include "base/fault.h"
#include "base/files.h"
#include "base/text.h"

struct kernel_patch {
	char *source; /* for people: "0002-foo.patch", "series.mbox: mail 3" */
	char *subject; /* "mm: foo", without [PATCH…]; "" without one */
	unsigned int level; /* -pN */
	struct text diff; /* what is applied: no message, no "index" lines */
	char sha256[SHA256_HEX]; /* of level and diff: the same from a mail and from a file */
	char **files; /* what it touches, from the tree's top; sorted, each once */
	size_t file_count;
};
struct kernel_patches {
	struct kernel_patch *items;
	size_t count;
	struct text
		notes; /* lines that the user should read: "series.mbox: 3 replies are passed over" */
};

/*
 * Each argument is a file (an mbox, one mail, a bare diff; each of these may be compressed), a folder with
 * a quilt series, or a folder of *.patch files, which are taken in the order of their names. The
 * arguments' order holds. Mails that hold no diff, and replies, are passed over; the mails of one file
 * that are numbered [PATCH n/m] come in that order. Nothing to be freed after a failure, or for count 0.
 */
int kernel_patches_load(const char *const arguments[], size_t count, struct kernel_patches *patches,
			struct fault *fault);
void kernel_patches_free(struct kernel_patches *patches);
/* Forgets all but the first `count`. */
void kernel_patches_cut(struct kernel_patches *patches, size_t count);

/* What tells the first `count` patches from all others: a SHA-256 over theirs, in order. */
void kernel_patches_identity(const struct kernel_patches *patches, size_t count,
			     char out[SHA256_HEX]);

/* The files that the first `count` touch: sorted, each once; the array is the caller's, the names are not. */
int kernel_patches_touched(const struct kernel_patches *patches, size_t count, const char ***files,
			   size_t *file_count);

/*
 * Applies the patches [from, to) to the tree in directory, in order. The fault names patch, file
 * and hunk that doesn't apply (-EBADMSG: patches before it are applied, of it nothing): the tree is
 * then to be thrown away. What kernel_source_left_out names is not applied. Step by step
 * ("after each patch") is one call for each.
 */
int kernel_patches_apply(const struct kernel_patches *patches, size_t from, size_t to,
			 const char *directory, struct fault *fault);

#endif
