/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * query: reading what was measured, and its summaries. The one way out of the store for the
 * commands, the exports, the figures and the dashboard. Nothing here writes.
 * Lists are arrays owned by the caller and freed by their _free function; strings in them are never NULL.
 */
#ifndef RESULTS_QUERY_H
#define RESULTS_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "results/store.h"

struct run_info {
	int64_t id;
	char *suite, *suite_sha256, *instrument, *machine, *command, *status, *reason;
	char *started, *ended; /* ISO 8601 UTC, "" while it runs */
	int64_t kernel_id;
	char *kernel_name, *kernel_release, *kernel_version, *kernel_sha256, *kernel_origin,
		*kernel_config_sha256;
	/* Notes of its provenance, "" where there is none: guest.recipe, reference. */
	char *guest_recipe, *reference;
	int64_t trials_planned, trials_ok, trials_failed;
	/* A run with either is marked wherever it is shown (run_mark()). */
	int64_t splats; /* what its kernels reported of themselves: oopses, warnings …; 0: nothing */
	char *kernel_traits; /* what a reader of its numbers must know: "no-move-pmd, not for figures"; "" */
};
struct run_list {
	struct run_info *items;
	size_t count;
};
/* Newest first, imported ones (reference.h) behind all others. instrument, suite, kernel_sha256: NULL for any. */
struct run_filter {
	const char *instrument, *suite, *kernel_sha256;
	bool finished_only; /* complete or partial */
	size_t limit; /* 0: all */
};
int query_runs(struct store *store, const struct run_filter *filter, struct run_list *runs,
	       struct fault *fault);
/*
 * spec: a run id; "last", the newest; or "last:INSTRUMENT[:KERNEL]", the newest of those that finished (complete or
 * partial); an imported run only where there is no other. KERNEL: its name, or the beginning of its release (up to a dot, a dash…) or of its sha256 (8 digits or
 * more). -ENOENT; -EINVAL for what is no spec.
 */
int query_run_find(struct store *store, const char *spec, struct run_info *run,
		   struct fault *fault);
void run_info_free(struct run_info *run);
void run_list_free(struct run_list *runs);

struct pair_list {
	struct pair {
		char *key, *value;
	} * items;
	size_t count;
};
int query_provenance(struct store *store, int64_t run_id, struct pair_list *pairs,
		     struct fault *fault);
void pair_list_free(struct pair_list *pairs);

struct trial_info {
	int64_t id, sequence;
	char *status, *reason, *console;
	char *ending; /* "ended", "panic", "hang" …; "unknown" */
	char *head; /* the first splat's own lines, "" */
	int64_t started_us, ended_us, splats;
};
struct trial_list {
	struct trial_info *items;
	size_t count;
};
int query_trials(struct store *store, int64_t run_id, struct trial_list *trials,
		 struct fault *fault);
void trial_list_free(struct trial_list *trials);

/* What a run's kernels reported of themselves: a row for each headline, the first one's first. */
struct splat_list {
	struct splat_info {
		char *kind; /* "panic", "oops", "bug", "warn", "lockdep", "kasan" … */
		char *headline; /* hostile, as all that a guest says: escape it */
		int64_t count; /* in all trials */
		int64_t trials; /* in how many */
		int64_t first; /* the sequence of the first of them */
	} * items;
	size_t count;
};
int query_splats(struct store *store, int64_t run_id, struct splat_list *splats,
		 struct fault *fault);
void splat_list_free(struct splat_list *splats);
/*
 * A run's mark, shown wherever the run is: "reference", "2 splats", "kernel: debug", "1 splat; kernel: debug";
 * "" for most runs. Traits are a file's words: escape it. Returns out.
 */
char *run_mark(const struct run_info *run, char *out, size_t room);
/* False for a kernel built to find bugs (its traits have the word "debug"): its costs are no kernel's. */
bool run_is_for_figures(const struct run_info *run);
/* Why a finished run is in no figure, in words: such a kernel, or one that reported splats. NULL: it may be. */
const char *run_left_out(const struct run_info *run);

/*
 * The summary of one metric of one cell in one run. Only valid samples count, of cells that ended well;
 * what a trial measured before it failed is as good as any.
 * The unit of statistics is the trial: `median` is the median of the trials' medians.
 * `low` and `high` are the quartiles (type 7 of Hyndman and Fan 1996) of the trials' medians where
 * there are at least 4 trials, else of all valid samples. min and max are of all valid samples.
 */
struct cell_summary {
	char *cell, *metric, *unit;
	char *status; /* "ok", "invalid" (no valid sample), "unsupported", "failed" */
	char *reason; /* for anything but ok; for ok with rejects: the first reject's reason */
	char *expected; /* the expected fingerprint */
	uint32_t trials, samples, rejected; /* samples: the valid ones */
	double median, low, high, min, max;
};
struct summary_list {
	struct cell_summary *items; /* in the order of the first trial's cells */
	size_t count;
};
/*
 * metric NULL: the run's cost metrics (all that don't begin with "fn:" or "outcome:" and are not "tsc"); else a name, or a glob
 * ("fn:*"). Every cell of the run has a row for each of them, whatever became of it. -ENOENT, with the metrics that
 * there are, for a metric that the run doesn't have (its instrument's cost metric is always one of its own).
 */
int query_summaries(struct store *store, int64_t run_id, const char *metric,
		    struct summary_list *summaries, struct fault *fault);
/*
 * What each cell's samples left behind: its metrics "outcome:*", where it has a sample of them, valid
 * or not. Unlike above, no row for what a cell does not count; none at all is no error.
 */
int query_outcomes(struct store *store, int64_t run_id, struct summary_list *outcomes,
		   struct fault *fault);
void summary_list_free(struct summary_list *summaries);
/* The metric by which an instrument is charted: clock "ns", pmu "instructions:k", insn "insn". */
const char *query_cost_metric(const char *instrument);

/* The run's metrics, in the order in which they were measured. */
struct metric_list {
	struct metric_info {
		int64_t id;
		char *name, *unit;
	} * items;
	size_t count;
};
int query_metrics(struct store *store, int64_t run_id, struct metric_list *metrics,
		  struct fault *fault);
void metric_list_free(struct metric_list *metrics);

/* Every stored sample, one at a time, in the order trial, cell, metric, sample. cell, metric: NULL for any. */
struct sample_row {
	const char *cell, *metric, *unit, *invalid; /* invalid: NULL, or the reason */
	int64_t trial; /* its sequence in the run */
	uint32_t sample;
	uint64_t value;
};
typedef int (*sample_visit)(const struct sample_row *row, void *context); /* non-zero stops */
int query_samples(struct store *store, int64_t run_id, const char *cell, const char *metric,
		  sample_visit visit, void *context, struct fault *fault);

/* What a cell's key says: the value of a parameter ("32M" for "size"), "" if it has none. Returns out. */
char *cell_param(const char *cell, const char *param, char *out, size_t room);

#endif
