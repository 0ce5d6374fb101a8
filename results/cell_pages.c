// SPDX-License-Identifier: GPL-2.0-only
/* cell_pages: how many pages one call of a cell moves or takes away. */
#include "results/cell_pages.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/query.h"

enum { WORD = 40, PAGE = 4096, HUGE_PAGE = 2 << 20 };

static uint64_t param_size(const char *cell, const char *param)
{
	char word[WORD];
	uint64_t bytes;

	return size_parse(cell_param(cell, param, word, sizeof(word)), &bytes) ? 0 : bytes;
}

static bool param_is(const char *cell, const char *param, const char *value)
{
	char word[WORD];

	return !strcmp(cell_param(cell, param, word, sizeof(word)), value);
}

/*
 * Of the pages in bytes, those that `fill` says are there: all, none, the first of each PMD, or a part
 * ("10random": a tenth).
 */
static double pages_there(const char *cell, double bytes)
{
	double page = param_is(cell, "type", "hugetlb") ? HUGE_PAGE : PAGE;
	char fill[WORD], *end;
	unsigned long percent;

	cell_param(cell, "fill", fill, sizeof(fill));
	if (!strcmp(fill, "pmd1"))
		return bytes < HUGE_PAGE ? 1 : bytes / HUGE_PAGE;
	percent = strtoul(fill, &end, 10);
	if (end == fill || percent > 100)
		return 0;
	if (*end && strcmp(end, "prefix") != 0 && strcmp(end, "stride") != 0 &&
	    strcmp(end, "random") != 0)
		return 0;
	return bytes / page * (double)percent / 100;
}

/* What a resize moves is all of it; what it cuts off is `by`; in place nothing is touched. */
static double resized_bytes(const char *cell)
{
	uint64_t size = param_size(cell, "size");

	if (param_is(cell, "how", "grow_move") || param_is(cell, "how", "shrink_move"))
		return (double)size;
	if (!param_is(cell, "how", "shrink"))
		return 0;
	return param_is(cell, "by", "half") ? (double)size / 2 : (double)param_size(cell, "by");
}

static bool bench_is(const char *cell, const char *bench)
{
	size_t length = strlen(bench);

	return !strncmp(cell, bench, length) && cell[length] == '/';
}

double cell_pages(const char *cell)
{
	char vmas[WORD];
	uint64_t count;

	if (bench_is(cell, "move") || bench_is(cell, "dontunmap") || bench_is(cell, "uffd") ||
	    bench_is(cell, "relocate"))
		return pages_there(cell, (double)param_size(cell, "size"));
	if (bench_is(cell, "resize"))
		return pages_there(cell, resized_bytes(cell));
	if (bench_is(cell, "contend")) /* it has no fill: all pages are there */
		return (double)param_size(cell, "size") / PAGE;
	if (bench_is(cell, "multi_vma") && param_is(cell, "kind", "anon") &&
	    !number_parse(cell_param(cell, "vmas", vmas, sizeof(vmas)), &count))
		return pages_there(cell, (double)count * (double)param_size(cell, "piece"));
	return 0;
}
