// SPDX-License-Identifier: GPL-2.0-only
/* fixture: maps, fills, stamps and checks the memory that a bench moves. */
#include "benches/fixture.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/text.h"
#include "benches/bench.h"
#include "benches/folios.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif
#ifndef MAP_HUGE_2MB
#define MAP_HUGE_2MB (21 << 26)
#endif

#define PMD_PAGES (PMD_BYTES / PAGE_BYTES)

bool memory_parse(const char *word, enum memory *memory)
{
	static const char *const words[] = {
		"anon", "shmem", "shared", "file", "copied", "hugetlb",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], word) == 0) {
			*memory = (enum memory)i;
			return true;
		}
	return false;
}

bool fill_parse(const char *word, struct fill *fill)
{
	static const struct {
		const char *word;
		enum fill_shape shape;
	} shapes[] = {
		{ "prefix", FILL_PREFIX },
		{ "stride", FILL_STRIDE },
		{ "random", FILL_RANDOM },
	};
	unsigned int percent = 0;
	char first = *word;

	*fill = (struct fill){ FILL_NONE, 0 };
	if (strcmp(word, "0") == 0)
		return true;
	fill->shape = FILL_PMD;
	if (strcmp(word, "pmd1") == 0)
		return true;
	fill->shape = FILL_ALL;
	if (strcmp(word, "100") == 0)
		return true;
	for (int digits = 0; digits < 2 && *word >= '0' && *word <= '9'; digits++)
		percent = percent * 10 + (unsigned int)(*word++ - '0');
	if (!percent || first == '0')
		return false;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		if (strcmp(shapes[i].word, word) == 0) {
			*fill = (struct fill){ shapes[i].shape, percent };
			return true;
		}
	return false;
}

/* splitmix64's last steps: each bit of the result depends on each of the input. */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
	x = (x ^ x >> 27) * 0x94d049bb133111ebull;
	return x ^ x >> 31;
}

static bool fill_has(const struct region *region, uint64_t page)
{
	uint64_t pages = region->length / PAGE_BYTES, number = region->address / PAGE_BYTES + page;
	const struct fill *fill = &region->fill;

	switch (fill->shape) {
	case FILL_NONE:
		return false;
	case FILL_ALL:
		return true;
	case FILL_PMD:
		return page == 0 || number % PMD_PAGES == 0;
	case FILL_PREFIX:
		return page == 0 || page < pages * fill->percent / 100;
	case FILL_STRIDE:
		return page % (100 / fill->percent) == 0;
	case FILL_RANDOM:
		return mix(region->seed + page) % 100 < fill->percent;
	}
	return false;
}

bool region_has(const struct region *region, uint64_t page)
{
	uint64_t number = region->address / PAGE_BYTES + page;

	if (!fill_has(region, page))
		return false;
	return region->mapping != MAPPING_HALF || !region_folio_at(region, page) ||
	       number % PMD_PAGES < PMD_PAGES / 2;
}

bool region_has_any(const struct region *region, uint64_t start, uint64_t end)
{
	uint64_t last = region->address + region->length;

	if (start < region->address)
		start = region->address;
	if (end > last)
		end = last;
	if (region->fill.shape == FILL_NONE)
		return false; /* benches ask for many a GiB */
	for (; start < end; start += PAGE_BYTES)
		if (region_has(region, (start - region->address) / PAGE_BYTES))
			return true;
	return false;
}

int page_map(uint64_t address, char *reason)
{
	void *want = (void *)(uintptr_t)address;
	void *got = mmap(want, PAGE_BYTES, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (got != want && !(got == MAP_FAILED && errno == EEXIST))
		return reason_set(reason, got == MAP_FAILED ? -errno : -EEXIST,
				  "no page at 0x%" PRIx64 ": %s", address,
				  strerror(got == MAP_FAILED ? errno : EEXIST));
	*(volatile char *)want = 1; /* what is there already is a fixture's too */
	return 0;
}

int page_check(uint64_t address, char *reason)
{
	if (*(const volatile char *)(uintptr_t)address != 1)
		return reason_set(reason, -EIO, "the page at 0x%" PRIx64 " holds other data",
				  address);
	return 0;
}

void page_unmap(uint64_t address)
{
	munmap((void *)(uintptr_t)address, PAGE_BYTES);
}

int page_block(uint64_t address, char *reason)
{
	void *want = (void *)(uintptr_t)address;
	void *got = mmap(want, PAGE_BYTES, PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (got != want)
		return reason_set(reason, got == MAP_FAILED ? -errno : -EEXIST,
				  "no page in the way at 0x%" PRIx64 ": %s", address,
				  strerror(got == MAP_FAILED ? errno : EEXIST));
	return 0;
}

static uint64_t stamp_of(const struct region *region, uint64_t page)
{
	/* Any odd multiplier makes neighbouring pages differ; this is 2^64 over the golden ratio. */
	return (region->seed + page + 1) * 0x9e3779b97f4a7c15ull;
}

static bool memory_has_memfd(enum memory memory)
{
	return memory == MEMORY_SHMEM || memory == MEMORY_FILE || memory == MEMORY_COPIED;
}

/* A file of the region's length; where its pages are to be read only, with the stamps in it. */
static int memfd_make(const struct region *region, int *fd, char *reason)
{
	int err = 0;

	*fd = memfd_create("remapbench", MFD_CLOEXEC);
	if (*fd < 0)
		return reason_set(reason, -errno, "memfd_create: %s", strerror(errno));
	if (ftruncate(*fd, (off_t)region->length))
		err = reason_set(reason, -errno, "ftruncate: %s", strerror(errno));
	for (uint64_t page = 0;
	     region->memory == MEMORY_FILE && !err && page < region->length / PAGE_BYTES; page++) {
		uint64_t stamp = stamp_of(region, page);

		if (pwrite(*fd, &stamp, sizeof(stamp), (off_t)(page * PAGE_BYTES)) != sizeof(stamp))
			err = reason_set(reason, -EIO, "writing the file: %s", strerror(errno));
	}
	if (err)
		close(*fd);
	return err;
}

static int region_mmap(const struct region *region, char *reason)
{
	void *want = (void *)(uintptr_t)region->address, *got;
	int flags = MAP_FIXED_NOREPLACE, fd = -1, err = 0;

	flags |= region->memory == MEMORY_SHMEM || region->memory == MEMORY_SHARED ? MAP_SHARED
										   : MAP_PRIVATE;
	if (memory_has_memfd(region->memory))
		err = memfd_make(region, &fd, reason);
	else
		flags |= MAP_ANONYMOUS;
	if (err)
		return err;
	if (region->memory == MEMORY_HUGETLB)
		flags |= MAP_HUGETLB | MAP_HUGE_2MB;
	got = mmap(want, region->length, PROT_READ | PROT_WRITE, flags, fd, 0);
	err = got == MAP_FAILED ? -errno : 0;
	if (fd >= 0)
		close(fd); /* the mapping holds the file */
	if (err)
		return reason_set(reason, err, "mmap at 0x%" PRIx64 ": %s", region->address,
				  strerror(-err));
	if (got != want) {
		munmap(got, region->length);
		return reason_set(reason, -EEXIST, "mmap gave another address than 0x%" PRIx64,
				  region->address);
	}
	return 0;
}

/*
 * One read fault of a file's page maps its neighbours too (do_fault_around() in mm/memory.c), and one of
 * a huge page all of it: such memory can't be filled page by page.
 */
static int region_possible(const struct region *region, char *reason)
{
	bool whole = region->fill.shape == FILL_NONE || region->fill.shape == FILL_ALL;

	if (!whole && (region->memory == MEMORY_FILE || region->memory == MEMORY_HUGETLB))
		return reason_set(reason, -EINVAL, "memory of this kind is filled whole or not");
	if (region->folio != FOLIO_4K && region->memory != MEMORY_HUGETLB &&
	    (region->memory != MEMORY_ANON || region->fill.shape != FILL_ALL))
		return reason_set(reason, -EINVAL,
				  "larger folios are had in wholly filled anonymous memory only");
	return 0;
}

int region_map(const struct region *region, char *reason)
{
	int err = region_possible(region, reason);

	if (!err)
		err = page_map(WINDOW_ANCHOR_BELOW, reason);
	if (!err)
		err = page_map(WINDOW_ANCHOR_ABOVE, reason);
	if (!err)
		err = region_mmap(region, reason);
	if (err)
		return err;
	err = region->memory == MEMORY_HUGETLB ? 0 : folio_advise(region, reason);
	if (err)
		munmap((void *)(uintptr_t)region->address, region->length);
	return err;
}

/*
 * Faults taken inside one system call: the same pages as by touching each, and far fewer exceptions,
 * which are what an emulated guest is slowest at. Before 5.14: EINVAL, and the touches fault.
 */
static int region_populate(const struct region *region, char *reason)
{
	char *base = (char *)(uintptr_t)region->address;
	int advice = region->memory == MEMORY_FILE ? MADV_POPULATE_READ : MADV_POPULATE_WRITE;
	uint64_t length = region->length;

	if (region->fill.shape == FILL_PREFIX)
		length = length / PAGE_BYTES * region->fill.percent / 100 * PAGE_BYTES;
	else if (region->fill.shape != FILL_ALL)
		return 0; /* page by page, below */
	if (length && madvise(base, length, advice) && errno != EINVAL)
		return reason_set(reason, -errno, "filling: %s", strerror(errno));
	return 0;
}

int region_fill(const struct region *region, char *reason)
{
	char *base = (char *)(uintptr_t)region->address;
	int err;

	if (region->fill.shape == FILL_NONE)
		return 0;
	err = folio_prepare(region->folio, reason);
	if (!err)
		err = region_populate(region, reason);
	for (uint64_t page = 0; page < region->length / PAGE_BYTES && !err; page++) {
		volatile uint64_t *at = (volatile uint64_t *)(base + page * PAGE_BYTES);

		if (!fill_has(region, page))
			continue;
		if (region->memory == MEMORY_FILE)
			(void)*at;
		else
			*at = stamp_of(region, page);
	}
	return err ? err : folio_remap(region, reason);
}

int region_check(const struct region *region, uint64_t address, char *reason)
{
	return region_check_part(region, 0, region->length / PAGE_BYTES, address, reason);
}

int region_check_part(const struct region *region, uint64_t first, uint64_t count, uint64_t address,
		      char *reason)
{
	const char *base = (const char *)(uintptr_t)address;

	for (uint64_t page = first; page < first + count; page++)
		if (region_has(region, page) &&
		    *(const volatile uint64_t *)(base + (page - first) * PAGE_BYTES) !=
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
