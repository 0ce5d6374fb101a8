/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * verify: measuring rows of a reference dataset again. A count depends on what ran before in the same
 * boot, so each row's whole boot is run as the dataset says that it was, and the rows that were asked for
 * are compared.
 */
#ifndef RUNNER_VERIFY_H
#define RUNNER_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/text.h"
#include "results/reference.h"

enum { VERIFY_GLOBS = 64 };

struct verify_request {
	const char *kernels
		[VERIFY_GLOBS]; /* globs or beginnings of label, name, release, image; none: all */
	size_t kernel_count;
	const char *cells[VERIFY_GLOBS]; /* globs; none: all */
	size_t cell_count;
	size_t rows; /* at most so many, spread evenly; 0: all */
	unsigned int guests; /* side by side; 0: as many as CPUs */
	bool no_fetch, quiet;
};

enum verify_verdict { VERIFY_IDENTICAL, VERIFY_DIFFERS, VERIFY_SKIPPED };

struct verify_row {
	size_t kernel, cell; /* of the dataset */
	enum verify_verdict verdict;
	char *what; /* the count; or what differs; or why there was nothing to compare */
};

struct verify_result {
	struct verify_row *rows; /* by kernel, then by cell */
	size_t count, boots;
	size_t boots_failed; /* rows that were skipped since their boot failed */
	size_t verdicts[3]; /* how many of each */
	struct pair_list provenance; /* what is not as it was: key, "old -> new" */
};

/* 0; -EINVAL: no such row. Whatever keeps one kernel from being measured skips its rows. verify_free in any case. */
int verify_do(const struct reference *reference, const struct verify_request *request,
	      struct verify_result *result, struct fault *fault);
void verify_free(struct verify_result *result);

/* The result's rows, to which nothing has happened yet. -EINVAL: there are none. */
int verify_choose(const struct reference *from, const struct verify_request *request,
		  struct verify_result *result, struct fault *fault);
/* Whether both are the same measurement; what differs, or the count, in words. */
bool verify_rows_same(const struct reference *reference, const struct reference_cell *old_cell,
		      const struct reference_row *old_row, const struct reference_cell *new_cell,
		      const struct reference_row *new_row, struct text *what);
/* Two texts of columns (reference.h): whether they say the same; if not, which differ. */
bool verify_paths_same(const char *old_text, const char *new_text, struct text *what);

#endif
