// SPDX-License-Identifier: GPL-2.0-only
/*
 * dontunmap: MREMAP_DONTUNMAP, which moves the pages and leaves the VMA, empty: the call, the faults
 * that fill the source again, and a collector's answers to them by userfaultfd.
 */
#include <sys/mman.h>

#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/families/dontunmap_sample.h"
#include "benches/fixture.h"
#include "benches/folios.h"
#include "benches/kernel_rules.h"
#include "benches/machine.h"
#include "benches/paths.h"
#include "benches/families/resolver.h"
#include "benches/families/special.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

#define MOVE_FLAGS (MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)

/* As move's: the PMD offsets in the windows differ, so that nothing is aligned to the PUD. */
static void dontunmap_place(const struct cell *cell, struct region *region, uint64_t *destination)
{
	uint64_t source_offset = PMD_BYTES, destination_offset = 3 * PMD_BYTES;

	if (cell_is(cell, "align", "mutual")) {
		source_offset += PMD_BYTES / 2;
		destination_offset += PMD_BYTES / 2;
	} else if (cell_is(cell, "align", "unaligned")) {
		destination_offset += PAGE_BYTES;
	}
	region->address = WINDOW_SOURCE + source_offset;
	region->length = cell_bytes(cell, "size");
	region->seed = region->length;
	folio_parse(cell_value(cell, "folio"), &region->folio, &region->mapping);
	fill_parse(cell_value(cell, "fill"), &region->fill);
	memory_parse(cell_value(cell, "type"), &region->memory);
	*destination = WINDOW_DESTINATION + destination_offset;
}

static bool cell_special(const struct cell *cell, enum special *special)
{
	return special_parse(cell_value(cell, "type"), special);
}

static bool cell_resolves(const struct cell *cell, enum resolve *how)
{
	static const char *const steps[] = { "uffd_copy", "uffd_continue", "uffd_move",
					     "uffd_fault" };

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (cell_is(cell, "step", steps[i])) {
			*how = (enum resolve)i;
			return true;
		}
	return false;
}

/* Refused for its arguments, whatever the memory is. */
static bool cell_misuses(const struct cell *cell)
{
	return cell_is(cell, "step", "other_length") || cell_is(cell, "step", "no_maymove");
}

static bool cell_base(const struct cell *cell)
{
	return cell_is(cell, "size", "4K") && cell_is(cell, "align", "pmd") &&
	       cell_is(cell, "fill", "100") && cell_is(cell, "folio", "4K");
}

static bool no_special(const struct cell *cell)
{
	enum special special;

	return cell_special(cell, &special) && !(cell_base(cell) && cell_is(cell, "step", "move"));
}

static bool no_misuse(const struct cell *cell)
{
	return cell_misuses(cell) && !(cell_base(cell) && cell_is(cell, "type", "anon"));
}

static bool no_filling(const struct cell *cell)
{
	return !cell_is(cell, "step", "move") &&
	       !(cell_is(cell, "align", "pmd") && cell_is(cell, "fill", "100"));
}

static bool no_alignment(const struct cell *cell)
{
	return cell_is(cell, "fill", "0") && !cell_is(cell, "align", "pmd");
}

static bool no_mutual(const struct cell *cell)
{
	return cell_is(cell, "align", "mutual") && !cell_is(cell, "size", "32M");
}

static bool no_type(const struct cell *cell)
{
	enum special special;

	return !cell_is(cell, "type", "anon") && !cell_special(cell, &special) &&
	       (cell_is(cell, "align", "mutual") ||
		!cell_is(cell, "size", cell_is(cell, "step", "uffd_continue") ? "2M" : "32M"));
}

/* Their faults are, to the instruction, those of memfds: of the shared one, of the private one. */
static bool no_faults(const struct cell *cell)
{
	bool same = cell_is(cell, "type", "shared") || cell_is(cell, "type", "copied");
	bool file = cell_is(cell, "type", "file");

	return (same && !cell_is(cell, "step", "move")) || (file && cell_is(cell, "step", "both"));
}

static bool no_folio(const struct cell *cell)
{
	enum resolve how;

	return cell_is(cell, "folio", "2M") &&
	       (!cell_is(cell, "type", "anon") || !cell_is(cell, "fill", "100") ||
		!cell_is(cell, "size", "32M") || cell_is(cell, "align", "mutual") ||
		cell_resolves(cell, &how));
}

static bool no_resolving(const struct cell *cell)
{
	bool continues = cell_is(cell, "step", "uffd_continue");
	enum resolve how;

	return cell_resolves(cell, &how) && (!cell_is(cell, "size", "2M") ||
					     !cell_is(cell, "type", continues ? "shmem" : "anon"));
}

static bool no_size(const struct cell *cell)
{
	return (cell_is(cell, "size", "256M") && !cell_is(cell, "step", "move")) ||
	       (cell_is(cell, "step", "both") && !cell_is(cell, "size", "32M"));
}

static const struct rule dontunmap_rules[] = {
	{ no_special, "a special mapping has its own size, and duplicating it is refused before" },
	{ no_misuse, "wrong arguments are refused whatever the memory is" },
	{ no_filling, "how the pages went does not matter to filling the source again" },
	{ no_alignment, "alignment is a matter of how pages move: none are there" },
	{ no_mutual, "one size tells whether a move is realigned" },
	{ no_type, "one size tells what other memory costs" },
	{ no_faults,
	  "the faults of shared and of copied memory are those of shmem and of file, told once" },
	{ no_folio, "2 MiB folios of anonymous memory, at one size" },
	{ no_resolving,
	  "by userfaultfd: 512 pages; missing anonymous ones, or shared memory's minor faults" },
	{ no_size, "the cost a page is told by 32 MiB" },
	{ NULL, NULL },
};

static int dontunmap_supported(const struct cell *cell, char *reason)
{
	struct region region = { 0 };
	enum special special;
	enum resolve how;
	uint64_t destination;
	int err;

	dontunmap_place(cell, &region, &destination);
	if (cell_special(cell, &special))
		return special_supported(special, region.address, reason);
	err = folio_supported(&region, reason);
	if (!err && region.fill.shape != FILL_NONE)
		err = memory_supported(2 * region.length, reason);
	if (!err && cell_resolves(cell, &how))
		err = resolver_supported(how, reason);
	return err;
}

static void dontunmap_step(const struct cell *cell, struct dontunmap_state *state)
{
	enum special special;
	enum resolve how;

	state->step = dontunmap_move;
	state->new_length = state->region.length;
	state->flags = MOVE_FLAGS;
	state->refused = cell_special(cell, &special) || cell_misuses(cell);
	if (cell_is(cell, "step", "other_length"))
		state->new_length += PAGE_BYTES;
	if (cell_is(cell, "step", "no_maymove"))
		state->flags = MREMAP_DONTUNMAP;
	state->touches = cell_is(cell, "step", "refault") || cell_is(cell, "step", "both");
	if (state->touches)
		state->step = cell_is(cell, "step", "both") ? dontunmap_both : dontunmap_refault;
	state->resolves = cell_resolves(cell, &how);
	if (state->resolves)
		state->step = how == RESOLVE_FAULT ? dontunmap_resolve_faults : dontunmap_resolve;
}

static int dontunmap_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct dontunmap_state *state = opaque;
	struct path path;
	enum special special;
	enum resolve how;

	state->special.fd = -1;
	dontunmap_place(cell, &state->region, &state->destination);
	dontunmap_step(cell, state);
	if (cell_special(cell, &special)) {
		int err = special_map(special, state->region.address, &state->special, reason);

		state->region.address = state->special.address;
		return err;
	}
	path = path_of_move(
		&(struct move_shape){ .region = &state->region, .destination = state->destination },
		(struct kernel_version){ 0, 0 });
	state->consumed = state->resolves || path.splits > 0;
	if (!cell_resolves(cell, &how))
		return 0;
	return resolver_open(&state->resolver, how, state->region.length / PAGE_BYTES, reason);
}

static uint64_t faults_of(const struct cell *cell)
{
	return cell_bytes(cell, "size") / (cell_is(cell, "folio", "2M") ? PMD_BYTES : PAGE_BYTES);
}

/*
 * A page table that was moved whole is missing at the source: the fault of an anonymous page makes
 * one (do_anonymous_page(), mfill_atomic(), all by __pte_alloc); that of a file's page and of a 2 MiB
 * folio has brought one along (__do_fault() and its pmd_install(), __do_huge_pmd_anonymous_page()).
 */
static uint64_t tables_missing(const struct cell *cell, const struct path *path)
{
	return cell_is(cell, "type", "anon") ? path->pmd_moves : 0;
}

/* Resolved by ioctl. An armed source keeps its tables where it was moved entry by entry. */
static void expect_resolving(const struct cell *cell, struct kernel_version kernel,
			     struct fingerprint *fingerprint)
{
	uint64_t tables = cell_bytes(cell, "size") / PMD_BYTES;
	bool faults = cell_is(cell, "step", "uffd_fault");

	expect_add(fingerprint, "__pte_alloc", kernel_may_move_watched_entries(kernel) ? 0 : tables,
		   kernel_moves_watched_entries(kernel) ? 0 : tables);
	expect_add(fingerprint, "handle_userfault", faults ? faults_of(cell) : 0,
		   faults ? faults_of(cell) : 0);
	if (!faults)
		expect_add(fingerprint, "handle_mm_fault", 0, 0);
}

static void dontunmap_expect(const struct cell *cell, struct kernel_version kernel,
			     struct fingerprint *fingerprint)
{
	bool touches = cell_is(cell, "step", "refault") || cell_is(cell, "step", "both");
	struct region region = { 0 };
	enum special special;
	enum resolve how;
	struct path path;
	uint64_t destination;

	if (cell_special(cell, &special) || cell_misuses(cell)) {
		expect_add(fingerprint, "copy_vma", 0, 0);
		expect_add(fingerprint, "move_page_tables", 0, 0);
		return;
	}
	if (cell_resolves(cell, &how)) {
		expect_resolving(cell, kernel, fingerprint);
		return;
	}
	dontunmap_place(cell, &region, &destination);
	path = path_of_move(&(struct move_shape){ .region = &region,
						  .destination = destination,
						  .lonely = true },
			    kernel);
	if (cell_is(cell, "step", "refault"))
		path = (struct path){ .pte_alloc = tables_missing(cell, &path) };
	else if (touches)
		path.pte_alloc += tables_missing(cell, &path);
	path_expect(&path, fingerprint);
	/* One more where the first fault under the VMA's lock is tried again: it wants an anon_vma, 6.8. */
	if (touches)
		expect_add(fingerprint, "handle_mm_fault", faults_of(cell), faults_of(cell) + 1);
}

/* Filling or faulting a page takes some 2,500 to 6,000 instructions, checking it 100. */
static void dontunmap_burden(const struct cell *cell, struct burden *burden)
{
	uint64_t pages = cell_bytes(cell, "size") / PAGE_BYTES;
	bool refills = cell_is(cell, "folio", "2M") && cell_is(cell, "align", "unaligned");
	enum resolve how;

	if (cell_is(cell, "fill", "0") || pages == 1)
		return;
	burden->setup = pages * 5 / 2;
	burden->sample = pages / 5 + (refills ? pages : 0);
	if (cell_resolves(cell, &how))
		burden->sample = pages * (how == RESOLVE_FAULT ? 20 : 8);
	else if (!cell_is(cell, "step", "move"))
		burden->sample += pages * (cell_is(cell, "type", "file") ? 6 : 4);
}

static const char *const dontunmap_sizes[] = { "4K", "2M", "32M", "256M", NULL };
static const char *const dontunmap_aligns[] = { "pmd", "mutual", "unaligned", NULL };
static const char *const dontunmap_fills[] = { "0", "100", NULL };
static const char *const dontunmap_folios[] = { "4K", "2M", NULL };
static const char *const dontunmap_types[] = { "anon", "shmem", "shared",   "file", "copied",
					       "vvar", "perf",	"io_uring", NULL };
static const char *const dontunmap_steps[] = { "move",	     "refault",	      "both",
					       "uffd_copy",  "uffd_continue", "uffd_move",
					       "uffd_fault", "other_length",  "no_maymove",
					       NULL };
static const struct param dontunmap_params[] = {
	{ "size", dontunmap_sizes },
	{ "align", dontunmap_aligns },
	{ "fill", dontunmap_fills },
	{ "folio", dontunmap_folios },
	{ "type", dontunmap_types },
	{ "step", dontunmap_steps },
	{ NULL, NULL },
};

const struct bench bench_dontunmap = {
	.name = "dontunmap",
	.about = "mremap(MREMAP_DONTUNMAP), and filling again what it left empty",
	.params = dontunmap_params,
	.state_size = sizeof(struct dontunmap_state),
	.rules = dontunmap_rules,
	.supported = dontunmap_supported,
	.setup = dontunmap_setup,
	.ready = dontunmap_ready,
	.body = dontunmap_body,
	.verify = dontunmap_verify,
	.outcome = dontunmap_outcome,
	.reset = dontunmap_reset,
	.teardown = dontunmap_teardown,
	.expect = dontunmap_expect,
	.burden = dontunmap_burden,
};
