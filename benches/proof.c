// SPDX-License-Identifier: GPL-2.0-only
/* proof: reads pagemap, kpageflags, smaps and maps, and compares them with what a cell claims. */
#include "benches/proof.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/text.h"
#include "benches/bench.h"

enum { CHUNK = 512 }; /* pagemap entries read at once: one PMD */

/* Bits of /proc/PID/pagemap and /proc/kpageflags: Documentation/admin-guide/mm/pagemap.rst. */
#define PM_PRESENT (1ull << 63)
#define PM_SWAPPED (1ull << 62)
#define PM_PFN ((1ull << 55) - 1)
#define KPF_COMPOUND_HEAD (1ull << 15)
#define KPF_COMPOUND_TAIL (1ull << 16)
#define KPF_HUGE (1ull << 17)
#define KPF_THP (1ull << 22)
#define KPF_LARGE (KPF_COMPOUND_HEAD | KPF_COMPOUND_TAIL | KPF_HUGE | KPF_THP)

/* Calls visit for each chunk of the region's pagemap; stops at its first non-zero. */
static int pagemap_walk(uint64_t address, uint64_t length, char *reason,
			int (*visit)(const uint64_t *entries, uint64_t first, size_t count,
				     void *context, char *reason),
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

/* What a walk over a filled region of small pages needs. */
struct small_walk {
	int kpageflags; /* -1: PFNs or flags can't be read here */
};

/* The flags of one run of consecutive page frames. */
static int check_run(int fd, uint64_t pfn, size_t count, uint64_t page, char *reason)
{
	uint64_t flags[CHUNK];
	ssize_t want = (ssize_t)(count * sizeof(uint64_t));

	if (pread(fd, flags, (size_t)want, (off_t)(pfn * sizeof(uint64_t))) != want)
		return reason_set(reason, -EIO, "/proc/kpageflags ends early");
	for (size_t i = 0; i < count; i++)
		if (flags[i] & KPF_LARGE)
			return reason_set(reason, -EPROTO,
					  "page %" PRIu64 " belongs to a larger folio", page + i);
	return 0;
}

static int visit_filled(const uint64_t *entries, uint64_t first, size_t count, void *context,
			char *reason)
{
	struct small_walk *walk = context;
	int err = 0;

	for (size_t i = 0; i < count; i++)
		if (!(entries[i] & PM_PRESENT))
			return reason_set(reason, -ENODATA, "page %" PRIu64 " is not there",
					  first + i);
	if ((entries[0] & PM_PFN) == 0 && walk->kpageflags >= 0) {
		close(walk->kpageflags);
		walk->kpageflags = -1;
	}
	for (size_t i = 0, run; i < count && walk->kpageflags >= 0 && !err; i += run) {
		uint64_t pfn = entries[i] & PM_PFN;

		for (run = 1; i + run < count; run++)
			if ((entries[i + run] & PM_PFN) != pfn + run)
				break;
		err = check_run(walk->kpageflags, pfn, run, first + i, reason);
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

int proof_empty(const struct region *region, uint64_t address, char *reason)
{
	return pagemap_walk(address, region->length, reason, visit_empty, NULL);
}

/* AnonHugePages of the VMA that starts at address, in bytes. */
static int smaps_huge(uint64_t address, uint64_t *bytes, char *reason)
{
	char start[32], *line = NULL;
	size_t room = 0;
	bool here = false, found = false;
	unsigned long long kib;
	FILE *smaps = fopen("/proc/self/smaps", "re");

	if (!smaps)
		return reason_set(reason, -errno, "/proc/self/smaps: %s", strerror(errno));
	snprintf(start, sizeof(start), "%" PRIx64 "-", address);
	while (!found && getline(&line, &room, smaps) > 0) {
		if (strncmp(line, start, strlen(start)) == 0)
			here = true;
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

static int proof_small(const struct region *region, uint64_t address, char *reason)
{
	struct small_walk walk = { .kpageflags = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC) };
	bool exact;
	uint64_t huge = 0;
	int err = pagemap_walk(address, region->length, reason, visit_filled, &walk);

	exact = walk.kpageflags >= 0;
	if (exact)
		close(walk.kpageflags);
	if (err || exact)
		return err;
	err = smaps_huge(address, &huge, reason);
	if (!err && huge)
		err = reason_set(reason, -EPROTO, "%" PRIu64 " KiB are in 2 MiB folios",
				 huge >> 10);
	return err;
}

int proof_folios(const struct region *region, uint64_t address, char *reason)
{
	uint64_t huge = 0, want = region_huge_count(region) * PMD_BYTES;
	int err;

	if (region->folio == FOLIO_4K)
		return proof_small(region, address, reason);
	err = smaps_huge(address, &huge, reason);
	if (!err && huge != want)
		err = reason_set(reason, -EPROTO,
				 "%" PRIu64 " KiB are in 2 MiB folios instead of %" PRIu64,
				 huge >> 10, want >> 10);
	return err;
}

static bool in_windows(uint64_t start)
{
	return (start >= WINDOW_SOURCE && start < WINDOW_SOURCE + WINDOW_BYTES) ||
	       (start >= WINDOW_DESTINATION && start < WINDOW_DESTINATION + WINDOW_BYTES);
}

int proof_layout(const struct extent *want, size_t count, char *reason)
{
	struct text maps = { 0 };
	unsigned long long start, end;
	size_t seen = 0;
	int err = file_read("/proc/self/maps", 16 << 20, &maps);

	if (err)
		return reason_set(reason, err, "/proc/self/maps: %s", strerror(-err));
	for (const char *line = text_get(&maps); line && *line && !err;
	     line = strchr(line, '\n'), line = line ? line + 1 : NULL) {
		if (sscanf(line, "%llx-%llx", &start, &end) != 2 || !in_windows(start))
			continue;
		if (seen >= count || want[seen].start != start || want[seen].end != end)
			err = reason_set(reason, -EPROTO, "a VMA at 0x%llx-0x%llx is not expected",
					 start, end);
		seen++;
	}
	text_free(&maps);
	if (!err && seen != count)
		err = reason_set(reason, -EPROTO, "%zu VMAs instead of %zu", seen, count);
	return err;
}
