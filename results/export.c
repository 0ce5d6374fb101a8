// SPDX-License-Identifier: GPL-2.0-only
/* export: a run for other programs, as CSV or JSON. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "results/export.h"
#include "results/json.h"
#include "results/words.h"

#define CRLF "\r\n" /* RFC 4180, 2.1 */

static int export_end(int err, FILE *out, struct fault *fault)
{
	if (err == -ENOMEM)
		return fault_set(fault, err, "out of memory");
	/* Why is told by whoever closes the stream. */
	return ferror(out) ? fault_set(fault, -EIO, "not all of it could be written") : err;
}

/* A field, quoted where it must be (RFC 4180, 2.6 and 2.7), and what ends it. */
static void csv_field(FILE *out, const char *field, const char *end)
{
	if (field[strcspn(field, ",\"\r\n")]) {
		fputc('"', out);
		for (; *field; field++) {
			if (*field == '"')
				fputc('"', out);
			fputc(*field, out);
		}
		fputc('"', out);
	} else {
		fputs(field, out);
	}
	fputs(end, out);
}

/* Enough digits to read the same number back; nothing for no number. */
static void csv_number(FILE *out, double number)
{
	if (isfinite(number))
		fprintf(out, "%.17g", number);
	fputc(',', out);
}

static void csv_head_line(FILE *out, const char *key, const char *value)
{
	struct text plain = { 0 };

	text_add_plain(&plain, value);
	fprintf(out, "# run %s: %s" CRLF, key, text_get(&plain));
	text_free(&plain);
}

static void csv_head(FILE *out, const struct run_info *run)
{
	const struct {
		const char *key, *value;
	} lines[] = {
		{ "started", run->started },
		{ "ended", run->ended },
		{ "status", run->status },
		{ "suite", run->suite },
		{ "suite_sha256", run->suite_sha256 },
		{ "instrument", run->instrument },
		{ "machine", run->machine },
		{ "kernel", run->kernel_name },
		{ "kernel_release", run->kernel_release },
		{ "kernel_sha256", run->kernel_sha256 },
		{ "kernel_traits", run->kernel_traits },
		{ "command", run->command },
	};

	fprintf(out, "# run id: %" PRId64 CRLF, run->id);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		csv_head_line(out, lines[i].key, lines[i].value);
	fprintf(out, "# run splats: %" PRId64 CRLF, run->splats);
}

static void csv_summary(FILE *out, const struct cell_summary *row)
{
	csv_field(out, row->cell, ",");
	csv_field(out, row->metric, ",");
	csv_field(out, row->unit, ",");
	csv_field(out, row->status, ",");
	csv_number(out, row->median);
	csv_number(out, row->low);
	csv_number(out, row->high);
	csv_number(out, row->min);
	csv_number(out, row->max);
	fprintf(out, "%u,%u,%u,", row->trials, row->samples, row->rejected);
	csv_field(out, row->reason, ",");
	csv_field(out, row->expected, CRLF);
}

static void csv_summaries(FILE *out, const struct run_info *run,
			  const struct summary_list *summaries, const struct summary_list *outcomes)
{
	csv_head(out, run);
	fputs("cell,metric,unit,state,median,low,high,min,max,trials,samples,rejected,reason,"
	      "expected" CRLF,
	      out);
	for (size_t i = 0; i < summaries->count; i++)
		csv_summary(out, &summaries->items[i]);
	for (size_t i = 0; i < outcomes->count; i++)
		csv_summary(out, &outcomes->items[i]);
}

/* One array of both. */
static json_t *rows_json(const struct summary_list *summaries, const struct summary_list *outcomes)
{
	json_t *rows = summaries_json(summaries), *more = summaries_json(outcomes);

	if (!rows || !more || json_array_extend(rows, more)) {
		json_decref(rows);
		rows = NULL;
	}
	json_decref(more);
	return rows;
}

int export_summaries(struct store *store, const struct run_info *run, enum export_format format,
		     FILE *out, struct fault *fault)
{
	struct summary_list summaries, outcomes = { 0 };
	int err;

	err = query_summaries(store, run->id, NULL, &summaries, fault);
	if (err)
		return err;
	err = query_outcomes(store, run->id, &outcomes, fault);
	if (err)
		goto out;
	if (format == EXPORT_CSV)
		csv_summaries(out, run, &summaries, &outcomes);
	else
		err = json_write(json_pack("{s:o s:o}", "run", run_json(run), "summaries",
					   rows_json(&summaries, &outcomes)),
				 out);
out:
	summary_list_free(&summaries);
	summary_list_free(&outcomes);
	return export_end(err, out, fault);
}

struct rows {
	FILE *out;
	bool any;
};

static int csv_sample(const struct sample_row *row, void *context)
{
	struct rows *rows = context;

	csv_field(rows->out, row->cell, ",");
	csv_field(rows->out, row->metric, ",");
	csv_field(rows->out, row->unit, ",");
	fprintf(rows->out, "%" PRId64 ",%u,%" PRIu64 ",", row->trial, row->sample, row->value);
	csv_field(rows->out, row->invalid ? row->invalid : "", CRLF);
	return ferror(rows->out) ? -EIO : 0;
}

/* One at a time: a run can have more samples than memory has room for them as JSON. */
static int json_sample(const struct sample_row *row, void *context)
{
	struct rows *rows = context;
	json_t *json = json_pack("{s:o s:o s:o s:I s:o s:o s:o}", "cell", words_json(row->cell),
				 "metric", words_json(row->metric), "unit", words_json(row->unit),
				 "trial", (json_int_t)row->trial, "sample", count_json(row->sample),
				 "value", count_json(row->value), "invalid",
				 row->invalid ? words_json(row->invalid) : json_null());
	int err = 0;

	if (!json)
		return -ENOMEM;
	fputs(rows->any ? ",\n  " : "\n  ", rows->out);
	rows->any = true;
	if (json_dumpf(json, rows->out, JSON_COMPACT))
		err = -EIO;
	json_decref(json);
	return err;
}

static int json_samples_head(const struct run_info *run, FILE *out)
{
	json_t *json = run_json(run);
	int err = 0;

	if (!json)
		return -ENOMEM;
	fputs("{\n \"run\": ", out);
	if (json_dumpf(json, out, JSON_COMPACT))
		err = -EIO;
	fputs(",\n \"samples\": [", out);
	json_decref(json);
	return err;
}

int export_samples(struct store *store, const struct run_info *run, enum export_format format,
		   FILE *out, struct fault *fault)
{
	struct rows rows = { .out = out };
	int err = 0;

	if (format == EXPORT_CSV) {
		csv_head(out, run);
		fputs("cell,metric,unit,trial,sample,value,invalid" CRLF, out);
	} else {
		err = json_samples_head(run, out);
	}
	if (!err)
		err = query_samples(store, run->id, NULL, NULL,
				    format == EXPORT_CSV ? csv_sample : json_sample, &rows, fault);
	if (!err && format == EXPORT_JSON)
		fputs("\n ]\n}\n", out);
	return export_end(err, out, fault);
}
