// SPDX-License-Identifier: GPL-2.0-only
/* json: what the queries return, as JSON. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/json.h"
#include "results/words.h"

json_t *words_json(const char *string)
{
	struct text plain = { 0 };
	json_t *json;

	while (*string) {
		size_t length = strcspn(string, "\n");
		char *line = strndup(string, length);

		if (!line)
			break;
		text_add_plain(&plain, line);
		free(line);
		string += length;
		if (*string == '\n') {
			text_add(&plain, "\n");
			string++;
		}
	}
	json = plain.failed || *string ? NULL : json_string(text_get(&plain));
	text_free(&plain);
	return json;
}

json_t *number_json(double number)
{
	if (!isfinite(number))
		return json_null();
	if (number == floor(number) && fabs(number) < 0x1p53)
		return json_integer((json_int_t)number);
	return json_real(number);
}

/* A JSON integer here is signed: the few counts past it lose their last digits. */
json_t *count_json(uint64_t count)
{
	return count <= INT64_MAX ? json_integer((json_int_t)count) : json_real((double)count);
}

/* json_pack's 'o' takes the reference, also of what makes it fail. */
json_t *run_json(const struct run_info *run)
{
	return json_pack(
		"{s:I s:o s:o s:o s:o s:o s:o s:o s:o s:o"
		" s:{s:o s:o s:o s:o s:o s:o s:o} s:{s:I s:I s:I} s:I}",
		"id", (json_int_t)run->id, "started", words_json(run->started), "ended",
		words_json(run->ended), "status", words_json(run->status), "reason",
		words_json(run->reason), "suite", words_json(run->suite), "suite_sha256",
		words_json(run->suite_sha256), "instrument", words_json(run->instrument), "machine",
		words_json(run->machine), "command", words_json(run->command), "kernel", "name",
		words_json(run->kernel_name), "release", words_json(run->kernel_release), "version",
		words_json(run->kernel_version), "sha256", words_json(run->kernel_sha256), "origin",
		words_json(run->kernel_origin), "config_sha256",
		words_json(run->kernel_config_sha256), "traits", words_json(run->kernel_traits),
		"trials", "planned", (json_int_t)run->trials_planned, "ok",
		(json_int_t)run->trials_ok, "failed", (json_int_t)run->trials_failed, "splats",
		(json_int_t)run->splats);
}

json_t *provenance_json(const struct pair_list *pairs)
{
	json_t *json = json_object();

	for (size_t i = 0; json && i < pairs->count; i++) {
		struct text key = { 0 };

		text_add_plain(&key, pairs->items[i].key);
		if (json_object_set_new(json, text_get(&key), words_json(pairs->items[i].value))) {
			json_decref(json);
			json = NULL;
		}
		text_free(&key);
	}
	return json;
}

json_t *summary_json(const struct cell_summary *row)
{
	return json_pack("{s:o s:o s:o s:o s:o s:o s:o s:o s:o s:o s:o s:o s:o s:o}", "cell",
			 words_json(row->cell), "metric", words_json(row->metric), "unit",
			 words_json(row->unit), "state", words_json(row->status), "median",
			 number_json(row->median), "low", number_json(row->low), "high",
			 number_json(row->high), "min", number_json(row->min), "max",
			 number_json(row->max), "trials", count_json(row->trials), "samples",
			 count_json(row->samples), "rejected", count_json(row->rejected), "reason",
			 words_json(row->reason), "expected", words_json(row->expected));
}

/* Appends; without memory the array is dropped. */
static json_t *array_with(json_t *array, json_t *item)
{
	if (!array) {
		json_decref(item);
		return NULL;
	}
	if (json_array_append_new(array, item)) {
		json_decref(array);
		return NULL;
	}
	return array;
}

json_t *summaries_json(const struct summary_list *summaries)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < summaries->count; i++)
		array = array_with(array, summary_json(&summaries->items[i]));
	return array;
}

json_t *trial_json(const struct trial_info *trial)
{
	return json_pack("{s:I s:o s:o s:o s:I s:o s:o}", "trial", (json_int_t)trial->sequence,
			 "state", words_json(trial->status), "ending", words_json(trial->ending),
			 "reason", words_json(trial->reason), "splats", (json_int_t)trial->splats,
			 "head", words_json(trial->head), "console", words_json(trial->console));
}

json_t *splats_json(const struct splat_list *splats)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < splats->count; i++) {
		const struct splat_info *splat = &splats->items[i];

		array = array_with(array, json_pack("{s:o s:o s:I s:I s:I}", "kind",
						    words_json(splat->kind), "headline",
						    words_json(splat->headline), "count",
						    (json_int_t)splat->count, "trials",
						    (json_int_t)splat->trials, "first_trial",
						    (json_int_t)splat->first));
	}
	return array;
}

static json_t *difference_json(const struct compare_difference *difference)
{
	static const char *const weights[] = {
		[COMPARE_POINT] = "kernel", [COMPARE_WARN] = "warning", [COMPARE_REFUSE] = "refused"
	};

	return json_pack("{s:o s:s s:o s:o}", "key", words_json(difference->key), "weight",
			 weights[difference->weight], "a", words_json(difference->a), "b",
			 words_json(difference->b));
}

json_t *differences_json(const struct comparison *comparison)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < comparison->difference_count; i++)
		array = array_with(array, difference_json(&comparison->differences[i]));
	return array;
}

int json_write(json_t *json, FILE *out)
{
	int err = 0;

	if (!json)
		return -ENOMEM;
	if (json_dumpf(json, out, JSON_INDENT(1)) || fputc('\n', out) == EOF)
		err = -EIO;
	json_decref(json);
	return err;
}
