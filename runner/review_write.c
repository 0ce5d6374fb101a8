// SPDX-License-Identifier: GPL-2.0-only
/* review_write: a review as plain text of at most 80 columns: the verdict first, then what it stands on. */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/judge_words.h"
#include "results/judge_write.h"
#include "results/mail.h"
#include "results/words.h"
#include "runner/reading.h"
#include "runner/progress.h"
#include "runner/review.h"
#include "runner/review_code.h"
#include "runner/review_functions.h"

enum { BENCHES = 64, BENCH_NAME = 40 };

__attribute__((format(printf, 4, 5))) static void line_print(FILE *out, const char *first, int rest,
							     const char *fmt, ...)
{
	struct text words = { 0 };
	va_list args;

	va_start(args, fmt);
	text_addv(&words, fmt, args);
	va_end(args);
	mail_words(out, first, rest, text_get(&words));
	text_free(&words);
}

static void note_print(void *context, const char *sentence)
{
	mail_words(context, "", 0, sentence);
}

static void kernel_print(const char *first, const struct review_step *step, FILE *out)
{
	line_print(out, first, 9, "%s (%s), %s", step->kernel.name, step->kernel.release,
		   step->kernel.origin);
}

/* What was held against what. */
static void head_print(const struct review_ask *ask, const struct review *review, FILE *out)
{
	const struct review_step *last = &review->steps[review->step_count - 1];
	const struct comparison *runs = &review_whole(review)->comparison;

	kernel_print("base     ", &review->steps[0], out);
	kernel_print(ask->with ? "against  " : "patched  ", last, out);
	for (size_t i = 1; i < review->step_count && !ask->with; i++)
		mail_words(out, "         ", 11, review->steps[i].title);
	line_print(out, "counted  ", 9, "suite %s, %zu cells; runs %" PRId64 " and %" PRId64 "%s",
		   runs->a.suite, runs->row_count, runs->a.id, runs->b.id,
		   review->steps[0].run_was_there ? " (the base's was there)" : "");
}

/* "Equal, by bench: move 14, multi_vma 2" */
static void benches_print(const struct judgement *judgement, enum judge_kind kind, FILE *out)
{
	char names[BENCHES][BENCH_NAME];
	size_t counts[BENCHES] = { 0 }, count = 0;
	struct text words = { 0 };

	for (size_t i = 0; i < judgement->row_count; i++) {
		const char *cell = judgement->rows[i].cell;
		size_t len = strcspn(cell, "/"), at = 0;

		if (judgement->rows[i].kind != kind)
			continue;
		while (at < count && (strncmp(names[at], cell, len) != 0 || names[at][len] != '\0'))
			at++;
		if (at == BENCHES || len >= BENCH_NAME)
			continue;
		if (at == count)
			snprintf(names[count++], BENCH_NAME, "%.*s", (int)len, cell);
		counts[at]++;
	}
	for (size_t i = 0; i < count; i++)
		text_addf(&words, "%s%s %zu", i ? ", " : "", names[i], counts[i]);
	fputs("\nEqual, by bench\n", out);
	mail_words(out, "  ", 2, text_get(&words));
	text_free(&words);
}

/* What each patch of a series did, a line each. */
static void each_print(const struct review *review, FILE *out)
{
	if (review->step_count < 3)
		return;
	fputs("\nPatch by patch\n", out);
	for (size_t i = 1; i < review->step_count; i++) {
		struct text line = { 0 };

		line_print(out, "  ", 6, "%zu/%zu %s", i, review->step_count - 1,
			   review->steps[i].title);
		judgement_line(&review->judgements[i], &line);
		mail_words(out, "      ", 6, text_get(&line));
		text_free(&line);
	}
}

/* Entries of watched functions that changed, cell by cell. */
static void paths_print(const struct judgement *judgement, FILE *out)
{
	bool any = false;

	for (size_t i = 0; i < judgement->row_count; i++) {
		const struct judge_row *row = &judgement->rows[i];
		struct text words = { 0 };

		for (size_t j = 0; j < row->change_count; j++) {
			const struct judge_change *change = &row->changes[j];

			if (strncmp(change->metric, "fn:", 3) != 0 || isnan(change->a) ||
			    isnan(change->b))
				continue;
			text_addf(&words, "%s%s %.0f -> %.0f", words.len ? ", " : "",
				  change->metric + 3, change->a, change->b);
		}
		if (words.len) {
			if (!any)
				fputs("\nPaths that changed: entries of functions\n", out);
			any = true;
			mail_words(out, "  ", 2, row->cell);
			mail_words(out, "    ", 6, text_get(&words));
		}
		text_free(&words);
	}
	if (!any)
		fputs("\nPaths that changed: none, by the functions that are watched\n", out);
}

static void functions_print(const struct review_functions *functions, FILE *out)
{
	char least[NUMBER_WORDS], most[NUMBER_WORDS];

	if (!functions->count) {
		fputs("\nFunctions that cost more or less: none, in the rows above\n", out);
		return;
	}
	fprintf(out, "\nFunctions that cost more or less, in the rows above\n%10s  %25s  %s\n",
		"rows", "instructions a call", "function");
	for (size_t i = 0; i < functions->count; i++) {
		const struct review_function *item = &functions->items[i];
		struct text name = { 0 }, range = { 0 };

		text_add_plain(&name, item->name);
		text_add(&range, difference_words((double)item->least, least));
		if (item->most != item->least)
			text_addf(&range, " to %s", difference_words((double)item->most, most));
		fprintf(out, "%10zu  %25s  %s%s\n", item->rows, text_get(&range), text_get(&name),
			item->part == PART_REFILL   ? " (refill)"
			: item->part == PART_LAYOUT ? " (layout)"
						    : "");
		text_free(&name);
		text_free(&range);
	}
	if (functions->more)
		fprintf(out, "  and %zu more: remapbench profile\n", functions->more);
}

static const json_t *source_identity(const json_t *recipe)
{
	return json_object_get(json_object_get(recipe, "source"), "identity");
}

/* A recipe's sizes are beside those of its own source, unpatched: is this that source? */
static bool base_is_plain(const struct review *review, const json_t *recipe)
{
	json_t *base = NULL;
	bool plain = !kernel_recipe(&review->steps[0].kernel, &base, NULL) && base &&
		     !json_array_size(json_object_get(base, "patches")) &&
		     json_equal(source_identity(base), source_identity(recipe));

	json_decref(base);
	return plain;
}

/* Of a patched build, as its recipe has it. */
static void code_print(const struct review *review, FILE *out)
{
	const struct kernel *kernel = &review->steps[review->step_count - 1].kernel;
	json_t *recipe = NULL;

	if (kernel_recipe(kernel, &recipe, NULL) || !recipe)
		return;
	if (base_is_plain(review, recipe))
		review_code_print(recipe, kernel->name, out);
	else
		fputs("\nMachine code: its sizes are known beside the same source without patches only\n",
		      out);
	json_decref(recipe);
}

static void splats_print(const struct review_ask *ask, const struct review *review, FILE *out)
{
	const struct judgement *whole = review_whole(review);

	if (!whole->splats_a.count && !whole->splats_b.count) {
		fputs("\nSplats: none on either kernel's console\n", out);
		return;
	}
	fputs("\nSplats: what the kernels reported of themselves\n", out);
	for (int side = 0; side < 2; side++) {
		const struct splat_list *list = side ? &whole->splats_b : &whole->splats_a;

		for (size_t i = 0; i < list->count; i++)
			line_print(out,
				   !side       ? "  base     "
				   : ask->with ? "  against  "
					       : "  patched  ",
				   11, "%s: %s (%" PRId64 ")", list->items[i].kind,
				   list->items[i].headline, list->items[i].count);
	}
}

static int clock_print(const struct review *review, FILE *out)
{
	char listed_by[80];
	const struct judge_view view = { .listed_by = listed_by };
	struct text line = { 0 };

	if (!review->clock.rows) {
		line_print(out, "\n", 0, "Time (clock): not measured: %s", review->clock_why);
		return 0;
	}
	judgement_line(&review->clock, &line);
	line_print(out, "\n", 0, "Time (clock): %s", text_get(&line));
	text_free(&line);
	snprintf(listed_by, sizeof(listed_by), "compare %" PRId64 " %" PRId64 " --all",
		 review->clock.comparison.a.id, review->clock.comparison.b.id);
	judge_notes(&review->clock, note_print, out);
	return judge_write_rows(&review->clock, &view, out);
}

static void rest_print(const struct review *review, const char *command, FILE *out)
{
	char spent[32];

	line_print(out, "\n", 0, "Took %s. Done again by",
		   duration_format(review->seconds, spent, sizeof(spent)));
	mail_command(out, 2, command);
	fputs("Each row says why by\n", out);
	line_print(out, "  ", 4, "remapbench compare %" PRId64 " %" PRId64 " --explain CELL",
		   review_whole(review)->comparison.a.id, review_whole(review)->comparison.b.id);
}

int review_write(const struct review_ask *ask, const struct review *review, const char *command,
		 FILE *out, struct fault *fault)
{
	const struct judgement *whole = review_whole(review);
	char listed_by[80];
	const struct judge_view view = { .listed_by = listed_by };
	struct review_functions functions = { 0 };
	struct text line = { 0 };
	int err = review_functions_find(ask->database, whole, ask->judge.groups, &functions, fault);

	if (err)
		return err;
	snprintf(listed_by, sizeof(listed_by), "compare %" PRId64 " %" PRId64 " --all",
		 whole->comparison.a.id, whole->comparison.b.id);
	judgement_line(whole, &line);
	if (review->clock.counts[JUDGE_COSTS])
		text_addf(&line, "; in time %zu of %zu", review->clock.counts[JUDGE_COSTS],
			  review->clock.row_count);
	mail_words(out, "", 0, text_get(&line));
	text_free(&line);
	fputs("\n", out);
	head_print(ask, review, out);
	fputs("\n", out);
	judge_write_differences(&whole->comparison, out);
	judge_notes(whole, note_print, out);
	mail_words(out, "", 0,
		   "Counts are instructions that the guest kernel executed, exact on any machine;"
		   " caches, TLBs and interrupts between CPUs are not in them.");
	each_print(review, out);
	err = judge_write_rows(whole, &view, out);
	if (whole->counts[JUDGE_EQUAL])
		benches_print(whole, JUDGE_EQUAL, out);
	paths_print(whole, out);
	functions_print(&functions, out);
	code_print(review, out);
	splats_print(ask, review, out);
	if (!err)
		err = clock_print(review, out);
	rest_print(review, command, out);
	review_functions_free(&functions);
	return err == -ENOMEM ? fault_set(fault, err, "no memory") : err;
}
