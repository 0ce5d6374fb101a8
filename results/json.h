/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * json: what the queries return, as JSON. Each returns a new reference, NULL where memory ran out.
 * Numbers are numbers; one that there is none of is null.
 */
#ifndef RESULTS_JSON_H
#define RESULTS_JSON_H

#include <jansson.h>
#include <stdio.h>

#include "results/compare.h"
#include "results/query.h"

json_t *words_json(const char *string); /* always valid UTF-8; lines stay lines */
json_t *number_json(double number);
json_t *count_json(uint64_t count);
json_t *run_json(const struct run_info *run);
json_t *provenance_json(const struct pair_list *pairs);
json_t *summary_json(const struct cell_summary *row);
json_t *summaries_json(const struct summary_list *summaries);
json_t *splats_json(const struct splat_list *splats);
json_t *trial_json(const struct trial_info *trial);
json_t *differences_json(const struct comparison *comparison);

/* Writes it for people and scripts alike, with a newline, and drops the reference. -ENOMEM for NULL, -EIO. */
int json_write(json_t *json, FILE *out);

#endif
