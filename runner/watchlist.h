/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * watchlist: from a kernel's symbols to the addresses that the plugin watches (plugin/watch.h).
 * Rules of x86-64 since 5.8: hardware interrupts enter at asm_sysvec_* or at a stub of
 * irq_entries_start and spurious_entries_start (arch/x86/include/asm/idtentry.h), exceptions at
 * asm_exc_*; all return by iretq.
 */
#ifndef RUNNER_WATCHLIST_H
#define RUNNER_WATCHLIST_H

#include "base/fault.h"
#include "base/text.h"

/* symbols: the kernel's symbol file ("hexaddress name", sorted); appends the plugin's file to out. */
int watchlist_make(const char *symbols, struct text *out, struct fault *fault);

#endif
