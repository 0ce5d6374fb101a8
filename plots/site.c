// SPDX-License-Identifier: GPL-2.0-only
/* site: gathers what the pages show, draws the figures, and writes them all. */
#include "plots/site.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "plots/draw.h"
#include "plots/page.h"
#include "plots/site_swap.h"

enum { RUNS_WITH_PAGES = 200 };

struct seen {
	const char *cell;
	size_t place;
};

static int seen_by_cell(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int order = strcmp(x->cell, y->cell);

	return order ? order : (x->place > y->place) - (x->place < y->place);
}

static int seen_by_place(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	return (x->place > y->place) - (x->place < y->place);
}

/* Every cell of the runs that have pages, once, in the order of the newest run that has it. */
static int cells_gather(struct dashboard *board, struct fault *fault)
{
	struct seen *seen = NULL, *grown;
	size_t count = 0, kept = 0;
	int err = 0;

	for (size_t r = 0; !err && r < board->run_count; r++) {
		const char *const *cells;
		size_t more;

		err = source_cells(board->source, source_run(board->source, r), &cells, &more,
				   fault);
		if (err || !more)
			continue;
		grown = realloc(seen, (count + more) * sizeof(*seen));
		if (!grown) {
			err = fault_set(fault, -ENOMEM, "out of memory");
			break;
		}
		seen = grown;
		for (size_t i = 0; i < more; i++, count++)
			seen[count] = (struct seen){ cells[i], count };
	}
	board->cells = calloc(count + 1, sizeof(*board->cells));
	if (!board->cells) {
		free(seen);
		return fault_set(fault, -ENOMEM, "out of memory");
	}
	if (!err && count) {
		qsort(seen, count, sizeof(*seen), seen_by_cell);
		for (size_t i = 0; i < count; i++)
			if (!kept || strcmp(seen[kept - 1].cell, seen[i].cell) != 0)
				seen[kept++] = seen[i];
		qsort(seen, kept, sizeof(*seen), seen_by_place);
		for (size_t i = 0; i < kept; i++)
			board->cells[i] = seen[i].cell;
		board->cell_count = kept;
	}
	free(seen);
	return err;
}

static int figures_gather(struct dashboard *board, struct fault *fault)
{
	struct chart_choice every = { 0 };

	for (size_t i = 0; i < chart_count; i++) {
		size_t before = board->figures.count, *grown;
		int err = chart_draw(charts[i], board->source, &every, &board->figures, fault);

		if (err)
			return err;
		grown = realloc(board->figure_charts, (board->figures.count + 1) * sizeof(*grown));
		if (!grown)
			return fault_set(fault, -ENOMEM, "out of memory");
		board->figure_charts = grown;
		for (size_t f = before; f < board->figures.count; f++)
			grown[f] = i;
	}
	return 0;
}

static int figures_draw(struct dashboard *board, const char *directory, struct fault *fault)
{
	struct draw_job *jobs = calloc(board->figures.count + 1, sizeof(*jobs));
	int err;

	if (!jobs)
		return fault_set(fault, -ENOMEM, "out of memory");
	for (size_t i = 0; i < board->figures.count; i++) {
		const struct figure *figure = &board->figures.items[i];

		jobs[i] = (struct draw_job){ .figure = figure,
					     .format = FIGURE_SVG,
					     .dark = { false, true },
					     .output_count = 2 };
		snprintf(jobs[i].stem, sizeof(jobs[i].stem), "%s", figure->slug);
		snprintf(jobs[i].files[0], sizeof(jobs[i].files[0]), "%s.svg", figure->slug);
		snprintf(jobs[i].files[1], sizeof(jobs[i].files[1]), "%s-dark.svg", figure->slug);
	}
	err = draw_figures(directory, jobs, board->figures.count, fault);
	free(jobs);
	return err;
}

/*
 * The folder is new and nobody looks into it before it is whole: each page is just written, and all
 * reach the disk together, in folder_sync. A thousand times fsync takes many seconds.
 */
static int plain_write(const char *path, const char *bytes, size_t count)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644), err = 0;

	if (fd < 0)
		return -errno;
	while (!err && count) {
		ssize_t wrote = write(fd, bytes, count);

		if (wrote < 0 && errno != EINTR)
			err = -errno;
		if (wrote > 0) {
			bytes += wrote;
			count -= (size_t)wrote;
		}
	}
	if (close(fd) && !err)
		err = -errno;
	return err;
}

static int folder_sync(const char *folder, struct fault *fault)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), err = 0;

	if (fd < 0 || syncfs(fd))
		err = -errno;
	if (fd >= 0)
		close(fd);
	return err ? fault_set(fault, err, "%s: %s", folder, strerror(-err)) : 0;
}

static int file_put(const char *directory, const char *name, const void *bytes, size_t count,
		    struct fault *fault)
{
	char path[PATH_MAX];
	int err = path_join(path, sizeof(path), directory, name);

	if (!err)
		err = plain_write(path, bytes, count);
	return err ? fault_set(fault, err, "%s: %s", name, strerror(-err)) : 0;
}

static int page_put(const char *directory, const char *name, const struct text *page,
		    struct fault *fault)
{
	if (page->failed)
		return fault_set(fault, -ENOMEM, "out of memory");
	return file_put(directory, name, text_get(page), page->len, fault);
}

static int comparisons_write(const struct dashboard *board, const char *directory,
			     struct text *page, struct fault *fault)
{
	char name[64];
	int err = 0;

	for (size_t i = 0; !err && i < board->comparisons.count; i++) {
		const struct site_comparison *comparison = &board->comparisons.items[i];

		text_clear(page);
		snprintf(name, sizeof(name), "comparisons/%s.html", comparison->instrument);
		comparison_page(comparison, page);
		err = page_put(directory, name, page, fault);
	}
	return err;
}

static int pages_write(struct dashboard *board, const char *directory, struct fault *fault)
{
	struct text page = { 0 };
	char name[HTML_SLUG + 16], slug[HTML_SLUG];
	int err = page_index(board, &page, fault);

	if (!err)
		err = page_put(directory, "index.html", &page, fault);
	text_clear(&page);
	if (!err)
		err = page_steps(board, &page, fault);
	if (!err)
		err = page_put(directory, "steps.html", &page, fault);
	if (!err)
		err = comparisons_write(board, directory, &page, fault);
	for (size_t i = 0; !err && i < board->run_count; i++) {
		const struct run_info *run = source_run(board->source, i);

		text_clear(&page);
		snprintf(name, sizeof(name), "runs/%" PRId64 ".html", run->id);
		err = page_run(board, run, &page, fault);
		if (!err)
			err = page_put(directory, name, &page, fault);
	}
	for (size_t i = 0; !err && i < board->cell_count; i++) {
		text_clear(&page);
		html_slug(board->cells[i], slug);
		snprintf(name, sizeof(name), "cells/%s.html", slug);
		err = page_cell(board, board->cells[i], &page, fault);
		if (!err)
			err = page_put(directory, name, &page, fault);
	}
	text_free(&page);
	return err;
}

static int folders_make(const char *directory, struct fault *fault)
{
	static const char *const folders[] = { "runs", "cells", "figures", "comparisons" };

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		char path[PATH_MAX];
		int err = path_join(path, sizeof(path), directory, folders[i]);

		if (!err)
			err = directory_make(path, 0755);
		if (err)
			return fault_set(fault, err, "%s: %s", folders[i], strerror(-err));
	}
	return 0;
}

static int dashboard_gather(struct dashboard *board, struct source *source,
			    const struct function_groups *groups, struct fault *fault)
{
	int err;

	*board = (struct dashboard){ .source = source, .run_count = source_run_count(source) };
	if (board->run_count > RUNS_WITH_PAGES)
		board->run_count = RUNS_WITH_PAGES;
	err = source_newest(source, NULL, NULL, NULL, &board->newest, &board->newest_count, fault);
	if (!err)
		err = cells_gather(board, fault);
	if (!err)
		err = figures_gather(board, fault);
	if (!err)
		err = comparisons_gather(source, groups, &board->comparisons, fault);
	return err;
}

static void dashboard_free(struct dashboard *board)
{
	free(board->cells);
	free(board->newest);
	free(board->figure_charts);
	figure_list_free(&board->figures);
	comparisons_free(&board->comparisons);
}

int site_write(struct source *source, const struct function_groups *groups, const char *directory,
	       struct fault *warning, struct fault *fault)
{
	struct dashboard board;
	struct site_swap swap;
	char figures[PATH_MAX];
	int err;

	*warning = (struct fault){ 0 };
	err = dashboard_gather(&board, source, groups, fault);
	if (err)
		goto free_board;
	err = swap_begin(&swap, directory, fault);
	if (err)
		goto free_swap;
	err = folders_make(swap.staging, fault);
	if (!err)
		err = path_join(figures, sizeof(figures), swap.staging, "figures");
	if (err)
		goto free_swap;
	board.drawn = !figures_draw(&board, figures, warning);
	board.draw_fault = warning->text;
	err = file_put(swap.staging, "style.css", html_style, strlen(html_style), fault);
	if (!err)
		err = pages_write(&board, swap.staging, fault);
	if (!err)
		err = folder_sync(swap.staging, fault);
	if (!err)
		err = swap_commit(&swap, fault);
free_swap:
	swap_end(&swap);
free_board:
	dashboard_free(&board);
	return err;
}
