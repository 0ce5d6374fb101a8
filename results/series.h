/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * series: what one measurement holds, read back: its values, and which of its samples are invalid.
 * Internal to results/. What the database says is checked against itself here.
 */
#ifndef RESULTS_SERIES_H
#define RESULTS_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "results/database.h"
#include "results/query.h"

struct reject_list {
	struct reject_item {
		uint32_t sample;
		char *reason;
	} * items; /* ascending by sample, each at most once */
	size_t count, room;
};

/* stmt: "SELECT sample, reason FROM reject WHERE measurement = ?1 ORDER BY sample", to be reused. */
extern const char reject_sql[];
int reject_load(sqlite3_stmt *stmt, int64_t measurement, struct reject_list *rejects,
		struct fault *fault);
bool reject_is_path(const char *reason); /* REJECT_PATH; NULL: false */
/* Does a sample count? invalid: its reason, or NULL; strayed: of a cell of which those that took another path do. */
bool sample_counts(const char *invalid, bool strayed);
void reject_list_clear(struct reject_list *rejects); /* keeps the memory of the list */
void reject_list_free(struct reject_list *rejects);

/* The values in a column, which must be `samples` many. -EBADMSG. The caller frees *values. */
int series_decode(sqlite3_stmt *stmt, int column, uint32_t samples, uint64_t **values,
		  struct fault *fault);

/* The run's metrics that query_summaries' `wanted` means; at least one. -ENOENT. */
int metrics_choose(struct store *store, int64_t run_id, const char *wanted,
		   struct metric_list *metrics, struct fault *fault);

#endif
