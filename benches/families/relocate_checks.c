// SPDX-License-Identifier: GPL-2.0-only
/* relocate_checks: data, reclaim, migration and a fork, after a move. */
#include "benches/families/relocate_checks.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "benches/bench.h"
#include "benches/folios.h"
#include "benches/machine.h"
#include "benches/proof.h"
#include "benches/families/relocate_pages.h"
#include "benches/families/swap.h"

#define COMPACT "/proc/sys/vm/compact_memory"

enum {
	ADVICE_SOFT_OFFLINE = 101,
	OFFLINE_TRIES = 5,
	/* One page in so many rounds, beginning with the second: the first is the warm-up's. */
	OFFLINE_ROUNDS = 8,
	OFFLINE_FIRST = 1,
	PLACES = 3,
};

static int data_check(const struct part *part, char *reason)
{
	return region_check_part(part->region, part->first, part->count, part->address, reason);
}

/* Each page there gets its own stamp once more. */
static void pages_write(const struct part *part)
{
	for (uint64_t page = 0; page < part->count; page++) {
		volatile uint64_t *at =
			(volatile uint64_t *)(uintptr_t)(part->address + page * PAGE_BYTES);

		if (region_has(part->region, part->first + page)) {
			uint64_t stamp = *at;

			*at = stamp;
		}
	}
}

static int reclaim_check(const struct part *part, bool alone, struct walked *walked, char *reason)
{
	uint64_t length = part->count * PAGE_BYTES;
	uint64_t before = pages_present(part->address, length), after;

	if (!swap_there())
		return 0;
	if (madvise((void *)(uintptr_t)part->address, length, MADV_PAGEOUT))
		return reason_set(reason, -errno, "MADV_PAGEOUT: %s", strerror(errno));
	after = pages_present(part->address, length);
	if (after < before)
		walked->reclaimed += before - after;
	else if (alone && before > part->held)
		return reason_set(reason, -EPROTO,
				  "reclaim got none of %" PRIu64 " pages: it does not find them",
				  before);
	return data_check(part, reason);
}

/* A page that is there, at or after the last (place 0), the first or the middle; -1: none. */
static int64_t page_pick(const struct part *part, unsigned int place)
{
	uint64_t free = part->count - part->held;
	uint64_t from = free ? (free - 1) * ((place + 2) % PLACES) / (PLACES - 1) : 0;

	/* Round about, so that any page that is there is found. */
	for (uint64_t i = 0; i < free; i++)
		if (region_has(part->region, part->first + (from + i) % free))
			return (int64_t)((from + i) % free);
	return -1;
}

/*
 * The page's content goes to another frame, and every mapping of it with it: what the reverse map
 * does not find stays behind, and the frame can't be freed. -EOPNOTSUPP: not in this kernel.
 */
static int migrate_check(uint64_t address, struct walked *walked, char *reason)
{
	uint64_t before = pagemap_entry(address) & PAGEMAP_PFN, after;
	int err = -EBUSY;

	for (int i = 0; i < OFFLINE_TRIES && (err == -EBUSY || err == -EIO); i++)
		err = madvise((void *)(uintptr_t)address, PAGE_BYTES, ADVICE_SOFT_OFFLINE) ? -errno
											   : 0;
	if (err == -EINVAL || err == -EPERM)
		return -EOPNOTSUPP;
	if (err)
		return reason_set(reason, err, "a page can't be migrated: %s", strerror(-err));
	after = pagemap_entry(address) & PAGEMAP_PFN;
	if (!before || before == after)
		return reason_set(reason, -EPROTO, "a page was to migrate, and is where it was");
	walked->migrated++;
	return 0;
}

/* Migration of whatever is worth it: pages of ours may or may not be among them. */
static int compact_check(const struct part *part, struct walked *walked, char *reason)
{
	uint64_t address = part->address;
	uint64_t before = pagemap_entry(address), after;
	int err = machine_set(COMPACT, "1", reason);

	/* A kernel without it has no migration either. */
	if (err)
		return err == -ENOENT ? 0 : err;
	after = pagemap_entry(address);
	walked->migrated += before != after;
	return 0;
}

static int moves_check(const struct part *part, unsigned int round, struct walked *walked,
		       char *reason)
{
	int64_t page = page_pick(part, round / OFFLINE_ROUNDS);
	int err;

	/* Nothing is there; or it would take memory from the host. */
	if (page < 0 || !machine_is_ours() || round % OFFLINE_ROUNDS != OFFLINE_FIRST)
		return 0;
	err = migrate_check(part->address + (uint64_t)page * PAGE_BYTES, walked, reason);
	if (err == -EOPNOTSUPP)
		err = compact_check(part, walked, reason);
	return err ? err : data_check(part, reason);
}

static int fork_check(const struct part *part, char *reason)
{
	pid_t child = fork();
	int status;

	if (child == 0)
		_exit(data_check(part, reason) ? 1 : 0);
	if (child < 0 || waitpid(child, &status, 0) != child)
		return reason_set(reason, -errno, "fork: %s", strerror(errno));
	if (WIFSIGNALED(status))
		return reason_set(reason, -EPROTO, "a child forked afterwards died of signal %d",
				  WTERMSIG(status));
	if (WEXITSTATUS(status))
		return reason_set(reason, -EPROTO, "a child forked afterwards sees other data");
	return 0;
}

/*
 * Each large folio is taken apart: MADV_COLD of one page of it is for that page alone, which only a
 * folio of its own can be (madvise_cold_or_pageout_pte_range()). A split looks for every place where a
 * page of the folio is mapped.
 */
static int split_check(const struct part *part, char *reason)
{
	uint64_t step = folio_bytes(part->region->folio);

	for (uint64_t at = 0; at < part->count * PAGE_BYTES && step > PAGE_BYTES; at += step)
		if (madvise((void *)(uintptr_t)(part->address + at), PAGE_BYTES, MADV_COLD))
			return reason_set(reason, -errno, "MADV_COLD: %s", strerror(errno));
	return data_check(part, reason);
}

int checks_run(const struct part *part, bool alone, unsigned int round, struct walked *walked,
	       char *reason)
{
	int err = data_check(part, reason);

	if (!err) {
		pages_write(part);
		err = data_check(part, reason);
	}
	/* In this order: a large folio that is in the swap cache may be busy for a while. */
	if (!err)
		err = moves_check(part, round, walked, reason);
	if (!err)
		err = reclaim_check(part, alone, walked, reason);
	if (!err)
		err = fork_check(part, reason);
	return err ? err : split_check(part, reason);
}
