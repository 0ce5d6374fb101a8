/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * owner: which process writes a run, told apart from every other that has its pid before or after
 * it: by its start time, and by the boot it lived in.
 */
#ifndef RESULTS_OWNER_H
#define RESULTS_OWNER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"

struct owner {
	int64_t pid;
	int64_t started; /* field 22 of /proc/PID/stat: clock ticks since the boot */
	char boot_id[64]; /* /proc/sys/kernel/random/boot_id */
};

int owner_self(struct owner *owner, struct fault *fault);

/* Whether it lives, seen from self (a zombie does not). */
bool owner_alive(const struct owner *owner, const struct owner *self);

#endif
