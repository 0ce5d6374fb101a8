// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_kernels: what changed between the kernels: exact counts, side by side, and their
 * differences.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/page.h"
#include "results/compare.h"
#include "results/kernel_order.h"

enum { COLUMNS = 12 };

/* Adds the keys besides the kernel's in which two runs differ, once each, as "\nkey\nkey". */
static int differences_add(struct dashboard *board, const struct run_info *a,
			   const struct run_info *b, struct text *names, struct fault *fault)
{
	struct comparison comparison;
	char before[24], after[24];
	int err;

	snprintf(before, sizeof(before), "%" PRId64, a->id);
	snprintf(after, sizeof(after), "%" PRId64, b->id);
	err = compare_runs(source_store(board->source), before, after, NULL, &comparison, fault);
	if (err)
		return err;
	for (size_t i = 0; i < comparison.difference_count; i++) {
		const struct compare_difference *difference = &comparison.differences[i];
		struct text line = { 0 };

		text_addf(&line, "\n%s\n", difference->key);
		if (difference->weight != COMPARE_POINT &&
		    !strstr(text_get(names), text_get(&line)))
			text_add(names, text_get(&line));
		text_free(&line);
	}
	comparison_free(&comparison);
	return 0;
}

/* Provenance that may be the cause of a difference as well as the kernel is. */
static int warning_add(struct dashboard *board, const struct run_info **runs, size_t count,
		       struct text *page, struct fault *fault)
{
	struct text names = { 0 };
	const char *join = "";
	int err = 0;

	for (size_t i = 1; !err && i < count; i++)
		err = differences_add(board, runs[i - 1], runs[i], &names, fault);
	if (!err && names.len) {
		text_add(page,
			 "<p class=\"bad\">Not only the kernels differ between these runs, but "
			 "also: ");
		for (char *save = NULL, *key = strtok_r(names.data, "\n", &save); key;
		     key = strtok_r(NULL, "\n", &save)) {
			text_add(page, join);
			html_text(page, key);
			join = ", ";
		}
		text_add(page, ".</p>\n");
	}
	text_free(&names);
	return err;
}

static void head_add(const struct run_info **runs, size_t count, struct text *page)
{
	text_add(page, "<div class=\"scroll\"><table><thead><tr>"
		       "<th class=\"pin\">cell</th>");
	for (size_t i = 0; i < count; i++) {
		text_add(page, "<th class=\"num\">");
		html_text(page, runs[i]->kernel_release);
		text_add(page, "<span class=\"diff\">run ");
		html_run_link(page, "", runs[i]->id);
		text_add(page, "</span></th>");
	}
	text_add(page, "</tr></thead><tbody>\n");
}

static void difference_add(double value, double before, struct text *page)
{
	double change = value - before;

	text_addf(page, "<span class=\"diff %s\">%s",
		  change > 0   ? "up"
		  : change < 0 ? "down"
			       : "",
		  change > 0 ? "+" : "");
	number_add(page, change);
	if (change != 0 && before > 0)
		text_addf(page, " (%+.3g%%)", change / before * 100);
	text_add(page, "</span>");
}

static void row_add(struct dashboard *board, const struct run_info **runs, size_t count,
		    const char *cell, struct text *page)
{
	const struct cell_summary *before = NULL;

	text_add(page, "<tr><th class=\"key pin\">");
	html_cell_link(page, "", cell);
	text_add(page, "</th>");
	for (size_t i = 0; i < count; i++) {
		const struct cell_summary *summary = source_cost(board->source, runs[i], cell);

		if (!summary_usable(summary)) {
			html_td(page, "num none", summary ? summary->status : "–");
			continue; /* the next difference is to the last one that has a value */
		}
		text_add(page, "<td class=\"num\">");
		number_add(page, summary->median);
		if (before)
			difference_add(summary->median, before->median, page);
		text_add(page, "</td>");
		before = summary;
	}
	text_add(page, "</tr>\n");
}

/* Whether a kernel's value is not that of the one before it that has one. */
static bool row_differs(struct dashboard *board, const struct run_info **runs, size_t count,
			const char *cell)
{
	const struct cell_summary *before = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct cell_summary *summary = source_cost(board->source, runs[i], cell);

		if (!summary_usable(summary))
			continue;
		if (before && before->median != summary->median)
			return true;
		before = summary;
	}
	return false;
}

static void bench_add(struct dashboard *board, const struct run_info **runs, size_t count,
		      const struct bench_list *benches, const struct bench_group *bench,
		      const char *const *cells, struct text *page)
{
	size_t differ = 0;
	char words[64];

	for (size_t i = 0; i < benches->cells; i++)
		differ += bench_has(bench, cells[i]) && row_differs(board, runs, count, cells[i]);
	snprintf(words, sizeof(words), ", %zu with a difference", differ);
	bench_begin(benches, bench, "kernels", count > 1 ? words : "", page);
	head_add(runs, count, page);
	for (size_t i = 0; i < benches->cells; i++)
		if (bench_has(bench, cells[i]))
			row_add(board, runs, count, cells[i], page);
	text_add(page, "</tbody></table></div>\n");
	bench_end(page);
}

static bool row_wanted(struct dashboard *board, const struct run_info **runs, size_t count,
		       const char *cell)
{
	for (size_t i = 0; i < count; i++)
		if (source_cost(board->source, runs[i], cell))
			return true;
	return false;
}

static int benches_add(struct dashboard *board, const struct run_info **runs, size_t count,
		       struct text *page, struct fault *fault)
{
	const char **cells = calloc(board->cell_count + 1, sizeof(*cells));
	struct bench_list benches = { 0 };
	size_t wanted = 0;
	int err = cells ? 0 : -ENOMEM;

	for (size_t i = 0; !err && i < board->cell_count; i++)
		if (row_wanted(board, runs, count, board->cells[i]))
			cells[wanted++] = board->cells[i];
	if (!err)
		err = benches_gather(cells, wanted, &benches);
	if (err) {
		fault_set(fault, err, "out of memory");
		goto out;
	}
	text_add(page, "<p class=\"small\">Instructions of one call (median), and the difference "
		       "to the kernel before.</p>\n");
	benches_links(&benches, "kernels", page);
	for (size_t b = 0; b < benches.count; b++)
		bench_add(board, runs, count, &benches, &benches.items[b], cells, page);
out:
	benches_free(&benches);
	free(cells);
	return err;
}

/* Of many builds, the newest of each minor version and compiler: the page of steps has all. */
static size_t builds_thin(const struct run_info **runs, size_t count)
{
	size_t kept = 0;

	if (count <= COLUMNS)
		return count;
	for (size_t i = 0; i < count; i++) {
		char minor[32], family[KERNEL_FAMILY], other_minor[32], other[KERNEL_FAMILY];
		bool newer = false;

		kernel_minor(runs[i], minor, sizeof(minor));
		kernel_family(runs[i], family);
		for (size_t j = i + 1; j < count && !newer; j++) {
			kernel_family(runs[j], other);
			newer = !strcmp(kernel_minor(runs[j], other_minor, sizeof(other_minor)),
					minor) &&
				!strcmp(other, family) && strncmp(family, "other", 5) != 0;
		}
		if (!newer)
			runs[kept++] = runs[i];
	}
	return kept;
}

int part_kernels(struct dashboard *board, struct text *page, struct fault *fault)
{
	const struct run_info **runs =
		calloc(board->newest_count + 1, sizeof(const struct run_info *));
	size_t count = 0, all;
	int err = 0;

	if (!runs)
		return fault_set(fault, -ENOMEM, "out of memory");
	for (size_t i = 0; i < board->newest_count; i++)
		if (strcmp(board->newest[i]->instrument, "insn") == 0)
			runs[count++] = board->newest[i];
	runs_sort_by_kernel(runs, count);
	all = count;
	count = builds_thin(runs, count);
	text_add(page, "<h2 id=\"kernels\">What changed between the kernels</h2>\n");
	part_instrument("insn", page);
	if (count < all)
		text_addf(
			page,
			"<p class=\"small\">%zu builds have been counted. Here are the newest of each "
			"version and compiler.</p>\n",
			all);
	if (all > 1)
		text_add(page, "<p><a href=\"steps.html\">Where counts step from one build to the "
			       "next</a></p>\n");
	if (count < 2)
		text_addf(page, "<p>%s</p>\n",
			  count ? "Only one kernel has been counted. A second one:"
				: "No kernel has been counted yet. Two of them:");
	if (count < 2)
		html_box(page,
			 "remapbench kernel fetch 6.1 6.12\nremapbench run -i insn -k 6.1 -k 6.12");
	if (count > 1)
		err = warning_add(board, runs, count, page, fault);
	if (!err && count)
		err = benches_add(board, runs, count, page, fault);
	if (!err && count > 1) {
		char command[96];

		snprintf(command, sizeof(command), "remapbench compare %" PRId64 " %" PRId64,
			 runs[0]->id, runs[count - 1]->id);
		html_box(page, command);
	}
	free(runs);
	return err;
}
