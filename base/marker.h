/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * marker: the no-ops by which the agent tells QEMU's plugin where a timed region begins and ends.
 * `nopl disp32(%rax)` does nothing on any x86-64 CPU; its displacement carries the message, since a
 * plugin of API version 1 can read an instruction's bytes but no register.
 */
#ifndef BASE_MARKER_H
#define BASE_MARKER_H

#define MARKER_LENGTH 7 /* bytes of the instruction: 0f 1f 80, then the displacement */
#define MARKER_MAGIC 0x52424d /* the displacement's upper 24 bits: "RBM" */
#define MARKER_BEGIN 1 /* its lower 8 bits */
#define MARKER_END 2

#define MARKER(kind)                                                                             \
	__asm__ volatile(".byte 0x0f, 0x1f, 0x80\n\t.long %c0" ::"i"(MARKER_MAGIC << 8 | (kind)) \
			 : "memory")

#endif
