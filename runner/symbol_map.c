// SPDX-License-Identifier: GPL-2.0-only
/* symbol_map: one name for each address of a kernel's text. */
#include "runner/symbol_map.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "runner/plugin/symbols.h"

enum { SYMBOLS_LIMIT = 64 << 20, LAST_FUNCTION = 1 << 16 /* bytes that the last one may have */ };

struct place { /* what is at one address */
	uint64_t address;
	const char *name;
	bool edge; /* of a section of text: no function begins here, unless another name says so */
};

/* The protocol's own signs, and what is not shown as it is, can't be in a name. */
static bool name_is_plain(const char *name)
{
	for (const char *at = name; *at; at++)
		if (*at <= ' ' || *at > '~' || *at == '=')
			return false;
	return name[0] && name[0] != '[' && strcmp(name, SYMBOL_GAP) != 0;
}

/* "_stext", "_einittext", "__softirqentry_text_end" …: arch/x86/kernel/vmlinux.lds.S. */
static bool name_is_edge(const char *name)
{
	static const char *const edges[] = { "_text",	   "_stext",	 "_etext",
					     "_sinittext", "_einittext", "__inittext_end" };
	static const char *const ends[] = { "_text_start", "_text_end" };
	const size_t length = strlen(name);

	for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++)
		if (!strcmp(name, edges[i]))
			return true;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		const size_t end = strlen(ends[i]);

		if (!strncmp(name, "__", 2) && length > end &&
		    !strcmp(name + length - end, ends[i]))
			return true;
	}
	return false;
}

/* The room before a function that CONFIG_FUNCTION_PADDING leaves: nothing runs there. */
static bool name_is_padding(const char *name)
{
	return !strncmp(name, "__pfx_", 6);
}

static void place_add(struct place *place, const char *name)
{
	if (name_is_edge(name))
		place->edge = true;
	else if (name_is_plain(name) && !name_is_padding(name) &&
		 (!place->name || (name[0] != '_' && place->name[0] == '_')))
		place->name = name;
}

static void place_write(const struct place *place, struct text *out)
{
	if (place->name)
		text_addf(out, "%" PRIx64 " %.*s\n", place->address, SYMBOL_NAME - 1, place->name);
	else if (place->edge)
		text_addf(out, "%" PRIx64 " " SYMBOL_GAP "\n", place->address);
}

/* "ADDRESS NAME", ascending; what is neither is passed over. */
static size_t places_write(char *symbols, struct text *out)
{
	struct place place = { 0 };
	char *save = NULL, *name;
	size_t count = 0;

	for (char *line = strtok_r(symbols, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		uint64_t address = strtoull(line, &name, 16);

		if (name == line || *name != ' ' || address < place.address || !address)
			continue;
		if (address != place.address) {
			if (count == SYMBOLS_MAX - 2)
				break;
			count += place.name || place.edge;
			place_write(&place, out);
			place = (struct place){ .address = address };
		}
		place_add(&place, name + 1);
	}
	place_write(&place, out);
	count += place.name || place.edge;
	if (place.name && !__builtin_add_overflow(place.address, LAST_FUNCTION, &place.address)) {
		place.name = NULL;
		place.edge = true;
		place_write(&place, out);
	}
	return count;
}

int symbol_map_make(const char *symbols, struct text *out, struct fault *fault)
{
	struct text text = { 0 };
	int err = file_read(symbols, SYMBOLS_LIMIT, &text);

	if (err || !text.data)
		err = fault_set(fault, err ? err : -ENODATA, "%s: %s", symbols,
				strerror(err ? -err : ENODATA));
	else if (!places_write(text.data, out))
		err = fault_set(fault, -ENODATA, "%s names no function", symbols);
	else if (out->failed)
		err = fault_set(fault, -ENOMEM, "%s: %s", symbols, strerror(ENOMEM));
	text_free(&text);
	return err;
}
