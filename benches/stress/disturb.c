// SPDX-License-Identifier: GPL-2.0-only
/*
 * disturb: what the kernel does to pages behind their user's back: compaction, reclaim, splits, merges,
 * collapses, migration. None of it changes what a page holds. Between operations, or from threads of
 * its own at the same time.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/mempolicy.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "benches/machine.h"
#include "benches/stress/stress.h"

#define KSM "/sys/kernel/mm/ksm/run"
#define THP "/sys/kernel/mm/transparent_hugepage/"
#define GROUP "/sys/fs/cgroup/stress/"

enum { TOUCHED = 256, COLLAPSE = 25, THREADS_MOST = 8 };

/* One at a time: a thread's own chance, and a range that may or may not be mapped. */
struct disturber {
	struct stress *stress;
	struct rng rng;
	bool alone; /* no other thread runs: what takes long may take its time */
};

static struct run range_pick(struct disturber *self)
{
	struct run run = { (uint32_t)rng_below(&self->rng, ARENA_PAGES),
			   1 + (uint32_t)rng_below(&self->rng, 1024) };

	if (run.count > ARENA_PAGES - run.first)
		run.count = ARENA_PAGES - run.first;
	return run;
}

static void set(const char *path, const char *value)
{
	char ignored[REASON_SIZE];

	machine_set(path, value, ignored);
}

static void disturb_compact(struct disturber *self)
{
	if (self->stress->can.compacts)
		set("/proc/sys/vm/compact_memory", "1");
}

static void disturb_caches(struct disturber *self)
{
	(void)self;
	set("/proc/sys/vm/drop_caches", "3");
}

static void disturb_reclaim(struct disturber *self)
{
	static const char *const amounts[] = { "256K", "1M", "4M", "16M" };

	if (self->stress->can.reclaims)
		set(GROUP "memory.reclaim", amounts[rng_below(&self->rng, 4)]);
}

static void disturb_split(struct disturber *self)
{
	struct run run = range_pick(self);
	char command[100];

	if (!self->stress->can.splits)
		return;
	/*
	 * To single pages: of another order, __folio_split() (7.3) warns where a folio is in the swap
	 * cache, which split_huge_pages_pid() doesn't look at.
	 */
	snprintf(command, sizeof(command), "%d,0x%" PRIxPTR ",0x%" PRIxPTR ",0", (int)getpid(),
		 (uintptr_t)stress_at(run.first), (uintptr_t)stress_at(run.first + run.count));
	set("/sys/kernel/debug/split_huge_pages", command);
}

static void disturb_merge(struct disturber *self)
{
	static const char *const runs[] = { "1", "1", "1", "0", "2" };

	if (!self->stress->can.merges)
		return;
	set(KSM, runs[rng_below(&self->rng, 5)]);
	nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
}

static void disturb_folios(struct disturber *self)
{
	static const char *const words[] = { "inherit", "always", "madvise", "never" };
	char path[120];

	if (!self->stress->can.ours)
		return;
	snprintf(path, sizeof(path), THP "hugepages-%ukB/enabled", 16u << rng_below(&self->rng, 8));
	set(path, words[rng_below(&self->rng, 4)]);
}

static void disturb_advise(struct disturber *self)
{
	static const int advices[] = { MADV_PAGEOUT, MADV_PAGEOUT, MADV_COLD, COLLAPSE, COLLAPSE };
	struct run run = range_pick(self);

	madvise(stress_at(run.first), run.count * PAGE_BYTES, advices[rng_below(&self->rng, 5)]);
}

static void disturb_migrate(struct disturber *self)
{
	struct run run = range_pick(self);
	void *places[64];
	int nodes[64], states[64], node = (int)rng_below(&self->rng, 2);
	unsigned long count = run.count < 64 ? run.count : 64;

	if (self->stress->can.nodes < 2)
		return;
	for (unsigned long i = 0; i < count; i++) {
		places[i] = stress_at(run.first + (uint32_t)i);
		nodes[i] = node;
	}
	syscall(SYS_move_pages, 0, count, places, nodes, states, MPOL_MF_MOVE);
}

static void disturb_read(struct disturber *self)
{
	static const char *const files[] = { "/proc/self/smaps", "/proc/self/numa_maps",
					     "/proc/self/smaps_rollup", "/proc/self/maps" };
	char block[8192];
	int fd = open(files[rng_below(&self->rng, 4)], O_RDONLY | O_CLOEXEC);

	while (fd >= 0 && read(fd, block, sizeof(block)) > 0)
		;
	if (fd >= 0)
		close(fd);
}

/* By the kernel's own hands: get_user_pages on whatever is there. */
static void disturb_peek(struct disturber *self)
{
	char block[16384];
	struct run run = { range_pick(self).first, sizeof(block) / PAGE_BYTES };
	struct iovec here = { block, sizeof(block) },
		     there = { stress_at(run.first), sizeof(block) };

	if (process_vm_readv(getpid(), &here, 1, &there, 1, 0) < 0)
		return;
	if (self->alone)
		model_copied_clean(self->stress->model, run);
}

static const struct {
	void (*act)(struct disturber *self);
	unsigned int weight;
	const char *name;
} disturbances[] = {
	{ disturb_compact, 2, "compact" }, { disturb_caches, 1, "drop caches" },
	{ disturb_reclaim, 6, "reclaim" }, { disturb_split, 6, "split" },
	{ disturb_merge, 3, "merge" },	   { disturb_folios, 2, "folio sizes" },
	{ disturb_advise, 12, "advise" },  { disturb_migrate, 8, "migrate" },
	{ disturb_read, 3, "read /proc" }, { disturb_peek, 8, "peek" },
};

static void disturb_any(struct disturber *self, bool told)
{
	uint32_t total = 0, at;
	size_t i = 0;

	for (size_t d = 0; d < sizeof(disturbances) / sizeof(*disturbances); d++)
		total += disturbances[d].weight;
	at = (uint32_t)rng_below(&self->rng, total);
	while (at >= disturbances[i].weight)
		at -= disturbances[i++].weight;
	if (told)
		stress_log(self->stress, "disturb: %s", disturbances[i].name);
	disturbances[i].act(self);
	stress_count(self->stress, COUNT_DISTURBANCES, 1);
}

void operate_disturb(struct stress *stress)
{
	struct disturber self = { .stress = stress, .rng = stress->rng, .alone = true };

	disturb_any(&self, true);
}

static __thread sigjmp_buf touch_back;
static __thread volatile sig_atomic_t touching;

/* A thread's touch of what is just being moved: expected. Any other such signal is a failure. */
bool disturb_caught(void)
{
	if (!touching)
		return false;
	siglongjmp(touch_back, 1);
}

/* Reads each page, or writes to it what it holds. */
static void touch(struct disturber *self)
{
	struct run run = range_pick(self);
	bool writes = rng_once_in(&self->rng, 2);
	volatile uint32_t i = 0;

	touching = 1;
	/* Each signal leads to the page after the one that it was about. */
	sigsetjmp(touch_back, 1);
	while (i < run.count && i < TOUCHED) {
		uint64_t *word = (uint64_t *)(void *)stress_at(run.first + i) + 100;

		i = i + 1;
		if (writes)
			__atomic_fetch_add(word, 0, __ATOMIC_SEQ_CST);
		else
			(void)*(volatile uint64_t *)word;
	}
	touching = 0;
}

static void fork_briefly(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	if (child > 0)
		while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
			;
}

static struct {
	pthread_t threads[THREADS_MOST];
	struct disturber selves[THREADS_MOST];
	unsigned int count;
	bool stop;
} crowd;

static void *disturber_run(void *opaque)
{
	struct disturber *self = opaque;

	while (!__atomic_load_n(&crowd.stop, __ATOMIC_RELAXED)) {
		switch (rng_below(&self->rng, 16)) {
		case 0:
			disturb_any(self, false);
			break;
		case 1:
			disturb_advise(self);
			break;
		case 2:
			disturb_migrate(self);
			break;
		case 3:
			if (rng_once_in(&self->rng, 8))
				fork_briefly();
			break;
		default:
			touch(self);
		}
	}
	return NULL;
}

void disturb_threads_start(struct stress *stress)
{
	for (uint32_t i = 0; i < stress->plan->stress.threads && i < THREADS_MOST; i++) {
		struct disturber *self = &crowd.selves[i];

		*self = (struct disturber){ .stress = stress,
					    .rng = rng_make(stress->seed, UINT64_MAX, i) };
		if (pthread_create(&crowd.threads[i], NULL, disturber_run, self))
			break;
		crowd.count++;
	}
}

void disturb_threads_stop(void)
{
	__atomic_store_n(&crowd.stop, true, __ATOMIC_RELAXED);
	for (unsigned int i = 0; i < crowd.count; i++)
		pthread_join(crowd.threads[i], NULL);
	crowd.count = 0;
}
