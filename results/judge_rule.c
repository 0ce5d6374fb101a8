// SPDX-License-Identifier: GPL-2.0-only
/* judge_rule: what a row says, from its samples. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/judge_parts.h"
#include "results/judge_words.h"

const char *judge_kind_name(enum judge_kind kind)
{
	static const char *const names[JUDGE_KINDS] = {
		[JUDGE_COSTS] = "costs",     [JUDGE_SAVES] = "saves",
		[JUDGE_CHANGED] = "changed", [JUDGE_UNDECIDED] = "undecided",
		[JUDGE_BELOW] = "below",     [JUDGE_WITHIN] = "within",
		[JUDGE_EQUAL] = "equal",     [JUDGE_UNMEASURED] = "unmeasured",
	};

	return names[kind];
}

bool metric_is_counted(const char *instrument, const char *metric)
{
	return !strcmp(instrument, "insn") || !strncmp(metric, "fn:", 3) ||
	       !strncmp(metric, "outcome:", 8);
}

int judge_reason(struct judge_row *row, enum judge_kind kind, const char *fmt, ...)
{
	struct text words = { 0 };
	va_list args;

	va_start(args, fmt);
	text_addv(&words, fmt, args);
	va_end(args);
	row->kind = kind;
	free(row->reason);
	row->reason = words.failed ? NULL : strdup(text_get(&words));
	text_free(&words);
	return row->reason ? 0 : -ENOMEM;
}

/* What a side's count can be: its steady state, or, where either has none, anything that its samples were. */
struct range {
	uint64_t low, high;
};

static struct range count_range(const struct exact_count *count, bool steady)
{
	if (steady)
		return (struct range){ count->value, count->value };
	return (struct range){ count->min, count->max };
}

static bool counts_are_same(const struct exact_count *a, const struct exact_count *b)
{
	if (!a->spread && !b->spread)
		return a->value == b->value;
	return a->value == b->value && a->min == b->min && a->max == b->max &&
	       a->spread == b->spread;
}

/*
 * Exact: nothing is tested. Where samples have no steady state, only what all of one side are above all of
 * the other is the kernel's doing; what lies between may as well be when a cache was refilled.
 */
static enum judge_kind counts_decide(const struct exact_count *a, const struct exact_count *b,
				     double *proved)
{
	const bool steady = !a->spread && !b->spread;
	struct range of_a = count_range(a, steady), of_b = count_range(b, steady);

	*proved = 0;
	if (counts_are_same(a, b))
		return JUDGE_EQUAL;
	if (of_b.low > of_a.high) {
		*proved = (double)(of_b.low - of_a.high);
		return JUDGE_COSTS;
	}
	if (of_b.high < of_a.low) {
		*proved = (double)(of_a.low - of_b.high);
		return JUDGE_SAVES;
	}
	return JUDGE_UNDECIDED;
}

static int place_order(const struct judge_sample *a, const struct judge_sample *b)
{
	if (a->trial != b->trial)
		return a->trial < b->trial ? -1 : 1;
	return (a->sample > b->sample) - (a->sample < b->sample);
}

double judge_pairs_confidence(size_t count)
{
	return count ? 1 - pow(2, 1 - (double)count) : 0;
}

struct pair_of {
	double difference;
	size_t a, b;
};

static int pair_order(const void *x, const void *y)
{
	const struct pair_of *p = x, *q = y;

	if (p->difference != q->difference)
		return p->difference < q->difference ? -1 : 1;
	return (p->a > q->a) - (p->a < q->a);
}

/* Of ascending differences: the most frequent, if it is that of more than half of them. */
static void pairs_sum_up(struct judge_pairs *pairs, const struct pair_of *all)
{
	size_t most = 0;

	for (size_t i = 0, next; i < pairs->count; i = next) {
		for (next = i + 1;
		     next < pairs->count && all[next].difference == all[i].difference;)
			next++;
		if (next - i > most) {
			most = next - i;
			pairs->value = all[i].difference;
		}
	}
	pairs->steady = 2 * most > pairs->count;
	if (pairs->count) {
		const struct pair_of *middle = &all[(pairs->count - 1) / 2];

		pairs->low = all[0].difference;
		pairs->high = all[pairs->count - 1].difference;
		pairs->a = middle->a;
		pairs->b = middle->b;
	}
}

int judge_pair(const struct judge_sample *a, size_t a_count, const struct judge_sample *b,
	       size_t b_count, struct judge_pairs *pairs)
{
	struct pair_of *all = calloc((a_count < b_count ? a_count : b_count) + 1, sizeof(*all));

	*pairs = (struct judge_pairs){ 0 };
	if (!all)
		return -ENOMEM;
	for (size_t i = 0, j = 0; i < a_count && j < b_count;) {
		int order = place_order(&a[i], &b[j]);

		if (!order)
			all[pairs->count++] =
				(struct pair_of){ (double)b[j].value - (double)a[i].value, i, j };
		i += order <= 0;
		j += order >= 0;
	}
	qsort(all, pairs->count, sizeof(*all), pair_order);
	pairs_sum_up(pairs, all);
	free(all);
	return 0;
}

/*
 * Without a steady state on both sides: all samples are less, or more, than those at the same places of
 * the other side; what varies from sample to sample for another reason would not be so in all of them. Or
 * all are nearer to each other than matters, and as a rule the same.
 */
static enum judge_kind pairs_decide(const struct judge_pairs *pairs, double within, double *proved)
{
	*proved = 0;
	if (pairs->count < JUDGE_PAIRS)
		return JUDGE_UNDECIDED;
	if (pairs->low > 0) {
		*proved = pairs->steady ? pairs->value : pairs->low;
		return JUDGE_COSTS;
	}
	if (pairs->high < 0) {
		*proved = pairs->steady ? -pairs->value : -pairs->high;
		return JUDGE_SAVES;
	}
	if (pairs->low < -within || pairs->high > within)
		return JUDGE_UNDECIDED;
	return pairs->steady && pairs->value == 0 ? JUDGE_EQUAL : JUDGE_WITHIN;
}

/* Equal as a rule; is a single sample's path further apart than matters? Without a profile it may be a refill. */
static bool sample_strays(const struct judge_row *row, double within)
{
	return row->parted && row->pairs.count &&
	       (row->pairs.low < -within || row->pairs.high > within);
}

static bool row_is_inexact(const struct judge_row *row, const struct exact_count *a,
			   const struct exact_count *b)
{
	if (row->pairs.count)
		return row->pairs.low != 0 || row->pairs.high != 0;
	return a->min != b->min || a->max != b->max;
}

void judge_count(struct judge_row *row, double margin)
{
	const struct exact_count *a = row->parted ? &row->path.a : &row->a.count;
	const struct exact_count *b = row->parted ? &row->path.b : &row->b.count;
	const double within = margin * (double)a->value;
	double proved;
	enum judge_kind kind;

	row->kind = counts_decide(a, b, &row->proved);
	if (a->spread || b->spread) {
		kind = pairs_decide(&row->pairs, within, &proved);
		if (kind == row->kind && proved > row->proved)
			row->proved = proved;
		if (row->kind == JUDGE_UNDECIDED) {
			row->kind = kind;
			row->proved = proved;
		}
	} else if (row->kind == JUDGE_EQUAL && sample_strays(row, within)) {
		row->kind = JUDGE_UNDECIDED;
	}
	row->inexact = row->kind == JUDGE_EQUAL && row_is_inexact(row, a, b);
	row->aside_only = row->parted && row->kind == JUDGE_EQUAL && row->difference != 0;
}

/* Without a steady state, what stands for the sides is of one place. */
static int row_pair(struct judge_row *row, const struct judgement *judgement)
{
	int err;

	if (row->parted || !judgement->same_plan)
		return 0;
	err = judge_pair(row->a.samples, row->a.sample_count, row->b.samples, row->b.sample_count,
			 &row->pairs);
	if (!err && row->pairs.count && (row->a.count.spread || row->b.count.spread))
		judge_row_stand(row);
	return err;
}

void judge_row_stand(struct judge_row *row)
{
	row->a.steady = row->pairs.a;
	row->b.steady = row->pairs.b;
	row->a.value = (double)row->a.samples[row->a.steady].value;
	row->b.value = (double)row->b.samples[row->b.steady].value;
}

static int count_decide(struct judge_row *row, const struct judgement *judgement)
{
	const struct exact_count *a = row->parted ? &row->path.a : &row->a.count;
	const struct exact_count *b = row->parted ? &row->path.b : &row->b.count;
	char words[4][32];

	judge_count(row, judgement->ask.margin);
	if (row->kind != JUDGE_UNDECIDED)
		return 0;
	if (!a->spread && !b->spread)
		return judge_reason(
			row, JUDGE_UNDECIDED,
			"the steady state is the same, but single samples differ by %+.0f to %+.0f",
			row->pairs.low, row->pairs.high);
	return judge_reason(row, JUDGE_UNDECIDED,
			    "no steady state: %s %s to %s on A, %s to %s on B",
			    row->parted ? "its path takes" : "samples are",
			    count_format(a->min, words[0], sizeof(words[0])),
			    count_format(a->max, words[1], sizeof(words[1])),
			    count_format(b->min, words[2], sizeof(words[2])),
			    count_format(b->max, words[3], sizeof(words[3])));
}

static const char *side_state(const struct judge_side *side)
{
	return side->summary ? side->summary->status : "missing";
}

/* Neither, or one of them, has a number. */
static int absent_decide(struct judge_row *row)
{
	const struct judge_side *a = &row->a, *b = &row->b;
	const struct judge_side *gone = a->sample_count ? b : a;

	if (!a->summary || !b->summary) {
		const struct judge_side *there = a->summary ? a : b;

		return judge_reason(row, JUDGE_UNMEASURED, "only %c's run has this cell%s%s",
				    a->summary ? 'A' : 'B', there->sample_count ? "" : ": ",
				    there->sample_count ? "" : there->summary->reason);
	}
	if (!a->sample_count && !b->sample_count) {
		if (!strcmp(side_state(a), side_state(b)) &&
		    !strcmp(a->summary->reason, b->summary->reason))
			return judge_reason(row, JUDGE_UNMEASURED, "%s: %s", side_state(a),
					    a->summary->reason);
		return judge_reason(row, JUDGE_UNMEASURED, "A: %s: %s; B: %s: %s", side_state(a),
				    a->summary->reason, side_state(b), b->summary->reason);
	}
	/* What a kernel can't do is not for want of data. */
	return judge_reason(
		row, strcmp(side_state(gone), "unsupported") ? JUDGE_UNDECIDED : JUDGE_CHANGED,
		"%c: %s: %s", gone == a ? 'A' : 'B', side_state(gone), gone->summary->reason);
}

/*
 * A call that is refused is cheap, one that moves nothing too, and neither is a price of what it did before: the
 * outcomes that say what a call did, the plainest first.
 */
static const struct judge_change *deed_changed(const struct judge_row *row)
{
	static const char *const deeds[] = { "outcome:errno", "outcome:moved", "outcome:lost",
					     "outcome:in_place" };

	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++)
		for (size_t j = 0; j < row->change_count; j++)
			if (!strcmp(row->changes[j].metric, deeds[i]) &&
			    !isnan(row->changes[j].a) && !isnan(row->changes[j].b))
				return &row->changes[j];
	return NULL;
}

static const char *errno_words(double number, char out[40])
{
	const char *name = number == 0 ? "success" : strerrorname_np((int)number);

	if (name)
		return name;
	snprintf(out, 40, "errno %.0f", number);
	return out;
}

static int deed_tell(struct judge_row *row, const struct judge_change *deed)
{
	char from[40], to[40];

	if (strcmp(deed->metric, "outcome:errno") != 0)
		return judge_reason(row, JUDGE_CHANGED,
				    "what the call does changed: %s %.0f -> %.0f",
				    strchr(deed->metric, ':') + 1, deed->a, deed->b);
	return judge_reason(row, JUDGE_CHANGED, "the call's outcome changed: %s -> %s",
			    errno_words(deed->a, from), errno_words(deed->b, to));
}

/* What took another path and costs is proved to; else the path itself is the news. */
static int stray_take(struct judge_row *row)
{
	struct text words = { 0 };
	int err;

	if ((!row->a.strayed && !row->b.strayed) || row->kind == JUDGE_COSTS ||
	    row->kind == JUDGE_SAVES || row->kind == JUDGE_BELOW)
		return 0;
	judge_stray_words(row, &words);
	err = judge_reason(row, JUDGE_CHANGED, "%s", text_get(&words));
	text_free(&words);
	return err;
}

/* Samples that one side has invalid, and the other not: whatever the valid ones say, it is not the same. */
static int rejects_take(struct judge_row *row)
{
	const uint32_t a = row->a.summary->rejected, b = row->b.summary->rejected;
	const struct judge_side *side = b > a ? &row->b : &row->a;
	struct text words = { 0 };
	int err;

	if (a == b || row->a.strayed || row->b.strayed || row->kind == JUDGE_COSTS ||
	    row->kind == JUDGE_SAVES)
		return 0;
	judge_reject_words(row, &words);
	err = judge_reason(
		row, side->summary->rejected > side->sample_count ? JUDGE_CHANGED : JUDGE_UNDECIDED,
		"%s", text_get(&words));
	text_free(&words);
	return err;
}

static void threshold_take(struct judge_row *row, const struct judge_ask *ask)
{
	double proved = ask->threshold_percent ? row->proved / row->a.value * 100 : row->proved;

	if ((row->kind == JUDGE_COSTS || row->kind == JUDGE_SAVES) && proved < ask->threshold)
		row->kind = JUDGE_BELOW;
}

int judge_row_decide(struct judge_row *row, const struct judgement *judgement)
{
	const struct judge_change *deed = deed_changed(row);
	int err;

	if (!row->a.sample_count || !row->b.sample_count)
		return absent_decide(row);
	if (strcmp(row->a.summary->metric, row->b.summary->metric) != 0 ||
	    strcmp(row->a.summary->unit, row->b.summary->unit) != 0)
		return judge_reason(row, JUDGE_UNMEASURED, "A is of %s, B of %s",
				    row->a.summary->metric, row->b.summary->metric);
	if (row->counted && row_pair(row, judgement))
		return -ENOMEM;
	row->difference = row->b.value - row->a.value;
	if (row->a.value != 0)
		row->ratio = row->b.value / row->a.value;
	else if (row->b.value == 0)
		row->ratio = 1;
	if (row->pages > 0)
		row->page_difference =
			(row->parted ? row->path.difference : row->difference) / row->pages;
	if (deed)
		return deed_tell(row, deed);
	err = row->counted ? count_decide(row, judgement) : judge_time(row, judgement);
	if (!err)
		threshold_take(row, &judgement->ask);
	if (!err)
		err = stray_take(row);
	if (!err && row->counted)
		err = rejects_take(row);
	row->aside_only &= row->kind == JUDGE_EQUAL;
	row->inexact &= row->kind == JUDGE_EQUAL;
	return err;
}

void judge_row_free(struct judge_row *row)
{
	for (size_t i = 0; i < row->change_count; i++) {
		free(row->changes[i].metric);
		free(row->changes[i].seen);
	}
	free(row->changes);
	free(row->a.samples);
	free(row->b.samples);
	warning_list_free(&row->warnings);
	free(row->cell);
	free(row->reason);
}
