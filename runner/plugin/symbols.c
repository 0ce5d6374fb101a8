// SPDX-License-Identifier: GPL-2.0-only
/* symbols: reads a kernel's functions, and finds the one that an address belongs to. */
#include "runner/plugin/symbols.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int symbols_grow(struct symbols *symbols)
{
	size_t room = symbols->room ? 2 * symbols->room : 4096;
	uint64_t *addresses = realloc(symbols->addresses, room * sizeof(*addresses));
	char **names;

	if (!addresses)
		return -1;
	symbols->addresses = addresses;
	names = realloc(symbols->names, room * sizeof(*names));
	if (!names)
		return -1;
	symbols->names = names;
	symbols->room = room;
	return 0;
}

static int symbols_line(struct symbols *symbols, const char *line)
{
	char name[SYMBOL_NAME], after;
	uint64_t address;

	/* A field's width is one less than SYMBOL_NAME. */
	if (sscanf(line, "%" SCNx64 " %127s%c", &address, name, &after) != 3 || after != '\n' ||
	    symbols->count == SYMBOLS_MAX ||
	    (symbols->count && symbols->addresses[symbols->count - 1] >= address))
		return -1;
	if (symbols->count == symbols->room && symbols_grow(symbols))
		return -1;
	symbols->addresses[symbols->count] = address;
	symbols->names[symbols->count] = strdup(name);
	return symbols->names[symbols->count++] ? 0 : -1;
}

int symbols_read(const char *path, struct symbols *symbols)
{
	char line[SYMBOL_NAME + 32];
	FILE *file = fopen(path, "re");
	int err = 0;

	*symbols = (struct symbols){ 0 };
	if (!file)
		return -1;
	while (!err && fgets(line, sizeof(line), file))
		err = symbols_line(symbols, line);
	fclose(file);
	if (!err && !symbols->count)
		err = -1;
	if (err)
		symbols_free(symbols);
	return err;
}

void symbols_free(struct symbols *symbols)
{
	for (size_t i = 0; i < symbols->count; i++)
		free(symbols->names[i]);
	free(symbols->names);
	free(symbols->addresses);
	*symbols = (struct symbols){ 0 };
}

size_t symbols_find(const struct symbols *symbols, uint64_t address)
{
	size_t low = 0, high = symbols->count; /* the first symbol above the address lies here */

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (symbols->addresses[middle] <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || !strcmp(symbols->names[low - 1], SYMBOL_GAP))
		return SIZE_MAX;
	return low - 1;
}
