// SPDX-License-Identifier: GPL-2.0-only
/* Fuzz target: any bytes as a profile's blob. What is taken must be what would be written again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "results/profile_blob.h"

enum { EXPAND = 1 << 20 }; /* values: a few bytes may stand for many */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

static void row_expand(const struct profile_rows *rows, size_t row, uint64_t *values)
{
	const struct profile_run *runs = rows->runs + rows->rows[row].run;
	size_t at = 0;

	for (size_t i = 0; i < rows->rows[row].run_count; i++)
		for (uint32_t s = 0; s < runs[i].samples; s++)
			values[at++] = runs[i].value;
	if (at != rows->samples)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	struct profile_column *columns = NULL;
	struct profile_rows rows;
	struct text again = { 0 };
	uint64_t *values = NULL;

	if (profile_blob_decode(bytes, count, &rows))
		return 0;
	if (rows.row_count * rows.samples > EXPAND)
		goto out;
	columns = calloc(rows.row_count + 1, sizeof(*columns));
	values = calloc(rows.row_count * rows.samples + 1, sizeof(*values));
	if (!columns || !values)
		goto out;
	for (size_t i = 0; i < rows.row_count; i++) {
		columns[i] = (struct profile_column){ rows.rows[i].id, values + i * rows.samples };
		row_expand(&rows, i, values + i * rows.samples);
	}
	if (profile_blob_encode(columns, rows.row_count, rows.samples, &again) ||
	    again.len != count || memcmp(again.data, bytes, count) != 0)
		abort();
out:
	free(columns);
	free(values);
	text_free(&again);
	profile_rows_free(&rows);
	return 0;
}
