// SPDX-License-Identifier: GPL-2.0-only
/* Fuzz target: any bytes as an agent's report; in one piece, and byte by byte with the same end. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runner/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void cell_check(const struct report *report, const struct report_cell *cell)
{
	must(strcmp(cell->status, "open") != 0);
	must(!strcmp(cell->status, "ok") || !strcmp(cell->status, "listed") || cell->reason[0]);
	must(cell->samples <= cell->room && cell->reject_count <= cell->samples);
	must(cell->expect_count <= REPORT_EXPECTS && cell->outcome_count <= REPORT_OUTCOMES);
	must(cell->outcome_total <= cell->samples * cell->outcome_count);
	must(strcmp(cell->status, "ok") != 0 ||
	     cell->outcome_total == cell->samples * cell->outcome_count);
	for (uint32_t i = 0; i < cell->samples; i++)
		must(cell->regions[i] == UINT64_MAX || cell->regions[i] < report->region_count);
	for (size_t i = 0; i < cell->reject_count; i++)
		must(cell->rejects[i].sample < cell->samples && cell->rejects[i].reason[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	static struct report whole, pieces;
	struct fault one = { 0 }, other = { 0 };
	const char *at = (const char *)bytes;
	int err, again = 0;

	report_init(&whole);
	report_init(&pieces);
	err = report_feed(&whole, at, count, &one);
	for (size_t i = 0; i < count; i++)
		again = report_feed(&pieces, at + i, 1, &other);
	must(err == again && !strcmp(one.text, other.text));
	err = report_finish(&whole, "cut", &one);
	again = report_finish(&pieces, "cut", &other);
	must(err == again && !strcmp(one.text, other.text) && !err == !one.text[0]);
	must(whole.cell_count == pieces.cell_count && whole.line == pieces.line);
	must(whole.rule_count == pieces.rule_count && whole.rule_count <= REPORT_RULES);
	must(whole.metric_count <= REPORT_METRICS && whole.cell_count <= REPORT_CELLS);
	for (size_t i = 0; i < whole.cell_count; i++)
		cell_check(&whole, &whole.cells[i]);
	report_free(&whole);
	report_free(&pieces);
	return 0;
}
