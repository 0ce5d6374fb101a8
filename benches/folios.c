// SPDX-License-Identifier: GPL-2.0-only
/* folios: the switches, the advice and the remapping that make folios of a size. */
#include "benches/folios.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/files.h"
#include "benches/bench.h"
#include "benches/machine.h"

#define THP "/sys/kernel/mm/transparent_hugepage/"
#define POOL "/proc/sys/vm/nr_hugepages"

static const char *const folio_words[] = {
	"4K", "16K", "32K", "64K", "128K", "256K", "512K", "1M", "2M",
};
enum { FOLIOS = sizeof(folio_words) / sizeof(folio_words[0]) };

uint64_t folio_bytes(enum folio folio)
{
	/* There is no folio of two pages: anonymous memory's begin at four. */
	return folio == FOLIO_4K ? PAGE_BYTES : PAGE_BYTES << (folio + 1);
}

bool folio_parse(const char *word, enum folio *folio, enum mapping *mapping)
{
	*folio = FOLIO_2M;
	*mapping = MAPPING_PTES;
	if (strcmp(word, "2Mptes") == 0)
		return true;
	*mapping = MAPPING_HALF;
	if (strcmp(word, "2Mhalf") == 0)
		return true;
	*mapping = MAPPING_WHOLE;
	for (unsigned int i = 0; i < FOLIOS; i++)
		if (strcmp(folio_words[i], word) == 0) {
			*folio = (enum folio)i;
			return true;
		}
	return false;
}

static uint64_t round_up(uint64_t address, uint64_t size)
{
	return (address + size - 1) & ~(size - 1);
}

uint64_t region_folio_first(const struct region *region)
{
	uint64_t end = region->address + region->length;
	uint64_t first = round_up(region->address, folio_bytes(region->folio));

	return first < end ? first : end;
}

uint64_t region_folio_count(const struct region *region)
{
	uint64_t first = region_folio_first(region);

	if (region->folio == FOLIO_4K)
		return 0;
	return (region->address + region->length - first) / folio_bytes(region->folio);
}

bool region_folio_at(const struct region *region, uint64_t page)
{
	uint64_t first = region_folio_first(region), at = region->address + page * PAGE_BYTES;

	return at >= first && at < first + region_folio_count(region) * folio_bytes(region->folio);
}

bool region_huge_at(const struct region *region, uint64_t pmd)
{
	return region->folio == FOLIO_2M && region->mapping == MAPPING_WHOLE &&
	       region->memory != MEMORY_HUGETLB && region->fill.shape == FILL_ALL &&
	       pmd >= region->address && pmd % PMD_BYTES == 0 &&
	       region_folio_at(region, (pmd - region->address) / PAGE_BYTES);
}

/* The switch of one size, with what it inherits; false where there is none. Since 6.8. */
static bool switch_read(enum folio folio, char *state, size_t room)
{
	char path[128];

	snprintf(path, sizeof(path), THP "hugepages-%" PRIu64 "kB/enabled",
		 folio_bytes(folio) >> 10);
	if (file_read_line(path, state, room))
		return false;
	if (strstr(state, "[inherit]") && file_read_line(THP "enabled", state, room))
		return false;
	return true;
}

/* Could a fault in advised memory come by a folio of this size? */
static bool switch_is_on(enum folio folio)
{
	char state[64];

	return folio != FOLIO_4K && switch_read(folio, state, sizeof(state)) &&
	       !strstr(state, "[never]");
}

static int switches_set(enum folio folio, char *reason)
{
	char path[128];
	int err = 0;

	for (unsigned int i = FOLIO_16K; i < FOLIOS && !err; i++) {
		const char *want = i == folio ? "madvise" : "never";
		char state[64], now[16];

		snprintf(now, sizeof(now), "[%s]", want);
		if (!switch_read((enum folio)i, state, sizeof(state)) || strstr(state, now))
			continue;
		snprintf(path, sizeof(path), THP "hugepages-%" PRIu64 "kB/enabled",
			 folio_bytes((enum folio)i) >> 10);
		err = machine_set(path, want, reason);
	}
	return err;
}

int folio_prepare(enum folio folio, char *reason)
{
	if (folio == FOLIO_4K || !machine_is_ours())
		return 0; /* not advised for any; the host is as folio_supported() found it */
	return switches_set(folio, reason);
}

static int pool_supported(const struct region *region, char *reason)
{
	uint64_t want = region->length / PMD_BYTES, free = machine_meminfo("HugePages_Free");
	char number[24];
	int err;

	if (free >= want)
		return 0;
	if (!machine_is_ours())
		return reason_set(reason, -ENOMEM,
				  "needs %" PRIu64 " free huge pages of 2 MiB, %" PRIu64
				  " are: write their number to " POOL,
				  want, free);
	snprintf(number, sizeof(number), "%" PRIu64, want);
	err = machine_set(POOL, number, reason);
	if (!err && machine_meminfo("HugePages_Free") < want)
		err = reason_set(reason, -ENOMEM, "the pool of huge pages did not grow to %" PRIu64,
				 want);
	return err;
}

void folio_release(const struct region *region)
{
	char reason[REASON_SIZE];

	if (region->memory == MEMORY_HUGETLB && machine_is_ours())
		machine_set(POOL, "0", reason);
}

static int small_folio_supported(enum folio folio, char *reason)
{
	char state[64];

	if (!switch_read(folio, state, sizeof(state)))
		return reason_set(
			reason, -EOPNOTSUPP,
			"this kernel has no folios of %s for anonymous memory (since 6.8)",
			folio_words[folio]);
	if (machine_is_ours())
		return 0;
	for (unsigned int i = FOLIO_16K; i < FOLIOS; i++)
		if (switch_is_on((enum folio)i) != (i == folio))
			return reason_set(
				reason, -EOPNOTSUPP,
				"needs " THP
				"hugepages-*/enabled to be madvise for %s and never for all others",
				folio_words[folio]);
	if (access("/proc/kpageflags", R_OK))
		return reason_set(reason, -EACCES,
				  "folios of %s can't be proven: /proc/kpageflags is for root",
				  folio_words[folio]);
	return 0;
}

int folio_supported(const struct region *region, char *reason)
{
	char state[64];

	if (region->memory == MEMORY_HUGETLB)
		return pool_supported(region, reason);
	if (region->folio == FOLIO_4K)
		return 0;
	if (region->folio != FOLIO_2M)
		return small_folio_supported(region->folio, reason);
	if (file_read_line(THP "enabled", state, sizeof(state)))
		return reason_set(reason, -EOPNOTSUPP, "this kernel has no transparent huge pages");
	if (machine_is_ours())
		return 0;
	/* Since 6.8 each size has a switch of its own, which may defer to the common one. */
	if (!switch_read(FOLIO_2M, state, sizeof(state)) &&
	    file_read_line(THP "enabled", state, sizeof(state)))
		return reason_set(reason, -EOPNOTSUPP, "this kernel has no transparent huge pages");
	if (strstr(state, "[never]"))
		return reason_set(reason, -EOPNOTSUPP,
				  "2 MiB folios are off: write madvise to " THP "enabled");
	return 0;
}

int folio_advise(const struct region *region, char *reason)
{
	void *start = (void *)(uintptr_t)region->address;
	int advice = region->folio == FOLIO_4K ? MADV_NOHUGEPAGE : MADV_HUGEPAGE;

	/* A kernel without THP knows neither advice; its pages are small anyway. */
	if (madvise(start, region->length, advice) &&
	    !(errno == EINVAL && region->folio == FOLIO_4K))
		return reason_set(reason, -errno, "madvise for the folio size: %s",
				  strerror(errno));
	return 0;
}

/* Another protection for one page and back: the PMD is split into PTEs, the folio stays whole. */
static int pmd_split(uint64_t address, char *reason)
{
	void *page = (void *)(uintptr_t)address;

	if (mprotect(page, PAGE_BYTES, PROT_READ) ||
	    mprotect(page, PAGE_BYTES, PROT_READ | PROT_WRITE))
		return reason_set(reason, -errno, "mprotect to split a PMD: %s", strerror(errno));
	return 0;
}

int folio_remap(const struct region *region, char *reason)
{
	uint64_t first = region_folio_first(region), count = region_folio_count(region);
	int err = 0;

	if (region->mapping == MAPPING_WHOLE)
		return 0;
	for (uint64_t i = 0; i < count && !err; i++) {
		uint64_t folio = first + i * PMD_BYTES;
		void *half = (void *)(uintptr_t)(folio + PMD_BYTES / 2);

		err = pmd_split(folio, reason);
		if (!err && region->mapping == MAPPING_HALF &&
		    madvise(half, PMD_BYTES / 2, MADV_DONTNEED))
			err = reason_set(reason, -errno, "unmapping half a folio: %s",
					 strerror(errno));
	}
	return err;
}
