/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * judge_words: a judgement in words, which all formats share. Not escaped, nor made plain: what runs and
 * kernels are called is in them.
 */
#ifndef RESULTS_JUDGE_WORDS_H
#define RESULTS_JUDGE_WORDS_H

#include "base/text.h"
#include "results/judge.h"
#include "results/words.h"

/* What is said above the table, a sentence at a time. */
typedef void (*judge_say)(void *context, const char *sentence);
void judge_notes(const struct judgement *judgement, judge_say say_to, void *context);

/* "run 3 (complete): base (6.12.107), core, insn; marked: 2 splats" */
void judge_run_words(const struct run_info *run, struct text *words);
/* "Numbers are insn, in instructions." */
void judge_unit_words(const struct judgement *judgement, struct text *words);
/* "Costs more", "Equal, exactly" …: what a group of rows is headed by. */
const char *judge_group_words(const struct judgement *judgement, enum judge_kind kind);

/* "costs 12", "saves at least 1.2%", "equal, exactly", "not enough data: …": the verdict of a row. */
void judge_verdict_words(const struct judge_row *row, struct text *words);
/*
 * What else there is to say of a row, a sentence for each of them: how its count is taken apart, which other
 * path a side took or which samples are invalid, how far samples are apart, and at most so many of its changes (0: all). "" for nothing.
 */
enum judge_more { JUDGE_PARTS, JUDGE_PATH, JUDGE_SAMPLES, JUDGE_CHANGES, JUDGE_MORE };
void judge_more_words(const struct judge_row *row, enum judge_more more, size_t most,
		      struct text *words);
void judge_stray_words(const struct judge_row *row, struct text *words);
/* "8 of 9 samples of B are invalid: …": where both sides have valid ones as well. */
void judge_reject_words(const struct judge_row *row, struct text *words);

/* Of a row alone: order and environment are said above the table. NULL: no more. */
const struct warning *judge_warning(const struct judge_row *row, size_t *at);

/*
 * A row's numbers. Counts: A, B, B - A, change, a page. Times: A, B, the estimate from all trials, its interval
 * ("?" for an end that is open), and the smallest cost that such data would have shown.
 */
enum { JUDGE_COLUMNS = 5, JUDGE_COLUMN_WORDS = 2 * NUMBER_WORDS + 8 };
const char *judge_head(const struct judgement *judgement, size_t column);
void judge_columns(const struct judge_row *row, char out[JUDGE_COLUMNS][JUDGE_COLUMN_WORDS]);

/* "+1.20%", "x12.3"; "-" where there is none. Of times, the estimate from all trials. */
char *judge_ratio_words(const struct judge_row *row, char *out, size_t room);

#endif
