// SPDX-License-Identifier: GPL-2.0-only
/* table: columns of text that line up. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "results/database.h"
#include "results/table.h"
#include "results/words.h"

void table_add(struct table *table, const char *field)
{
	struct text plain = { 0 };
	char *item;

	text_add_plain(&plain, field);
	item = plain.failed ? NULL : strdup(text_get(&plain));
	text_free(&plain);
	if (!item || array_grow(&table->items, &table->room, table->count, sizeof(*table->items))) {
		free(item);
		table->failed = -ENOMEM;
		return;
	}
	table->items[table->count++] = item;
}

static void field_print(const char *field, size_t width, char align, int last, FILE *out)
{
	int pad = (int)(width - text_columns(field));

	if (align == 'r')
		fprintf(out, "%*s%s", pad, "", field);
	else if (last)
		fputs(field, out);
	else
		fprintf(out, "%s%*s", field, pad, "");
}

static int row_empty(char *const *fields, size_t columns)
{
	for (size_t i = 0; i < columns; i++)
		if (fields[i][0])
			return 0;
	return 1;
}

int table_print(const struct table *table, FILE *out)
{
	size_t columns = strlen(table->align);
	size_t *widths;

	if (table->failed)
		return table->failed;
	widths = calloc(columns, sizeof(*widths));
	if (!widths)
		return -ENOMEM;
	for (size_t i = 0; i < table->count; i++) {
		size_t width = text_columns(table->items[i]);

		if (width > widths[i % columns])
			widths[i % columns] = width;
	}
	for (size_t i = 0; i < table->count; i++) {
		size_t column = i % columns;
		int last = column + 1 == columns;

		if (!column && i + columns <= table->count &&
		    row_empty(table->items + i, columns)) {
			fputs("\n", out);
			i += columns - 1;
			continue;
		}
		field_print(table->items[i], widths[column], table->align[column], last, out);
		fputs(last ? "\n" : "  ", out);
	}
	free(widths);
	return 0;
}

/* Punctuation that Markdown or HTML in it would read. */
void markdown_field(const char *field, FILE *out)
{
	for (; *field; field++) {
		if (strchr("|\\`*_<>&[]#~", *field))
			fputc('\\', out);
		fputc(*field, out);
	}
}

int table_print_markdown(const struct table *table, FILE *out)
{
	size_t columns = strlen(table->align);

	if (table->failed)
		return table->failed;
	for (size_t i = 0; i < table->count; i++) {
		fputs(i % columns ? " | " : "| ", out);
		markdown_field(table->items[i], out);
		if ((i + 1) % columns)
			continue;
		fputs(" |\n", out);
		for (size_t c = 0; i + 1 == columns && c < columns; c++)
			fprintf(out, "|%s%s", table->align[c] == 'r' ? "--:" : ":--",
				c + 1 == columns ? "|\n" : "");
	}
	return 0;
}

void table_free(struct table *table)
{
	for (size_t i = 0; i < table->count; i++)
		free(table->items[i]);
	free(table->items);
	table->items = NULL;
	table->count = table->room = 0;
}
