/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * figure: one figure as data: series of values over sizes or over named places, a floor, and the
 * cells that have no value. figure_csv and figure_script turn it into files; only they know
 * formats.
 */
#ifndef PLOTS_FIGURE_H
#define PLOTS_FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "results/query.h"

enum figure_kind {
	FIGURE_SIZES, /* x: bytes on a log2 axis; the values of a series are joined */
	FIGURE_NAMES, /* x: places 0, 1, 2 … with names; the values of a series are joined */
	FIGURE_PAIRS, /* the same places; the values at one place are joined, with their ratio */
	FIGURE_PANELS, /* the same places, below each other a panel for each subject, each with its own axis */
};

/* Colour and mark of a series: the same meaning has the same hue in every figure. */
enum figure_hue {
	HUE_PUD,
	HUE_PMD,
	HUE_MUTUAL,
	HUE_UNALIGNED,
	HUE_FIRST,
	HUE_SECOND,
	HUE_THIRD,
	HUE_FOURTH,
	HUE_COUNT
};

enum { FIGURE_SERIES = 48, PANEL_COUNT = 8, PANEL_SERIES = 8 };

struct figure_value {
	size_t series;
	double x;
	bool shown; /* false: a gap, with its reason */
	double median, low, high, min, max;
	uint32_t trials, samples, rejected;
	int64_t run;
	char *cell, *kernel, *place, *metric, *unit, *status,
		*reason; /* never NULL unless failed */
	char *mark; /* FIGURE_PANELS: words beside the point, which gets a ring; "" for none */
	double weight; /* of marks that have no room for each other, the heavier one stays */
};

/* FIGURE_PANELS: one of the panels. */
struct figure_panel {
	char *title; /* above it, to the left */
	bool joined; /* values of a series are joined; else they stand side by side at a place */
	bool factor; /* values are factors: a line at 1, and ×1.3 in words */
	bool numbers; /* values in words at the points, where there is room */
};

struct figure_place {
	double x;
	char *name,
		*group; /* group: what is written once below neighbours that share it; "" for none */
};

struct figure {
	char slug[128]; /* [A-Za-z0-9.~_-] only: the files' names begin with it */
	enum figure_kind kind;
	char *title, *subtitle, *x_label, *y_label, *command; /* command: what makes it again */
	char *note; /* what the reader must know besides: begins the caption */
	struct {
		char name[64];
		enum figure_hue hue;
		size_t panel; /* FIGURE_PANELS: series of one name look alike in all panels */
	} series[FIGURE_SERIES];
	size_t series_count;
	struct figure_value *values;
	size_t value_count;
	struct figure_place *places; /* FIGURE_NAMES, FIGURE_PAIRS */
	size_t place_count;
	struct figure_panel panels[PANEL_COUNT];
	size_t panel_count;
	bool relative; /* FIGURE_NAMES: numbers are the differences to the first place's value */
	bool has_floor;
	double floor;
	char floor_name[64];
	bool failed; /* an allocation failed: not to be drawn */
};

void figure_init(struct figure *figure, enum figure_kind kind, const char *slug);
void figure_free(struct figure *figure);
void figure_words(struct figure *figure, char **field, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Returns the series' index; a full figure gives the last one. */
size_t figure_series_add(struct figure *figure, const char *name, enum figure_hue hue);
/* Returns the panel's index; a full figure gives the last one. */
size_t figure_panel_add(struct figure *figure, const char *title);
/* The same as figure_series_add(), in a panel. */
size_t figure_panel_series(struct figure *figure, size_t panel, const char *name,
			   enum figure_hue hue);
/* Marks the value that was added last. */
void figure_mark(struct figure *figure, double weight, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Returns the place's x. */
double figure_place_add(struct figure *figure, const char *name, const char *group);
/*
 * Adds what a run has of a cell; place is x in words. A value that can't stand on a logarithmic
 * axis, and a cell whose status is not "ok", become gaps. summary NULL: the run doesn't have the
 * cell; a gap as well.
 */
void figure_value_add(struct figure *figure, size_t series, double x, const char *place,
		      const char *cell, const struct run_info *run,
		      const struct cell_summary *summary);
/* Sorts by series and x; to be called once all values are in. */
void figure_finish(struct figure *figure);

size_t figure_shown(const struct figure *figure);
size_t figure_gaps(const struct figure *figure);
/* What stands below it: the note, and each gap with its reason, at most limit of them by name. */
void figure_caption(const struct figure *figure, size_t limit, struct text *out);

void figure_csv(const struct figure *figure, struct text *out);

enum figure_format { FIGURE_SVG, FIGURE_PNG, FIGURE_PDF };
struct figure_output {
	const char *file; /* a name in the script's folder; no '/', no control characters */
	enum figure_format format;
	bool dark;
};
/* A gnuplot script that makes the outputs, whole in itself. */
void figure_script(const struct figure *figure, const struct figure_output *outputs, size_t count,
		   struct text *out);

/* Numbers as the axes and tables write them: "12,176,783", "36,847.5". */
void number_add(struct text *text, double value);

#endif
