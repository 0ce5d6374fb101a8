/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profile_blob: the instructions of a measurement's samples by function, as few bytes. Format 1: the byte
 * 1, the number of samples, the number of functions, then each function, ascending by id: its id's
 * difference to the one before (the first: to 0), and runs of equal values until they are as many as the
 * samples: each the number of samples in it, and its value's difference to the run before (the first: to
 * 0) modulo 2^64, read as signed, zigzagged. Numbers are LEB128, as in blob.h, of the shortest form; no
 * two runs in a row have the same value: so one profile is one blob.
 */
#ifndef RESULTS_PROFILE_BLOB_H
#define RESULTS_PROFILE_BLOB_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum { PROFILE_BLOB_SAMPLES = 1 << 24, PROFILE_BLOB_FUNCTIONS = 1 << 16 };

struct profile_run {
	uint32_t samples; /* how many in a row have the value */
	uint64_t value;
};
struct profile_row {
	uint64_t id; /* from 1 */
	size_t run, run_count; /* the first of its runs */
};
struct profile_rows {
	uint64_t samples;
	struct profile_row *rows;
	size_t row_count;
	struct profile_run *runs;
	size_t run_count;
};

/* A function and its values, one a sample; ascending by id. */
struct profile_column {
	uint64_t id;
	const uint64_t *values;
};
/* Appends to out. -EINVAL (ids), -EFBIG, -ENOMEM. */
int profile_blob_encode(const struct profile_column *columns, size_t count, size_t samples,
			struct text *out);

/*
 * Any bytes are safe to give: -EBADMSG for what profile_blob_encode would not have written; memory stays
 * within 32 times the blob's size. The caller frees rows by profile_rows_free().
 */
int profile_blob_decode(const void *bytes, size_t size, struct profile_rows *rows);
void profile_rows_free(struct profile_rows *rows);

#endif
