// SPDX-License-Identifier: GPL-2.0-only
/* watchlist: picks the watched functions and the interrupt entries out of a kernel's symbols. */
#include "runner/watchlist.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "runner/paths.h"
#include "runner/plugin/watch.h"

enum {
	NAMES_MAX = 40,
	SYMBOLS_LIMIT = 64 << 20,
	FIRST_VECTOR = 0x20, /* FIRST_EXTERNAL_VECTOR: below are the exceptions */
	VECTORS = 256,
};

struct names {
	char items[NAMES_MAX][WATCH_NAME];
	size_t count;
};

static int names_read(struct names *names, struct fault *fault)
{
	char path[PATH_MAX], *save = NULL;
	struct text text = { 0 };
	int err = path_of_config("watched-functions", path);

	if (!err)
		err = file_read(path, 1 << 16, &text);
	if (err)
		return fault_set(fault, err, "watched-functions: %s", strerror(-err));
	for (char *line = strtok_r(text.data, "\n", &save); line && !err;
	     line = strtok_r(NULL, "\n", &save)) {
		if (line[0] == '#' || !line[0])
			continue;
		if (names->count == NAMES_MAX || strlen(line) >= WATCH_NAME || strchr(line, ' '))
			err = fault_set(fault, -EINVAL, "%s: '%s' is one too many, or no name",
					path, line);
		else
			snprintf(names->items[names->count++], WATCH_NAME, "%s", line);
	}
	text_free(&text);
	return err;
}

/*
 * "f", or "f.isra.0", "f.constprop.0": a copy that the compiler specialised, entered in f's stead.
 * The cold half of either is reached by a jump from inside it, which is no entry.
 */
static bool name_is(const char *symbol, const char *name)
{
	size_t length = strlen(name);

	if (strncmp(symbol, name, length) != 0 || strstr(symbol + length, ".cold"))
		return false;
	return !symbol[length] || strncmp(symbol + length, ".isra.", 6) == 0 ||
	       strncmp(symbol + length, ".constprop.", 11) == 0;
}

static void watch_symbol(const struct names *names, uint64_t address, const char *symbol,
			 uint64_t next, struct text *out)
{
	bool stubs = strcmp(symbol, "irq_entries_start") == 0;
	bool spurious = strcmp(symbol, "spurious_entries_start") == 0;

	if (strncmp(symbol, "asm_sysvec_", 11) == 0)
		text_addf(out, "interrupt 0x%" PRIx64 "\n", address);
	else if (strcmp(symbol, "asm_exc_page_fault") == 0)
		text_addf(out, "fault 0x%" PRIx64 "\n", address);
	else if (strncmp(symbol, "asm_exc_", 8) == 0)
		text_addf(out, "exception 0x%" PRIx64 "\n", address);
	if ((stubs || spurious) && next > address) {
		/* The vectors share the space evenly; the local APIC's own are in the second table. */
		uint64_t room = next - address, stride = 8;

		while (stride < 64 && stride * 2 * (VECTORS - FIRST_VECTOR) <= room)
			stride *= 2;
		text_addf(out, "stubs 0x%" PRIx64 " 0x%" PRIx64 " %" PRIu64 "\n", address, next,
			  stride);
	}
	for (size_t i = 0; i < names->count; i++)
		if (name_is(symbol, names->items[i]))
			text_addf(out, "function 0x%" PRIx64 " %s\n", address, names->items[i]);
}

int watchlist_make(const char *symbols, struct text *out, struct fault *fault)
{
	struct names names = { 0 };
	struct text text = { 0 };
	char *save = NULL;
	int err = names_read(&names, fault);

	if (err)
		return err;
	err = file_read(symbols, SYMBOLS_LIMIT, &text);
	if (err || !text.data) {
		err = fault_set(fault, err ? err : -ENODATA, "%s: %s", symbols, strerror(-err));
		goto out;
	}
	for (char *line = strtok_r(text.data, "\n", &save); line;) {
		char *next = strtok_r(NULL, "\n", &save), *name;
		uint64_t address = strtoull(line, &name, 16);
		uint64_t after = next ? strtoull(next, NULL, 16) : 0;

		if (*name == ' ')
			watch_symbol(&names, address, name + 1, after, out);
		line = next;
	}
	if (out->failed)
		err = -ENOMEM;
	else if (!out->len)
		err = fault_set(fault, -ENODATA, "%s names no function that is watched", symbols);
out:
	text_free(&text);
	return err;
}
