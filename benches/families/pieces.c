// SPDX-License-Identifier: GPL-2.0-only
/* pieces: lays out, makes and checks many VMAs. */
#include "benches/families/pieces.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "benches/proof.h"

static const struct {
	enum memory memory;
	bool filled;
	int protection;
} piece_kinds[] = {
	[PIECE_FILLED] = { MEMORY_ANON, true, PROT_READ | PROT_WRITE },
	[PIECE_EMPTY] = { MEMORY_ANON, false, PROT_READ | PROT_WRITE },
	[PIECE_SHMEM] = { MEMORY_SHMEM, true, PROT_READ | PROT_WRITE },
	[PIECE_FILE] = { MEMORY_FILE, true, PROT_READ | PROT_WRITE },
	[PIECE_READ] = { MEMORY_ANON, true, PROT_READ },
	[PIECE_NONE] = { MEMORY_ANON, false, PROT_NONE },
	[PIECE_ZERO] = { MEMORY_ANON, true, PROT_READ | PROT_WRITE },
};

void pieces_lay(const struct pieces_plan *plan, struct piece *pieces)
{
	for (size_t i = 0; i < plan->count; i++) {
		struct piece *piece = &pieces[i];

		*piece = (struct piece){ .undumped = !plan->gap && i % 2 };
		piece->kind = plan->mixed ? (enum piece_kind)(i % PIECE_KINDS) : PIECE_FILLED;
		piece->region.address = plan->address + i * (plan->piece + plan->gap);
		piece->region.length = plan->piece;
		piece->region.memory = piece_kinds[piece->kind].memory;
		if (piece_kinds[piece->kind].filled)
			piece->region.fill = plan->fill;
		piece->region.seed = i << 20;
	}
}

uint64_t pieces_length(const struct piece *pieces, size_t count)
{
	const struct region *last = &pieces[count - 1].region;

	return last->address + last->length - pieces[0].region.address;
}

uint64_t pieces_pages(const struct piece *pieces, size_t count)
{
	uint64_t pages = 0;

	for (size_t i = 0; i < count; i++)
		for (uint64_t page = 0; page < pieces[i].region.length / PAGE_BYTES; page++)
			pages += region_has(&pieces[i].region, page);
	return pages;
}

static uint64_t pmd_of(const struct piece *piece)
{
	return piece->region.address & ~(PMD_BYTES - 1);
}

/* Has any of them a page in the PMD in which this one begins? */
static bool pieces_have_table(const struct piece *pieces, size_t count, size_t i)
{
	uint64_t pmd = pmd_of(&pieces[i]);
	size_t first = i;

	while (first > 0 && pmd_of(&pieces[first - 1]) == pmd)
		first--;
	for (; first < count && pmd_of(&pieces[first]) == pmd; first++)
		if (region_has_any(&pieces[first].region, pmd, pmd + PMD_BYTES))
			return true;
	return false;
}

/*
 * The table of a PMD outlives the pieces that were moved away: free_pgtables() keeps it while a VMA is
 * left in the PMD, and the next piece is one. At the destination it is made for the first piece.
 * No realignment: try_realign_addr() finds the piece before it in the destination's PMD.
 */
struct path pieces_path(const struct piece *pieces, size_t count, uint64_t by,
			struct kernel_version kernel)
{
	struct path sum = { 0 };

	for (size_t i = 0; i < count; i++) {
		bool table = pieces_have_table(pieces, count, i);
		struct move_shape shape = {
			.region = &pieces[i].region,
			.destination = pieces[i].region.address + by,
			.source_shared = table,
			.destination_shared = table && i > 0 &&
					      pmd_of(&pieces[i - 1]) == pmd_of(&pieces[i]),
		};
		struct path path = path_of_move(&shape, kernel);

		sum.pmd_moves += path.pmd_moves;
		sum.pte_alloc += path.pte_alloc;
	}
	return sum;
}

static int zero_map(const struct region *region, char *reason)
{
	void *want = (void *)(uintptr_t)region->address, *got;
	int fd = open("/dev/zero", O_RDWR | O_CLOEXEC);

	if (fd < 0)
		return reason_set(reason, -errno, "/dev/zero: %s", strerror(errno));
	got = mmap(want, region->length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED_NOREPLACE,
		   fd, 0);
	close(fd);
	if (got != want)
		return reason_set(reason, -EEXIST, "mmap of /dev/zero at 0x%" PRIx64,
				  region->address);
	return 0;
}

static int piece_map(const struct piece *piece, char *reason)
{
	const struct region *region = &piece->region;
	int err = piece->kind == PIECE_ZERO ? zero_map(region, reason) : region_map(region, reason);

	if (!err && piece->undumped &&
	    madvise((void *)(uintptr_t)region->address, region->length, MADV_DONTDUMP))
		err = reason_set(reason, -errno, "MADV_DONTDUMP: %s", strerror(errno));
	return err;
}

/* All are mapped before the first is filled: each gets an anon_vma of its own. */
int pieces_make(const struct piece *pieces, size_t count, char *reason)
{
	int err = 0;

	for (size_t i = 0; i < count && !err; i++)
		err = piece_map(&pieces[i], reason);
	for (size_t i = 0; i < count && !err; i++) {
		const struct region *region = &pieces[i].region;
		int protection = piece_kinds[pieces[i].kind].protection;

		err = region_fill(region, reason);
		if (!err && protection != (PROT_READ | PROT_WRITE) &&
		    mprotect((void *)(uintptr_t)region->address, region->length, protection))
			err = reason_set(reason, -errno, "mprotect: %s", strerror(errno));
	}
	return err;
}

int pieces_check(const struct piece *pieces, size_t count, uint64_t by, char *reason)
{
	uint64_t want = pieces_pages(pieces, count);
	uint64_t present =
		pages_present(pieces[0].region.address + by, pieces_length(pieces, count));
	int err = 0;

	if (present != want)
		return reason_set(reason, -EPROTO,
				  "%" PRIu64 " pages are there instead of %" PRIu64, present, want);
	for (size_t i = 0; i < count && !err; i++)
		err = region_check(&pieces[i].region, pieces[i].region.address + by, reason);
	return err;
}
