/* SPDX-License-Identifier: GPL-2.0-only */
/* pages: writes a dashboard from a made-up database, and checks its pages. For the tests. */
#ifndef PLOTS_TESTS_PAGES_H
#define PLOTS_TESTS_PAGES_H

#include "base/fault.h"
#include "results/function_groups.h"

/* As site_write(); fails the test where there is no such database, or figures can't be drawn. */
int pages_make(const char *database, const struct function_groups *groups, const char *target,
	       struct fault *fault);

/* Calls for each regular file below a folder. */
void pages_each(const char *folder, void (*visit)(const char *file));
/* Every href, src and srcset of a page leads to a file of the site. Other files: nothing. */
void page_check_links(const char *file);
/* Nothing that fixture_hostile_words has in it works in a page. Other files: nothing. */
void page_check_escapes(const char *file);

#endif
