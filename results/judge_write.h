/* SPDX-License-Identifier: GPL-2.0-only */
/* judge_write: a judgement as text, Markdown, JSON, and in the layouts of LKP and benchstat. */
#ifndef RESULTS_JUDGE_WRITE_H
#define RESULTS_JUDGE_WRITE_H

#include <jansson.h>
#include <stdio.h>

#include "results/judge.h"

struct judge_view {
	bool all; /* the rows that are equal or below the threshold, too */
	const char *caution; /* what is to be said of the instrument; NULL: nothing */
	const char *command; /* that makes it again; NULL: none */
	const char *listed_by; /* what lists the rows that are told by number; NULL: "--all" */
	const char *home; /* HTML: what the page is one of, to link to; NULL: it stands alone */
};
/*
 * Rows that are equal are told by their number, but for those of which refills make a difference. (Layout's are
 * told in a note.)
 */
bool judge_row_is_shown(const struct judge_row *row, const struct judge_view *view);

/* All: 0 or -ENOMEM; a write error is the stream's (ferror). */
int judge_write_text(const struct judgement *judgement, const struct judge_view *view, FILE *out);
/* What is not the kernel and differs, of a comparison; nothing where nothing does. */
void judge_write_differences(const struct comparison *comparison, FILE *out);
/* Its table alone. */
int judge_write_rows(const struct judgement *judgement, const struct judge_view *view, FILE *out);
int judge_write_markdown(const struct judgement *judgement, const struct judge_view *view,
			 FILE *out);
int judge_write_lkp(const struct judgement *judgement, const struct judge_view *view, FILE *out);
int judge_write_benchstat(const struct judgement *judgement, const struct judge_view *view,
			  FILE *out);
/* docs/compare-json.md. A new reference; NULL where memory ran out. */
json_t *judgement_json(const struct judgement *judgement, const char *command);

#endif
