/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reexec: a program of one page that executes itself again and again, for exec_stack: as little as
 * can be beside what execve itself does. 64-bit or 32-bit, by the compiler's -m.
 *
 * argv[1] is three bytes: how many are to run, this one included; the descriptor of this program;
 * the descriptor that each writes the address of its argv[1] to, a pointer. The first byte counts
 * down in the program's own copy. Ends with 0, or with the errno of an execveat that failed.
 */

/* Of asm/unistd_64.h and _32.h: a 64-bit system without 32-bit development files lacks the latter's. */
#ifdef __x86_64__
#define NR_WRITE 1
#define NR_EXIT_GROUP 231
#define NR_EXECVEAT 322
#else
#define NR_WRITE 4
#define NR_EXIT_GROUP 252
#define NR_EXECVEAT 358
#endif
#define AT_EMPTY_PATH 0x1000

	.section .rodata
empty:
	.byte 0

	.text
	.globl _start
_start:
#ifdef __x86_64__
	mov 16(%rsp), %rbx
	movzbl 2(%rbx), %edi
	lea 16(%rsp), %rsi
	mov $8, %edx
	mov $NR_WRITE, %eax
	syscall
	xor %eax, %eax
	decb (%rbx)
	jz out
	movzbl 1(%rbx), %edi
	lea empty(%rip), %rsi
	lea 8(%rsp), %rdx
	xor %r10d, %r10d
	mov $AT_EMPTY_PATH, %r8d
	mov $NR_EXECVEAT, %eax
	syscall
	neg %eax
out:
	mov %eax, %edi
	mov $NR_EXIT_GROUP, %eax
	syscall
#else
	mov 8(%esp), %ebp
	movzbl 2(%ebp), %ebx
	lea 8(%esp), %ecx
	mov $4, %edx
	mov $NR_WRITE, %eax
	int $0x80
	xor %eax, %eax
	decb (%ebp)
	jz out
	movzbl 1(%ebp), %ebx
	mov $empty, %ecx
	lea 4(%esp), %edx
	xor %esi, %esi
	mov $AT_EMPTY_PATH, %edi
	mov $NR_EXECVEAT, %eax
	int $0x80
	neg %eax
out:
	mov %eax, %ebx
	mov $NR_EXIT_GROUP, %eax
	int $0x80
#endif
	hlt

	.section .note.GNU-stack, "", @progbits
