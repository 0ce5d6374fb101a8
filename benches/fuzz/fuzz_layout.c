// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzz target: any bytes as two texts like /proc/self/maps, parted by a NUL. A text is the same as
 * itself, and what matches no VMA has none in the windows.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	static const struct extent one = { WINDOW_SOURCE, WINDOW_SOURCE + PMD_BYTES };
	char *texts = malloc(count + 2), reason[REASON_SIZE] = "";
	const char *second;
	int forth, back;

	if (!texts)
		abort();
	if (count)
		memcpy(texts, bytes, count);
	texts[count] = texts[count + 1] = '\0';
	second = texts + strlen(texts) + 1;
	forth = layout_compare(texts, second, reason);
	if (forth && !reason[0])
		abort();
	back = layout_compare(second, texts, reason);
	if (!forth != !back || layout_compare(texts, texts, reason))
		abort();
	/* It can't be one VMA and none. */
	if (!layout_matches(texts, &one, 1, reason) && !layout_matches(texts, NULL, 0, reason))
		abort();
	free(texts);
	return 0;
}
