// SPDX-License-Identifier: GPL-2.0-only
/* profile_samples: a cell's stored profiles, read back and held against its counts. */
#include "results/profile_samples.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "results/profile.h"
#include "results/series.h"

enum column { MEASUREMENT, TRIAL, STATUS, SAMPLES, PROFILE, COUNTS };

static const char pieces_sql[] =
	"SELECT measurement.id, trial.sequence, measurement.status, measurement.samples,"
	" profile.data, (SELECT series.data FROM series JOIN metric ON metric.id = series.metric"
	"  WHERE series.measurement = measurement.id AND metric.name = 'insn')"
	" FROM trial JOIN measurement ON measurement.trial = trial.id"
	" JOIN cell ON cell.id = measurement.cell"
	" LEFT JOIN profile ON profile.measurement = measurement.id"
	" WHERE trial.run = ?1 AND cell.key = ?2 ORDER BY trial.sequence, measurement.position";

struct loading {
	sqlite3_stmt *pieces, *reject;
	struct reject_list rejects;
	size_t values; /* of PROFILE_VALUES */
	struct profile_pieces *out;
	struct fault *fault;
};

/* Each sample's sum over the functions; an overflow can't be a count's split. */
static int sums_make(const struct profile_rows *rows, uint64_t *sums)
{
	bool over = false;

	for (size_t r = 0; r < rows->row_count; r++) {
		const struct profile_run *run = rows->runs + rows->rows[r].run;
		size_t at = 0;

		for (size_t i = 0; i < rows->rows[r].run_count; at += run[i++].samples)
			for (size_t s = at; s < at + run[i].samples; s++)
				over |= __builtin_add_overflow(sums[s], run[i].value, &sums[s]);
	}
	return over ? -EBADMSG : 0;
}

static int samples_keep(struct loading *loading, struct profile_piece *piece,
			const uint64_t *counts, const uint64_t *sums, uint32_t samples)
{
	size_t next = 0;

	for (uint32_t i = 0; i < samples; i++) {
		const char *invalid = NULL;

		if (next < loading->rejects.count && loading->rejects.items[next].sample == i)
			invalid = loading->rejects.items[next++].reason;
		if (!sample_counts(invalid, loading->out->strayed))
			continue;
		if (sums && sums[i] && sums[i] != counts[i])
			return fault_set(loading->fault, -EBADMSG,
					 "the functions of sample %" PRIu32 " add up to %" PRIu64
					 " instructions, not its %" PRIu64,
					 i, sums[i], counts[i]);
		if (!sums || !sums[i]) {
			loading->out->without++;
			continue;
		}
		piece->kept[piece->kept_count] = i;
		piece->totals[piece->kept_count++] = counts[i];
	}
	return 0;
}

static int profile_decode(struct loading *loading, struct profile_piece *piece, uint32_t samples)
{
	const void *blob = sqlite3_column_blob(loading->pieces, PROFILE);
	size_t size = (size_t)sqlite3_column_bytes(loading->pieces, PROFILE);
	int err = profile_blob_decode(blob, blob ? size : 0, &piece->rows);

	if (err)
		return fault_set(loading->fault, err, "its stored profile is damaged");
	if (piece->rows.samples != samples)
		return fault_set(loading->fault, -EBADMSG,
				 "a profile of %" PRIu64 " samples is stored, but %" PRIu32
				 " were taken",
				 piece->rows.samples, samples);
	/* Below 2^40 by the blob's own limits. */
	loading->values += piece->rows.row_count * samples;
	if (loading->values > PROFILE_VALUES)
		return fault_set(loading->fault, -EFBIG,
				 "more than %d values: a cell of fewer samples can be taken apart",
				 PROFILE_VALUES);
	return 0;
}

static int piece_fill(struct loading *loading, struct profile_piece *piece, uint32_t samples)
{
	bool profiled = sqlite3_column_type(loading->pieces, PROFILE) != SQLITE_NULL;
	uint64_t *counts = NULL, *sums = NULL;
	int err =
		reject_load(loading->reject, piece->measurement, &loading->rejects, loading->fault);

	if (!err && profiled)
		err = profile_decode(loading, piece, samples);
	if (!err && sqlite3_column_type(loading->pieces, COUNTS) != SQLITE_NULL)
		err = series_decode(loading->pieces, COUNTS, samples, &counts, loading->fault);
	else if (!err)
		return profiled ? fault_set(loading->fault, -EBADMSG, "a profile without counts")
				: 0;
	if (!err && profiled) {
		piece->kept = calloc((size_t)samples + 1, sizeof(*piece->kept));
		piece->totals = calloc((size_t)samples + 1, sizeof(*piece->totals));
		sums = calloc((size_t)samples + 1, sizeof(*sums));
		err = piece->kept && piece->totals && sums ? sums_make(&piece->rows, sums)
							   : -ENOMEM;
		if (err)
			fault_set(loading->fault, err, "its profile: %s", strerror(-err));
	}
	if (!err)
		err = samples_keep(loading, piece, counts, sums, samples);
	free(counts);
	free(sums);
	return err;
}

static void piece_free(struct profile_piece *piece)
{
	profile_rows_free(&piece->rows);
	free(piece->kept);
	free(piece->totals);
}

/* What the current row says; only a cell that ended well has valid samples. */
static int piece_load(struct loading *loading)
{
	struct profile_pieces *out = loading->out;
	struct profile_piece piece = {
		.measurement = sqlite3_column_int64(loading->pieces, MEASUREMENT),
		.trial = sqlite3_column_int64(loading->pieces, TRIAL),
	};
	int err;

	out->measured = true;
	if (strcmp(db_text(loading->pieces, STATUS), "ok") != 0)
		return 0;
	err = piece_fill(loading, &piece, (uint32_t)sqlite3_column_int64(loading->pieces, SAMPLES));
	if (err)
		fault_wrap(loading->fault, err, "trial %" PRId64, piece.trial);
	if (!err && piece.kept_count)
		err = array_grow(&out->items, &out->room, out->count, sizeof(*out->items));
	if (err || !piece.kept_count)
		piece_free(&piece);
	else
		out->items[out->count++] = piece;
	return err;
}

static int samples_load(struct store *store, int64_t run_id, const char *cell, bool strayed,
			struct profile_pieces *pieces, struct fault *fault)
{
	struct loading loading = { .out = pieces, .fault = fault };
	int err;

	*pieces = (struct profile_pieces){ .strayed = strayed };
	err = db_prepare(store->db, pieces_sql, &loading.pieces, fault);
	if (!err)
		err = db_prepare(store->db, reject_sql, &loading.reject, fault);
	if (!err) {
		sqlite3_bind_int64(loading.pieces, 1, run_id);
		db_bind(loading.pieces, 2, cell);
	}
	while (!err && (err = db_step(loading.pieces, fault)) == 1)
		err = piece_load(&loading);
	sqlite3_finalize(loading.pieces);
	sqlite3_finalize(loading.reject);
	reject_list_free(&loading.rejects);
	if (err)
		profile_pieces_free(pieces);
	return err;
}

int profile_pieces_load(struct store *store, int64_t run_id, const char *cell,
			struct profile_pieces *pieces, struct fault *fault)
{
	int err = samples_load(store, run_id, cell, false, pieces, fault);

	if (err || !pieces->measured || pieces->count || pieces->without)
		return err;
	profile_pieces_free(pieces);
	return samples_load(store, run_id, cell, true, pieces, fault);
}

void profile_pieces_free(struct profile_pieces *pieces)
{
	for (size_t i = 0; i < pieces->count; i++)
		piece_free(&pieces->items[i]);
	free(pieces->items);
	*pieces = (struct profile_pieces){ 0 };
}

void profile_row_add(const struct profile_piece *piece, const struct profile_row *row,
		     uint64_t *values)
{
	const struct profile_run *run = piece->rows.runs + row->run;
	uint64_t end = run->samples; /* of the run's samples */

	/* The runs cover all samples, so the last kept one ends the walk. */
	for (size_t i = 0; i < piece->kept_count; i++) {
		while (piece->kept[i] >= end)
			end += (++run)->samples;
		values[i] += run->value;
	}
}
