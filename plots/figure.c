/* SPDX-License-Identifier: GPL-2.0-only */
/* figure: collecting a figure's values and gaps, its caption, and its data as CSV. */
#include "plots/figure.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/utf8.h"

enum { REASON_LIMIT = 160 }; /* characters of one gap's reason in a caption */

static char *copy_clean(struct figure *figure, const char *string)
{
	struct text clean = { 0 };
	char *copy;

	utf8_add_clean(&clean, string ? string : "", 4096);
	copy = strdup(text_get(&clean));
	if (!copy || clean.failed)
		figure->failed = true;
	text_free(&clean);
	return copy;
}

void figure_words(struct figure *figure, char **field, const char *fmt, ...)
{
	struct text words = { 0 };
	va_list args;

	va_start(args, fmt);
	text_addv(&words, fmt, args);
	va_end(args);
	if (words.failed)
		figure->failed = true;
	free(*field);
	*field = copy_clean(figure, text_get(&words));
	text_free(&words);
}

void figure_init(struct figure *figure, enum figure_kind kind, const char *slug)
{
	*figure = (struct figure){ .kind = kind };
	snprintf(figure->slug, sizeof(figure->slug), "%s", slug);
	figure->title = copy_clean(figure, "");
	figure->subtitle = copy_clean(figure, "");
	figure->x_label = copy_clean(figure, "");
	figure->y_label = copy_clean(figure, "");
	figure->command = copy_clean(figure, "");
	figure->note = copy_clean(figure, "");
}

void figure_free(struct figure *figure)
{
	for (size_t i = 0; i < figure->value_count; i++) {
		struct figure_value *value = &figure->values[i];

		free(value->cell);
		free(value->kernel);
		free(value->place);
		free(value->metric);
		free(value->unit);
		free(value->status);
		free(value->reason);
		free(value->mark);
	}
	for (size_t i = 0; i < figure->panel_count; i++)
		free(figure->panels[i].title);
	for (size_t i = 0; i < figure->place_count; i++) {
		free(figure->places[i].name);
		free(figure->places[i].group);
	}
	free(figure->values);
	free(figure->places);
	free(figure->title);
	free(figure->subtitle);
	free(figure->x_label);
	free(figure->y_label);
	free(figure->command);
	free(figure->note);
	*figure = (struct figure){ 0 };
}

size_t figure_series_add(struct figure *figure, const char *name, enum figure_hue hue)
{
	size_t index = figure->series_count;

	if (index == FIGURE_SERIES)
		return index - 1;
	snprintf(figure->series[index].name, sizeof(figure->series[index].name), "%s", name);
	figure->series[index].hue = hue;
	figure->series_count++;
	return index;
}

size_t figure_panel_add(struct figure *figure, const char *title)
{
	size_t index = figure->panel_count;

	if (index == PANEL_COUNT)
		return index - 1;
	figure->panels[index].title = copy_clean(figure, title);
	figure->panel_count++;
	return index;
}

size_t figure_panel_series(struct figure *figure, size_t panel, const char *name,
			   enum figure_hue hue)
{
	size_t index = figure_series_add(figure, name, hue);

	figure->series[index].panel = panel;
	return index;
}

void figure_mark(struct figure *figure, double weight, const char *fmt, ...)
{
	struct text words = { 0 };
	struct figure_value *value;
	va_list args;

	if (!figure->value_count)
		return;
	value = &figure->values[figure->value_count - 1];
	va_start(args, fmt);
	text_addv(&words, fmt, args);
	va_end(args);
	free(value->mark);
	value->mark = copy_clean(figure, text_get(&words));
	value->weight = weight;
	text_free(&words);
}

double figure_place_add(struct figure *figure, const char *name, const char *group)
{
	double x = (double)figure->place_count;
	struct figure_place *grown;

	grown = realloc(figure->places, (figure->place_count + 1) * sizeof(*grown));
	if (!grown) {
		figure->failed = true;
		return x;
	}
	figure->places = grown;
	grown[figure->place_count++] = (struct figure_place){ .x = x,
							      .name = copy_clean(figure, name),
							      .group = copy_clean(figure, group) };
	return x;
}

/* Why a summary can't be a point; NULL where it can. */
static const char *gap_reason(const struct cell_summary *summary)
{
	if (!summary)
		return "not in this run";
	if (strcmp(summary->status, "ok") != 0)
		return summary->reason[0] ? summary->reason : "no reason given";
	if (!isfinite(summary->median) || !isfinite(summary->low) || !isfinite(summary->high))
		return "not a finite number";
	if (summary->median <= 0)
		return "not above 0, which a logarithmic axis can't show";
	return NULL;
}

void figure_value_add(struct figure *figure, size_t series, double x, const char *place,
		      const char *cell, const struct run_info *run,
		      const struct cell_summary *summary)
{
	const char *reason = gap_reason(summary);
	struct figure_value *value, *grown;

	grown = realloc(figure->values, (figure->value_count + 1) * sizeof(*grown));
	if (!grown) {
		figure->failed = true;
		return;
	}
	figure->values = grown;
	value = &grown[figure->value_count++];
	*value =
		(struct figure_value){ .series = series, .x = x, .shown = !reason, .run = run->id };
	value->cell = copy_clean(figure, cell);
	value->kernel = copy_clean(figure, run->kernel_release);
	value->place = copy_clean(figure, place);
	value->metric = copy_clean(figure, summary ? summary->metric : "");
	value->unit = copy_clean(figure, summary ? summary->unit : "");
	value->status = copy_clean(figure, summary ? summary->status : "absent");
	value->reason = copy_clean(figure, reason ? reason : summary->reason);
	value->mark = copy_clean(figure, "");
	if (reason)
		return;
	value->median = summary->median;
	value->low = fmin(summary->low, summary->median);
	value->high = fmax(summary->high, summary->median);
	value->min = summary->min;
	value->max = summary->max;
	value->trials = summary->trials;
	value->samples = summary->samples;
	value->rejected = summary->rejected;
}

static int value_order(const void *a, const void *b)
{
	const struct figure_value *x = a, *y = b;

	if (x->series != y->series)
		return x->series < y->series ? -1 : 1;
	if (x->x != y->x)
		return x->x < y->x ? -1 : 1;
	if (x->run != y->run)
		return x->run < y->run ? -1 : 1;
	return x->cell && y->cell ? strcmp(x->cell, y->cell) : 0;
}

void figure_finish(struct figure *figure)
{
	if (figure->value_count)
		qsort(figure->values, figure->value_count, sizeof(*figure->values), value_order);
}

size_t figure_shown(const struct figure *figure)
{
	size_t shown = 0;

	for (size_t i = 0; i < figure->value_count; i++)
		shown += figure->values[i].shown;
	return shown;
}

size_t figure_gaps(const struct figure *figure)
{
	return figure->value_count - figure_shown(figure);
}

void figure_caption(const struct figure *figure, size_t limit, struct text *out)
{
	size_t gaps = figure_gaps(figure), told = 0;

	text_add(out, figure->note);
	if (!gaps)
		return;
	text_addf(out, "%s%zu gap%s: ", out->len ? " " : "", gaps, gaps == 1 ? "" : "s");
	for (size_t i = 0; i < figure->value_count && told < limit; i++) {
		const struct figure_value *value = &figure->values[i];

		if (value->shown)
			continue;
		text_addf(out, "%s%s %s (%s: ", told++ ? "; " : "",
			  figure->series[value->series].name, value->place, value->status);
		utf8_add_clean(out, value->reason, REASON_LIMIT);
		text_add(out, ")");
	}
	if (told < gaps)
		text_addf(out, "; and %zu more, in the CSV", gaps - told);
	text_add(out, ".");
}

/* RFC 4180; and what a spreadsheet would take for a formula is disarmed by an apostrophe. */
static void csv_add(struct text *out, const char *string)
{
	bool formula = string[0] && strchr("=+-@", string[0]);

	if (!formula && !string[strcspn(string, ",\"\r\n")]) {
		text_add(out, string);
		return;
	}
	text_add(out, formula ? "\"'" : "\"");
	for (; *string; string++)
		text_add_bytes(out, *string == '"' ? "\"\"" : string, *string == '"' ? 2 : 1);
	text_add(out, "\"");
}

void figure_csv(const struct figure *figure, struct text *out)
{
	text_add(out, "series,place,x,median,low,high,min,max,trials,samples,rejected,metric,unit,"
		      "status,reason,run,kernel,cell");
	text_add(out, figure->panel_count ? ",panel,mark\r\n" : "\r\n");
	for (size_t i = 0; i < figure->value_count; i++) {
		const struct figure_value *value = &figure->values[i];
		const char *words[] = { value->metric, value->unit, value->status, value->reason };

		csv_add(out, figure->series[value->series].name);
		text_add(out, ",");
		csv_add(out, value->place);
		text_addf(out, ",%.15g,", value->x);
		if (value->shown)
			text_addf(out,
				  "%.15g,%.15g,%.15g,%.15g,%.15g,%" PRIu32 ",%" PRIu32 ",%" PRIu32,
				  value->median, value->low, value->high, value->min, value->max,
				  value->trials, value->samples, value->rejected);
		else
			text_add(out, ",,,,,,,");
		for (size_t w = 0; w < sizeof(words) / sizeof(*words); w++) {
			text_add(out, ",");
			csv_add(out, words[w]);
		}
		text_addf(out, ",%" PRId64 ",", value->run);
		csv_add(out, value->kernel);
		text_add(out, ",");
		csv_add(out, value->cell);
		if (figure->panel_count) {
			text_add(out, ",");
			csv_add(out, figure->panels[figure->series[value->series].panel].title);
			text_add(out, ",");
			csv_add(out, value->mark);
		}
		text_add(out, "\r\n");
	}
}

void number_add(struct text *text, double value)
{
	double tenths = round(fabs(value) * 10);
	char digits[32];

	if (!isfinite(value) || tenths >= 1e18) {
		text_addf(text, "%g", value);
		return;
	}
	text_addf(text, "%s%s", value < 0 ? "-" : "",
		  count_format((uint64_t)tenths / 10, digits, sizeof(digits)));
	if ((uint64_t)tenths % 10)
		text_addf(text, ".%d", (int)((uint64_t)tenths % 10));
}
