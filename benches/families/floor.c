// SPDX-License-Identifier: GPL-2.0-only
/*
 * floor: what an instrument reads when next to nothing happens. Every table shows it: no cost
 * below it means anything.
 */
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "benches/cell.h"
#include "benches/bench.h"
#include "benches/syscalls.h"

struct floor_state {
	void (*op)(struct floor_state *state);
	long result, wanted;
};

static void floor_empty(struct floor_state *state)
{
	(void)state;
}

static void floor_clock(struct floor_state *state)
{
	struct timespec now;

	state->result = clock_gettime(CLOCK_MONOTONIC_RAW, &now);
}

static void floor_getppid(struct floor_state *state)
{
	state->result = raw_getppid();
}

static int floor_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct floor_state *state = opaque;

	(void)reason;
	if (cell_is(cell, "op", "empty")) {
		state->op = floor_empty;
	} else if (cell_is(cell, "op", "clock")) {
		state->op = floor_clock;
	} else {
		state->op = floor_getppid;
		state->wanted = getppid();
	}
	return 0;
}

static void floor_body(void *opaque)
{
	struct floor_state *state = opaque;

	state->op(state);
}

static int floor_verify(void *opaque, char *reason)
{
	const struct floor_state *state = opaque;

	if (state->result != state->wanted)
		return reason_set(reason, -EINVAL, "returned %ld instead of %ld", state->result,
				  state->wanted);
	return 0;
}

static void floor_expect(const struct cell *cell, struct kernel_version kernel,
			 struct fingerprint *fingerprint)
{
	(void)cell;
	(void)kernel;
	fingerprint->items[fingerprint->count++] = (struct expect){ "__pte_alloc", 0, 0 };
}

static const char *const floor_ops[] = { "empty", "clock", "getppid", NULL };
static const struct param floor_params[] = { { "op", floor_ops }, { NULL, NULL } };

const struct bench bench_floor = {
	.name = "floor",
	.about = "nothing, one clock_gettime(2), one getppid(2): what the instrument itself costs",
	.params = floor_params,
	.state_size = sizeof(struct floor_state),
	.setup = floor_setup,
	.body = floor_body,
	.verify = floor_verify,
	.expect = floor_expect,
};
