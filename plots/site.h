/* SPDX-License-Identifier: GPL-2.0-only */
/* site: the dashboard as a folder of static pages. */
#ifndef PLOTS_SITE_H
#define PLOTS_SITE_H

#include "base/fault.h"
#include "plots/source.h"

struct function_groups;

/*
 * Writes the dashboard beside directory and swaps it in, so that whoever looks sees the old one or
 * the new one, whole. -ENOTEMPTY where directory holds something that is not a dashboard of ours.
 * Figures that can't be drawn are no error: warning says why, else it is "".
 * groups: the counts that it compares are taken apart by them; NULL: they are not.
 */
int site_write(struct source *source, const struct function_groups *groups, const char *directory,
	       struct fault *warning, struct fault *fault);

#endif
