// SPDX-License-Identifier: GPL-2.0-only
/* profile_blob: a measurement's instructions by function as few bytes, there and back. */
#include <errno.h>
#include <stdlib.h>

#include "base/array.h"
#include "results/blob_number.h"
#include "results/database.h"
#include "results/profile_blob.h"

enum { FORMAT_RUNS = 1, LEAST_ROW = 3 /* bytes: an id, and a run of a length and a value */ };

static void number_add(struct text *out, uint64_t number)
{
	uint8_t bytes[BLOB_NUMBER_BYTES];

	text_add_bytes(out, bytes, blob_number_write(bytes, number));
}

static void column_add(struct text *out, const uint64_t *values, size_t samples)
{
	uint64_t before = 0;

	for (size_t i = 0, next; i < samples; i = next) {
		for (next = i + 1; next < samples && values[next] == values[i];)
			next++;
		number_add(out, next - i);
		number_add(out, blob_zigzag(values[i] - before));
		before = values[i];
	}
}

int profile_blob_encode(const struct profile_column *columns, size_t count, size_t samples,
			struct text *out)
{
	uint64_t before = 0;

	if (count > PROFILE_BLOB_FUNCTIONS || samples > PROFILE_BLOB_SAMPLES)
		return -EFBIG;
	if (!samples != !count)
		return -EINVAL;
	for (size_t i = 0; i < count; i++) {
		if (columns[i].id <= before)
			return -EINVAL;
		before = columns[i].id;
	}
	number_add(out, FORMAT_RUNS);
	number_add(out, samples);
	number_add(out, count);
	before = 0;
	for (size_t i = 0; i < count; i++) {
		number_add(out, columns[i].id - before);
		before = columns[i].id;
		column_add(out, columns[i].values, samples);
	}
	return out->failed ? -ENOMEM : 0;
}

/* The runs of one function. */
static int runs_read(struct blob_reader *reader, struct profile_rows *rows, size_t *room)
{
	struct profile_row *row = &rows->rows[rows->row_count];
	uint64_t left = rows->samples, value = 0, length = 0, code = 0;
	int err;

	row->run = rows->run_count;
	while (left) {
		if (blob_number_read(reader, &length) || blob_number_read(reader, &code) ||
		    !length || length > left || (!code && left != rows->samples))
			return -EBADMSG;
		value += blob_unzigzag(code);
		left -= length;
		err = array_grow(&rows->runs, room, rows->run_count, sizeof(*rows->runs));
		if (err)
			return err;
		rows->runs[rows->run_count++] = (struct profile_run){ (uint32_t)length, value };
	}
	row->run_count = rows->run_count - row->run;
	return 0;
}

static int rows_read(struct blob_reader *reader, struct profile_rows *rows)
{
	uint64_t format, count, step, id = 0;
	size_t room = 0;
	int err = 0;

	if (blob_number_read(reader, &format) || format != FORMAT_RUNS ||
	    blob_number_read(reader, &rows->samples) || rows->samples > PROFILE_BLOB_SAMPLES ||
	    blob_number_read(reader, &count) || count > PROFILE_BLOB_FUNCTIONS ||
	    !rows->samples != !count)
		return -EBADMSG;
	/* So the count can't ask for more memory than was sent. */
	if (count > (size_t)(reader->end - reader->at) / LEAST_ROW)
		return -EBADMSG;
	if (count) {
		rows->rows = malloc(count * sizeof(*rows->rows));
		if (!rows->rows)
			return -ENOMEM;
	}
	while (!err && rows->row_count < count) {
		if (blob_number_read(reader, &step) || !step ||
		    __builtin_add_overflow(id, step, &id))
			return -EBADMSG;
		rows->rows[rows->row_count].id = id;
		err = runs_read(reader, rows, &room);
		rows->row_count++;
	}
	return err || reader->at == reader->end ? err : -EBADMSG;
}

int profile_blob_decode(const void *bytes, size_t size, struct profile_rows *rows)
{
	struct blob_reader reader = { .at = bytes };
	int err;

	*rows = (struct profile_rows){ 0 };
	if (!size)
		return -EBADMSG;
	reader.end = reader.at + size;
	err = rows_read(&reader, rows);
	if (err)
		profile_rows_free(rows);
	return err;
}

void profile_rows_free(struct profile_rows *rows)
{
	free(rows->rows);
	free(rows->runs);
	*rows = (struct profile_rows){ 0 };
}
