// SPDX-License-Identifier: GPL-2.0-only
/*
 * holders: who else has the pages: children that live on and do operations of their own, pins by
 * io_uring, a userfaultfd that watches writes. All of them end in an order that chance chooses.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/io_uring.h>
#include <linux/userfaultfd.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "benches/families/relocate_pages.h"
#include "benches/stress/stress.h"

enum {
	DEPTH_MOST = 2,
	CHILD_OPERATIONS = 24, /* at one command */
	CHILD_LIFE = 2000, /* operations of a child that nobody commands */
	WATCH_PAGES = 1024,
	FEATURE_WP_ASYNC = 1 << 15, /* linux/userfaultfd.h, since 6.7 */
};

void holders_init(struct stress *stress)
{
	for (size_t i = 0; i < STRESS_CHILDREN; i++)
		stress->children[i] = (struct stress_child){ .to = -1, .from = -1 };
	for (size_t i = 0; i < STRESS_PINS; i++)
		stress->pins[i].ring = -1;
	stress->watcher = -1;
}

bool holders_any(const struct stress *stress)
{
	for (size_t i = 0; i < STRESS_CHILDREN; i++)
		if (stress->children[i].pid)
			return true;
	return stress->depth > 0;
}

static void close_all(struct stress *stress)
{
	for (size_t i = 0; i < STRESS_CHILDREN; i++)
		if (stress->children[i].pid) {
			close(stress->children[i].to);
			close(stress->children[i].from);
		}
	for (size_t i = 0; i < STRESS_PINS; i++)
		if (stress->pins[i].ring >= 0)
			close(stress->pins[i].ring);
	if (stress->watcher >= 0)
		close(stress->watcher);
	holders_init(stress);
}

/* A child that has found something has said it already: this process only follows it. */
static void child_gone(struct stress *stress, pid_t pid, int status, bool killed)
{
	if (__atomic_load_n(&stress->shared->failed, __ATOMIC_SEQ_CST)) {
		check_parent(stress);
		_exit(STRESS_EXIT);
	}
	if (status && !(killed && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL))
		stress_fail(stress, "child %d ended with status 0x%x (%s%s)", (int)pid, status,
			    WIFSIGNALED(status) ? "signal " : "exit",
			    WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "");
}

static void child_end(struct stress *stress, struct stress_child *child)
{
	bool kills = stress->plan->stress.threads > 0;
	int status = 0;

	if (!child->pid)
		return;
	close(child->to);
	close(child->from);
	/* One that works unasked dies in the midst of it. */
	if (kills)
		kill(child->pid, SIGKILL);
	while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
		;
	child_gone(stress, child->pid, status, kills);
	*child = (struct stress_child){ .to = -1, .from = -1 };
}

void children_end(struct stress *stress)
{
	for (size_t i = 0; i < STRESS_CHILDREN; i++)
		child_end(stress, &stress->children[i]);
}

/* Commands from the parent, a number of operations each; the end of the pipe is the end. */
static void child_obey(struct stress *stress, int commands, int answers)
{
	uint8_t count;

	while (read(commands, &count, 1) == 1) {
		stress_operate(stress, count);
		if (write(answers, &count, 1) != 1)
			break;
	}
}

/*
 * Its parent waits for that: until the child has closed them, a userfaultfd and a ring of the parent's stay
 * open when the parent closes its own, and memory watched or pinned.
 */
static void child_tell_started(int answers)
{
	uint8_t started = 0;

	if (write(answers, &started, 1) != 1)
		_exit(0); /* nobody waits any more */
}

__attribute__((noreturn)) static void child_run(struct stress *stress, pid_t parent, int commands,
						int answers)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	close_all(stress);
	close(stress->pagemap);
	stress->pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	child_tell_started(answers);
	stress->seed = rng_mix(stress->seed ^ stress->number);
	stress->number = 0;
	stress->depth++;
	model_forked(stress->model);
	if (stress->plan->stress.threads)
		stress_operate(stress, CHILD_LIFE);
	else
		child_obey(stress, commands, answers);
	if (rng_once_in(&stress->doubt, 2))
		check_all(stress);
	children_end(stress);
	_exit(0);
}

static void child_start(struct stress *stress, struct stress_child *child)
{
	int down[2], up[2];
	pid_t parent = getpid();
	uint8_t started;

	if (pipe2(down, O_CLOEXEC))
		return;
	if (pipe2(up, O_CLOEXEC)) {
		close(down[0]);
		close(down[1]);
		return;
	}
	child->pid = fork();
	if (child->pid == 0) {
		close(down[1]);
		close(up[0]);
		child_run(stress, parent, down[0], up[1]);
	}
	close(down[0]);
	close(up[1]);
	child->to = down[1];
	child->from = up[0];
	if (child->pid > 0) {
		/* One that died before is found where it is first told something. */
		if (read(child->from, &started, 1) == 1)
			stress_count(stress, COUNT_FORKS, 1);
		return;
	}
	close(down[1]);
	close(up[0]);
	*child = (struct stress_child){ .to = -1, .from = -1 };
}

void operate_fork(struct stress *stress)
{
	struct stress_child *child = &stress->children[rng_below(&stress->rng, STRESS_CHILDREN)];

	/* As long as anyone has children, little of what they share can be relocated. */
	if (stress->depth >= DEPTH_MOST || stress->number / STRESS_PHASE % 2)
		return;
	stress_log(stress, "%s child %td", child->pid ? "end" : "fork", child - stress->children);
	if (child->pid)
		child_end(stress, child);
	else
		child_start(stress, child);
}

void operate_child(struct stress *stress)
{
	struct stress_child *child = &stress->children[rng_below(&stress->rng, STRESS_CHILDREN)];
	uint8_t count = (uint8_t)(1 + rng_below(&stress->rng, CHILD_OPERATIONS));
	int status = 0;

	if (!child->pid)
		return;
	if (stress->plan->stress.threads) {
		/* It works unasked; has it ended? */
		if (waitpid(child->pid, &status, WNOHANG) != child->pid)
			return;
		child_gone(stress, child->pid, status, false);
		close(child->to);
		close(child->from);
		*child = (struct stress_child){ .to = -1, .from = -1 };
		return;
	}
	stress_log(stress, "child %td does %u", child - stress->children, count);
	if (write(child->to, &count, 1) == 1 && read(child->from, &count, 1) == 1)
		return;
	waitpid(child->pid, &status, 0);
	child_gone(stress, child->pid, status, false);
	stress_fail(stress, "a child ended although it was not told to");
}

static void pin_end(struct stress *stress, size_t pin)
{
	close(stress->pins[pin].ring);
	stress->pins[pin].ring = -1;
	/* Where its pages are by now is not followed: of none it is claimed that it is pinned. */
	for (uint32_t at = 0; at < ARENA_PAGES; at++)
		stress->model->pages[at].state &= (uint8_t)~STATE_PINNED;
}

/* A pinned page stays where it is, whatever becomes of its mapping. */
static void pin_remember(struct stress *stress, size_t pin, struct run run)
{
	uint64_t entries[STRESS_PIN_PAGES];

	stress->pins[pin].count = check_pagemap(stress, run, entries) ? run.count : 0;
	for (uint32_t i = 0; i < stress->pins[pin].count; i++)
		stress->pins[pin].frames[i] = entries[i] & PAGEMAP_PFN;
}

bool holders_pin_near(const struct stress *stress, uint64_t entry)
{
	uint64_t frame = entry & PAGEMAP_PFN;

	/* A folio's frames begin at a multiple of their number, which is at most HUGE_PAGES. */
	for (size_t pin = 0; pin < STRESS_PINS && frame; pin++)
		for (uint32_t i = 0; stress->pins[pin].ring >= 0 && i < stress->pins[pin].count;
		     i++)
			if (stress->pins[pin].frames[i] / HUGE_PAGES == frame / HUGE_PAGES)
				return true;
	return false;
}

void operate_pin(struct stress *stress)
{
	size_t pin = rng_below(&stress->rng, STRESS_PINS);
	struct io_uring_params params = { 0 };
	struct run run = stress_part(stress, stress_pick(stress));
	const struct shadow *page = &stress->model->pages[run.first];
	struct iovec buffer;

	if (!stress->can.ring)
		return;
	if (stress->pins[pin].ring >= 0) {
		stress_log(stress, "unpin %zu", pin);
		pin_end(stress, pin);
		return;
	}
	if (!run.count || page->kind != PAGE_ANON || page->prot != (PROT_READ | PROT_WRITE))
		return;
	if (run.count > STRESS_PIN_PAGES)
		run.count = STRESS_PIN_PAGES;
	stress_log(stress, "pin %" PRIu32 "+%" PRIu32, run.first, run.count);
	buffer = (struct iovec){ stress_at(run.first), run.count * PAGE_BYTES };
	stress->pins[pin].ring = (int)syscall(SYS_io_uring_setup, 1, &params);
	if (stress->pins[pin].ring < 0)
		return;
	if (syscall(SYS_io_uring_register, stress->pins[pin].ring, IORING_REGISTER_BUFFERS, &buffer,
		    1)) {
		pin_end(stress, pin);
		return;
	}
	stress_count(stress, COUNT_PINS, 1);
	pin_remember(stress, pin, run);
	for (uint32_t i = 0; i < run.count; i++)
		stress->model->pages[run.first + i].state |= STATE_PINNED | STATE_FAULTED;
}

static void watch_end(struct stress *stress)
{
	close(stress->watcher);
	stress->watcher = -1;
	for (uint32_t at = 0; at < ARENA_PAGES; at++)
		stress->model->pages[at].advice &= (uint8_t)~ADVICE_WATCHED;
}

static void watch_run(struct stress *stress, struct run run)
{
	struct uffdio_range range = { (uintptr_t)stress_at(run.first), run.count * PAGE_BYTES };
	struct uffdio_register wanted = { .range = range, .mode = UFFDIO_REGISTER_MODE_WP };
	struct uffdio_writeprotect protect = { .range = range,
					       .mode = UFFDIO_WRITEPROTECT_MODE_WP };

	stress_log(stress, "watch %" PRIu32 "+%" PRIu32, run.first, run.count);
	if (ioctl(stress->watcher, UFFDIO_REGISTER, &wanted))
		return;
	ioctl(stress->watcher, UFFDIO_WRITEPROTECT, &protect);
	for (uint32_t i = 0; i < run.count; i++)
		stress->model->pages[run.first + i].advice |= ADVICE_WATCHED;
}

void operate_watch(struct stress *stress)
{
	struct uffdio_api api = { .api = UFFD_API, .features = FEATURE_WP_ASYNC };
	struct run run = stress_part(stress, stress_pick(stress));

	if (!stress->can.watch)
		return;
	if (stress->watcher >= 0 && rng_once_in(&stress->rng, 3)) {
		stress_log(stress, "watch no more");
		watch_end(stress);
		return;
	}
	if (!run.count || stress->model->pages[run.first].kind != PAGE_ANON)
		return;
	if (run.count > WATCH_PAGES)
		run.count = WATCH_PAGES;
	if (stress->watcher < 0) {
		stress->watcher = (int)syscall(SYS_userfaultfd, O_CLOEXEC | UFFD_USER_MODE_ONLY);
		if (stress->watcher >= 0 && ioctl(stress->watcher, UFFDIO_API, &api)) {
			close(stress->watcher);
			stress->watcher = -1;
		}
	}
	if (stress->watcher >= 0)
		watch_run(stress, run);
}

void holders_end(struct stress *stress)
{
	children_end(stress);
	for (size_t i = 0; i < STRESS_PINS; i++)
		if (stress->pins[i].ring >= 0)
			pin_end(stress, i);
	if (stress->watcher >= 0)
		watch_end(stress);
}
