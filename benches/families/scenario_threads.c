// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario_threads: the scenarios of several threads: the calls of one, while others of the same
 * process fault pages in memory of their own, on other CPUs.
 */
#include <errno.h>
#include <stdlib.h>

#include "benches/cell.h"
#include "benches/families/companions.h"
#include "benches/families/scenario.h"

struct threads_state {
	void *own; /* of the scenario */
	struct companions companions;
};

static const struct bench *const ring = &scenario_small_move_ring.does;

static size_t threads_count(const struct cell *cell)
{
	return (size_t)cell_bytes(cell, "threads");
}

static int threads_supported(const struct cell *cell, char *reason)
{
	int err = companions_supported(threads_count(cell), reason);

	return err ? err : ring->supported(cell, reason);
}

static int threads_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct threads_state *state = opaque;
	int err;

	state->own = calloc(1, ring->state_size);
	if (!state->own)
		return reason_set(reason, -ENOMEM, "no memory for the scenario");
	err = ring->setup(cell, state->own, reason);
	if (err)
		return err;
	return companions_start(&state->companions, threads_count(cell), COMPANION_FAULT, reason);
}

static int threads_ready(void *opaque, char *reason)
{
	struct threads_state *state = opaque;
	int err = ring->ready(state->own, reason);

	return err ? err : companions_await(&state->companions, reason);
}

static void threads_body(void *opaque)
{
	const struct threads_state *state = opaque;

	ring->body(state->own);
}

static int threads_verify(void *opaque, char *reason)
{
	struct threads_state *state = opaque;
	int err = companions_check(&state->companions, reason);

	return err ? err : ring->verify(state->own, reason);
}

static void threads_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct threads_state *state = opaque;

	ring->outcome(state->own, outcomes);
	outcome_add(outcomes, "faulted", companions_faults(&state->companions));
}

static int threads_reset(void *opaque, char *reason)
{
	const struct threads_state *state = opaque;

	return ring->reset(state->own, reason);
}

static void threads_teardown(void *opaque)
{
	struct threads_state *state = opaque;

	companions_stop(&state->companions);
	if (state->own)
		ring->teardown(state->own);
	free(state->own);
}

static const char *const threads_names[] = { "small_move_ring", NULL };
static const char *const threads_counts[] = { "500", NULL };
static const char *const threads_sizes[] = { "256K", NULL };
static const char *const threads_threads[] = { "1", "2", "4", NULL };
static const struct param threads_params[] = {
	{ "name", threads_names },
	{ "count", threads_counts },
	{ "size", threads_sizes },
	{ "threads", threads_threads },
	{ NULL, NULL },
};

const struct bench bench_scenario_threads = {
	.name = "scenario_threads",
	.about = "a scenario's mremap calls while other threads of the process fault pages",
	.params = threads_params,
	.state_size = sizeof(struct threads_state),
	.clock_only = "threads that fault on other CPUs: a guest has one, and counts one",
	.supported = threads_supported,
	.setup = threads_setup,
	.ready = threads_ready,
	.body = threads_body,
	.verify = threads_verify,
	.outcome = threads_outcome,
	.reset = threads_reset,
	.teardown = threads_teardown,
};
