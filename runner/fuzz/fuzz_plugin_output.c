// SPDX-License-Identifier: GPL-2.0-only
/* Fuzz target: any bytes as the plugin's output. */
#include <stdint.h>
#include <stdlib.h>

#include "runner/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

/* Its functions ascend, have names, and add up to the region's instructions. */
static void profile_check(const struct plugin_output *output, const struct plugin_region *region)
{
	uint64_t sum = 0;

	if (region->profile_count > output->count_count ||
	    region->profile > output->count_count - region->profile_count)
		abort();
	for (size_t i = 0; i < region->profile_count; i++) {
		const struct plugin_count *at = &output->counts[region->profile + i];

		if (at->row >= PLUGIN_ROWS || !output->rows[at->row] ||
		    (i && at[-1].row >= at->row))
			abort();
		sum += at->instructions;
	}
	if (region->profile_count && sum != region->instructions)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	struct plugin_output output;
	struct fault fault = { 0 };
	int err = plugin_output_parse((const char *)bytes, count, &output, &fault);

	if (!err != !fault.text[0] || output.function_count > PLUGIN_FUNCTIONS)
		abort();
	if (err && (output.regions || output.region_count || output.counts || output.rows))
		abort();
	for (size_t i = 0; i < output.region_count; i++)
		for (size_t f = output.function_count; f < PLUGIN_FUNCTIONS; f++)
			if (output.regions[i].entries[f])
				abort();
	for (size_t i = 0; i < output.region_count; i++)
		profile_check(&output, &output.regions[i]);
	plugin_output_free(&output);
	return 0;
}
