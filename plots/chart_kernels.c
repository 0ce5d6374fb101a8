// SPDX-License-Identifier: GPL-2.0-only
/* chart_kernels: cells across kernel builds in version order, a panel each, their steps marked. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/chart.h"

enum { PANELS = 6 }; /* in one figure */

/* Without --cell: each of the ways in which a move goes, and many VMAs. */
static const char *const cells_of_chart[] = {
	"move/size=32M/align=pmd/fill=100/folio=4K",
	"move/size=32M/align=pmd/fill=100/folio=4K/type=anon",
	"move/size=32M/align=mutual/fill=100/folio=4K",
	"move/size=32M/align=mutual/fill=100/folio=4K/type=anon",
	"move/size=32M/align=unaligned/fill=100/folio=4K",
	"move/size=32M/align=unaligned/fill=100/folio=4K/type=anon",
	"move/size=32M/align=unaligned/fill=100/folio=2M/type=anon",
	"move/size=1G/align=pud/fill=100/folio=4K/type=anon",
	"multi_vma/vmas=100/how=one_call/layout=adjacent/kind=anon/piece=16K/fill=100",
};

static bool cell_wanted(const struct chart_choice *choice, const char *cell)
{
	const char *const *globs = choice->cell_count ? choice->cells : cells_of_chart;
	size_t count = choice->cell_count ? choice->cell_count
					  : sizeof(cells_of_chart) / sizeof(*cells_of_chart);

	for (size_t i = 0; i < count; i++)
		if (glob_match(globs[i], cell))
			return true;
	return false;
}

/* Has it a count on any build, in a run that was asked for? */
static bool cell_is_counted(const struct history *history, const struct history_cell *cell,
			    const struct chart_choice *choice)
{
	for (size_t b = 0; b < history->build_count; b++)
		if (cell->points[b].at.state == STEP_COUNTED &&
		    (!choice->run || cell->points[b].run->id == choice->run->id))
			return true;
	return false;
}

/* "Debian 13's compiler", and the flavour where there are several. */
static void family_words(const struct history *history, size_t family, char *out, size_t room)
{
	const char *words = history->families[family], *space = strchr(words, ' ');
	int suite = space ? (int)(space - words) : (int)strlen(words);
	bool flavours = false;

	for (size_t f = 0; space && f < history->family_count; f++) {
		const char *other = strchr(history->families[f], ' ');

		flavours |= other && strcmp(other, space) != 0;
	}
	if (strncmp(words, "debian-", 7) != 0)
		snprintf(out, room, "built elsewhere");
	else
		snprintf(out, room, "built in Debian %.*s%s", suite - 7, words + 7,
			 flavours ? space : "");
}

static enum figure_hue family_hue(size_t family)
{
	static const enum figure_hue hues[] = { HUE_SECOND, HUE_THIRD, HUE_FIRST,
						HUE_FOURTH, HUE_PMD,   HUE_PUD };

	return hues[family % (sizeof(hues) / sizeof(*hues))];
}

static void places_add(const struct history *history, struct figure *figure)
{
	for (size_t b = 0; b < history->build_count; b++) {
		char name[80], minor[32];

		figure_place_add(figure, kernel_short(history->builds[b].run, name, sizeof(name)),
				 kernel_minor(history->builds[b].run, minor, sizeof(minor)));
	}
}

/* "+13% at 6.17.8"; where the call began or ceased to be refused, that instead. */
static int mark_add(struct source *source, struct history *history, const struct history_step *step,
		    struct figure *figure, struct fault *fault)
{
	double ratio = history_ratio(history, step), from = 0, to = 0;
	struct change_list changes;
	char name[80], size[32];
	int err = history_changes(source_store(source), history, step, &changes, fault);

	if (err)
		return err;
	for (size_t i = 0; i < changes.count; i++)
		if (strcmp(changes.items[i].metric, "outcome:errno") == 0) {
			from = changes.items[i].from;
			to = changes.items[i].to;
		}
	change_list_free(&changes);
	kernel_short(history->builds[step->to].run, name, sizeof(name));
	if (!(from == to))
		snprintf(size, sizeof(size), "%s", from > 0 ? "no longer refused" : "refused");
	else if (isnan(ratio))
		snprintf(size, sizeof(size), "new");
	else if (ratio >= 10)
		snprintf(size, sizeof(size), "×%.3g", ratio);
	else
		snprintf(size, sizeof(size), "%+.2g%%", (ratio - 1) * 100);
	figure_mark(figure, isnan(ratio) ? 1 : fabs(log(ratio)), "%s at %s", size, name);
	return 0;
}

static const struct history_step *step_at(const struct history *history, size_t cell, size_t build)
{
	for (size_t i = 0; i < history->step_count; i++)
		if (history->steps[i].cell == cell && history->steps[i].to == build)
			return &history->steps[i];
	return NULL;
}

/* What a figure takes for a summary: the count is exact, and its bar what samples differ by. */
static void value_add(struct figure *figure, size_t series, size_t build,
		      const struct history_cell *cell, const struct history_point *point)
{
	static char metric[] = "insn", unit[] = "instructions", none[] = "";
	const struct exact_count *count = &point->at.count;
	struct cell_summary summary = {
		.cell = cell->key,
		.metric = metric,
		.unit = unit,
		.status = point->status,
		.reason = point->at.state == STEP_COUNTED ? none : point->reason,
		.expected = none,
		.trials = 1,
		.samples = count->samples,
		.median = (double)count->value,
		.low = count->spread ? (double)count->min : (double)count->value,
		.high = count->spread ? (double)count->max : (double)count->value,
		.min = (double)count->min,
		.max = (double)count->max,
	};

	figure_value_add(figure, series, (double)build, point->run->kernel_release, cell->key,
			 point->run, &summary);
}

static int panel_add(struct source *source, struct history *history, size_t which,
		     struct figure *figure, struct fault *fault)
{
	const struct history_cell *cell = &history->cells[which];
	size_t panel = figure_panel_add(figure, cell->key);
	int err = 0;

	figure->panels[panel].joined = true;
	for (size_t f = 0; !err && f < history->family_count && f < PANEL_SERIES; f++) {
		char name[80];
		size_t series;

		family_words(history, f, name, sizeof(name));
		series = figure_panel_series(figure, panel, name, family_hue(f));
		for (size_t b = 0; !err && b < history->build_count; b++) {
			const struct history_step *step = step_at(history, which, b);

			/* A run of other cells makes no gap, nor does one that failed here. */
			if (history->builds[b].family != f || !cell->points[b].run)
				continue;
			value_add(figure, series, b, cell, &cell->points[b]);
			if (step && cell->points[b].at.state == STEP_COUNTED)
				err = mark_add(source, history, step, figure, fault);
		}
	}
	return err;
}

static int fill_many(struct source *source, const struct chart_choice *choice, size_t which,
		     struct figure *figure, struct fault *fault);

const struct chart chart_kernels = {
	.name = "kernels",
	.title = "What mremap costs across kernel builds",
	.asks = "Which kernel made it dearer or cheaper, and by how much?",
	.needs = "insn on two or more kernels; --cell takes any cells",
	.make = "remapbench run -s core -i insn -k 'debian-*'",
	.kind = FIGURE_PANELS,
	.instrument = "insn",
	.fill_many = fill_many,
};

static void words_add(const struct history *history, const struct chart_choice *choice,
		      size_t which, struct figure *figure)
{
	char ending[32] = "insn";

	if (which)
		snprintf(ending, sizeof(ending), "insn-%zu", which + 1);
	chart_name_many(&chart_kernels, ending, choice, figure);
	figure_words(figure, &figure->subtitle,
		     "insn: %s · %zu kernel builds · rings: steps above %g%%",
		     instrument_note("insn"), history->build_count, step_rule_default.part * 100);
	figure_words(
		figure, &figure->note, "%s",
		"Each point is an exact count. Builds of one compiler are joined, and only they "
		"make steps; remapbench steps has all.");
	for (size_t b = 0; b < history->build_count; b++)
		if (history->builds[b].run->reference[0]) {
			figure_words(figure, &figure->note, "%s Counts of the imported reference.",
				     figure->note);
			break;
		}
	if (history->left_plans)
		figure_words(
			figure, &figure->note,
			"%s %zu runs are left out: they are of other cells or samples than the "
			"imported reference.",
			figure->note, history->left_plans);
	if (history->left_kernels)
		figure_words(figure, &figure->note,
			     "%s %zu runs are left out: their kernels are built to find bugs, or "
			     "reported some.",
			     figure->note, history->left_kernels);
}

static int fill_many(struct source *source, const struct chart_choice *choice, size_t which,
		     struct figure *figure, struct fault *fault)
{
	struct history *history;
	size_t found = 0;
	int err = source_history(source, choice->kernels, false, &history, fault);

	if (err)
		return err;
	if (history->build_count < 2 && !choice->run)
		return -ENODATA; /* nothing is across one */
	words_add(history, choice, which, figure);
	places_add(history, figure);
	for (size_t c = 0; !err && c < history->cell_count; c++) {
		if (!cell_wanted(choice, history->cells[c].key) ||
		    !cell_is_counted(history, &history->cells[c], choice))
			continue;
		if (found++ / PANELS == which)
			err = panel_add(source, history, c, figure, fault);
	}
	if (err)
		return err;
	return figure->panel_count ? 0 : -ENODATA;
}
