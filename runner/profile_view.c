// SPDX-License-Identifier: GPL-2.0-only
/* profile_view: one cell's instructions by group, by function, and sample by sample. */
#include "runner/profile_view.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "results/table.h"
#include "results/words.h"
#include "runner/profile_view_parts.h"
#include "runner/reading.h"

enum { OTHERS_SHOWN = 4 };

void view_count(struct table *table, uint64_t count)
{
	char words[32];

	table_add(table, count_format(count, words, sizeof(words)));
}

void view_change(struct table *table, int64_t change)
{
	uint64_t size = change < 0 ? 0 - (uint64_t)change : (uint64_t)change;
	char words[32], line[40];

	snprintf(line, sizeof(line), "%s%s",
		 change < 0 ? "-"
		 : change   ? "+"
			    : "",
		 count_format(size, words, sizeof(words)));
	table_add(table, line);
}

void view_heads(struct table *table, const char *const *heads)
{
	for (; *heads; heads++)
		table_add(table, *heads);
}

void view_side(const char *side, const struct run_info *run, FILE *out)
{
	struct text line = { 0 };
	char mark[400];

	text_addf(&line, "run %" PRId64 " (%s): %s (%s), %s, %s", run->id, run->status,
		  run->kernel_name, run->kernel_release, run->suite, run->instrument);
	reading_line(out, side, "%s", text_get(&line));
	reading_line(out, "", "%s", run_mark(run, mark, sizeof(mark)));
	text_free(&line);
}

static void share_add(struct table *table, uint64_t part, uint64_t whole)
{
	char words[32];

	snprintf(words, sizeof(words), "%.1f%%", whole ? 100.0 * (double)part / (double)whole : 0);
	table_add(table, words);
}

static void sum_add(struct table *table, const char *name, const char *part,
		    const struct profile_sum *sum, uint64_t whole)
{
	table_add(table, name);
	table_add(table, part);
	view_count(table, sum->steady);
	share_add(table, sum->steady, whole);
	view_count(table, sum->min);
	view_count(table, sum->max);
}

static int groups_print(const struct profile *profile, const struct function_groups *groups,
			FILE *out)
{
	static const char *const heads[] = { "group", "part", "steady", "share",
					     "least", "most", NULL };
	const struct profile_sum whole = { profile->steady, profile->min, profile->max };
	struct profile_groups *sums = calloc(1, sizeof(*sums));
	struct table table = { .align = "llrrrr" };
	int err = sums ? profile_group(profile, groups, sums) : -ENOMEM;

	if (err)
		goto out;
	view_heads(&table, heads);
	for (size_t p = 0; p < FUNCTION_PARTS; p++) {
		const char *part = function_part_name((enum function_part)p);

		for (size_t g = 0; g < groups->group_count; g++)
			if (groups->groups[g].part == p && sums->sums[g].max)
				sum_add(&table, groups->groups[g].name, part, &sums->sums[g],
					profile->steady);
	}
	for (size_t p = 0; p < FUNCTION_PARTS; p++)
		if (p <= PART_REFILL || sums->parts[p].max)
			sum_add(&table, "", function_part_name((enum function_part)p),
				&sums->parts[p], profile->steady);
	sum_add(&table, "", "all", &whole, profile->steady);
	fputs("\nBy group, in instructions (refill: of the allocators' caches; it lands on one sample\n"
	      "rather than another)\n",
	      out);
	err = table_print(&table, out);
out:
	table_free(&table);
	free(sums);
	return err;
}

static void function_add(struct table *table, const struct profile *profile,
			 const struct profile_function *function,
			 const struct function_groups *groups)
{
	table_add(table, function->name);
	table_add(table, groups->groups[function_group_of(groups, function->name)].name);
	view_count(table, function->steady);
	share_add(table, function->steady, profile->steady);
	view_count(table, function->min);
	view_count(table, function->max);
	if (function->entries < 0)
		table_add(table, "");
	else
		view_count(table, (uint64_t)function->entries);
}

/* The copies of the functions shown: what the compiler made of one. */
static void copies_print(const struct profile *profile, size_t shown, FILE *out)
{
	bool any = false;

	for (size_t f = 0; f < shown; f++) {
		if (!profile->functions[f].copies[0])
			continue;
		if (!any)
			fputs("\nCopies that the compiler made\n", out);
		any = true;
		reading_line(out, NULL, "%s: %s", profile->functions[f].name,
			     profile->functions[f].copies);
	}
}

static int functions_print(const struct profile *profile, const struct function_groups *groups,
			   size_t top, FILE *out)
{
	static const char *const heads[] = { "function", "group", "steady",  "share",
					     "least",	 "most",  "entered", NULL };
	struct table table = { .align = "llrrrrr" };
	size_t shown = top && top < profile->function_count ? top : profile->function_count;
	uint64_t rest = 0;
	char words[64];
	int err;

	view_heads(&table, heads);
	for (size_t f = 0; f < shown; f++)
		function_add(&table, profile, &profile->functions[f], groups);
	for (size_t f = shown; f < profile->function_count; f++)
		rest += profile->functions[f].steady;
	if (shown < profile->function_count) {
		snprintf(words, sizeof(words), "%zu more: --top 0",
			 profile->function_count - shown);
		table_add(&table, words);
		table_add(&table, "");
		view_count(&table, rest);
		share_add(&table, rest, profile->steady);
		for (int i = 0; i < 3; i++)
			table_add(&table, "");
	}
	fputs("\nBy function\n", out);
	err = table_print(&table, out);
	table_free(&table);
	copies_print(profile, shown, out);
	return err;
}

int profile_print(const struct run_info *run, const char *cell, const struct profile *profile,
		  const struct function_groups *groups, size_t top, FILE *out)
{
	char steady[32], least[32], most[32];
	int err;

	view_side("of", run, out);
	reading_line(out, "cell", "%s", cell);
	reading_line(out, "insn",
		     "%s in the steady state (%" PRIu32 " of %zu samples); least %s, most %s",
		     count_format(profile->steady, steady, sizeof(steady)), profile->as_steady,
		     profile->sample_count, count_format(profile->min, least, sizeof(least)),
		     count_format(profile->max, most, sizeof(most)));
	if (profile->without)
		reading_line(out, "", "%" PRIu32 " valid samples have no profile",
			     profile->without);
	err = groups_print(profile, groups, out);
	return err ? err : functions_print(profile, groups, top, out);
}

/* One sample's function, and how far it is from the steady one. */
struct other {
	const char *name;
	int64_t by;
};

static int other_order(const void *a, const void *b)
{
	const struct other *x = a, *y = b;
	uint64_t by_x = x->by < 0 ? 0 - (uint64_t)x->by : (uint64_t)x->by;
	uint64_t by_y = y->by < 0 ? 0 - (uint64_t)y->by : (uint64_t)y->by;

	if (by_x != by_y)
		return by_x > by_y ? -1 : 1;
	return strcmp(x->name, y->name);
}

static void others_add(struct table *table, const struct profile *profile, size_t sample,
		       struct other *others)
{
	struct text words = { 0 };
	size_t count = 0;

	for (size_t f = 0; f < profile->function_count; f++) {
		const struct profile_function *function = &profile->functions[f];

		if (function->values[sample] != function->steady)
			others[count++] =
				(struct other){ function->name, (int64_t)(function->values[sample] -
									  function->steady) };
	}
	qsort(others, count, sizeof(*others), other_order);
	for (size_t i = 0; i < count && i < OTHERS_SHOWN; i++)
		text_addf(&words, "%s%s %+" PRId64, i ? ", " : "", others[i].name, others[i].by);
	if (count > OTHERS_SHOWN)
		text_addf(&words, ", and %zu more", count - OTHERS_SHOWN);
	table_add(table, sample == profile->steady_sample ? "(the steady one)"
			 : count			  ? text_get(&words)
							  : "the same");
	text_free(&words);
}

static void sample_add(struct table *table, const struct profile *profile,
		       const struct function_groups *groups, size_t sample)
{
	uint64_t parts[FUNCTION_PARTS] = { 0 };

	for (size_t f = 0; f < profile->function_count; f++) {
		size_t group = function_group_of(groups, profile->functions[f].name);

		parts[groups->groups[group].part] += profile->functions[f].values[sample];
	}
	view_count(table, (uint64_t)profile->samples[sample].trial);
	view_count(table, profile->samples[sample].sample);
	view_count(table, profile->samples[sample].total);
	view_count(table, parts[PART_PATH]);
	view_count(table, parts[PART_REFILL]);
}

int profile_print_samples(const struct profile *profile, const struct function_groups *groups,
			  FILE *out)
{
	static const char *const heads[] = { "trial", "sample", "insn",
					     "path",  "refill", "unlike the steady one in",
					     NULL };
	struct table table = { .align = "rrrrrl" };
	struct other *others = calloc(profile->function_count + 1, sizeof(*others));
	int err;

	if (!others)
		return -ENOMEM;
	view_heads(&table, heads);
	for (size_t s = 0; s < profile->sample_count; s++) {
		sample_add(&table, profile, groups, s);
		others_add(&table, profile, s, others);
	}
	fputs("\nSample by sample\n", out);
	err = table_print(&table, out);
	table_free(&table);
	free(others);
	return err;
}
