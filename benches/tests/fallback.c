// SPDX-License-Identifier: GPL-2.0-only
/*
 * fallback: cells of the family `move` in a guest whose free memory is in single pages, so that the
 * kernel really falls back to smaller folios than were asked for. Of the test agent alone, and each in
 * a guest of its own: what one gives back, the kernel keeps in lists that the next can't see.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/files.h"
#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/fixture.h"
#include "benches/machine.h"

#ifndef MADV_DONTNEED_LOCKED
#define MADV_DONTNEED_LOCKED 24 /* 5.18 */
#endif

#define POOL "/proc/sys/vm/nr_hugepages"
#define THP "/sys/kernel/mm/transparent_hugepage/"

enum {
	KEPT_KIB = 128 << 10, /* left out of the pool of huge pages, to be cut up */
	/* Not taken: of zone DMA, and of what DMA32 reserves, programs get nothing. */
	LAST_KIB = 32 << 10,
	STEP_BYTES = 1 << 20,
};

extern const struct bench bench_move;

struct fallback_state {
	void *move; /* that bench's own state */
	char *pages; /* all memory but the pool of huge pages */
	uint64_t length, room; /* how many bytes are populated, and mapped */
};

/*
 * Settings that keep the kernel from putting pieces together again, and how much it keeps back. All but
 * the last are there on every kernel with THP.
 */
static const struct {
	const char *path, *fallback, *usual;
} settings[] = {
	{ THP "defrag", "never", "madvise" },
	{ "/proc/sys/vm/compact_unevictable_allowed", "0", "1" },
	{ "/proc/sys/vm/min_free_kbytes", "1024", "16384" },
};

static int settings_write(bool fallback, char *reason)
{
	int err = 0;

	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]) && !err; i++)
		err = machine_set(settings[i].path,
				  fallback ? settings[i].fallback : settings[i].usual, reason);
	return err;
}

/* Most of memory into the pool of huge pages, which costs little; then single pages until none is left. */
static int memory_take(struct fallback_state *held, char *reason)
{
	uint64_t free = machine_meminfo("MemFree");
	char number[24];
	int err;

	if (free > KEPT_KIB) {
		snprintf(number, sizeof(number), "%" PRIu64, (free - KEPT_KIB) / 2048);
		err = machine_set(POOL, number, reason);
		if (err)
			return err;
	}
	held->room = machine_meminfo("MemFree") * 1024;
	held->pages = mmap(NULL, held->room, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (held->pages == MAP_FAILED)
		return reason_set(reason, -errno, "mmap of all memory: %s", strerror(errno));
	if (madvise(held->pages, held->room, MADV_NOHUGEPAGE))
		return reason_set(reason, -errno, "madvise: %s", strerror(errno));
	while (held->length + STEP_BYTES <= held->room && machine_meminfo("MemFree") > LAST_KIB) {
		/* Locked pages stay where they are: compaction leaves them alone. */
		if (mlock(held->pages + held->length, STEP_BYTES))
			return reason_set(reason, -errno, "mlock: %s", strerror(errno));
		held->length += STEP_BYTES;
	}
	return 0;
}

/* The pages in odd page frames are given back: much memory is free, and no two frames side by side. */
static int memory_cut(const struct fallback_state *held, char *reason)
{
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC), err = 0;

	if (fd < 0)
		return reason_set(reason, -errno, "/proc/self/pagemap: %s", strerror(errno));
	for (uint64_t at = 0; at < held->length && !err; at += PAGE_BYTES) {
		off_t place = (off_t)(((uintptr_t)held->pages + at) / PAGE_BYTES * 8);
		uint64_t entry;

		if (pread(fd, &entry, sizeof(entry), place) != sizeof(entry))
			err = reason_set(reason, -EIO, "/proc/self/pagemap ends early");
		else if (entry & 1 && madvise(held->pages + at, PAGE_BYTES, MADV_DONTNEED_LOCKED))
			err = reason_set(reason, -errno, "madvise(DONTNEED_LOCKED): %s",
					 strerror(errno));
	}
	close(fd);
	return err;
}

/* How often the kernel fell back from that size so far; UINT64_MAX where it doesn't count. */
static uint64_t fallbacks(const struct cell *cell)
{
	struct text vmstat = { 0 };
	uint64_t count = UINT64_MAX;
	char path[128];
	const char *line;

	snprintf(path, sizeof(path), THP "hugepages-%" PRIu64 "kB/stats/anon_fault_fallback",
		 cell_bytes(cell, "folio") >> 10);
	count = machine_number(path, UINT64_MAX);
	if (count != UINT64_MAX || !cell_is(cell, "folio", "2M"))
		return count;
	if (file_read("/proc/vmstat", 1 << 20, &vmstat) == 0) {
		line = strstr(text_get(&vmstat), "\nthp_fault_fallback ");
		if (line)
			count = strtoull(line + sizeof("\nthp_fault_fallback"), NULL, 10);
	}
	text_free(&vmstat);
	return count;
}

static void value_set(struct cell *cell, const char *name, const char *value)
{
	const struct param *params = cell->bench->params;

	for (size_t i = 0; params[i].name; i++)
		for (uint8_t v = 0; strcmp(params[i].name, name) == 0 && params[i].values[v]; v++)
			if (strcmp(params[i].values[v], value) == 0)
				cell->value[i] = v;
}

/* 32 MiB of such folios: more than what may be left in one piece. */
static struct cell move_cell(const struct cell *cell)
{
	struct cell move = { .bench = &bench_move };

	value_set(&move, "size", "32M");
	value_set(&move, "align", "pmd");
	value_set(&move, "fill", "100");
	value_set(&move, "folio", cell_value(cell, "folio"));
	value_set(&move, "type", "anon");
	return move;
}

static int fallback_supported(const struct cell *cell, char *reason)
{
	const struct cell move = move_cell(cell);

	if (!machine_is_ours())
		return reason_set(reason, -EPERM, "takes all memory: in a guest only");
	return bench_move.supported(&move, reason);
}

static int fallback_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct fallback_state *state = opaque;
	const struct cell move = move_cell(cell);
	uint64_t before;
	int err = settings_write(true, reason);

	state->move = calloc(1, bench_move.state_size);
	if (!err && !state->move)
		err = -ENOMEM;
	if (!err)
		err = memory_take(state, reason);
	if (!err)
		err = memory_cut(state, reason);
	if (err)
		return err;
	before = fallbacks(cell);
	err = bench_move.setup(&move, state->move, reason);
	if (!err && before != UINT64_MAX && fallbacks(cell) == before)
		err = reason_set(reason, -ENOTSUP, "the kernel did not fall back");
	return err;
}

static int fallback_ready(void *opaque, char *reason)
{
	return bench_move.ready(((struct fallback_state *)opaque)->move, reason);
}

static void fallback_body(void *opaque)
{
	bench_move.body(((struct fallback_state *)opaque)->move);
}

static int fallback_verify(void *opaque, char *reason)
{
	return bench_move.verify(((struct fallback_state *)opaque)->move, reason);
}

static int fallback_reset(void *opaque, char *reason)
{
	return bench_move.reset(((struct fallback_state *)opaque)->move, reason);
}

static void fallback_teardown(void *opaque)
{
	struct fallback_state *state = opaque;
	char reason[REASON_SIZE];

	if (state->pages && state->pages != MAP_FAILED)
		munmap(state->pages, state->room);
	if (state->move)
		bench_move.teardown(state->move);
	free(state->move);
	machine_set(POOL, "0", reason);
	settings_write(false, reason);
}

static const char *const fallback_folios[] = { "64K", "2M", NULL };
static const struct param fallback_params[] = { { "folio", fallback_folios }, { NULL, NULL } };

const struct bench bench_fallback = {
	.name = "fallback",
	.about = "moves folios that the kernel could not make",
	.params = fallback_params,
	.state_size = sizeof(struct fallback_state),
	.supported = fallback_supported,
	.setup = fallback_setup,
	.ready = fallback_ready,
	.body = fallback_body,
	.verify = fallback_verify,
	.reset = fallback_reset,
	.teardown = fallback_teardown,
};
