// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzz target: any bytes as a region of any kind, mapped, filled, proven, moved and unmapped. What is
 * mapped must hold its stamps and its proof, what is refused must leave nothing behind.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "benches/bench.h"
#include "benches/fixture.h"
#include "benches/folios.h"
#include "benches/layout.h"
#include "benches/proof.h"
#include "benches/syscalls.h"

#define LENGTH_MAX (6 * PMD_BYTES)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

/* The next byte of the input; 0 once there is none. */
struct feed {
	const uint8_t *bytes;
	size_t left;
};
static unsigned int feed_next(struct feed *feed, unsigned int limit)
{
	if (!feed->left)
		return 0;
	feed->left--;
	return *feed->bytes++ % limit;
}

static struct region region_feed(struct feed *feed)
{
	static const unsigned int percents[] = { 1, 10, 25, 50, 99 };
	struct region region = {
		.address = WINDOW_SOURCE + feed_next(feed, 4) * PMD_BYTES +
			   feed_next(feed, 256) * 2 * PAGE_BYTES,
		.length = ((uint64_t)feed_next(feed, 8) << 8 | feed_next(feed, 256)) * PAGE_BYTES,
		.memory = (enum memory)feed_next(feed, MEMORY_HUGETLB + 1),
		.fill = { (enum fill_shape)feed_next(feed, FILL_RANDOM + 1), 0 },
		.seed = feed_next(feed, 256),
	};

	region.fill.percent = percents[feed_next(feed, 5)];
	if (region.length > LENGTH_MAX)
		region.length = LENGTH_MAX;
	/* The fixture's own contract: other folios in wholly filled anonymous memory only. */
	if (region.memory == MEMORY_ANON && region.fill.shape == FILL_ALL && feed_next(feed, 2)) {
		region.folio = FOLIO_2M;
		region.mapping = (enum mapping)feed_next(feed, MAPPING_HALF + 1);
	}
	return region;
}

static void must(int err, const char *what, const char *reason)
{
	if (!err)
		return;
	fprintf(stderr, "%s: %s\n", what, reason);
	abort();
}

static void region_exercise(const struct region *region)
{
	uint64_t to = WINDOW_DESTINATION + PMD_BYTES + (region->seed & 1) * PAGE_BYTES;
	char reason[REASON_SIZE] = "";
	struct extent there = { to, to + region->length };
	bool hugetlb = region->memory == MEMORY_HUGETLB, moved;

	if (region_fill(region, reason)) /* a pool or a memory that is too small: no mistake */
		return (void)region_unmap(region, region->address, reason);
	must(region_check(region, region->address, reason), "after filling", reason);
	/* What THP gives is the machine's to decide; small pages are certain. */
	if (region->folio == FOLIO_4K)
		must(proof_region(region, region->address, reason), "proof", reason);
	moved = raw_mremap(region->address, region->length, region->length, 3, to) == (long)to;
	if (!moved && !hugetlb)
		must(-1, "mremap", "refused");
	if (moved) {
		must(region_check(region, to, reason), "after the move", reason);
		must(proof_layout(&there, 1, reason), "layout", reason);
	}
	must(region_unmap(region, moved ? to : region->address, reason), "munmap", reason);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	struct feed feed = { bytes, count };
	struct region region = region_feed(&feed);
	char reason[REASON_SIZE] = "";
	struct text before = { 0 };

	must(page_map(WINDOW_ANCHOR_BELOW, reason), "anchor", reason);
	must(page_map(WINDOW_ANCHOR_ABOVE, reason), "anchor", reason);
	must(layout_take(&before, reason), "maps", reason);
	if (region_map(&region, reason) == 0)
		region_exercise(&region);
	else if (!reason[0])
		abort();
	must(layout_same(&before, reason), "left behind", reason);
	text_free(&before);
	return 0;
}
