/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stress: random operations on an arena of memory, each a function of the seed and its number, beside a
 * model that knows what must be there. What differs from the model ends the stress, and is told with
 * the seed, the operation's number and the operations before it.
 */
#ifndef BENCHES_STRESS_STRESS_H
#define BENCHES_STRESS_STRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/plan.h"
#include "benches/stress/model.h"
#include "benches/stress/rng.h"

#define ARENA_BASE (WINDOW_SOURCE + PUD_BYTES)

/* The flags of the published series; in no released kernel. */
#define STRESS_RELOCATE 8u
#define STRESS_MUST 16u

enum {
	STRESS_LOG = 24, /* operations that are remembered */
	STRESS_WORDS = 160,
	STRESS_CHILDREN = 4,
	STRESS_PINS = 6,
	STRESS_PIN_PAGES = 8, /* of one pin */
	STRESS_EXIT = 9, /* of a process that found something wrong, and said so */
	STRESS_SPANS = 16384,
	STRESS_PHASE = 512, /* operations: in every second phase nobody forks */
};

/* What is counted, by all processes of a stress together. */
enum stress_count {
	COUNT_OPERATIONS,
	COUNT_REMAPS,
	COUNT_MOVES,
	COUNT_MUST_DONE,
	COUNT_MUST_REFUSED,
	COUNT_UNEXPLAINED, /* of those refused: without a reason that the model knows */
	COUNT_RELOCATED,
	COUNT_FELL_BACK,
	COUNT_UNPROVEN,
	COUNT_INVALID,
	COUNT_NO_MEMORY,
	COUNT_CHECKED,
	COUNT_RECLAIMED,
	COUNT_MIGRATED,
	COUNT_FORKS,
	COUNT_PINS,
	COUNT_DISTURBANCES,
	COUNT_KINDS
};
extern const char *const stress_count_names[COUNT_KINDS];

/* Shared by all processes of one stress. */
struct stress_shared {
	uint64_t counts[COUNT_KINDS];
	uint32_t failed; /* 1 once the words below are being written */
	uint32_t told; /* 1 once they are complete */
	uint32_t stop; /* the end has come: concurrent processes and threads end */
	uint64_t number; /* of the operation that failed */
	int depth; /* generation of the process that failed: 0 for the first */
	uint32_t page; /* that is wrong; 0: it is no page */
	char words[1000], parent[200];
	char log[STRESS_LOG][STRESS_WORDS];
};

/* What this kernel and machine can do, learnt by trying. */
struct stress_abilities {
	struct kernel_version kernel;
	bool ours; /* a guest: settings may be changed */
	bool relocates,
		always; /* knows the flags 8 and 16; was booted with mremap_relocate=always */
	bool many; /* one call moves several VMAs */
	bool swap, ring, watch, merges, compacts, splits, reclaims, pools;
	int nodes; /* of NUMA */
};

struct stress_child {
	pid_t pid;
	int to, from; /* pipes; -1 */
};

struct stress {
	const struct plan *plan;
	struct stress_shared *shared;
	struct model *model;
	struct stress_abilities can;
	uint64_t seed, number;
	uint32_t without; /* a bit for each operation that is left out */
	struct rng rng; /* of the running operation */
	struct rng doubt; /* of its checks, which may be as many as they like */
	int depth;
	int pagemap, object, file; /* descriptors of this process */
	struct stress_child children[STRESS_CHILDREN];
	struct {
		int ring; /* -1: none */
		uint32_t count; /* of the frames that it pins, as far as they are known */
		uint64_t frames[STRESS_PIN_PAGES];
	} pins[STRESS_PINS];
	int watcher; /* a userfaultfd; -1 */
	unsigned int log_next;
	char log[STRESS_LOG][STRESS_WORDS];
};

struct span {
	struct run run;
	uint8_t prot;
};
struct spans {
	struct span items[STRESS_SPANS];
	size_t count;
};

/* stress.c */
void stress_count(struct stress *stress, enum stress_count what, uint64_t more);
/* Appends to what the running operation is remembered by. */
void stress_log(struct stress *stress, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Ends the process: what was expected, and what was. */
void stress_fail(struct stress *stress, const char *fmt, ...)
	__attribute__((format(printf, 2, 3), noreturn));
/* Operations from the stress's number on; false once there was enough. */
void stress_operate(struct stress *stress, uint64_t count);
/* The whole of task stress; the report's lines but the last. 0, or an exit status. */
int stress_run(const struct plan *plan, bool guest);

static inline char *stress_at(uint32_t page)
{
	return (char *)(uintptr_t)(ARENA_BASE + page * PAGE_BYTES);
}

/* memory.c: operations that map, write, advise, protect, lock. */
void operate_map(struct stress *stress);
void operate_write(struct stress *stress);
void operate_unmap(struct stress *stress);
void operate_protect(struct stress *stress);
void operate_advise(struct stress *stress);
void operate_lock(struct stress *stress);
/* A run of mapped pages, a part of it as often as all; count 0: nothing is mapped. */
struct run stress_pick(struct stress *stress);
struct run stress_part(struct stress *stress, struct run whole);

/* move.c: mremap. */
void operate_move(struct stress *stress);

/* holders.c: what holds pages from elsewhere. */
/* Ends all children, where a phase without any begins. */
void children_end(struct stress *stress);
void operate_fork(struct stress *stress);
void operate_child(struct stress *stress);
void operate_pin(struct stress *stress);
void operate_watch(struct stress *stress);
/* Has this process living children, or is it one? */
bool holders_any(const struct stress *stress);
/*
 * May the page, of which that is pagemap's entry, be of one folio with a page that this process has
 * pinned? Then neither reclaim nor migration get it: a pin is of the folio as a whole.
 */
bool holders_pin_near(const struct stress *stress, uint64_t entry);
void holders_init(struct stress *stress);
void holders_end(struct stress *stress);

/* disturb.c: what moves, drops or splits pages behind their users' backs. */
void operate_disturb(struct stress *stress);
void disturb_threads_start(struct stress *stress);
void disturb_threads_stop(void);
/* In a signal's handler: does not return where a touch of a thread's was to be expected to fail. */
bool disturb_caught(void);

/* settle.c: a guest's settings. */
void settle_guest(struct stress_abilities *can);
void settle_learn(struct stress_abilities *can, bool guest);

/* check.c */
/* entry: pagemap's, as far as it is known from before. */
void check_page(struct stress *stress, uint32_t at, uint64_t entry);
/* A child has found a wrong page: what does this process, its parent, have there? */
void check_parent(struct stress *stress);
/* All pages that must hold something; at most `most` of them, by chance. */
void check_run(struct stress *stress, struct run run, uint32_t most);
void check_all(struct stress *stress);
/* /proc/self/maps is as the model says. */
void check_layout(struct stress *stress);
/* Reclaim, migration and fork find each page of the run by its own index. */
void check_reverse(struct stress *stress, struct run run);
/* pagemap's entries of the run. false where it can't be read. */
bool check_pagemap(struct stress *stress, struct run run, uint64_t *entries);
void spans_read(struct stress *stress, struct spans *spans);
/* The span that holds the page; NULL. */
const struct span *span_of(const struct spans *spans, uint32_t page);

#endif
