/* SPDX-License-Identifier: GPL-2.0-only */
/* bisect_view: a bisection for people and for scripts. */
#ifndef RUNNER_BISECT_VIEW_H
#define RUNNER_BISECT_VIEW_H

#include <jansson.h>
#include <stddef.h>

#include "runner/bisect.h"
#include "runner/bisect_lab.h"

enum { BISECT_ONLY_SKIPPED = 3 }; /* exit status: what remains can't be tested */

/* The count in words, in out; "-" where there is none. */
const char *bisect_middle(const struct bisect_count *count, char *out, size_t room);

/* A line or two on stderr. */
void bisect_step_show(const struct bisect_step *step);

/* On stdout; returns the exit status. */
int bisect_found_print(struct lab *lab, const struct bisect_found *found);
json_t *bisect_found_json(struct lab *lab, const struct bisect_found *found);

#endif
