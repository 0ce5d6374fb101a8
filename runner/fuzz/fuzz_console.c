// SPDX-License-Identifier: GPL-2.0-only
/* Fuzz target: any bytes as a guest's console; whole and byte by byte with the same end. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runner/console.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void words_check(const char *words, size_t room)
{
	must(memchr(words, '\0', room) != NULL);
	for (; *words; words++)
		must(*words >= ' ' && *words <= '~');
}

static void scan_check(const struct console_scan *scan)
{
	uint64_t named = 0;

	must(scan->count <= CONSOLE_SPLATS && scan->total >= scan->count);
	for (size_t i = 0; i < scan->count; i++) {
		const struct console_splat *splat = &scan->splats[i];

		must(splat->count >= 1 && splat->at < scan->bytes && splat->kind < SPLAT_KINDS);
		must(splat_kind_name(splat->kind)[0]);
		words_check(splat->headline, sizeof(splat->headline));
		named += splat->count;
		for (size_t j = 0; j < i; j++)
			must(scan->splats[j].kind != splat->kind ||
			     strcmp(scan->splats[j].headline, splat->headline) != 0);
	}
	must(named <= scan->total && (scan->count == CONSOLE_SPLATS || named == scan->total));
	must(!scan->head_len == !scan->total && scan->head_len < sizeof(scan->head));
	must(strlen(scan->head) == scan->head_len);
	words_check(scan->end_words, sizeof(scan->end_words));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	static struct console_scan whole, pieces;
	const char *at = (const char *)bytes;
	char words[CONSOLE_HEADLINE + 64];

	console_begin(&whole);
	console_begin(&pieces);
	console_feed(&whole, at, count);
	for (size_t i = 0; i < count; i++)
		console_feed(&pieces, at + i, 1);
	console_finish(&whole);
	console_finish(&pieces);
	must(whole.count == pieces.count && whole.total == pieces.total);
	must(whole.end == pieces.end && strcmp(whole.end_words, pieces.end_words) == 0);
	must(strcmp(whole.head, pieces.head) == 0);
	for (size_t i = 0; i < whole.count; i++)
		must(whole.splats[i].kind == pieces.splats[i].kind &&
		     whole.splats[i].at == pieces.splats[i].at &&
		     whole.splats[i].count == pieces.splats[i].count &&
		     strcmp(whole.splats[i].headline, pieces.splats[i].headline) == 0);
	scan_check(&whole);
	words_check(console_words(&whole, words, sizeof(words)), sizeof(words));
	/* What two saw alike was there once. */
	console_merge(&whole, &pieces);
	must(whole.total == pieces.total && whole.count == pieces.count);
	scan_check(&whole);
	return 0;
}
