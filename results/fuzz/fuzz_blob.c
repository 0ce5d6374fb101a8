// SPDX-License-Identifier: GPL-2.0-only
/* Fuzz target: any bytes as a blob. What is taken must be what would be written again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "results/blob.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	uint64_t *values = NULL;
	struct text again = { 0 };
	size_t values_count = 0;

	if (blob_decode(bytes, count, &values, &values_count))
		return 0;
	if (blob_encode(values, values_count, &again) || again.len != count ||
	    memcmp(again.data, bytes, count) != 0)
		abort();
	text_free(&again);
	free(values);
	return 0;
}
