// SPDX-License-Identifier: GPL-2.0-only
/*
 * contend: a move while other threads of the mm are busy on other CPUs: with page faults, which take
 * mmap_lock or (since 6.4) a VMA's own lock for reading; with mappings, which take mmap_lock for
 * writing; or with nothing of the kernel's, so that only the TLB shootdown reaches them.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/families/companions.h"
#include "benches/fixture.h"
#include "benches/layout.h"
#include "benches/machine.h"
#include "benches/paths.h"
#include "benches/proof.h"
#include "benches/syscalls.h"

struct contend_state {
	struct region region;
	uint64_t destination;
	struct companions companions;
	long result;
	bool proven;
};

static bool contend_nothing(const struct cell *cell)
{
	return cell_is(cell, "threads", "0") && !cell_is(cell, "what", "run");
}

static const struct rule contend_rules[] = {
	{ contend_nothing, "what no thread does is all the same" },
	{ NULL, NULL },
};

static size_t contend_threads(const struct cell *cell)
{
	return (size_t)cell_bytes(cell, "threads");
}

static void contend_place(const struct cell *cell, struct region *region, uint64_t *destination)
{
	region->address = WINDOW_SOURCE + PMD_BYTES;
	region->length = cell_bytes(cell, "size");
	region->fill.shape = FILL_ALL;
	region->seed = region->length;
	*destination = WINDOW_DESTINATION + 3 * PMD_BYTES;
	if (cell_is(cell, "align", "unaligned"))
		*destination += PAGE_BYTES;
}

static int contend_supported(const struct cell *cell, char *reason)
{
	return companions_supported(contend_threads(cell), reason);
}

static int contend_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct contend_state *state = opaque;
	enum companion_work work = COMPANION_RUN;
	int err;

	contend_place(cell, &state->region, &state->destination);
	if (cell_is(cell, "what", "fault"))
		work = COMPANION_FAULT;
	else if (cell_is(cell, "what", "map"))
		work = COMPANION_MAP;
	err = region_map(&state->region, reason);
	if (!err)
		err = region_fill(&state->region, reason);
	if (!err)
		err = companions_start(&state->companions, contend_threads(cell), work, reason);
	return err;
}

static int contend_ready(void *opaque, char *reason)
{
	struct contend_state *state = opaque;
	const struct region *region = &state->region;
	struct extent source = { region->address, region->address + region->length };
	int err = proof_layout(&source, 1, reason);

	state->result = -EINPROGRESS; /* no call has returned */
	/* Small folios can't grow (MADV_NOHUGEPAGE): once is enough. */
	if (!err && !state->proven)
		err = proof_region(region, region->address, reason);
	if (err)
		return err;
	state->proven = true;
	return companions_await(&state->companions, reason);
}

static void contend_body(void *opaque)
{
	struct contend_state *state = opaque;

	state->result = raw_mremap(state->region.address, state->region.length,
				   state->region.length, MREMAP_MAYMOVE | MREMAP_FIXED,
				   state->destination);
}

static int contend_verify(void *opaque, char *reason)
{
	struct contend_state *state = opaque;
	struct region *region = &state->region;
	struct extent moved = { state->destination, state->destination + region->length };
	int err = companions_check(&state->companions, reason);

	if (err)
		return err;
	if (state->result != (long)state->destination)
		return reason_set(reason, -EIO, "mremap returned %ld", state->result);
	err = proof_layout(&moved, 1, reason);
	return err ? err : region_check(region, state->destination, reason);
}

static void contend_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct contend_state *state = opaque;

	outcome_add(outcomes, "vmas",
		    layout_count(WINDOW_DESTINATION, WINDOW_DESTINATION + WINDOW_BYTES));
	outcome_add(outcomes, "errno", state->result < 0 ? (uint64_t)-state->result : 0);
	outcome_add(outcomes, "faults", companions_faults(&state->companions));
}

static int contend_reset(void *opaque, char *reason)
{
	struct contend_state *state = opaque;
	const struct region *region = &state->region;
	long back;

	if (state->result != (long)state->destination)
		return 0;
	back = raw_mremap(state->destination, region->length, region->length,
			  MREMAP_MAYMOVE | MREMAP_FIXED, region->address);
	if (back != (long)region->address)
		return reason_set(reason, -EIO, "moving back returned %ld", back);
	return 0;
}

static void contend_teardown(void *opaque)
{
	struct contend_state *state = opaque;
	char reason[REASON_SIZE];

	companions_stop(&state->companions);
	region_unmap(&state->region, state->region.address, reason);
	region_unmap(&state->region, state->destination, reason);
}

static void contend_expect(const struct cell *cell, struct kernel_version kernel,
			   struct fingerprint *fingerprint)
{
	struct region region = { 0 };
	struct path path;
	uint64_t destination;

	contend_place(cell, &region, &destination);
	path = path_of_move(&(struct move_shape){ .region = &region,
						  .destination = destination,
						  .lonely = true },
			    kernel);
	path_expect(&path, fingerprint);
}

static void contend_burden(const struct cell *cell, struct burden *burden)
{
	uint64_t pages = cell_bytes(cell, "size") / PAGE_BYTES;

	burden->setup = pages * 3 / 2;
	burden->sample = pages / 25;
}

static const char *const contend_sizes[] = { "2M", "32M", NULL };
static const char *const contend_aligns[] = { "pmd", "unaligned", NULL };
static const char *const contend_whats[] = { "run", "fault", "map", NULL };
static const char *const contend_counts[] = { "0", "1", "2", "4", NULL };
static const struct param contend_params[] = {
	{ "what", contend_whats },
	{ "threads", contend_counts },
	{ "size", contend_sizes },
	{ "align", contend_aligns },
	{ NULL, NULL },
};

const struct bench bench_contend = {
	.name = "contend",
	.about = "mremap() of a mapping while other threads of the mm run, fault or map",
	.params = contend_params,
	.state_size = sizeof(struct contend_state),
	.rules = contend_rules,
	.clock_only = "it is about other CPUs, and a counted guest has one",
	.supported = contend_supported,
	.setup = contend_setup,
	.ready = contend_ready,
	.body = contend_body,
	.verify = contend_verify,
	.outcome = contend_outcome,
	.reset = contend_reset,
	.teardown = contend_teardown,
	.expect = contend_expect,
	.burden = contend_burden,
};
