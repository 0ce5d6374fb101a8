/* SPDX-License-Identifier: GPL-2.0-only */
/* arguments: those of one mremap of a stress, by chance. */
#ifndef BENCHES_STRESS_ARGUMENTS_H
#define BENCHES_STRESS_ARGUMENTS_H

#include <stdbool.h>

#include "benches/stress/stress.h"
#include "benches/stress/verdict.h"

/* spans: what is mapped now. false where there is nothing to move, or no place for it. */
bool remap_pick(struct stress *stress, const struct spans *spans, struct remap *remap);

#endif
