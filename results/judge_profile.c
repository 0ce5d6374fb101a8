// SPDX-License-Identifier: GPL-2.0-only
/* judge_profile: a row's count taken apart: mremap's own path, refills, and what the code's layout costs. */
#include <errno.h>
#include <stdlib.h>

#include "results/function_groups.h"
#include "results/judge_parts.h"
#include "results/profile.h"

/* What one side's samples took in each part. */
struct side_parts {
	struct judge_sample *parts[FUNCTION_PARTS]; /* the profile's samples, in its order */
	size_t count;
};

static void side_parts_free(struct side_parts *side)
{
	for (size_t p = 0; p < FUNCTION_PARTS; p++)
		free(side->parts[p]);
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
	side->count = profile->sample_count;
	for (size_t p = 0; p < FUNCTION_PARTS; p++) {
		side->parts[p] = calloc(side->count + 1, sizeof(*side->parts[p]));
		if (!side->parts[p])
			return -ENOMEM;
		for (size_t i = 0; i < side->count; i++)
			side->parts[p][i] = (struct judge_sample){ profile->samples[i].trial,
								   profile->samples[i].sample, 0 };
	}
	for (size_t f = 0; f < profile->function_count; f++) {
		const struct profile_function *function = &profile->functions[f];
		size_t group = function_group_of(groups, function->name);

		function_add(function, side->parts[groups->groups[group].part], side->count);
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
 * Without a steady state the pair in the middle says all parts. Else the path's difference is that of its own steady states, which a sample with a refill has too, and so
 * is the layout's; what is left of the whole one lies in refills.
 */
static int row_part(struct judge_row *row, const struct side_parts *a, const struct side_parts *b,
		    bool same_plan)
{
	struct judge_part *const parts[FUNCTION_PARTS] = {
		[PART_PATH] = &row->path,
		[PART_REFILL] = &row->refills,
		[PART_LAYOUT] = &row->layout,
	};
	int err = 0;

	for (size_t p = 0; p < FUNCTION_PARTS; p++) {
		err = part_count(a->parts[p], a->count, &parts[p]->a);
		if (!err)
			err = part_count(b->parts[p], b->count, &parts[p]->b);
		if (err)
			return err;
		parts[p]->difference = (double)parts[p]->b.value - (double)parts[p]->a.value;
	}
	row->parted = true;
	if (same_plan)
		err = judge_pair(a->parts[PART_PATH], a->count, b->parts[PART_PATH], b->count,
				 &row->pairs);
	if (!err && row->pairs.count && (row->path.a.spread || row->path.b.spread)) {
		judge_row_stand(row);
		for (size_t p = 0; p < FUNCTION_PARTS; p++)
			parts[p]->difference = (double)b->parts[p][row->pairs.b].value -
					       (double)a->parts[p][row->pairs.a].value;
		return 0;
	}
	row->refills.difference =
		row->b.value - row->a.value - row->path.difference - row->layout.difference;
	return err;
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

void judge_profiles_stand(const struct judge_row *row, struct profile *a, struct profile *b)
{
	const struct judge_sample *of_a, *of_b;

	if (!row->parted || (!row->path.a.spread && !row->path.b.spread))
		return;
	of_a = &row->a.samples[row->a.steady];
	of_b = &row->b.samples[row->b.steady];
	profile_stand(a, of_a->trial, of_a->sample);
	profile_stand(b, of_b->trial, of_b->sample);
}
