// SPDX-License-Identifier: GPL-2.0-only
/* Fuzz target: any bytes as the plugin's output. */
#include <stdint.h>
#include <stdlib.h>

#include "runner/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	struct plugin_output output;
	struct fault fault = { 0 };
	int err = plugin_output_parse((const char *)bytes, count, &output, &fault);

	if (!err != !fault.text[0] || output.function_count > PLUGIN_FUNCTIONS)
		abort();
	if (err && (output.regions || output.region_count))
		abort();
	for (size_t i = 0; i < output.region_count; i++)
		for (size_t f = output.function_count; f < PLUGIN_FUNCTIONS; f++)
			if (output.regions[i].entries[f])
				abort();
	plugin_output_free(&output);
	return 0;
}
