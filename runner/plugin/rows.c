// SPDX-License-Identifier: GPL-2.0-only
/* rows: the plugin's counters by function, and what of them is a region's own. */
#include "runner/plugin/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int rows_open(struct rows *rows, const char *symbols)
{
	*rows = (struct rows){ .used = 1 };
	if (!symbols)
		return 0;
	if (symbols_read(symbols, &rows->symbols))
		return -1;
	rows->used = ROWS_SPECIAL;
	rows->names[ROW_USER] = "[user]";
	rows->names[ROW_UNKNOWN] = "[unknown]";
	rows->names[ROW_REST] = "[rest]";
	rows->row_of = calloc(rows->symbols.count, sizeof(*rows->row_of));
	if (rows->row_of)
		return 0;
	rows_close(rows);
	return -1;
}

void rows_close(struct rows *rows)
{
	free(rows->row_of);
	rows->row_of = NULL;
	symbols_free(&rows->symbols);
}

uint32_t rows_find(struct rows *rows, uint64_t address)
{
	size_t symbol;

	if (!rows->row_of)
		return 0;
	if (!(address >> 63)) /* the lower half of the addresses is user space's */
		return ROW_USER;
	symbol = symbols_find(&rows->symbols, address);
	if (symbol == SIZE_MAX)
		return ROW_UNKNOWN;
	if (!rows->row_of[symbol]) {
		if (rows->used == ROWS_MAX)
			return ROW_REST;
		rows->names[rows->used] = rows->symbols.names[symbol];
		rows->row_of[symbol] = (uint32_t)rows->used++;
	}
	return rows->row_of[symbol];
}

uint64_t rows_total(const struct rows *rows, const uint64_t *counters)
{
	uint64_t total = 0;

	for (size_t i = 0; i < rows->used; i++)
		total += counters[i];
	return total;
}

/*
 * Rows that are given out later began at 0, and are 0 in all three snapshots, since these are only
 * ever written as far as rows were in use.
 */
void rows_begin(struct rows *rows, const uint64_t *counters)
{
	memcpy(rows->begin, counters, rows->used * sizeof(*counters));
	memset(rows->excluded, 0, rows->used * sizeof(*counters));
}

void rows_handler_begin(struct rows *rows, const uint64_t *counters)
{
	memcpy(rows->handler, counters, rows->used * sizeof(*counters));
}

uint64_t rows_handler_end(struct rows *rows, const uint64_t *counters)
{
	uint64_t total = 0;

	for (size_t i = 0; i < rows->used; i++) {
		rows->excluded[i] += counters[i] - rows->handler[i];
		total += counters[i] - rows->handler[i];
	}
	return total;
}

static size_t name_add(struct rows *rows, size_t row, char *out, size_t used)
{
	if (rows->told[row])
		return used;
	rows->told[row] = true;
	return used + (size_t)snprintf(out + used, ROWS_BUFFER - used, "function %zu %s\n", row,
				       rows->names[row]);
}

size_t rows_profile(struct rows *rows, const uint64_t *counters, uint64_t region,
		    char out[ROWS_BUFFER])
{
	static uint64_t counts[ROWS_MAX];
	size_t used = 0, shown = 0;

	if (!rows->row_of || rows->written > ROWS_OUTPUT)
		return 0;
	for (size_t i = 0; i < rows->used; i++)
		counts[i] = counters[i] - rows->begin[i] - rows->excluded[i];
	for (size_t i = ROWS_SPECIAL; i < rows->used; i++) {
		if (!counts[i] || shown++ < ROWS_LINE - ROWS_SPECIAL)
			continue;
		counts[ROW_REST] += counts[i];
		counts[i] = 0;
	}
	for (size_t i = 0; i < rows->used; i++)
		if (counts[i])
			used = name_add(rows, i, out, used);
	used += (size_t)snprintf(out + used, ROWS_BUFFER - used, "profile %" PRIu64, region);
	for (size_t i = 0; i < rows->used; i++)
		if (counts[i])
			used += (size_t)snprintf(out + used, ROWS_BUFFER - used, " %zu=%" PRIu64, i,
						 counts[i]);
	out[used++] = '\n';
	rows->written += used;
	return used;
}
