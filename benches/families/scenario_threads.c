// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario_threads: the scenarios of several threads: the calls of one, while others of the same
 * process fault pages in memory of their own, on other CPUs.
 */
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "benches/cell.h"
#include "benches/families/scenario.h"

enum {
	THREADS = 4,
	FAULT_PAGES = 64, /* of each thread, faulted and dropped again and again */
	START_TRIES = 2000, /* milliseconds to wait for the threads to fault */
};

struct faulter {
	pthread_t thread;
	cpu_set_t cpus;
	char *pages;
	atomic_uint_fast64_t faults;
	const atomic_bool *stop;
};

struct threads_state {
	void *own; /* of the scenario */
	struct faulter faulters[THREADS];
	size_t wanted, running;
	atomic_bool stop;
	uint64_t before, after; /* faults, when the calls began and when they had ended */
};

static const struct bench *const ring = &scenario_small_move_ring.does;

/* Every CPU but ours; false where there is no other. */
static bool cpus_other(cpu_set_t *cpus)
{
	CPU_ZERO(cpus);
	for (long i = 0; i < sysconf(_SC_NPROCESSORS_ONLN) && i < CPU_SETSIZE; i++)
		if (i != sched_getcpu())
			CPU_SET((size_t)i, cpus);
	return CPU_COUNT(cpus) > 0;
}

static int threads_supported(const struct cell *cell, char *reason)
{
	cpu_set_t cpus;

	if (!cpus_other(&cpus))
		return reason_set(reason, -EOPNOTSUPP, "needs a second CPU");
	return ring->supported(cell, reason);
}

static void *faulter_run(void *opaque)
{
	struct faulter *faulter = opaque;

	/* Where the set may not be had, the thread stays on our CPU, and verify finds that it stood. */
	sched_setaffinity(0, sizeof(faulter->cpus), &faulter->cpus);
	while (!atomic_load_explicit(faulter->stop, memory_order_relaxed)) {
		for (size_t page = 0; page < FAULT_PAGES; page++) {
			*(volatile char *)(faulter->pages + page * PAGE_BYTES) = 1;
			atomic_fetch_add_explicit(&faulter->faults, 1, memory_order_relaxed);
		}
		madvise(faulter->pages, FAULT_PAGES * PAGE_BYTES, MADV_DONTNEED);
	}
	return NULL;
}

static uint64_t threads_faults(struct threads_state *state)
{
	uint64_t faults = 0;

	for (size_t i = 0; i < state->running; i++)
		faults += atomic_load_explicit(&state->faulters[i].faults, memory_order_relaxed);
	return faults;
}

static int faulter_start(struct threads_state *state, struct faulter *faulter, char *reason)
{
	void *pages = mmap(NULL, FAULT_PAGES * PAGE_BYTES, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int err;

	if (pages == MAP_FAILED)
		return reason_set(reason, -errno, "mmap: %s", strerror(errno));
	faulter->pages = pages;
	faulter->stop = &state->stop;
	cpus_other(&faulter->cpus);
	err = pthread_create(&faulter->thread, NULL, faulter_run, faulter);
	if (err)
		return reason_set(reason, -err, "a thread: %s", strerror(err));
	state->running++;
	return 0;
}

static int threads_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct threads_state *state = opaque;

	state->wanted = strtoull(cell_value(cell, "threads"), NULL, 10);
	state->own = calloc(1, ring->state_size);
	if (!state->own)
		return reason_set(reason, -ENOMEM, "no memory for the scenario");
	return ring->setup(cell, state->own, reason);
}

static void threads_stop(struct threads_state *state)
{
	atomic_store(&state->stop, true);
	for (size_t i = 0; i < state->running; i++)
		pthread_join(state->faulters[i].thread, NULL);
	for (size_t i = 0; i < THREADS; i++)
		if (state->faulters[i].pages)
			munmap(state->faulters[i].pages, FAULT_PAGES * PAGE_BYTES);
	memset(state->faulters, 0, sizeof(state->faulters));
	state->running = 0;
}

/* Each thread has faulted at least once: they run. */
static int threads_wait(struct threads_state *state, char *reason)
{
	static const struct timespec pause = { .tv_nsec = 1000000 };

	for (int i = 0; i < START_TRIES; i++) {
		size_t started = 0;

		for (size_t j = 0; j < state->running; j++)
			started += atomic_load(&state->faulters[j].faults) > FAULT_PAGES;
		if (started == state->wanted)
			return 0;
		nanosleep(&pause, NULL);
	}
	return reason_set(reason, -ETIMEDOUT, "the threads did not start to fault");
}

static int threads_ready(void *opaque, char *reason)
{
	struct threads_state *state = opaque;
	int err = ring->ready(state->own, reason);

	atomic_store(&state->stop, false);
	for (size_t i = 0; i < state->wanted && !err; i++)
		err = faulter_start(state, &state->faulters[i], reason);
	if (!err)
		err = threads_wait(state, reason);
	state->before = threads_faults(state);
	return err;
}

static void threads_body(void *opaque)
{
	const struct threads_state *state = opaque;

	ring->body(state->own);
}

static int threads_verify(void *opaque, char *reason)
{
	struct threads_state *state = opaque;

	state->after = threads_faults(state);
	threads_stop(state);
	if (state->after == state->before)
		return reason_set(reason, -EPROTO,
				  "no thread faulted meanwhile: other CPUs were busy");
	return ring->verify(state->own, reason);
}

static void threads_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct threads_state *state = opaque;

	ring->outcome(state->own, outcomes);
	outcome_add(outcomes, "faulted", state->after - state->before);
}

static int threads_reset(void *opaque, char *reason)
{
	struct threads_state *state = opaque;

	threads_stop(state); /* where ready failed, verify was not called */
	return ring->reset(state->own, reason);
}

static void threads_teardown(void *opaque)
{
	struct threads_state *state = opaque;

	threads_stop(state);
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
