/* SPDX-License-Identifier: GPL-2.0-only */
/* page_compare: a judgement as a page in the dashboard's style, complete in one file. */
#ifndef PLOTS_PAGE_COMPARE_H
#define PLOTS_PAGE_COMPARE_H

#include "base/text.h"
#include "results/judge_write.h"

/* page->failed: out of memory. */
void page_compare(const struct judgement *judgement, const struct judge_view *view,
		  struct text *page);

#endif
