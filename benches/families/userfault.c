// SPDX-License-Identifier: GPL-2.0-only
/* userfault: system call, ioctls and the thread that reads. */
#include "benches/families/userfault.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "benches/bench.h"
#include "benches/fixture.h"

#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif

#define PM_UFFD_WP (1ull << 57)

enum { PATIENCE = 2000 }; /* milliseconds for another thread to get its turn */

static void wait_millisecond(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

int userfault_open(struct userfault *uffd, uint64_t features, char *reason)
{
	struct uffdio_api api = { .api = UFFD_API, .features = features };
	long fd = syscall(SYS_userfaultfd, O_CLOEXEC);
	int err;

	/* Without privilege: faults of user mode only, which are all that the benches take. 5.11. */
	if (fd < 0 && errno == EPERM)
		fd = syscall(SYS_userfaultfd, O_CLOEXEC | UFFD_USER_MODE_ONLY);
	if (fd < 0)
		return reason_set(reason, -errno, "userfaultfd: %s", strerror(errno));
	if (ioctl((int)fd, UFFDIO_API, &api)) {
		err = -errno;
		close((int)fd);
		return reason_set(reason, err, "userfaultfd with features 0x%" PRIx64 ": %s",
				  features, strerror(-err));
	}
	*uffd = (struct userfault){ .fd = (int)fd, .open = true };
	return 0;
}

int userfault_supported(uint64_t features, char *reason)
{
	struct userfault uffd = { 0 };
	int err = userfault_open(&uffd, features, reason);

	userfault_close(&uffd);
	return err;
}

int userfault_arm(const struct userfault *uffd, uint64_t address, uint64_t length, uint64_t mode,
		  char *reason)
{
	struct uffdio_register arm = { .range = { address, length }, .mode = mode };

	if (ioctl(uffd->fd, UFFDIO_REGISTER, &arm))
		return reason_set(reason, -errno, "UFFDIO_REGISTER: %s", strerror(errno));
	return 0;
}

int userfault_protect(const struct userfault *uffd, uint64_t address, uint64_t length, char *reason)
{
	struct uffdio_writeprotect protect = { .range = { address, length },
					       .mode = UFFDIO_WRITEPROTECT_MODE_WP };

	if (ioctl(uffd->fd, UFFDIO_WRITEPROTECT, &protect))
		return reason_set(reason, -errno, "UFFDIO_WRITEPROTECT: %s", strerror(errno));
	return 0;
}

static bool flags_armed(const char *flags)
{
	return strstr(flags, " um") || strstr(flags, " uw") || strstr(flags, " ui");
}

uint64_t userfault_armed(uint64_t address)
{
	unsigned long long start, end;
	uint64_t armed = UINT64_MAX;
	bool here = false;
	size_t room = 0;
	char *line = NULL;
	FILE *smaps = fopen("/proc/self/smaps", "re");

	while (smaps && armed == UINT64_MAX && getline(&line, &room, smaps) > 0) {
		if (sscanf(line, "%llx-%llx ", &start, &end) == 2)
			here = address >= start && address < end;
		else if (here && strncmp(line, "VmFlags:", 8) == 0)
			armed = flags_armed(line + 8);
	}
	free(line);
	if (smaps)
		fclose(smaps);
	return armed;
}

uint64_t userfault_protected(uint64_t address, uint64_t length)
{
	uint64_t entries[512], count = 0, pages = length / PAGE_BYTES;
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return UINT64_MAX;
	for (uint64_t page = 0; page < pages;) {
		uint64_t want = pages - page < 512 ? pages - page : 512;
		ssize_t got = pread(fd, entries, want * sizeof(uint64_t),
				    (off_t)((address / PAGE_BYTES + page) * sizeof(uint64_t)));

		if (got < (ssize_t)sizeof(uint64_t)) {
			count = UINT64_MAX;
			break;
		}
		for (size_t i = 0; i < (size_t)got / sizeof(uint64_t); i++)
			count += !!(entries[i] & PM_UFFD_WP);
		page += (size_t)got / sizeof(uint64_t);
	}
	close(fd);
	return count;
}

static void *reader_run(void *opaque)
{
	struct userfault *uffd = opaque;
	struct uffd_msg message;

	while (!atomic_load(&uffd->stop)) {
		if (read(uffd->fd, &message, sizeof(message)) != (ssize_t)sizeof(message))
			continue; /* a signal: to look at stop */
		uffd->events[atomic_load(&uffd->taken) % USERFAULT_EVENTS] = message;
		atomic_fetch_add(&uffd->taken, 1);
	}
	return NULL;
}

/* Nothing to do: it is there to end a read. */
static void reader_interrupt(int signal_number)
{
	(void)signal_number;
}

/*
 * In a guest both threads are SCHED_FIFO of one priority on one CPU, so the order is fixed: the mover
 * waits for its event (userfaultfd_event_wait_completion()), the reader takes it and comes back to
 * read again, where it sleeps, and only then the mover goes on.
 */
int userfault_read_events(struct userfault *uffd, char *reason)
{
	struct sigaction interrupt = { .sa_handler = reader_interrupt };
	int err;

	sigaction(SIGUSR1, &interrupt, NULL);
	atomic_store(&uffd->stop, false);
	atomic_store(&uffd->taken, 0);
	err = pthread_create(&uffd->reader, NULL, reader_run, uffd);
	if (err)
		return reason_set(reason, -err, "no thread for events: %s", strerror(err));
	uffd->reading = true;
	return 0;
}

int userfault_await(struct userfault *uffd, unsigned int count, char *reason)
{
	for (int i = 0; atomic_load(&uffd->taken) < count; i++) {
		if (i >= PATIENCE)
			return reason_set(reason, -ETIMEDOUT, "%u events were taken instead of %u",
					  atomic_load(&uffd->taken), count);
		wait_millisecond();
	}
	if (atomic_load(&uffd->taken) != count)
		return reason_set(reason, -EPROTO, "%u events were taken instead of %u",
				  atomic_load(&uffd->taken), count);
	return 0;
}

void userfault_close(struct userfault *uffd)
{
	atomic_store(&uffd->stop, true);
	/* A signal just before the read starts would be lost: again until the thread is gone. */
	while (uffd->reading && pthread_tryjoin_np(uffd->reader, NULL) == EBUSY) {
		pthread_kill(uffd->reader, SIGUSR1);
		wait_millisecond();
	}
	uffd->reading = false;
	if (uffd->open)
		close(uffd->fd);
	uffd->open = false;
}
