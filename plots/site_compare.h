/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * site_compare: the newest comparisons that the runs of a database give, judged: what the dashboard
 * opens with, so that nobody has to find out which two runs are to be compared.
 */
#ifndef PLOTS_SITE_COMPARE_H
#define PLOTS_SITE_COMPARE_H

#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"
#include "plots/source.h"
#include "results/judge.h"

/* Of one instrument. Its page is comparisons/INSTRUMENT.html. */
struct site_comparison {
	const char *instrument; /* one of ours, not the database's: good in a file's name */
	const struct run_info *a, *b; /* the source's; b is the newer one */
	struct judgement judgement;
};
enum { SITE_COMPARISONS = 3 }; /* one an instrument */
struct site_comparisons {
	struct site_comparison items[SITE_COMPARISONS];
	size_t count;
};

/*
 * Counts: the newest run, and the newest older one of the same suite and another kernel; where
 * there is none, the same from the next older run on. Times: the newest two runs that were
 * measured in one go, of one kernel too: such a pair says what the machine can tell apart. Only
 * finished runs that were made here and are for figures. A pair that compare refuses, or that has
 * no cell measured on both sides, gives way to the next; twenty are tried. groups NULL: counts are
 * not taken apart; else it must outlive the comparisons. Freed by comparisons_free, after an error
 * too.
 */
int comparisons_gather(struct source *source, const struct function_groups *groups,
		       struct site_comparisons *comparisons, struct fault *fault);
void comparisons_free(struct site_comparisons *comparisons);

/* The comparison's page, in a folder below the index. page->failed: out of memory. */
void comparison_page(const struct site_comparison *comparison, struct text *page);

#endif
