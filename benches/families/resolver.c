// SPDX-License-Identifier: GPL-2.0-only
/* resolver: requests, the loops over them, and the thread that faults. */
#include "benches/families/resolver.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/syscalls.h"

enum { PATIENCE = 2000 }; /* milliseconds for the other thread to end its round */

static uint64_t resolver_features(enum resolve how)
{
	switch (how) {
	case RESOLVE_CONTINUE:
		return UFFD_FEATURE_MINOR_SHMEM;
	case RESOLVE_MOVE:
		return UFFD_FEATURE_MOVE;
	default:
		return 0;
	}
}

static uint64_t resolver_code(enum resolve how)
{
	switch (how) {
	case RESOLVE_CONTINUE:
		return UFFDIO_CONTINUE;
	case RESOLVE_MOVE:
		return UFFDIO_MOVE;
	default:
		return UFFDIO_COPY;
	}
}

int resolver_supported(enum resolve how, char *reason)
{
	return userfault_supported(resolver_features(how), reason);
}

/* One round for each number written to start. After userfault_close() its faults are plain ones. */
static void *toucher_run(void *opaque)
{
	struct resolver *resolver = opaque;
	uint64_t told;

	while (read(resolver->start, &told, sizeof(told)) == (ssize_t)sizeof(told) &&
	       !atomic_load(&resolver->stop)) {
		const char *base = (const char *)(uintptr_t)resolver->address;

		for (uint64_t page = 0; page < resolver->pages; page++)
			(void)*(const volatile uint64_t *)(base + page * PAGE_BYTES);
		atomic_fetch_add(&resolver->rounds, 1);
	}
	return NULL;
}

static int toucher_start(struct resolver *resolver, char *reason)
{
	int err;

	resolver->faults = calloc(resolver->pages, sizeof(*resolver->faults));
	if (!resolver->faults)
		return reason_set(reason, -ENOMEM, "no memory for faults");
	resolver->start = eventfd(0, EFD_CLOEXEC);
	if (resolver->start < 0)
		return reason_set(reason, -errno, "eventfd: %s", strerror(errno));
	err = pthread_create(&resolver->toucher, NULL, toucher_run, resolver);
	if (err)
		return reason_set(reason, -err, "no thread to fault: %s", strerror(err));
	resolver->touching = true;
	return 0;
}

int resolver_open(struct resolver *resolver, enum resolve how, uint64_t pages, char *reason)
{
	int err;

	*resolver = (struct resolver){
		.how = how, .pages = pages, .code = resolver_code(how), .start = -1
	};
	err = userfault_open(&resolver->uffd, resolver_features(how), reason);
	if (err)
		return err;
	resolver->requests = calloc(pages, sizeof(*resolver->requests));
	if (!resolver->requests)
		return reason_set(reason, -ENOMEM, "no memory for requests");
	return how == RESOLVE_FAULT ? toucher_start(resolver, reason) : 0;
}

void resolver_close(struct resolver *resolver)
{
	uint64_t one = 1;

	atomic_store(&resolver->stop, true);
	userfault_close(&resolver->uffd);
	if (resolver->touching && write(resolver->start, &one, sizeof(one)) == sizeof(one))
		pthread_join(resolver->toucher, NULL);
	if (resolver->requests && resolver->start >= 0)
		close(resolver->start);
	free(resolver->requests);
	free(resolver->faults);
	*resolver = (struct resolver){ .start = -1 };
}

int resolver_arm(const struct resolver *resolver, uint64_t address, char *reason)
{
	uint64_t mode = resolver->how == RESOLVE_CONTINUE ? UFFDIO_REGISTER_MODE_MINOR
							  : UFFDIO_REGISTER_MODE_MISSING;

	return userfault_arm(&resolver->uffd, address, resolver->pages * PAGE_BYTES, mode, reason);
}

void resolver_idle(struct resolver *resolver)
{
	resolver->todo = 0;
	resolver->start_bytes = 0; /* an eventfd refuses that write */
}

void resolver_prepare(struct resolver *resolver, uint64_t address, uint64_t from)
{
	resolver->todo = resolver->pages;
	resolver->start_bytes = sizeof(uint64_t);
	resolver->told++;
	resolver->address = address;
	resolver->resolved = 0;
	if (resolver->faults)
		memset(resolver->faults, 0, resolver->pages * sizeof(*resolver->faults));
	for (uint64_t page = 0; page < resolver->pages; page++) {
		union resolve_request *request = &resolver->requests[page];
		uint64_t to = address + page * PAGE_BYTES, at = from + page * PAGE_BYTES;

		if (resolver->how == RESOLVE_CONTINUE)
			request->continued =
				(struct uffdio_continue){ .range = { to, PAGE_BYTES } };
		else if (resolver->how == RESOLVE_MOVE)
			request->move =
				(struct uffdio_move){ .dst = to, .src = at, .len = PAGE_BYTES };
		else
			request->copy =
				(struct uffdio_copy){ .dst = to, .src = at, .len = PAGE_BYTES };
	}
}

void resolver_run(struct resolver *resolver)
{
	uint64_t resolved = 0;

	for (uint64_t page = 0; page < resolver->todo; page++)
		resolved += raw_three(SYS_ioctl, (uint64_t)resolver->uffd.fd, resolver->code,
				      (uint64_t)(uintptr_t)&resolver->requests[page]) == 0;
	resolver->resolved = resolved;
}

/*
 * On one CPU the two threads take turns: the read sleeps until the other one faults, whose fault
 * sleeps until the ioctl has woken it and the next read sleeps again.
 */
void resolver_run_faults(struct resolver *resolver)
{
	uint64_t resolved = 0, one = 1, fd = (uint64_t)resolver->uffd.fd;

	raw_three(SYS_write, (uint64_t)resolver->start, (uint64_t)(uintptr_t)&one,
		  resolver->start_bytes);
	for (uint64_t page = 0; page < resolver->todo; page++) {
		raw_three(SYS_read, fd, (uint64_t)(uintptr_t)&resolver->faults[page],
			  sizeof(resolver->faults[page]));
		resolved += raw_three(SYS_ioctl, fd, resolver->code,
				      (uint64_t)(uintptr_t)&resolver->requests[page]) == 0;
	}
	resolver->resolved = resolved;
}

static int faults_check(struct resolver *resolver, char *reason)
{
	for (int i = 0; atomic_load(&resolver->rounds) < resolver->told; i++) {
		if (i >= PATIENCE)
			return reason_set(reason, -ETIMEDOUT, "the faulting thread did not end");
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	}
	for (uint64_t page = 0; page < resolver->pages; page++) {
		const struct uffd_msg *fault = &resolver->faults[page];

		if (fault->event != UFFD_EVENT_PAGEFAULT ||
		    fault->arg.pagefault.address != resolver->address + page * PAGE_BYTES)
			return reason_set(reason, -EPROTO,
					  "fault %" PRIu64 " is not that of its page", page);
	}
	return 0;
}

int resolver_check(struct resolver *resolver, char *reason)
{
	if (resolver->resolved != resolver->pages)
		return reason_set(reason, -EIO, "%" PRIu64 " pages of %" PRIu64 " were resolved",
				  resolver->resolved, resolver->pages);
	return resolver->how == RESOLVE_FAULT ? faults_check(resolver, reason) : 0;
}
