/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rows: the plugin's counters, one a kernel function that was ever translated, and what a region and the
 * handlers inside it add to each. A row is given out when the first instruction of its function is
 * translated, so that the rows in use are few and next to each other.
 * Without symbols there is one row for all, and no profile.
 */
#ifndef RUNNER_PLUGIN_ROWS_H
#define RUNNER_PLUGIN_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runner/plugin/symbols.h"

enum {
	ROWS_MAX = 1 << 15, /* functions beyond share the row of the rest */
	ROWS_LINE =
		2048, /* functions in a region's profile: what more there are, the rest's row has */
	ROWS_BUFFER = ROWS_LINE * (SYMBOL_NAME + 64), /* bytes of a profile, names included */
	ROWS_OUTPUT = 64 << 20, /* bytes of all profiles: regions behind these have none */
};
enum { ROW_USER, ROW_UNKNOWN, ROW_REST, ROWS_SPECIAL };

struct rows {
	struct symbols symbols; /* none: no profile */
	size_t used;
	uint32_t *row_of; /* a symbol's; 0: it has none yet */
	const char *names[ROWS_MAX]; /* of the rows in use */
	bool told[ROWS_MAX]; /* its name was written */
	uint64_t begin[ROWS_MAX], handler[ROWS_MAX], excluded[ROWS_MAX];
	size_t written; /* bytes */
};

/* symbols: the file, NULL for no profile. 0 or -1. */
int rows_open(struct rows *rows, const char *symbols);
void rows_close(struct rows *rows);
/* The row in which an instruction at this address counts. */
uint32_t rows_find(struct rows *rows, uint64_t address);

/* counters: one a row. */
uint64_t rows_total(const struct rows *rows, const uint64_t *counters);
void rows_begin(struct rows *rows, const uint64_t *counters);
void rows_handler_begin(struct rows *rows, const uint64_t *counters);
/* Returns the instructions between, which are taken out of the region's. */
uint64_t rows_handler_end(struct rows *rows, const uint64_t *counters);
/*
 * The lines of a region's profile (docs/protocol.md) in out; bytes written, 0 where there is none. What the
 * rows hold adds up to the counters' total since rows_begin, without the handlers'.
 */
size_t rows_profile(struct rows *rows, const uint64_t *counters, uint64_t region,
		    char out[ROWS_BUFFER]);

#endif
