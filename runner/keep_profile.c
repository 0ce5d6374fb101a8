// SPDX-License-Identifier: GPL-2.0-only
/* keep_profile: turns the regions' lists of functions into a column for each function. */
#include "runner/keep_profile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "results/profile.h"

/* The functions of one cell's samples. */
struct used {
	uint32_t column[PLUGIN_ROWS]; /* a row's; 0: not used, then its column + 1 */
	struct used_row {
		const char *name;
		uint32_t row;
	} rows[PLUGIN_ROWS];
	size_t count;
};

static const struct plugin_region *region_of(const struct report_cell *cell, uint32_t sample,
					     const struct plugin_output *plugin)
{
	uint64_t index = cell->regions ? cell->regions[sample] : UINT64_MAX;

	return index < plugin->region_count ? &plugin->regions[index] : NULL;
}

static int row_order(const void *a, const void *b)
{
	const struct used_row *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static void used_add(struct used *used, const struct plugin_output *plugin,
		     const struct plugin_region *region)
{
	for (size_t i = 0; i < region->profile_count; i++) {
		uint32_t row = plugin->counts[region->profile + i].row;

		if (used->column[row])
			continue;
		used->column[row] = 1;
		used->rows[used->count++] = (struct used_row){ plugin->rows[row], row };
	}
}

/* Rows of one name (static functions of two files) share a column: how many there are. */
static size_t used_number(struct used *used, struct function_record *functions)
{
	size_t columns = 0;

	qsort(used->rows, used->count, sizeof(*used->rows), row_order);
	for (size_t i = 0; i < used->count; i++) {
		if (!i || strcmp(used->rows[i].name, used->rows[i - 1].name) != 0)
			functions[columns++].name = used->rows[i].name;
		used->column[used->rows[i].row] = (uint32_t)columns;
	}
	return columns;
}

static void values_fill(struct kept_profile *profile, const struct used *used,
			const struct report_cell *cell, const struct plugin_output *plugin)
{
	for (size_t f = 0; f < profile->count; f++)
		profile->functions[f].values = profile->values + f * cell->samples;
	for (uint32_t s = 0; s < cell->samples; s++) {
		const struct plugin_region *region = region_of(cell, s, plugin);

		for (size_t i = 0; region && i < region->profile_count; i++) {
			const struct plugin_count *count = &plugin->counts[region->profile + i];
			size_t column = used->column[count->row] - 1;

			profile->values[column * cell->samples + s] += count->instructions;
		}
	}
}

int kept_profile_make(struct kept_profile *profile, const struct report_cell *cell,
		      const struct plugin_output *plugin)
{
	struct used *used;
	int err = 0;

	*profile = (struct kept_profile){ 0 };
	if (!plugin->profiled || !cell->samples)
		return 0;
	used = calloc(1, sizeof(*used));
	if (!used)
		return -ENOMEM;
	for (uint32_t s = 0; s < cell->samples; s++) {
		const struct plugin_region *region = region_of(cell, s, plugin);

		if (region)
			used_add(used, plugin, region);
	}
	profile->functions = calloc(used->count + 1, sizeof(*profile->functions));
	if (!profile->functions)
		err = -ENOMEM;
	else
		profile->count = used_number(used, profile->functions);
	if (profile->count > PROFILE_VALUES / cell->samples)
		profile->count = 0;
	if (!err && profile->count) {
		profile->values = calloc(profile->count * cell->samples, sizeof(*profile->values));
		if (profile->values)
			values_fill(profile, used, cell, plugin);
		else
			err = -ENOMEM;
	}
	free(used);
	if (err)
		kept_profile_free(profile);
	return err;
}

void kept_profile_free(struct kept_profile *profile)
{
	free(profile->functions);
	free(profile->values);
	*profile = (struct kept_profile){ 0 };
}
