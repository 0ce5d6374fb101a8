// SPDX-License-Identifier: GPL-2.0-only
/* query_samples: every stored sample, one at a time; and what a cell's key says. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "results/database.h"
#include "results/query.h"
#include "results/series.h"

struct walk {
	sqlite3_stmt *series, *reject;
	struct reject_list rejects;
	int64_t measurement; /* whose rejects are loaded; 0: none */
	sample_visit visit;
	void *context;
};

enum column { TRIAL, CELL, METRIC, UNIT, MEASUREMENT, STATUS, REASON, SAMPLES, DATA };

static const char series_sql[] =
	"SELECT trial.sequence, cell.key, metric.name, metric.unit, measurement.id,"
	" measurement.status, measurement.reason, measurement.samples, series.data"
	" FROM trial JOIN measurement ON measurement.trial = trial.id"
	" JOIN cell ON cell.id = measurement.cell"
	" JOIN series ON series.measurement = measurement.id"
	" JOIN metric ON metric.id = series.metric"
	" WHERE trial.run = ?1 AND (?2 IS NULL OR cell.key = ?2)"
	" AND (?3 IS NULL OR metric.name = ?3) AND series.data IS NOT NULL"
	" ORDER BY trial.sequence, measurement.position, series.position, series.metric";

/* The samples of one series. Those of a cell that did not end well are none of them valid. */
static int series_walk(struct walk *walk, struct fault *fault)
{
	sqlite3_stmt *stmt = walk->series;
	bool ok = !strcmp(db_text(stmt, STATUS), "ok");
	uint32_t samples = (uint32_t)sqlite3_column_int64(stmt, SAMPLES);
	struct sample_row row = {
		.cell = db_text(stmt, CELL),
		.metric = db_text(stmt, METRIC),
		.unit = db_text(stmt, UNIT),
		.trial = sqlite3_column_int64(stmt, TRIAL),
	};
	uint64_t *values = NULL;
	size_t next = 0;
	int err;

	if (walk->measurement != sqlite3_column_int64(stmt, MEASUREMENT)) {
		walk->measurement = sqlite3_column_int64(stmt, MEASUREMENT);
		err = reject_load(walk->reject, walk->measurement, &walk->rejects, fault);
		if (err)
			return err;
	}
	err = series_decode(stmt, DATA, samples, &values, fault);
	if (err)
		return fault_wrap(fault, err, "trial %" PRId64 ", %s, %s", row.trial, row.cell,
				  row.metric);
	for (uint32_t i = 0; !err && i < samples; i++) {
		row.sample = i;
		row.value = values[i];
		row.invalid = ok ? NULL : db_text(stmt, REASON);
		if (next < walk->rejects.count && walk->rejects.items[next].sample == i)
			row.invalid = walk->rejects.items[next++].reason;
		err = walk->visit(&row, walk->context);
	}
	free(values);
	return err;
}

int query_samples(struct store *store, int64_t run_id, const char *cell, const char *metric,
		  sample_visit visit, void *context, struct fault *fault)
{
	struct walk walk = { .visit = visit, .context = context };
	bool mine = false;
	int err;

	err = db_snapshot(store->db, &mine, fault);
	if (!err)
		err = db_prepare(store->db, series_sql, &walk.series, fault);
	if (!err)
		err = db_prepare(store->db, reject_sql, &walk.reject, fault);
	if (err)
		goto out;
	sqlite3_bind_int64(walk.series, 1, run_id);
	db_bind(walk.series, 2, cell);
	db_bind(walk.series, 3, metric);
	while ((err = db_step(walk.series, fault)) == 1) {
		err = series_walk(&walk, fault);
		if (err)
			break;
	}
out:
	sqlite3_finalize(walk.series);
	sqlite3_finalize(walk.reject);
	reject_list_free(&walk.rejects);
	db_snapshot_end(store->db, mine);
	return err;
}

char *cell_param(const char *cell, const char *param, char *out, size_t room)
{
	size_t length = strlen(param);
	const char *at = strchr(cell, '/');

	if (!room)
		return out;
	out[0] = '\0';
	for (; at; at = strchr(at, '/')) {
		at++;
		if (strncmp(at, param, length) || at[length] != '=')
			continue;
		at += length + 1;
		size_t count = strcspn(at, "/");

		if (count >= room)
			count = room - 1;
		memcpy(out, at, count);
		out[count] = '\0';
		break;
	}
	return out;
}
