// SPDX-License-Identifier: GPL-2.0-only
/* slab: reads /proc/slabinfo, after every CPU gave its spare objects back. */
#include "benches/families/slab.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "base/files.h"
#include "base/text.h"
#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/machine.h"
#include "benches/families/vmas.h"

static const char *const slab_names[SLABS] = {
	[SLAB_VMA] = "vm_area_struct",
	[SLAB_ANON_VMA] = "anon_vma",
	[SLAB_AVC] = "anon_vma_chain",
};

bool slabinfo_find(const char *slabinfo, const char *name, uint64_t *used)
{
	size_t length = strlen(name);
	unsigned long long number;

	for (const char *line = slabinfo; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, name, length) == 0 && line[length] == ' ' &&
		    sscanf(line + length, "%llu", &number) == 1) {
			*used = number;
			return true;
		}
	}
	return false;
}

enum { SPARE_VMAS = 64 }; /* more than a slab of any of the three holds */

/*
 * slabinfo counts all objects of a CPU's own slab as used, free or not (get_slabinfo() in mm/slub.c).
 * Shrinking takes those slabs away from the CPUs, and makes the number exact.
 */
static bool slab_shrink(const char *name)
{
	char path[96], reason[REASON_SIZE];

	snprintf(path, sizeof(path), "/sys/kernel/slab/%s/shrink", name);
	return machine_set(path, "1", reason) == 0;
}

/* VMAs and anon_vmas are freed after an RCU grace period (vm_area_free(), 6.4 to 6.14). */
static const struct timespec grace = { .tv_nsec = 40000000 };

bool slabs_count(struct slabs *slabs)
{
	struct text slabinfo = { 0 };
	bool known;

	if (!machine_is_ours())
		return false;
	nanosleep(&grace, NULL);
	for (size_t i = 0; i < SLABS; i++)
		if (!slab_shrink(slab_names[i]))
			return false;
	known = file_read("/proc/slabinfo", 1 << 20, &slabinfo) == 0;
	for (size_t i = 0; i < SLABS && known; i++)
		known = slabinfo_find(text_get(&slabinfo), slab_names[i], &slabs->used[i]);
	text_free(&slabinfo);
	return known;
}

int slabs_refill(char *reason)
{
	int err = 0;

	/* Each is a VMA of its own with a page, so with an anon_vma and a chain. */
	for (uint64_t i = 0; i < SPARE_VMAS && !err; i++)
		err = page_map(WINDOW_SOURCE + 2 * i * PAGE_BYTES, reason);
	return err ? err : windows_clear(reason);
}

int slabs_stock(uint64_t vmas, char *reason)
{
	int err = 0;

	if (!machine_is_ours())
		return 0;
	for (uint64_t i = 0; i < vmas && !err; i++)
		err = page_map(WINDOW_WIDE_SOURCE + 2 * i * PAGE_BYTES, reason);
	munmap((void *)(uintptr_t)WINDOW_WIDE_SOURCE, 2 * vmas * PAGE_BYTES);
	nanosleep(&grace, NULL);
	return err;
}
