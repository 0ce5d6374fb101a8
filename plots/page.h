/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * page: the dashboard's pages, each into a text. A page's words come from the database: all through
 * html.h.
 */
#ifndef PLOTS_PAGE_H
#define PLOTS_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "plots/chart.h"
#include "plots/html.h"
#include "plots/site_compare.h"
#include "plots/source.h"

struct dashboard {
	struct source *source;
	size_t run_count; /* the newest runs, which have pages */
	const char **cells; /* every cell of those runs, each once */
	size_t cell_count;
	const struct run_info **newest; /* of each instrument and kernel, newest first */
	size_t newest_count;
	struct site_comparisons comparisons;
	struct figure_list figures; /* those of the newest runs, chart by chart */
	size_t *figure_charts; /* which chart a figure is of */
	bool drawn; /* the SVGs are there */
	char *draw_fault; /* why not; "" where they are */
};

int page_index(struct dashboard *board, struct text *page, struct fault *fault);
int page_run(struct dashboard *board, const struct run_info *run, struct text *page,
	     struct fault *fault);
int page_steps(struct dashboard *board, struct text *page, struct fault *fault);
int page_cell(struct dashboard *board, const char *cell, struct text *page, struct fault *fault);

/* Parts of more than one page. */
void part_runs(struct dashboard *board, const struct run_info *const *runs, size_t count,
	       struct text *page);
void part_figure(struct dashboard *board, const struct figure *figure, const char *up,
		 struct text *page);
void part_instrument(const char *instrument,
		     struct text *page); /* what it sees, a sentence in a paragraph */
/* A run's number on the index; a link where it has a page. */
void part_run_number(const struct dashboard *board, const struct run_info *run, struct text *page);
/* A run's mark, in a span; nothing for most. */
void part_mark(const struct run_info *run, struct text *page);
bool run_has_page(const struct dashboard *board, const struct run_info *run);
/* What has no value in these runs, by reason. */
void part_states(struct dashboard *board, const struct run_info *const *runs, size_t count,
		 const char *up, struct text *page);
/* What a cell's samples left behind in one run, "errno=0 vmas=2"; nothing where none says. */
void part_outcomes(const struct cell_summary *const *found, size_t count, struct text *words);

/* Cells by bench: a section of a page has links, and a folding part for each bench. */
struct bench_group {
	const char *name; /* a cell's key; the name is its first length bytes */
	size_t length, cells;
};
struct bench_list {
	struct bench_group *items;
	size_t count, cells;
};
/* By first appearance. The names stay the cells'; freed by benches_free, after an error too. */
int benches_gather(const char *const *cells, size_t count, struct bench_list *benches);
void benches_free(struct bench_list *benches);
bool bench_has(const struct bench_group *bench, const char *cell);
/* prefix: of the anchors, one a section. words: behind the number of cells; ours, not escaped. */
void benches_links(const struct bench_list *benches, const char *prefix, struct text *page);
void bench_begin(const struct bench_list *benches, const struct bench_group *bench,
		 const char *prefix, const char *words, struct text *page);
void bench_end(struct text *page);

/* Which kernel builds did what: rows of cells, a column a kernel. Of insn. */
int part_kernels(struct dashboard *board, struct text *page, struct fault *fault);
/* Beside what others published. */
void part_published(struct dashboard *board, struct text *page);

#endif
