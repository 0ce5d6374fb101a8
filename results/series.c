// SPDX-License-Identifier: GPL-2.0-only
/* series: what one measurement holds, read back and checked. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "results/blob.h"
#include "results/series.h"

const char reject_sql[] =
	"SELECT sample, reason FROM reject WHERE measurement = ?1 ORDER BY sample";

bool reject_is_path(const char *reason)
{
	return reason && !strncmp(reason, REJECT_PATH, strlen(REJECT_PATH));
}

bool sample_counts(const char *invalid, bool strayed)
{
	return strayed ? reject_is_path(invalid) : !invalid;
}

void reject_list_clear(struct reject_list *rejects)
{
	for (size_t i = 0; i < rejects->count; i++)
		free(rejects->items[i].reason);
	rejects->count = 0;
}

void reject_list_free(struct reject_list *rejects)
{
	reject_list_clear(rejects);
	free(rejects->items);
	*rejects = (struct reject_list){ 0 };
}

int reject_load(sqlite3_stmt *stmt, int64_t measurement, struct reject_list *rejects,
		struct fault *fault)
{
	int err;

	reject_list_clear(rejects);
	sqlite3_reset(stmt);
	sqlite3_bind_int64(stmt, 1, measurement);
	while ((err = db_step(stmt, fault)) == 1) {
		err = array_grow(&rejects->items, &rejects->room, rejects->count,
				 sizeof(*rejects->items));
		if (err)
			break;
		struct reject_item *item = &rejects->items[rejects->count];

		item->sample = (uint32_t)sqlite3_column_int64(stmt, 0);
		err = db_copy(stmt, 1, &item->reason);
		if (err)
			break;
		rejects->count++;
	}
	sqlite3_reset(stmt);
	return err;
}

int series_decode(sqlite3_stmt *stmt, int column, uint32_t samples, uint64_t **values,
		  struct fault *fault)
{
	const void *blob = sqlite3_column_blob(stmt, column);
	size_t size = (size_t)sqlite3_column_bytes(stmt, column);
	size_t count;
	int err;

	err = blob_decode(blob, blob ? size : 0, values, &count);
	if (err)
		return fault_set(fault, err, "its stored values are damaged");
	if (count == samples)
		return 0;
	free(*values);
	*values = NULL;
	return fault_set(fault, -EBADMSG, "%zu values are stored, but %u samples were taken", count,
			 samples);
}
