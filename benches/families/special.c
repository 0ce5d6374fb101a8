// SPDX-License-Identifier: GPL-2.0-only
/* special: how a plain process gets a VMA that is VM_DONTEXPAND. */
#include "benches/families/special.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/io_uring.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/files.h"
#include "benches/bench.h"
#include "benches/fixture.h"

enum { MAPS_LIMIT = 32 << 20 };

bool special_parse(const char *word, enum special *special)
{
	static const char *const words[] = { "vvar", "perf", "io_uring" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], word) == 0) {
			*special = (enum special)i;
			return true;
		}
	return false;
}

/* The start of the line of maps that contains `what`; NULL where none does. */
static const char *maps_find(const struct text *maps, const char *what)
{
	const char *start = strstr(text_get(maps), what);

	while (start && start > maps->data && start[-1] != '\n')
		start--;
	return start;
}

static int vvar_find(uint64_t *address, char *reason)
{
	struct text maps = { 0 };
	unsigned long long start = 0;
	const char *line;
	int err = file_read("/proc/self/maps", MAPS_LIMIT, &maps);

	line = err ? NULL : maps_find(&maps, "[vvar]");
	if (!line || sscanf(line, "%llx-", &start) != 1)
		err = reason_set(reason, -ENOENT, "this process has no [vvar]");
	*address = start;
	text_free(&maps);
	return err;
}

static int perf_open(uint64_t *length, char *reason)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_SW_DUMMY,
		.disabled = 1,
		.exclude_kernel = 1,
		.exclude_hv = 1,
	};
	long fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);

	*length = 2 * PAGE_BYTES; /* the head, and a buffer of one page */
	if (fd < 0)
		return reason_set(reason, -errno, "perf_event_open: %s", strerror(errno));
	return (int)fd;
}

static int ring_open(uint64_t *length, char *reason)
{
	struct io_uring_params params = { 0 };
	long fd = syscall(SYS_io_uring_setup, 4, &params);

	*length = PAGE_BYTES;
	if (fd < 0)
		return reason_set(reason, -errno, "io_uring_setup: %s", strerror(errno));
	return (int)fd;
}

int special_map(enum special special, uint64_t address, struct special_mapping *mapping,
		char *reason)
{
	void *want = (void *)(uintptr_t)address, *got;
	int err;

	*mapping = (struct special_mapping){ .address = address, .fd = -1 };
	if (special == SPECIAL_VVAR)
		return vvar_find(&mapping->address, reason);
	mapping->fd = special == SPECIAL_PERF ? perf_open(&mapping->length, reason)
					      : ring_open(&mapping->length, reason);
	if (mapping->fd < 0)
		return mapping->fd;
	/* A ring's place is the kernel's choice: io_uring_mmu_get_unmapped_area() takes none, 6.5. */
	if (special == SPECIAL_RING)
		want = NULL;
	/* Both offsets are 0: perf's only one, and IORING_OFF_SQ_RING. */
	got = mmap(want, mapping->length, PROT_READ | PROT_WRITE,
		   MAP_SHARED | MAP_POPULATE | (want ? MAP_FIXED_NOREPLACE : 0), mapping->fd, 0);
	if (got != MAP_FAILED && (!want || got == want)) {
		mapping->address = (uint64_t)(uintptr_t)got;
		return 0;
	}
	err = got == MAP_FAILED ? -errno : -EEXIST;
	if (got != MAP_FAILED)
		munmap(got, mapping->length);
	close(mapping->fd);
	mapping->fd = -1;
	return reason_set(reason, err, "mmap of a special mapping: %s", strerror(-err));
}

void special_unmap(struct special_mapping *mapping)
{
	if (mapping->fd < 0)
		return;
	munmap((void *)(uintptr_t)mapping->address, mapping->length);
	close(mapping->fd);
	mapping->fd = -1;
}

int special_supported(enum special special, uint64_t address, char *reason)
{
	struct special_mapping mapping = { 0 };
	int err = special_map(special, address, &mapping, reason);

	if (!err)
		special_unmap(&mapping);
	return err;
}

int special_line(uint64_t address, struct text *line, char *reason)
{
	struct text maps = { 0 };
	char what[32];
	const char *start;
	int err = file_read("/proc/self/maps", MAPS_LIMIT, &maps);

	snprintf(what, sizeof(what), "%" PRIx64 "-", address);
	start = err ? NULL : maps_find(&maps, what);
	text_clear(line);
	if (start)
		text_addf(line, "%.*s", (int)strcspn(start, "\n"), start);
	else
		err = reason_set(reason, -ENOENT, "no VMA begins at 0x%" PRIx64, address);
	text_free(&maps);
	return err;
}
