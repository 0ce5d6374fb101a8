/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bisect_lab: what builds and counts a commit for bisect. What it did stays below CACHE/bisect, and the
 * kernels in the cache: a bisection that was killed goes on where it was, by the same command.
 */
#ifndef RUNNER_BISECT_LAB_H
#define RUNNER_BISECT_LAB_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runner/bisect.h"
#include "runner/kernel_build.h"
#include "runner/run_plan.h"

struct lab_ask {
	const char *tree;
	const char *config; /* as kernel_build takes it */
	const char *patches[BUILD_PATCHES]; /* applied to each commit */
	size_t patch_count;
	const char *cells[RUN_NAMES]; /* globs */
	size_t cell_count;
	uint32_t samples;
	unsigned int jobs; /* of make; 0: one a CPU */
	bool quiet;
};

struct lab {
	const struct lab_ask *ask;
	char tree[PATH_MAX]; /* without links */
	char folder[PATH_MAX], database[PATH_MAX], repository[PATH_MAX];
	int lock;
};

/* -EAGAIN: another one does the same. lab_close in any case. */
int lab_open(struct lab *lab, const struct lab_ask *ask, struct fault *fault);
void lab_close(struct lab *lab);
/* A bisect_lab, but for its opaque. */
int lab_count(struct lab *lab, const struct bisect_commit *commit, struct bisect_counts *counts,
	      struct fault *why);
/*
 * What one of the two commits entered more or less often than the other in a cell's operation, in words:
 * "__pte_alloc 1 -> 2"; "" where nothing differs, or where one was not counted.
 */
int lab_paths(struct lab *lab, const struct bisect_commit *before,
	      const struct bisect_commit *after, const char *cell, struct text *what,
	      struct fault *fault);

#endif
