/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * table: columns of text that line up. What is put in is made plain (words.h).
 */
#ifndef RESULTS_TABLE_H
#define RESULTS_TABLE_H

#include <stddef.h>
#include <stdio.h>

struct table {
	const char *align; /* one letter a column: 'l' or 'r' */
	char **items; /* row after row; the first row is the heading */
	size_t count, room;
	int failed; /* -ENOMEM: a cell is missing */
};

/* The next field, from left to right; after the last column the next row begins. */
void table_add(struct table *table, const char *field);
/* 0; -ENOMEM. A write error is the stream's (ferror). */
/* A row of empty fields is a blank line. */
int table_print(const struct table *table, FILE *out);
/* The same as a table of Markdown, with what that would take for its own signs escaped. */
int table_print_markdown(const struct table *table, FILE *out);
/* Plain text, with those signs escaped. */
void markdown_field(const char *field, FILE *out);
void table_free(struct table *table);

#endif
