// SPDX-License-Identifier: GPL-2.0-only
/* report_cell: the lines of a report that make a cell: its key, its samples, how it ended. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
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

static bool report_measures(const struct report *report)
{
	return report->cell_count && strcmp(report->cells[0].status, "listed");
}

static bool report_lists(const struct report *report)
{
	return report->rule_count || (report->cell_count && !report_measures(report));
}

int take_listed(struct line *line)
{
	struct report *report = line->report;
	char key[sizeof(report->cells->key)];
	uint64_t setup = 0, sample = 0;
	int err;

	if (report_measures(report))
		return line_refuse(line, "among measured cells");
	err = line_name(line, "key", key, sizeof(key));
	if (!err)
		err = line_number(line, "setup", &setup);
	if (!err)
		err = line_number(line, "sample", &sample);
	if (!err)
		err = line_done(line);
	if (!err)
		err = cell_add(line, key, "listed");
	if (err)
		return err;
	report->cells[report->cell_count - 1].setup = setup;
	report->cells[report->cell_count - 1].sample = sample;
	return 0;
}

static bool cell_is_of(const char *key, const char *bench)
{
	size_t len = strlen(bench);

	return !strncmp(key, bench, len) && (key[len] == '/' || !key[len]);
}

int take_rule(struct line *line)
{
	struct report *report = line->report;
	struct report_rule rule = { 0 }, *rules;
	int err;

	if (report_measures(report))
		return line_refuse(line, "among measured cells");
	err = line_name(line, "bench", rule.bench, sizeof(rule.bench));
	if (!err)
		err = line_reason(line, rule.reason, sizeof(rule.reason));
	if (err)
		return err;
	if (report->rule_count >= REPORT_RULES)
		return line_refuse(line, "more than %d rules", REPORT_RULES);
	for (size_t i = 0; i < report->cell_count; i++)
		if (cell_is_of(report->cells[i].key, rule.bench))
			return line_refuse(line, "after a cell of %s", rule.bench);
	rules = line_grow(line, report->rules, report->rule_count, sizeof(*rules));
	if (!rules)
		return -ENOMEM;
	report->rules = rules;
	report->rules[report->rule_count++] = rule;
	return 0;
}

int take_cell(struct line *line)
{
	struct report *report = line->report;
	char key[sizeof(report->cells->key)];
	int err;

	if (report->open)
		return line_refuse(line, "before the last one's cell-end");
	if (report_lists(report))
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

/* The cell that an `expect` is of: the open one, or the one that was listed last. */
static struct report_cell *cell_expecting(struct line *line)
{
	struct report *report = line->report;

	if (report->cell_count && report_lists(report))
		return &report->cells[report->cell_count - 1];
	return cell_measured(line);
}

int take_expect(struct line *line)
{
	struct report_cell *cell = cell_expecting(line);
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

void report_expected(const struct report_cell *cell, char *out, size_t room)
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < cell->expect_count && used < room; i++) {
		const struct report_expect *expect = &cell->expects[i];

		used += (size_t)snprintf(out + used, room - used, "%s%s=%" PRIu64, used ? " " : "",
					 expect->function, expect->min);
		if (expect->max != expect->min && used < room)
			used += (size_t)snprintf(out + used, room - used, "..%" PRIu64,
						 expect->max);
	}
}

/* How many of the last sample's outcomes were reported. */
static size_t outcomes_told(const struct report_cell *cell)
{
	return cell->samples ? cell->outcome_total - (cell->samples - 1) * cell->outcome_count : 0;
}

/* A sample is over: it has every outcome that the first has. */
static int outcomes_done(struct line *line, const struct report_cell *cell)
{
	size_t told = outcomes_told(cell);

	if (!cell->samples || told == cell->outcome_count)
		return 0;
	return line_refuse(line, "sample %u has no outcome %s", cell->samples - 1,
			   cell->outcome_names[told]);
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
	err = outcomes_done(line, cell);
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

/* The name of the open sample's next outcome: the first sample's is new, any other's is due. */
static int outcome_name_check(struct line *line, const struct report_cell *cell, const char *name)
{
	size_t told = outcomes_told(cell);

	if (!*name || name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")])
		return line_refuse(line, "the name is not made of a-z, 0-9 and _: %s", name);
	if (cell->samples > 1 && told == cell->outcome_count)
		return line_refuse(line, "the first sample has no such: %s", name);
	if (cell->samples > 1 && strcmp(name, cell->outcome_names[told]))
		return line_refuse(line, "%s where %s was due", name, cell->outcome_names[told]);
	if (cell->samples > 1)
		return 0;
	if (cell->outcome_count >= REPORT_OUTCOMES)
		return line_refuse(line, "more than %d in a cell", REPORT_OUTCOMES);
	for (size_t i = 0; i < cell->outcome_count; i++)
		if (!strcmp(cell->outcome_names[i], name))
			return line_refuse(line, "the name was there before: %s", name);
	return 0;
}

int take_outcome(struct line *line)
{
	struct report_cell *cell = cell_measured(line);
	char name[REPORT_OUTCOME_NAME + 1];
	uint64_t value, *outcomes;
	int err;

	if (!cell)
		return -EPROTO;
	if (!cell->samples)
		return line_refuse(line, "no sample before it");
	err = line_name(line, "name", name, sizeof(name));
	if (!err)
		err = line_number(line, "value", &value);
	if (!err)
		err = line_done(line);
	if (!err)
		err = outcome_name_check(line, cell, name);
	if (!err)
		err = line_charge(line, sizeof(value));
	if (err)
		return err;
	outcomes = line_grow(line, cell->outcomes, cell->outcome_total, sizeof(*outcomes));
	if (!outcomes)
		return -ENOMEM;
	cell->outcomes = outcomes;
	cell->outcomes[cell->outcome_total++] = value;
	if (cell->samples == 1)
		memcpy(cell->outcome_names[cell->outcome_count++], name, strlen(name) + 1);
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
	if (!strcmp(cell->status, "open") && outcomes_done(line, cell))
		return -EPROTO;
	if (!strcmp(cell->status, "open") && !cell->samples)
		return line_refuse(line, "neither a sample nor a reason in %.80s", cell->key);
	if (!strcmp(cell->status, "open"))
		memcpy(cell->status, "ok", sizeof("ok"));
	line->report->open = false;
	return 0;
}
