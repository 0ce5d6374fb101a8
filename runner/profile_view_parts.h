/* SPDX-License-Identifier: GPL-2.0-only */
/* profile_view_parts: what profile_view.c and profile_view_diff.c share with one another alone. */
#ifndef RUNNER_PROFILE_VIEW_PARTS_H
#define RUNNER_PROFILE_VIEW_PARTS_H

#include <stdint.h>
#include <stdio.h>

#include "results/query.h"
#include "results/table.h"

/* "1,234", "+1,234": exact, however large. */
void view_count(struct table *table, uint64_t count);
void view_change(struct table *table, int64_t change);
void view_heads(struct table *table, const char *const *heads); /* the last is NULL */
/* "run 3 (complete): kernel (release), suite, insn", and its mark where it has one. */
void view_side(const char *side, const struct run_info *run, FILE *out);

#endif
