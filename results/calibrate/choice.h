/* SPDX-License-Identifier: GPL-2.0-only */
/* choice: other ways to judge the same trials, beside the one that was chosen. */
#ifndef RESULTS_CALIBRATE_CHOICE_H
#define RESULTS_CALIBRATE_CHOICE_H

#include <stddef.h>
#include <stdint.h>

/* Prints a Markdown table: false claims of tables without an effect, and power. Negative errno. */
int choice_print(size_t tables, uint64_t seed);

#endif
