// SPDX-License-Identifier: GPL-2.0-only
/* history_json: a history as JSON. */
#include <errno.h>

#include "results/history_json.h"
#include "results/json.h"

static json_t *build_json(const struct history *history, size_t build)
{
	const struct history_build *it = &history->builds[build];

	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "kernel", words_json(it->run->kernel_name),
			 "release", words_json(it->run->kernel_release), "version",
			 words_json(it->run->kernel_version), "sha256",
			 words_json(it->run->kernel_sha256), "compiler_of",
			 words_json(history->families[it->family]));
}

static json_t *point_json(const struct history_point *point, size_t build)
{
	bool counted = point->at.state == STEP_COUNTED;

	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "build", count_json(build), "run",
			 count_json((uint64_t)point->run->id), "status", words_json(point->status),
			 "count", counted ? count_json(point->at.count.value) : json_null(),
			 "spread", counted ? count_json(point->at.count.spread) : json_null(),
			 "samples", count_json(point->at.count.samples));
}

static json_t *cell_json(const struct history *history, const struct history_cell *cell)
{
	json_t *points = json_array();
	int err = points ? 0 : -1;

	for (size_t b = 0; !err && b < history->build_count; b++)
		if (cell->points[b].run)
			err = json_array_append_new(points, point_json(&cell->points[b], b));
	if (err) {
		json_decref(points);
		return NULL;
	}
	return json_pack("{s:o, s:o}", "cell", words_json(cell->key), "points", points);
}

static json_t *changes_json(const struct change_list *changes)
{
	json_t *list = json_array();

	for (size_t i = 0; list && i < changes->count; i++)
		json_array_append_new(list, json_pack("{s:o, s:o, s:o}", "metric",
						      words_json(changes->items[i].metric), "from",
						      number_json(changes->items[i].from), "to",
						      number_json(changes->items[i].to)));
	return list;
}

static int step_json(struct store *store, struct history *history, const struct history_step *step,
		     json_t **json, struct fault *fault)
{
	const struct history_cell *cell = &history->cells[step->cell];
	struct change_list changes;
	int err = history_changes(store, history, step, &changes, fault);

	if (err)
		return err;
	*json = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "cell", words_json(cell->key), "from",
			  point_json(&cell->points[step->from], step->from), "to",
			  point_json(&cell->points[step->to], step->to), "difference",
			  number_json(history_difference(history, step)), "ratio",
			  number_json(history_ratio(history, step)), "changed",
			  changes_json(&changes));
	change_list_free(&changes);
	return *json ? 0 : -ENOMEM;
}

int history_json(struct store *store, struct history *history, const struct step_rule *rule,
		 json_t **json, struct fault *fault)
{
	json_t *builds = json_array(), *cells = json_array(), *steps = json_array(), *step;
	int err = builds && cells && steps ? 0 : -ENOMEM;

	for (size_t b = 0; !err && b < history->build_count; b++)
		err = json_array_append_new(builds, build_json(history, b)) ? -ENOMEM : 0;
	for (size_t c = 0; !err && c < history->cell_count; c++)
		err = json_array_append_new(cells, cell_json(history, &history->cells[c])) ? -ENOMEM
											   : 0;
	for (size_t s = 0; !err && s < history->step_count; s++) {
		err = step_json(store, history, &history->steps[s], &step, fault);
		if (!err)
			err = json_array_append_new(steps, step) ? -ENOMEM : 0;
	}
	if (err) {
		json_decref(builds);
		json_decref(cells);
		json_decref(steps);
		return err == -ENOMEM ? fault_set(fault, err, "out of memory") : err;
	}
	*json = json_pack("{s:{s:o, s:o}, s:o, s:o, s:o}", "rule", "percent",
			  number_json(rule->part * 100), "least", count_json(rule->least), "builds",
			  builds, "cells", cells, "steps", steps);
	return *json ? 0 : fault_set(fault, -ENOMEM, "out of memory");
}
