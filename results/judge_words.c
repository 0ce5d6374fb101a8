// SPDX-License-Identifier: GPL-2.0-only
/* judge_words: a judgement in words. */
#include "results/judge_words.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "results/judge_write.h"
#include "results/words.h"

void judge_run_words(const struct run_info *run, struct text *words)
{
	char mark[400];

	text_addf(words, "run %" PRId64 " (%s): %s", run->id, run->status, run->kernel_name);
	if (strcmp(run->kernel_name, run->kernel_release) != 0)
		text_addf(words, " (%s)", run->kernel_release);
	text_addf(words, ", %s, %s", run->suite, run->instrument);
	if (run_mark(run, mark, sizeof(mark))[0])
		text_addf(words, "; marked: %s", mark);
}

void judge_unit_words(const struct judgement *judgement, struct text *words)
{
	if (!judgement->metric[0])
		return;
	if (!strcmp(judgement->metric, judgement->unit))
		text_addf(words, "Numbers are in %s.", judgement->unit);
	else
		text_addf(words, "Numbers are %s, in %s.", judgement->metric, judgement->unit);
}

const char *judge_group_words(const struct judgement *judgement, enum judge_kind kind)
{
	static const char *const names[JUDGE_KINDS] = {
		[JUDGE_COSTS] = "Costs more",
		[JUDGE_SAVES] = "Costs less",
		[JUDGE_CHANGED] = "Changed: what the call does, or can do",
		[JUDGE_UNDECIDED] = "Undecided",
		[JUDGE_BELOW] = "Below the threshold",
		[JUDGE_WITHIN] = "No steady state, and less apart than the margin",
		[JUDGE_UNMEASURED] = "Not measured",
	};

	if (kind != JUDGE_EQUAL)
		return names[kind];
	if (!judgement->counted)
		return "Proved to differ by less than the margin";
	return judgement->aside_only ? "Equal in the path"
	       : judgement->inexact  ? "Equal in the steady state"
				     : "Equal, exactly";
}

/* Sentences of a judgement, on their way out. */
struct saying {
	judge_say say;
	void *context;
};

static void say(const struct saying *saying, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
static void say(const struct saying *saying, const char *fmt, ...)
{
	struct text sentence = { 0 };
	va_list args;

	va_start(args, fmt);
	text_addv(&sentence, fmt, args);
	va_end(args);
	saying->say(saying->context, text_get(&sentence));
	text_free(&sentence);
}

static void builds_say(const struct judgement *judgement, const struct saying *saying)
{
	if (judgement->same_image) {
		say(saying, "Both are of the same kernel image.");
		return;
	}
	if (judgement->compiler == SAME_NO)
		say(saying,
		    "Another compiler built B than A: what it generates otherwise is in the "
		    "differences too.");
	if (judgement->compiler == SAME_UNKNOWN)
		say(saying, "Whether one compiler built both is not known: it may be in the "
			    "differences too.");
	if (judgement->config == SAME_NO)
		say(saying, "Their configs differ.");
	if (judgement->source == SAME_YES && judgement->config != SAME_NO &&
	    judgement->compiler == SAME_YES)
		say(saying, "Both are built from one source by one compiler, and differ by their "
			    "patches.");
	if (!judgement->counted)
		say(saying,
		    "Code lies elsewhere in another image: times may differ by that alone.");
}

static void splats_say(char side, const struct splat_list *splats, const struct saying *saying)
{
	int64_t count = 0;

	for (size_t i = 0; i < splats->count; i++)
		count += splats->items[i].count;
	if (count)
		say(saying, "%c's kernel reported %" PRId64 " error%s of its own, first: %s: %s",
		    side, count, count == 1 ? "" : "s", splats->items[0].kind,
		    splats->items[0].headline);
}

static void times_say(const struct judgement *judgement, const struct saying *saying)
{
	const struct verdict_rule *rule = &judgement->rule;

	if (!judgement->paired)
		say(saying, "A and B were not measured in one go, in balanced order: what drifted "
			    "on the machine between them is in every difference.");
	say(saying,
	    "All %zu interval%s hold together with %.4g%%; each side of one may be wrong with "
	    "%.2g (Bonferroni)%s. Equal is what differs by less than %.3g%%, proved.",
	    rule->rows, rule->rows == 1 ? "" : "s", rule->confidence * 100, verdict_tail(rule),
	    judgement->looks ? ", spent over the looks of a run that went on until decided" : "",
	    rule->margin * 100);
}

/* Differences of rows that no profile takes apart. */
static bool any_unparted(const struct judgement *judgement)
{
	for (size_t i = 0; i < judgement->row_count; i++) {
		const struct judge_row *row = &judgement->rows[i];

		if (row->counted && !row->parted && row->difference != 0 && !isnan(row->difference))
			return true;
	}
	return false;
}

/* Rows that only moved code makes differ are told by one sentence: a build may shift all of them. */
static void layout_say(const struct judgement *judgement, const struct saying *saying)
{
	char least[NUMBER_WORDS], most[NUMBER_WORDS];
	double low = 0, high = 0;
	size_t count = 0;

	for (size_t i = 0; i < judgement->row_count; i++) {
		double difference = judgement->rows[i].layout.difference;

		if (difference == 0)
			continue;
		low = count && low < difference ? low : difference;
		high = count && high > difference ? high : difference;
		count++;
	}
	difference_words(low, least);
	difference_words(high, most);
	if (count)
		say(saying,
		    "By where each build put its code (return thunks), %zu row%s by %s%s%s "
		    "instructions: no part of a verdict.",
		    count, count == 1 ? " differs" : "s differ", least, low < high ? " to " : "",
		    low < high ? most : "");
}

void judge_notes(const struct judgement *judgement, judge_say say_to, void *context)
{
	const struct saying saying = { say_to, context };
	const struct judge_ask *ask = &judgement->ask;

	if (judgement->comparison.refused)
		say(&saying, "Forced: the two runs' numbers do not mean the same thing.");
	builds_say(judgement, &saying);
	splats_say('A', &judgement->splats_a, &saying);
	splats_say('B', &judgement->splats_b, &saying);
	if (!judgement->counted && judgement->row_count)
		times_say(judgement, &saying);
	if (judgement->counted && !judgement->same_plan && judgement->row_count)
		say(&saying,
		    "Their plans differ (suite, cells, samples, guest or program): counts may "
		    "differ by a few instructions for that alone.");
	if (judgement->counted && !strcmp(judgement->metric, "insn") && any_unparted(judgement))
		say(&saying, "Not all cells have profiles by function on both sides: without, a "
			     "difference may lie in refills of the allocators' caches.");
	layout_say(judgement, &saying);
	if (ask->threshold > 0)
		say(&saying,
		    "What is proved to cost or save less than %g%s%s counts as below the "
		    "threshold.",
		    ask->threshold, ask->threshold_percent ? "%" : " ",
		    ask->threshold_percent ? "" : judgement->unit);
	if (judgement->left_out)
		say(&saying, "%zu other cell%s left out by -c%s.", judgement->left_out,
		    judgement->left_out == 1 ? " is" : "s are",
		    judgement->counted ? "" : "; intervals hold for them too");
}

char *judge_ratio_words(const struct judge_row *row, char *out, size_t room)
{
	char words[NUMBER_WORDS];

	snprintf(out, room, "%s",
		 ratio_words(isnan(row->verdict.ratio) ? row->ratio : row->verdict.ratio, words));
	return out;
}

const char *judge_head(const struct judgement *judgement, size_t column)
{
	static const char *const counts[] = { "A", "B", "B - A", "change", "a page" };
	static const char *const times[] = { "A", "B", "estimate", "interval", "sees" };

	return (judgement->counted ? counts : times)[column];
}

/* "+1.20% to +2.31%"; open where there are too few trials. */
static void interval_words(const struct verdict *verdict, char out[JUDGE_COLUMN_WORDS])
{
	char low[NUMBER_WORDS], high[NUMBER_WORDS];

	if (!(verdict->low > 0) && !isfinite(verdict->high))
		snprintf(out, JUDGE_COLUMN_WORDS, "-");
	else
		snprintf(out, JUDGE_COLUMN_WORDS, "%s to %s",
			 verdict->low > 0 ? ratio_words(verdict->low, low) : "?",
			 isfinite(verdict->high) ? ratio_words(verdict->high, high) : "?");
}

void judge_columns(const struct judge_row *row, char out[JUDGE_COLUMNS][JUDGE_COLUMN_WORDS])
{
	char words[NUMBER_WORDS];

	snprintf(out[0], JUDGE_COLUMN_WORDS, "%s", number_words(row->a.value, words));
	snprintf(out[1], JUDGE_COLUMN_WORDS, "%s", number_words(row->b.value, words));
	if (!row->counted) {
		judge_ratio_words(row, out[2], JUDGE_COLUMN_WORDS);
		interval_words(&row->verdict, out[3]);
		if (isfinite(row->verdict.smallest))
			snprintf(out[4], JUDGE_COLUMN_WORDS, "%.2f%%", row->verdict.smallest * 100);
		else
			snprintf(out[4], JUDGE_COLUMN_WORDS, "-");
		return;
	}
	snprintf(out[2], JUDGE_COLUMN_WORDS, "%s", difference_words(row->difference, words));
	judge_ratio_words(row, out[3], JUDGE_COLUMN_WORDS);
	if (isnan(row->page_difference))
		snprintf(out[4], JUDGE_COLUMN_WORDS, "-");
	else
		snprintf(out[4], JUDGE_COLUMN_WORDS, "%+.2f", row->page_difference);
}

/* What refills add is no part of it. */
static bool row_saves(const struct judge_row *row)
{
	if (!row->counted)
		return row->verdict.kind == VERDICT_SAVES;
	return (row->parted ? row->path.difference : row->difference) < 0;
}

void judge_verdict_words(const struct judge_row *row, struct text *words)
{
	char number[NUMBER_WORDS];
	const struct exact_count *a = row->parted ? &row->path.a : &row->a.count;
	const struct exact_count *b = row->parted ? &row->path.b : &row->b.count;
	/* Else the difference itself: of the steady states, or of the samples place by place. */
	bool least = row->counted && (a->spread || b->spread) &&
		     !(row->pairs.steady && row->proved == fabs(row->pairs.value));
	char high[NUMBER_WORDS];

	switch (row->kind) {
	case JUDGE_COSTS:
	case JUDGE_SAVES:
	case JUDGE_BELOW:
		text_add(words, row_saves(row) ? "saves " : "costs ");
		if (row->counted)
			text_addf(words, "%s%s", least ? "at least " : "",
				  number_words(row->proved, number));
		else
			text_addf(words, "at least %.2f%%", row->verdict.x * 100);
		break;
	case JUDGE_WITHIN:
		text_addf(words, "no steady state: sample by sample %s to %s, proved",
			  difference_words(row->pairs.low, number),
			  difference_words(row->pairs.high, high));
		break;
	case JUDGE_EQUAL:
		if (!row->counted)
			text_addf(words, "less than %.3g%%, proved", row->verdict.margin * 100);
		else
			text_add(words, row->aside_only ? "equal in its path"
					: row->inexact	? "equal in its steady state"
							: "equal, exactly");
		break;
	case JUDGE_CHANGED:
	case JUDGE_UNDECIDED:
	case JUDGE_UNMEASURED:
	case JUDGE_KINDS:
		text_add(words, row->reason);
		break;
	}
}

/* A function that only one side has may be inlined on the other, or have another name: no news of its own. */
static bool both_know(const struct judge_change *change)
{
	return !isnan(change->a) && !isnan(change->b);
}

/* Page tables that B makes more: their pages are refills, but it is the path that wants them. */
static double tables_more(const struct judge_row *row)
{
	static const char *const makers[] = { "fn:__pte_alloc", "fn:__pmd_alloc", "fn:__pud_alloc",
					      "fn:__p4d_alloc" };
	double more = 0;

	for (size_t i = 0; i < row->change_count; i++)
		for (size_t j = 0; j < sizeof(makers) / sizeof(makers[0]); j++)
			if (!strcmp(row->changes[i].metric, makers[j]) &&
			    both_know(&row->changes[i]))
				more += row->changes[i].b - row->changes[i].a;
	return more;
}

static void part_words(const struct judge_row *row, struct text *words)
{
	char number[NUMBER_WORDS];
	double tables = tables_more(row);

	if (!row->parted || row->difference == 0)
		return;
	text_addf(words, "in its path %s", difference_words(row->path.difference, number));
	text_addf(words, ", in allocator refills %s",
		  difference_words(row->refills.difference, number));
	if (row->layout.difference != 0)
		text_addf(words, ", by where the code lies %s",
			  difference_words(row->layout.difference, number));
	if (tables != 0)
		text_addf(words, " (B makes %s page table%s %s, which its path wants)",
			  number_words(fabs(tables), number), fabs(tables) == 1 ? "" : "s",
			  tables > 0 ? "more" : "less");
}

void judge_stray_words(const struct judge_row *row, struct text *words)
{
	const struct judge_side *side = row->a.strayed ? &row->a : &row->b;

	if (side->strayed)
		text_addf(words, "%c takes another path than its cell names: %s",
			  side == &row->a ? 'A' : 'B', side->summary->reason + strlen(REJECT_PATH));
}

static void side_reject(char name, const struct judge_side *side, struct text *words)
{
	if (!side->summary->rejected)
		return;
	text_addf(words, "%s%u of %zu samples of %c %s invalid: %s", words->len ? "; " : "",
		  side->summary->rejected, side->summary->rejected + side->sample_count, name,
		  side->summary->rejected == 1 ? "is" : "are", side->summary->reason);
}

void judge_reject_words(const struct judge_row *row, struct text *words)
{
	if (row->a.strayed || row->b.strayed || !row->a.sample_count || !row->b.sample_count)
		return;
	side_reject('A', &row->a, words);
	side_reject('B', &row->b, words);
}

static void spread_add(const struct exact_count *count, char side, struct text *words)
{
	char low[NUMBER_WORDS], high[NUMBER_WORDS];

	text_addf(words, "%s%c %s", words->len ? "; " : "samples: ", side,
		  number_words((double)count->min, low));
	if (count->max != count->min)
		text_addf(words, " to %s", number_words((double)count->max, high));
}

static void sample_words(const struct judge_row *row, struct text *words)
{
	const struct exact_count *a = &row->a.count, *b = &row->b.count;

	if (!row->counted || !row->a.sample_count || !row->b.sample_count ||
	    (row->kind == JUDGE_UNDECIDED && !row->parted) ||
	    (a->min == a->max && b->min == b->max))
		return;
	spread_add(a, 'A', words);
	spread_add(b, 'B', words);
}

static void change_words(const struct judge_row *row, size_t most, struct text *words)
{
	char from[NUMBER_WORDS], to[NUMBER_WORDS];
	size_t shown = 0, known = 0, unknown = 0;

	for (size_t i = 0; i < row->change_count; i++)
		*(both_know(&row->changes[i]) ? &known : &unknown) += 1;
	for (size_t i = 0; i < row->change_count && (!most || shown < most); i++) {
		const struct judge_change *change = &row->changes[i];
		const char *colon = strchr(change->metric, ':');

		if (!both_know(change))
			continue;
		text_addf(words, "%s%s %s -> %s", shown++ ? ", " : "",
			  colon ? colon + 1 : change->metric, number_words(change->a, from),
			  number_words(change->b, to));
	}
	if (shown < known)
		text_addf(words, ", and %zu more", known - shown);
	if (unknown)
		text_addf(words, "%s%zu function%s that only one side has", known ? "; " : "",
			  unknown, unknown == 1 ? "" : "s");
}

void judge_more_words(const struct judge_row *row, enum judge_more more, size_t most,
		      struct text *words)
{
	switch (more) {
	case JUDGE_PARTS:
		part_words(row, words);
		break;
	case JUDGE_PATH:
		if (row->kind != JUDGE_CHANGED && row->kind != JUDGE_UNDECIDED) {
			judge_stray_words(row, words);
			judge_reject_words(row, words);
		}
		break;
	case JUDGE_SAMPLES:
		sample_words(row, words);
		break;
	case JUDGE_CHANGES:
		change_words(row, most, words);
		break;
	case JUDGE_MORE:
		break;
	}
}

bool judge_row_is_shown(const struct judge_row *row, const struct judge_view *view)
{
	return view->all || (row->kind != JUDGE_EQUAL && row->kind != JUDGE_BELOW) ||
	       (row->aside_only && row->refills.difference != 0);
}

const struct warning *judge_warning(const struct judge_row *row, size_t *at)
{
	while (*at < row->warnings.count) {
		const struct warning *warning = &row->warnings.items[(*at)++];

		if (warning->kind != WARNING_ORDER && warning->kind != WARNING_CHANGED)
			return warning;
	}
	return NULL;
}
