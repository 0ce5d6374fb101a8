// SPDX-License-Identifier: GPL-2.0-only
/* limit: writes max_map_count, and maps pages until a process has as many VMAs as it should. */
#include "benches/families/limit.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/layout.h"
#include "benches/machine.h"

#define LIMIT_FILE "/proc/sys/vm/max_map_count"
#define FILLER_BYTES (1ull << 30)

uint64_t limit_now(void)
{
	return machine_number(LIMIT_FILE, 0);
}

int limit_supported(char *reason)
{
	if (!machine_is_ours())
		return reason_set(reason, -EPERM, "needs another %s, which is the whole machine's",
				  LIMIT_FILE);
	return 0;
}

int limit_set(uint64_t limit, char *reason)
{
	char value[24];

	snprintf(value, sizeof(value), "%" PRIu64, limit);
	return machine_set(LIMIT_FILE, value, reason);
}

int filler_map(uint64_t total, char *reason)
{
	uint64_t have = layout_count_all();

	if (have > total || (total - have) * 2 * PAGE_BYTES > FILLER_BYTES)
		return reason_set(reason, -E2BIG,
				  "%" PRIu64 " VMAs are there, %" PRIu64 " should be", have, total);
	for (uint64_t i = 0; have + i < total; i++) {
		void *want = (void *)(uintptr_t)(WINDOW_FILLER + i * 2 * PAGE_BYTES);

		if (mmap(want, PAGE_BYTES, PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != want)
			return reason_set(reason, -errno, "VMA %" PRIu64 ": %s", have + i,
					  strerror(errno));
	}
	have = layout_count_all();
	if (have != total)
		return reason_set(reason, -EPROTO, "%" PRIu64 " VMAs instead of %" PRIu64, have,
				  total);
	return 0;
}

int filler_unmap(char *reason)
{
	if (munmap((void *)(uintptr_t)WINDOW_FILLER, FILLER_BYTES))
		return reason_set(reason, -errno, "munmap: %s", strerror(errno));
	return 0;
}
