// SPDX-License-Identifier: GPL-2.0-only
/* fixture: maps, fills, stamps and checks the memory that a bench moves. */
#include "benches/fixture.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "base/files.h"
#include "base/text.h"
#include "benches/bench.h"

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

/* Spare memory for page tables and the rest of the machine, as a share of what is asked for. */
#define SPARE_SHIFT 4

uint64_t region_huge_first(const struct region *region)
{
	uint64_t first = (region->address + PMD_BYTES - 1) & ~(PMD_BYTES - 1);
	uint64_t end = region->address + region->length;

	return first < end ? first : end;
}

uint64_t region_huge_count(const struct region *region)
{
	uint64_t first = region_huge_first(region);

	if (region->folio != FOLIO_2M)
		return 0;
	return (region->address + region->length - first) / PMD_BYTES;
}

/* One populated page; there already is fine. */
static int anchor_map(uint64_t address, char *reason)
{
	void *want = (void *)(uintptr_t)address;
	void *got = mmap(want, PAGE_BYTES, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (got == MAP_FAILED && errno == EEXIST)
		return 0;
	if (got != want)
		return reason_set(reason, -EEXIST, "no anchor at 0x%" PRIx64, address);
	*(volatile char *)got = 1;
	return 0;
}

int region_map(const struct region *region, char *reason)
{
	void *want = (void *)(uintptr_t)region->address;
	void *got = mmap(want, region->length, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	int advice = region->folio == FOLIO_2M ? MADV_HUGEPAGE : MADV_NOHUGEPAGE;
	int err = anchor_map(WINDOW_ANCHOR_BELOW, reason);

	if (!err)
		err = anchor_map(WINDOW_ANCHOR_ABOVE, reason);
	if (err)
		return err;
	if (got == MAP_FAILED)
		return reason_set(reason, -errno, "mmap at 0x%" PRIx64 ": %s", region->address,
				  strerror(errno));
	if (got != want) {
		munmap(got, region->length);
		return reason_set(reason, -EEXIST, "mmap gave another address than 0x%" PRIx64,
				  region->address);
	}
	/* A kernel without THP knows neither advice; its pages are small anyway. */
	if (madvise(want, region->length, advice) &&
	    !(errno == EINVAL && region->folio == FOLIO_4K))
		return reason_set(reason, -errno, "madvise for the folio size: %s",
				  strerror(errno));
	return 0;
}

static uint64_t stamp_of(const struct region *region, uint64_t page)
{
	/* Any odd multiplier makes neighbouring pages differ; this is 2^64 over the golden ratio. */
	return (region->seed + page + 1) * 0x9e3779b97f4a7c15ull;
}

int region_fill(const struct region *region, char *reason)
{
	char *base = (char *)(uintptr_t)region->address;

	/*
	 * Write faults taken inside one system call: the same pages as by storing to each, and far
	 * fewer exceptions, which are what an emulated guest is slowest at. Before 5.14: EINVAL, and
	 * the stores below fault.
	 */
	if (madvise(base, region->length, MADV_POPULATE_WRITE) && errno != EINVAL)
		return reason_set(reason, -errno, "filling: %s", strerror(errno));
	for (uint64_t page = 0; page < region->length / PAGE_BYTES; page++)
		*(volatile uint64_t *)(base + page * PAGE_BYTES) = stamp_of(region, page);
	return 0;
}

int region_check(const struct region *region, uint64_t address, char *reason)
{
	const char *base = (const char *)(uintptr_t)address;

	for (uint64_t page = 0; page < region->length / PAGE_BYTES; page++)
		if (*(const volatile uint64_t *)(base + page * PAGE_BYTES) !=
		    stamp_of(region, page))
			return reason_set(reason, -EIO, "page %" PRIu64 " holds other data", page);
	return 0;
}

int region_unmap(const struct region *region, uint64_t address, char *reason)
{
	if (munmap((void *)(uintptr_t)address, region->length))
		return reason_set(reason, -errno, "munmap: %s", strerror(errno));
	return 0;
}

int memory_supported(uint64_t bytes, char *reason)
{
	struct text meminfo = { 0 };
	unsigned long long available = 0;
	uint64_t wanted = bytes + (bytes >> SPARE_SHIFT);
	const char *line;

	if (file_read("/proc/meminfo", 1 << 16, &meminfo) == 0 &&
	    (line = strstr(text_get(&meminfo), "MemAvailable:")))
		sscanf(line, "MemAvailable: %llu kB", &available);
	text_free(&meminfo);
	if (available * 1024 < wanted)
		return reason_set(reason, -ENOMEM,
				  "needs %" PRIu64 " MiB of memory, %llu available", wanted >> 20,
				  available >> 10);
	return 0;
}

int folio_supported(enum folio folio, char *reason)
{
	static const char path[] = "/sys/kernel/mm/transparent_hugepage/";
	char name[128], enabled[64], only[64];

	if (folio == FOLIO_4K)
		return 0;
	snprintf(name, sizeof(name), "%senabled", path);
	if (file_read_line(name, enabled, sizeof(enabled)))
		return reason_set(reason, -EOPNOTSUPP, "this kernel has no transparent huge pages");
	/* Since 6.8 each size has a switch of its own, which may defer to the common one. */
	snprintf(name, sizeof(name), "%shugepages-2048kB/enabled", path);
	if (file_read_line(name, only, sizeof(only)) == 0 && !strstr(only, "[inherit]"))
		snprintf(enabled, sizeof(enabled), "%s", only);
	if (strstr(enabled, "[never]"))
		return reason_set(reason, -EOPNOTSUPP,
				  "2 MiB folios are off: write madvise to %senabled", path);
	return 0;
}
