// SPDX-License-Identifier: GPL-2.0-only
/* cell: walks the points of a bench's parameters and turns them into keys and back. */
#include "benches/cell.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

char *cell_key(const struct cell *cell, char out[CELL_KEY])
{
	const struct param *params = cell->bench->params;
	size_t used = (size_t)snprintf(out, CELL_KEY, "%s", cell->bench->name);

	for (size_t i = 0; params[i].name && used < CELL_KEY; i++)
		used += (size_t)snprintf(out + used, CELL_KEY - used, "/%s=%s", params[i].name,
					 params[i].values[cell->value[i]]);
	return out;
}

static bool cell_exists(const struct cell *cell)
{
	const struct rule *rules = cell->bench->rules;

	for (size_t i = 0; rules && rules[i].excludes; i++)
		if (rules[i].excludes(cell))
			return false;
	return true;
}

/* One step on, as an odometer counts, whether the point exists or not. */
static bool cell_step(struct cell *cell)
{
	const struct param *params = cell->bench->params;
	size_t count = 0;

	while (params[count].name)
		count++;
	while (count > 0) {
		count--;
		cell->value[count]++;
		if (params[count].values[cell->value[count]])
			return true;
		cell->value[count] = 0;
	}
	return false;
}

bool cell_first(const struct bench *bench, struct cell *cell)
{
	memset(cell, 0, sizeof(*cell));
	cell->bench = bench;
	return cell_exists(cell) || cell_next(cell);
}

bool cell_next(struct cell *cell)
{
	while (cell_step(cell))
		if (cell_exists(cell))
			return true;
	return false;
}

/* "/name=value" of one parameter at *key, which moves on. */
static bool value_find(const struct param *param, const char **key, uint8_t *value)
{
	size_t name = strlen(param->name);

	if (**key != '/' || strncmp(*key + 1, param->name, name) != 0 || (*key)[1 + name] != '=')
		return false;
	*key += name + 2;
	for (size_t i = 0; param->values[i]; i++) {
		size_t length = strlen(param->values[i]);

		if (strncmp(*key, param->values[i], length) == 0 &&
		    ((*key)[length] == '/' || (*key)[length] == '\0')) {
			*key += length;
			*value = (uint8_t)i;
			return true;
		}
	}
	return false;
}

/* Read, not looked for among all keys: a family has far more points than cells. */
int cell_find(const char *key, struct cell *cell)
{
	size_t name = strcspn(key, "/");

	for (size_t i = 0; i < bench_count; i++) {
		const struct param *params = bench_registry[i]->params;
		const char *at = key + name;
		size_t p = 0;

		if (strlen(bench_registry[i]->name) != name ||
		    strncmp(bench_registry[i]->name, key, name) != 0)
			continue;
		memset(cell, 0, sizeof(*cell));
		cell->bench = bench_registry[i];
		while (params[p].name && value_find(&params[p], &at, &cell->value[p]))
			p++;
		return !params[p].name && !*at && cell_exists(cell) ? 0 : -ENOENT;
	}
	return -ENOENT;
}

const char *cell_value(const struct cell *cell, const char *param)
{
	const struct param *params = cell->bench->params;

	for (size_t i = 0; params[i].name; i++)
		if (strcmp(params[i].name, param) == 0)
			return params[i].values[cell->value[i]];
	fprintf(stderr, "bench %s has no parameter %s\n", cell->bench->name, param);
	abort();
}

bool cell_is(const struct cell *cell, const char *param, const char *value)
{
	return strcmp(cell_value(cell, param), value) == 0;
}

uint64_t cell_bytes(const struct cell *cell, const char *param)
{
	uint64_t bytes = 0;

	if (size_parse(cell_value(cell, param), &bytes)) {
		fprintf(stderr, "bench %s: %s is no size\n", cell->bench->name, param);
		abort();
	}
	return bytes;
}
