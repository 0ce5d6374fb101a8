// SPDX-License-Identifier: GPL-2.0-only
/* reference_save: a dataset into the database: each kernel's part a run of its own date, all or nothing. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "results/database.h"
#include "results/reference.h"

enum { COLUMNS_MAX = 300 }; /* of a cell: its paths' and its outcomes' */

struct saver {
	struct store *store;
	const struct reference *from;
	const char *file_sha256;
	struct fault *fault;
};

/* One measurement's records, while its trial is written. */
struct columns {
	struct series_record series[COLUMNS_MAX];
	char names[COLUMNS_MAX][REFERENCE_WORD + 10];
	struct reject_record *rejects;
	uint64_t *values;
	size_t count;
};

static int no_memory(const struct saver *saver)
{
	fault_set(saver->fault, -ENOMEM, "no memory");
	return -ENOMEM;
}

/* Whether it was imported before, from whichever file: the same kernel's run of the same second. */
static int run_there(struct saver *saver, const struct reference_kernel *kernel, bool *there)
{
	sqlite3_stmt *stmt = NULL;
	int err = db_prepare(saver->store->db,
			     "SELECT 1 FROM run JOIN kernel ON kernel.id = run.kernel"
			     " JOIN provenance ON provenance.run = run.id AND key = 'reference'"
			     " WHERE kernel.sha256 = ?1 AND suite_sha256 = ?2 AND started_us = ?3",
			     &stmt, saver->fault);

	if (err)
		return err;
	db_bind(stmt, 1, kernel->sha256);
	db_bind(stmt, 2, saver->from->suite_sha256);
	sqlite3_bind_int64(stmt, 3, kernel->started_us);
	err = db_step(stmt, saver->fault);
	*there = err == 1;
	sqlite3_finalize(stmt);
	return err < 0 ? err : 0;
}

/* An image that the database knows keeps the name that it has there. */
static int kernel_id(struct saver *saver, const struct reference_kernel *kernel, int64_t *id)
{
	const struct kernel_record record = {
		kernel->sha256,	 kernel->name,	 kernel->release,
		kernel->version, kernel->origin, kernel->config_sha256
	};
	sqlite3_stmt *stmt = NULL;
	int err = db_prepare(saver->store->db, "SELECT id FROM kernel WHERE sha256 = ?1", &stmt,
			     saver->fault);

	if (err)
		return err;
	db_bind(stmt, 1, kernel->sha256);
	err = db_step(stmt, saver->fault);
	if (err == 1)
		*id = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return err ? (err < 0 ? err : 0)
		   : store_kernel_put(saver->store, &record, id, saver->fault);
}

/* A run says when it began by itself; this one began, and ended, long ago. */
static int run_date(struct saver *saver, int64_t run, const struct reference_kernel *kernel)
{
	sqlite3_stmt *stmt = NULL;
	int err = store_run_end(saver->store, run, "complete", "", saver->fault);

	if (!err)
		err = db_prepare(saver->store->db,
				 "UPDATE run SET started_us = ?2, ended_us = ?3 WHERE id = ?1",
				 &stmt, saver->fault);
	if (err)
		return err;
	sqlite3_bind_int64(stmt, 1, run);
	sqlite3_bind_int64(stmt, 2, kernel->started_us);
	sqlite3_bind_int64(stmt, 3, kernel->ended_us);
	err = db_finish(stmt, saver->fault);
	sqlite3_finalize(stmt);
	return err;
}

static int notes_save(struct saver *saver, int64_t run, const struct pair_list *notes)
{
	int err = 0;

	for (size_t i = 0; !err && i < notes->count; i++)
		err = store_run_note(saver->store, run, notes->items[i].key, notes->items[i].value,
				     saver->fault);
	return err;
}

static int plan_save(struct saver *saver, int64_t run)
{
	const struct reference *from = saver->from;
	const char **cells = calloc(from->cell_count + 1, sizeof(const char *));
	size_t count = 0, at;
	int err;

	if (!cells)
		return no_memory(saver);
	for (size_t i = 0; i < from->cell_count; i++) {
		for (at = 0; at < count && strcmp(cells[at], from->cells[i].key) != 0; at++)
			;
		if (at == count)
			cells[count++] = from->cells[i].key;
	}
	err = store_run_plan(saver->store, run, cells, count, saver->fault);
	free(cells);
	return err;
}

/* The text's columns as series; their values are behind those that are there. */
static int columns_add(struct columns *columns, const char *text, const char *prefix,
		       const char *unit, uint32_t samples)
{
	struct reference_column column;

	while (columns->count < COLUMNS_MAX && reference_column_next(&text, &column)) {
		uint64_t *values = columns->values + columns->count * samples;

		if (reference_column_fill(&column, values, samples))
			return -EPROTO;
		snprintf(columns->names[columns->count], sizeof(columns->names[0]), "%s%s", prefix,
			 column.name);
		columns->series[columns->count] = (struct series_record){
			.metric = columns->names[columns->count], .unit = unit, .values = values
		};
		columns->count++;
	}
	return 0;
}

static int columns_fill(const struct reference_cell *cell, const struct reference_row *row,
			struct columns *columns)
{
	int err;

	columns->values = calloc((size_t)COLUMNS_MAX * row->samples, sizeof(*columns->values));
	columns->rejects = calloc(row->bad_count + 1, sizeof(*columns->rejects));
	if (!columns->values || !columns->rejects)
		return -ENOMEM;
	memcpy(columns->values, row->values, row->samples * sizeof(*row->values));
	columns->series[columns->count++] = (struct series_record){ .metric = "insn",
								    .unit = "instructions",
								    .values = columns->values };
	err = columns_add(columns, reference_text_of(&cell->lefts, row->left), "outcome:", "count",
			  row->samples);
	if (!err)
		err = columns_add(columns, reference_text_of(&cell->paths, row->path),
				  "fn:", "entries", row->samples);
	for (size_t i = 0; i < row->bad_count; i++)
		columns->rejects[i] =
			(struct reject_record){ row->bads[i].sample, row->bads[i].reason };
	return err;
}

static int measurement_fill(const struct reference_cell *cell, const struct reference_row *row,
			    struct columns **columns, struct measurement_record *record)
{
	static const char *const statuses[] = { "ok", "unsupported", "failed" };
	int err = 0;

	*record = (struct measurement_record){
		.cell = cell->key,
		.status = statuses[row->status],
		.reason = row->reason,
		.expected = reference_text_of(&cell->expects, row->expect),
	};
	if (row->status != REFERENCE_OK)
		return 0;
	*columns = calloc(1, sizeof(**columns));
	if (!*columns)
		return -ENOMEM;
	err = columns_fill(cell, row, *columns);
	record->samples = row->samples;
	record->series = (*columns)->series;
	record->series_count = (*columns)->count;
	record->rejects = (*columns)->rejects;
	record->reject_count = row->bad_count;
	return err;
}

/* The cells from..to are one boot's. */
static int boot_save(struct saver *saver, int64_t run, size_t kernel, size_t from, size_t to)
{
	const struct reference *reference = saver->from;
	struct measurement_record *records = calloc(to - from, sizeof(*records));
	struct columns **columns = calloc(to - from, sizeof(struct columns *));
	struct trial_record trial = { .sequence = reference->cells[from].boot,
				      .status = "ok",
				      .reason = "",
				      .console = "",
				      .ending = "ended",
				      .started_us = reference->kernels[kernel].started_us,
				      .ended_us = reference->kernels[kernel].ended_us,
				      .measurements = records };
	int err = records && columns ? 0 : no_memory(saver);

	for (size_t i = from; !err && i < to; i++) {
		const struct reference_row *row = reference_row_find(&reference->cells[i], kernel);

		if (!row)
			continue;
		err = measurement_fill(&reference->cells[i], row, &columns[trial.measurement_count],
				       &records[trial.measurement_count]);
		trial.measurement_count++;
		if (err)
			fault_set(saver->fault, err, "%s: %s", reference->cells[i].key,
				  strerror(-err));
	}
	if (!err)
		err = store_trial_save(saver->store, run, &trial, saver->fault);
	for (size_t i = 0; columns && i < to - from; i++) {
		if (columns[i]) {
			free(columns[i]->values);
			free(columns[i]->rejects);
		}
		free(columns[i]);
	}
	free(columns);
	free(records);
	return err;
}

static int boots_save(struct saver *saver, int64_t run, size_t kernel)
{
	const struct reference *from = saver->from;
	int err = 0;

	for (size_t i = 0, end; !err && i < from->cell_count; i = end) {
		for (end = i + 1;
		     end < from->cell_count && from->cells[end].boot == from->cells[i].boot; end++)
			;
		err = boot_save(saver, run, kernel, i, end);
	}
	return err;
}

static int64_t boot_count(const struct reference *reference)
{
	int64_t boots = 0;

	for (size_t i = 0; i < reference->cell_count; i++)
		boots += !i || reference->cells[i].boot != reference->cells[i - 1].boot;
	return boots;
}

static int run_save(struct saver *saver, size_t kernel)
{
	const struct reference *from = saver->from;
	struct run_record record = { .suite = from->suite,
				     .suite_sha256 = from->suite_sha256,
				     .instrument = from->instrument,
				     .machine = from->machine,
				     .command = from->command,
				     .trials_planned = boot_count(from) };
	int64_t run = 0;
	int err = kernel_id(saver, &from->kernels[kernel], &record.kernel_id);

	if (!err)
		err = store_run_begin(saver->store, &record, &run, saver->fault);
	if (!err)
		err = plan_save(saver, run);
	if (!err)
		err = notes_save(saver, run, &from->notes);
	if (!err)
		err = notes_save(saver, run, &from->kernels[kernel].notes);
	if (!err)
		err = store_run_note(saver->store, run, "reference", saver->file_sha256,
				     saver->fault);
	if (!err)
		err = boots_save(saver, run, kernel);
	return err ? err : run_date(saver, run, &from->kernels[kernel]);
}

int reference_save(struct store *store, const struct reference *reference, const char *file_sha256,
		   size_t *added, struct fault *fault)
{
	struct saver saver = { store, reference, file_sha256, fault };
	bool mine, there;
	int err = db_begin(store->db, &mine, fault);

	*added = 0;
	if (err)
		return err;
	for (size_t i = 0; !err && i < reference->kernel_count; i++) {
		err = run_there(&saver, &reference->kernels[i], &there);
		if (err || there)
			continue;
		err = run_save(&saver, i);
		*added += !err;
		if (err)
			fault_wrap(fault, err, "%s", reference->kernels[i].name);
	}
	err = db_end(store->db, mine, err, fault);
	if (err)
		*added = 0;
	return err;
}
