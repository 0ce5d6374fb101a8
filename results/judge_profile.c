// SPDX-License-Identifier: GPL-2.0-only
/* judge_profile: a row's count taken apart: mremap's own path, and refills of the allocators' caches. */
#include <errno.h>
#include <stdlib.h>

#include "results/function_groups.h"
#include "results/judge_parts.h"
#include "results/profile.h"

/* What the functions of a part cost in each sample, and the steady state of that. */
static int part_count(const struct profile *profile, const struct function_groups *groups,
		      enum function_part part, struct exact_count *count)
{
	uint64_t *sums = calloc(profile->sample_count + 1, sizeof(*sums));

	if (!sums)
		return -ENOMEM;
	for (size_t f = 0; f < profile->function_count; f++) {
		const struct profile_function *function = &profile->functions[f];

		if (groups->groups[function_group_of(groups, function->name)].part != part)
			continue;
		for (size_t s = 0; s < profile->sample_count; s++)
			sums[s] += function->values[s];
	}
	exact_count_of(sums, profile->sample_count, count);
	free(sums);
	return 0;
}

static int side_parts(struct store *store, int64_t run, const char *cell,
		      const struct function_groups *groups, struct exact_count *path,
		      struct exact_count *refills, struct fault *fault)
{
	struct profile profile;
	int err = profile_load(store, run, cell, &profile, fault);

	if (err)
		return err;
	/* A part of the samples says nothing of the others. */
	if (profile.without || !profile.sample_count)
		err = -ENODATA;
	if (!err)
		err = part_count(&profile, groups, PART_PATH, path);
	if (!err)
		err = part_count(&profile, groups, PART_REFILL, refills);
	profile_free(&profile);
	return err;
}

/*
 * The path's difference is that of its own steady states, which a sample with a refill has too; what is
 * left of the whole one lies in refills.
 */
int judge_take_apart(struct store *store, const struct judgement *judgement, struct judge_row *row,
		     struct fault *fault)
{
	const struct function_groups *groups = judgement->ask.groups;
	struct fault none = { 0 };
	int err;

	if (!groups || !row->a.sample_count || !row->b.sample_count)
		return 0;
	err = side_parts(store, judgement->comparison.a.id, row->cell, groups, &row->path.a,
			 &row->refills.a, &none);
	if (!err)
		err = side_parts(store, judgement->comparison.b.id, row->cell, groups, &row->path.b,
				 &row->refills.b, &none);
	if (err == -ENODATA || err == -ENOENT)
		return 0;
	if (err)
		return fault_set(fault, err, "%s", none.text);
	row->parted = true;
	row->path.difference = (double)row->path.b.value - (double)row->path.a.value;
	row->refills.difference = row->b.value - row->a.value - row->path.difference;
	return 0;
}
