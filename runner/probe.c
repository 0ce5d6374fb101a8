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

static int symbols_keep(const struct kernel *kernel, struct report *report, struct fault *fault)
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

int probe_symbols(const struct kernel *kernel, const char *parent, struct fault *fault)
{
	const struct ask ask = { .task = "symbols" };
	struct trial trial;
	int err;

	if (access(kernel->symbols, R_OK) == 0)
		return 0;
	err = trial_start_guest(kernel, GUEST_EMULATED, &ask, &trial_default_limits, parent, &trial,
				fault);
	if (err)
		return err;
	trial_wait(&trial);
	if (trial.ok)
		err = symbols_keep(kernel, &trial.report, fault);
	else
		err = fault_set(fault, -EIO, "%s does not boot to its symbols: %s", kernel->name,
				trial.reason);
	trial_free(&trial);
	return err;
}

static int cells_copy(const struct report *report, struct cell_list *cells)
{
	cells->keys = calloc(report->cell_count + 1, sizeof(*cells->keys));
	if (!cells->keys)
		return -ENOMEM;
	for (; cells->count < report->cell_count; cells->count++) {
		cells->keys[cells->count] = strdup(report->cells[cells->count].key);
		if (!cells->keys[cells->count])
			return -ENOMEM;
	}
	return 0;
}

int probe_cells(struct cell_list *cells, struct fault *fault)
{
	const struct ask ask = { .task = "cells" };
	struct trial trial;
	int err;

	memset(cells, 0, sizeof(*cells));
	err = trial_start_host(&ask, &trial_default_limits, &trial, fault);
	if (err)
		return err;
	trial_wait(&trial);
	if (trial.ok)
		err = cells_copy(&trial.report, cells);
	else
		err = fault_set(fault, -EIO, "the agent does not list its cells: %s", trial.reason);
	trial_free(&trial);
	if (err)
		cell_list_free(cells);
	return err;
}

void cell_list_free(struct cell_list *cells)
{
	for (size_t i = 0; cells->keys && i < cells->count; i++)
		free(cells->keys[i]);
	free(cells->keys);
	memset(cells, 0, sizeof(*cells));
}
