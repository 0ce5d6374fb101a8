// SPDX-License-Identifier: GPL-2.0-only
/* Fuzz target: any bytes as a reference dataset. What is taken is taken again from what is written of it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "results/reference.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	struct reference reference, second;
	struct text once = { 0 }, twice = { 0 };

	if (reference_parse((const char *)bytes, count, &reference, NULL))
		return 0;
	reference_write(&reference, &once);
	if (reference_parse(text_get(&once), once.len, &second, NULL))
		abort();
	reference_write(&second, &twice);
	if (once.len != twice.len || memcmp(once.data, twice.data, once.len) != 0)
		abort();
	text_free(&once);
	text_free(&twice);
	reference_free(&reference);
	reference_free(&second);
	return 0;
}
