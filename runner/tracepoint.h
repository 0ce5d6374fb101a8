/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tracepoint: the numbers of tracepoints, read from tracefs where it is mounted. Nothing is mounted here.
 */
#ifndef RUNNER_TRACEPOINT_H
#define RUNNER_TRACEPOINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"

/* Where tracefs may be, NULL at the end: its own place, and the one below debugfs. */
extern const char *const tracepoint_roots[];

/* Can it be a tracepoint's name: SYSTEM:EVENT, both of letters, digits, '_' and '-'. */
bool tracepoint_is(const char *name);

/*
 * Its number, by the first root that is mounted. -ENOENT (no such tracepoint; no tracefs, and how
 * to mount it), -EACCES, -EPROTO (its id is no number), with the reason in fault.
 */
int tracepoint_find(const char *const roots[], const char *name, uint64_t *id, struct fault *fault);

#endif
