// SPDX-License-Identifier: GPL-2.0-only
/* judge_json: a judgement as JSON, as docs/compare-json.md has it. */
#include <math.h>

#include "results/json.h"
#include "results/judge_words.h"
#include "results/judge_write.h"

enum { JSON_VERSION = 1 };

static json_t *exact_json(const struct exact_count *count)
{
	return json_pack("{s:o s:o s:o s:b}", "value", count_json(count->value), "min",
			 count_json(count->min), "max", count_json(count->max), "steady",
			 count->spread == 0);
}

/* The summary, and what the verdict stands on. */
static json_t *side_json(const struct judge_row *row, const struct judge_side *side)
{
	json_t *json;

	if (!side->summary)
		return json_null();
	json = summary_json(side->summary);
	if (json && json_object_set_new(json, "value", number_json(side->value))) {
		json_decref(json);
		return NULL;
	}
	if (json && row->counted && side->sample_count &&
	    json_object_set_new(json, "count", exact_json(&side->count))) {
		json_decref(json);
		return NULL;
	}
	return json;
}

static json_t *part_json(const struct judge_part *part)
{
	return json_pack("{s:o s:o s:o}", "a", exact_json(&part->a), "b", exact_json(&part->b),
			 "difference", number_json(part->difference));
}

static json_t *parts_json(const struct judge_row *row)
{
	if (!row->parted)
		return json_null();
	return json_pack("{s:o s:o s:o}", "path", part_json(&row->path), "refills",
			 part_json(&row->refills), "layout", part_json(&row->layout));
}

static json_t *interval_json(const struct judge_row *row)
{
	const struct verdict *verdict = &row->verdict;

	if (row->counted || isnan(verdict->ratio))
		return json_null();
	return json_pack("{s:s s:o s:o s:o s:o s:o s:o s:o s:I s:I s:I}", "verdict",
			 verdict_kind_name(verdict->kind), "x", number_json(verdict->x), "ratio",
			 number_json(verdict->ratio), "low",
			 number_json(verdict->low > 0 ? verdict->low : NAN), "high",
			 number_json(verdict->high), "tail", number_json(verdict->tail), "smallest",
			 number_json(verdict->smallest), "more_trials",
			 verdict->more == VERDICT_MORE_UNKNOWN ? json_null()
							       : json_integer(verdict->more),
			 "trials_a", (json_int_t)verdict->trials_a, "trials_b",
			 (json_int_t)verdict->trials_b, "blocks", (json_int_t)verdict->blocks);
}

static json_t *changes_json(const struct judge_row *row)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < row->change_count; i++) {
		const struct judge_change *change = &row->changes[i];

		if (json_array_append_new(array, json_pack("{s:o s:o s:o}", "metric",
							   words_json(change->metric), "a",
							   number_json(change->a), "b",
							   number_json(change->b)))) {
			json_decref(array);
			array = NULL;
		}
	}
	return array;
}

static json_t *warnings_json(const struct judge_row *row)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < row->warnings.count; i++) {
		const struct warning *warning = &row->warnings.items[i];
		const char side[] = { warning->side, '\0' };

		if (json_array_append_new(array,
					  json_pack("{s:s s:s s:o}", "kind",
						    warning_kind_name(warning->kind), "side", side,
						    "text", words_json(warning->text)))) {
			json_decref(array);
			array = NULL;
		}
	}
	return array;
}

static json_t *pairs_json(const struct judge_row *row)
{
	const struct judge_pairs *pairs = &row->pairs;

	if (!pairs->count)
		return json_null();
	return json_pack("{s:I s:o s:o s:o}", "count", (json_int_t)pairs->count, "low",
			 number_json(pairs->low), "high", number_json(pairs->high), "most",
			 number_json(pairs->steady ? pairs->value : NAN));
}

static json_t *strayed_json(const struct judge_row *row)
{
	if (!row->a.strayed && !row->b.strayed)
		return json_null();
	return json_string(row->a.strayed ? "a" : "b");
}

static json_t *row_json(const struct judge_row *row)
{
	struct text words = { 0 };
	json_t *json;

	judge_verdict_words(row, &words);
	json = json_pack("{s:o s:s s:o s:o s:o s:o s:o s:o s:o s:o s:b s:o s:o s:o s:o s:o s:o}",
			 "cell", words_json(row->cell), "verdict", judge_kind_name(row->kind),
			 "words", words_json(text_get(&words)), "reason", words_json(row->reason),
			 "a", side_json(row, &row->a), "b", side_json(row, &row->b), "difference",
			 number_json(row->difference), "ratio", number_json(row->ratio), "pages",
			 number_json(row->pages > 0 ? row->pages : NAN), "page_difference",
			 number_json(row->page_difference), "refills_only", row->aside_only,
			 "parts", parts_json(row), "interval", interval_json(row), "changes",
			 changes_json(row), "strayed", strayed_json(row), "pairs", pairs_json(row),
			 "warnings", warnings_json(row));
	text_free(&words);
	return json;
}

static json_t *rows_json(const struct judgement *judgement)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < judgement->row_count; i++)
		if (json_array_append_new(array, row_json(&judgement->rows[i]))) {
			json_decref(array);
			array = NULL;
		}
	return array;
}

static void note_add(void *context, const char *sentence)
{
	json_t **notes = context;

	if (*notes && json_array_append_new(*notes, words_json(sentence))) {
		json_decref(*notes);
		*notes = NULL;
	}
}

static json_t *notes_json(const struct judgement *judgement)
{
	json_t *notes = json_array();

	judge_notes(judgement, note_add, &notes);
	return notes;
}

static json_t *verdict_json(const struct judgement *judgement)
{
	struct text line = { 0 };
	json_t *json;

	judgement_line(judgement, &line);
	json = json_pack("{s:o s:i}", "line", words_json(text_get(&line)), "status",
			 judgement_status(judgement));
	text_free(&line);
	for (int kind = 0; json && kind < JUDGE_KINDS; kind++)
		if (json_object_set_new(json, judge_kind_name((enum judge_kind)kind),
					json_integer((json_int_t)judgement->counts[kind]))) {
			json_decref(json);
			json = NULL;
		}
	return json;
}

static json_t *same_json(enum judge_same same)
{
	return same == SAME_UNKNOWN ? json_null() : json_boolean(same == SAME_YES);
}

static json_t *rule_json(const struct judgement *judgement)
{
	const struct verdict_rule *rule = &judgement->rule;

	if (judgement->counted)
		return json_null();
	return json_pack("{s:o s:o s:I s:o s:b}", "confidence", number_json(rule->confidence),
			 "margin", number_json(rule->margin), "intervals", (json_int_t)rule->rows,
			 "tail", number_json(verdict_tail(rule)), "paired", judgement->paired);
}

json_t *judgement_json(const struct judgement *judgement, const char *command)
{
	const struct comparison *comparison = &judgement->comparison;

	return json_pack("{s:s s:i s:o s:o s:o s:b s:o s:o s:o s:o"
			 " s:{s:b s:o s:o s:o} s:o s:{s:o s:o} s:o s:o s:o}",
			 "format", "remapbench comparison", "version", JSON_VERSION, "verdict",
			 verdict_json(judgement), "metric", words_json(judgement->metric), "unit",
			 words_json(judgement->unit), "counted", judgement->counted, "margin",
			 number_json(judgement->ask.margin), "rule", rule_json(judgement), "a",
			 run_json(&comparison->a), "b", run_json(&comparison->b), "same", "image",
			 judgement->same_image, "source", same_json(judgement->source), "compiler",
			 same_json(judgement->compiler), "config", same_json(judgement->config),
			 "differences", differences_json(comparison), "splats", "a",
			 splats_json(&judgement->splats_a), "b", splats_json(&judgement->splats_b),
			 "notes", notes_json(judgement), "rows", rows_json(judgement), "command",
			 words_json(command ? command : ""));
}
