// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario_file: a database's shared mapping of its file, which grows step by step with the file.
 * part=calls: the file is long already, and only mremap is timed; part=all: each step makes the file
 * longer, remaps it and reads the new pages, all timed.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "benches/cell.h"
#include "benches/machine.h"
#include "benches/proof.h"
#include "benches/families/scenario.h"
#include "benches/syscalls.h"

#define PLACE (WINDOW_SOURCE + PMD_BYTES)

struct mapped_file {
	void (*run)(struct mapped_file *file);
	struct calls calls; /* the address goes from call to call */
	int fd; /* a memfd: the guest has no disk, and growth is the mapping's business */
	uint64_t step; /* bytes */
	struct extent neighbour;
	bool all;
	bool mapped, opened;
};

static uint64_t file_stamp(uint64_t page)
{
	return (page + 1) * 0xd1342543de82ef95ull;
}

static uint64_t file_steps(const struct cell *cell)
{
	return strtoull(cell_value(cell, "count"), NULL, 10);
}

static void file_run_calls(struct mapped_file *file)
{
	struct call *end = file->calls.items + file->calls.count;
	uint64_t address = PLACE;

	for (struct call *call = file->calls.items; call < end; call++) {
		call->address = address;
		call->result =
			raw_mremap(address, call->old_length, call->new_length, call->flags, 0);
		address = (uint64_t)call->result;
	}
}

static void file_run_all(struct mapped_file *file)
{
	struct call *end = file->calls.items + file->calls.count;
	uint64_t address = PLACE;

	for (struct call *call = file->calls.items; call < end; call++) {
		call->address = address;
		call->result = raw_ftruncate(file->fd, call->new_length);
		if (call_failed(call->result)) /* reading would be SIGBUS */
			return;
		call->result =
			raw_mremap(address, call->old_length, call->new_length, call->flags, 0);
		if (call_failed(call->result))
			return;
		address = (uint64_t)call->result;
		for (uint64_t at = call->old_length; at < call->new_length; at += PAGE_BYTES)
			(void)*(volatile uint64_t *)(uintptr_t)(address + at);
	}
}

/* The pages that are written before: all of the file, or its first step. */
static uint64_t file_written(const struct mapped_file *file)
{
	return (file->all ? file->step : file->step * (file->calls.count + 1)) / PAGE_BYTES;
}

static int file_make(struct mapped_file *file, char *reason)
{
	file->fd = memfd_create("remapbench", MFD_CLOEXEC);
	if (file->fd < 0)
		return reason_set(reason, -errno, "memfd_create: %s", strerror(errno));
	file->opened = true;
	for (uint64_t page = 0; page < file_written(file); page++) {
		uint64_t stamp = file_stamp(page);

		if (pwrite(file->fd, &stamp, sizeof(stamp), (off_t)(page * PAGE_BYTES)) !=
		    sizeof(stamp))
			return reason_set(reason, -EIO, "writing the file: %s", strerror(errno));
	}
	return 0;
}

static int file_supported(const struct cell *cell, char *reason)
{
	return memory_supported((file_steps(cell) + 1) * cell_bytes(cell, "size"), reason);
}

static int file_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct mapped_file *file = opaque;
	uint64_t steps = file_steps(cell);
	int err = calls_make(&file->calls, steps, reason);

	if (err)
		return err;
	file->step = cell_bytes(cell, "size");
	file->all = cell_is(cell, "part", "all");
	file->run = file->all ? file_run_all : file_run_calls;
	file->neighbour = (struct extent){ PLACE + file->step, PLACE + file->step + PAGE_BYTES };
	for (uint64_t i = 0; i < steps; i++)
		file->calls.items[i] = (struct call){
			.address = PLACE,
			.old_length = file->step * (i + 1),
			.new_length = file->step * (i + 2),
			.flags = MREMAP_MAYMOVE,
			.result = -EINPROGRESS,
		};
	err = file_make(file, reason);
	if (!err)
		err = page_map(WINDOW_ANCHOR_BELOW, reason);
	if (!err)
		err = page_map(WINDOW_ANCHOR_ABOVE, reason);
	return err ? err : page_block(file->neighbour.start, reason);
}

static int file_ready(void *opaque, char *reason)
{
	struct mapped_file *file = opaque;
	uint64_t length = file->step * (file->all ? 1 : file->calls.count + 1), present;
	struct extent want[] = { { PLACE, PLACE + file->step }, file->neighbour };
	int err;
	void *got;

	calls_begin(&file->calls);
	/* Without what the last sample's reading added. */
	if (ftruncate(file->fd, (off_t)length))
		return reason_set(reason, -errno, "ftruncate: %s", strerror(errno));
	got = mmap((void *)(uintptr_t)PLACE, file->step, PROT_READ,
		   MAP_SHARED | MAP_FIXED_NOREPLACE, file->fd, 0);
	if (got != (void *)(uintptr_t)PLACE)
		return reason_set(reason, -EEXIST, "the file can't be mapped");
	file->mapped = true;
	for (uint64_t at = 0; at < file->step; at += PAGE_BYTES)
		(void)*(volatile uint64_t *)(uintptr_t)(PLACE + at);
	present = pages_present(PLACE, file->step);
	err = proof_layout(want, 2, reason);
	if (!err && present != file->step / PAGE_BYTES)
		err = reason_set(reason, -ENODATA, "%" PRIu64 " pages of the file are mapped",
				 present);
	return err;
}

static void file_body(void *opaque)
{
	struct mapped_file *file = opaque;

	file->run(file);
}

static int file_verify(void *opaque, char *reason)
{
	const struct mapped_file *file = opaque;
	const struct call *last = &file->calls.items[file->calls.count - 1];
	int err = calls_check(&file->calls, reason);

	if (!err)
		err = proof_layout(&file->neighbour, 1, reason);
	if (!err)
		err = extent_check((uint64_t)last->result, last->new_length, reason);
	for (uint64_t page = 0; page < last->new_length / PAGE_BYTES && !err; page++) {
		uint64_t want = page < file_written(file) ? file_stamp(page) : 0;

		if (*(volatile uint64_t *)(uintptr_t)((uint64_t)last->result + page * PAGE_BYTES) !=
		    want)
			err = reason_set(reason, -EIO, "page %" PRIu64 " holds other data", page);
	}
	return err;
}

static void file_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct mapped_file *file = opaque;

	calls_outcome(&file->calls, outcomes);
}

static int file_reset(void *opaque, char *reason)
{
	struct mapped_file *file = opaque;
	uint64_t address = PLACE, length = file->step;

	(void)reason;
	if (!file->mapped)
		return 0;
	for (size_t i = 0; i < file->calls.count; i++)
		if (!call_failed(file->calls.items[i].result)) {
			address = (uint64_t)file->calls.items[i].result;
			length = file->calls.items[i].new_length;
		}
	munmap((void *)(uintptr_t)address, length);
	file->mapped = false;
	return 0;
}

static void file_teardown(void *opaque)
{
	struct mapped_file *file = opaque;
	char reason[REASON_SIZE];

	file_reset(file, reason);
	if (file->neighbour.start)
		munmap((void *)(uintptr_t)file->neighbour.start, PAGE_BYTES);
	if (file->opened)
		close(file->fd);
	calls_free(&file->calls);
}

/* The first call meets the neighbour; the later ones move when the hole above is used up. */
static void file_expect(const struct cell *cell, struct kernel_version kernel,
			struct fingerprint *fingerprint)
{
	(void)kernel;
	expect_add(fingerprint, "copy_vma", 1, file_steps(cell));
	expect_add(fingerprint, "__split_huge_pmd", 0, 0);
	if (cell_is(cell, "part", "calls"))
		expect_add(fingerprint, "handle_mm_fault", 0, 0);
}

static void file_burden(const struct cell *cell, struct burden *burden)
{
	uint64_t pages = file_steps(cell) * cell_bytes(cell, "size") / PAGE_BYTES;

	burden->setup = pages * 2;
	burden->sample = 500 + pages;
	if (cell_is(cell, "part", "all"))
		burden->sample += pages * 4;
}

/*
 * SQLite, src/os_unix.c, unixRemapfile(): when the database file has become longer than what is mapped
 * of it (PRAGMA mmap_size), the MAP_SHARED, read-only mapping is made as long by mremap with
 * MREMAP_MAYMOVE. Here the file grows in chunks of 1 MiB (SQLITE_FCNTL_CHUNK_SIZE is the program's
 * way to say so), and another mapping lies right above at first.
 */
const struct scenario scenario_shared_file_growth = {
	.parts = "calls all",
	.counts = "64",
	.sizes = "1M",
	.folios = "4K",
	.fills = "100",
	.does = {
		.name = "shared_file_growth",
		.state_size = sizeof(struct mapped_file),
		.supported = file_supported,
		.setup = file_setup,
		.ready = file_ready,
		.body = file_body,
		.verify = file_verify,
		.outcome = file_outcome,
		.reset = file_reset,
		.teardown = file_teardown,
		.expect = file_expect,
		.burden = file_burden,
	},
};
