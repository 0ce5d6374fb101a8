/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * provenance: everything that a number may depend on, as key and value (docs/design.md, law 5).
 * machine.* is this machine, host.* its kernel's state, tool.* the programs, guest.* the recipe, kernel.* what
 * a kernel was built from.
 */
#ifndef RUNNER_PROVENANCE_H
#define RUNNER_PROVENANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "results/store.h"
#include "runner/kernels.h"
#include "runner/trial.h"

/* "Intel Xeon …, 2 CPUs", in out: returns out. */
char *machine_name(char *out, unsigned long room);
/* The running kernel as the store wants it: the strings live until the next call. 0 or negative errno. */
int host_kernel(struct kernel_record *kernel, struct fault *fault);
int provenance_keep(struct store *store, int64_t run_id, const struct guest_shape *guest,
		    struct fault *fault);
/* Of a guest's kernel its format, and of one that was built here what it was built from. */
int provenance_keep_kernel(struct store *store, int64_t run_id, const struct kernel *kernel,
			   struct fault *fault);
/* What the agent saw from inside, once a run. */
int provenance_keep_envs(struct store *store, int64_t run_id, const struct report *report,
			 struct fault *fault);

#endif
