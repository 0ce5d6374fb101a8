/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * words: text and numbers as they are shown to people, and made safe to show: what a kernel, a file or a
 * database said never moves the cursor of a terminal and is always valid UTF-8.
 */
#ifndef RESULTS_WORDS_H
#define RESULTS_WORDS_H

#include <stddef.h>

#include "base/text.h"

/* Appends string with '?' for each control character (tab, newline, C1 too) and each byte that is not UTF-8. */
void text_add_plain(struct text *text, const char *string);

/* Columns of a terminal that plain text takes, taking each character for one. */
size_t text_columns(const char *string);

enum { NUMBER_WORDS = 40 }; /* room for the ones below: they return out */

/* "12,176,783"; "12.5" (one decimal below 10,000 where there is a fraction); "-" for none (NAN). */
char *number_words(double number, char out[NUMBER_WORDS]);
/* The same with its sign: "+1,024", "-3", "0". */
char *difference_words(double number, char out[NUMBER_WORDS]);
/* A ratio as a change: "+3.25%", "0.00%", "x12.3" from eleven times on; "-" for none. */
char *ratio_words(double ratio, char out[NUMBER_WORDS]);
/* The width of low to high as a part of the median: "0.4%". */
char *spread_words(double median, double low, double high, char out[NUMBER_WORDS]);

#endif
