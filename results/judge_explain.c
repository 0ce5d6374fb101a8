// SPDX-License-Identifier: GPL-2.0-only
/* judge_explain: why a row says what it says. */
#include "results/judge_explain.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/function_groups.h"
#include "results/judge_words.h"
#include "results/mail.h"
#include "results/profile_diff.h"
#include "results/words.h"

enum { FUNCTIONS_SHOWN = 20 };

/* A paragraph of its own, below its row. */
static void put(FILE *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void put(FILE *out, const char *fmt, ...)
{
	struct text words = { 0 };
	va_list args;

	va_start(args, fmt);
	text_addv(&words, fmt, args);
	va_end(args);
	mail_words(out, "  ", 4, text_get(&words));
	text_free(&words);
}

/* One number a trial, as the verdict takes them. */
static void medians_add(const struct judge_side *side, struct text *words)
{
	double *values = malloc((side->sample_count + 1) * sizeof(*values));
	char number[NUMBER_WORDS];

	text_add(words, ", the trials' medians:");
	for (size_t i = 0, count; values && i < side->sample_count; i += count) {
		for (count = 0; i + count < side->sample_count &&
				side->samples[i + count].trial == side->samples[i].trial;
		     count++)
			values[count] = (double)side->samples[i + count].value;
		text_addf(words, " %s", number_words(trial_summary(values, count), number));
	}
	free(values);
}

/* Trial by trial: samples in a row that are equal stand together. */
static void samples_add(const struct judge_side *side, struct text *words)
{
	char number[NUMBER_WORDS];

	for (size_t i = 0, next; i < side->sample_count; i = next) {
		const struct judge_sample *at = &side->samples[i];

		for (next = i + 1; next < side->sample_count &&
				   side->samples[next].value == at->value &&
				   side->samples[next].trial == at->trial;)
			next++;
		if (!i || side->samples[i - 1].trial != at->trial)
			text_addf(words, "%s trial %lld:", i ? ";" : ":", (long long)at->trial);
		text_addf(words, " %s", number_words((double)at->value, number));
		if (next - i > 1)
			text_addf(words, " (%zu times)", next - i);
	}
}

static void valid_add(const struct judge_row *row, const struct judge_side *side,
		      struct text *words)
{
	const struct cell_summary *summary = side->summary;

	if (side->strayed)
		text_addf(words, "%zu samples", side->sample_count);
	else
		text_addf(words, "%zu valid sample%s of %u trial%s", side->sample_count,
			  side->sample_count == 1 ? "" : "s", summary->trials,
			  summary->trials == 1 ? "" : "s");
	if (summary->rejected)
		text_addf(words, " (%u invalid: %s)", summary->rejected, summary->reason);
	if (row->counted)
		samples_add(side, words);
	else
		medians_add(side, words);
}

static void side_put(char name, const struct judge_row *row, const struct judge_side *side,
		     FILE *out)
{
	struct text words = { 0 };

	text_addf(&words, "%c: ", name);
	if (!side->summary)
		text_add(&words, "its run does not have the cell");
	else if (!side->sample_count)
		text_addf(&words, "%s: %s", side->summary->status, side->summary->reason);
	else
		valid_add(row, side, &words);
	mail_words(out, "  ", 5, text_get(&words));
	text_free(&words);
}

static void steady_put(char name, const struct judge_row *row, const struct exact_count *count,
		       FILE *out)
{
	char value[NUMBER_WORDS], low[NUMBER_WORDS], high[NUMBER_WORDS];

	number_words((double)count->value, value);
	number_words((double)count->min, low);
	number_words((double)count->max, high);
	if (count->spread)
		put(out,
		    "%c has no steady state%s: no value is that of half of its %u samples, which "
		    "are %s to %s; the lower median, %s, stands for them.",
		    name, row->parted ? " in its path" : "", count->samples, low, high, value);
	else
		put(out,
		    "%c's steady state%s is %s: the value of at least half of its %u samples, "
		    "which are %s to %s.",
		    name, row->parted ? " in its path" : "", value, count->samples, low, high);
}

static void pairs_put(const struct judge_pairs *pairs, FILE *out)
{
	char low[NUMBER_WORDS], high[NUMBER_WORDS], value[NUMBER_WORDS];

	put(out,
	    "Sample by sample, at the same places of the same plan, B less A is %s to %s in %zu pairs.",
	    difference_words(pairs->low, low), difference_words(pairs->high, high), pairs->count);
	if (pairs->count < JUDGE_PAIRS) {
		put(out, "Fewer than %d prove nothing.", JUDGE_PAIRS);
		return;
	}
	put(out,
	    "Their least and most hold their median with %.1f%%: what is of one sign in all is "
	    "the kernel's, and what lies within the margin is no more than that.",
	    100 * judge_pairs_confidence(pairs->count));
	if (pairs->steady)
		put(out, "More than half of them are %s.", difference_words(pairs->value, value));
}

static void count_put(const struct judge_row *row, FILE *out)
{
	char low[NUMBER_WORDS];

	steady_put('A', row, row->parted ? &row->path.a : &row->a.count, out);
	steady_put('B', row, row->parted ? &row->path.b : &row->b.count, out);
	if (row->pairs.count && (row->a.count.spread || row->b.count.spread))
		pairs_put(&row->pairs, out);
	if (row->pages > 0)
		put(out, "By the key, a call moves or takes away %s page%s.",
		    number_words(row->pages, low), row->pages == 1 ? "" : "s");
}

static void functions_put(const struct profile_diff *diff, const struct function_groups *groups,
			  FILE *out)
{
	char a[NUMBER_WORDS], b[NUMBER_WORDS], by[NUMBER_WORDS], columns[4 * NUMBER_WORDS];

	fprintf(out, "  %12s%12s%12s  %s\n", "A", "B", "B - A", "function, its group");
	for (size_t i = 0; i < diff->changed && i < FUNCTIONS_SHOWN; i++) {
		const struct profile_change *change = &diff->changes[i];
		struct text name = { 0 };

		text_addf(&name, "%s, %s%s%s", change->function, groups->groups[change->group].name,
			  change->part == PART_REFILL	? " (refill)"
			  : change->part == PART_LAYOUT ? " (layout)"
							: "",
			  !change->in_a	  ? "; only B has it"
			  : !change->in_b ? "; only A has it"
					  : "");
		snprintf(columns, sizeof(columns), "  %12s%12s%12s  ",
			 number_words((double)change->a.steady, a),
			 number_words((double)change->b.steady, b),
			 difference_words((double)change->change, by));
		mail_words(out, columns, 40, text_get(&name));
		text_free(&name);
	}
	if (diff->changed > FUNCTIONS_SHOWN)
		put(out, "and %zu more functions: remapbench profile has them all",
		    diff->changed - FUNCTIONS_SHOWN);
	if (!diff->changed)
		put(out, "No function's count changed.");
}

static int profiles_put(struct store *store, const struct judgement *judgement,
			const struct judge_row *row, FILE *out, struct fault *fault)
{
	const struct function_groups *groups = judgement->ask.groups;
	struct profile a = { 0 }, b = { 0 };
	struct profile_diff diff;
	int err = profile_load(store, judgement->comparison.a.id, row->cell, &a, fault);

	if (err)
		return err;
	err = profile_load(store, judgement->comparison.b.id, row->cell, &b, fault);
	if (!err)
		judge_profiles_stand(row, &a, &b);
	if (!err)
		err = profile_diff_make(&a, &b, groups, &diff);
	if (!err) {
		put(out,
		    "By function, in one sample that stands for each side (A %llu, B %llu in all):",
		    (unsigned long long)a.steady, (unsigned long long)b.steady);
		functions_put(&diff, groups, out);
		profile_diff_free(&diff);
	}
	profile_free(&a);
	profile_free(&b);
	return err;
}

static void time_put(const struct judge_row *row, FILE *out)
{
	const struct verdict *verdict = &row->verdict;
	double certain = 100 * (1 - 2 * verdict->tail);

	if (isnan(verdict->ratio)) {
		put(out, "There is no ratio, and no interval.");
		return;
	}
	put(out,
	    "B / A is estimated at %.4f, by Hodges and Lehmann from %zu trials of A and %zu of B in "
	    "%zu block%s: the shift of logarithms that makes the rank sum central.",
	    verdict->ratio, verdict->trials_a, verdict->trials_b, verdict->blocks,
	    verdict->blocks == 1 ? "" : "s");
	if (verdict->low > 0 && isfinite(verdict->high))
		put(out,
		    "Its interval is %.4f to %.4f: the shifts that the rank test does not refuse at "
		    "%.2g a side (%.4g%% for this row, so that all rows together keep their level).",
		    verdict->low, verdict->high, verdict->tail, certain);
	else
		put(out, "So few trials bound it on no side, or on one only, at %.2g a side.",
		    verdict->tail);
	put(out,
	    "It costs if the interval lies above 1, saves if below, is equal if within %.4f to %.4f "
	    "(the margin, %.3g%%).",
	    1 / (1 + verdict->margin), 1 + verdict->margin, verdict->margin * 100);
	if (isfinite(verdict->smallest))
		put(out,
		    "The smallest cost that such data would have shown four times out of five is "
		    "%.2f%%.",
		    verdict->smallest * 100);
}

static int row_explain(struct store *store, const struct judgement *judgement,
		       const struct judge_row *row, FILE *out, struct fault *fault)
{
	struct text words = { 0 };
	const bool both = row->a.sample_count && row->b.sample_count;
	int err = 0;

	text_add_plain(&words, row->cell);
	fprintf(out, "\n%s\n", text_get(&words));
	text_clear(&words);
	judge_verdict_words(row, &words);
	put(out, "%s: %s", judge_kind_name(row->kind), text_get(&words));
	text_clear(&words);
	side_put('A', row, &row->a, out);
	side_put('B', row, &row->b, out);
	if (both && row->counted)
		count_put(row, out);
	judge_more_words(row, JUDGE_PARTS, 0, &words);
	if (words.len)
		put(out, "Taken apart: %s.", text_get(&words));
	if (both && !row->counted && row->kind != JUDGE_CHANGED)
		time_put(row, out);
	for (size_t i = 0; i < row->warnings.count; i++)
		put(out, "Warning: %s", row->warnings.items[i].text);
	text_clear(&words);
	judge_more_words(row, JUDGE_CHANGES, 0, &words);
	if (words.len)
		put(out, "Else: %s", text_get(&words));
	if (row->parted)
		err = profiles_put(store, judgement, row, out, fault);
	text_free(&words);
	return err;
}

int judge_explain(struct store *store, const struct judgement *judgement, const char *cells,
		  FILE *out, struct fault *fault)
{
	struct text line = { 0 };
	bool any = false;
	int err = 0;

	judgement_line(judgement, &line);
	mail_words(out, "", 0, text_get(&line));
	text_free(&line);
	for (size_t i = 0; !err && i < judgement->row_count; i++) {
		if (!glob_match(cells, judgement->rows[i].cell))
			continue;
		any = true;
		err = row_explain(store, judgement, &judgement->rows[i], out, fault);
	}
	if (!err && !any)
		return fault_set(fault, -ENOENT, "--explain %s: no row is like it", cells);
	return err;
}
