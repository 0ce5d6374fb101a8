/* SPDX-License-Identifier: GPL-2.0-only */
/* guest: what the agent does when it is a guest's first process: mounts, quiet, the report's line. */
#ifndef BENCHES_GUEST_H
#define BENCHES_GUEST_H

/* Mounts /proc, /sys, /dev and /sys/kernel/tracing; returns the report's serial line, or -1. */
int guest_prepare(void);
/* Makes the kernel's own work as rare as it can be: no khugepaged, no preemption by normal tasks.
 * Its warnings go to the console from here on. */
void guest_quiet(void);
/* The report's lines `log`: what the kernel said from its start on that is a warning or worse. */
void guest_tell_log(void);
/* Syncs nothing, powers the guest off; does not return. */
void guest_end(void) __attribute__((noreturn));

#endif
