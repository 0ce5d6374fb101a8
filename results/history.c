// SPDX-License-Identifier: GPL-2.0-only
/* history: chooses the runs, reads the counts, finds the steps. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "results/database.h"
#include "results/history.h"
#include "results/history_change.h"

/* The metric that insn counts. */
static const char metric_insn[] = "insn";

struct samples { /* of one cell in one run */
	uint64_t *values;
	size_t count, room;
};

struct reader {
	const struct history_ask *ask;
	struct history *history;
	const struct run_info *run;
	size_t build, cell_room, next; /* next: the cell that probably comes next */
	struct samples *samples; /* one a cell, kept from run to run */
	size_t sample_room;
	bool *used; /* one a run: is it of the history? */
	struct fault *fault;
};

static bool any_glob_matches(const char *const *globs, size_t count, const char *words)
{
	for (size_t i = 0; i < count; i++)
		if (glob_match(globs[i], words))
			return true;
	return !count;
}

static int build_order(const void *a, const void *b)
{
	return kernel_order(((const struct history_build *)a)->run,
			    ((const struct history_build *)b)->run);
}

static int families_find(struct history *history)
{
	history->families = calloc(history->build_count + 1, sizeof(*history->families));
	if (!history->families)
		return -ENOMEM;
	for (size_t i = 0; i < history->build_count; i++) {
		char family[KERNEL_FAMILY];
		size_t f = 0;

		kernel_family(history->builds[i].run, family);
		while (f < history->family_count && strcmp(history->families[f], family) != 0)
			f++;
		if (f == history->family_count)
			memcpy(history->families[history->family_count++], family, sizeof(family));
		history->builds[i].family = f;
	}
	return 0;
}

/* Every kernel that has a run to be used, once, with its newest one. */
static int builds_find(struct reader *reader)
{
	struct history *history = reader->history;

	history->builds = calloc(history->runs.count + 1, sizeof(*history->builds));
	if (!history->builds)
		return -ENOMEM;
	for (size_t i = 0; i < history->runs.count; i++) {
		const struct run_info *run = &history->runs.items[i];
		size_t b = 0;

		if (!reader->used[i])
			continue;
		while (b < history->build_count && history->builds[b].run &&
		       history->builds[b].run->kernel_id != run->kernel_id)
			b++;
		if (b == history->build_count)
			history->builds[history->build_count++].run = run;
	}
	qsort(history->builds, history->build_count, sizeof(*history->builds), build_order);
	return families_find(history);
}

static int cell_add(struct reader *reader, const char *key)
{
	struct history *history = reader->history;
	struct history_cell *cell;

	if (array_grow(&history->cells, &reader->cell_room, history->cell_count, sizeof(*cell)) ||
	    array_grow(&reader->samples, &reader->sample_room, history->cell_count,
		       sizeof(*reader->samples)))
		return -ENOMEM;
	reader->samples[history->cell_count] = (struct samples){ 0 };
	cell = &history->cells[history->cell_count];
	*cell = (struct history_cell){
		.key = strdup(key),
		.points = calloc(history->build_count, sizeof(*cell->points)),
	};
	history->cell_count++;
	return cell->key && cell->points ? 0 : -ENOMEM;
}

/* The cell's place; runs have their cells mostly in one order. add: where it is new, and wanted. */
static int cell_place(struct reader *reader, const char *key, bool add, size_t *place)
{
	struct history *history = reader->history;
	int err;

	for (size_t i = 0; i < history->cell_count; i++) {
		*place = (reader->next + i) % history->cell_count;
		if (!strcmp(history->cells[*place].key, key)) {
			reader->next = *place + 1;
			return 0;
		}
	}
	if (!add || !any_glob_matches(reader->ask->cells, reader->ask->cell_count, key))
		return -ENOENT;
	*place = history->cell_count;
	err = cell_add(reader, key);
	if (!err)
		reader->next = history->cell_count;
	return err;
}

static int sample_visit_count(const struct sample_row *row, void *context)
{
	struct reader *reader = context;
	struct samples *samples;
	size_t place;

	if (row->invalid || cell_place(reader, row->cell, false, &place))
		return 0;
	samples = &reader->samples[place];
	if (array_grow(&samples->values, &samples->room, samples->count, sizeof(*samples->values)))
		return -ENOMEM;
	samples->values[samples->count++] = row->value;
	return 0;
}

static int point_set(struct reader *reader, size_t place, const struct cell_summary *summary)
{
	struct history_point *point = &reader->history->cells[place].points[reader->build];
	struct samples *samples = &reader->samples[place];
	struct step_point at = { .state = STEP_ABSENT };

	if (!strcmp(summary->status, "unsupported"))
		at.state = STEP_UNSUPPORTED;
	else if (!strcmp(summary->status, "ok") &&
		 exact_count_of(samples->values, samples->count, &at.count))
		at.state = STEP_COUNTED;
	/* A newer run's word stands, but for an older one's count. */
	if (point->run && (point->at.state == STEP_COUNTED || at.state != STEP_COUNTED))
		return 0;
	free(point->status);
	free(point->reason);
	*point = (struct history_point){
		.run = reader->run,
		.at = at,
		.status = strdup(summary->status),
		.reason = strdup(summary->reason),
	};
	return point->status && point->reason ? 0 : -ENOMEM;
}

static int run_read(struct store *store, struct reader *reader)
{
	struct summary_list list = { 0 };
	size_t place;
	int err = query_summaries(store, reader->run->id, metric_insn, &list, reader->fault);

	for (size_t i = 0; i < reader->history->cell_count; i++)
		reader->samples[i].count = 0;
	for (size_t i = 0; !err && i < list.count; i++) {
		err = cell_place(reader, list.items[i].cell, true, &place);
		if (err == -ENOENT)
			err = 0;
	}
	if (!err && list.count)
		err = query_samples(store, reader->run->id, NULL, metric_insn, sample_visit_count,
				    reader, reader->fault);
	for (size_t i = 0; !err && i < list.count; i++)
		if (!cell_place(reader, list.items[i].cell, false, &place))
			err = point_set(reader, place, &list.items[i]);
	summary_list_free(&list);
	return err;
}

/* The newest builds first: theirs is the order of the cells. Of each, the newest run first. */
static int counts_read(struct store *store, struct reader *reader)
{
	struct history *history = reader->history;
	int err = 0;

	for (reader->build = history->build_count; !err && reader->build-- > 0;) {
		const struct run_info *newest = history->builds[reader->build].run;

		for (size_t i = 0; !err && i < history->runs.count; i++) {
			reader->run = &history->runs.items[i];
			if (reader->used[i] && reader->run->kernel_id == newest->kernel_id)
				err = run_read(store, reader);
		}
		if (err)
			break;
	}
	return err;
}

/* The steps of one cell on the builds of one family. */
static int family_steps(struct history *history, const struct step_rule *rule, size_t cell,
			size_t family, struct step_point *points, size_t *builds, size_t *room)
{
	struct step *found;
	size_t count = 0, steps = 0;
	int err;

	for (size_t b = 0; b < history->build_count; b++)
		if (history->builds[b].family == family) {
			points[count] = history->cells[cell].points[b].at;
			builds[count++] = b;
		}
	err = steps_find(points, count, rule, &found, &steps);
	for (size_t i = 0; !err && i < steps; i++) {
		err = array_grow(&history->steps, room, history->step_count,
				 sizeof(*history->steps));
		if (!err)
			history->steps[history->step_count++] =
				(struct history_step){ cell, family, builds[found[i].from],
						       builds[found[i].to] };
	}
	free(found);
	return err;
}

static int all_steps(struct history *history, const struct step_rule *rule)
{
	struct step_point *points = calloc(history->build_count + 1, sizeof(*points));
	size_t *builds = calloc(history->build_count + 1, sizeof(*builds));
	size_t room = 0;
	int err = points && builds ? 0 : -ENOMEM;

	for (size_t c = 0; !err && c < history->cell_count; c++)
		for (size_t f = 0; !err && f < history->family_count; f++)
			err = family_steps(history, rule, c, f, points, builds, &room);
	free(points);
	free(builds);
	return err;
}

int history_load(struct store *store, const struct history_ask *ask, struct history *history,
		 struct fault *fault)
{
	const struct run_filter filter = { .instrument = "insn", .finished_only = true };
	struct reader reader = { .ask = ask, .history = history, .fault = fault };
	bool mine = false;
	int err;

	*history = (struct history){ 0 };
	err = db_snapshot(store->db, &mine, fault);
	if (!err)
		err = query_runs(store, &filter, &history->runs, fault);
	if (!err)
		err = history_runs_choose(store, history, ask, &reader.used, fault);
	if (!err)
		err = builds_find(&reader);
	if (!err)
		err = counts_read(store, &reader);
	if (!err)
		err = all_steps(history, ask->rule ? ask->rule : &step_rule_default);
	if (err == -ENOMEM)
		fault_set(fault, err, "out of memory");
	db_snapshot_end(store->db, mine);
	for (size_t i = 0; reader.samples && i < history->cell_count; i++)
		free(reader.samples[i].values);
	free(reader.samples);
	free(reader.used);
	if (err)
		history_free(history);
	return err;
}

void history_free(struct history *history)
{
	for (size_t c = 0; c < history->cell_count; c++) {
		for (size_t b = 0; history->cells[c].points && b < history->build_count; b++) {
			free(history->cells[c].points[b].status);
			free(history->cells[c].points[b].reason);
		}
		free(history->cells[c].points);
		free(history->cells[c].key);
	}
	history_prints_free(history);
	free(history->cells);
	free(history->builds);
	free(history->families);
	free(history->steps);
	run_list_free(&history->runs);
	*history = (struct history){ 0 };
}
