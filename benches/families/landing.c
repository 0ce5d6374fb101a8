// SPDX-License-Identifier: GPL-2.0-only
/* landing: fillers from the highest gap down, until a trial mapping lands where it should. */
#include "benches/families/landing.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>

#include "benches/bench.h"
#include "benches/fixture.h"

/* What lands has some gap below it, so that nothing there shares its page tables. */
#define LANDING_ROOM (4 * PMD_BYTES)

static uint64_t reserve(uint64_t address, uint64_t length)
{
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
	void *got = mmap((void *)(uintptr_t)address, length, PROT_NONE,
			 flags | (address ? MAP_FIXED_NOREPLACE : 0), -1, 0);

	return got == MAP_FAILED ? 0 : (uint64_t)(uintptr_t)got;
}

static void release(uint64_t address, uint64_t length)
{
	munmap((void *)(uintptr_t)address, length);
}

static int filler_add(struct landing *landing, uint64_t address, uint64_t length, char *reason)
{
	if (landing->count == LANDING_FILLERS)
		return reason_set(reason, -EADDRNOTAVAIL,
				  "the kernel's choice of a place can't be steered");
	landing->fillers[landing->count].address = address;
	landing->fillers[landing->count].length = length;
	landing->count++;
	return 0;
}

/*
 * Below all gaps that something small would fit in: where something large lands. The filler takes
 * everything from the boundary up to it.
 */
static int boundary_make(struct landing *landing, uint64_t length, char *reason)
{
	uint64_t room = length + 4 * LANDING_ROOM, top = reserve(0, room), boundary;

	if (!top)
		return reason_set(reason, -errno, "no room for %" PRIu64 " MiB: %s", room >> 20,
				  strerror(errno));
	release(top, room);
	boundary = (top + length + 2 * LANDING_ROOM) & ~(PMD_BYTES - 1);
	if (reserve(boundary, top + room - boundary) != boundary)
		return reason_set(reason, -EADDRNOTAVAIL, "no filler at 0x%" PRIx64, boundary);
	landing->boundary = boundary;
	return filler_add(landing, boundary, top + room - boundary, reason);
}

/*
 * Takes pieces of that length for as long as they come from above the boundary. *got is where the
 * first came from that did not; it is not taken.
 */
static int pieces_take(struct landing *landing, uint64_t length, uint64_t *got, char *reason)
{
	int err = 0;

	while (!err) {
		*got = reserve(0, length);
		if (!*got)
			return reason_set(reason, -errno, "a trial mapping: %s", strerror(errno));
		if (*got < landing->boundary) {
			release(*got, length);
			return 0;
		}
		err = filler_add(landing, *got, length, reason);
		if (err)
			release(*got, length);
	}
	return err;
}

int landing_prepare(struct landing *landing, uint64_t length, uint64_t *place, char *reason)
{
	int err = landing->boundary ? 0 : boundary_make(landing, length, reason);
	uint64_t got = 0, piece = length;

	*place = landing->boundary - length;
	/* Large pieces first: small ones would be many. */
	while (!err && piece < length + 4 * LANDING_ROOM)
		piece *= 2;
	for (; !err && piece >= length; piece /= 2)
		err = pieces_take(landing, piece, &got, reason);
	if (!err && got != *place)
		err = reason_set(reason, -EADDRNOTAVAIL,
				 "the kernel would choose 0x%" PRIx64 ", not 0x%" PRIx64, got,
				 *place);
	return err;
}

uint64_t landing_likely(uint64_t length)
{
	return WINDOW_END - length;
}

void landing_free(struct landing *landing)
{
	for (size_t i = 0; i < landing->count; i++)
		release(landing->fillers[i].address, landing->fillers[i].length);
	memset(landing, 0, sizeof(*landing));
}
