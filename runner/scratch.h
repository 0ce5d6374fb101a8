/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * scratch: a directory of its own for each running program, for what trials need while they run.
 * It is locked while the program lives; whatever stands unlocked belonged to a program that was
 * killed, and the next one removes it. (Processes of a killed program die with it: PR_SET_PDEATHSIG.)
 */
#ifndef RUNNER_SCRATCH_H
#define RUNNER_SCRATCH_H

#include <limits.h>
#include <stdbool.h>

#include "base/fault.h"

struct scratch {
	char path[PATH_MAX];
	int lock; /* -1: none */
};

/* Removes what others left behind, then makes ours. */
int scratch_open(struct scratch *scratch, struct fault *fault);
/* In another folder of the cache than "scratch"; numbered: by the lowest number that is free, so that work
 * that is done alone is always done at one path. */
int scratch_open_in(struct scratch *scratch, const char *folder, bool numbered,
		    struct fault *fault);
void scratch_close(struct scratch *scratch);

#endif
