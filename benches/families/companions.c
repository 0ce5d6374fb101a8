// SPDX-License-Identifier: GPL-2.0-only
/* companions: threads that keep an mm busy, placed on CPUs, watched by their counters. */
#include "benches/families/companions.h"

#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "benches/bench.h"
#include "benches/fixture.h"

#define AREA_BYTES (64 * PAGE_BYTES)
#define WAIT_NS 10000000000ull /* for a thread to be scheduled on a busy machine */
#define RECENT_NS 500000ull /* all are seen to get on within one such time */
#define LATE_NS 20000000ull /* for one that was blocked by the timed call */

/*
 * The CPUs that this process may use but for the one it is pinned to: those of the process that
 * started it, since its own are one by now (agent_pin()).
 */
static void cpus_other(cpu_set_t *cpus)
{
	cpu_set_t own;
	int cpu = sched_getcpu();

	if (sched_getaffinity(getppid(), sizeof(*cpus), cpus))
		CPU_ZERO(cpus);
	if (sched_getaffinity(0, sizeof(own), &own) == 0)
		CPU_OR(cpus, cpus, &own);
	if (cpu >= 0)
		CPU_CLR((unsigned int)cpu, cpus);
}

int companions_supported(size_t count, char *reason)
{
	cpu_set_t cpus;

	cpus_other(&cpus);
	if ((size_t)CPU_COUNT(&cpus) < count)
		return reason_set(reason, -EOPNOTSUPP,
				  "needs %zu other CPUs for threads to run on, %d are", count,
				  CPU_COUNT(&cpus));
	return 0;
}

static char *area_map(void)
{
	char *area =
		mmap(NULL, AREA_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (area == MAP_FAILED)
		return NULL;
	madvise(area, AREA_BYTES, MADV_NOHUGEPAGE); /* EINVAL without THP: small anyway */
	return area;
}

static void area_touch(struct companion *companion, char *area)
{
	for (uint64_t at = 0; at < AREA_BYTES; at += PAGE_BYTES) {
		*(volatile char *)(area + at) = 1;
		atomic_fetch_add_explicit(&companion->done, 1, memory_order_relaxed);
	}
}

static void companion_fault(struct companion *companion)
{
	char *area = area_map();

	while (area && !atomic_load_explicit(companion->stop, memory_order_relaxed)) {
		area_touch(companion, area);
		if (madvise(area, AREA_BYTES, MADV_DONTNEED))
			break;
	}
	if (area)
		munmap(area, AREA_BYTES);
}

static void companion_map(struct companion *companion)
{
	while (!atomic_load_explicit(companion->stop, memory_order_relaxed)) {
		char *area = area_map();

		if (!area)
			return;
		area_touch(companion, area);
		munmap(area, AREA_BYTES);
	}
}

static void *companion_main(void *opaque)
{
	struct companion *companion = opaque;
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET((unsigned int)companion->cpu, &one);
	/* Without its CPU it would not get on beside the caller, and its counter says so. */
	if (sched_setaffinity(0, sizeof(one), &one))
		return NULL;
	if (companion->work == COMPANION_FAULT)
		companion_fault(companion);
	else if (companion->work == COMPANION_MAP)
		companion_map(companion);
	else
		while (!atomic_load_explicit(companion->stop, memory_order_relaxed))
			atomic_fetch_add_explicit(&companion->done, 1, memory_order_relaxed);
	return NULL;
}

int companions_start(struct companions *all, size_t count, enum companion_work work, char *reason)
{
	cpu_set_t cpus;
	int cpu = -1, err = companions_supported(count, reason);

	if (err)
		return err;
	cpus_other(&cpus);
	atomic_store(&all->stop, false);
	for (all->count = 0; all->count < count && all->count < COMPANIONS; all->count++) {
		struct companion *companion = &all->items[all->count];

		do
			cpu++;
		while (!CPU_ISSET((unsigned int)cpu, &cpus));
		companion->cpu = cpu;
		companion->work = work;
		companion->stop = &all->stop;
		err = -pthread_create(&companion->thread, NULL, companion_main, companion);
		if (err) {
			companions_stop(all);
			return reason_set(reason, err, "starting a thread: %s", strerror(-err));
		}
		companion->started = true;
	}
	return 0;
}

void companions_stop(struct companions *all)
{
	atomic_store(&all->stop, true);
	for (size_t i = 0; i < all->count; i++) {
		if (all->items[i].started)
			pthread_join(all->items[i].thread, NULL);
		all->items[i].started = false;
	}
	all->count = 0;
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec;
}

static uint64_t companion_done(const struct companion *companion)
{
	return atomic_load_explicit(&companion->done, memory_order_relaxed);
}

static void companions_note(struct companions *all)
{
	for (size_t i = 0; i < all->count; i++)
		all->items[i].before = companion_done(&all->items[i]);
}

/* The first that has not got on since noted, as an index; the count if all have. */
static size_t companions_behind(const struct companions *all)
{
	size_t i = 0;

	while (i < all->count && companion_done(&all->items[i]) != all->items[i].before)
		i++;
	return i;
}

int companions_await(struct companions *all, char *reason)
{
	uint64_t start = now_ns(), since = start;

	companions_note(all);
	for (;;) {
		size_t behind = companions_behind(all);
		uint64_t now = now_ns();

		if (behind == all->count && now - since < RECENT_NS)
			break;
		if (now - start > WAIT_NS)
			return reason_set(reason, -ETIME, "thread %zu does not run", behind + 1);
		if (now - since >= RECENT_NS) {
			since = now;
			companions_note(all);
		}
	}
	companions_note(all);
	return 0;
}

int companions_check(struct companions *all, char *reason)
{
	uint64_t start = now_ns();
	size_t behind;

	for (size_t i = 0; i < all->count; i++)
		all->items[i].between = companion_done(&all->items[i]) - all->items[i].before;
	behind = companions_behind(all);
	while (behind < all->count && all->items[behind].work != COMPANION_RUN &&
	       now_ns() - start < LATE_NS)
		behind = companions_behind(all);
	if (behind < all->count)
		return reason_set(reason, -ETIME, "thread %zu did not run during the sample",
				  behind + 1);
	return 0;
}

uint64_t companions_faults(const struct companions *all)
{
	uint64_t faults = 0;

	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].work != COMPANION_RUN)
			faults += all->items[i].between;
	return faults;
}
