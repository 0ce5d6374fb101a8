// SPDX-License-Identifier: GPL-2.0-only
/* profile_json: profiles and their differences as JSON. */
#include "results/profile_json.h"

#include <stdlib.h>

#include "results/json.h"

static json_t *sum_json(const struct profile_sum *sum)
{
	return json_pack("{s:o, s:o, s:o}", "steady", count_json(sum->steady), "min",
			 count_json(sum->min), "max", count_json(sum->max));
}

/* -1: not known. */
static json_t *entries_json(int64_t entries)
{
	return entries < 0 ? json_null() : json_integer(entries);
}

static json_t *values_json(const struct profile *profile, const struct profile_function *function)
{
	json_t *list = json_array();

	for (size_t i = 0; list && i < profile->sample_count; i++)
		json_array_append_new(list, count_json(function->values[i]));
	return list;
}

static json_t *function_json(const struct profile *profile, const struct profile_function *function,
			     const struct function_group *group, bool samples)
{
	const struct profile_sum sum = { function->steady, function->min, function->max };
	json_t *json = json_pack(
		"{s:o, s:o, s:o, s:s, s:o, s:o}", "function", words_json(function->name), "symbols",
		words_json(function->copies[0] ? function->copies : function->name), "group",
		words_json(group->name), "part", function_part_name(group->part), "instructions",
		sum_json(&sum), "entries", entries_json(function->entries));

	if (json && samples)
		json_object_set_new(json, "values", values_json(profile, function));
	return json;
}

static json_t *samples_json(const struct profile *profile)
{
	json_t *list = json_array();

	for (size_t i = 0; list && i < profile->sample_count; i++)
		json_array_append_new(list,
				      json_pack("{s:I, s:o, s:o}", "trial",
						(json_int_t)profile->samples[i].trial, "sample",
						count_json(profile->samples[i].sample), "insn",
						count_json(profile->samples[i].total)));
	return list;
}

static json_t *groups_json(const struct function_groups *groups, const struct profile_groups *sums)
{
	json_t *list = json_array();

	for (size_t g = 0; list && g < groups->group_count; g++)
		if (sums->sums[g].max)
			json_array_append_new(list,
					      json_pack("{s:o, s:s, s:o}", "group",
							words_json(groups->groups[g].name), "part",
							function_part_name(groups->groups[g].part),
							"instructions", sum_json(&sums->sums[g])));
	return list;
}

json_t *profile_json(const struct run_info *run, const char *cell, const struct profile *profile,
		     const struct function_groups *groups, bool samples)
{
	const struct profile_sum total = { profile->steady, profile->min, profile->max };
	struct profile_groups *sums = calloc(1, sizeof(*sums));
	json_t *functions = json_array(), *json = NULL;

	if (!sums || !functions || profile_group(profile, groups, sums)) {
		json_decref(functions);
		goto out;
	}
	for (size_t f = 0; f < profile->function_count; f++) {
		const struct profile_function *function = &profile->functions[f];
		size_t group = function_group_of(groups, function->name);

		json_array_append_new(functions, function_json(profile, function,
							       &groups->groups[group], samples));
	}
	json = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "run",
			 run_json(run), "cell", words_json(cell), "insn", sum_json(&total),
			 "samples", count_json(profile->sample_count), "as_steady",
			 count_json(profile->as_steady), "without_profile",
			 count_json(profile->without), "path", sum_json(&sums->parts[PART_PATH]),
			 "refill", sum_json(&sums->parts[PART_REFILL]), "layout",
			 sum_json(&sums->parts[PART_LAYOUT]), "groups", groups_json(groups, sums),
			 "functions", functions);
	if (json && samples)
		json_object_set_new(json, "sample_list", samples_json(profile));
out:
	free(sums);
	return json;
}

static json_t *part_json(const struct profile_part_change *part)
{
	return json_pack("{s:o, s:o, s:I, s:b}", "a", sum_json(&part->a), "b", sum_json(&part->b),
			 "change", (json_int_t)part->change, "apart", part->apart);
}

static json_t *change_json(const struct profile_change *change,
			   const struct function_groups *groups)
{
	return json_pack("{s:o, s:o, s:s, s:o, s:o, s:I, s:b, s:o, s:o, s:s}", "function",
			 words_json(change->function), "group",
			 words_json(groups->groups[change->group].name), "part",
			 function_part_name(change->part), "a", sum_json(&change->a), "b",
			 sum_json(&change->b), "change", (json_int_t)change->change, "apart",
			 change->apart, "entries_a", entries_json(change->entries_a), "entries_b",
			 entries_json(change->entries_b), "ran_in",
			 !change->in_b	 ? "a"
			 : !change->in_a ? "b"
					 : "both");
}

json_t *profile_diff_json(const struct run_info *a, const struct run_info *b, const char *cell,
			  const struct profile_diff *diff, const struct function_groups *groups)
{
	json_t *list = json_array(), *sums = json_array();

	for (size_t g = 0; sums && g < groups->group_count; g++) {
		json_t *group = NULL;

		if (!diff->groups[g].a.max && !diff->groups[g].b.max)
			continue;
		group = part_json(&diff->groups[g]);
		if (group) {
			json_object_set_new(group, "group", words_json(groups->groups[g].name));
			json_object_set_new(
				group, "part",
				json_string(function_part_name(groups->groups[g].part)));
		}
		json_array_append_new(sums, group);
	}
	for (size_t i = 0; list && i < diff->change_count; i++)
		json_array_append_new(list, change_json(&diff->changes[i], groups));
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:o, s:o, s:o, s:o, s:o}", "a",
			 run_json(a), "b", run_json(b), "cell", words_json(cell), "insn_a",
			 sum_json(&diff->a), "insn_b", sum_json(&diff->b), "change",
			 (json_int_t)diff->change, "tables", (json_int_t)diff->tables, "path",
			 part_json(&diff->parts[PART_PATH]), "refill",
			 part_json(&diff->parts[PART_REFILL]), "layout",
			 part_json(&diff->parts[PART_LAYOUT]), "groups", sums, "functions", list);
}
