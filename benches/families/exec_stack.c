// SPDX-License-Identifier: GPL-2.0-only
/*
 * exec_stack: the move of a new program's stack by execve: a small program executes itself some
 * times, over how far the stack is moved and how much of it is there.
 *
 * execve gathers the arguments at STACK_TOP_MAX, and setup_arg_pages() (fs/exec.c) moves them to
 * where the program's stack is to end: shift_arg_pages(), relocate_vma_down() since 6.12. With
 * x86-64's 4-level page tables, 0x1000 below 2^47 both are the same for a 64-bit program, and nothing
 * moves but by randomisation. A 32-bit program's stack ends at 0xffffe000, which is 4 KiB off the
 * source's offset in its PMD; under ADDR_LIMIT_3GB, at 0xc0000000, it is 2 MiB - 4 KiB off. So no fixed
 * shift is a multiple of 2 MiB there, which realignment (try_realign_addr() with for_stack, 6.7)
 * needs, and a randomised one, of any number of pages, is one time in 512. With 5-level page tables
 * (CPU flag la57) STACK_TOP_MAX is 0x1000 below 2^56: a 64-bit program's stack moves by 2^56 - 2^47.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/fixture.h"
#include "benches/kernel_rules.h"
#include "benches/machine.h"
#include "benches/paths.h"
#include "benches/families/programs/programs.h"
#include "benches/syscalls.h"

#ifndef MFD_EXEC
#define MFD_EXEC 0x10u
#endif

#define RANDOMIZE "/proc/sys/kernel/randomize_va_space"
#define STACK_LIMIT (64ull << 20) /* a quarter of it may be arguments, and 6 MiB in all */
#define STRING_BYTES (128ull << 10) /* MAX_ARG_STRLEN, with its NUL */
#define TOP_32 0xffffe000ull /* IA32_PAGE_OFFSET */
#define TOP_64 ((1ull << 47) - PAGE_BYTES) /* DEFAULT_MAP_WINDOW */
#define TOP_5LEVEL ((1ull << 56) - PAGE_BYTES)

enum { EXECS = 8, EXECS_LARGE = 2, STRINGS = 32, DESCRIPTORS = 255 };

struct exec_state {
	int program, report; /* descriptors that the program inherits */
	size_t pointer; /* bytes of one */
	uint64_t top_max,
		top; /* where the stack ends at first, and then; top 0: anywhere below 2^47 */
	char control[4]; /* see programs/reexec.S */
	char *filler;
	const char *argv[2 + STRINGS + 1];
	size_t execs; /* in one body */
	uint64_t string_bytes; /* from argv[1] to the stack's end */
	long result;
	int status;
	uint64_t ends[EXECS]; /* of the stack, as each program saw it */
	size_t count;
	int personality; /* -1: not changed */
	struct rlimit limit; /* to be restored, where limited is set */
	bool limited, randomised;
};

/* Copying large arguments is what costs the most by far. */
static size_t exec_count(const struct cell *cell)
{
	return cell_bytes(cell, "args") > STRING_BYTES ? EXECS_LARGE : EXECS;
}

/* Does user space reach beyond 2^47? Only an explicit hint can tell. */
static bool five_levels(void)
{
	void *want = (void *)(uintptr_t)(1ull << 48);
	void *got = mmap(want, PAGE_BYTES, PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (got == MAP_FAILED)
		return false;
	munmap(got, PAGE_BYTES);
	return got == want;
}

/* A file of the program that nobody has open for writing (else ETXTBSY). The descriptor, or -errno. */
static int program_open(bool wide, char *reason)
{
	const char *start = wide ? program_reexec64 : program_reexec32;
	const char *end = wide ? program_reexec64_end : program_reexec32_end;
	size_t length = (size_t)(end - start);
	int writer = memfd_create("reexec", MFD_CLOEXEC | MFD_EXEC), reader;
	char path[64];

	if (writer < 0 && errno == EINVAL) /* before 6.3 there is no such flag */
		writer = memfd_create("reexec", MFD_CLOEXEC);
	if (writer < 0)
		return reason_set(reason, -errno, "memfd_create: %s", strerror(errno));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", writer);
	/* Not O_CLOEXEC: the program executes it again by this descriptor. */
	reader = write(writer, start, length) == (ssize_t)length ? open(path, O_RDONLY) : -1;
	if (reader < 0)
		reader = reason_set(reason, -errno, "the program's file: %s", strerror(errno));
	close(writer);
	return reader;
}

/* argv for that many bytes of arguments, and what of the stack lies from argv[1] to its end. */
static int arguments_make(struct exec_state *state, uint64_t bytes, char *reason)
{
	uint64_t string = bytes < STRING_BYTES ? bytes : STRING_BYTES, count = bytes / string;
	char name[32];

	state->filler = malloc(string);
	if (!state->filler)
		return reason_set(reason, -ENOMEM, "no memory for arguments");
	memset(state->filler, 'a', string - 1);
	state->filler[string - 1] = '\0';
	state->argv[0] = "reexec";
	state->argv[1] = state->control;
	for (uint64_t i = 0; i < count; i++)
		state->argv[2 + i] = state->filler;
	/* Then comes the name that execveat makes up, and a pointer's room (bprm_mm_init()). */
	state->string_bytes = sizeof(state->control) + count * string + sizeof(uint64_t) +
			      (uint64_t)snprintf(name, sizeof(name), "/dev/fd/%d", state->program) +
			      1;
	return 0;
}

static int files_open(struct exec_state *state, bool wide, char *reason)
{
	state->program = program_open(wide, reason);
	if (state->program < 0)
		return state->program;
	/* Not MFD_CLOEXEC: the program writes to it. */
	state->report = memfd_create("report", 0);
	if (state->report < 0)
		return reason_set(reason, -errno, "memfd_create: %s", strerror(errno));
	if (state->program > DESCRIPTORS || state->report > DESCRIPTORS)
		return reason_set(reason, -EMFILE, "too many files are open");
	return 0;
}

static void exec_free(struct exec_state *state)
{
	if (state->program > 0)
		close(state->program);
	if (state->report > 0)
		close(state->report);
	free(state->filler);
}

static int exec_open(const struct cell *cell, struct exec_state *state, uint64_t args, char *reason)
{
	bool wide = !cell_is(cell, "shift", "fixed");
	int err = files_open(state, wide, reason);

	state->pointer = wide ? sizeof(uint64_t) : sizeof(uint32_t);
	state->top_max = five_levels() ? TOP_5LEVEL : TOP_64;
	state->top = wide ? TOP_64 : TOP_32;
	if (cell_is(cell, "shift", "random"))
		state->top = 0;
	state->execs = exec_count(cell);
	return err ? err : arguments_make(state, args, reason);
}

static int exec_ready(void *opaque, char *reason)
{
	struct exec_state *state = opaque;
	char zeros[EXECS * sizeof(uint64_t)] = { 0 };

	state->control[0] = (char)state->execs;
	state->control[1] = (char)state->program;
	state->control[2] = (char)state->report;
	state->count = 0;
	if (pwrite(state->report, zeros, sizeof(zeros), 0) != (ssize_t)sizeof(zeros) ||
	    lseek(state->report, 0, SEEK_SET))
		return reason_set(reason, -EIO, "the report can't be cleared: %s", strerror(errno));
	return 0;
}

static void exec_body(void *opaque)
{
	struct exec_state *state = opaque;

	state->result = raw_spawn_wait(state->program, state->argv, &state->status);
}

/* What the programs said, as ends of their stacks. */
static int report_read(struct exec_state *state, char *reason)
{
	unsigned char bytes[EXECS * sizeof(uint64_t)];
	off_t wrote = lseek(state->report, 0, SEEK_CUR);

	state->count = wrote < 0 ? 0 : (size_t)wrote / state->pointer;
	if (state->count > EXECS ||
	    pread(state->report, bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes)) {
		state->count = 0;
		return reason_set(reason, -EIO, "the programs' report can't be read");
	}
	for (size_t i = 0; i < state->count; i++) {
		state->ends[i] = state->string_bytes;
		for (size_t byte = 0; byte < state->pointer; byte++)
			state->ends[i] += (uint64_t)bytes[i * state->pointer + byte] << 8 * byte;
	}
	return 0;
}

static int ends_check(const struct exec_state *state, char *reason)
{
	if (state->count != state->execs)
		return reason_set(reason, -EIO, "%zu programs ran instead of %zu", state->count,
				  state->execs);
	for (size_t i = 0; i < state->count; i++) {
		uint64_t end = state->ends[i];

		if (end % PAGE_BYTES || (state->top ? end != state->top : end > TOP_64))
			return reason_set(reason, -EPROTO, "a stack ended at 0x%" PRIx64, end);
	}
	return 0;
}

static int exec_verify(void *opaque, char *reason)
{
	struct exec_state *state = opaque;
	int err;

	if (state->result <= 0)
		return reason_set(reason, -EIO, "vfork and wait4 returned %ld", state->result);
	if (!WIFEXITED(state->status))
		return reason_set(reason, -EIO, "a program was killed by signal %d",
				  WTERMSIG(state->status));
	if (WEXITSTATUS(state->status))
		return reason_set(reason, -WEXITSTATUS(state->status), "execveat: %s",
				  strerror(WEXITSTATUS(state->status)));
	err = report_read(state, reason);
	return err ? err : ends_check(state, reason);
}

/* shift_bytes is the first program's; mutual, how many were moved by a multiple of 2 MiB. */
static void exec_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct exec_state *state = opaque;
	uint64_t mutual = 0, shift = state->count ? state->top_max - state->ends[0] : 0;

	for (size_t i = 0; i < state->count; i++)
		mutual += state->ends[i] != state->top_max &&
			  (state->top_max - state->ends[i]) % PMD_BYTES == 0;
	outcome_add(outcomes, "execs", state->count);
	outcome_add(outcomes, "shift_bytes", shift);
	outcome_add(outcomes, "mutual", mutual);
	/* argv[0] is below argv[1], and both hardly ever across a page's boundary. */
	outcome_add(outcomes, "pages",
		    (state->string_bytes + sizeof("reexec") + PAGE_BYTES - 1) / PAGE_BYTES);
}

/* The sizes of stack and so of the layout below it are the same on every machine. */
static int limit_raise(struct exec_state *state, char *reason)
{
	struct rlimit wanted;

	if (getrlimit(RLIMIT_STACK, &state->limit))
		return reason_set(reason, -errno, "RLIMIT_STACK: %s", strerror(errno));
	wanted = (struct rlimit){ STACK_LIMIT, state->limit.rlim_max };
	if (setrlimit(RLIMIT_STACK, &wanted))
		return reason_set(reason, -errno, "needs a stack limit of %llu MiB: %s",
				  STACK_LIMIT >> 20, strerror(errno));
	state->limited = true;
	return 0;
}

static int randomisation_set(struct exec_state *state, bool random, char *reason)
{
	int now = personality(0xffffffff);
	int err = 0;

	if (random && machine_number(RANDOMIZE, 0) == 0) {
		err = machine_set(RANDOMIZE, "2", reason);
		state->randomised = !err;
	}
	if (err)
		return err;
	if (personality((unsigned long)(random ? now & ~ADDR_NO_RANDOMIZE
					       : now | ADDR_NO_RANDOMIZE)) < 0)
		return reason_set(reason, -errno, "personality: %s", strerror(errno));
	state->personality = now;
	return 0;
}

static void exec_teardown(void *opaque)
{
	struct exec_state *state = opaque;
	char reason[REASON_SIZE];

	if (state->personality >= 0)
		personality((unsigned long)state->personality);
	if (state->randomised)
		machine_set(RANDOMIZE, "0", reason);
	if (state->limited)
		setrlimit(RLIMIT_STACK, &state->limit);
	exec_free(state);
}

static int exec_prepare(const struct cell *cell, struct exec_state *state, uint64_t args,
			char *reason)
{
	int err;

	state->personality = -1;
	err = exec_open(cell, state, args, reason);
	if (!err)
		err = limit_raise(state, reason);
	return err ? err : randomisation_set(state, cell_is(cell, "shift", "random"), reason);
}

static int exec_setup(const struct cell *cell, void *opaque, char *reason)
{
	return exec_prepare(cell, opaque, cell_bytes(cell, "args"), reason);
}

/* One round with few arguments, so that what the kernel or a security policy refuses is told as unsupported. */
static int exec_try(const struct cell *cell, char *reason)
{
	struct exec_state *state = calloc(1, sizeof(*state));
	int err;

	if (!state)
		return reason_set(reason, -ENOMEM, "no memory");
	err = exec_prepare(cell, state, PAGE_BYTES, reason);
	if (!err)
		err = exec_ready(state, reason);
	if (!err) {
		exec_body(state);
		err = exec_verify(state, reason);
	}
	if (err == -ENOEXEC)
		reason_set(reason, err, "this kernel runs no 32-bit programs (ENOEXEC)");
	exec_teardown(state);
	free(state);
	return err;
}

static int exec_supported(const struct cell *cell, char *reason)
{
	if (cell_is(cell, "shift", "0") && five_levels())
		return reason_set(reason, -EOPNOTSUPP,
				  "with 5-level page tables each 64-bit program's stack is moved");
	if (cell_is(cell, "shift", "mutual") && !five_levels())
		return reason_set(
			reason, -EOPNOTSUPP,
			"needs 5-level page tables (CPU flag la57; a guest has them by run "
			"--five-levels): with 4 no fixed shift is a multiple of 2 MiB");
	if (cell_is(cell, "shift", "random") && !machine_is_ours() &&
	    machine_number(RANDOMIZE, 0) == 0)
		return reason_set(reason, -EPERM, "needs 1 or 2 in " RANDOMIZE);
	return exec_try(cell, reason);
}

/*
 * Page tables that one execve makes by __pte_alloc(): under the arguments where they are gathered,
 * and those that the move makes at the destination. The program's own page is mapped around a fault
 * (filemap_map_pages()), which takes a table without it.
 */
static uint64_t exec_tables(const struct cell *cell, struct kernel_version kernel)
{
	/* One page more than the arguments: the names, and what execve itself writes. */
	uint64_t length = cell_bytes(cell, "args") + PAGE_BYTES, start = TOP_64 - length;
	uint64_t tables = (TOP_64 - 1) / PMD_BYTES - start / PMD_BYTES + 1;
	struct region stack = { .address = start, .length = length, .fill = { FILL_ALL, 0 } };
	struct move_shape move = { .region = &stack, .lonely = true };

	if (cell_is(cell, "shift", "0"))
		return tables;
	/* Only the offset in the PMD tells, and that of all that mutual shifts is the same. */
	move.destination = cell_is(cell, "shift", "fixed") ? TOP_32 - length : start - PUD_BYTES;
	return tables + path_of_move(&move, kernel).pte_alloc;
}

/*
 * shift_arg_pages() is relocate_vma_down() since 6.12. Realignment (6.7) spares a mutual move of 2 MiB
 * and more one table: the arguments' first PMD is moved whole.
 */
static void exec_expect(const struct cell *cell, struct kernel_version kernel,
			struct fingerprint *fingerprint)
{
	uint64_t execs = exec_count(cell), moves = cell_is(cell, "shift", "0") ? 0 : execs;
	bool relocates = kernel_since(kernel, 6, 12);
	uint64_t tables;

	expect_add(fingerprint, relocates ? "relocate_vma_down" : "shift_arg_pages", moves, moves);
	expect_add(fingerprint, "move_page_tables", moves, moves);
	if (cell_is(cell, "shift", "random"))
		return;
	tables = execs * exec_tables(cell, kernel);
	expect_add(fingerprint, "__pte_alloc", tables, tables);
}

/* A page of arguments is copied byte by byte, and comes and goes: some 20,000 instructions. */
static void exec_burden(const struct cell *cell, struct burden *burden)
{
	burden->sample = exec_count(cell) * (120 + cell_bytes(cell, "args") / PAGE_BYTES * 20);
	burden->setup = EXECS * 140;
}

static const char *const exec_shifts[] = { "0", "fixed", "random", "mutual", NULL };
static const char *const exec_args[] = { "4K", "128K", "2M", "3M", "4M", NULL };
static const struct param exec_params[] = {
	{ "shift", exec_shifts },
	{ "args", exec_args },
	{ NULL, NULL },
};

const struct bench bench_exec_stack = {
	.name = "exec_stack",
	.about =
		"vfork, execve of a program without libc 8 times (2 if args > 128K), wait: its stack's move",
	.params = exec_params,
	.state_size = sizeof(struct exec_state),
	.supported = exec_supported,
	.setup = exec_setup,
	.ready = exec_ready,
	.body = exec_body,
	.verify = exec_verify,
	.outcome = exec_outcome,
	.teardown = exec_teardown,
	.expect = exec_expect,
	.burden = exec_burden,
};
