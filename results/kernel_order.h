/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_order: the order in which kernel builds stand in a history, and which of them the same
 * compiler made. One version built by two compilers executes other numbers of instructions: only
 * builds of one family are compared step by step.
 */
#ifndef RESULTS_KERNEL_ORDER_H
#define RESULTS_KERNEL_ORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "results/query.h"

/* Version order: 6.1 < 6.12-rc1 < 6.12 < 6.12.1; and Debian's: 7.3~rc7-1 < 7.3-1~bpo13+1 < 7.3-1. <0, 0, >0. */
int release_compare(const char *a, const char *b);

/* What a build is ordered by: its package's version, else its release. Stays the run's. */
const char *kernel_order_version(const struct run_info *run);
/* By version; then by name, by content, by run. */
int kernel_order(const struct run_info *a, const struct run_info *b);

enum { KERNEL_FAMILY = 64 };
/*
 * "debian-12 cloud-amd64": the suite whose compiler made it (a backport to a suite is built there), and
 * the flavour. "debian-sid …" of sid and experimental; "other …" of what no distribution built.
 */
void kernel_family(const struct run_info *run, char out[KERNEL_FAMILY]);

/* A short name in an axis: the version without what its family says already: "6.12.94-1", "6.17.8". */
char *kernel_short(const struct run_info *run, char *out, size_t room);
/* "6.12": the version's first two numbers; "" where there are none. */
char *kernel_minor(const struct run_info *run, char *out, size_t room);

/* Is the word among the kernel's traits ("relocation, no-move-pmd")? */
bool kernel_has_trait(const struct run_info *run, const char *trait);

#endif
