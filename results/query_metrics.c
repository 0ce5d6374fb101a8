// SPDX-License-Identifier: GPL-2.0-only
/* query_metrics: what a run's samples were counted in, and which of it a caller means. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "results/database.h"
#include "results/query.h"
#include "results/series.h"

static const char metrics_sql[] = "SELECT metric.id, metric.name, metric.unit"
				  " FROM trial JOIN measurement ON measurement.trial = trial.id"
				  " JOIN series ON series.measurement = measurement.id"
				  " JOIN metric ON metric.id = series.metric WHERE trial.run = ?1"
				  " GROUP BY metric.id ORDER BY min(series.position), metric.name,"
				  " metric.unit";

const char *query_cost_metric(const char *instrument)
{
	if (!strcmp(instrument, "clock"))
		return "ns";
	return strcmp(instrument, "pmu") ? "insn" : "instructions:k";
}

static int metric_add(struct metric_list *metrics, size_t *room, int64_t id, const char *name,
		      const char *unit)
{
	struct metric_info *item;

	if (array_grow(&metrics->items, room, metrics->count, sizeof(*metrics->items)))
		return -ENOMEM;
	item = &metrics->items[metrics->count++];
	*item = (struct metric_info){ .id = id, .name = strdup(name), .unit = strdup(unit) };
	return item->name && item->unit ? 0 : -ENOMEM;
}

int query_metrics(struct store *store, int64_t run_id, struct metric_list *metrics,
		  struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	size_t room = 0;
	int err;

	*metrics = (struct metric_list){ 0 };
	err = db_prepare(store->db, metrics_sql, &stmt, fault);
	if (err)
		return err;
	sqlite3_bind_int64(stmt, 1, run_id);
	while ((err = db_step(stmt, fault)) == 1) {
		err = metric_add(metrics, &room, sqlite3_column_int64(stmt, 0), db_text(stmt, 1),
				 db_text(stmt, 2));
		if (err) {
			fault_set(fault, err, "out of memory");
			break;
		}
	}
	sqlite3_finalize(stmt);
	if (err)
		metric_list_free(metrics);
	return err;
}

static void metric_info_free(struct metric_info *metric)
{
	free(metric->name);
	free(metric->unit);
}

void metric_list_free(struct metric_list *metrics)
{
	for (size_t i = 0; i < metrics->count; i++)
		metric_info_free(&metrics->items[i]);
	free(metrics->items);
	*metrics = (struct metric_list){ 0 };
}

static bool metric_wanted(const char *name, const char *wanted)
{
	if (wanted)
		return !strcmp(name, wanted) || glob_match(wanted, name);
	return strncmp(name, "fn:", 3) != 0 && strncmp(name, "outcome:", 8) != 0 &&
	       strcmp(name, "tsc") != 0;
}

static int metric_missing(const struct metric_list *metrics, int64_t run_id, const char *wanted,
			  struct fault *fault)
{
	struct text names = { 0 };

	for (size_t i = 0; i < metrics->count; i++)
		text_addf(&names, "%s%s", i ? ", " : "", metrics->items[i].name);
	fault_set(fault, -ENOENT, "run %" PRId64 " has no metric \"%s\"; it has: %s", run_id,
		  wanted, names.len ? text_get(&names) : "none");
	text_free(&names);
	return -ENOENT;
}

/* What an instrument's cost is called and counted in, for a run that measured nothing. */
static int metric_default(struct metric_list *metrics, const char *instrument)
{
	static const struct {
		const char *metric, *unit;
	} units[] = { { "ns", "ns" }, { "insn", "instructions" }, { "instructions:k", "events" } };
	const char *metric = query_cost_metric(instrument);
	const char *unit = "";
	size_t room = 0;

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (!strcmp(units[i].metric, metric))
			unit = units[i].unit;
	free(metrics->items);
	*metrics = (struct metric_list){ 0 };
	return metric_add(metrics, &room, -1, metric, unit);
}

int metrics_choose(struct store *store, int64_t run_id, const char *wanted,
		   struct metric_list *metrics, struct fault *fault)
{
	struct metric_list all;
	struct run_info run;
	size_t kept = 0;
	char spec[24];
	int err;

	snprintf(spec, sizeof(spec), "%" PRId64, run_id);
	err = query_run_find(store, spec, &run, fault);
	if (err)
		return err;
	err = query_metrics(store, run_id, &all, fault);
	if (err)
		goto out;
	for (size_t i = 0; i < all.count && !kept; i++)
		kept = metric_wanted(all.items[i].name, wanted);
	if (!kept && wanted && strcmp(wanted, query_cost_metric(run.instrument)) != 0) {
		err = metric_missing(&all, run_id, wanted, fault);
		metric_list_free(&all);
		goto out;
	}
	kept = 0;
	for (size_t i = 0; i < all.count; i++)
		if (metric_wanted(all.items[i].name, wanted))
			all.items[kept++] = all.items[i];
		else
			metric_info_free(&all.items[i]);
	all.count = kept;
	if (!kept)
		err = metric_default(&all, run.instrument);
	*metrics = all;
out:
	run_info_free(&run);
	return err;
}
