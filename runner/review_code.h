/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * review_code: what a review says of the patched build's machine code: the objects, and the
 * functions, that grew or shrank.
 */
#ifndef RUNNER_REVIEW_CODE_H
#define RUNNER_REVIEW_CODE_H

#include <jansson.h>
#include <stdio.h>

enum { REVIEW_CODE_FUNCTIONS = 20 }; /* at most so many lines; `kernel show` has the others */

/* recipe: of the kernel of that name. Sections for a mail; none of what the recipe doesn't hold. */
void review_code_print(const json_t *recipe, const char *kernel, FILE *out);

#endif
