/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * gnuplot: the one process that draws all figures of a call, and the only way in which words get
 * into its scripts. Backticks in double quotes, and names that begin with '|', would run commands.
 */
#ifndef PLOTS_GNUPLOT_H
#define PLOTS_GNUPLOT_H

#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

/*
 * Appends words as a gnuplot string: cleaned, at most limit characters, ’ for quotes and backticks.
 */
void gnuplot_quote(struct text *script, const char *words, size_t limit);
/* The same for the name of a tick, which gnuplot takes for a format. */
void gnuplot_quote_tick(struct text *script, const char *words, size_t limit);
/*
 * Appends "./" and name exactly, as a gnuplot string: it can't begin with '|' or '~', which gnuplot
 * would take for more than a name. Control characters, which the caller is to refuse, are dropped.
 */
void gnuplot_quote_name(struct text *script, const char *name);

/*
 * Feeds script to one gnuplot that runs in directory; -ENOENT (no gnuplot), -ETIME, -EIO with what
 * it said.
 */
int gnuplot_run(const char *directory, const struct text *script, double seconds,
		struct fault *fault);
/* "gnuplot 5.4 patchlevel 4" in out, "" where there is none. */
char *gnuplot_version(char *out, size_t room);

#endif
