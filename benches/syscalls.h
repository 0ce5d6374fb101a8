/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * syscalls: the raw system calls of timed bodies. Inline, so that between an instrument's two
 * readings stands the instruction itself and not glibc, which filters mremap's flags.
 * All return what the kernel returned: a negative errno on failure.
 */
#ifndef BENCHES_SYSCALLS_H
#define BENCHES_SYSCALLS_H

#include <stdint.h>
#include <sys/syscall.h>

#ifndef __x86_64__
#error "only x86-64 so far"
#endif

static inline long raw_mremap(uint64_t old_address, uint64_t old_length, uint64_t new_length,
			      unsigned long flags, uint64_t new_address)
{
	register unsigned long r10 __asm__("r10") = flags;
	register uint64_t r8 __asm__("r8") = new_address;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(SYS_mremap), "D"(old_address), "S"(old_length), "d"(new_length),
			   "r"(r10), "r"(r8)
			 : "rcx", "r11", "memory");
	return result;
}

static inline long raw_getppid(void)
{
	long result;

	__asm__ volatile("syscall" : "=a"(result) : "a"(SYS_getppid) : "rcx", "r11", "memory");
	return result;
}

/* ioctl, read and write: three arguments each. */
static inline long raw_three(long number, uint64_t first, uint64_t second, uint64_t third)
{
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(first), "S"(second), "d"(third)
			 : "rcx", "r11", "memory");
	return result;
}

#endif
