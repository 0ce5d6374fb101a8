/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * git: running git to its end, or for as long as its output is read, without what the environment
 * says to it (GIT_DIR, GIT_INDEX_FILE…): GIT_BARE for its tools that need no repository, without
 * anybody's settings; GIT_READ to read a repository, with its owner's settings (safe.directory is one).
 */
#ifndef RUNNER_GIT_H
#define RUNNER_GIT_H

#include <stddef.h>
#include <sys/types.h>

#include "base/fault.h"
#include "base/text.h"

enum git_how { GIT_BARE, GIT_READ };

struct git_call {
	enum git_how how;
	/*
	 * Where it runs. GIT_BARE: no repository is looked for. GIT_READ: a work tree or a bare
	 * repository, whose parents are not looked at.
	 */
	const char *directory;
	const char *const *arguments; /* after "git", NULL at the end */
	const void *input; /* its stdin; NULL: empty */
	size_t input_count;
	double seconds; /* it is killed after; 0: an hour */
	size_t limit; /* of its stdout, in bytes; 0: 256 MiB */
};

/* 0 for exit status 0; -ECHILD: said is what it said on stderr. Else a fault is set: no git, too slow, too long. */
int git_run(const struct git_call *call, struct text *out, struct text *said, struct fault *fault);

/* Starts it: *fd reads its stdout, *said what it says on stderr (a file in memory, from its beginning). */
int git_start(const struct git_call *call, pid_t *pid, int *fd, int *said, struct fault *fault);

/* The first line of what git said that begins "fatal: " or "error: ", without that; or its last one. */
void git_words(const char *said, char *out, size_t room);

#endif
