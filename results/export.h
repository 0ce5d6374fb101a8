/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * export: a run for other programs: CSV (RFC 4180, behind lines that begin with "# run") or JSON.
 * Whatever differs between two runs that measured the same (ids, dates) stands in those lines, or in
 * the "run" object; the rows are only what was measured.
 */
#ifndef RESULTS_EXPORT_H
#define RESULTS_EXPORT_H

#include <stdio.h>

#include "base/fault.h"
#include "results/query.h"

enum export_format {
	EXPORT_CSV,
	EXPORT_JSON,
};

/* A row a cell and metric, as query_summaries orders them. -EIO for a write error. */
int export_summaries(struct store *store, const struct run_info *run, enum export_format format,
		     FILE *out, struct fault *fault);
/* A row a sample, as query_samples orders them. */
int export_samples(struct store *store, const struct run_info *run, enum export_format format,
		   FILE *out, struct fault *fault);

#endif
