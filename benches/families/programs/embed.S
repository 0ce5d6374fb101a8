/* SPDX-License-Identifier: GPL-2.0-only */
/* embed: the linked programs as bytes of the agent. The assembler finds them in the build's folder. */
	.section .rodata
	.globl program_reexec64, program_reexec64_end, program_reexec32, program_reexec32_end
program_reexec64:
	.incbin "reexec64"
program_reexec64_end:
program_reexec32:
	.incbin "reexec32"
program_reexec32_end:
	.section .note.GNU-stack, "", @progbits
