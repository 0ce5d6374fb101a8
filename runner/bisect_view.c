// SPDX-License-Identifier: GPL-2.0-only
/* bisect_view: the steps of a bisection as they go by, and what was found. */
#include "runner/bisect_view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "results/json.h"
#include "results/words.h"
#include "runner/reading.h"

const char *bisect_middle(const struct bisect_count *count, char *out, size_t room)
{
	if (!count || count->why[0])
		return "-";
	return count_format((uint64_t)(count->middle + 0.5), out, room);
}

static void plain_put(const char *words)
{
	struct text plain = { 0 };

	text_add_plain(&plain, words);
	fputs(text_get(&plain), stderr);
	text_free(&plain);
}

static void end_show(const struct bisect_step *step)
{
	char count[32];

	for (size_t i = 0; i < step->counts->count; i++) {
		const struct bisect_count *item = &step->counts->items[i];

		fprintf(stderr, "    %s  %s", item->cell,
			bisect_middle(item, count, sizeof(count)));
		fputs(item->why[0] ? "  " : "", stderr);
		plain_put(item->why);
		fputs("\n", stderr);
	}
}

static void verdict_show(const struct bisect_step *step)
{
	static const char *const words[] = { "good", "bad", "skipped" };
	char now[32], good[32], bad[32];

	fprintf(stderr, "    %s", words[step->verdict]);
	if (step->verdict == BISECT_SKIP) {
		fputs(": ", stderr);
		plain_put(step->reason);
	} else if (step->why) {
		fprintf(stderr, ": %s in %s (good end %s, bad end %s)",
			bisect_middle(step->why, now, sizeof(now)), step->why->cell,
			bisect_middle(bisect_count_of(step->good, step->why->cell), good,
				      sizeof(good)),
			bisect_middle(bisect_count_of(step->bad, step->why->cell), bad,
				      sizeof(bad)));
	}
	fputs("\n", stderr);
}

void bisect_step_show(const struct bisect_step *step)
{
	if (!step->done) {
		if (step->role[0])
			fprintf(stderr, "bisect: %s: ", step->role);
		else if (step->left == SIZE_MAX)
			fprintf(stderr, "bisect: step %zu: ", step->number);
		else
			fprintf(stderr, "bisect: step %zu (about %zu left): ", step->number,
				step->left);
		fprintf(stderr, "%.12s ", step->commit->id);
		plain_put(step->commit->subject);
		fputs("\n", stderr);
	} else if (step->role[0]) {
		end_show(step);
	} else {
		verdict_show(step);
	}
}

/* Between the first bad commit and what stands before it: its parent, or else the good end. */
static const struct bisect_counts *counts_before(const struct bisect_found *found)
{
	return found->before_counts ? found->before_counts : found->good;
}

static void cells_print(struct lab *lab, const struct bisect_found *found)
{
	const struct bisect_counts *before = counts_before(found);
	int cell = 4;

	for (size_t i = 0; i < before->count; i++)
		if ((int)strlen(before->items[i].cell) > cell)
			cell = (int)strlen(before->items[i].cell);
	printf("%-*s  %14s  %14s  %12s\n", cell, "cell", "before", "after", "step");
	for (size_t i = 0; i < before->count; i++) {
		const struct bisect_count *a = &before->items[i];
		const struct bisect_count *b = bisect_count_of(found->first_counts, a->cell);
		char left[32], right[32], step[32] = "-";
		struct text paths = { 0 };

		if (!a->why[0] && b && !b->why[0])
			snprintf(step, sizeof(step), "%+.0f", b->middle - a->middle);
		printf("%-*s  %14s  %14s  %12s\n", cell, a->cell,
		       bisect_middle(a, left, sizeof(left)), bisect_middle(b, right, sizeof(right)),
		       step);
		if (found->before_counts &&
		    !lab_paths(lab, &found->before, &found->bad, a->cell, &paths, NULL) &&
		    paths.len)
			printf("    entered: %s\n", text_get(&paths));
		text_free(&paths);
	}
}

int bisect_found_print(struct lab *lab, const struct bisect_found *found)
{
	struct text plain = { 0 };

	if (found->only_skipped) {
		text_add_plain(&plain, found->remaining);
		printf("only commits that can't be tested remain: the first bad one is among\n%s",
		       found->remaining);
		text_free(&plain);
		return reading_end("bisect", stdout) ? 1 : BISECT_ONLY_SKIPPED;
	}
	text_add_plain(&plain, found->bad.subject);
	printf("first bad commit: %s\n    %s\n", found->bad.id, text_get(&plain));
	text_clear(&plain);
	text_add_plain(&plain, found->before.subject);
	if (found->before_counts)
		printf("before it: %.12s %s\n", found->before.id, text_get(&plain));
	else
		printf("before it: nothing that could be tested; \"before\" is the good end\n");
	text_free(&plain);
	if (found->first_counts)
		cells_print(lab, found);
	printf("%zu steps, %zu skipped\n", found->steps, found->skipped);
	return reading_end("bisect", stdout);
}

static json_t *commit_json(const struct bisect_commit *commit)
{
	return commit->id[0] ? json_pack("{s:s, s:o}", "commit", commit->id, "subject",
					 words_json(commit->subject))
			     : json_null();
}

json_t *bisect_found_json(struct lab *lab, const struct bisect_found *found)
{
	const struct bisect_counts *before = counts_before(found);
	json_t *cells = json_array();

	for (size_t i = 0; found->first_counts && i < before->count; i++) {
		const struct bisect_count *a = &before->items[i];
		const struct bisect_count *b = bisect_count_of(found->first_counts, a->cell);
		struct text paths = { 0 };

		if (found->before_counts)
			lab_paths(lab, &found->before, &found->bad, a->cell, &paths, NULL);
		json_array_append_new(
			cells, json_pack("{s:o, s:o, s:o, s:o}", "cell", words_json(a->cell),
					 "before", number_json(a->why[0] ? NAN : a->middle),
					 "after", number_json(!b || b->why[0] ? NAN : b->middle),
					 "entered", words_json(text_get(&paths))));
		text_free(&paths);
	}
	return json_pack("{s:o, s:o, s:b, s:o, s:I, s:I, s:o}", "first_bad",
			 commit_json(&found->bad), "before", commit_json(&found->before),
			 "only_skipped_remain", found->only_skipped, "remaining",
			 words_json(found->remaining), "steps", (json_int_t)found->steps, "skipped",
			 (json_int_t)found->skipped, "cells", cells);
}
