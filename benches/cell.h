/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cell: the points of a bench's parameters, and their keys:
 * bench/param=value/param=value in the bench's declared order.
 */
#ifndef BENCHES_CELL_H
#define BENCHES_CELL_H

#include "benches/bench.h"

enum { CELL_KEY = 256 }; /* bytes of a key, with its NUL */

/* Writes the key; returns out. */
char *cell_key(const struct cell *cell, char out[CELL_KEY]);
/* The cell that a key names, among the cells that exist: 0 or -ENOENT. */
int cell_find(const char *key, struct cell *cell);
/* The first cell of a bench (those that don't exist left out): false if it has none. */
bool cell_first(const struct bench *bench, struct cell *cell);
/* The next one, the last parameter running fastest; false at the end. */
bool cell_next(struct cell *cell);

/* The value of a parameter; the bench must have it. */
const char *cell_value(const struct cell *cell, const char *param);
bool cell_is(const struct cell *cell, const char *param, const char *value);
/* The value as bytes ("32M"). */
uint64_t cell_bytes(const struct cell *cell, const char *param);

#endif
