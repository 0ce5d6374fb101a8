/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * utf8: text that others named (kernels, files, reasons), one code point at a time, so that what a
 * page or a figure shows is valid UTF-8 without control characters or hidden direction marks.
 */
#ifndef PLOTS_UTF8_H
#define PLOTS_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define UTF8_REPLACEMENT 0xfffdu

/*
 * The code point that string (not at its end) begins with, and how many bytes it has. Invalid:
 * U+FFFD, 1.
 */
size_t utf8_next(const char *string, uint32_t *code);
/* False for what must never be shown: controls, direction overrides, what XML 1.0 forbids. */
bool utf8_shown(uint32_t code);
void utf8_add(struct text *text, uint32_t code);
/* Appends string without what must not be shown; a line break becomes a space; at most limit
 * characters, and an ellipsis where it was cut. */
void utf8_add_clean(struct text *text, const char *string, size_t limit);
/* Characters, not bytes. */
size_t utf8_length(const char *string);

#endif
