// SPDX-License-Identifier: GPL-2.0-only
/* charts: every chart there is, and drawing one of them for the runs that it is about. */
#include "plots/chart.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/html.h"

extern const struct chart chart_size, chart_kernels, chart_ablation, chart_relocation, chart_fill,
	chart_population, chart_folio, chart_mthp;

/* In the order in which they are read: all kernels, one, then what it is made of. */
const struct chart *const charts[] = {
	&chart_kernels, &chart_size,	   &chart_ablation, &chart_relocation,
	&chart_fill,	&chart_population, &chart_folio,    &chart_mthp,
};
const size_t chart_count = sizeof(charts) / sizeof(const struct chart *);

const struct chart_align chart_aligns[] = {
	{ "pud", HUE_PUD },
	{ "pmd", HUE_PMD },
	{ "mutual", HUE_MUTUAL },
	{ "unaligned", HUE_UNALIGNED },
};
const size_t chart_align_count = sizeof(chart_aligns) / sizeof(*chart_aligns);

const struct chart *chart_find(const char *name)
{
	for (size_t i = 0; i < chart_count; i++)
		if (strcmp(charts[i]->name, name) == 0)
			return charts[i];
	return NULL;
}

bool cell_is(const char *cell, const char *param, const char *value)
{
	char has[64];

	if (strncmp(cell, "move/", 5) != 0)
		return false;
	cell_param(cell, "type", has, sizeof(has));
	if (has[0] && strcmp(has, "anon") != 0)
		return false;
	return strcmp(cell_param(cell, param, has, sizeof(has)), value) == 0;
}

const char *chart_cell(struct source *source, const struct run_info *run, const char *size,
		       const char *align, const char *fill, const char *folio)
{
	const char *const *cells;
	size_t count;

	if (source_cells(source, run, &cells, &count, NULL))
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (cell_is(cells[i], "size", size) && cell_is(cells[i], "align", align) &&
		    cell_is(cells[i], "fill", fill) && cell_is(cells[i], "folio", folio))
			return cells[i];
	return NULL;
}

void chart_floor(struct source *source, const struct run_info *run, struct figure *figure)
{
	static const char *const floors[] = { "getppid", "clock", "empty" };

	for (size_t i = 0; i < sizeof(floors) / sizeof(*floors); i++) {
		const struct cell_summary *summary;
		char cell[64];

		snprintf(cell, sizeof(cell), "floor/op=%s", floors[i]);
		summary = source_cost(source, run, cell);
		if (!summary_usable(summary) || summary->median <= 0)
			continue;
		figure->has_floor = true;
		figure->floor = summary->median;
		snprintf(figure->floor_name, sizeof(figure->floor_name), "floor: %s", floors[i]);
		return;
	}
}

/* What one call's cost is called on the axis. */
static const char *axis_words(const char *instrument)
{
	if (strcmp(instrument, "clock") == 0)
		return "ns of one mremap, logarithmic";
	if (strcmp(instrument, "pmu") == 0)
		return "instructions of one mremap in the kernel, logarithmic";
	return "instructions of one mremap, logarithmic";
}

static void figure_name(const struct chart *chart, const struct run_info *run,
			struct figure *figure)
{
	const char *instrument = run->instrument;
	char slug[128];

	/* The instrument is a word of the database's: only a known one becomes part of a name. */
	if (!instrument_known(instrument))
		instrument = "other";
	snprintf(slug, sizeof(slug), "%s-%s-run%" PRId64, chart->name, instrument, run->id);
	figure_init(figure, chart->kind, slug);
	figure_words(figure, &figure->title, "%s", chart->title);
	figure_words(figure, &figure->y_label, "%s", axis_words(instrument));
	figure_words(figure, &figure->subtitle, "kernel %s · %s: %s · run %" PRId64,
		     run->kernel_release, instrument, instrument_note(instrument), run->id);
	figure_words(figure, &figure->command, "remapbench plot %s --run %" PRId64 " -o %s.svg",
		     chart->name, run->id, slug);
	figure_words(figure, &figure->note, "Points are medians, bars the quartiles.");
}

void chart_name_many(const struct chart *chart, const char *ending,
		     const struct chart_choice *choice, struct figure *figure)
{
	struct text command = { 0 };

	snprintf(figure->slug, sizeof(figure->slug), "%s-%s", chart->name, ending);
	text_addf(&command, "remapbench plot %s", chart->name);
	for (size_t i = 0; i < choice->cell_count; i++) {
		text_add(&command, " -c ");
		shell_quote(&command, choice->cells[i]);
	}
	if (choice->kernels) {
		text_add(&command, " -k ");
		shell_quote(&command, choice->kernels);
	}
	if (choice->run)
		text_addf(&command, " --run %" PRId64, choice->run->id);
	figure_words(figure, &figure->command, "%s", text_get(&command));
	figure->failed |= command.failed;
	text_free(&command);
}

/* How many values the chart has of one run: another suite's run may be newer and have none. */
static int chart_weigh(struct source *source, const struct run_info *run, const void *context,
		       size_t *weight, struct fault *fault)
{
	const struct chart *chart = context;
	struct figure figure;
	int err;

	figure_name(chart, run, &figure);
	err = chart->fill(source, run, &figure, fault);
	if (!err && figure.failed)
		err = fault_set(fault, -ENOMEM, "out of memory");
	*weight = figure_shown(&figure);
	figure_free(&figure);
	return err;
}

/* Keeps the figure if it shows anything, else frees it. */
static int figure_keep(struct figure *figure, struct figure_list *figures, struct fault *fault)
{
	struct figure *grown;

	if (!figure_shown(figure)) {
		figure_free(figure);
		return 0;
	}
	figure_finish(figure);
	grown = realloc(figures->items, (figures->count + 1) * sizeof(*grown));
	if (!grown) {
		figure_free(figure);
		return fault_set(fault, -ENOMEM, "out of memory");
	}
	figures->items = grown;
	grown[figures->count++] = *figure;
	return 0;
}

static int figure_add(const struct chart *chart, struct source *source, const struct run_info *run,
		      struct figure_list *figures, struct fault *fault)
{
	struct figure figure;
	int err;

	figure_name(chart, run, &figure);
	err = chart->fill(source, run, &figure, fault);
	if (!err && figure.failed)
		err = fault_set(fault, -ENOMEM, "out of memory");
	if (err) {
		figure_free(&figure);
		return err;
	}
	return figure_keep(&figure, figures, fault);
}

/* Runs of another instrument than the chart's have nothing for it. */
static bool choice_is_not_for(const struct chart *chart, const struct chart_choice *choice)
{
	const char *instrument = choice->run ? choice->run->instrument : choice->instrument;

	return instrument && chart->instrument && strcmp(instrument, chart->instrument) != 0;
}

static int draw_many(const struct chart *chart, struct source *source,
		     const struct chart_choice *choice, struct figure_list *figures,
		     struct fault *fault)
{
	size_t before = figures->count;

	for (size_t which = 0; !choice_is_not_for(chart, choice); which++) {
		struct figure figure;
		int err;

		if (choice->limit && figures->count - before == choice->limit)
			break;
		figure_init(&figure, chart->kind, chart->name);
		figure_words(&figure, &figure.title, "%s", chart->title);
		err = chart->fill_many(source, choice, which, &figure, fault);
		if (!err && figure.failed)
			err = fault_set(fault, -ENOMEM, "out of memory");
		if (err) {
			figure_free(&figure);
			return err == -ENODATA ? 0 : err;
		}
		err = figure_keep(&figure, figures, fault);
		if (err)
			return err;
	}
	return 0;
}

int chart_draw(const struct chart *chart, struct source *source, const struct chart_choice *choice,
	       struct figure_list *figures, struct fault *fault)
{
	const char *instrument = choice->instrument ? choice->instrument : chart->instrument;
	const struct run_info **runs = NULL;
	size_t count = 0, before = figures->count;
	int err;

	if (chart->fill_many)
		return draw_many(chart, source, choice, figures, fault);
	if (choice->run)
		return figure_add(chart, source, choice->run, figures, fault);
	err = source_newest(source, instrument, chart_weigh, chart, &runs, &count, fault);
	for (size_t i = 0; !err && i < count; i++) {
		if (choice->limit && figures->count - before == choice->limit)
			break;
		err = figure_add(chart, source, runs[i], figures, fault);
	}
	free(runs);
	return err;
}

void figure_list_free(struct figure_list *figures)
{
	for (size_t i = 0; i < figures->count; i++)
		figure_free(&figures->items[i]);
	free(figures->items);
	*figures = (struct figure_list){ 0 };
}
