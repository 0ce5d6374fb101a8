// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzz target: any bytes as a cell's key, and as the values that stand in one. What is taken must be
 * written back as it was read, and mean a region that can be asked about.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "benches/cell.h"
#include "benches/fixture.h"
#include "benches/folios.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

/* Words of the same meaning would be two keys of one cell. */
static void fill_check(const char *word)
{
	static const char *const shapes[] = { "prefix", "stride", "random" };
	struct region region = { .address = WINDOW_SOURCE, .length = 4 * PMD_BYTES };
	char again[32];

	if (!fill_parse(word, &region.fill))
		return;
	for (uint64_t page = 0; page < region.length / PAGE_BYTES; page += 7)
		(void)region_has(&region, page);
	if (region.fill.shape < FILL_PREFIX)
		return;
	if (region.fill.percent < 1 || region.fill.percent > 99)
		abort();
	snprintf(again, sizeof(again), "%u%s", region.fill.percent,
		 shapes[region.fill.shape - FILL_PREFIX]);
	if (strcmp(again, word) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	char *word = malloc(count + 1), key[CELL_KEY];
	enum mapping mapping;
	enum memory memory;
	enum folio folio;
	struct cell cell;

	if (!word)
		abort();
	if (count)
		memcpy(word, bytes, count);
	word[count] = '\0';
	if (cell_find(word, &cell) == 0 && strcmp(cell_key(&cell, key), word) != 0)
		abort();
	fill_check(word);
	if (folio_parse(word, &folio, &mapping) &&
	    (folio > FOLIO_2M || (mapping != MAPPING_WHOLE && folio != FOLIO_2M)))
		abort();
	if (memory_parse(word, &memory) && memory > MEMORY_HUGETLB)
		abort();
	free(word);
	return 0;
}
