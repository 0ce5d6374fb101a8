// SPDX-License-Identifier: GPL-2.0-only
/* registry: every bench, one line each, in the order in which tables show them. */
#include "benches/families.h"

const struct bench *const bench_registry[] = {
	&bench_floor,
	&bench_move,
};
const size_t bench_count = sizeof(bench_registry) / sizeof(bench_registry[0]);
