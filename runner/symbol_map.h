/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * symbol_map: from a kernel's symbols to the functions that the plugin counts by (plugin/symbols.h). Of the
 * names at one address it takes one that does not begin with an underscore, if there is one (memcpy,
 * not __memcpy), else the first by letter: the same on each kernel that has the same names. The edges of
 * sections (_stext, _etext, __softirqentry_text_end …) are no functions: what no other name covers behind
 * one is unknown.
 */
#ifndef RUNNER_SYMBOL_MAP_H
#define RUNNER_SYMBOL_MAP_H

#include "base/fault.h"
#include "base/text.h"

/* symbols: the kernel's symbol file ("hexaddress name", sorted); appends the plugin's file to out. */
int symbol_map_make(const char *symbols, struct text *out, struct fault *fault);

#endif
