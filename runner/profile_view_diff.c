// SPDX-License-Identifier: GPL-2.0-only
/* profile_view_diff: the difference of two runs' profiles of a cell, part by part and by function. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "results/words.h"
#include "runner/profile_view.h"
#include "runner/profile_view_parts.h"
#include "runner/reading.h"

static void spread_add(struct table *table, const struct profile_sum *sum)
{
	view_count(table, sum->max - sum->min);
}

static void part_add(struct table *table, const char *name, const char *part,
		     const struct profile_part_change *change)
{
	table_add(table, name);
	table_add(table, part);
	view_count(table, change->a.steady);
	view_count(table, change->b.steady);
	view_change(table, change->change);
	spread_add(table, &change->a);
	spread_add(table, &change->b);
}

static int parts_print(const struct profile_diff *diff, const struct function_groups *groups,
		       FILE *out)
{
	static const char *const heads[] = { "group", "part",	  "A",	      "B",
					     "B - A", "spread A", "spread B", NULL };
	const struct profile_part_change whole = { diff->a, diff->b, diff->change, false };
	struct table table = { .align = "llrrrrr" };
	int err;

	view_heads(&table, heads);
	for (size_t p = 0; p < FUNCTION_PARTS; p++)
		for (size_t g = 0; g < groups->group_count; g++)
			if (groups->groups[g].part == p &&
			    (diff->groups[g].a.max || diff->groups[g].b.max))
				part_add(&table, groups->groups[g].name,
					 function_part_name((enum function_part)p),
					 &diff->groups[g]);
	for (size_t p = 0; p < FUNCTION_PARTS; p++)
		if (p <= PART_REFILL || diff->parts[p].a.max || diff->parts[p].b.max)
			part_add(&table, "", function_part_name((enum function_part)p),
				 &diff->parts[p]);
	part_add(&table, "", "all", &whole);
	fputs("\nBy group, in instructions of the steady state (spread: most less least of any sample)\n",
	      out);
	err = table_print(&table, out);
	table_free(&table);
	return err;
}

static void entries_add(struct table *table, const struct profile_change *change)
{
	char a[32] = "-", b[32] = "-", words[80] = "";

	if (change->entries_a >= 0)
		count_format((uint64_t)change->entries_a, a, sizeof(a));
	if (change->entries_b >= 0)
		count_format((uint64_t)change->entries_b, b, sizeof(b));
	if (change->entries_a >= 0 || change->entries_b >= 0)
		snprintf(words, sizeof(words), strcmp(a, b) ? "%s → %s" : "%s", a, b);
	table_add(table, words);
}

static void change_add(struct table *table, const struct profile_change *change,
		       const struct function_groups *groups)
{
	table_add(table, change->function);
	table_add(table, groups->groups[change->group].name);
	view_count(table, change->a.steady);
	view_count(table, change->b.steady);
	view_change(table, change->change);
	entries_add(table, change);
	table_add(table, !change->in_b	  ? "A only"
			 : !change->in_a  ? "B only"
			 : !change->apart ? "within the spread"
					  : "");
}

static void rest_add(struct table *table, const struct profile_diff *diff, size_t shown)
{
	struct profile_part_change rest = { 0 };
	char words[64];

	for (size_t i = shown; i < diff->changed; i++) {
		rest.a.steady += diff->changes[i].a.steady;
		rest.b.steady += diff->changes[i].b.steady;
		rest.change += diff->changes[i].change;
	}
	snprintf(words, sizeof(words), "%zu more: --top 0", diff->changed - shown);
	table_add(table, words);
	table_add(table, "");
	view_count(table, rest.a.steady);
	view_count(table, rest.b.steady);
	view_change(table, rest.change);
	table_add(table, "");
	table_add(table, "");
}

static int changes_print(const struct profile_diff *diff, const struct function_groups *groups,
			 size_t top, FILE *out)
{
	static const char *const heads[] = { "function", "group",   "A", "B",
					     "B - A",	 "entered", "",	 NULL };
	struct table table = { .align = "llrrrrl" };
	size_t shown = top && top < diff->changed ? top : diff->changed;
	int err;

	if (!diff->changed) {
		fputs("\nNo function changed in the steady state.\n", out);
		return 0;
	}
	view_heads(&table, heads);
	for (size_t i = 0; i < shown; i++)
		change_add(&table, &diff->changes[i], groups);
	if (shown < diff->changed)
		rest_add(&table, diff, shown);
	fprintf(out, "\nBy function: %zu of %zu changed\n", diff->changed, diff->change_count);
	err = table_print(&table, out);
	table_free(&table);
	if (diff->only_a || diff->only_b)
		fputs("\nA only, B only: what ran on one side alone is inlined or has another name on the "
		      "other,\nor was not called there.\n",
		      out);
	return err;
}

static void refill_print(const struct profile_diff *diff, FILE *out)
{
	const struct profile_part_change *refill = &diff->parts[PART_REFILL];
	char number[32];

	if (refill->change && !refill->apart)
		fputs("\nRefills of the allocators' caches land on one sample rather than another: they differ "
		      "by no\nmore than samples do, which is no cost of B's.\n",
		      out);
	else if (refill->change)
		fputs("\nRefills of the allocators' caches differ in every sample: by the allocators' own "
		      "version or\nstate, or by what is asked of them. They are no part of mremap's path.\n",
		      out);
	if (diff->parts[PART_LAYOUT].change)
		fputs("\nLayout: what is executed by where each build put its code (return thunks), not by what it "
		      "does.\n",
		      out);
	if (diff->tables)
		fprintf(out,
			"%s makes %s page table%s more than %s, whose pages are among the refills: its cost.\n",
			diff->tables > 0 ? "B" : "A",
			count_format((uint64_t)llabs(diff->tables), number, sizeof(number)),
			llabs(diff->tables) == 1 ? "" : "s", diff->tables > 0 ? "A" : "B");
}

int profile_diff_print(const struct run_info *a, const struct run_info *b, const char *cell,
		       const struct profile_diff *diff, const struct function_groups *groups,
		       size_t top, FILE *out)
{
	int err;

	view_side("A", a, out);
	view_side("B", b, out);
	reading_line(out, "cell", "%s", cell);
	if (strcmp(a->guest_recipe, b->guest_recipe) != 0)
		fputs("\nThe guests are of two recipes, which alone can make a difference.\n", out);
	err = parts_print(diff, groups, out);
	if (!err)
		err = changes_print(diff, groups, top, out);
	refill_print(diff, out);
	return err;
}
