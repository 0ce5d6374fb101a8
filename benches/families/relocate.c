// SPDX-License-Identifier: GPL-2.0-only
/*
 * relocate: a move that gives pages the index of their new place (MREMAP_RELOCATE_ANON, 8), or fails
 * where it can't (MREMAP_MUST_RELOCATE_ANON, 16), beside an ordinary move (0), whose pages keep the
 * old one. By what merges afterwards, by refusals that change nothing, and by a reverse map that holds.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>

#include "base/text.h"
#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/fixture.h"
#include "benches/folios.h"
#include "benches/kernel_rules.h"
#include "benches/layout.h"
#include "benches/machine.h"
#include "benches/paths.h"
#include "benches/proof.h"
#include "benches/families/relocate_cells.h"
#include "benches/families/relocate_checks.h"
#include "benches/families/relocate_pages.h"
#include "benches/families/relocate_rules.h"
#include "benches/families/swap.h"
#include "benches/families/vmas.h"
#include "benches/syscalls.h"

struct relocate_state {
	struct relocation what;
	unsigned long flags; /* the call's */
	uint64_t length; /* the call's */
	long result;
	struct page_state held;
	struct text before; /* maps */
	uint64_t present; /* pages, before the call */
	uint64_t vmas; /* at the destination, afterwards */
	bool merges;
	struct walked walked;
	unsigned int round;
};

/* A real call that the flag alone decides: one page, to a place that is free. */
static int flags_supported(unsigned int flags, char *reason)
{
	char *pages = mmap(NULL, 2 * PAGE_BYTES, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t from, to;
	long result;

	if (!flags)
		return 0;
	if (pages == MAP_FAILED)
		return reason_set(reason, -errno, "mmap: %s", strerror(errno));
	from = (uint64_t)(uintptr_t)pages;
	to = from + PAGE_BYTES;
	result =
		raw_mremap(from, PAGE_BYTES, PAGE_BYTES, MREMAP_MAYMOVE | MREMAP_FIXED | flags, to);
	munmap(pages, 2 * PAGE_BYTES);
	if (result == (long)to)
		return 0;
	return reason_set(reason, (int)result, "errno %ld: this kernel has no %s", -result,
			  flags & MREMAP_MUST_RELOCATE_ANON ? "MREMAP_MUST_RELOCATE_ANON"
							    : "MREMAP_RELOCATE_ANON");
}

static int relocate_supported(const struct cell *cell, char *reason)
{
	struct relocation what;
	int err;

	relocation_of(cell, &what);
	err = flags_supported(what.flags, reason);
	if (!err)
		err = folio_supported(&what.region, reason);
	if (!err)
		err = memory_supported(what.region.length, reason);
	return err ? err : pages_supported(what.pages, reason);
}

static int relocate_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct relocate_state *state = opaque;
	char ignored[REASON_SIZE];

	(void)reason;
	relocation_of(cell, &state->what);
	pages_init(&state->held, state->what.pages);
	swap_supported(ignored); /* for the check by reclaim: without it, the others hold */
	return 0;
}

/*
 * A page on either side of the destination, of one mapping with a hole: both then have the same
 * anon_vma, without which no kernel would merge them with each other.
 */
static int neighbours_make(const struct relocation *what, char *reason)
{
	uint64_t start = what->destination - PAGE_BYTES, end = what->destination + what->length;
	struct region around = what->region;
	int err;

	around.address = start;
	around.length = what->length + 2 * PAGE_BYTES;
	err = region_map(&around, reason);
	if (!err)
		err = pages_advise(what->pages, start, around.length, reason);
	if (err)
		return err;
	*(volatile uint64_t *)(uintptr_t)start = start;
	*(volatile uint64_t *)(uintptr_t)end = end;
	if (munmap((void *)(uintptr_t)what->destination, what->length))
		return reason_set(reason, -errno, "munmap: %s", strerror(errno));
	return 0;
}

static uint64_t source_vmas(const struct relocation *what)
{
	return layout_count(what->region.address, what->region.address + what->region.length);
}

static int relocate_make(struct relocate_state *state, char *reason)
{
	const struct relocation *what = &state->what;
	const struct region *region = &what->region;
	int err = what->neighbours ? neighbours_make(what, reason) : 0;

	if (!err)
		err = region_map(region, reason);
	if (!err)
		err = pages_advise(what->pages, region->address, region->length, reason);
	if (!err)
		err = region_fill(region, reason);
	if (err)
		return err;
	err = region->fill.shape == FILL_NONE ? proof_empty(region->address, region->length, reason)
					      : proof_region(region, region->address, reason);
	return err ? err : pages_make(&state->held, what->source, what->length, reason);
}

static int relocate_ready(void *opaque, char *reason)
{
	struct relocate_state *state = opaque;
	const struct relocation *what = &state->what;
	int err;

	state->vmas = 0;
	state->merges = false;
	state->walked = (struct walked){ 0 };
	err = relocate_make(state, reason);
	if (!err)
		err = layout_take(&state->before, reason);
	if (err)
		return err;
	if (source_vmas(what) != 1)
		return reason_set(reason, -EPROTO, "the source is %" PRIu64 " VMAs",
				  source_vmas(what));
	state->present = pages_present(what->source, what->length);
	state->flags = MREMAP_MAYMOVE | MREMAP_FIXED | what->flags;
	state->length = what->length;
	/* After a fork the first write to a page copies it: not within the call. */
	state->result = 0;
	return 0;
}

static void relocate_body(void *opaque)
{
	struct relocate_state *state = opaque;

	state->result = raw_mremap(state->what.source, state->length, state->length, state->flags,
				   state->what.destination);
}

/*
 * Does what was moved merge with what lies beside it? With neighbours it has done so or not. Without,
 * a new mapping of the same kind right above tells, which is taken away again.
 */
static int merges_ask(struct relocate_state *state, char *reason)
{
	const struct relocation *what = &state->what;
	struct region above = what->region;
	uint64_t start = what->destination, end = what->destination + what->length;
	int err;

	state->vmas = layout_count(WINDOW_DESTINATION, WINDOW_DESTINATION + WINDOW_BYTES);
	if (what->neighbours) {
		state->merges = state->vmas == 1;
		if (!state->merges && state->vmas != 3)
			return reason_set(reason, -EPROTO,
					  "%" PRIu64 " VMAs at the destination, not 1 or 3",
					  state->vmas);
		return 0;
	}
	if (state->vmas != 1)
		return reason_set(reason, -EPROTO, "%" PRIu64 " VMAs at the destination, not 1",
				  state->vmas);
	above.address = end;
	above.length = PAGE_BYTES;
	err = region_map(&above, reason);
	if (err)
		return err;
	state->merges = layout_count(start, end + PAGE_BYTES) == 1;
	return region_unmap(&above, end, reason);
}

/* A pin holds the whole folio. */
static uint64_t pages_held(const struct relocation *what)
{
	switch (what->pages) {
	case PAGES_PINNED:
		return folio_bytes(what->region.folio) / PAGE_BYTES;
	case PAGES_SWAPPED:
	case PAGES_KSM:
		return 1;
	default:
		return 0;
	}
}

static struct part relocate_part(const struct relocate_state *state, uint64_t address)
{
	const struct relocation *what = &state->what;

	return (struct part){
		.region = &what->region,
		.first = (what->source - what->region.address) / PAGE_BYTES,
		.count = pages_readable(what->pages, what->length),
		.held = pages_held(what),
		.address = address,
	};
}

static int reverse_map_check(struct relocate_state *state, uint64_t address, char *reason)
{
	struct part part = relocate_part(state, address);
	bool alone = state->what.pages != PAGES_FORKED;

	return checks_run(&part, alone, state->round++, &state->walked, reason);
}

static int relocate_refused(struct relocate_state *state, char *reason)
{
	const struct relocation *what = &state->what;
	int err = layout_same(&state->before, reason);

	if (!err && pages_present(what->source, what->length) != state->present)
		err = reason_set(reason, -EPROTO, "other pages are there after the refusal");
	return err ? err : reverse_map_check(state, what->source, reason);
}

static int relocate_moved(struct relocate_state *state, enum answer answer, char *reason)
{
	const struct relocation *what = &state->what;
	uint64_t left = source_vmas(what), want_left = what->straddles ? 2 : 0, present;
	int err = merges_ask(state, reason);

	if (err)
		return err;
	if (!relocate_answers(answer, 0, state->merges))
		return reason_set(reason, -EPROTO, "what was moved %s with what lies beside it",
				  state->merges ? "merges" : "does not merge");
	if (left != want_left)
		return reason_set(reason, -EPROTO,
				  "%" PRIu64 " VMAs are left at the source instead of %" PRIu64,
				  left, want_left);
	present = pages_present(what->destination, what->length);
	if (present != state->present)
		return reason_set(reason, -EPROTO, "other pages are there after the move");
	return reverse_map_check(state, what->destination, reason);
}

static int relocate_verify(void *opaque, char *reason)
{
	struct relocate_state *state = opaque;
	const struct relocation *what = &state->what;
	bool filled = what->region.fill.shape != FILL_NONE;
	enum answer answer =
		relocate_answer(what->flags, what->pages, filled, kernel_relocates_always());
	int error = state->result < 0 ? (int)-state->result : 0;

	if (state->result == (long)what->destination)
		return relocate_moved(state, answer, reason);
	if (error && relocate_answers(answer, error, false))
		return relocate_refused(state, reason);
	return reason_set(reason, -EIO, "mremap returned %ld%s%s", state->result, error ? ": " : "",
			  error ? strerror(error) : "");
}

static void relocate_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct relocate_state *state = opaque;

	outcome_add(outcomes, "errno", state->result < 0 ? (uint64_t)-state->result : 0);
	outcome_add(outcomes, "vmas", state->vmas);
	outcome_add(outcomes, "merges", state->merges);
	outcome_add(outcomes, "migrated", state->walked.migrated);
	outcome_add(outcomes, "reclaimed", state->walked.reclaimed);
}

/* Each sample begins with pages that nothing was ever done to: their history is what decides. */
static int relocate_reset(void *opaque, char *reason)
{
	struct relocate_state *state = opaque;

	pages_drop(&state->held);
	return windows_clear(reason);
}

static void relocate_teardown(void *opaque)
{
	struct relocate_state *state = opaque;
	char reason[REASON_SIZE];

	relocate_reset(state, reason);
	pages_free(&state->held);
	swap_end();
	text_free(&state->before);
}

/*
 * The move itself takes the same path with the flags as without: they change pages before it. What is
 * cut out of folios is moved from inside a VMA: the PMDs of the two that are cut are split, and their
 * pages moved one by one; the others are moved whole. The two are then asked for once more, in vain,
 * when the source's VMA is split there (split_huge_pmd_address() looks at nothing before it calls).
 */
static void relocate_expect(const struct cell *cell, struct kernel_version kernel,
			    struct fingerprint *fingerprint)
{
	bool always = kernel_relocates_always();
	struct relocation what;
	struct path path;
	bool refused;

	relocation_of(cell, &what);
	refused = relocate_answer(what.flags, what.pages, what.region.fill.shape != FILL_NONE,
				  always) == ANSWER_REFUSED;
	/*
	 * prep_move_vma() (before 6.15 move_vma()) breaks KSM's page, by faulting it; what is refused
	 * leaves it merged.
	 */
	if (what.pages == PAGES_KSM && !refused)
		expect_add(fingerprint, "handle_mm_fault", 1, 1);
	else
		expect_add(fingerprint, "handle_mm_fault", 0, 0);
	if (refused || ((what.flags || always) && what.straddles))
		return; /* what an undo, or the split of a folio, enters is the patch's own */
	path = path_of_move(&(struct move_shape){ .region = &what.region,
						  .destination = what.destination,
						  .lonely = !what.neighbours },
			    kernel);
	if (what.straddles)
		path = (struct path){ .pte_alloc = 2,
				      .splits = 2,
				      .split_tries = 2,
				      .huge_moves = what.length / PMD_BYTES - 1 };
	path_expect(&path, fingerprint);
	if (!what.straddles && what.pages != PAGES_KSM && !what.flags && !always)
		path_expect_flushes(&path, fingerprint);
}

/* Everything is made anew for each sample, and looked at page by page three times afterwards. */
static void relocate_burden(const struct cell *cell, struct burden *burden)
{
	uint64_t pages = cell_bytes(cell, "size") / PAGE_BYTES;

	burden->setup = 100;
	burden->sample = 3000 + pages * 3;
	if (cell_is(cell, "pages", "ksm"))
		burden->sample += 20000;
}

static const char *const relocate_flags[] = { "0", "8", "16", "24", NULL };
static const char *const relocate_sizes[] = { "4K", "2M", "32M", NULL };
static const char *const relocate_fills[] = { "100", "0", "50stride", NULL };
static const char *const relocate_folios[] = { "4K", "64K", "2M", "2Mptes", "2Mstraddle", NULL };
static const char *const relocate_pages[] = { "owned",	 "forked",     "forked_gone", "pinned",
					      "swapped", "nonpresent", "ksm",	      NULL };
static const char *const relocate_besides[] = { "nothing", "neighbours", NULL };
static const struct param relocate_params[] = {
	{ "flags", relocate_flags },
	{ "size", relocate_sizes },
	{ "fill", relocate_fills },
	{ "folio", relocate_folios },
	{ "pages", relocate_pages },
	{ "beside", relocate_besides },
	{ NULL, NULL },
};

const struct bench bench_relocate = {
	.name = "relocate",
	.about = "a move, ordinary or with pages given the index of their new place (flags 8, 16)",
	.params = relocate_params,
	.state_size = sizeof(struct relocate_state),
	.rules = relocate_rules,
	.supported = relocate_supported,
	.setup = relocate_setup,
	.ready = relocate_ready,
	.body = relocate_body,
	.verify = relocate_verify,
	.outcome = relocate_outcome,
	.reset = relocate_reset,
	.teardown = relocate_teardown,
	.expect = relocate_expect,
	.burden = relocate_burden,
};
