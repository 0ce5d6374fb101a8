// SPDX-License-Identifier: GPL-2.0-only
/* verify_rows: one row of a dataset beside the same one measured again: the same, or what differs. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "runner/verify.h"

static int value_order(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

/* The middle value, of an even number the lower one of two. */
static uint64_t row_middle(const struct reference_row *row)
{
	uint64_t *sorted = calloc(row->samples + 1, sizeof(*sorted)), middle;

	if (!sorted || !row->samples) {
		free(sorted);
		return row->samples ? row->values[0] : 0;
	}
	memcpy(sorted, row->values, row->samples * sizeof(*sorted));
	qsort(sorted, row->samples, sizeof(*sorted), value_order);
	middle = sorted[(row->samples - 1) / 2];
	free(sorted);
	return middle;
}

static void word_add(struct text *what, const char *separator)
{
	if (what->len)
		text_add(what, separator);
}

static bool values_same(const struct reference_row *a, const struct reference_row *b,
			struct text *what)
{
	char from[32], to[32];
	uint32_t differing = 0, common = a->samples < b->samples ? a->samples : b->samples;

	for (uint32_t i = 0; i < common; i++)
		differing += a->values[i] != b->values[i];
	if (!differing && a->samples == b->samples)
		return true;
	word_add(what, "; ");
	text_addf(what, "%s -> %s, in %" PRIu32 " of %" PRIu32 " samples",
		  count_format(row_middle(a), from, sizeof(from)),
		  count_format(row_middle(b), to, sizeof(to)), differing, a->samples);
	if (a->samples != b->samples)
		text_addf(what, " (now %" PRIu32 ")", b->samples);
	return false;
}

/* The column of that name; what it says is compared as it stands: the same values are the same text. */
static bool column_find(const char *text, const char *name, struct reference_column *column)
{
	while (reference_column_next(&text, column))
		if (!strcmp(column->name, name))
			return true;
	return false;
}

static bool column_is_zero(const struct reference_column *column)
{
	return column->values_len == 1 && *column->values == '0';
}

/* A function that no path of the dataset names was not watched then. */
static bool function_known(const struct reference *reference, const char *name)
{
	struct reference_column column;

	for (size_t i = 0; i < reference->cell_count; i++)
		for (size_t j = 0; j < reference->cells[i].paths.count; j++)
			if (column_find(reference->cells[i].paths.items[j].text, name, &column))
				return true;
	return false;
}

static void column_differs(struct text *what, const struct reference_column *old_column,
			   const struct reference_column *new_column)
{
	word_add(what, "; ");
	text_addf(what, "%s %.*s -> %.*s", (old_column ? old_column : new_column)->name,
		  old_column ? (int)old_column->values_len : 1,
		  old_column ? old_column->values : "0",
		  new_column ? (int)new_column->values_len : 1,
		  new_column ? new_column->values : "0");
}

/* known NULL: every column counts. One that is missing on one side was never entered there. */
static bool columns_same(const struct reference *known, const char *old_text, const char *new_text,
			 struct text *what)
{
	struct reference_column a, b;
	const char *at = old_text;
	bool same = true;

	while (reference_column_next(&at, &a)) {
		bool there = column_find(new_text, a.name, &b);

		if (there ? a.values_len == b.values_len &&
				    !memcmp(a.values, b.values, a.values_len)
			  : column_is_zero(&a))
			continue;
		column_differs(what, &a, there ? &b : NULL);
		same = false;
	}
	at = new_text;
	while (reference_column_next(&at, &b)) {
		if (column_find(old_text, b.name, &a) || column_is_zero(&b) ||
		    (known && !function_known(known, b.name)))
			continue;
		column_differs(what, NULL, &b);
		same = false;
	}
	return same;
}

bool verify_paths_same(const char *old_text, const char *new_text, struct text *what)
{
	return columns_same(NULL, old_text, new_text, what);
}

static bool bads_same(const struct reference_row *a, const struct reference_row *b,
		      struct text *what)
{
	bool same = a->bad_count == b->bad_count;

	for (size_t i = 0; same && i < a->bad_count; i++)
		same = a->bads[i].sample == b->bads[i].sample &&
		       !strcmp(a->bads[i].reason, b->bads[i].reason);
	if (same)
		return true;
	word_add(what, "; ");
	text_addf(what, "invalid samples %zu -> %zu%s%s", a->bad_count, b->bad_count,
		  b->bad_count ? ": " : "", b->bad_count ? b->bads[0].reason : "");
	return false;
}

bool verify_rows_same(const struct reference *reference, const struct reference_cell *old_cell,
		      const struct reference_row *old_row, const struct reference_cell *new_cell,
		      const struct reference_row *new_row, struct text *what)
{
	static const char *const words[] = { "ok", "unsupported", "failed" };
	char count[32];
	bool same;

	if (old_row->status != new_row->status) {
		text_addf(what, "%s -> %s%s%s", words[old_row->status], words[new_row->status],
			  new_row->reason[0] ? ": " : "", new_row->reason);
		return false;
	}
	if (old_row->status != REFERENCE_OK) {
		same = !strcmp(old_row->reason, new_row->reason);
		text_addf(what, "%s: %s%s%s", words[old_row->status], old_row->reason,
			  same ? "" : " -> ", same ? "" : new_row->reason);
		return same;
	}
	same = values_same(old_row, new_row, what);
	same = columns_same(reference, reference_text_of(&old_cell->paths, old_row->path),
			    reference_text_of(&new_cell->paths, new_row->path), what) &&
	       same;
	same = columns_same(NULL, reference_text_of(&old_cell->lefts, old_row->left),
			    reference_text_of(&new_cell->lefts, new_row->left), what) &&
	       same;
	same = bads_same(old_row, new_row, what) && same;
	if (same)
		text_add(what, count_format(row_middle(old_row), count, sizeof(count)));
	return same;
}
