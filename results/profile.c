// SPDX-License-Identifier: GPL-2.0-only
/* profile: a cell's instructions by function, put together from its trials; and its steady sample. */
#include "results/profile.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "results/function_groups.h"
#include "results/profile_samples.h"
#include "results/series.h"
#include "results/steps.h"

struct symbol {
	uint64_t id;
	char *name;
	size_t base; /* length of the name without the compiler's suffix */
	size_t function; /* its index in the profile */
};
struct symbols {
	struct symbol *items;
	size_t count, room;
};

static void symbols_free(struct symbols *symbols)
{
	for (size_t i = 0; i < symbols->count; i++)
		free(symbols->items[i].name);
	free(symbols->items);
}

static int id_order(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

/* Copies of one function next to each other. */
static int name_order(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;
	int order = strncmp(x->name, y->name, x->base < y->base ? x->base : y->base);

	if (!order && x->base != y->base)
		return x->base < y->base ? -1 : 1;
	return order ? order : strcmp(x->name, y->name);
}

static int symbol_name(sqlite3_stmt *stmt, struct symbol *symbol, struct fault *fault)
{
	int err;

	sqlite3_reset(stmt);
	sqlite3_bind_int64(stmt, 1, (sqlite3_int64)symbol->id);
	err = db_step(stmt, fault);
	if (err < 0)
		return err;
	if (!err)
		return fault_set(fault, -EBADMSG,
				 "a profile names function %" PRIu64 ", which is not there",
				 symbol->id);
	err = db_copy(stmt, 0, &symbol->name);
	if (!err)
		symbol->base = function_base(symbol->name);
	sqlite3_reset(stmt);
	return err;
}

/* Each symbol that any piece has, once, by name. */
static int symbols_load(struct store *store, const struct profile_pieces *pieces,
			struct symbols *symbols, struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	size_t kept = 0;
	int err = 0;

	for (size_t p = 0; p < pieces->count && !err; p++)
		for (size_t r = 0; r < pieces->items[p].rows.row_count && !err; r++) {
			err = array_grow(&symbols->items, &symbols->room, symbols->count,
					 sizeof(*symbols->items));
			if (!err)
				symbols->items[symbols->count++] =
					(struct symbol){ .id = pieces->items[p].rows.rows[r].id };
		}
	if (err || !symbols->items) {
		fault_set(fault, err,
			  err ? "no memory for a profile" : "a profile of no functions");
		return err ? err : -EBADMSG;
	}
	qsort(symbols->items, symbols->count, sizeof(*symbols->items), id_order);
	for (size_t i = 0; i < symbols->count; i++)
		if (!i || symbols->items[i].id != symbols->items[kept - 1].id)
			symbols->items[kept++] = symbols->items[i];
	symbols->count = kept;
	err = db_prepare(store->db, "SELECT name FROM function WHERE id = ?1", &stmt, fault);
	for (size_t i = 0; i < symbols->count && !err; i++)
		err = symbol_name(stmt, &symbols->items[i], fault);
	sqlite3_finalize(stmt);
	if (!err)
		qsort(symbols->items, symbols->count, sizeof(*symbols->items), name_order);
	return err;
}

static bool same_function(const struct symbol *a, const struct symbol *b)
{
	return a->base == b->base && !memcmp(a->name, b->name, a->base);
}

/* A function for each name, with the symbols that are its copies. */
static int functions_make(struct symbols *symbols, struct profile *profile)
{
	struct profile_function *function = NULL;
	struct text copies = { 0 };

	profile->function_count = 0;
	profile->functions = calloc(symbols->count + 1, sizeof(*profile->functions));
	if (!profile->functions)
		return -ENOMEM;
	for (size_t i = 0, next; i < symbols->count; i = next) {
		struct symbol *first = &symbols->items[i];

		text_clear(&copies);
		for (next = i; next < symbols->count && same_function(first, &symbols->items[next]);
		     next++) {
			symbols->items[next].function = profile->function_count;
			text_addf(&copies, "%s%s", next > i ? " " : "", symbols->items[next].name);
		}
		function = &profile->functions[profile->function_count++];
		function->entries = -1;
		function->name = strndup(first->name, first->base);
		function->copies =
			strdup(next == i + 1 && !first->name[first->base] ? "" : text_get(&copies));
		function->values = calloc(profile->sample_count + 1, sizeof(*function->values));
		if (copies.failed || !function->name || !function->copies || !function->values) {
			text_free(&copies);
			return -ENOMEM;
		}
	}
	text_free(&copies);
	return 0;
}

static int samples_make(const struct profile_pieces *pieces, struct profile *profile)
{
	for (size_t p = 0; p < pieces->count; p++)
		profile->sample_count += pieces->items[p].kept_count;
	profile->samples = calloc(profile->sample_count + 1, sizeof(*profile->samples));
	if (!profile->samples)
		return -ENOMEM;
	profile->sample_count = 0;
	for (size_t p = 0; p < pieces->count; p++)
		for (size_t i = 0; i < pieces->items[p].kept_count; i++)
			profile->samples[profile->sample_count++] = (struct profile_sample){
				.trial = pieces->items[p].trial,
				.sample = pieces->items[p].kept[i],
				.total = pieces->items[p].totals[i],
			};
	return 0;
}

static const struct symbol *symbol_of(const struct symbols *by_id, uint64_t id)
{
	const struct symbol key = { .id = id };

	return bsearch(&key, by_id->items, by_id->count, sizeof(*by_id->items), id_order);
}

static void values_fill(const struct profile_pieces *pieces, struct symbols *symbols,
			struct profile *profile)
{
	size_t first = 0;

	qsort(symbols->items, symbols->count, sizeof(*symbols->items), id_order);
	for (size_t p = 0; p < pieces->count; first += pieces->items[p++].kept_count)
		for (size_t r = 0; r < pieces->items[p].rows.row_count; r++) {
			const struct profile_row *row = &pieces->items[p].rows.rows[r];
			const struct symbol *symbol = symbol_of(symbols, row->id);

			profile_row_add(&pieces->items[p], row,
					profile->functions[symbol->function].values + first);
		}
}

struct split {
	uint64_t hash;
	size_t sample;
};

static int split_order(const void *a, const void *b)
{
	const struct split *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->sample < y->sample ? -1 : x->sample > y->sample;
}

/* FNV-1a over the values. Two splits that share a hash would be taken for one; either is a real sample. */
static uint64_t split_hash(const struct profile *profile, size_t sample)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t f = 0; f < profile->function_count; f++)
		for (unsigned int shift = 0; shift < 64; shift += 8)
			hash = (hash ^ (profile->functions[f].values[sample] >> shift & 0xff)) *
			       UINT64_C(1099511628211);
	return hash;
}

/* Of the samples with the steady total: the first of those with the most frequent split. */
static int steady_choose(struct profile *profile)
{
	struct split *splits = calloc(profile->as_steady + 1, sizeof(*splits));
	size_t count = 0, most = 0;

	if (!splits)
		return -ENOMEM;
	for (size_t i = 0; i < profile->sample_count; i++)
		if (profile->samples[i].total == profile->steady)
			splits[count++] = (struct split){ split_hash(profile, i), i };
	qsort(splits, count, sizeof(*splits), split_order);
	for (size_t first = 0, next; first < count; first = next) {
		for (next = first + 1; next < count && splits[next].hash == splits[first].hash;)
			next++;
		if (next - first > most ||
		    (next - first == most && splits[first].sample < profile->steady_sample)) {
			most = next - first;
			profile->steady_sample = splits[first].sample;
		}
	}
	free(splits);
	return 0;
}

static int function_order(const void *a, const void *b)
{
	const struct profile_function *x = a, *y = b;

	if (x->steady != y->steady)
		return x->steady > y->steady ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int steady_make(struct profile *profile)
{
	const size_t count = profile->sample_count;
	uint64_t *totals = calloc(count + 1, sizeof(*totals));
	struct exact_count exact = { 0 };

	if (!totals)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		totals[i] = profile->samples[i].total;
	exact_count_of(totals, count, &exact);
	free(totals);
	profile->steady = exact.value;
	profile->min = exact.min;
	profile->max = exact.max;
	for (size_t i = 0; i < count; i++)
		profile->as_steady += profile->samples[i].total == profile->steady;
	if (steady_choose(profile))
		return -ENOMEM;
	for (size_t f = 0; f < profile->function_count; f++) {
		struct profile_function *function = &profile->functions[f];

		function->steady = function->values[profile->steady_sample];
		function->min = function->max = function->steady;
		for (size_t i = 0; i < count; i++) {
			if (function->values[i] < function->min)
				function->min = function->values[i];
			if (function->values[i] > function->max)
				function->max = function->values[i];
		}
	}
	qsort(profile->functions, profile->function_count, sizeof(*profile->functions),
	      function_order);
	return 0;
}

/* What ran only in samples that don't count ran in none. Behind steady_make(): those are at the end. */
static void idle_drop(struct profile *profile)
{
	size_t kept = 0;

	for (size_t f = 0; f < profile->function_count; f++) {
		struct profile_function *function = &profile->functions[f];

		if (function->max) {
			profile->functions[kept++] = *function;
			continue;
		}
		free(function->name);
		free(function->copies);
		free(function->values);
	}
	profile->function_count = kept;
}

/* How often each watched function was entered in the steady sample. */
static int entries_load(struct store *store, const struct profile_pieces *pieces,
			struct profile *profile, struct fault *fault)
{
	const struct profile_sample *sample = &profile->samples[profile->steady_sample];
	sqlite3_stmt *stmt = NULL;
	size_t p = 0;
	int err = db_prepare(
		store->db,
		"SELECT substr(metric.name, 4), series.data, measurement.samples FROM series"
		" JOIN metric ON metric.id = series.metric"
		" JOIN measurement ON measurement.id = series.measurement"
		" WHERE measurement.id = ?1 AND metric.name LIKE 'fn:%' AND series.data IS NOT NULL",
		&stmt, fault);

	while (p < pieces->count && pieces->items[p].trial != sample->trial)
		p++;
	if (!err)
		sqlite3_bind_int64(stmt, 1, pieces->items[p].measurement);
	while (!err && (err = db_step(stmt, fault)) == 1) {
		struct profile_function *function =
			(struct profile_function *)profile_find(profile, db_text(stmt, 0));
		uint64_t *values = NULL;

		err = series_decode(stmt, 1, (uint32_t)sqlite3_column_int64(stmt, 2), &values,
				    fault);
		if (!err && function && values[sample->sample] <= INT64_MAX)
			function->entries = (int64_t)values[sample->sample];
		free(values);
	}
	sqlite3_finalize(stmt);
	return err;
}

static int profile_make(struct store *store, const struct profile_pieces *pieces,
			struct profile *profile, struct fault *fault)
{
	struct symbols symbols = { 0 };
	int err = symbols_load(store, pieces, &symbols, fault);

	if (err)
		goto out;
	err = samples_make(pieces, profile);
	if (!err)
		err = functions_make(&symbols, profile);
	if (!err) {
		values_fill(pieces, &symbols, profile);
		err = steady_make(profile);
	}
	if (err)
		fault_set(fault, err, "no memory for a profile");
	else
		idle_drop(profile);
	if (!err)
		err = entries_load(store, pieces, profile, fault);
out:
	symbols_free(&symbols);
	return err;
}

int profile_load(struct store *store, int64_t run_id, const char *cell, struct profile *profile,
		 struct fault *fault)
{
	struct profile_pieces pieces;
	bool mine = false;
	int err;

	*profile = (struct profile){ 0 };
	err = db_snapshot(store->db, &mine, fault);
	if (err)
		return err;
	err = profile_pieces_load(store, run_id, cell, &pieces, fault);
	if (!err && !pieces.measured)
		err = fault_set(fault, -ENOENT, "run %" PRId64 " has no cell %s", run_id, cell);
	else if (!err && !pieces.count)
		err = fault_set(fault, -ENODATA,
				"run %" PRId64
				" has no profile of %s: only insn makes them, for valid "
				"samples, where --no-profile was not given",
				run_id, cell);
	else if (!err)
		err = profile_make(store, &pieces, profile, fault);
	profile->without = pieces.without;
	profile->strayed = pieces.strayed;
	profile_pieces_free(&pieces);
	db_snapshot_end(store->db, mine);
	if (err)
		profile_free(profile);
	return err == -EBADMSG ? fault_wrap(fault, err, "run %" PRId64 ", %s", run_id, cell) : err;
}

void profile_stand(struct profile *profile, int64_t trial, uint32_t sample)
{
	size_t at = 0;

	while (at < profile->sample_count &&
	       (profile->samples[at].trial != trial || profile->samples[at].sample != sample))
		at++;
	if (at == profile->sample_count || at == profile->steady_sample)
		return;
	profile->steady_sample = at;
	profile->steady = profile->samples[at].total;
	for (size_t f = 0; f < profile->function_count; f++) {
		profile->functions[f].steady = profile->functions[f].values[at];
		profile->functions[f].entries = -1;
	}
	qsort(profile->functions, profile->function_count, sizeof(*profile->functions),
	      function_order);
}

void profile_free(struct profile *profile)
{
	for (size_t i = 0; i < profile->function_count; i++) {
		free(profile->functions[i].name);
		free(profile->functions[i].copies);
		free(profile->functions[i].values);
	}
	free(profile->functions);
	free(profile->samples);
	*profile = (struct profile){ 0 };
}

const struct profile_function *profile_find(const struct profile *profile, const char *name)
{
	for (size_t i = 0; i < profile->function_count; i++)
		if (strcmp(profile->functions[i].name, name) == 0)
			return &profile->functions[i];
	return NULL;
}
