/* SPDX-License-Identifier: GPL-2.0-only */
/* plan: what the agent is asked to do (docs/protocol.md, "Plan"). */
#ifndef BENCHES_PLAN_H
#define BENCHES_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "benches/bench.h"

enum { PLAN_EVENTS = 24, PLAN_SAMPLES = 100000, PLAN_WARMUP = 1000 };

enum plan_task { TASK_MEASURE, TASK_CELLS, TASK_SYMBOLS };

struct plan_event {
	char name[64];
	char missing[200]; /* why it can't be had; "" where it may */
	char levels[8]; /* of 'u', 'k', 'h', or "-" */
	uint32_t type;
	uint64_t config, config1, config2;
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
};

/* Reads all of fd. 0 or a negative errno, with the line in reason (REASON_SIZE bytes). */
int plan_read(int fd, struct plan *plan, char *reason);
void plan_free(struct plan *plan);

#endif
