/* SPDX-License-Identifier: GPL-2.0-only */
/* compare_output: a judgement in any format: for the commands that end in one. */
#ifndef RUNNER_COMPARE_OUTPUT_H
#define RUNNER_COMPARE_OUTPUT_H

#include <stdio.h>

#include "results/judge.h"
#include "results/judge_write.h"

enum compare_format {
	FORMAT_TEXT,
	FORMAT_MARKDOWN,
	FORMAT_HTML,
	FORMAT_JSON,
	FORMAT_LKP,
	FORMAT_BENCHSTAT,
	COMPARE_FORMATS
};
/* COMPARE_FORMATS: it is none. */
enum compare_format compare_format_find(const char *name);

/* 0 or -ENOMEM; a write error is the stream's. */
int comparison_write(enum compare_format format, const struct judgement *judgement,
		     const struct judge_view *view, FILE *out);

#endif
