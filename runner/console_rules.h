/* SPDX-License-Identifier: GPL-2.0-only */
/* console_rules: by which words a line of a kernel's console is known to begin a splat, or to be in one. */
#ifndef RUNNER_CONSOLE_RULES_H
#define RUNNER_CONSOLE_RULES_H

#include "runner/console.h"

/* A line without what printk puts before it: level, time, caller. Points into line. */
const char *console_text(const char *line);

/* Whether the text begins a splat; if so its kind, and its headline as far as this line has it. */
bool console_starts(const char *text, enum splat_kind *kind, char headline[CONSOLE_HEADLINE]);

/* "… : 0002 [#1] SMP": the line that x86's die() numbers, the first or a later one of its splat. */
bool console_numbered(const char *text);

/* Where in the kernel it happened, said by a later line of a splat of this kind; false: not said here. */
bool console_detail(enum splat_kind kind, const char *text, char *out, size_t room);

/* The line ends the splat that it is of. */
bool console_ends(enum splat_kind kind, const char *text);

/* "====…" or "cut here": what comes next may be a splat's. */
bool console_ruler(const char *text);

#endif
