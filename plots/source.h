/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * source: what the figures and the pages are drawn from: the runs of one database, newest first,
 * and each run's summaries, read once. Everything that it hands out stays its own until
 * source_close.
 */
#ifndef PLOTS_SOURCE_H
#define PLOTS_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "results/history.h"
#include "results/query.h"

struct source;

/* -ENOENT where there is no database. */
int source_open(const char *database, struct source **source, struct fault *fault);
void source_close(struct source *source);
struct store *source_store(struct source *source);

size_t source_run_count(const struct source *source);
const struct run_info *source_run(const struct source *source, size_t index); /* newest first */
const struct run_info *source_run_by_id(const struct source *source,
					int64_t id); /* NULL: no such run */
bool run_finished(const struct run_info *run); /* complete or partial */

/*
 * The run's cost metrics, then its fingerprints ("fn:…") and its outcomes ("outcome:…"), each in the
 * order of its cells. Of functions, those that were entered or claimed, and one row a cell at least.
 */
int source_summaries(struct source *source, const struct run_info *run,
		     const struct summary_list **summaries, struct fault *fault);
/*
 * One cell's summary of one metric, NULL where the run has none. Reads what source_summaries reads.
 */
const struct cell_summary *source_find(struct source *source, const struct run_info *run,
				       const char *cell, const char *metric);
/* The same for the metric that the run's instrument is charted by. */
const struct cell_summary *source_cost(struct source *source, const struct run_info *run,
				       const char *cell);
/* The distinct cells of a run, in its order; the array stays the source's. */
int source_cells(struct source *source, const struct run_info *run, const char *const **cells,
		 size_t *count, struct fault *fault);
bool summary_is_function(const struct cell_summary *summary);
bool summary_is_outcome(const struct cell_summary *summary);
bool summary_is_cost(const struct cell_summary *summary); /* neither of them */
/* All summaries of one cell, by metric; the array stays the source's. */
int source_of_cell(struct source *source, const struct run_info *run, const char *cell,
		   const struct cell_summary *const **found, size_t *count, struct fault *fault);
bool summary_usable(const struct cell_summary *summary); /* NULL: false */

/*
 * Every cell across all kernels, or those that the glob means (NULL: all), with the steps of the default
 * rule; own: without imported runs. It stays the source's until the same is asked for with another glob.
 */
int source_history(struct source *source, const char *kernels, bool own, struct history **history,
		   struct fault *fault);
/* Finished, and nothing of it keeps it out of figures. */
bool run_drawable(const struct run_info *run);

/* How much a run has of what is looked for; 0: nothing. */
typedef int (*run_weigh)(struct source *source, const struct run_info *run, const void *context,
			 size_t *weight, struct fault *fault);
/*
 * The newest finished run of each instrument and kernel, newest first; of those with at least half
 * the weight of the one that has most: a look at a few cells doesn't take the place of a whole
 * suite. weigh NULL: by the usable moves. instrument: NULL for any. *runs is freed by the caller.
 */
int source_newest(struct source *source, const char *instrument, run_weigh weigh,
		  const void *context, const struct run_info ***runs, size_t *count,
		  struct fault *fault);
/* Sorts runs by their kernels, oldest version first. */
void runs_sort_by_kernel(const struct run_info **runs, size_t count);

bool instrument_known(const char *instrument);
/* "instructions" or "ns": what y axis and tables say for an instrument. */
const char *instrument_unit(const char *instrument);
/* One sentence on what the instrument sees and what it doesn't. */
const char *instrument_note(const char *instrument);

#endif
