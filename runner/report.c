// SPDX-License-Identifier: GPL-2.0-only
/*
 * report: the parser of what an agent says. Every limit is a REPORT_* constant, and the work is
 * linear in the bytes fed.
 */
#include "runner/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/report_line.h"

static int take_env(struct line *line)
{
	struct report *report = line->report;
	struct report_env env = { 0 }, *envs;
	int err;

	err = line_name(line, "key", env.key, sizeof(env.key));
	if (err)
		return err;
	if (report->env_count >= REPORT_ENVS)
		return line_refuse(line, "more than %d lines of it", REPORT_ENVS);
	for (size_t i = 0; i < report->env_count; i++)
		if (!strcmp(report->envs[i].key, env.key))
			return line_refuse(line, "the key was there before: %s", env.key);
	line_text(line, env.value, sizeof(env.value));
	envs = line_grow(line, report->envs, report->env_count, sizeof(*envs));
	if (!envs)
		return -ENOMEM;
	report->envs = envs;
	report->envs[report->env_count++] = env;
	return 0;
}

static int address_parse(const char *field, uint64_t *address)
{
	static const char digits[] = "0123456789abcdef";
	const char *digit;

	if (!strncmp(field, "0x", 2))
		field += 2;
	if (!*field || strlen(field) > 16)
		return -EINVAL;
	for (*address = 0; *field; field++) {
		digit = strchr(digits, *field);
		if (!digit)
			return -EINVAL;
		*address = *address << 4 | (uint64_t)(digit - digits);
	}
	return 0;
}

static int take_symbol(struct line *line)
{
	struct report *report = line->report;
	const char *field = line_field(line);
	struct report_symbol symbol, *symbols;
	char name[512]; /* the kernel's own KSYM_NAME_LEN */
	int err;

	if (!field || address_parse(field, &symbol.address))
		return line_refuse(line, "no hex address");
	err = line_name(line, "name", name, sizeof(name));
	if (!err)
		err = line_done(line);
	if (err)
		return err;
	if (report->symbol_count >= REPORT_SYMBOLS)
		return line_refuse(line, "more than %d symbols", REPORT_SYMBOLS);
	err = line_charge(line, sizeof(symbol) + strlen(name) + 1);
	if (err)
		return err;
	symbols = line_grow(line, report->symbols, report->symbol_count, sizeof(*symbols));
	if (!symbols)
		return -ENOMEM;
	report->symbols = symbols;
	symbol.name = strdup(name);
	if (!symbol.name)
		return fault_set(line->fault, -ENOMEM, "no memory");
	report->symbols[report->symbol_count++] = symbol;
	return 0;
}

static int take_metric(struct line *line)
{
	struct report *report = line->report;
	struct report_metric metric = { 0 };
	const char *status;
	uint64_t index;
	int err;

	if (report->cell_count)
		return line_refuse(line, "after the first cell");
	err = line_number(line, "index", &index);
	if (!err && report->metric_count >= REPORT_METRICS)
		return line_refuse(line, "more than %d metrics", REPORT_METRICS);
	if (!err && index != report->metric_count)
		return line_refuse(line, "index %llu where %zu was due", (unsigned long long)index,
				   report->metric_count);
	if (!err)
		err = line_name(line, "name", metric.name, sizeof(metric.name));
	if (!err)
		err = line_name(line, "unit", metric.unit, sizeof(metric.unit));
	if (err)
		return err;
	for (size_t i = 0; i < report->metric_count; i++)
		if (!strcmp(report->metrics[i].name, metric.name))
			return line_refuse(line, "the name was there before: %s", metric.name);
	status = line_field(line);
	if (status && !strcmp(status, "unsupported"))
		err = line_reason(line, metric.unsupported, sizeof(metric.unsupported));
	else if (!status || strcmp(status, "ok"))
		err = line_refuse(line, "neither ok nor unsupported");
	else
		err = line_done(line);
	if (!err)
		report->metrics[report->metric_count++] = metric;
	return err;
}

/* A line of the guest kernel's log. Only what it says of splats is kept: there may be thousands. */
static int take_log(struct line *line)
{
	struct report *report = line->report;
	char text[REPORT_LINE];

	if (report->open)
		return line_refuse(line, "inside a cell");
	if (report->log_count >= REPORT_LOGS)
		return line_refuse(line, "more than %d lines of it", REPORT_LOGS);
	report->log_count++;
	line_text(line, text, sizeof(text));
	console_feed(&report->log, text, strlen(text));
	console_feed(&report->log, "\n", 1);
	return 0;
}

static int take_end(struct line *line)
{
	if (line->report->open)
		return line_refuse(line, "inside a cell");
	if (line_done(line))
		return -EPROTO;
	line->report->ended = true;
	return 0;
}

static const struct {
	const char *keyword;
	int (*take)(struct line *line);
} report_lines[] = {
	{ "sample", take_sample },     { "region", take_region },
	{ "outcome", take_outcome },   { "invalid", take_invalid },
	{ "symbol", take_symbol },     { "cell", take_cell },
	{ "expect", take_expect },     { "unsupported", take_unsupported },
	{ "failed", take_failed },     { "cell-end", take_cell_end },
	{ "cells", take_listed },      { "rule", take_rule },
	{ "metric", take_metric },     { "env", take_env },
	{ "progress", take_progress }, { "count", take_count },
	{ "trouble", take_trouble },   { "log", take_log },
	{ "end", take_end },
};

/* The whole line, NUL-terminated, is in partial. */
static int report_line(struct report *report, struct fault *fault)
{
	struct line line = { report, report->partial, fault };
	const char *keyword;
	size_t len = report->partial_len;
	int err;

	if (len && report->partial[len - 1] == '\r')
		report->partial[--len] = '\0';
	for (size_t i = 0; i < len; i++)
		if (report->partial[i] < ' ' || report->partial[i] > '~')
			return fault_set(fault, -EPROTO, "byte 0x%02x at column %zu",
					 (unsigned char)report->partial[i], i + 1);
	if (!report->started) {
		if (strcmp(report->partial, "remapbench-report 1"))
			return fault_set(fault, -EPROTO, "not remapbench-report 1 but: %.80s",
					 report->partial);
		report->started = true;
		return 0;
	}
	keyword = line_field(&line);
	for (size_t i = 0; keyword && i < sizeof(report_lines) / sizeof(*report_lines); i++) {
		if (strcmp(keyword, report_lines[i].keyword))
			continue;
		err = report_lines[i].take(&line);
		return err ? fault_wrap(fault, err, "%s", report_lines[i].keyword) : 0;
	}
	return fault_set(fault, -EPROTO, "unknown keyword: %.80s", keyword ? keyword : "");
}

/* Puts a piece of a line after what is there; with `whole` it was the line's last. */
static int report_add(struct report *report, const char *bytes, size_t count, bool whole,
		      struct fault *fault)
{
	int err;

	if (report->ended)
		return fault_set(fault, -EPROTO, "something after end");
	if (count >= sizeof(report->partial) - report->partial_len)
		return fault_set(fault, -EPROTO, "longer than %d bytes", REPORT_LINE);
	memcpy(report->partial + report->partial_len, bytes, count);
	report->partial_len += count;
	if (!whole)
		return 0;
	report->partial[report->partial_len] = '\0';
	err = report_line(report, fault);
	report->partial_len = 0;
	if (!err)
		report->line++;
	return err;
}

int report_feed(struct report *report, const char *bytes, size_t count, struct fault *fault)
{
	const char *newline;
	size_t piece;

	while (count && !report->broken) {
		newline = memchr(bytes, '\n', count);
		piece = newline ? (size_t)(newline - bytes) : count;
		report->broken = report_add(report, bytes, piece, newline, &report->why);
		piece += newline ? 1 : 0;
		bytes += piece;
		count -= piece;
		if (report->broken)
			fault_wrap(&report->why, 0, "line %llu of the report",
				   (unsigned long long)report->line + 1);
	}
	return report->broken ? fault_set(fault, report->broken, "%s", report->why.text) : 0;
}

int report_finish(struct report *report, const char *reason, struct fault *fault)
{
	struct report_cell *cell;

	console_finish(&report->log);
	if (report->open) {
		cell = &report->cells[report->cell_count - 1];
		if (!strcmp(cell->status, "open")) {
			memcpy(cell->status, "failed", sizeof("failed"));
			snprintf(cell->reason, sizeof(cell->reason), "%s", reason);
		}
		report->open = false;
	}
	if (report->broken)
		return fault_set(fault, report->broken, "%s", report->why.text);
	if (!report->ended)
		return fault_set(fault, -EPROTO, "the report is cut short after line %llu",
				 (unsigned long long)report->line);
	return 0;
}

void report_init(struct report *report)
{
	memset(report, 0, sizeof(*report));
	console_begin(&report->log);
}

void report_free(struct report *report)
{
	for (size_t i = 0; i < report->cell_count; i++) {
		free(report->cells[i].values);
		free(report->cells[i].regions);
		free(report->cells[i].rejects);
		free(report->cells[i].outcomes);
	}
	for (size_t i = 0; i < report->symbol_count; i++)
		free(report->symbols[i].name);
	free(report->cells);
	free(report->rules);
	free(report->envs);
	free(report->symbols);
	free(report->stress);
	report_init(report);
}
