// SPDX-License-Identifier: GPL-2.0-only
/* keep: judges a trial's samples by their fingerprints and hands them to the store. */
#include "runner/keep.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/keep_profile.h"

#define TORN "torn" /* the plugin's word for a region whose mark came inside an interrupt */

enum { REASON = 256, SERIES_MAX = REPORT_METRICS + 1 + REPORT_OUTCOMES + PLUGIN_FUNCTIONS };

/* One cell on its way into the store. */
struct kept {
	struct series_record series[SERIES_MAX];
	char names[PLUGIN_FUNCTIONS][72]; /* "fn:NAME" */
	char outcomes[REPORT_OUTCOMES][REPORT_OUTCOME_NAME + 10]; /* "outcome:NAME" */
	struct reject_record *rejects; /* at most one a sample */
	char (*reasons)[REASON]; /* one a sample, "" for a good one */
	size_t series_count, reject_count;
	uint64_t *values; /* all series' columns, one after the other */
	char expected[REPORT_EXPECTED];
	struct kept_profile profile;
};

static int function_index(const struct plugin_output *plugin, const char *name)
{
	for (size_t i = 0; i < plugin->function_count; i++)
		if (strcmp(plugin->functions[i], name) == 0)
			return (int)i;
	return -1;
}

/* A function that the kernel's symbols don't name was not watched: only "never entered" can stand. */
static void expect_judge(const struct report_expect *expect, const struct plugin_output *plugin,
			 const struct plugin_region *region, char *out, size_t room)
{
	int index = function_index(plugin, expect->function);
	uint64_t entries = index < 0 ? 0 : region->entries[index];

	if (index < 0 && expect->min > 0)
		snprintf(out, room, "the path can't be proven: this kernel has no symbol %s",
			 expect->function);
	else if (entries < expect->min || entries > expect->max)
		snprintf(out, room,
			 REJECT_PATH "%s entered %" PRIu64 " times instead of %" PRIu64 "%s",
			 expect->function, entries,
			 entries < expect->min ? expect->min : expect->max,
			 expect->min == expect->max ? "" : " (the nearest allowed)");
}

void path_judge(const struct report_cell *cell, const struct plugin_output *plugin,
		const struct plugin_region *region, char *out, size_t room)
{
	int torn = function_index(plugin, TORN);

	out[0] = '\0';
	if (!region) {
		snprintf(out, room, "the plugin recorded no such region");
		return;
	}
	if (torn >= 0 && region->entries[torn]) {
		snprintf(out, room, "a mark came inside an interrupt handler");
		return;
	}
	for (size_t i = 0; i < cell->expect_count && !out[0]; i++)
		expect_judge(&cell->expects[i], plugin, region, out, room);
}

static const struct plugin_region *region_of(const struct report_cell *cell, uint32_t sample,
					     const struct plugin_output *plugin)
{
	uint64_t index = cell->regions ? cell->regions[sample] : UINT64_MAX;

	return index < plugin->region_count ? &plugin->regions[index] : NULL;
}

/* The metrics that the agent read itself. */
static uint64_t *kept_metrics(struct kept *kept, const struct report *report,
			      const struct report_cell *cell, uint64_t *column)
{
	for (size_t m = 0; m < report->metric_count; m++) {
		const struct report_metric *metric = &report->metrics[m];
		const char *unsupported = metric->unsupported[0] ? metric->unsupported : NULL;

		for (uint32_t i = 0; i < cell->samples; i++)
			column[i] = cell->values[i * report->metric_count + m];
		kept->series[kept->series_count++] =
			(struct series_record){ metric->name, metric->unit, unsupported,
						unsupported ? NULL : column };
		column += cell->samples;
	}
	return column;
}

static uint64_t *kept_counts(struct kept *kept, const struct report_cell *cell,
			     const struct plugin_output *plugin, uint64_t *column)
{
	for (uint32_t i = 0; i < cell->samples; i++) {
		const struct plugin_region *region = region_of(cell, i, plugin);

		column[i] = region ? region->instructions : 0;
	}
	kept->series[kept->series_count++] =
		(struct series_record){ "insn", "instructions", NULL, column };
	return column + cell->samples;
}

/* What each sample left behind. The row that a report broke off in has no end. */
static uint64_t *kept_outcomes(struct kept *kept, const struct report_cell *cell, uint64_t *column)
{
	for (size_t o = 0; o < cell->outcome_count; o++) {
		for (uint32_t i = 0; i < cell->samples; i++) {
			size_t at = i * cell->outcome_count + o;

			column[i] = at < cell->outcome_total ? cell->outcomes[at] : 0;
		}
		snprintf(kept->outcomes[o], sizeof(kept->outcomes[o]), "outcome:%s",
			 cell->outcome_names[o]);
		kept->series[kept->series_count++] =
			(struct series_record){ kept->outcomes[o], "count", NULL, column };
		column += cell->samples;
	}
	return column;
}

static bool cell_expects(const struct report_cell *cell, const char *function)
{
	for (size_t i = 0; i < cell->expect_count; i++)
		if (strcmp(cell->expects[i].function, function) == 0)
			return true;
	return false;
}

/* The functions that were entered in any sample, and those that the cell expects. */
static uint64_t *kept_fingerprint(struct kept *kept, const struct report_cell *cell,
				  const struct plugin_output *plugin, uint64_t *column)
{
	for (size_t f = 0; f < plugin->function_count; f++) {
		const char *name = plugin->functions[f];
		bool wanted = cell_expects(cell, name);

		for (uint32_t i = 0; i < cell->samples; i++) {
			const struct plugin_region *region = region_of(cell, i, plugin);

			column[i] = region ? region->entries[f] : 0;
			wanted = wanted || column[i];
		}
		if (!wanted)
			continue;
		snprintf(kept->names[f], sizeof(kept->names[f]), "fn:%.60s", name);
		kept->series[kept->series_count++] =
			(struct series_record){ kept->names[f], "entries", NULL, column };
		column += cell->samples;
	}
	return column;
}

static void kept_rejects(struct kept *kept, const struct report_cell *cell,
			 const struct plugin_output *plugin, bool counted)
{
	/* What the agent said comes first, and in any order. */
	for (size_t i = 0; i < cell->reject_count; i++)
		if (cell->rejects[i].sample < cell->samples)
			snprintf(kept->reasons[cell->rejects[i].sample], REASON, "%s",
				 cell->rejects[i].reason);
	if (cell->outcome_total < cell->samples * cell->outcome_count &&
	    !kept->reasons[cell->samples - 1][0])
		snprintf(kept->reasons[cell->samples - 1], REASON,
			 "it ended before all that it left behind was told");
	for (uint32_t i = 0; i < cell->samples; i++) {
		char *reason = kept->reasons[i];

		if (!reason[0] && counted)
			path_judge(cell, plugin, region_of(cell, i, plugin), reason, REASON);
		if (reason[0])
			kept->rejects[kept->reject_count++] = (struct reject_record){ i, reason };
	}
}

static int kept_fill(struct kept *kept, const struct trial *trial, const struct report_cell *cell,
		     bool counted)
{
	const struct report *report = &trial->report;
	size_t columns = report->metric_count + cell->outcome_count +
			 (counted ? 1 + trial->plugin.function_count : 0);
	uint64_t *column;

	kept->values = calloc(columns * cell->samples + 1, sizeof(*kept->values));
	kept->rejects = calloc((size_t)cell->samples + 1, sizeof(*kept->rejects));
	kept->reasons = calloc((size_t)cell->samples + 1, sizeof(*kept->reasons));
	if (!kept->values || !kept->rejects || !kept->reasons)
		return -ENOMEM;
	report_expected(cell, kept->expected, sizeof(kept->expected));
	if (!cell->samples)
		return 0;
	column = kept_metrics(kept, report, cell, kept->values);
	if (counted)
		column = kept_counts(kept, cell, &trial->plugin, column);
	column = kept_outcomes(kept, cell, column);
	if (counted)
		kept_fingerprint(kept, cell, &trial->plugin, column);
	kept_rejects(kept, cell, &trial->plugin, counted);
	return counted ? kept_profile_make(&kept->profile, cell, &trial->plugin) : 0;
}

static void kept_free(struct kept *kept, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(kept[i].values);
		free(kept[i].rejects);
		free(kept[i].reasons);
		kept_profile_free(&kept[i].profile);
	}
	free(kept);
}

static bool report_has(const struct report *report, const char *key)
{
	for (size_t i = 0; i < report->cell_count; i++)
		if (strcmp(report->cells[i].key, key) == 0)
			return true;
	return false;
}

/* The cells that the trial didn't come to: nothing that was asked for is passed over in silence. */
static size_t kept_missing(const struct trial *trial, const struct ask *ask, const char *reason,
			   struct measurement_record *measurements)
{
	size_t count = 0;

	for (size_t i = 0; i < ask->cell_count; i++)
		if (!report_has(&trial->report, ask->cells[i]))
			measurements[count++] = (struct measurement_record){
				.cell = ask->cells[i],
				.status = "failed",
				.reason = reason,
				.expected = "",
			};
	return count;
}

int trial_keep(struct store *store, int64_t run_id, int64_t sequence, const struct trial *trial,
	       const struct ask *ask, bool counted, struct fault *fault)
{
	const struct report *report = &trial->report;
	struct measurement_record *measurements =
		calloc(report->cell_count + ask->cell_count + 1, sizeof(*measurements));
	struct kept *kept = calloc(report->cell_count + 1, sizeof(*kept));
	struct profile_record *profiles =
		calloc(report->cell_count + ask->cell_count + 1, sizeof(*profiles));
	struct splat_record splats[CONSOLE_SPLATS];
	struct trial_record record = {
		.sequence = sequence,
		.status = trial->ok ? "ok" : "failed",
		.reason = trial->reason,
		.console = trial->ok && !trial->splats.total ? "" : text_get(&trial->console),
		.started_us = trial->started_us,
		.ended_us = trial->ended_us,
		.measurement_count = report->cell_count,
		.measurements = measurements,
		.ending = trial_ending_name(trial->ending),
		.head = trial->splats.head,
		.splats = trial->splats.total,
		.splat_count = trial->splats.count,
		.splat_records = splats,
		.profiles = profiles,
	};
	char missing[sizeof(trial->reason) + 40];
	int err = measurements && kept && profiles ? 0 : -ENOMEM;

	snprintf(missing, sizeof(missing), "%s%s",
		 trial->ok ? "its report says nothing of it" : "its trial failed: ", trial->reason);
	for (size_t i = 0; i < trial->splats.count; i++) {
		const struct console_splat *splat = &trial->splats.splats[i];

		splats[i] = (struct splat_record){ splat_kind_name(splat->kind), splat->headline,
						   splat->count };
	}
	for (size_t i = 0; i < report->cell_count && !err; i++) {
		const struct report_cell *cell = &report->cells[i];

		err = kept_fill(&kept[i], trial, cell, counted);
		measurements[i] = (struct measurement_record){
			.cell = cell->key,
			.status = cell->status,
			.reason = cell->reason,
			.expected = kept[i].expected,
			.samples = cell->samples,
			.series_count = kept[i].series_count,
			.series = kept[i].series,
			.reject_count = kept[i].reject_count,
			.rejects = kept[i].rejects,
		};
		profiles[i] =
			(struct profile_record){ kept[i].profile.count, kept[i].profile.functions };
	}
	if (!err)
		record.measurement_count +=
			kept_missing(trial, ask, missing, measurements + report->cell_count);
	err = err ? fault_set(fault, err, "keeping a trial: %s", strerror(-err))
		  : store_trial_save(store, run_id, &record, fault);
	if (kept)
		kept_free(kept, report->cell_count);
	free(profiles);
	free(measurements);
	return err;
}
