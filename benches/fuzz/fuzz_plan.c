// SPDX-License-Identifier: GPL-2.0-only
/* Fuzz target: any bytes as a plan, by way of a file in memory. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "benches/bench.h"
#include "benches/plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	char reason[REASON_SIZE] = "";
	struct plan plan;
	int fd = memfd_create("plan", MFD_CLOEXEC);

	if (fd < 0 || write(fd, bytes, count) != (ssize_t)count || lseek(fd, 0, SEEK_SET))
		abort();
	if (plan_read(fd, &plan, reason)) {
		if (!reason[0])
			abort();
	} else {
		if (plan.samples < 1 || plan.samples > PLAN_SAMPLES || plan.warmup > PLAN_WARMUP ||
		    plan.event_count > PLAN_EVENTS)
			abort();
		plan_free(&plan);
	}
	close(fd);
	return 0;
}
