/* SPDX-License-Identifier: GPL-2.0-only */
/* families: the benches that the files of this room define, for the registry. */
#ifndef BENCHES_FAMILIES_H
#define BENCHES_FAMILIES_H

#include "benches/bench.h"

extern const struct bench bench_floor; /* floor.c */
extern const struct bench bench_move; /* move.c */

#endif
