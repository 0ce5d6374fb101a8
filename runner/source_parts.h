/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * source_parts: the parts of which kernel_source is made: packages that are looked for and kept, and
 * archives that are unpacked with nothing in them being able to leave the folder.
 */
#ifndef RUNNER_SOURCE_PARTS_H
#define RUNNER_SOURCE_PARTS_H

#include <stddef.h>

#include "base/text.h"
#include "runner/kernel_source.h"

/* Finds a package's tarball, downloading it where it must: fills path, version, origin. */
int source_package_find(struct kernel_source *source, const char *who, struct fault *fault);

/* Whether word is something, and all of these characters. */
bool source_word_of(const char *word, size_t len, const char *allowed);

/* Sets the origin to these words, made fit for a terminal and for JSON; frees them. */
void source_origin_set(struct kernel_source *source, struct text *words);

enum { SOURCE_MAKEFILE_MAX = 1 << 20 };

struct source_archive {
	int fd; /* read from where it stands; stays open */
	const char *directory; /* absolute, without links in it, and empty */
	struct progress *progress; /* or NULL */
	double total; /* bytes of fd, or entries, for the progress; 0: not known */
	bool by_entries; /* total counts entries */
};
/* A tar archive, however compressed. What is left when it fails is the caller's to remove. */
int source_archive_extract(const struct source_archive *archive, struct fault *fault);

int source_git_identify(struct kernel_source *source, struct fault *fault);
/* archive's fd and total are set here. */
int source_git_extract(const struct kernel_source *source, struct source_archive *archive,
		       struct fault *fault);

/* The top Makefile: of a commit; of a tar archive read from fd. */
int source_git_makefile(const struct kernel_source *source, struct text *makefile,
			struct fault *fault);
int source_archive_makefile(int fd, struct text *makefile, struct fault *fault);
/* What it says. -EPROTO: no kernel's */
int source_makefile_version(const char *makefile, char version[SOURCE_VERSION],
			    struct fault *fault);

/*
 * An entry's name, cleaned of "." and doubled slashes, in out. -EPROTO: absolute, "..", empty, too long.
 * The rules of names and links by themselves, for tests.
 */
int source_name_clean(const char *name, char *out, size_t room, struct fault *fault);
/* Whether a link that stands at name (from the tree's top) leads nowhere but into the tree. */
bool source_link_inside(const char *name, const char *target);

#endif
