/* SPDX-License-Identifier: GPL-2.0-only */
/* tracing: makes tracefs readable for this process alone, where it is not mounted. */
#ifndef RUNNER_TRACING_H
#define RUNNER_TRACING_H

/*
 * With the right to it (root): mounts tracefs at /sys/kernel/tracing in a mount namespace of our
 * own, so that nothing of the machine is changed. 0 also where it is there already, else a negative
 * errno: tracepoints then stay unsupported, with event_encode()'s reason.
 */
int tracing_prepare(void);

#endif
