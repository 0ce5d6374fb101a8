// SPDX-License-Identifier: GPL-2.0-only
/*
 * registry: every bench, one line each, in the order in which tables show them. BENCH(NAME) is
 * `const struct bench bench_NAME` of families/NAME.c, which ninja compiles because it stands here.
 */
#include "benches/bench.h"

/* clang-format off */
#define BENCHES \
	BENCH(floor) \
	BENCH(move) \
	BENCH(multi_vma) \
	BENCH(multi_vma_fail) \
	BENCH(merge) \
	BENCH(merge_limit) \
	BENCH(relocate) \
	BENCH(dontunmap) \
	BENCH(uffd) \
	BENCH(resize) \
	BENCH(exec_stack) \
	BENCH(contend) \
	BENCH(refuse) \
	BENCH(scenario) \
	BENCH(scenario_threads)
/* clang-format on */

#define BENCH(name) extern const struct bench bench_##name;
BENCHES
#undef BENCH

#define BENCH(name) &bench_##name,
const struct bench *const bench_registry[] = { BENCHES };
#undef BENCH
const size_t bench_count = sizeof(bench_registry) / sizeof(bench_registry[0]);
