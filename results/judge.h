/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * judge: two runs, cell by cell, with a verdict for each. Side A is the base, side B is what is judged.
 * Counts (insn, fingerprints, outcomes) are exact: a difference is a difference. Times and counters are
 * judged by trials, with intervals that hold for the whole table together (verdict.h).
 */
#ifndef RESULTS_JUDGE_H
#define RESULTS_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "results/compare.h"
#include "results/query.h"
#include "results/steps.h"
#include "results/verdict.h"
#include "results/warnings.h"

struct function_groups;
struct profile;

/* What a row is, in the order in which tables show them. */
enum judge_kind {
	JUDGE_COSTS, /* B costs more, proved */
	JUDGE_SAVES, /* B costs less, proved */
	/* the call does something else: refused on one side, an errno for another, another path at no cost */
	JUDGE_CHANGED,
	JUDGE_UNDECIDED, /* not enough data, or one side has none; `reason` says which */
	JUDGE_BELOW, /* costs or saves, but less than the threshold that was asked for */
	/* counts without a steady state: not exactly equal, but less apart than the margin, proved */
	JUDGE_WITHIN,
	/* counts: exactly, in the steady state, and no sample's path by more than the margin. Times: proved to
	 * differ by less than the margin */
	JUDGE_EQUAL,
	JUDGE_UNMEASURED, /* neither side has a number, or one was not to measure it */
	JUDGE_KINDS
};
/* "costs", "saves", "changed", "undecided", "below", "within", "equal", "unmeasured": for
 * scripts. */
const char *judge_kind_name(enum judge_kind kind);

struct judge_sample {
	int64_t trial; /* its sequence in the run */
	uint32_t sample; /* its index in the trial */
	uint64_t value;
};
struct judge_side {
	const struct cell_summary *summary; /* NULL: the run does not have the cell */
	struct judge_sample *samples; /* the valid ones, or the strayed, trial after trial */
	size_t sample_count, room;
	/*
	 * Counts: no sample is valid, and the samples are those that took another path than the cell names
	 * (REJECT_PATH in store.h; summary->reason says which). What the call costs by it is known all the same.
	 */
	bool strayed;
	/*
	 * Counts: the steady state is the value of at least half of the samples, as everywhere (steps.h);
	 * where there is none, the lower median, and count.spread says how far samples are apart.
	 */
	struct exact_count count;
	/*
	 * The sample that stands for the side, an index in samples: the first with the steady value. Where a side has
	 * none, that of the pair in the middle (judge_pairs), so that both sides' are of one place.
	 */
	size_t steady;
	double value; /* what the side costs: of that sample, or the median of the trials' medians */
};
/* What else is not the same in the steady state: entries of functions, outcomes. */
struct judge_change {
	char *metric; /* "fn:__pte_alloc", "outcome:errno" */
	double a,
		b; /* the value of at least half of the samples; NAN: that side does not know it, or has none */
	bool varies; /* a side has no steady state of it */
	uint64_t *seen; /* while it is loaded: a side's values */
	size_t seen_count, seen_room;
};
/*
 * Sample by sample: B's less A's at the same place of the same plan. Where samples have no steady state
 * they still go up and down alike on both sides, since all but the kernel is the same. Often
 * most differences are one and the same.
 */
struct judge_pairs {
	size_t count;
	double low, high; /* of the differences */
	bool steady; /* more than half of them are `value` */
	double value;
	size_t a, b; /* the pair in the middle (of the lower median): indices of its samples */
};
enum { JUDGE_PAIRS = 8 }; /* fewer prove nothing */
/*
 * How surely the least and the most of so many differences hold their median: 1 - 2^(1 - n), 99.2% for 8, whatever
 * they are distributed by (W. R. Thompson, Annals of Mathematical Statistics 7, 1936: the sign test's interval).
 */
double judge_pairs_confidence(size_t count);

/* A count taken apart by function (function_groups.h): mremap's own path, and what is not. */
struct judge_part {
	struct exact_count a, b;
	double difference; /* of the steady states */
};

struct judge_row {
	char *cell;
	enum judge_kind kind;
	bool counted;
	struct judge_side a, b;
	double difference, ratio; /* b - a, b / a of the values; NAN where there is none */
	double pages, page_difference; /* cell_pages.h; of the path, if parted; NAN without pages */
	/* Counts. */
	double proved; /* costs or saves: what of the difference is the patch's, never negative */
	bool parted; /* both sides have profiles */
	struct judge_part path, refills, layout;
	struct judge_pairs pairs; /* of the path, if parted; none where the plans differ */
	bool inexact; /* JUDGE_EQUAL in the steady state, and single samples are not */
	bool aside_only; /* JUDGE_EQUAL with a difference, which lies in refills and layout alone */
	/* Times: `verdict` and what it is to be taken with. */
	struct verdict verdict;
	struct warning_list warnings;
	struct judge_change *changes;
	size_t change_count;
	char *reason; /* why not, for what is changed, undecided or unmeasured; else "" */
};

struct judge_ask {
	const char *metric; /* NULL: the instrument's cost */
	const char *const *cells; /* globs; none: every cell */
	size_t cell_count;
	double threshold; /* what is less is no cost; 0: none */
	bool threshold_percent; /* of A; else in the metric's unit */
	double margin; /* a part; 0: the suite's own (suite.margin), or 0.01 */
	double confidence; /* 0: 0.95 */
	const struct function_groups *groups; /* NULL: counts are not taken apart */
	enum judge_order { JUDGE_BY_VERDICT, JUDGE_BY_CHANGE, JUDGE_BY_KEY } order;
};

/* Of something that both builds have: is it the same? */
enum judge_same { SAME_UNKNOWN, SAME_YES, SAME_NO };

struct judgement {
	struct comparison comparison; /* the runs, and what else they differ in */
	struct judge_ask ask; /* with margin and confidence filled in */
	char *metric, *unit; /* of the rows; "" without any */
	bool counted, same_image, same_plan;
	enum judge_same source, compiler, config; /* of the two kernels */
	bool paired; /* times: the trials were measured in one go, in balanced order */
	/* Times that were measured until each row was decided: at most so many blocks, with a look after each;
	 * 0: as many as were planned, and one look. */
	uint32_t looks;
	struct splat_list splats_a, splats_b;
	struct trial_list trials_a, trials_b; /* when they ran */
	struct judge_row *rows;
	size_t row_count;
	size_t counts[JUDGE_KINDS], aside_only, inexact;
	size_t strayed; /* rows of which one side took another path, whatever their kind */
	size_t left_out; /* rows that the globs did not take */
	size_t family; /* rows that could hold a claim: those the globs left out as well */
	struct verdict_rule rule;
};

/* specs as in query_run_find(). A refused comparison comes back without rows. */
int judge_runs(struct store *store, const char *a, const char *b, const struct judge_ask *ask,
	       struct judgement *judgement, struct fault *fault);
void judgement_free(struct judgement *judgement);

/* 0: no cost proved; 1: a cost proved; 2: undecided (or a call does something else). */
int judgement_status(const struct judgement *judgement);
/* "3 of 60 cells cost more; 57 equal, exactly": one line. */
void judgement_line(const struct judgement *judgement, struct text *line);

/* Without a steady state: lets both profiles' samples be those that stand for the row. */
void judge_profiles_stand(const struct judge_row *row, struct profile *a, struct profile *b);

/*
 * The trials of a row, one number each, in the order in which they ran, as verdict_row() takes them; the
 * caller frees them. -ENOMEM.
 */
int judge_trials(const struct judgement *judgement, const struct judge_row *row,
		 struct verdict_trial **trials, size_t *count);
/*
 * The rule for one counted row, from its counts, parts (if parted) and pairs: sets kind and proved. margin: a
 * part, for what is within it.
 */
void judge_count(struct judge_row *row, double margin);

#endif
