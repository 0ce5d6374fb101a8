/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * html: the pieces that pages are made of. Everything that is not a literal of our own gets into a
 * page through html_text, and into a file's name through html_slug.
 */
#ifndef PLOTS_HTML_H
#define PLOTS_HTML_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "results/query.h"

extern const char html_style[]; /* the style sheet */

/* Escaped and cleaned; good between tags and between double quotes. Cut at 64 Ki characters. */
void html_text(struct text *page, const char *words);
/* up: "" on the index, "../" in a folder below it. */
void html_begin(struct text *page, const char *title, const char *up);
/* A page that is one file: the style sheet is in it. */
void html_begin_alone(struct text *page, const char *title);
void html_end(struct text *page);
/* A box with a command line, or with any other words whose line breaks count. */
void html_box(struct text *page, const char *words);

/* Table cells, each with a class of style.css ("" for none). */
void html_td(struct text *page, const char *class, const char *words);
void html_th(struct text *page, const char *class, const char *words);
void html_td_number(struct text *page, double value); /* not finite: a dash */
void html_td_count(struct text *page, int64_t count);
void html_td_state(struct text *page, const char *status);

enum { HTML_SLUG = 256 };
/*
 * A file name for any key: different keys, different names; [A-Za-z0-9._~-] only, never longer than
 * 200 bytes. '/' becomes '_', '=' becomes '.', all else ~XX; what is too long ends in "~~" and its
 * SHA-256.
 */
void html_slug(const char *key, char out[HTML_SLUG]);
void html_cell_link(struct text *page, const char *up, const char *cell);
void html_run_link(struct text *page, const char *up, int64_t run);

/* Words as one word of a shell's, in text. */
void shell_quote(struct text *text, const char *words);
/* "3.52 ms", "174 ns". */
void duration_add(struct text *text, double nanoseconds);

#endif
