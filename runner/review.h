/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * review: what does a series cost? Builds a base and the series on it (with `each`, after every patch), counts
 * a suite on all of them, and holds each against the one before it. Or two kernels that are there already.
 * Builds are kernel_build's, and counts the store's: what was done before is not done again.
 */
#ifndef RUNNER_REVIEW_H
#define RUNNER_REVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/fault.h"
#include "results/judge.h"
#include "runner/kernel_build.h"
#include "runner/kernel_patches.h"
#include "runner/run_plan.h"

enum { REVIEW_STEPS = 128, REVIEW_WHY = 400 };

struct review_ask {
	/* A kernel of the cache that was built here, or a source as kernel_build takes it; with `with`, any kernel. */
	const char *base;
	const char *patches[BUILD_PATCHES]; /* files */
	size_t patch_count;
	const char *with; /* instead of patches: a kernel of the cache; NULL */
	const char *config; /* of a source; NULL: lab-small */
	bool relocation; /* base and patched stand on the project's own patch */
	bool each; /* after every patch, not only after the last */
	bool count_again; /* the base, although its counts are there */
	const char *suite; /* NULL: core */
	const char *globs[RUN_NAMES]; /* cells */
	size_t glob_count;
	struct judge_ask judge; /* thresholds, margin, groups */
	uint32_t samples; /* 0: the suite's */
	unsigned int jobs; /* of make, and guests side by side; 0: as many as CPUs */
	const char *database;
	bool quiet;
	bool clock; /* time as well, where guests run under KVM */
};

struct review_step { /* [0] is the base */
	char title[160]; /* the patch's subject, or the kernel's name; hostile */
	struct kernel kernel;
	bool built; /* by this call */
	double build_seconds;
	size_t compiled;
	int64_t run; /* its counts */
	bool run_was_there;
	int64_t clock_run; /* its times; 0: none */
};

struct review {
	struct review_step *steps;
	size_t step_count;
	/* [i]: step i against step i - 1 (the base itself has none, [0] is empty); where there are more than
	 * two steps, [step_count]: the last against the base. */
	struct judgement *judgements;
	size_t judgement_count;
	struct judgement
		clock; /* the last against the base, in time; without rows where none was measured */
	char clock_why[REVIEW_WHY]; /* why there are no times; "" where there are */
	double seconds; /* all of it */
};

/*
 * review_free in any case. As kernel_build and run_request_do; -EINVAL: what was asked for can't be
 * (the words say what would do); -ENODATA: a kernel gave no count at all (its ending in words).
 */
int review_do(const struct review_ask *ask, struct review *review, struct fault *fault);
void review_free(struct review *review);

/* As judgement_status(), of the counts; a cost that is proved in time is one too. */
int review_status(const struct review *review);

/* The judgement of all of the series: its last step against the base. */
const struct judgement *review_whole(const struct review *review);

/* review_write.c: the report, plain text of at most 80 columns, ready for a mail. */
int review_write(const struct review_ask *ask, const struct review *review, const char *command,
		 FILE *out, struct fault *fault);

#endif
