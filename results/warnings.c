// SPDX-License-Identifier: GPL-2.0-only
/* warnings: what in a row's data speaks against trusting its verdict, each with its arithmetic. */
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/dip.h"
#include "results/normal.h"
#include "results/stats.h"
#include "results/warnings.h"
#include "results/words.h"

/* The slope's interval is wrong with this on each side: one row in a hundred warns of nothing. */
static const double drift_tail = 0.005;
/*
 * Distance from the median, in median absolute deviations scaled to a normal distribution's standard
 * deviation, at which a value is an outlier: C. Leys et al., "Detecting Outliers", J. Exp. Soc.
 * Psychol. 49 (2013), 764-766, who leave the limit to the purpose (their strictest: 3). At 5, ten trials of
 * normal noise hold one in about every thirtieth row: their own deviation is known so roughly.
 */
static const double outlier_distance = 5;

const char *warning_kind_name(enum warning_kind kind)
{
	static const char *const names[WARNING_KINDS] = {
		[WARNING_CHANGED] = "changed",	 [WARNING_ORDER] = "order",
		[WARNING_FEW] = "few",		 [WARNING_DRIFT] = "drift",
		[WARNING_OUTLIERS] = "outliers", [WARNING_HUMPS] = "humps",
	};

	return names[kind];
}

void warning_list_free(struct warning_list *list)
{
	free(list->items);
	*list = (struct warning_list){ 0 };
}

/* The most that can be found: see warnings_find(). */
enum { WARNINGS_BESIDES_CHANGED = 9 };

static void warning_add(struct warning_list *list, struct warning warning, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void warning_add(struct warning_list *list, struct warning warning, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(warning.text, sizeof(warning.text), fmt, args);
	va_end(args);
	list->items[list->count++] = warning;
}

static int changed_find(const struct warning_ask *ask, struct warning_list *list)
{
	struct text plain = { 0 };
	bool failed;

	for (size_t i = 0; i < ask->changed_count; i++) {
		text_clear(&plain);
		text_add_plain(&plain, ask->changed[i]);
		warning_add(list, (struct warning){ .kind = WARNING_CHANGED }, "%s",
			    text_get(&plain));
	}
	failed = plain.failed;
	text_free(&plain);
	return failed ? -ENOMEM : 0;
}

/* Of blocks that hold as many trials as two of ABBA would, and were not joined: no blocks at all. */
static void order_find(const struct warning_ask *ask, struct warning_list *list)
{
	const struct verdict *verdict = ask->verdict;
	size_t entered = verdict->trials_a + verdict->trials_b;

	if (verdict->blocks == 1 && entered >= 8)
		warning_add(
			list, (struct warning){ .kind = WARNING_ORDER },
			"the %zu trials were not measured side by side: what changed between the "
			"sides looks like a difference",
			entered);
	else if (entered < ask->count)
		warning_add(list,
			    (struct warning){ .kind = WARNING_ORDER,
					      .found = (double)(ask->count - entered) },
			    "%zu of %zu trials are left out: their block lacks the other side",
			    ask->count - entered, ask->count);
}

static void few_find(const struct warning_ask *ask, struct warning_list *list)
{
	const struct verdict *verdict = ask->verdict;
	size_t side = verdict->trials_a < verdict->trials_b ? verdict->trials_a : verdict->trials_b;
	size_t least = 2 * verdict_blocks_least(ask->verdict->tail);

	if (isfinite(verdict->smallest))
		return;
	warning_add(list,
		    (struct warning){
			    .kind = WARNING_FEW, .found = (double)side, .limit = (double)least },
		    "%zu trials a side: %zu are the fewest that can prove anything, wrong "
		    "one time in %.0f",
		    side, least, 1 / ask->verdict->tail);
}

static void slopes_make(const double *values, size_t count, double *slopes)
{
	size_t made = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++)
			slopes[made++] = (values[j] - values[i]) / (double)(j - i);
	stats_sort(slopes, made);
}

/* Kendall's variance of the number of rises less falls: M. G. Kendall, "Rank Correlation Methods" (1970),
 * eq. 5.3 with one ranking tied. */
static double kendall_variance(double *sorted, size_t count)
{
	double n = (double)count, variance = n * (n - 1) * (2 * n + 5);

	stats_sort(sorted, count);
	for (size_t from = 0, to; from < count; from = to) {
		double t;

		for (to = from + 1; to < count && sorted[to] == sorted[from]; to++)
			;
		t = (double)(to - from);
		variance -= t * (t - 1) * (2 * t + 5);
	}
	return variance / 18;
}

int slope_find(const double *values, size_t count, double tail, double *slope, double *low,
	       double *high)
{
	size_t pairs = count < 2 ? 0 : count * (count - 1) / 2;
	double *slopes = calloc(pairs + count + 1, sizeof(*slopes)), reach;

	*slope = pairs ? 0 : NAN;
	*low = -INFINITY;
	*high = INFINITY;
	if (!slopes)
		return -ENOMEM;
	if (pairs) {
		slopes_make(values, count, slopes);
		*slope = stats_median(slopes, pairs);
		memcpy(slopes + pairs, values, count * sizeof(*values));
		reach = normal_tail_quantile(tail) * sqrt(kendall_variance(slopes + pairs, count));
		if (reach < (double)pairs) {
			/* The order statistics on both sides of the middle, rounded outwards. */
			size_t at = (size_t)floor(((double)pairs - reach) / 2);

			if (at)
				*low = slopes[at - 1];
			if (at)
				*high = slopes[pairs - at];
		}
	}
	free(slopes);
	return 0;
}

/* The logarithms of a side less their median; returns how many, in the order in which they ran. */
static size_t side_logs(const struct warning_ask *ask, bool b, double *logs, double *median,
			double *sorted)
{
	size_t count = 0;

	for (size_t i = 0; i < ask->count; i++)
		if (ask->trials[i].b == b)
			logs[count++] = ask->trials[i].value > 0 ? log(ask->trials[i].value) : 0;
	memcpy(sorted, logs, count * sizeof(*logs));
	stats_sort(sorted, count);
	*median = stats_median(sorted, count);
	return count;
}

/* `aligned` are all trials in the order in which they ran, each less its side's median. */
static int drift_find(const struct warning_ask *ask, const double *aligned,
		      struct warning_list *list)
{
	double slope, low, high, run = (double)ask->count - 1;
	int err = slope_find(aligned, ask->count, drift_tail, &slope, &low, &high);

	if (err || !isfinite(low) || (low <= 0 && high >= 0) ||
	    fabs(slope * run) < log1p(ask->verdict->margin))
		return err;
	warning_add(list,
		    (struct warning){ .kind = WARNING_DRIFT,
				      .found = expm1(slope * run),
				      .limit = ask->verdict->margin },
		    "%+.2f %% over the %zu trials (99 %%: %+.2f to %+.2f %%): the blocks "
		    "take it out, mostly",
		    100 * expm1(slope * run), ask->count, 100 * expm1(low * run),
		    100 * expm1(high * run));
	return 0;
}

static void outliers_find(const struct warning_ask *ask, char side, const double *logs,
			  size_t count, double median, double *sorted, struct warning_list *list)
{
	double deviation, worst = 0;
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		sorted[i] = fabs(logs[i] - median);
	stats_sort(sorted, count);
	deviation = 1.4826 * stats_median(sorted, count);
	for (size_t i = 0; i < count; i++) {
		double away = logs[i] - median;

		/* Where most are equal the deviation is 0; then what matters decides alone. */
		if (fabs(away) <= outlier_distance * deviation ||
		    fabs(away) < log1p(ask->verdict->margin))
			continue;
		found++;
		if (fabs(away) > fabs(worst))
			worst = away;
	}
	if (!found)
		return;
	warning_add(list,
		    (struct warning){ .kind = WARNING_OUTLIERS,
				      .side = side,
				      .found = (double)found,
				      .limit = outlier_distance },
		    "%zu of %zu trials of %c lie more than %.0f median deviations (%.2f %% "
		    "each) from the median, the worst %+.1f %%",
		    found, count, side == 'a' ? 'A' : 'B', outlier_distance, 100 * expm1(deviation),
		    100 * expm1(worst));
}

/* `sorted` are logarithms, and what is said of them is relative: of trials to their median. */
static int humps_find(const struct warning_ask *ask, char side, const char *what,
		      const double *sorted, size_t count, struct warning_list *list)
{
	double dip, limit = dip_limit(count), low, high;
	size_t lower;

	if (count < DIP_LEAST)
		return 0;
	dip = dip_of(sorted, count);
	if (isnan(dip))
		return -ENOMEM;
	lower = humps_split(sorted, count, &low, &high);
	/* Nearer to each other than what matters, or a few outliers: not two kinds. */
	if (dip <= limit || high - low < log1p(ask->verdict->margin) || 10 * lower < count ||
	    10 * (count - lower) < count)
		return 0;
	warning_add(list,
		    (struct warning){
			    .kind = WARNING_HUMPS, .side = side, .found = dip, .limit = limit },
		    "the %s of %c have two humps, %zu and %zu of %zu, %.1f %% apart: dip %.3f, "
		    "and of one hump only one in 200 exceeds %.3f",
		    what, side == 'a' ? 'A' : 'B', lower, count - lower, count,
		    100 * expm1(high - low), dip, limit);
	return 0;
}

static int samples_humps_find(const struct warning_ask *ask, bool b, struct warning_list *list)
{
	const struct warning_samples *samples = &ask->samples[b];
	double *logs = calloc(samples->count + 1, sizeof(*logs));
	size_t count = 0;
	int err;

	if (!logs)
		return -ENOMEM;
	for (size_t i = 0; i < samples->count; i++)
		if (samples->values[i] > 0 && isfinite(samples->values[i]))
			logs[count++] = log(samples->values[i]);
	stats_sort(logs, count);
	err = humps_find(ask, b ? 'b' : 'a', "samples", logs, count, list);
	free(logs);
	return err;
}

/* What is seen of each side by itself, and of both without what they differ by. */
static int sides_find(const struct warning_ask *ask, struct warning_list *list)
{
	double *room = calloc(4 * ask->count + 1, sizeof(*room)), *aligned = room;
	double *logs[2], *sorted, median[2];
	size_t counts[2] = { 0 }, place[2] = { 0 };
	int err = room ? 0 : -ENOMEM;

	if (err)
		return err;
	logs[0] = room + ask->count;
	logs[1] = room + 2 * ask->count;
	sorted = room + 3 * ask->count;
	for (int b = 0; b < 2; b++)
		counts[b] = side_logs(ask, b, logs[b], &median[b], sorted);
	for (size_t i = 0; i < ask->count; i++) {
		bool b = ask->trials[i].b;

		aligned[i] = logs[b][place[b]++] - median[b];
	}
	err = drift_find(ask, aligned, list);
	for (int b = 0; !err && b < 2; b++)
		outliers_find(ask, b ? 'b' : 'a', logs[b], counts[b], median[b], sorted, list);
	for (int b = 0; !err && b < 2; b++) {
		stats_sort(logs[b], counts[b]);
		err = humps_find(ask, b ? 'b' : 'a', "trials", logs[b], counts[b], list);
		if (!err)
			err = samples_humps_find(ask, b, list);
	}
	free(room);
	return err;
}

int warnings_find(const struct warning_ask *ask, struct warning_list *list)
{
	int err;

	*list = (struct warning_list){ 0 };
	/* order, few and drift once; outliers, humps of trials and of samples for each side */
	list->items = calloc(ask->changed_count + WARNINGS_BESIDES_CHANGED, sizeof(*list->items));
	if (!list->items)
		return -ENOMEM;
	err = changed_find(ask, list);
	order_find(ask, list);
	few_find(ask, list);
	if (!err && ask->count)
		err = sides_find(ask, list);
	return err;
}
