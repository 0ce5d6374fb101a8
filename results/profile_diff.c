// SPDX-License-Identifier: GPL-2.0-only
/* profile_diff: sums of profiles by group, and the difference of two profiles by function. */
#include "results/profile_diff.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void sum_take(struct profile_sum *sum, uint64_t value, bool first)
{
	if (first || value < sum->min)
		sum->min = value;
	if (first || value > sum->max)
		sum->max = value;
}

/* Sample by sample: the least of a sum is not the sum of the least. */
int profile_group(const struct profile *profile, const struct function_groups *groups,
		  struct profile_groups *out)
{
	size_t *group = calloc(profile->function_count + 1, sizeof(*group));

	*out = (struct profile_groups){ 0 };
	if (!group)
		return -ENOMEM;
	for (size_t f = 0; f < profile->function_count; f++)
		group[f] = function_group_of(groups, profile->functions[f].name);
	for (size_t s = 0; s < profile->sample_count; s++) {
		uint64_t sums[FUNCTION_GROUPS] = { 0 }, parts[FUNCTION_PARTS] = { 0 };

		for (size_t f = 0; f < profile->function_count; f++) {
			sums[group[f]] += profile->functions[f].values[s];
			parts[groups->groups[group[f]].part] += profile->functions[f].values[s];
		}
		for (size_t g = 0; g < groups->group_count; g++) {
			sum_take(&out->sums[g], sums[g], !s);
			if (s == profile->steady_sample)
				out->sums[g].steady = sums[g];
		}
		for (size_t p = 0; p < FUNCTION_PARTS; p++) {
			sum_take(&out->parts[p], parts[p], !s);
			if (s == profile->steady_sample)
				out->parts[p].steady = parts[p];
		}
	}
	free(group);
	return 0;
}

/* Modulo 2^64, read as signed: exact wherever either count could have been counted. */
static int64_t change_of(const struct profile_sum *a, const struct profile_sum *b)
{
	return (int64_t)(b->steady - a->steady);
}

static bool sums_apart(const struct profile_sum *a, const struct profile_sum *b)
{
	return a->max < b->min || b->max < a->min;
}

static struct profile_sum sum_of(const struct profile_function *function)
{
	if (!function)
		return (struct profile_sum){ 0 };
	return (struct profile_sum){ function->steady, function->min, function->max };
}

/* a, b: NULL where it did not run on that side. */
static void change_make(const char *function, const struct profile_function *a,
			const struct profile_function *b, const struct function_groups *groups,
			struct profile_change *change)
{
	*change = (struct profile_change){
		.function = function,
		.in_a = a != NULL,
		.in_b = b != NULL,
		.a = sum_of(a),
		.b = sum_of(b),
		.entries_a = a ? a->entries : -1,
		.entries_b = b ? b->entries : -1,
	};
	change->group = function_group_of(groups, change->function);
	change->part = groups->groups[change->group].part;
	change->change = change_of(&change->a, &change->b);
	change->apart = sums_apart(&change->a, &change->b);
}

static uint64_t magnitude(int64_t change)
{
	return change < 0 ? 0 - (uint64_t)change : (uint64_t)change;
}

/* What changed the most first; of what did not, what costs the most. */
static int change_order(const void *a, const void *b)
{
	const struct profile_change *x = a, *y = b;
	uint64_t by_x = magnitude(x->change), by_y = magnitude(y->change);

	if (by_x != by_y)
		return by_x > by_y ? -1 : 1;
	if (x->a.steady != y->a.steady)
		return x->a.steady > y->a.steady ? -1 : 1;
	return strcmp(x->function, y->function);
}

static int name_order(const void *a, const void *b)
{
	const struct profile_function *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

/* The profile's functions by name; NULL where memory ran out. */
static const struct profile_function **by_name(const struct profile *profile)
{
	const struct profile_function **list = calloc(profile->function_count + 1, sizeof(void *));

	for (size_t i = 0; list && i < profile->function_count; i++)
		list[i] = &profile->functions[i];
	if (list)
		qsort(list, profile->function_count, sizeof(*list), name_order);
	return list;
}

/* Each entry of these makes one table (mm/memory.c: they are called where there is none). */
static int64_t tables_change(const struct profile_change *change)
{
	static const char *const makers[] = { "__pte_alloc", "__pmd_alloc", "__pud_alloc",
					      "__p4d_alloc" };
	int64_t by = 0;

	for (size_t i = 0; i < sizeof(makers) / sizeof(makers[0]); i++)
		if (!strcmp(change->function, makers[i]))
			by = (change->entries_b < 0 ? 0 : change->entries_b) -
			     (change->entries_a < 0 ? 0 : change->entries_a);
	return by;
}

/* Two lists in the order of names, as one. */
static void changes_merge(const struct profile_function **a, size_t a_count,
			  const struct profile_function **b, size_t b_count,
			  const struct function_groups *groups, struct profile_diff *diff)
{
	for (size_t i = 0, j = 0; i < a_count || j < b_count;) {
		int order = i == a_count ? 1 : j == b_count ? -1 : strcmp(a[i]->name, b[j]->name);

		change_make(order <= 0 ? a[i]->name : b[j]->name, order <= 0 ? a[i] : NULL,
			    order >= 0 ? b[j] : NULL, groups, &diff->changes[diff->change_count++]);
		i += order <= 0;
		j += order >= 0;
	}
	qsort(diff->changes, diff->change_count, sizeof(*diff->changes), change_order);
	for (size_t i = 0; i < diff->change_count; i++)
		diff->tables += tables_change(&diff->changes[i]);
	while (diff->changed < diff->change_count && diff->changes[diff->changed].change) {
		diff->only_a += !diff->changes[diff->changed].in_b;
		diff->only_b += !diff->changes[diff->changed].in_a;
		diff->changed++;
	}
}

static struct profile_part_change part_change(const struct profile_sum *a,
					      const struct profile_sum *b)
{
	return (struct profile_part_change){ *a, *b, change_of(a, b), sums_apart(a, b) };
}

static int sums_make(const struct profile *a, const struct profile *b,
		     const struct function_groups *groups, struct profile_diff *diff)
{
	struct profile_groups *sums = calloc(2, sizeof(*sums));
	int err = sums ? profile_group(a, groups, &sums[0]) : -ENOMEM;

	if (!err)
		err = profile_group(b, groups, &sums[1]);
	for (size_t g = 0; !err && g < groups->group_count; g++)
		diff->groups[g] = part_change(&sums[0].sums[g], &sums[1].sums[g]);
	for (size_t p = 0; !err && p < FUNCTION_PARTS; p++)
		diff->parts[p] = part_change(&sums[0].parts[p], &sums[1].parts[p]);
	free(sums);
	return err;
}

int profile_diff_make(const struct profile *a, const struct profile *b,
		      const struct function_groups *groups, struct profile_diff *diff)
{
	const struct profile_function **in_a = by_name(a), **in_b = by_name(b);
	int err = in_a && in_b ? 0 : -ENOMEM;

	*diff = (struct profile_diff){
		.a = { a->steady, a->min, a->max },
		.b = { b->steady, b->min, b->max },
	};
	diff->change = change_of(&diff->a, &diff->b);
	diff->changes = calloc(a->function_count + b->function_count + 1, sizeof(*diff->changes));
	if (!diff->changes)
		err = -ENOMEM;
	if (!err)
		err = sums_make(a, b, groups, diff);
	if (!err)
		changes_merge(in_a, a->function_count, in_b, b->function_count, groups, diff);
	free(in_a);
	free(in_b);
	if (err)
		profile_diff_free(diff);
	return err;
}

void profile_diff_free(struct profile_diff *diff)
{
	free(diff->changes);
	*diff = (struct profile_diff){ 0 };
}
