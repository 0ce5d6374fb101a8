// SPDX-License-Identifier: GPL-2.0-only
/* query_runs: reading runs, what they were made of (provenance), and their trials. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "results/database.h"
#include "results/query.h"

/* The columns: struct run_info's strings, then its numbers, in the order of run_read(). */
#define RUN_TIME(us) "coalesce(strftime('%Y-%m-%dT%H:%M:%SZ', " us " / 1000000, 'unixepoch'), '')"
#define RUN_TRIALS(status) \
	"(SELECT count(*) FROM trial WHERE trial.run = run.id AND trial.status = '" status "')"
#define RUN_SPLATS "(SELECT coalesce(sum(splats), 0) FROM trial WHERE trial.run = run.id)"
#define RUN_STRINGS \
	"suite, suite_sha256, instrument, machine, command, run.status, run.reason, kernel_traits, "
/* 1 of what came with the project: it stands behind all of one's own. */
#define RUN_IMPORTED \
	"EXISTS (SELECT 1 FROM provenance WHERE provenance.run = run.id AND key = 'reference')"
#define RUN_KERNEL "kernel.name, release, version, sha256, origin, config_sha256, "
#define RUN_NOTE(key)                                                                          \
	"coalesce((SELECT value FROM provenance WHERE provenance.run = run.id AND key = '" key \
	"'), ''), "
#define RUN_SELECT                                                                    \
	"SELECT " RUN_STRINGS RUN_TIME("run.started_us") ", " RUN_TIME(               \
		"run.ended_us") ", " RUN_KERNEL RUN_NOTE("guest.recipe")              \
		RUN_NOTE(                                                             \
			"reference") "run.id, kernel.id, trials_planned, " RUN_SPLATS \
				     ", " RUN_TRIALS("ok") ", " RUN_TRIALS(           \
					     "failed") " FROM run JOIN kernel ON kernel.id = run.kernel"

static int run_read(sqlite3_stmt *stmt, struct run_info *run)
{
	char **const strings[] = {
		&run->suite,	      &run->suite_sha256,
		&run->instrument,     &run->machine,
		&run->command,	      &run->status,
		&run->reason,	      &run->kernel_traits,
		&run->started,	      &run->ended,
		&run->kernel_name,    &run->kernel_release,
		&run->kernel_version, &run->kernel_sha256,
		&run->kernel_origin,  &run->kernel_config_sha256,
		&run->guest_recipe,   &run->reference,
	};
	int64_t *const numbers[] = { &run->id,	   &run->kernel_id, &run->trials_planned,
				     &run->splats, &run->trials_ok, &run->trials_failed };
	int column = 0, err = 0;

	*run = (struct run_info){ 0 };
	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
		if (db_copy(stmt, column++, strings[i]))
			err = -ENOMEM;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		*numbers[i] = sqlite3_column_int64(stmt, column++);
	if (err)
		run_info_free(run);
	return err;
}

void run_info_free(struct run_info *run)
{
	char *const strings[] = {
		run->suite,	     run->suite_sha256,
		run->instrument,     run->machine,
		run->command,	     run->status,
		run->reason,	     run->kernel_traits,
		run->started,	     run->ended,
		run->kernel_name,    run->kernel_release,
		run->kernel_version, run->kernel_sha256,
		run->kernel_origin,  run->kernel_config_sha256,
		run->guest_recipe,   run->reference,
	};

	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
		free(strings[i]);
	*run = (struct run_info){ 0 };
}

void run_list_free(struct run_list *runs)
{
	for (size_t i = 0; i < runs->count; i++)
		run_info_free(&runs->items[i]);
	free(runs->items);
	*runs = (struct run_list){ 0 };
}

static int run_list_load(sqlite3_stmt *stmt, struct run_list *runs, struct fault *fault)
{
	size_t room = 0;
	int err;

	while ((err = db_step(stmt, fault)) == 1) {
		err = array_grow(&runs->items, &room, runs->count, sizeof(*runs->items));
		if (!err)
			err = run_read(stmt, &runs->items[runs->count]);
		if (err)
			return fault_set(fault, err, "out of memory");
		runs->count++;
	}
	return err;
}

int query_runs(struct store *store, const struct run_filter *filter, struct run_list *runs,
	       struct fault *fault)
{
	static const struct run_filter any;
	sqlite3_stmt *stmt = NULL;
	int err;

	*runs = (struct run_list){ 0 };
	if (!filter)
		filter = &any;
	err = db_prepare(store->db,
			 RUN_SELECT " WHERE (?1 IS NULL OR instrument = ?1)"
				    " AND (?2 IS NULL OR suite = ?2)"
				    " AND (?3 IS NULL OR kernel.sha256 = ?3)"
				    " AND (NOT ?4 OR run.status IN ('complete', 'partial'))"
				    " ORDER BY " RUN_IMPORTED ", run.id DESC LIMIT ?5",
			 &stmt, fault);
	if (err)
		return err;
	db_bind(stmt, 1, filter->instrument);
	db_bind(stmt, 2, filter->suite);
	db_bind(stmt, 3, filter->kernel_sha256);
	sqlite3_bind_int(stmt, 4, filter->finished_only);
	sqlite3_bind_int64(stmt, 5, filter->limit ? (int64_t)filter->limit : -1);
	err = run_list_load(stmt, runs, fault);
	sqlite3_finalize(stmt);
	if (err)
		run_list_free(runs);
	return err;
}

/* What a person asked for, split: "last:insn:6.12". */
struct run_spec {
	int64_t id; /* -1: not by id */
	bool finished;
	char instrument[32];
	const char *kernel; /* NULL: any */
};

static int run_spec_parse(const char *text, struct run_spec *spec, struct fault *fault)
{
	const char *rest = text + strlen("last");
	uint64_t id;
	size_t length;

	*spec = (struct run_spec){ .id = -1 };
	if (!number_parse(text, &id) && id <= INT64_MAX) {
		spec->id = (int64_t)id;
		return 0;
	}
	if (!strcmp(text, "last"))
		return 0;
	if (strncmp(text, "last:", 5))
		goto bad;
	spec->finished = true;
	rest++;
	length = strcspn(rest, ":");
	if (!length || length >= sizeof(spec->instrument))
		goto bad;
	memcpy(spec->instrument, rest, length);
	if (!rest[length])
		return 0;
	spec->kernel = rest + length + 1;
	if (spec->kernel[0])
		return 0;
bad:
	return fault_set(fault, -EINVAL,
			 "\"%s\" is no run: give its number, last, or last:INSTRUMENT[:KERNEL]",
			 text);
}

int query_run_find(struct store *store, const char *spec, struct run_info *run, struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	struct run_spec wanted;
	int err;

	*run = (struct run_info){ 0 };
	err = run_spec_parse(spec, &wanted, fault);
	if (err)
		return err;
	err = db_prepare(store->db,
			 RUN_SELECT
			 " WHERE (?1 < 0 OR run.id = ?1)"
			 " AND (NOT ?2 OR run.status IN ('complete', 'partial'))"
			 " AND (?3 = '' OR instrument = ?3)"
			 " AND (?4 IS NULL OR kernel.name = ?4 OR"
			 "  (substr(release, 1, length(?4)) = ?4 AND"
			 "   substr(release, length(?4) + 1, 1) IN ('', '.', '-', '+', '~')) OR"
			 "  (length(?4) > 0 AND substr(kernel.name, 1, length(?4)) = ?4 AND"
			 "   substr(kernel.name, length(?4) + 1, 1) IN ('.', '-', '+', '~')) OR"
			 "  (length(?4) >= 8 AND substr(sha256, 1, length(?4)) = lower(?4)))"
			 " ORDER BY " RUN_IMPORTED ", run.id DESC LIMIT 1",
			 &stmt, fault);
	if (err)
		return err;
	sqlite3_bind_int64(stmt, 1, wanted.id);
	sqlite3_bind_int(stmt, 2, wanted.finished);
	db_bind(stmt, 3, wanted.instrument);
	db_bind(stmt, 4, wanted.kernel);
	err = db_step(stmt, fault);
	if (err == 1)
		err = run_read(stmt, run);
	else if (!err)
		err = fault_set(fault, -ENOENT, "there is no run \"%s\"", spec);
	sqlite3_finalize(stmt);
	return err;
}

int query_provenance(struct store *store, int64_t run_id, struct pair_list *pairs,
		     struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	size_t room = 0;
	int err;

	*pairs = (struct pair_list){ 0 };
	err = db_prepare(store->db, "SELECT key, value FROM provenance WHERE run = ?1 ORDER BY key",
			 &stmt, fault);
	if (err)
		return err;
	sqlite3_bind_int64(stmt, 1, run_id);
	while ((err = db_step(stmt, fault)) == 1) {
		err = array_grow(&pairs->items, &room, pairs->count, sizeof(*pairs->items));
		if (err)
			break;
		struct pair *pair = &pairs->items[pairs->count++];

		*pair = (struct pair){ 0 };
		if (db_copy(stmt, 0, &pair->key) || db_copy(stmt, 1, &pair->value)) {
			err = fault_set(fault, -ENOMEM, "out of memory");
			break;
		}
	}
	sqlite3_finalize(stmt);
	if (err)
		pair_list_free(pairs);
	return err;
}

void pair_list_free(struct pair_list *pairs)
{
	for (size_t i = 0; i < pairs->count; i++) {
		free(pairs->items[i].key);
		free(pairs->items[i].value);
	}
	free(pairs->items);
	*pairs = (struct pair_list){ 0 };
}

static int trial_read(sqlite3_stmt *stmt, struct trial_info *trial)
{
	*trial = (struct trial_info){
		.id = sqlite3_column_int64(stmt, 0),
		.sequence = sqlite3_column_int64(stmt, 1),
		.started_us = sqlite3_column_int64(stmt, 2),
		.ended_us = sqlite3_column_int64(stmt, 3),
		.splats = sqlite3_column_int64(stmt, 4),
	};
	return db_copy(stmt, 5, &trial->status) || db_copy(stmt, 6, &trial->reason) ||
			       db_copy(stmt, 7, &trial->console) ||
			       db_copy(stmt, 8, &trial->ending) || db_copy(stmt, 9, &trial->head)
		       ? -ENOMEM
		       : 0;
}

int query_trials(struct store *store, int64_t run_id, struct trial_list *trials,
		 struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	size_t room = 0;
	int err;

	*trials = (struct trial_list){ 0 };
	err = db_prepare(
		store->db,
		"SELECT id, sequence, started_us, ended_us, splats, status, reason, console,"
		" ending, head"
		" FROM trial WHERE run = ?1 ORDER BY sequence",
		&stmt, fault);
	if (err)
		return err;
	sqlite3_bind_int64(stmt, 1, run_id);
	while ((err = db_step(stmt, fault)) == 1) {
		err = array_grow(&trials->items, &room, trials->count, sizeof(*trials->items));
		if (!err)
			err = trial_read(stmt, &trials->items[trials->count++]);
		if (err) {
			fault_set(fault, err, "out of memory");
			break;
		}
	}
	sqlite3_finalize(stmt);
	if (err)
		trial_list_free(trials);
	return err;
}

void trial_list_free(struct trial_list *trials)
{
	for (size_t i = 0; i < trials->count; i++) {
		free(trials->items[i].status);
		free(trials->items[i].reason);
		free(trials->items[i].console);
		free(trials->items[i].ending);
		free(trials->items[i].head);
	}
	free(trials->items);
	*trials = (struct trial_list){ 0 };
}
