// SPDX-License-Identifier: GPL-2.0-only
/* shift: by how much one side's values lie above the other's: estimate, interval, exact test. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/normal.h"
#include "results/shift.h"
#include "results/stats.h"

struct place { /* a trial, and its rank among all */
	double aligned;
	uint32_t trial;
};

struct shift {
	struct shift_trial *trials; /* by block */
	size_t count, count_b;
	size_t *starts; /* block i: trials starts[i] … starts[i + 1] - 1 */
	size_t blocks;
	size_t largest; /* trials in a block */
	struct place *places;
	double *values; /* room for sorting: of a block, of all */
	uint32_t *ranks; /* doubled: equal values share a rank, which may be half a one */
	uint32_t step; /* what all ranks are multiples of: 1, or 2 where none are shared */
	double *ways, *sum, *next; /* distributions */
	size_t sum_room;
};

static int trial_compare(const void *left, const void *right)
{
	const struct shift_trial *a = left, *b = right;

	return (a->block > b->block) - (a->block < b->block);
}

/* Drops the blocks that have one side only; finds where the others begin. */
static void blocks_find(struct shift *shift)
{
	size_t kept = 0;

	for (size_t from = 0, to; from < shift->count; from = to) {
		size_t b = 0;

		for (to = from;
		     to < shift->count && shift->trials[to].block == shift->trials[from].block;
		     to++)
			b += shift->trials[to].b;
		if (!b || b == to - from)
			continue;
		memmove(&shift->trials[kept], &shift->trials[from],
			(to - from) * sizeof(*shift->trials));
		shift->starts[shift->blocks++] = kept;
		shift->count_b += b;
		kept += to - from;
		if (to - from > shift->largest)
			shift->largest = to - from;
	}
	shift->starts[shift->blocks] = kept;
	shift->count = kept;
}

static bool is_exact(const struct shift *shift)
{
	return shift->count <= SHIFT_EXACT && shift->largest <= SHIFT_EXACT_BLOCK;
}

/* The distribution's room: at most as many values as all trials' doubled ranks together. */
static int room_make(struct shift *shift)
{
	size_t count = shift->count, side = shift->largest;

	shift->places = calloc(count, sizeof(*shift->places));
	shift->values = calloc(count, sizeof(*shift->values));
	shift->ranks = calloc(count, sizeof(*shift->ranks));
	if (!shift->places || !shift->values || !shift->ranks)
		return -ENOMEM;
	if (!is_exact(shift))
		return 0;
	shift->sum_room = 2 * count * count + 2;
	shift->ways = calloc((side + 1) * (2 * side * count + 2), sizeof(*shift->ways));
	shift->sum = calloc(shift->sum_room, sizeof(*shift->sum));
	shift->next = calloc(shift->sum_room, sizeof(*shift->next));
	return shift->ways && shift->sum && shift->next ? 0 : -ENOMEM;
}

int shift_open(const struct shift_trial *trials, size_t count, struct shift **opened)
{
	struct shift *shift;
	int err = -ENOMEM;

	*opened = NULL;
	if (!count)
		return -ENODATA;
	for (size_t i = 0; i < count; i++)
		if (!isfinite(trials[i].value))
			return -EDOM;
	shift = calloc(1, sizeof(*shift));
	if (!shift)
		return -ENOMEM;
	shift->count = count;
	shift->trials = malloc(count * sizeof(*trials));
	shift->starts = calloc(count + 1, sizeof(*shift->starts));
	if (!shift->trials || !shift->starts)
		goto out;
	memcpy(shift->trials, trials, count * sizeof(*trials));
	qsort(shift->trials, count, sizeof(*trials), trial_compare);
	blocks_find(shift);
	err = shift->blocks ? room_make(shift) : -ENODATA;
out:
	if (err)
		shift_close(shift);
	else
		*opened = shift;
	return err;
}

void shift_close(struct shift *shift)
{
	if (!shift)
		return;
	free(shift->trials);
	free(shift->starts);
	free(shift->places);
	free(shift->values);
	free(shift->ranks);
	free(shift->ways);
	free(shift->sum);
	free(shift->next);
	free(shift);
}

size_t shift_blocks(const struct shift *shift)
{
	return shift->blocks;
}

size_t shift_trials(const struct shift *shift, bool b)
{
	return b ? shift->count_b : shift->count - shift->count_b;
}

static int place_compare(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	return (a->aligned > b->aligned) - (a->aligned < b->aligned);
}

/* Takes each block's median from its values, B's lowered by delta. In the order of the trials. */
static void trials_align(struct shift *shift, double delta)
{
	for (size_t block = 0; block < shift->blocks; block++) {
		size_t from = shift->starts[block], count = shift->starts[block + 1] - from;
		double median;

		for (size_t i = 0; i < count; i++) {
			const struct shift_trial *trial = &shift->trials[from + i];
			double value = trial->b ? trial->value - delta : trial->value;

			shift->places[from + i] = (struct place){ value, (uint32_t)(from + i) };
			shift->values[i] = value;
		}
		stats_sort(shift->values, count);
		median = stats_median(shift->values, count);
		for (size_t i = 0; i < count; i++)
			shift->places[from + i].aligned -= median;
	}
}

/* Doubled midranks, from 2 to twice the count: equal values share the mean of their ranks. */
static void trials_rank(struct shift *shift)
{
	struct place *places = shift->places;
	size_t count = shift->count;

	qsort(places, count, sizeof(*places), place_compare);
	shift->step = 2;
	for (size_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && places[to].aligned == places[from].aligned; to++)
			;
		for (size_t i = from; i < to; i++)
			shift->ranks[places[i].trial] = (uint32_t)(from + 1 + to);
		if ((from + 1 + to) % 2)
			shift->step = 1;
	}
}

/* The sum of B's ranks, and the least and the greatest that dealing could have made of them. */
struct rank_sum {
	uint64_t b, least, most;
	double mean, variance;
};

static int rank_compare(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

static size_t block_b(const struct shift *shift, size_t block)
{
	size_t b = 0;

	for (size_t i = shift->starts[block]; i < shift->starts[block + 1]; i++)
		b += shift->trials[i].b;
	return b;
}

/* Of a sample of b from count ranks without replacement: mean b r, variance b (count - b) / (count
 * (count - 1)) times the sum of squares about r. Sorts the block's ranks, which ends their use by trial. */
static struct rank_sum ranks_sum(struct shift *shift)
{
	struct rank_sum sum = { 0 };

	for (size_t block = 0; block < shift->blocks; block++) {
		size_t from = shift->starts[block], count = shift->starts[block + 1] - from;
		size_t b = block_b(shift, block);
		uint32_t *ranks = &shift->ranks[from];
		double mean = 0, squares = 0;

		for (size_t i = 0; i < count; i++) {
			sum.b += shift->trials[from + i].b ? ranks[i] : 0;
			mean += ranks[i] / (double)count;
		}
		for (size_t i = 0; i < count; i++)
			squares += (ranks[i] - mean) * (ranks[i] - mean);
		qsort(ranks, count, sizeof(*ranks), rank_compare);
		for (size_t i = 0; i < b; i++) {
			sum.least += ranks[i];
			sum.most += ranks[count - 1 - i];
		}
		sum.mean += (double)b * mean;
		sum.variance += (double)b * (double)(count - b) /
				((double)count * (double)(count - 1)) * squares;
	}
	return sum;
}

static struct rank_sum sum_at(struct shift *shift, double delta)
{
	trials_align(shift, delta);
	trials_rank(shift);
	return ranks_sum(shift);
}

static void add_shifted(double *to, const double *from, size_t by, size_t count)
{
	for (size_t i = 0; i < count; i++)
		to[by + i] += from[i];
}

/*
 * ways[j][d]: of how many choices of j of the block's ranks the sum differs by d from the extreme one
 * (the least, or mirrored the greatest), in the order of the ranks. Rank by rank, as in the recursion of
 * H. B. Mann and D. R. Whitney, Ann. Math. Statist. 18 (1947), 50-60, eq. 5, but for any ranks.
 * Returns the row of b, `width` values, as probabilities.
 */
static const double *block_ways(struct shift *shift, const uint32_t *ranks, size_t count, size_t b,
				bool mirrored, size_t *width)
{
	/* Against the extreme rank, so that a row's index is the distance times j. */
	uint32_t base = mirrored ? ranks[count - 1] : ranks[0], step = shift->step;
	size_t span = (ranks[count - 1] - ranks[0]) / step;
	size_t stride = span * b + 1, extreme = 0;
	double *ways = shift->ways, all = 0;

	memset(ways, 0, (b + 1) * stride * sizeof(*ways));
	ways[0] = 1;
	for (size_t i = 0; i < count; i++) {
		size_t distance = (mirrored ? base - ranks[i] : ranks[i] - base) / step;

		for (size_t j = i + 1 < b ? i + 1 : b; j; j--)
			add_shifted(ways + j * stride, ways + (j - 1) * stride, distance,
				    (j - 1) * span + 1);
	}
	ways += b * stride;
	while (extreme < stride && ways[extreme] == 0)
		extreme++;
	for (size_t d = extreme; d < stride; d++)
		all += ways[d];
	for (size_t d = extreme; d < stride; d++)
		ways[d] /= all;
	*width = stride - extreme;
	return ways + extreme;
}

/* P(the sum over blocks is at most `reach` away from its extreme). */
static double tail_count(struct shift *shift, bool mirrored, size_t reach)
{
	size_t filled = 1; /* sum[0 … filled - 1] may be other than 0 */
	double tail = 0;

	shift->sum[0] = 1;
	for (size_t block = 0; block < shift->blocks; block++) {
		size_t from = shift->starts[block], count = shift->starts[block + 1] - from;
		size_t width, reached;
		const double *ways = block_ways(shift, &shift->ranks[from], count,
						block_b(shift, block), mirrored, &width);
		double *kept = shift->sum;

		reached = filled + width - 1 < reach + 1 ? filled + width - 1 : reach + 1;
		memset(shift->next, 0, reached * sizeof(*shift->next));
		for (size_t d = 0; d < width && d < reached; d++) {
			size_t most = filled < reached - d ? filled : reached - d;

			if (ways[d] == 0)
				continue;
			for (size_t i = 0; i < most; i++)
				shift->next[i + d] += ways[d] * shift->sum[i];
		}
		shift->sum = shift->next;
		shift->next = kept;
		filled = reached;
	}
	for (size_t i = 0; i < filled; i++)
		tail += shift->sum[i];
	return tail < 1 ? tail : 1;
}

static double tail_of(struct shift *shift, const struct rank_sum *sum, bool above)
{
	double away;

	if (is_exact(shift))
		return tail_count(shift, above,
				  (above ? sum->most - sum->b : sum->b - sum->least) / shift->step);
	/* Doubled ranks are at least 1 apart: half of that is the correction for continuity. */
	away = above ? (double)sum->b - sum->mean : sum->mean - (double)sum->b;
	return sum->variance > 0 ? normal_tail((away - 0.5) / sqrt(sum->variance)) : 1;
}

double shift_tail(struct shift *shift, double delta, bool above)
{
	struct rank_sum sum = sum_at(shift, delta);

	return tail_of(shift, &sum, above);
}

double shift_least(const struct shift *shift)
{
	double log_ways = 0;

	for (size_t block = 0; block < shift->blocks; block++) {
		double count = (double)(shift->starts[block + 1] - shift->starts[block]);
		double b = (double)block_b(shift, block);

		log_ways += lgamma(count + 1) - lgamma(b + 1) - lgamma(count - b + 1);
	}
	return exp(-log_ways);
}

/* Beyond the least and the greatest difference within a block, nothing changes any more. */
static void differences_range(const struct shift *shift, double *least, double *most)
{
	*least = INFINITY;
	*most = -INFINITY;
	for (size_t block = 0; block < shift->blocks; block++) {
		double low[2] = { INFINITY, INFINITY }, high[2] = { -INFINITY, -INFINITY };

		for (size_t i = shift->starts[block]; i < shift->starts[block + 1]; i++) {
			const struct shift_trial *trial = &shift->trials[i];

			low[trial->b] = fmin(low[trial->b], trial->value);
			high[trial->b] = fmax(high[trial->b], trial->value);
		}
		*least = fmin(*least, low[1] - high[0]);
		*most = fmax(*most, high[1] - low[0]);
	}
}

/* What a shift is known to, at the best: of logarithms, a ten-thousandth of a per cent. */
static const double resolution = 1e-6;

/*
 * 1 where delta is too small to be the shift, -1 where it is too large, 0 where it isn't refused at this
 * tail. Far from it the distribution need not be counted out: less than four fifths of the normal
 * distribution's quantile from its middle, nothing is refused (which can only widen an interval).
 */
static int shift_side(struct shift *shift, double delta, double tail)
{
	struct rank_sum sum = sum_at(shift, delta);
	double away = (double)sum.b - sum.mean;

	/* Sums are whole numbers; the mean of a block of three has rounding in it. */
	if (fabs(away) < 1e-6)
		return 0;
	if (tail < 0.5 && (fabs(away) < 0.8 * normal_tail_quantile(tail) * sqrt(sum.variance) ||
			   tail_of(shift, &sum, away > 0) > tail))
		return 0;
	return away > 0 ? 1 : -1;
}

int shift_refuses(struct shift *shift, double delta, double tail)
{
	return shift_side(shift, delta, tail);
}

/* Halves what lies between a refused `outer` and an `inner` shift until it is small; the outer end. */
static double edge_find(struct shift *shift, double outer, double inner, double tail, double width)
{
	int side = outer < inner ? 1 : -1;

	while (fabs(inner - outer) > width) {
		double middle = outer + (inner - outer) / 2;

		if (middle == outer || middle == inner)
			break;
		if (shift_side(shift, middle, tail) == side)
			outer = middle;
		else
			inner = middle;
	}
	return outer;
}

double shift_estimate(struct shift *shift)
{
	double least, most, low, high;

	differences_range(shift, &least, &most);
	least -= 2 * resolution;
	most += 2 * resolution;
	low = edge_find(shift, least, most, 0.5, resolution);
	high = edge_find(shift, most, low, 0.5, resolution);
	return low + (high - low) / 2;
}

/* The outer edge, from the estimate outwards in growing steps up to `end`, beyond which nothing changes. */
static double interval_edge(struct shift *shift, double estimate, double step, double end,
			    double tail)
{
	double inner = estimate, outer = estimate, width = fmax(fabs(step) / 1000, resolution);
	int side = step < 0 ? 1 : -1;

	for (;; step *= 2) {
		outer = estimate + step;
		if (step < 0 ? outer <= end : outer >= end)
			outer = end;
		if (shift_side(shift, outer, tail) == side)
			return edge_find(shift, outer, inner, tail, width);
		if (outer == end)
			return step < 0 ? -INFINITY : INFINITY;
		inner = outer;
	}
}

void shift_interval(struct shift *shift, double tail, double *low, double *high)
{
	double least, most, estimate = shift_estimate(shift);
	double sides =
		1 / (double)shift_trials(shift, false) + 1 / (double)shift_trials(shift, true);
	/* As wide as of normal noise, to begin with. */
	double step = normal_tail_quantile(tail) * sqrt(sides) * shift_scale(shift, estimate);

	step = fmax(step, resolution);
	differences_range(shift, &least, &most);
	*low = interval_edge(shift, estimate, -step, least - 2 * resolution, tail);
	*high = interval_edge(shift, estimate, step, most + 2 * resolution, tail);
}

double shift_scale(struct shift *shift, double delta)
{
	trials_align(shift, delta);
	for (size_t i = 0; i < shift->count; i++)
		shift->values[i] = fabs(shift->places[i].aligned);
	stats_sort(shift->values, shift->count);
	return 1.4826 * 1.2 * stats_median(shift->values, shift->count);
}
