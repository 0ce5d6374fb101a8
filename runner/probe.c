// SPDX-License-Identifier: GPL-2.0-only
/* probe: asks the agent for its cells, and a kernel for its symbols. */
#include "runner/probe.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner/trial.h"

enum { SYMBOLS_LEAST = 1000 }; /* fewer are no kernel's */

static int symbol_order(const void *a, const void *b)
{
	const struct report_symbol *x = a, *y = b;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	return strcmp(x->name, y->name);
}

bool probe_symbols_wanted(const struct kernel *kernel)
{
	return access(kernel->symbols, R_OK) != 0;
}

int probe_symbols_take(const struct kernel *kernel, struct report *report, struct fault *fault)
{
	struct text text = { 0 };
	int err = 0;

	if (report->symbol_count < SYMBOLS_LEAST)
		return fault_set(fault, -ENODATA, "%s told %zu symbols only: was it root's view?",
				 kernel->name, report->symbol_count);
	qsort(report->symbols, report->symbol_count, sizeof(*report->symbols), symbol_order);
	for (size_t i = 0; i < report->symbol_count; i++)
		text_addf(&text, "%" PRIx64 " %s\n", report->symbols[i].address,
			  report->symbols[i].name);
	err = text.failed ? -ENOMEM : file_write(kernel->symbols, text.data, text.len);
	text_free(&text);
	return err ? fault_set(fault, err, "%s: %s", kernel->symbols, strerror(-err)) : 0;
}

static int cells_take(struct report *report, struct cell_list *cells)
{
	char expected[REPORT_EXPECTED];

	cells->keys = calloc(report->cell_count + 1, sizeof(*cells->keys));
	cells->cells = calloc(report->cell_count + 1, sizeof(*cells->cells));
	if (!cells->keys || !cells->cells)
		return -ENOMEM;
	while (cells->count < report->cell_count) {
		const struct report_cell *from = &report->cells[cells->count];
		struct listed_cell *to = &cells->cells[cells->count];

		report_expected(from, expected, sizeof(expected));
		to->setup = from->setup;
		to->sample = from->sample;
		to->expected = strdup(expected);
		cells->keys[cells->count++] = strdup(from->key);
		if (!to->expected || !cells->keys[cells->count - 1])
			return -ENOMEM;
	}
	cells->rules = report->rules;
	cells->rule_count = report->rule_count;
	report->rules = NULL;
	report->rule_count = 0;
	return 0;
}

int probe_cells(uint32_t major, uint32_t minor, const char *traits, struct cell_list *cells,
		struct fault *fault)
{
	const struct ask ask = {
		.task = "cells", .kernel_major = major, .kernel_minor = minor, .traits = traits
	};
	struct trial trial;
	int err;

	memset(cells, 0, sizeof(*cells));
	err = trial_start_host(&ask, &trial_default_limits, &trial, fault);
	if (err)
		return err;
	trial_wait(&trial);
	if (trial.ok)
		err = cells_take(&trial.report, cells);
	else
		err = fault_set(fault, -EIO, "the agent does not list its cells: %s", trial.reason);
	trial_free(&trial);
	if (err)
		cell_list_free(cells);
	return err;
}

void cell_list_free(struct cell_list *cells)
{
	for (size_t i = 0; i < cells->count; i++) {
		free(cells->keys[i]);
		free(cells->cells[i].expected);
	}
	free(cells->keys);
	free(cells->cells);
	free(cells->rules);
	memset(cells, 0, sizeof(*cells));
}
