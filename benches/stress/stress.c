// SPDX-License-Identifier: GPL-2.0-only
/*
 * stress: the loop of operations, what is counted and remembered of them, and the process above it that
 * tells how they go and how they ended.
 */
#include "benches/stress/stress.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "benches/tell.h"

enum {
	LAYOUT_EVERY = 8, /* operations */
	ALL_EVERY = 200,
	TELL_SECONDS = 5,
	POLL_NS = 50000000,
};

const char *const stress_count_names[COUNT_KINDS] = {
	[COUNT_OPERATIONS] = "operations",
	[COUNT_REMAPS] = "mremap",
	[COUNT_MOVES] = "moved",
	[COUNT_MUST_DONE] = "must_done",
	[COUNT_MUST_REFUSED] = "must_refused",
	[COUNT_UNEXPLAINED] = "unexplained",
	[COUNT_RELOCATED] = "relocated",
	[COUNT_FELL_BACK] = "fell_back",
	[COUNT_UNPROVEN] = "unproven",
	[COUNT_INVALID] = "invalid",
	[COUNT_NO_MEMORY] = "no_memory",
	[COUNT_CHECKED] = "pages_checked",
	[COUNT_RECLAIMED] = "pages_reclaimed",
	[COUNT_MIGRATED] = "pages_migrated",
	[COUNT_FORKS] = "forks",
	[COUNT_PINS] = "pins",
	[COUNT_DISTURBANCES] = "disturbances",
};

static const struct {
	const char *name;
	void (*operate)(struct stress *stress);
	unsigned int weight;
} operations[] = {
	{ "move", operate_move, 40 },	   { "map", operate_map, 12 },
	{ "write", operate_write, 14 },	   { "unmap", operate_unmap, 6 },
	{ "protect", operate_protect, 4 }, { "advise", operate_advise, 16 },
	{ "lock", operate_lock, 2 },	   { "fork", operate_fork, 3 },
	{ "child", operate_child, 4 },	   { "pin", operate_pin, 4 },
	{ "watch", operate_watch, 3 },	   { "disturb", operate_disturb, 8 },
};
enum { OPERATIONS = sizeof(operations) / sizeof(*operations) };

static struct stress *running; /* for a signal's handler */

void stress_count(struct stress *stress, enum stress_count what, uint64_t more)
{
	__atomic_fetch_add(&stress->shared->counts[what], more, __ATOMIC_RELAXED);
}

void stress_log(struct stress *stress, const char *fmt, ...)
{
	char *line = stress->log[stress->log_next % STRESS_LOG];
	size_t used = strlen(line);
	va_list args;

	va_start(args, fmt);
	vsnprintf(line + used, STRESS_WORDS - used, fmt, args);
	va_end(args);
}

void stress_fail(struct stress *stress, const char *fmt, ...)
{
	struct stress_shared *shared = stress->shared;
	uint32_t none = 0;
	va_list args;

	/* The first one counts. */
	if (!__atomic_compare_exchange_n(&shared->failed, &none, 1, false, __ATOMIC_SEQ_CST,
					 __ATOMIC_SEQ_CST))
		_exit(STRESS_EXIT);
	va_start(args, fmt);
	vsnprintf(shared->words, sizeof(shared->words), fmt, args);
	va_end(args);
	shared->number = stress->number;
	shared->depth = stress->depth;
	for (size_t i = 0; i < STRESS_LOG; i++)
		memcpy(shared->log[i], stress->log[(stress->log_next + 1 + i) % STRESS_LOG],
		       STRESS_WORDS);
	__atomic_store_n(&shared->told, 1, __ATOMIC_SEQ_CST);
	_exit(STRESS_EXIT);
}

static void signal_caught(int number, siginfo_t *info, void *context)
{
	(void)context;
	if (disturb_caught())
		return;
	stress_fail(running, "signal %d at %p (page %" PRId64 ", code %d)", number, info->si_addr,
		    ((int64_t)(uintptr_t)info->si_addr - (int64_t)ARENA_BASE) / (int64_t)PAGE_BYTES,
		    info->si_code);
}

static uint32_t operation_weight(const struct stress *stress, size_t i)
{
	return stress->without & 1u << i ? 0 : operations[i].weight;
}

/* A bit for each operation that is left out; -1 where one is unknown, or none is left. */
static int64_t operations_without(const struct plan_stress *plan)
{
	uint32_t without = 0;

	for (size_t w = 0; w < plan->without_count; w++) {
		size_t i = 0;

		while (i < OPERATIONS && strcmp(operations[i].name, plan->without[w]) != 0)
			i++;
		if (i == OPERATIONS) {
			fprintf(stderr, "no operation '%s'\n", plan->without[w]);
			return -1;
		}
		without |= 1u << i;
	}
	return without == (1u << OPERATIONS) - 1 ? -1 : (int64_t)without;
}

static size_t operation_pick(struct stress *stress)
{
	uint32_t total = 0, at;
	size_t i = 0;

	for (size_t o = 0; o < OPERATIONS; o++)
		total += operation_weight(stress, o);
	at = (uint32_t)rng_below(&stress->rng, total);
	while (at >= operation_weight(stress, i))
		at -= operation_weight(stress, i++);
	return i;
}

void stress_operate(struct stress *stress, uint64_t count)
{
	const struct plan_stress *plan = &stress->plan->stress;

	for (uint64_t i = 0; i < count; i++) {
		size_t operation;
		bool closely;

		if (__atomic_load_n(&stress->shared->stop, __ATOMIC_RELAXED))
			return;
		stress->number++;
		stress->rng = rng_make(stress->seed, stress->number, 0);
		stress->doubt = rng_make(stress->seed, stress->number, 1);
		stress->log_next++;
		stress->log[stress->log_next % STRESS_LOG][0] = '\0';
		if (stress->number % (2 * STRESS_PHASE) == STRESS_PHASE)
			children_end(stress);
		operation = operation_pick(stress);
		stress_log(stress, "%" PRIu64 " ", stress->number);
		operations[operation].operate(stress);
		closely = plan->from && stress->number >= plan->from;
		if (closely || stress->number % ALL_EVERY == 0)
			check_all(stress);
		else if (stress->number % LAYOUT_EVERY == 0)
			check_layout(stress);
		stress_count(stress, COUNT_OPERATIONS, 1);
	}
}

/* A file of OBJECT_PAGES pages, each stamped; or empty ones. */
static int object_make(const char *name, bool stamped)
{
	int fd = memfd_create(name, MFD_CLOEXEC);
	uint64_t words[PAGE_BYTES / sizeof(uint64_t)] = { 0 };

	if (fd < 0 || ftruncate(fd, (off_t)(OBJECT_PAGES * PAGE_BYTES)))
		return -1;
	for (uint32_t page = 0; stamped && page < OBJECT_PAGES; page++) {
		words[0] = words[256] = words[511] = model_object_value(page);
		if (pwrite(fd, words, sizeof(words), (off_t)(page * PAGE_BYTES)) != sizeof(words))
			return -1;
	}
	return fd;
}

static void signals_catch(struct stress *stress)
{
	struct sigaction action = { .sa_sigaction = signal_caught,
				    .sa_flags = SA_SIGINFO | SA_NODEFER };

	running = stress;
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
}

__attribute__((noreturn)) static void worker_run(struct stress *stress)
{
	uint64_t operations_most = stress->plan->stress.operations;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signals_catch(stress);
	stress->pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	stress->object = object_make("stress-object", false);
	stress->file = object_make("stress-file", true);
	stress->model = mmap(NULL, sizeof(*stress->model), PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (stress->model == MAP_FAILED || stress->object < 0 || stress->file < 0)
		stress_fail(stress, "no memory to begin with");
	holders_init(stress);
	disturb_threads_start(stress);
	stress_operate(stress, operations_most ? operations_most : UINT64_MAX);
	disturb_threads_stop();
	check_all(stress);
	holders_end(stress);
	check_all(stress);
	_exit(0);
}

static void tell_progress(const struct stress_shared *shared)
{
	char words[600] = "";
	size_t used = 0;

	for (size_t i = 1; i < COUNT_KINDS; i++)
		used += (size_t)snprintf(words + used, sizeof(words) - used, " %s=%" PRIu64,
					 stress_count_names[i],
					 __atomic_load_n(&shared->counts[i], __ATOMIC_RELAXED));
	tell("progress %" PRIu64 "%s",
	     __atomic_load_n(&shared->counts[COUNT_OPERATIONS], __ATOMIC_RELAXED), words);
	tell_flush();
}

/* Waits for the worker's end; tells every few seconds, if it has done anything. */
static int worker_watch(const struct plan *plan, struct stress_shared *shared, pid_t worker)
{
	struct timespec began, now;
	uint64_t told = 0, done;
	time_t due = 0;
	int status = 0;

	clock_gettime(CLOCK_MONOTONIC, &began);
	while (waitpid(worker, &status, WNOHANG) == 0) {
		nanosleep(&(struct timespec){ .tv_nsec = POLL_NS }, NULL);
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (plan->stress.seconds && now.tv_sec - began.tv_sec >= plan->stress.seconds)
			__atomic_store_n(&shared->stop, 1, __ATOMIC_RELAXED);
		done = __atomic_load_n(&shared->counts[COUNT_OPERATIONS], __ATOMIC_RELAXED);
		if (now.tv_sec < due || done == told)
			continue;
		tell_progress(shared);
		told = done;
		due = now.tv_sec + TELL_SECONDS;
	}
	return status;
}

static void tell_trouble(const struct plan *plan, const struct stress_shared *shared, int status)
{
	tell("trouble seed %" PRIu64, plan->stress.seed);
	if (!shared->told) {
		tell("trouble the process died: %s %d",
		     WIFSIGNALED(status) ? "signal" : "exit status",
		     WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
		return;
	}
	tell("trouble operation %" PRIu64 "%s", shared->number, shared->depth ? " of a child" : "");
	tell("trouble %s", shared->words);
	if (shared->parent[0])
		tell("trouble %s", shared->parent);
	for (size_t i = 0; i < STRESS_LOG; i++)
		if (shared->log[i][0])
			tell("trouble   %s", shared->log[i]);
}

int stress_run(const struct plan *plan, bool guest)
{
	static struct stress stress;
	struct stress_shared *shared;
	int64_t without = operations_without(&plan->stress);
	pid_t worker;
	int status;

	if (without < 0)
		return 2;
	stress.without = (uint32_t)without;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	if (shared == MAP_FAILED)
		return 1;
	stress.plan = plan;
	stress.shared = shared;
	stress.seed = plan->stress.seed;
	if (guest)
		settle_guest(&stress.can);
	settle_learn(&stress.can, guest);
	tell("env stress.relocates %s", stress.can.always      ? "always"
					: stress.can.relocates ? "yes"
							       : "no");
	tell("env stress.swap %s", stress.can.swap ? "yes" : "no");
	tell("env stress.nodes %d", stress.can.nodes);
	tell_flush();
	worker = fork();
	if (worker == 0)
		worker_run(&stress);
	if (worker < 0)
		return 1;
	status = worker_watch(plan, shared, worker);
	tell_progress(shared);
	for (size_t i = 0; i < COUNT_KINDS; i++)
		tell("count %s %" PRIu64, stress_count_names[i], shared->counts[i]);
	if (status)
		tell_trouble(plan, shared, status);
	munmap(shared, sizeof(*shared));
	return 0;
}
