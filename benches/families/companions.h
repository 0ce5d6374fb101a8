/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * companions: threads of this process that share its mm with a timed call: each on a CPU of its own,
 * none on the caller's, each with a counter that shows whether it ran.
 */
#ifndef BENCHES_COMPANIONS_H
#define BENCHES_COMPANIONS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COMPANIONS = 8 };

enum companion_work {
	COMPANION_RUN, /* runs in user space: its CPU's TLB has to be told what is unmapped */
	COMPANION_FAULT, /* touches pages and gives them back: mmap_lock or a VMA's own, for reading */
	COMPANION_MAP, /* maps, touches and unmaps: mmap_lock for writing */
};

struct companion {
	atomic_uint_fast64_t done; /* faults taken, or rounds run */
	char apart[120]; /* no two threads count in one cache line */
	const atomic_bool *stop;
	enum companion_work work;
	int cpu;
	pthread_t thread;
	bool started;
	uint64_t before, between; /* done, when a sample began; and what was done in it */
};

struct companions {
	struct companion items[COMPANIONS];
	size_t count;
	atomic_bool stop;
};

/* 0; -EOPNOTSUPP with words where there are not as many other CPUs that the parent process may use. */
int companions_supported(size_t count, char *reason);
int companions_start(struct companions *all, size_t count, enum companion_work work, char *reason);
void companions_stop(struct companions *all);

/* Returns when each has just been seen to get on. -ETIME with words if one does not. */
int companions_await(struct companions *all, char *reason);
/*
 * Since companions_await(): each has got on. One that waits for a lock that the timed call held may
 * get on a little later; one that only runs has no such excuse. -ETIME with words otherwise.
 */
int companions_check(struct companions *all, char *reason);
/* How many faults they took together between the two. */
uint64_t companions_faults(const struct companions *all);

#endif
