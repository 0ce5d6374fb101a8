// SPDX-License-Identifier: GPL-2.0-only
/* query_cells: the summaries of a run, a row for each of its cells and each metric asked for. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "results/database.h"
#include "results/query.h"
#include "results/series.h"
#include "results/stats.h"

enum { QUARTILE_TRIALS = 4 }; /* fewer trials have no quartiles worth the name */

struct doubles {
	double *items;
	size_t count, room;
};

/* One metric of the cell at hand, over all trials. */
struct gather {
	struct doubles values, medians; /* valid samples; one median a trial */
	uint32_t rejected;
	char *unsupported; /* the first reason */
};

struct summarizer {
	struct store *store;
	sqlite3_stmt *cells, *series, *reject;
	struct metric_list metrics;
	struct gather *gathers; /* one a metric */
	struct reject_list rejects;
	struct doubles trial; /* the values of one trial */
	/* The cell at hand. NULL: none has happened yet. */
	char *cell, *expected, *rejected, *failed, *unsupported;
	struct summary_list *out;
	size_t room;
	struct fault *fault;
};

/* The cells in the planned order, others in that of the first trial that has them; one row a trial. */
static const char cells_sql[] =
	"WITH first (cell, trial, position) AS ("
	" SELECT measurement.cell, min(trial.sequence), measurement.position"
	" FROM trial JOIN measurement ON measurement.trial = trial.id"
	" WHERE trial.run = ?1 GROUP BY measurement.cell)"
	" SELECT cell.key, measurement.id, measurement.status, measurement.reason,"
	" measurement.expected, measurement.samples, trial.sequence"
	" FROM trial JOIN measurement ON measurement.trial = trial.id"
	" JOIN first ON first.cell = measurement.cell JOIN cell ON cell.id = measurement.cell"
	" LEFT JOIN planned ON planned.run = ?1 AND planned.cell = measurement.cell"
	" WHERE trial.run = ?1"
	" ORDER BY planned.position IS NULL, planned.position, first.trial, first.position, cell.key, trial.sequence";
enum cells_column { KEY, ID, STATUS, REASON, EXPECTED, SAMPLES, SEQUENCE };

static int doubles_add(struct doubles *list, double value)
{
	int err = array_grow(&list->items, &list->room, list->count, sizeof(*list->items));

	if (!err)
		list->items[list->count++] = value;
	return err;
}

/* The first reason is the one that is told. */
static int reason_keep(char **kept, const char *reason)
{
	if (*kept)
		return 0;
	*kept = strdup(reason);
	return *kept ? 0 : -ENOMEM;
}

/* One series of one trial: its valid values, and their median. */
static int gather_series(struct summarizer *sum, struct gather *gather, uint32_t samples)
{
	uint64_t *values = NULL;
	size_t next = 0;
	int err;

	if (sqlite3_column_type(sum->series, 1) != SQLITE_NULL)
		return reason_keep(&gather->unsupported, db_text(sum->series, 1));
	err = series_decode(sum->series, 2, samples, &values, sum->fault);
	if (err)
		return err;
	sum->trial.count = 0;
	for (uint32_t i = 0; !err && i < samples; i++) {
		if (next < sum->rejects.count && sum->rejects.items[next].sample == i) {
			next++;
			gather->rejected++;
			continue;
		}
		err = doubles_add(&sum->trial, (double)values[i]);
		if (!err)
			err = doubles_add(&gather->values, (double)values[i]);
	}
	free(values);
	if (err || !sum->trial.count)
		return err;
	stats_sort(sum->trial.items, sum->trial.count);
	return doubles_add(&gather->medians, stats_median(sum->trial.items, sum->trial.count));
}

static int gather_values(struct summarizer *sum)
{
	int64_t measurement = sqlite3_column_int64(sum->cells, ID);
	uint32_t samples = (uint32_t)sqlite3_column_int64(sum->cells, SAMPLES);
	int err;

	err = reject_load(sum->reject, measurement, &sum->rejects, sum->fault);
	if (!err && sum->rejects.count)
		err = reason_keep(&sum->rejected, sum->rejects.items[0].reason);
	sqlite3_reset(sum->series);
	sqlite3_bind_int64(sum->series, 1, measurement);
	while (!err && (err = db_step(sum->series, sum->fault)) == 1) {
		int64_t metric = sqlite3_column_int64(sum->series, 0);

		err = 0;
		for (size_t i = 0; !err && i < sum->metrics.count; i++) {
			if (sum->metrics.items[i].id != metric)
				continue;
			err = gather_series(sum, &sum->gathers[i], samples);
			if (err)
				fault_wrap(sum->fault, err, "%s", sum->metrics.items[i].name);
		}
	}
	sqlite3_reset(sum->series);
	return err;
}

/* One cell in one trial. */
static int gather_measurement(struct summarizer *sum)
{
	const char *status = db_text(sum->cells, STATUS);
	const char *reason = db_text(sum->cells, REASON);
	int err = 0;

	if (!sum->expected[0] && db_text(sum->cells, EXPECTED)[0]) {
		free(sum->expected);
		sum->expected = strdup(db_text(sum->cells, EXPECTED));
		if (!sum->expected)
			return -ENOMEM;
	}
	if (!strcmp(status, "ok"))
		err = gather_values(sum);
	else
		err = reason_keep(!strcmp(status, "failed") ? &sum->failed : &sum->unsupported,
				  reason);
	if (err)
		fault_wrap(sum->fault, err, "trial %" PRId64 ", %s",
			   (int64_t)sqlite3_column_int64(sum->cells, SEQUENCE), sum->cell);
	return err;
}

static void summary_spread(struct cell_summary *row, struct gather *gather)
{
	struct doubles *of = gather->medians.count >= QUARTILE_TRIALS ? &gather->medians
								      : &gather->values;

	stats_sort(gather->values.items, gather->values.count);
	stats_sort(gather->medians.items, gather->medians.count);
	row->median = stats_median(gather->medians.items, gather->medians.count);
	row->low = stats_quantile(of->items, of->count, 0.25);
	row->high = stats_quantile(of->items, of->count, 0.75);
	row->min = gather->values.items[0];
	row->max = gather->values.items[gather->values.count - 1];
}

/* What became of the cell, and why. A cell that some trial measured is ok. */
static const char *summary_status(const struct summarizer *sum, const struct gather *gather,
				  const char **reason)
{
	*reason = "";
	if (gather->values.count) {
		if (gather->rejected)
			*reason = sum->rejected;
		return "ok";
	}
	if (gather->rejected) {
		*reason = sum->rejected;
		return "invalid";
	}
	if (sum->failed) {
		*reason = sum->failed;
		return "failed";
	}
	*reason = gather->unsupported ? gather->unsupported
		  : sum->unsupported  ? sum->unsupported
				      : "the run has no such metric for this cell";
	return "unsupported";
}

static int summary_add(struct summarizer *sum, const struct metric_info *metric,
		       struct gather *gather)
{
	struct cell_summary *row;
	const char *reason;

	if (array_grow(&sum->out->items, &sum->room, sum->out->count, sizeof(*row)))
		return -ENOMEM;
	row = &sum->out->items[sum->out->count++];
	*row = (struct cell_summary){
		.cell = strdup(sum->cell),
		.metric = strdup(metric->name),
		.unit = strdup(metric->unit),
		.status = strdup(summary_status(sum, gather, &reason)),
		.reason = strdup(reason),
		.expected = strdup(sum->expected),
		.trials = (uint32_t)gather->medians.count,
		.samples = (uint32_t)gather->values.count,
		.rejected = gather->rejected,
		.median = NAN,
		.low = NAN,
		.high = NAN,
		.min = NAN,
		.max = NAN,
	};
	if (gather->values.count)
		summary_spread(row, gather);
	return row->cell && row->metric && row->unit && row->status && row->reason && row->expected
		       ? 0
		       : -ENOMEM;
}

static void gather_reset(struct gather *gather)
{
	gather->values.count = gather->medians.count = 0;
	gather->rejected = 0;
	free(gather->unsupported);
	gather->unsupported = NULL;
}

static void cell_reset(struct summarizer *sum)
{
	char **const strings[] = { &sum->cell, &sum->expected, &sum->rejected, &sum->failed,
				   &sum->unsupported };

	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++) {
		free(*strings[i]);
		*strings[i] = NULL;
	}
	for (size_t i = 0; i < sum->metrics.count; i++)
		gather_reset(&sum->gathers[i]);
}

/* The cell at hand is complete. */
static int cell_flush(struct summarizer *sum)
{
	int err = 0;

	for (size_t i = 0; sum->cell && !err && i < sum->metrics.count; i++)
		err = summary_add(sum, &sum->metrics.items[i], &sum->gathers[i]);
	cell_reset(sum);
	return err;
}

static int cell_begin(struct summarizer *sum, const char *cell)
{
	int err = cell_flush(sum);

	if (err)
		return err;
	sum->cell = strdup(cell);
	sum->expected = strdup("");
	return sum->cell && sum->expected ? 0 : -ENOMEM;
}

static int cells_walk(struct summarizer *sum)
{
	int err;

	while ((err = db_step(sum->cells, sum->fault)) == 1) {
		const char *cell = db_text(sum->cells, KEY);

		err = 0;
		if (!sum->cell || strcmp(cell, sum->cell) != 0)
			err = cell_begin(sum, cell);
		if (!err)
			err = gather_measurement(sum);
		if (err)
			return err;
	}
	return err ? err : cell_flush(sum);
}

static int summarizer_prepare(struct summarizer *sum, int64_t run_id, const char *metric)
{
	sqlite3 *db = sum->store->db;
	int err;

	err = metrics_choose(sum->store, run_id, metric, &sum->metrics, sum->fault);
	if (err)
		return err;
	sum->gathers = calloc(sum->metrics.count, sizeof(*sum->gathers));
	if (!sum->gathers)
		return -ENOMEM;
	err = db_prepare(db, cells_sql, &sum->cells, sum->fault);
	if (!err)
		err = db_prepare(db,
				 "SELECT metric, unsupported, data FROM series"
				 " WHERE measurement = ?1",
				 &sum->series, sum->fault);
	if (!err)
		err = db_prepare(db, reject_sql, &sum->reject, sum->fault);
	if (!err)
		sqlite3_bind_int64(sum->cells, 1, run_id);
	return err;
}

static void summarizer_free(struct summarizer *sum)
{
	sqlite3_finalize(sum->cells);
	sqlite3_finalize(sum->series);
	sqlite3_finalize(sum->reject);
	if (sum->gathers)
		cell_reset(sum);
	for (size_t i = 0; sum->gathers && i < sum->metrics.count; i++) {
		free(sum->gathers[i].values.items);
		free(sum->gathers[i].medians.items);
	}
	free(sum->gathers);
	free(sum->trial.items);
	reject_list_free(&sum->rejects);
	metric_list_free(&sum->metrics);
}

int query_summaries(struct store *store, int64_t run_id, const char *metric,
		    struct summary_list *summaries, struct fault *fault)
{
	struct summarizer sum = { .store = store, .out = summaries, .fault = fault };
	bool mine = false;
	int err;

	*summaries = (struct summary_list){ 0 };
	err = db_snapshot(store->db, &mine, fault);
	if (err)
		return err;
	err = summarizer_prepare(&sum, run_id, metric);
	if (!err)
		err = cells_walk(&sum);
	if (err == -ENOMEM)
		fault_set(fault, err, "out of memory");
	summarizer_free(&sum);
	db_snapshot_end(store->db, mine);
	if (err)
		summary_list_free(summaries);
	return err;
}

static void summary_free(struct cell_summary *row)
{
	char *const strings[] = { row->cell,   row->metric, row->unit,
				  row->status, row->reason, row->expected };

	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
		free(strings[i]);
}

void summary_list_free(struct summary_list *summaries)
{
	for (size_t i = 0; i < summaries->count; i++)
		summary_free(&summaries->items[i]);
	free(summaries->items);
	*summaries = (struct summary_list){ 0 };
}

int query_outcomes(struct store *store, int64_t run_id, struct summary_list *outcomes,
		   struct fault *fault)
{
	struct fault none = { 0 };
	size_t kept = 0;
	int err = query_summaries(store, run_id, "outcome:*", outcomes, &none);

	if (err == -ENOENT) /* the run has no such metric: no cell counts any */
		return 0;
	if (err)
		return fault_set(fault, err, "%s", none.text);
	for (size_t i = 0; i < outcomes->count; i++) {
		struct cell_summary *row = &outcomes->items[i];

		if (row->samples || row->rejected)
			outcomes->items[kept++] = *row;
		else
			summary_free(row);
	}
	outcomes->count = kept;
	return 0;
}
