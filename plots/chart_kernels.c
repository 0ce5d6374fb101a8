// SPDX-License-Identifier: GPL-2.0-only
/* chart_kernels: the aligned, the mutually aligned and the unaligned move across kernel builds. */
#include <stdio.h>
#include <string.h>

#include "plots/chart.h"

/* How long the end is that all releases share from a dash on: "-cloud-amd64" says nothing new. */
static size_t shared_ending(const struct run_info *const *runs, size_t count)
{
	const char *first = runs[0]->kernel_release;

	for (const char *dash = strchr(first, '-'); dash && count > 1;
	     dash = strchr(dash + 1, '-')) {
		size_t length = strlen(dash), same = 0;

		for (size_t i = 0; i < count; i++) {
			const char *release = runs[i]->kernel_release;
			size_t whole = strlen(release);

			same += whole > length && strcmp(release + whole - length, dash) == 0;
		}
		if (same == count)
			return length;
	}
	return 0;
}

/* Two builds of one release are told apart by their names. */
static bool release_is_twice(const struct run_info *const *runs, size_t count, size_t which)
{
	size_t same = 0;

	for (size_t i = 0; i < count; i++)
		same += strcmp(runs[i]->kernel_release, runs[which]->kernel_release) == 0;
	return same > 1;
}

static int fill(struct source *source, const struct run_info *const *runs, size_t count,
		struct figure *figure, struct fault *fault)
{
	static const char *const aligns[] = { "pmd", "mutual", "unaligned" };
	size_t ending = shared_ending(runs, count);

	(void)fault;
	figure_words(figure, &figure->x_label, "kernel build%s%s (32M, 4K folios, populated)",
		     ending ? ", each …" : "",
		     ending ? runs[0]->kernel_release + strlen(runs[0]->kernel_release) - ending
			    : "");
	for (size_t i = 0; i < count; i++) {
		const char *release = runs[i]->kernel_release;
		char name[160];

		if (release_is_twice(runs, count, i))
			snprintf(name, sizeof(name), "%s", runs[i]->kernel_name);
		else
			snprintf(name, sizeof(name), "%.*s", (int)(strlen(release) - ending),
				 release);
		figure_place_add(figure, name, "");
	}
	for (size_t a = 0; a < sizeof(aligns) / sizeof(*aligns); a++) {
		size_t series =
			figure_series_add(figure, aligns[a], (enum figure_hue)(HUE_PMD + a));

		for (size_t i = 0; i < count; i++) {
			const char *cell =
				chart_cell(source, runs[i], "32M", aligns[a], "100", "4K");

			figure_value_add(figure, series, (double)i, runs[i]->kernel_release,
					 cell ? cell : "", runs[i],
					 cell ? source_cost(source, runs[i], cell) : NULL);
		}
	}
	return 0;
}

const struct chart chart_kernels = {
	.name = "kernels",
	.title = "One mremap of 32 MiB across kernel builds",
	.asks = "Which kernel made the move dearer or cheaper, and in which path?",
	.needs = "move/size=32M with fill=100 and folio=4K, on one or more kernels",
	.make = "remapbench run -i insn -k KERNEL -k KERNEL",
	.kind = FIGURE_NAMES,
	.instrument = "insn",
	.across = true,
	.fill = fill,
};
