/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * draw: figures to files: each with its data (STEM.csv) and its script (STEM.gp), all by one
 * gnuplot.
 */
#ifndef PLOTS_DRAW_H
#define PLOTS_DRAW_H

#include "base/fault.h"
#include "plots/figure.h"

enum { DRAW_OUTPUTS = 2 };

struct draw_job {
	const struct figure *figure;
	char stem[256]; /* of STEM.csv and STEM.gp: no '/' */
	char files[DRAW_OUTPUTS][256]; /* what the script makes: no '/' */
	enum figure_format format;
	bool dark[DRAW_OUTPUTS];
	size_t output_count;
};

/*
 * Writes into directory, which is to be the caller's own: a failure may leave some of the files.
 * Data and scripts are written first, so that they are there when gnuplot is not (-ENOENT and
 * others, see gnuplot.h).
 */
int draw_figures(const char *directory, const struct draw_job *jobs, size_t count,
		 struct fault *fault);

#endif
