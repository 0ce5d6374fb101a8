// SPDX-License-Identifier: GPL-2.0-only
/* judge_profile: a row's count taken apart: mremap's own path, and refills of the allocators' caches. */
#include <errno.h>
#include <stdlib.h>

#include "results/function_groups.h"
#include "results/judge_parts.h"
#include "results/profile.h"

/* What one side's samples took in the path, and what is left. */
struct side_parts {
	struct judge_sample *path, *refills; /* the profile's samples, in its order */
	size_t count;
};

static void side_parts_free(struct side_parts *side)
{
	free(side->path);
	free(side->refills);
}

/* The steady state of a part. */
static int part_count(const struct judge_sample *samples, size_t count, struct exact_count *out)
{
	uint64_t *values = calloc(count + 1, sizeof(*values));

	if (!values)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		values[i] = samples[i].value;
	exact_count_of(values, count, out);
	free(values);
	return 0;
}

static void function_add(const struct profile_function *function, struct judge_sample *samples,
			 size_t count)
{
	for (size_t i = 0; i < count; i++)
		samples[i].value += function->values[i];
}

static int profile_part(const struct profile *profile, const struct function_groups *groups,
			struct side_parts *side)
{
	side->path = calloc(profile->sample_count + 1, sizeof(*side->path));
	side->refills = calloc(profile->sample_count + 1, sizeof(*side->refills));
	if (!side->path || !side->refills)
		return -ENOMEM;
	side->count = profile->sample_count;
	for (size_t i = 0; i < side->count; i++)
		side->path[i] = side->refills[i] =
			(struct judge_sample){ profile->samples[i].trial,
					       profile->samples[i].sample, 0 };
	for (size_t f = 0; f < profile->function_count; f++) {
		const struct profile_function *function = &profile->functions[f];
		size_t group = function_group_of(groups, function->name);

		function_add(function,
			     groups->groups[group].part == PART_REFILL ? side->refills : side->path,
			     side->count);
	}
	return 0;
}

/* -ENODATA: a part of the samples, which would say nothing of the others, or none. */
static int side_load(struct store *store, int64_t run, const struct judge_row *row, bool b,
		     const struct function_groups *groups, struct side_parts *side,
		     struct fault *fault)
{
	size_t samples = b ? row->b.sample_count : row->a.sample_count;
	struct profile profile;
	int err = profile_load(store, run, row->cell, &profile, fault);

	if (err)
		return err;
	if (profile.without || profile.sample_count != samples)
		err = -ENODATA;
	else
		err = profile_part(&profile, groups, side);
	profile_free(&profile);
	return err;
}

/*
 * The path's difference is that of its own steady states, which a sample with a refill has too; what is
 * left of the whole one lies in refills.
 */
static int row_part(struct judge_row *row, const struct side_parts *a, const struct side_parts *b,
		    bool same_plan)
{
	int err = part_count(a->path, a->count, &row->path.a);

	if (!err)
		err = part_count(b->path, b->count, &row->path.b);
	if (!err)
		err = part_count(a->refills, a->count, &row->refills.a);
	if (!err)
		err = part_count(b->refills, b->count, &row->refills.b);
	if (err)
		return err;
	row->parted = true;
	row->path.difference = (double)row->path.b.value - (double)row->path.a.value;
	row->refills.difference = row->b.value - row->a.value - row->path.difference;
	if (same_plan)
		row->pairs = judge_pair(a->path, a->count, b->path, b->count);
	return 0;
}

int judge_take_apart(struct store *store, const struct judgement *judgement, struct judge_row *row,
		     struct fault *fault)
{
	const struct function_groups *groups = judgement->ask.groups;
	const struct comparison *comparison = &judgement->comparison;
	struct side_parts a = { 0 }, b = { 0 };
	struct fault none = { 0 };
	int err;

	if (!groups || !row->a.sample_count || !row->b.sample_count)
		return 0;
	err = side_load(store, comparison->a.id, row, false, groups, &a, &none);
	if (!err)
		err = side_load(store, comparison->b.id, row, true, groups, &b, &none);
	if (!err)
		err = row_part(row, &a, &b, judgement->same_plan);
	side_parts_free(&a);
	side_parts_free(&b);
	if (err == -ENODATA || err == -ENOENT)
		return 0;
	return err ? fault_set(fault, err, "%s", none.text) : 0;
}
