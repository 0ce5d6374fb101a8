/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * text: a growable string, and the few ways in which every room writes numbers.
 * A buffer that ran out of memory keeps what it had and says so in `failed`; check it once, at the end.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
	char *data; /* NUL-terminated once anything was added; owned; NULL while empty */
	size_t len; /* bytes, without the NUL */
	size_t room;
	bool failed; /* an allocation failed: the content is cut short */
};

void text_add(struct text *text, const char *string);
void text_add_bytes(struct text *text, const void *bytes, size_t count);
void text_addf(struct text *text, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void text_addv(struct text *text, const char *fmt, va_list args);
void text_clear(struct text *text); /* empty, keeps the memory */
void text_free(struct text *text);
const char *text_get(const struct text *text); /* never NULL */

/* Keeps only the last `keep` bytes (for console tails). */
void text_keep_tail(struct text *text, size_t keep);

/* Sizes as the cells write them: 4K, 2M, 1G (binary, exact, whole numbers); 0 or -EINVAL/-ERANGE. */
int size_parse(const char *string, uint64_t *bytes);
/* The shortest such form of bytes, in out (at least 24 bytes): returns out. */
char *size_format(uint64_t bytes, char *out, size_t room);

/* A count with thousands separators ("12,176,783"), in out (at least 32 bytes): returns out. */
char *count_format(uint64_t count, char *out, size_t room);

/* Parses all of string as an unsigned number in base 10; 0, -EINVAL or -ERANGE. */
int number_parse(const char *string, uint64_t *number);

/* Shell-style match (`*`, `?`; `*` crosses '/'); both at most 512 bytes. Never backtracks exponentially. */
bool glob_match(const char *pattern, const char *string);

#endif
