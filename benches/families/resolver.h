/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * resolver: fills an armed, empty range page by page, as a collector does that moved its heap away:
 * by ioctls alone, or each as the answer to the fault of another thread. All requests are prepared
 * before, so that the timed loop is system calls.
 */
#ifndef BENCHES_RESOLVER_H
#define BENCHES_RESOLVER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "benches/families/userfault.h"

enum resolve {
	RESOLVE_COPY, /* UFFDIO_COPY */
	RESOLVE_CONTINUE, /* UFFDIO_CONTINUE: the file's page, 5.13 for shared memory */
	RESOLVE_MOVE, /* UFFDIO_MOVE: the page itself, 6.8 */
	RESOLVE_FAULT, /* UFFDIO_COPY for a thread that waits in its fault */
};

union resolve_request {
	struct uffdio_copy copy;
	struct uffdio_continue continued;
	struct uffdio_move move;
};

struct resolver {
	enum resolve how;
	struct userfault uffd;
	uint64_t pages, code; /* code: of the ioctl */
	union resolve_request *requests; /* one a page; owned */
	uint64_t todo; /* pages of the next run: 0 until it is prepared */
	uint64_t resolved; /* ioctls that said 0 */

	/* RESOLVE_FAULT: the thread that touches the range page by page when told to. */
	pthread_t toucher;
	bool touching;
	int start; /* eventfd: a write of start_bytes, 8 or none, tells it */
	uint64_t start_bytes;
	atomic_bool stop;
	unsigned int told; /* rounds that it was or will be told to go */
	atomic_uint rounds; /* that it went */
	uint64_t address;
	struct uffd_msg *faults; /* one a page; owned */
};

int resolver_supported(enum resolve how, char *reason);
/* Opens it for ranges of that many pages. resolver_close() after a failure too. */
int resolver_open(struct resolver *resolver, enum resolve how, uint64_t pages, char *reason);
void resolver_close(struct resolver *resolver);

/* Arms the range for the faults that are to come. */
int resolver_arm(const struct resolver *resolver, uint64_t address, char *reason);
/* Takes back what was prepared: a run then does nothing, and can't wait for a fault that won't come. */
void resolver_idle(struct resolver *resolver);
/* Prepares the requests: the range at `address` is to get what lies at `from`. */
void resolver_prepare(struct resolver *resolver, uint64_t address, uint64_t from);
/* The timed loops: the ioctls; a fault read, then the ioctl, for each page. */
void resolver_run(struct resolver *resolver);
void resolver_run_faults(struct resolver *resolver);
/* Every page was resolved, and every fault was that of its page; waits for the toucher's end. */
int resolver_check(struct resolver *resolver, char *reason);

#endif
