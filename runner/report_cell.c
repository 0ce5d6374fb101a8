// SPDX-License-Identifier: GPL-2.0-only
/* report_cell: the lines of a report that make a cell: its key, its samples, how it ended. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runner/report_line.h"

static struct report_cell *cell_open(struct line *line)
{
	struct report *report = line->report;

	return report->open ? &report->cells[report->cell_count - 1] : NULL;
}

/* The open cell, where samples may still follow. */
static struct report_cell *cell_measured(struct line *line)
{
	struct report_cell *cell = cell_open(line);

	if (!cell)
		line_refuse(line, "outside a cell");
	else if (strcmp(cell->status, "open"))
		line_refuse(line, "after the cell was %s", cell->status);
	else
		return cell;
	return NULL;
}

/* FNV-1a, 32 bits. */
static uint32_t key_hash(const char *key)
{
	uint32_t hash = 2166136261U;

	for (; *key; key++)
		hash = (hash ^ (unsigned char)*key) * 16777619U;
	return hash;
}

/* A new cell at the end; no key comes twice. */
static int cell_add(struct line *line, const char *key, const char *status)
{
	enum { SLOTS = 2 * REPORT_CELLS };
	struct report *report = line->report;
	struct report_cell *cells, *cell;
	uint32_t slot;

	if (report->cell_count >= REPORT_CELLS)
		return line_refuse(line, "more than %d cells", REPORT_CELLS);
	for (slot = key_hash(key) % SLOTS; report->cell_index[slot]; slot = (slot + 1) % SLOTS)
		if (!strcmp(report->cells[report->cell_index[slot] - 1].key, key))
			return line_refuse(line, "the cell was there before: %.80s", key);
	cells = line_grow(line, report->cells, report->cell_count, sizeof(*cells));
	if (!cells)
		return -ENOMEM;
	report->cells = cells;
	cell = &report->cells[report->cell_count++];
	*cell = (struct report_cell){ 0 };
	memcpy(cell->key, key, strlen(key) + 1);
	memcpy(cell->status, status, strlen(status) + 1);
	report->cell_index[slot] = (uint16_t)report->cell_count;
	return 0;
}

int take_listed(struct line *line)
{
	struct report *report = line->report;
	char key[sizeof(report->cells->key)];
	const char *supported;
	int err;

	if (report->cell_count && strcmp(report->cells[0].status, "listed"))
		return line_refuse(line, "among measured cells");
	err = line_name(line, "key", key, sizeof(key));
	if (err)
		return err;
	supported = line_field(line);
	if (!supported || strcmp(supported, "yes"))
		return line_refuse(line, "SUPPORTED is not yes");
	err = line_done(line);
	return err ? err : cell_add(line, key, "listed");
}

int take_cell(struct line *line)
{
	struct report *report = line->report;
	char key[sizeof(report->cells->key)];
	int err;

	if (report->open)
		return line_refuse(line, "before the last one's cell-end");
	if (report->cell_count && !strcmp(report->cells[0].status, "listed"))
		return line_refuse(line, "among listed cells");
	err = line_name(line, "key", key, sizeof(key));
	if (!err)
		err = line_done(line);
	if (!err)
		err = cell_add(line, key, "open");
	if (err)
		return err;
	report->open = true;
	memset(report->rejected, 0, sizeof(report->rejected));
	return 0;
}

int take_expect(struct line *line)
{
	struct report_cell *cell = cell_measured(line);
	struct report_expect expect;
	int err;

	if (!cell)
		return -EPROTO;
	err = line_name(line, "function", expect.function, sizeof(expect.function));
	if (!err)
		err = line_number(line, "minimum", &expect.min);
	if (!err)
		err = line_number(line, "maximum", &expect.max);
	if (!err)
		err = line_done(line);
	if (err)
		return err;
	if (expect.min > expect.max)
		return line_refuse(line, "the minimum is above the maximum");
	if (cell->expect_count >= REPORT_EXPECTS)
		return line_refuse(line, "more than %d in a cell", REPORT_EXPECTS);
	for (size_t i = 0; i < cell->expect_count; i++)
		if (!strcmp(cell->expects[i].function, expect.function))
			return line_refuse(line, "the function was there before: %s",
					   expect.function);
	cell->expects[cell->expect_count++] = expect;
	return 0;
}

/* Room for one row of values more. */
static int sample_grow(struct line *line, struct report_cell *cell)
{
	size_t metrics = line->report->metric_count;
	uint32_t room = cell->room ? 2 * cell->room : 16;
	uint64_t *values, *regions;
	int err;

	err = line_charge(line, (metrics + 1) * sizeof(*values));
	if (err || cell->samples < cell->room)
		return err;
	values = reallocarray(cell->values, room * metrics, sizeof(*values));
	if (values)
		cell->values = values;
	regions = reallocarray(cell->regions, room, sizeof(*regions));
	if (regions)
		cell->regions = regions;
	if (!values || !regions)
		return fault_set(line->fault, -ENOMEM, "no memory");
	cell->room = room;
	return 0;
}

int take_sample(struct line *line)
{
	struct report_cell *cell = cell_measured(line);
	size_t metrics = line->report->metric_count;
	uint64_t index, values[REPORT_METRICS];
	int err;

	if (!cell)
		return -EPROTO;
	err = line_number(line, "index", &index);
	if (err)
		return err;
	if (!metrics)
		return line_refuse(line, "before any metric");
	if (index != cell->samples)
		return line_refuse(line, "index %llu where %u was due", (unsigned long long)index,
				   cell->samples);
	if (index >= REPORT_SAMPLES)
		return line_refuse(line, "more than %d in a cell", REPORT_SAMPLES);
	for (size_t i = 0; !err && i < metrics; i++)
		err = line_number(line, "value", &values[i]);
	if (!err)
		err = line_done(line);
	if (!err)
		err = sample_grow(line, cell);
	if (err)
		return err;
	memcpy(cell->values + cell->samples * metrics, values, metrics * sizeof(*values));
	cell->regions[cell->samples++] = UINT64_MAX;
	return 0;
}

int take_invalid(struct line *line)
{
	struct report_cell *cell = cell_measured(line);
	struct report *report = line->report;
	struct report_reject reject = { 0 }, *rejects;
	uint64_t index;
	int err;

	if (!cell)
		return -EPROTO;
	err = line_number(line, "index", &index);
	if (err)
		return err;
	if (index >= cell->samples)
		return line_refuse(line, "sample %llu was not reported", (unsigned long long)index);
	reject.sample = (uint32_t)index;
	err = line_reason(line, reject.reason, sizeof(reject.reason));
	if (err || report->rejected[index / 64] >> index % 64 & 1)
		return err;
	err = line_charge(line, sizeof(reject));
	if (err)
		return err;
	rejects = line_grow(line, cell->rejects, cell->reject_count, sizeof(*rejects));
	if (!rejects)
		return -ENOMEM;
	cell->rejects = rejects;
	report->rejected[index / 64] |= 1ULL << index % 64;
	cell->rejects[cell->reject_count++] = reject;
	return 0;
}

int take_region(struct line *line)
{
	struct report_cell *cell = cell_measured(line);
	struct report *report = line->report;
	uint64_t count;
	int err;

	if (!cell)
		return -EPROTO;
	err = line_number(line, "count", &count);
	if (!err)
		err = line_done(line);
	if (err)
		return err;
	if (count <= report->region_count || count > PLUGIN_REGIONS)
		return line_refuse(line, "count %llu after %llu", (unsigned long long)count,
				   (unsigned long long)report->region_count);
	if (cell->samples && cell->regions[cell->samples - 1] != UINT64_MAX)
		return line_refuse(line, "no sample before it");
	report->region_count = count;
	if (cell->samples) /* else a warm-up's */
		cell->regions[cell->samples - 1] = count - 1;
	return 0;
}

int take_unsupported(struct line *line)
{
	struct report_cell *cell = cell_measured(line);
	char reason[sizeof(cell->reason)];
	int err;

	if (!cell)
		return -EPROTO;
	if (cell->samples)
		return line_refuse(line, "after a sample");
	err = line_reason(line, reason, sizeof(reason));
	if (err)
		return err;
	memcpy(cell->reason, reason, strlen(reason) + 1);
	memcpy(cell->status, "unsupported", sizeof("unsupported"));
	return 0;
}

int take_failed(struct line *line)
{
	struct report_cell *cell = cell_measured(line);
	char reason[sizeof(cell->reason)];
	int err;

	if (!cell)
		return -EPROTO;
	err = line_reason(line, reason, sizeof(reason));
	if (err)
		return err;
	memcpy(cell->reason, reason, strlen(reason) + 1);
	memcpy(cell->status, "failed", sizeof("failed"));
	return 0;
}

int take_cell_end(struct line *line)
{
	struct report_cell *cell = cell_open(line);
	const char *key = line_field(line);

	if (!cell)
		return line_refuse(line, "outside a cell");
	if (!key || strcmp(key, cell->key))
		return line_refuse(line, "not of the open cell, %.80s", cell->key);
	if (line_done(line))
		return -EPROTO;
	if (!strcmp(cell->status, "open") && !cell->samples)
		return line_refuse(line, "neither a sample nor a reason in %.80s", cell->key);
	if (!strcmp(cell->status, "open"))
		memcpy(cell->status, "ok", sizeof("ok"));
	line->report->open = false;
	return 0;
}
