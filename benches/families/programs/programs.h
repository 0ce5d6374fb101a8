/* SPDX-License-Identifier: GPL-2.0-only */
/* programs: what benches execute: whole ELF files, from the first byte to before the end. */
#ifndef BENCHES_PROGRAMS_PROGRAMS_H
#define BENCHES_PROGRAMS_PROGRAMS_H

extern const char program_reexec64[], program_reexec64_end[];
extern const char program_reexec32[], program_reexec32_end[];

#endif
