/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * list: what the parts of `remapbench list` share. Rows are collected as JSON objects, whether they
 * are then printed as such or as a table.
 */
#ifndef RUNNER_LIST_H
#define RUNNER_LIST_H

#include <jansson.h>
#include <stdbool.h>

#include "base/fault.h"

struct list_options {
	const char *what, *glob, *database;
	const char *suite, *kernel; /* of cells; NULL: not given */
	bool json;
};

/* Adds a row (NULL: no memory for it), which it owns, where the options' glob matches key. */
int row_add(json_t *rows, const struct list_options *options, const char *key, json_t *row);

/* cmd_list_cells.c: what the agent has, and what the suites take of it. */
int list_benches(const struct list_options *options, json_t *rows, struct fault *fault);
int list_cells(const struct list_options *options, json_t *rows, struct fault *fault);
int list_rules(const struct list_options *options, json_t *rows, struct fault *fault);
int list_suites(const struct list_options *options, json_t *rows, struct fault *fault);
/* Cells with what is known of each: the key alone on its line, the rest indented below it. */
void cells_print(const json_t *rows);

#endif
