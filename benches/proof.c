// SPDX-License-Identifier: GPL-2.0-only
/* proof: reads pagemap, kpageflags and smaps, and compares them with what a region claims. */
#include "benches/proof.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "benches/bench.h"
#include "benches/folios.h"

enum { CHUNK = 512 }; /* pagemap entries read at once: one PMD */

/* Bits of /proc/PID/pagemap and /proc/kpageflags: Documentation/admin-guide/mm/pagemap.rst. */
#define PM_PRESENT (1ull << 63)
#define PM_SWAPPED (1ull << 62)
#define PM_FILE (1ull << 61) /* a page of a file, or of shared memory: not of anonymous memory */
#define PM_PFN ((1ull << 55) - 1)
#define KPF_COMPOUND_HEAD (1ull << 15)
#define KPF_COMPOUND_TAIL (1ull << 16)
#define KPF_HUGE (1ull << 17)
#define KPF_THP (1ull << 22)
#define KPF_LARGE (KPF_COMPOUND_HEAD | KPF_COMPOUND_TAIL | KPF_HUGE | KPF_THP)

typedef int (*visit_fn)(const uint64_t *entries, uint64_t first, size_t count, void *context,
			char *reason);

/* Calls visit for each chunk of the pagemap from address on; stops at its first non-zero. */
static int pagemap_walk(uint64_t address, uint64_t length, char *reason, visit_fn visit,
			void *context)
{
	uint64_t entries[CHUNK], pages = length / PAGE_BYTES;
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return reason_set(reason, -errno, "/proc/self/pagemap: %s", strerror(errno));
	for (uint64_t page = 0; page < pages && !err;) {
		size_t count = pages - page < CHUNK ? (size_t)(pages - page) : CHUNK;
		off_t at = (off_t)((address / PAGE_BYTES + page) * sizeof(uint64_t));
		ssize_t got = pread(fd, entries, count * sizeof(uint64_t), at);

		if (got <= 0 || got % (ssize_t)sizeof(uint64_t)) {
			err = reason_set(reason, -EIO, "/proc/self/pagemap ends early");
			break;
		}
		count = (size_t)got / sizeof(uint64_t);
		err = visit(entries, page, count, context, reason);
		page += count;
	}
	close(fd);
	return err;
}

/* What a walk over a region needs to know from page to page. */
struct region_walk {
	const struct region *region;
	int kpageflags; /* -1: PFNs or flags can't be read here */
	uint64_t head; /* PFN of the folio that the last page belonged to */
};

/* kpageflags of count page frames from pfn on. */
static int flags_read(int fd, uint64_t pfn, uint64_t *flags, size_t count, char *reason)
{
	ssize_t want = (ssize_t)(count * sizeof(uint64_t));

	if (pread(fd, flags, (size_t)want, (off_t)(pfn * sizeof(uint64_t))) != want)
		return reason_set(reason, -EIO, "/proc/kpageflags ends early");
	return 0;
}

/* A small page is in no larger folio. run: consecutive frames. */
static int small_check(int fd, uint64_t pfn, size_t run, uint64_t page, char *reason)
{
	uint64_t flags[CHUNK];
	int err = flags_read(fd, pfn, flags, run, reason);

	for (size_t i = 0; i < run && !err; i++)
		if (flags[i] & KPF_LARGE)
			err = reason_set(reason, -EPROTO,
					 "page %" PRIu64 " belongs to a larger folio", page + i);
	return err;
}

/* The folio that begins at pfn has exactly that many pages: a head, tails, and no tail after them. */
static int folio_extent_check(int fd, uint64_t pfn, size_t pages, uint64_t page, char *reason)
{
	uint64_t flags[CHUNK + 1] = { 0 };
	size_t length = 1;
	int err = flags_read(fd, pfn, flags, pages, reason);

	if (err)
		return err;
	/* The frame after it may be the last of memory's: then there is none to read. */
	if (flags_read(fd, pfn + pages, &flags[pages], 1, reason))
		flags[pages] = 0;
	if (!(flags[0] & KPF_COMPOUND_HEAD))
		return reason_set(reason, -EPROTO, "page %" PRIu64 " is not the head of a folio",
				  page);
	while (length <= pages && flags[length] & KPF_COMPOUND_TAIL)
		length++;
	if (length != pages)
		return reason_set(reason, -EPROTO,
				  "the folio at page %" PRIu64 " has %s%zu pages instead of %zu",
				  page, length > pages ? "at least " : "", length, pages);
	return 0;
}

/* One page of a larger folio: where it stands in it, and at its head the folio's extent. */
static int large_check(struct region_walk *walk, uint64_t pfn, uint64_t page, char *reason)
{
	const struct region *region = walk->region;
	enum folio folio = region->memory == MEMORY_HUGETLB ? FOLIO_2M : region->folio;
	uint64_t pages = folio_bytes(folio) / PAGE_BYTES;
	uint64_t place = (region->address / PAGE_BYTES + page) % pages;

	if (place == 0) {
		walk->head = pfn;
		return folio_extent_check(walk->kpageflags, pfn, (size_t)pages, page, reason);
	}
	if (pfn != walk->head + place)
		return reason_set(reason, -EPROTO,
				  "page %" PRIu64 " is not in the folio of the pages before it",
				  page);
	return 0;
}

static int presence_check(const struct region *region, uint64_t entry, uint64_t page, char *reason)
{
	bool file = region->memory == MEMORY_SHMEM || region->memory == MEMORY_SHARED ||
		    region->memory == MEMORY_FILE;

	if (!region_has(region, page))
		return entry & (PM_PRESENT | PM_SWAPPED)
			       ? reason_set(reason, -EPROTO, "page %" PRIu64 " is populated", page)
			       : 0;
	if (!(entry & PM_PRESENT))
		return reason_set(reason, -ENODATA, "page %" PRIu64 " is not there", page);
	if (region->memory != MEMORY_HUGETLB && file != !!(entry & PM_FILE))
		return reason_set(reason, -EPROTO, "page %" PRIu64 " is %s", page,
				  file ? "anonymous, not its file's" : "its file's, not anonymous");
	return 0;
}

static int visit_region(const uint64_t *entries, uint64_t first, size_t count, void *context,
			char *reason)
{
	struct region_walk *walk = context;
	const struct region *region = walk->region;
	bool hugetlb = region->memory == MEMORY_HUGETLB;
	int err = 0;

	for (size_t i = 0, run; i < count && !err; i += run) {
		uint64_t page = first + i, pfn = entries[i] & PM_PFN;

		run = 1;
		err = presence_check(region, entries[i], page, reason);
		if (err || !region_has(region, page) || walk->kpageflags < 0)
			continue;
		if (!pfn) { /* shown to CAP_SYS_ADMIN only */
			close(walk->kpageflags);
			walk->kpageflags = -1;
			continue;
		}
		if (hugetlb || region_folio_at(region, page)) {
			err = large_check(walk, pfn, page, reason);
			continue;
		}
		while (i + run < count && region_has(region, page + run) &&
		       !region_folio_at(region, page + run) &&
		       (entries[i + run] & PM_PFN) == pfn + run) {
			err = presence_check(region, entries[i + run], page + run, reason);
			if (err)
				return err;
			run++;
		}
		err = small_check(walk->kpageflags, pfn, run, page, reason);
	}
	return err;
}

static int visit_empty(const uint64_t *entries, uint64_t first, size_t count, void *context,
		       char *reason)
{
	(void)context;
	for (size_t i = 0; i < count; i++)
		if (entries[i] & (PM_PRESENT | PM_SWAPPED))
			return reason_set(reason, -EPROTO, "page %" PRIu64 " is populated",
					  first + i);
	return 0;
}

int proof_empty(uint64_t address, uint64_t length, char *reason)
{
	return pagemap_walk(address, length, reason, visit_empty, NULL);
}

static int visit_present(const uint64_t *entries, uint64_t first, size_t count, void *context,
			 char *reason)
{
	uint64_t *present = context;

	(void)first;
	(void)reason;
	for (size_t i = 0; i < count; i++)
		*present += !!(entries[i] & PM_PRESENT);
	return 0;
}

uint64_t pages_present(uint64_t address, uint64_t length)
{
	char reason[REASON_SIZE];
	uint64_t present = 0;

	return pagemap_walk(address, length, reason, visit_present, &present) ? UINT64_MAX
									      : present;
}

/* AnonHugePages of the VMA that holds address, in bytes. */
static int smaps_huge(uint64_t address, uint64_t *bytes, char *reason)
{
	char *line = NULL;
	size_t room = 0;
	bool here = false, found = false;
	unsigned long long kib, start, end;
	FILE *smaps = fopen("/proc/self/smaps", "re");

	if (!smaps)
		return reason_set(reason, -errno, "/proc/self/smaps: %s", strerror(errno));
	while (!found && getline(&line, &room, smaps) > 0) {
		if (sscanf(line, "%llx-%llx ", &start, &end) == 2)
			here = address >= start && address < end;
		else if (here && sscanf(line, "AnonHugePages: %llu kB", &kib) == 1)
			found = true;
	}
	free(line);
	fclose(smaps);
	if (!found)
		return reason_set(reason, -ENODATA, "smaps shows no VMA at 0x%" PRIx64, address);
	*bytes = kib * 1024;
	return 0;
}

/* Bytes that PMDs map of the region: all whole 2 MiB folios, or none. */
static int pmds_check(const struct region *region, uint64_t address, char *reason)
{
	uint64_t huge = 0, want = 0;
	int err = smaps_huge(address, &huge, reason);

	if (region_huge_at(region, region_folio_first(region)))
		want = region_folio_count(region) * PMD_BYTES;
	if (!err && huge != want)
		err = reason_set(reason, -EPROTO,
				 "%" PRIu64 " KiB are in 2 MiB folios by PMD instead of %" PRIu64,
				 huge >> 10, want >> 10);
	return err;
}

int proof_region(const struct region *region, uint64_t address, char *reason)
{
	struct region_walk walk = { .region = region };
	bool exact;
	int err;

	walk.kpageflags = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);
	err = pagemap_walk(address, region->length, reason, visit_region, &walk);
	exact = walk.kpageflags >= 0;
	if (exact)
		close(walk.kpageflags);
	if (err || region->memory != MEMORY_ANON)
		return err;
	/* Flags tell folios, not what maps them; small folios are told by flags alone. */
	if (!exact || region->folio == FOLIO_2M)
		err = pmds_check(region, address, reason);
	return err;
}
