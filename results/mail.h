/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mail: text that a mail program leaves as it is: at most 80 columns, no tabs, no line that it would join
 * or break. What is given is made plain (words.h).
 */
#ifndef RESULTS_MAIL_H
#define RESULTS_MAIL_H

#include <stdio.h>

enum { MAIL_COLUMNS = 80 };

/*
 * Words, broken at blanks; the first line behind `first`, the others behind as many blanks as `rest`. A
 * word that is longer than a line stays whole.
 */
void mail_words(FILE *out, const char *first, int rest, const char *words);
/* A command for a shell, broken by backslashes at blanks outside of its quotes. */
void mail_command(FILE *out, int indent, const char *command);

#endif
