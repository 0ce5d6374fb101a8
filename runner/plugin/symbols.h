/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * symbols: which kernel function an address belongs to. The runner writes them (symbol_map.h) to a file
 * that the plugin reads when it starts: one line each, ascending, "ADDRESS NAME", the address in hex
 * without 0x. A symbol reaches to the next one; the name "-" stands where no function is.
 */
#ifndef RUNNER_PLUGIN_SYMBOLS_H
#define RUNNER_PLUGIN_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

enum { SYMBOLS_MAX = 400000, SYMBOL_NAME = 128 /* bytes, with the NUL */ };
#define SYMBOL_GAP "-"

struct symbols {
	uint64_t *addresses;
	char **names;
	size_t count, room;
};

/* 0, or -1 where the file can't be read or holds anything else. */
int symbols_read(const char *path, struct symbols *symbols);
void symbols_free(struct symbols *symbols);
/* The index of the symbol that reaches over the address; SIZE_MAX where there is none. */
size_t symbols_find(const struct symbols *symbols, uint64_t address);

#endif
