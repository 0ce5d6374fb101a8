// SPDX-License-Identifier: GPL-2.0-only
/* reference_load: from the database's newest runs of one plan and provenance to a dataset. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "results/database.h"
#include "results/kernel_order.h"
#include "results/plan.h"
#include "results/reference.h"
#include "results/reference_notes.h"
#include "results/series.h"

/* One run on its way into the dataset. */
struct source_run {
	const struct run_info *info;
	struct pair_list notes; /* those that are kept */
};

struct loader {
	struct store *store;
	struct reference *to;
	struct fault *fault;
	size_t cell_room;
	sqlite3_stmt *measurements, *series, *rejects;
};

static const char measurement_sql[] =
	"SELECT trial.sequence, measurement.id, cell.key, measurement.status, measurement.reason,"
	" measurement.expected, measurement.samples FROM trial"
	" JOIN measurement ON measurement.trial = trial.id JOIN cell ON cell.id = measurement.cell"
	" WHERE trial.run = ?1 ORDER BY trial.sequence, measurement.position";
static const char series_sql[] =
	"SELECT metric.name, series.unsupported IS NULL, series.data FROM series"
	" JOIN metric ON metric.id = series.metric WHERE measurement = ?1 ORDER BY series.position";

static int memory_failed(struct fault *fault)
{
	fault_set(fault, -ENOMEM, "no memory");
	return -ENOMEM;
}

static int no_memory(const struct loader *loader)
{
	return memory_failed(loader->fault);
}

static int text_intern(struct reference_texts *texts, const char *text, uint32_t samples,
		       size_t *which)
{
	struct reference_text *items;

	*which = 0;
	if (!*text)
		return 0;
	for (size_t i = 0; i < texts->count && !*which; i++)
		if (!strcmp(texts->items[i].text, text))
			*which = i + 1;
	if (*which)
		return 0;
	if (texts->count >= REFERENCE_TEXTS)
		return -E2BIG;
	items = reallocarray(texts->items, texts->count + 1, sizeof(*items));
	if (!items)
		return -ENOMEM;
	texts->items = items;
	items[texts->count] = (struct reference_text){ strdup(text), samples };
	if (!items[texts->count].text)
		return -ENOMEM;
	*which = ++texts->count;
	return 0;
}

static void column_add(struct text *out, const char *name, const uint64_t *values, uint32_t count,
		       bool *same)
{
	bool all = true;

	for (uint32_t i = 1; i < count; i++)
		all = all && values[i] == values[0];
	text_addf(out, "%s%s=", out->len ? " " : "", name);
	reference_values_write(values, all && count ? 1 : count, ',', out);
	*same = *same && all;
}

/* The series of a measurement that was good: its counts, what it entered, what it left behind. */
static int series_read(struct loader *loader, int64_t measurement, struct reference_cell *cell,
		       struct reference_row *row)
{
	struct text paths = { 0 }, lefts = { 0 };
	bool same_path = true, same_left = true;
	int err;

	sqlite3_bind_int64(loader->series, 1, measurement);
	while ((err = db_step(loader->series, loader->fault)) == 1) {
		const char *name = db_text(loader->series, 0);
		uint64_t *values = NULL;

		if (!sqlite3_column_int(loader->series, 1))
			continue;
		err = series_decode(loader->series, 2, row->samples, &values, loader->fault);
		if (err)
			break;
		if (!strcmp(name, "insn") && !row->values) {
			row->values = values;
			continue;
		}
		if (!strncmp(name, "fn:", 3))
			column_add(&paths, name + 3, values, row->samples, &same_path);
		else if (!strncmp(name, "outcome:", 8))
			column_add(&lefts, name + 8, values, row->samples, &same_left);
		free(values);
	}
	sqlite3_reset(loader->series);
	if (!err && (paths.failed || lefts.failed))
		err = no_memory(loader);
	if (!err && !row->values)
		err = fault_set(loader->fault, -EINVAL, "%s has no counts", cell->key);
	if (!err)
		err = text_intern(&cell->paths, text_get(&paths), same_path ? 0 : row->samples,
				  &row->path);
	if (!err)
		err = text_intern(&cell->lefts, text_get(&lefts), same_left ? 0 : row->samples,
				  &row->left);
	if (err == -E2BIG)
		fault_set(loader->fault, err, "%s: too many different paths", cell->key);
	text_free(&paths);
	text_free(&lefts);
	return err;
}

static int rejects_read(struct loader *loader, int64_t measurement, struct reference_row *row)
{
	struct reject_list rejects = { 0 };
	int err = reject_load(loader->rejects, measurement, &rejects, loader->fault);

	row->bads = err ? NULL : calloc(rejects.count + 1, sizeof(*row->bads));
	if (!err && !row->bads)
		err = no_memory(loader);
	for (size_t i = 0; !err && i < rejects.count; i++) {
		if (rejects.items[i].sample >= row->samples)
			continue;
		row->bads[row->bad_count] =
			(struct reference_bad){ rejects.items[i].sample,
						strdup(rejects.items[i].reason) };
		if (!row->bads[row->bad_count++].reason)
			err = no_memory(loader);
	}
	reject_list_free(&rejects);
	return err;
}

static int refuse(const struct loader *loader, int err, const char *what, const char *cell)
{
	fault_set(loader->fault, err, "%s%.200s", what, cell);
	return err;
}

/* The cell that the run's n-th measurement is of: the first run makes them, the others must follow. */
static int cell_at(struct loader *loader, bool first, size_t at, uint32_t boot, const char *key,
		   struct reference_cell **cell)
{
	struct reference *to = loader->to;

	if (first) {
		if (at >= REFERENCE_CELLS || boot > REFERENCE_BOOTS || !key[0] ||
		    strlen(key) >= REFERENCE_WORD)
			return refuse(loader, -E2BIG, "too large for a dataset", "");
		if (array_grow(&to->cells, &loader->cell_room, at, sizeof(*to->cells)))
			return no_memory(loader);
		to->cells[at] = (struct reference_cell){ .key = strdup(key), .boot = boot };
		to->cell_count = at + 1;
		if (!to->cells[at].key)
			return no_memory(loader);
	}
	if (at >= to->cell_count || to->cells[at].boot != boot || strcmp(to->cells[at].key, key))
		return refuse(loader, -EINVAL, "its boots ran other cells: ", key);
	*cell = &to->cells[at];
	return 0;
}

static int row_fill(struct loader *loader, struct reference_cell *cell, struct reference_row *row)
{
	sqlite3_stmt *stmt = loader->measurements;
	const char *status = db_text(stmt, 3);
	int64_t samples = sqlite3_column_int64(stmt, 6), id = sqlite3_column_int64(stmt, 1);
	int err;

	row->status = !strcmp(status, "ok")	       ? REFERENCE_OK
		      : !strcmp(status, "unsupported") ? REFERENCE_UNSUPPORTED
						       : REFERENCE_FAILED;
	row->reason = strdup(row->status == REFERENCE_OK ? "" : db_text(stmt, 4));
	err = row->reason ? text_intern(&cell->expects, db_text(stmt, 5), 0, &row->expect)
			  : -ENOMEM;
	if (err)
		return no_memory(loader);
	if (row->status != REFERENCE_OK)
		return 0;
	if (samples < 1 || samples > REFERENCE_SAMPLES)
		return fault_set(loader->fault, -EINVAL, "%s: %" PRId64 " samples", cell->key,
				 samples);
	row->samples = (uint32_t)samples;
	err = series_read(loader, id, cell, row);
	return err ? err : rejects_read(loader, id, row);
}

static int row_make(struct loader *loader, struct reference_cell *cell, size_t kernel)
{
	struct reference_row *rows =
		reallocarray(cell->rows, cell->row_count + 1, sizeof(*cell->rows));

	if (!rows)
		return no_memory(loader);
	cell->rows = rows;
	rows[cell->row_count] = (struct reference_row){ .kernel = kernel };
	return row_fill(loader, cell, &rows[cell->row_count++]);
}

static int run_read(struct loader *loader, int64_t run, size_t kernel)
{
	struct reference_cell *cell = NULL;
	size_t at = 0;
	int err;

	sqlite3_bind_int64(loader->measurements, 1, run);
	while ((err = db_step(loader->measurements, loader->fault)) == 1) {
		int64_t boot = sqlite3_column_int64(loader->measurements, 0);

		err = cell_at(loader, !kernel, at++,
			      boot > REFERENCE_BOOTS ? UINT32_MAX : (uint32_t)boot,
			      db_text(loader->measurements, 2), &cell);
		if (!err)
			err = row_make(loader, cell, kernel);
		if (err)
			break;
	}
	sqlite3_reset(loader->measurements);
	if (!err && at != loader->to->cell_count)
		err = fault_set(loader->fault, -EINVAL, "it measured %zu cells instead of %zu", at,
				loader->to->cell_count);
	return err;
}

/* The runs are in the order of kernels. newest: whose head is taken. */
static int runs_read(struct loader *loader, struct source_run *runs, size_t count,
		     const struct source_run *newest)
{
	struct reference *to = loader->to;
	int err = reference_head_fill(newest->info, &newest->notes, to, loader->fault);

	to->kernels = calloc(count, sizeof(*to->kernels));
	if (!err && !to->kernels)
		err = no_memory(loader);
	if (!err)
		err = db_prepare(loader->store->db, measurement_sql, &loader->measurements,
				 loader->fault);
	if (!err)
		err = db_prepare(loader->store->db, series_sql, &loader->series, loader->fault);
	if (!err)
		err = db_prepare(loader->store->db, reject_sql, &loader->rejects, loader->fault);
	for (size_t i = 0; !err && i < count; i++) {
		err = reference_kernel_fill(runs[i].info, &runs[i].notes, to);
		if (err)
			memory_failed(loader->fault);
		else
			err = run_read(loader, runs[i].info->id, i);
		if (err)
			fault_wrap(loader->fault, err, "run %" PRId64 " of %s", runs[i].info->id,
				   runs[i].info->kernel_name);
	}
	sqlite3_finalize(loader->measurements);
	sqlite3_finalize(loader->series);
	sqlite3_finalize(loader->rejects);
	if (!err && reference_notes_share(to))
		err = no_memory(loader);
	return err;
}

static int source_order(const void *left, const void *right)
{
	return kernel_order(((const struct source_run *)left)->info,
			    ((const struct source_run *)right)->info);
}

struct choice {
	struct source_run *runs;
	size_t count;
	int64_t newest; /* the id of the first that was taken */
};

static bool choice_has(const struct choice *choice, const struct run_info *info)
{
	for (size_t i = 0; i < choice->count; i++)
		if (choice->runs[i].info->kernel_id == info->kernel_id)
			return true;
	return false;
}

static const struct source_run *choice_newest(const struct choice *choice)
{
	for (size_t i = 0; i < choice->count; i++)
		if (choice->runs[i].info->id == choice->newest)
			return &choice->runs[i];
	return NULL;
}

/* Whether a run is one more of the choice; if not, why. */
static int run_weigh(struct store *store, const struct run_info *info, struct choice *choice,
		     struct text *skipped, struct fault *fault)
{
	struct source_run run = { .info = info };
	const struct source_run *newest = choice_newest(choice);
	const char *why = NULL, *difference = "";
	int err;

	if (choice_has(choice, info) || info->reference[0])
		return 0;
	err = query_provenance(store, info->id, &run.notes, fault);
	if (err)
		return err;
	if (strcmp(info->status, "complete") != 0)
		why = info->status;
	else if (info->kernel_traits[0])
		why = info->kernel_traits;
	else if (info->splats)
		why = "its kernel reported trouble of itself";
	else if (newest && (why = plan_difference(newest->info, &newest->notes, info, &run.notes)))
		difference = "differs in ";
	if (why) {
		text_addf(skipped, "run %" PRId64 " of %s: %s%s\n", info->id, info->kernel_name,
			  difference, why);
		pair_list_free(&run.notes);
		return 0;
	}
	if (!newest)
		choice->newest = info->id;
	choice->runs[choice->count++] = run;
	return 0;
}

/* Notes are cut to what is kept only here: plan_difference wants all. */
static int choice_read(struct store *store, struct choice *choice, struct reference *reference,
		       struct fault *fault)
{
	struct loader loader = { .store = store, .to = reference, .fault = fault };

	for (size_t i = 0; i < choice->count; i++)
		reference_notes_keep(&choice->runs[i].notes);
	qsort(choice->runs, choice->count, sizeof(choice->runs[0]), source_order);
	return runs_read(&loader, choice->runs, choice->count, choice_newest(choice));
}

static void choice_free(struct choice *choice)
{
	for (size_t i = 0; i < choice->count; i++)
		pair_list_free(&choice->runs[i].notes);
	free(choice->runs);
}

static int suite_choose(struct store *store, const struct run_list *runs, struct choice *choice,
			struct text *skipped, struct fault *fault)
{
	int err = 0;

	for (size_t i = 0; !err && i < runs->count && choice->count < REFERENCE_KERNELS; i++)
		err = run_weigh(store, &runs->items[i], choice, skipped, fault);
	return err;
}

int reference_load(struct store *store, const char *suite, struct reference *reference,
		   struct text *skipped, struct fault *fault)
{
	const struct run_filter filter = { .instrument = "insn", .suite = suite };
	struct choice choice = { 0 };
	struct run_list runs = { 0 };
	bool mine = false;
	int err = db_snapshot(store->db, &mine, fault);

	*reference = (struct reference){ 0 };
	if (!err)
		err = query_runs(store, &filter, &runs, fault);
	choice.runs = err ? NULL : calloc(runs.count + 1, sizeof(*choice.runs));
	if (!err && !choice.runs)
		err = memory_failed(fault);
	if (!err)
		err = suite_choose(store, &runs, &choice, skipped, fault);
	if (!err && !choice.count)
		err = fault_set(fault, -ENOENT,
				"there is no complete run of the suite %s with insn", suite);
	if (!err)
		err = choice_read(store, &choice, reference, fault);
	choice_free(&choice);
	run_list_free(&runs);
	db_snapshot_end(store->db, mine);
	if (err)
		reference_free(reference);
	return err;
}

int reference_load_run(struct store *store, int64_t run_id, struct reference *reference,
		       struct fault *fault)
{
	struct source_run run = { 0 };
	struct choice choice = { .runs = calloc(1, sizeof(run)), .newest = run_id };
	struct run_info info = { 0 };
	char spec[32];
	int err = choice.runs ? 0 : memory_failed(fault);

	*reference = (struct reference){ 0 };
	snprintf(spec, sizeof(spec), "%" PRId64, run_id);
	if (!err)
		err = query_run_find(store, spec, &info, fault);
	run.info = &info;
	if (!err)
		err = query_provenance(store, run_id, &run.notes, fault);
	if (!err) {
		choice.runs[choice.count++] = run;
		err = choice_read(store, &choice, reference, fault);
	}
	choice_free(&choice);
	run_info_free(&info);
	if (err)
		reference_free(reference);
	return err;
}
