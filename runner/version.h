/* SPDX-License-Identifier: GPL-2.0-only */
/* version: the order of kernel releases and package versions, and whether one begins with another. */
#ifndef RUNNER_VERSION_H
#define RUNNER_VERSION_H

#include <stdbool.h>

/*
 * Below, at or above 0, as strcmp(3). Debian's order (Policy, 5.6.12: digits by value, letters before
 * other characters, '~' before everything and before the end), in which a kernel's own "-rc" is a
 * '~' too: 7.3-rc7 and 7.3~rc7 come before 7.3.
 */
int version_compare(const char *a, const char *b);

/* Whether version begins with spec and spec ends where a part ends: "6.1" begins 6.1.2, not 6.12. */
bool version_begins(const char *version, const char *spec);

#endif
