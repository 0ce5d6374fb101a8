// SPDX-License-Identifier: GPL-2.0-only
/* relocate_pages: forks, pins, pages out, guards and merges. */
#include "benches/families/relocate_pages.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/machine.h"
#include "benches/families/swap.h"

#define KSM "/sys/kernel/mm/ksm/"

enum {
	ADVICE_GUARD_INSTALL = 102, /* linux/mman.h, since 6.13 */
	KSM_LOOKS = 300, /* for a merged page */
	KSM_SCAN = 10000, /* pages a round: all that there are */
};

static const struct timespec ksm_pause = { .tv_nsec = 20000000 };

void pages_init(struct page_state *state, enum pages pages)
{
	*state = (struct page_state){ .pages = pages, .child_pipe = -1, .ring = -1 };
}

uint64_t pages_readable(enum pages pages, uint64_t length)
{
	return length / PAGE_BYTES - (pages == PAGES_NONPRESENT);
}

uint64_t pagemap_entry(uint64_t address)
{
	uint64_t entry = 0;
	off_t at = (off_t)(address / PAGE_BYTES * sizeof(entry));
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return 0;
	if (pread(fd, &entry, sizeof(entry), at) != sizeof(entry))
		entry = 0;
	close(fd);
	return entry;
}

static int ring_make(int *ring, char *reason)
{
	struct io_uring_params params = { 0 };
	long fd = syscall(SYS_io_uring_setup, 1, &params);

	if (fd < 0)
		return reason_set(reason, -errno, "errno %d: no io_uring to pin a page with (%s)",
				  errno, strerror(errno));
	*ring = (int)fd;
	return 0;
}

static int guards_supported(char *reason)
{
	void *page =
		mmap(NULL, PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int err = 0;

	if (page == MAP_FAILED)
		return reason_set(reason, -errno, "mmap: %s", strerror(errno));
	if (madvise(page, PAGE_BYTES, ADVICE_GUARD_INSTALL))
		err = reason_set(reason, -errno,
				 "errno %d: no entry without a page can be made here: no "
				 "MADV_GUARD_INSTALL (since 6.13)",
				 errno);
	munmap(page, PAGE_BYTES);
	return err;
}

int pages_supported(enum pages pages, char *reason)
{
	int ring = -1, err;

	switch (pages) {
	case PAGES_PINNED:
		err = ring_make(&ring, reason);
		if (!err)
			close(ring);
		return err;
	case PAGES_SWAPPED:
		return swap_supported(reason);
	case PAGES_NONPRESENT:
		return guards_supported(reason);
	case PAGES_KSM:
		if (access(KSM "run", F_OK))
			return reason_set(reason, -EOPNOTSUPP, "this kernel has no KSM");
		if (!machine_is_ours())
			return reason_set(reason, -EPERM, "needs 1 in " KSM "run");
		return 0;
	default:
		return 0;
	}
}

/* Waits for its end; PR_SET_PDEATHSIG ends it where this process dies first. */
__attribute__((noreturn)) static void child_run(int pipe_end, pid_t parent)
{
	char byte;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() == parent)
		while (read(pipe_end, &byte, 1) < 0 && errno == EINTR)
			;
	_exit(0);
}

static int child_make(struct page_state *state, char *reason)
{
	pid_t parent = getpid();
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		return reason_set(reason, -errno, "pipe: %s", strerror(errno));
	state->child = fork();
	if (state->child == 0) {
		close(ends[1]);
		child_run(ends[0], parent);
	}
	close(ends[0]);
	state->child_pipe = ends[1];
	if (state->child > 0)
		return 0;
	state->child = 0;
	return reason_set(reason, -errno, "fork: %s", strerror(errno));
}

static void child_end(struct page_state *state)
{
	if (state->child_pipe >= 0)
		close(state->child_pipe);
	state->child_pipe = -1;
	if (state->child > 0) {
		kill(state->child, SIGKILL);
		waitpid(state->child, NULL, 0);
	}
	state->child = 0;
}

/* pagemap tells without privilege whether a page is mapped once. */
static int sharing_prove(uint64_t page, bool shared, char *reason)
{
	uint64_t entry = pagemap_entry(page);

	if (entry & PAGEMAP_PRESENT && shared == !(entry & PAGEMAP_EXCLUSIVE))
		return 0;
	return reason_set(reason, -EPROTO, "the last page is not %s",
			  shared ? "shared with the child" : "this process's alone");
}

/* A registered buffer is pinned as what a device reads and writes is (FOLL_PIN | FOLL_LONGTERM). */
static int pin_make(struct page_state *state, uint64_t page, char *reason)
{
	struct iovec buffer = { .iov_base = (void *)(uintptr_t)page, .iov_len = PAGE_BYTES };
	int err = state->ring < 0 ? ring_make(&state->ring, reason) : 0;

	if (err)
		return err;
	if (syscall(SYS_io_uring_register, state->ring, IORING_REGISTER_BUFFERS, &buffer, 1))
		return reason_set(reason, -errno, "pinning by io_uring: %s", strerror(errno));
	state->pinned = true;
	return 0;
}

static int swap_make(uint64_t page, char *reason)
{
	if (madvise((void *)(uintptr_t)page, PAGE_BYTES, MADV_PAGEOUT))
		return reason_set(reason, -errno, "MADV_PAGEOUT: %s", strerror(errno));
	if (!(pagemap_entry(page) & PAGEMAP_SWAPPED))
		return reason_set(reason, -EPROTO, "the last page was not swapped out");
	return 0;
}

static int guard_make(uint64_t page, char *reason)
{
	if (madvise((void *)(uintptr_t)page, PAGE_BYTES, ADVICE_GUARD_INSTALL))
		return reason_set(reason, -errno, "MADV_GUARD_INSTALL: %s", strerror(errno));
	return 0;
}

/*
 * One frame for both. Not by kpageflags: stable_page_flags() of some kernels (6.12) says KPF_KSM of any
 * anonymous page, because it asks for any bit of PAGE_MAPPING_KSM.
 */
static bool page_is_merged(uint64_t page)
{
	uint64_t pfn = pagemap_entry(page) & PAGEMAP_PFN;

	return pfn && pfn == (pagemap_entry(WINDOW_TWIN) & PAGEMAP_PFN);
}

static int twin_make(struct page_state *state, uint64_t page, char *reason)
{
	void *twin = (void *)(uintptr_t)WINDOW_TWIN;
	int err = page_map(WINDOW_TWIN, reason);

	if (err)
		return err;
	state->twin = true;
	memcpy(twin, (const void *)(uintptr_t)page, PAGE_BYTES);
	return pages_advise(PAGES_KSM, WINDOW_TWIN, PAGE_BYTES, reason);
}

/* Let the scanner run until the two are one. It takes two rounds: a page must prove to be calm. */
static int ksm_make(struct page_state *state, uint64_t page, char *reason)
{
	char number[16], ignored[REASON_SIZE];
	int err = twin_make(state, page, reason);

	snprintf(number, sizeof(number), "%d", KSM_SCAN);
	if (!err)
		err = machine_set(KSM "pages_to_scan", number, reason);
	if (!err)
		err = machine_set(KSM "run", "1", reason);
	for (int i = 0; i < KSM_LOOKS && !err && !page_is_merged(page); i++)
		nanosleep(&ksm_pause, NULL);
	machine_set(KSM "run", "0", ignored);
	if (!err && !page_is_merged(page))
		err = reason_set(reason, -EPROTO, "KSM did not merge the last page with its twin");
	return err;
}

int pages_advise(enum pages pages, uint64_t address, uint64_t length, char *reason)
{
	if (pages == PAGES_KSM && madvise((void *)(uintptr_t)address, length, MADV_MERGEABLE))
		return reason_set(reason, -errno, "MADV_MERGEABLE: %s", strerror(errno));
	return 0;
}

int pages_make(struct page_state *state, uint64_t address, uint64_t length, char *reason)
{
	uint64_t page = address + length - PAGE_BYTES;
	int err = 0;

	switch (state->pages) {
	case PAGES_FORKED:
		err = child_make(state, reason);
		return err ? err : sharing_prove(page, true, reason);
	case PAGES_FORKED_GONE:
		err = child_make(state, reason);
		child_end(state);
		return err ? err : sharing_prove(page, false, reason);
	case PAGES_PINNED:
		return pin_make(state, page, reason);
	case PAGES_SWAPPED:
		return swap_make(page, reason);
	case PAGES_NONPRESENT:
		return guard_make(page, reason);
	case PAGES_KSM:
		return ksm_make(state, page, reason);
	case PAGES_OWNED:
	default:
		return 0;
	}
}

void pages_drop(struct page_state *state)
{
	child_end(state);
	if (state->pinned)
		syscall(SYS_io_uring_register, state->ring, IORING_UNREGISTER_BUFFERS, NULL, 0);
	state->pinned = false;
	if (state->twin)
		munmap((void *)(uintptr_t)WINDOW_TWIN, PAGE_BYTES);
	state->twin = false;
}

void pages_free(struct page_state *state)
{
	pages_drop(state);
	if (state->ring >= 0)
		close(state->ring);
	state->ring = -1;
}
