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

/*
 * vfork, execveat(fd, "", argv, no environment, AT_EMPTY_PATH) in the child, wait4 in the parent.
 * The status of a child that ended, which is the errno of an execveat that failed; or what vfork or
 * wait4 returned. One piece of assembly: the child runs on the parent's stack, and may touch none of it.
 */
static inline long raw_spawn_wait(int fd, const char *const *argv, int *status)
{
	static const char empty[1];
	register unsigned long r10 __asm__("r10") = 0;
	register unsigned long r8 __asm__("r8") = 0x1000; /* AT_EMPTY_PATH */
	register int *r9 __asm__("r9") = status;
	unsigned long rdi = (unsigned long)fd, rsi = (unsigned long)empty,
		      rdx = (unsigned long)argv;
	long result;

	__asm__ volatile("mov %[vfork], %%eax\n\t"
			 "syscall\n\t"
			 "test %%rax, %%rax\n\t"
			 "js 2f\n\t"
			 "jnz 1f\n\t"
			 "mov %[execveat], %%eax\n\t"
			 "syscall\n\t"
			 "neg %%eax\n\t"
			 "mov %%eax, %%edi\n\t"
			 "mov %[exit], %%eax\n\t"
			 "syscall\n\t"
			 "hlt\n"
			 "1:\n\t"
			 "mov %%eax, %%edi\n\t"
			 "mov %%r9, %%rsi\n\t"
			 "xor %%edx, %%edx\n\t"
			 "mov %[wait], %%eax\n\t"
			 "syscall\n"
			 "2:"
			 : "=&a"(result), "+D"(rdi), "+S"(rsi), "+d"(rdx), "+r"(r10), "+r"(r8),
			   "+r"(r9)
			 : [vfork] "i"(SYS_vfork), [execveat] "i"(SYS_execveat),
			   [exit] "i"(SYS_exit_group), [wait] "i"(SYS_wait4)
			 : "rcx", "r11", "memory", "cc");
	return result;
}

static inline long raw_ftruncate(int fd, uint64_t length)
{
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(SYS_ftruncate), "D"((long)fd), "S"(length)
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
