/* SPDX-License-Identifier: GPL-2.0-only */
/* plan: what the agent is asked to do (docs/protocol.md, "Plan"). */
#ifndef BENCHES_PLAN_H
#define BENCHES_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "benches/bench.h"

enum {
	PLAN_EVENTS = 24,
	PLAN_SAMPLES = 100000,
	PLAN_WARMUP = 1000,
	PLAN_SECONDS = 1000000,
	PLAN_THREADS = 8,
	PLAN_WITHOUT = 16,
};

enum plan_task { TASK_MEASURE, TASK_CELLS, TASK_SYMBOLS, TASK_STRESS };

struct plan_event {
	char name[64];
	char missing[200]; /* why it can't be had; "" where it may */
	char levels[8]; /* of 'u', 'k', 'h', or "-" */
	uint32_t type;
	uint64_t config, config1, config2;
};

/* Task stress. */
struct plan_stress {
	uint64_t seed;
	uint64_t operations; /* 0: as many as the time allows */
	uint64_t from; /* everything is checked after each operation from this one on; 0: never */
	uint32_t seconds; /* 0: as long as the operations take */
	uint32_t threads; /* that disturb at the same time; 0: one thing after the other */
	char without[PLAN_WITHOUT][16]; /* operations that are left out */
	size_t without_count;
};

struct plan {
	enum plan_task task;
	struct kernel_version kernel; /* what a listing's paths are for; 0.0: the running one */
	unsigned int kernel_traits; /* of that kernel: enum kernel_trait, ored */
	char instrument[16];
	uint32_t samples, warmup;
	struct plan_event events[PLAN_EVENTS];
	size_t event_count;
	char **cells;
	size_t cell_count;
	struct plan_stress stress;
};

/* Reads all of fd. 0 or a negative errno, with the line in reason (REASON_SIZE bytes). */
int plan_read(int fd, struct plan *plan, char *reason);
void plan_free(struct plan *plan);

#endif
