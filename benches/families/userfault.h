/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * userfault: a userfaultfd(2): opened with features, armed over a range, asked whether a range is
 * still armed, and a thread that takes its events (a move waits until its event was read).
 */
#ifndef BENCHES_USERFAULT_H
#define BENCHES_USERFAULT_H

#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/ioctl.h> /* UFFDIO_* are made of its _IOWR */

/* Newer than some systems' headers: 6.8. */
#ifndef UFFD_FEATURE_MOVE
#define UFFD_FEATURE_MOVE (1 << 16)
struct uffdio_move {
	__u64 dst, src, len, mode;
	__s64 move; /* written by the kernel: bytes moved */
};
#define UFFDIO_MOVE _IOWR(UFFDIO, 0x05, struct uffdio_move)
#endif

enum { USERFAULT_EVENTS = 4 }; /* kept; a sample has at most one */

struct userfault {
	int fd;
	bool open, reading;
	pthread_t reader;
	atomic_bool stop;
	atomic_uint taken; /* events since the reader began */
	struct uffd_msg events[USERFAULT_EVENTS]; /* the n-th is [n % USERFAULT_EVENTS] */
};

/* -errno with words: no such call, no right to it, or a feature that this kernel has not. */
int userfault_open(struct userfault *uffd, uint64_t features, char *reason);
/* Can it be opened so? Leaves nothing behind. */
int userfault_supported(uint64_t features, char *reason);
/* Ends the reader, disarms what is still armed, wakes who waits. Nothing where it is not open. */
void userfault_close(struct userfault *uffd);

/* mode: UFFDIO_REGISTER_MODE_*. */
int userfault_arm(const struct userfault *uffd, uint64_t address, uint64_t length, uint64_t mode,
		  char *reason);
/* Write-protects the pages that are there. */
int userfault_protect(const struct userfault *uffd, uint64_t address, uint64_t length,
		      char *reason);
/* Is the VMA at address armed, by any mode (um, uw, ui of smaps)? 0 or 1; UINT64_MAX if it can't be told. */
uint64_t userfault_armed(uint64_t address);
/* Pages write-protected by userfaultfd in the range: bit 57 of pagemap; UINT64_MAX if it can't be told. */
uint64_t userfault_protected(uint64_t address, uint64_t length);

/* Starts the thread that takes events: on the caller's CPU, by the caller's scheduling policy. */
int userfault_read_events(struct userfault *uffd, char *reason);
/* Waits until `count` events were taken since the start: -ETIMEDOUT with words. */
int userfault_await(struct userfault *uffd, unsigned int count, char *reason);

#endif
