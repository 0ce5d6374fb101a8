/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bisect: which commit made a count another one. git bisect chooses the commits, in a repository of our
 * own that borrows the tree's objects: its checkout, its branches and its own bisection are not touched.
 * What builds and counts a commit is the caller's, so that it can be anything.
 */
#ifndef RUNNER_BISECT_H
#define RUNNER_BISECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

enum { BISECT_COMMIT = 72, BISECT_SUBJECT = 200, BISECT_CELLS = 512 };

/* One cell's counts on one commit. */
struct bisect_count {
	char cell[256];
	double middle, least, most; /* of its samples */
	char why[200]; /* "" or why there is no count */
};
struct bisect_counts {
	struct bisect_count items[BISECT_CELLS];
	size_t count;
};

/*
 * Which counts are good. Without a threshold (either 0 or more): the good end's or the bad end's, whichever
 * is nearer; in the middle: good. With one: at most so far from the good end's towards the bad end's.
 */
struct bisect_rule {
	bool limited;
	double threshold; /* instructions; or of the good end's count, in percent */
	bool percent;
};

enum bisect_verdict { BISECT_GOOD, BISECT_BAD, BISECT_SKIP };

/* Whether the ends differ in this cell, so that it tells: beyond the good end's spread, and the threshold. */
bool bisect_telling(const struct bisect_rule *rule, const struct bisect_count *good,
		    const struct bisect_count *bad);
/*
 * Bad if it is in any cell that tells; to be skipped if one of these has no count. why: the cell that
 * decided, or NULL.
 */
enum bisect_verdict bisect_judge(const struct bisect_rule *rule, const struct bisect_counts *good,
				 const struct bisect_counts *bad,
				 const struct bisect_counts *counts,
				 const struct bisect_count **why);
const struct bisect_count *bisect_count_of(const struct bisect_counts *counts, const char *cell);

struct bisect_commit {
	char id[BISECT_COMMIT], subject[BISECT_SUBJECT];
};

/* What counts a commit. 0; 1: it can't be tested, why says so (it does not build or boot); negative: the end of all. */
typedef int (*bisect_lab)(void *opaque, const struct bisect_commit *commit,
			  struct bisect_counts *counts, struct fault *why);

struct bisect_step {
	const struct bisect_commit *commit;
	const char *role; /* "good end", "bad end", or "" */
	size_t number; /* from 1, the ends not counted */
	size_t left; /* steps after this one, about; SIZE_MAX: not known */
	bool done; /* false: it begins */
	enum bisect_verdict verdict;
	const struct bisect_count *why; /* the cell that decided; NULL */
	const struct bisect_counts *counts, *good, *bad; /* NULL where there are none yet */
	const char *reason; /* of one that is skipped */
};

struct bisect_ask {
	const char *tree, *good, *bad; /* a git tree, two of its commits by any name */
	const char *work; /* a folder for the repository: removed and made anew */
	struct bisect_rule rule;
	bisect_lab lab;
	void (*step)(void *opaque, const struct bisect_step *step);
	void *opaque; /* the lab's and the step's */
};

struct bisect_found {
	struct bisect_commit bad; /* the first that is */
	struct bisect_commit
		before; /* its parent, which is good; id "" where that was not tested */
	size_t steps, skipped;
	bool only_skipped; /* git could not tell: those that remain can't be tested; bad.id is "" */
	char remaining[2048]; /* then these, a line each */
	struct bisect_counts *good, *bad_counts, *before_counts,
		*first_counts; /* bisect_found_free */
};

/*
 * 0, and what was found. -EINVAL: no such commits, or the ends' counts don't differ; -ENOEXEC: an end can't
 * be tested; or what the lab said.
 */
int bisect_do(const struct bisect_ask *ask, struct bisect_found *found, struct fault *fault);
void bisect_found_free(struct bisect_found *found);

/* The full id and the subject of what a name means in a tree. -EINVAL. */
int bisect_commit_find(const char *tree, const char *name, struct bisect_commit *commit,
		       struct fault *fault);

#endif
