// SPDX-License-Identifier: GPL-2.0-only
/* mail: text in lines of at most 80 columns. */
#include "results/mail.h"

#include <stdbool.h>
#include <string.h>

#include "results/words.h"

/* Columns of the first length bytes. */
static size_t columns_of(const char *words, size_t length)
{
	size_t columns = 0;

	for (size_t i = 0; i < length; i++)
		columns += ((unsigned char)words[i] & 0xc0) != 0x80;
	return columns;
}

/* The bytes up to the next blank; in a command, up to the next that is not in quotes. */
static size_t word_length(const char *words, bool command)
{
	char quote = '\0';
	size_t i = 0;

	for (; words[i]; i++) {
		if (!quote && words[i] == ' ')
			break;
		if (!command)
			continue;
		if (quote == words[i])
			quote = '\0';
		else if (!quote && (words[i] == '\'' || words[i] == '"'))
			quote = words[i];
		else if (words[i] == '\\' && quote != '\'' && words[i + 1])
			i++;
	}
	return i;
}

static void lines_put(FILE *out, size_t at, int rest, const char *words, bool command)
{
	size_t limit = command ? MAIL_COLUMNS - 2 : MAIL_COLUMNS;
	bool begun = false;

	while (*words) {
		size_t length = word_length(words, command), columns = columns_of(words, length);

		if (begun && at + 1 + columns > limit) {
			fprintf(out, "%s\n%*s", command ? " \\" : "", rest, "");
			at = (size_t)rest;
		} else if (begun) {
			fputc(' ', out);
			at++;
		}
		fprintf(out, "%.*s", (int)length, words);
		at += columns;
		begun = true;
		words += length;
		words += *words == ' ';
	}
	fputc('\n', out);
}

void mail_words(FILE *out, const char *first, int rest, const char *words)
{
	struct text plain = { 0 };

	text_add_plain(&plain, words);
	fputs(first, out);
	lines_put(out, text_columns(first), rest, text_get(&plain), false);
	text_free(&plain);
}

void mail_command(FILE *out, int indent, const char *command)
{
	struct text plain = { 0 };

	if (!command[0])
		return;
	text_add_plain(&plain, command);
	fprintf(out, "%*s", indent, "");
	lines_put(out, (size_t)indent, indent + 4, text_get(&plain), true);
	text_free(&plain);
}
