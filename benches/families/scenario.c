// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario: what real programs do with mremap. A scenario is one `struct scenario` in
 * benches/scenario_*.c, which tells the program, and one line here.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "benches/cell.h"
#include "benches/families/scenario.h"

/* clang-format off */
#define SCENARIOS \
	SCENARIO(realloc_doubling) \
	SCENARIO(realloc_in_place) \
	SCENARIO(column_store_doubling) \
	SCENARIO(collector_pause) \
	SCENARIO(linear_allocator) \
	SCENARIO(defragment) \
	SCENARIO(checkpoint_restore) \
	SCENARIO(shared_file_growth) \
	SCENARIO(small_move_ring)

#define SCENARIO(word) #word,
static const char *const scenario_names[] = { SCENARIOS NULL };
#undef SCENARIO
#define SCENARIO(word) &scenario_##word,
static const struct scenario *const scenarios[] = { SCENARIOS };
#undef SCENARIO
/* clang-format on */

struct scenario_state {
	const struct bench *does;
	void *own; /* its state */
};

static const struct scenario *scenario_of(const struct cell *cell)
{
	for (size_t i = 0; scenario_names[i]; i++)
		if (cell_is(cell, "name", scenario_names[i]))
			return scenarios[i];
	abort(); /* a cell's values are the names above */
}

/* Is the cell's value one of the words? */
static bool value_among(const struct cell *cell, const char *param, const char *words)
{
	const char *value = cell_value(cell, param);
	size_t length = strlen(value);

	for (const char *at = words; *at; at += strspn(at, " ")) {
		size_t word = strcspn(at, " ");

		if (word == length && strncmp(at, value, length) == 0)
			return true;
		at += word;
	}
	return false;
}

static bool scenario_other_part(const struct cell *cell)
{
	return !value_among(cell, "part", scenario_of(cell)->parts);
}

static bool scenario_other_count(const struct cell *cell)
{
	return !value_among(cell, "count", scenario_of(cell)->counts);
}

static bool scenario_other_size(const struct cell *cell)
{
	return !value_among(cell, "size", scenario_of(cell)->sizes);
}

static bool scenario_other_folio(const struct cell *cell)
{
	return !value_among(cell, "folio", scenario_of(cell)->folios);
}

static bool scenario_other_fill(const struct cell *cell)
{
	return !value_among(cell, "fill", scenario_of(cell)->fills);
}

static bool scenario_sparse_folio(const struct cell *cell)
{
	return cell_is(cell, "folio", "2M") && !cell_is(cell, "fill", "100");
}

/* Sizes above the largest whose 4 KiB pages are all there; only collectors' heaps are as large. */
static bool scenario_is_huge(const struct cell *cell)
{
	return cell_is(cell, "size", "1G") || cell_is(cell, "size", "2G");
}

static bool scenario_heap_full(const struct cell *cell)
{
	return scenario_is_huge(cell) && cell_is(cell, "folio", "4K") &&
	       cell_is(cell, "fill", "100");
}

static bool scenario_heap_sparse(const struct cell *cell)
{
	return cell_is(cell, "name", "collector_pause") && !scenario_is_huge(cell) &&
	       cell_is(cell, "fill", "pmd1");
}

static bool scenario_heap_folios(const struct cell *cell)
{
	return cell_is(cell, "size", "2G") && cell_is(cell, "folio", "2M");
}

/* A gibibyte that comes back folio by folio, beside one that went: 256 MiB tell the cost of each. */
static bool scenario_refault_folios(const struct cell *cell)
{
	return cell_is(cell, "part", "refault") && cell_is(cell, "size", "1G") &&
	       cell_is(cell, "folio", "2M");
}

static bool scenario_all_small(const struct cell *cell)
{
	return cell_is(cell, "part", "all") && cell_is(cell, "size", "256M") &&
	       cell_is(cell, "folio", "4K");
}

static bool scenario_granules_empty(const struct cell *cell)
{
	return cell_is(cell, "count", "10000") && cell_is(cell, "fill", "0");
}

static const struct rule scenario_rules[] = {
	{ scenario_other_part, "the program has no such part" },
	{ scenario_other_count, "a scenario has the counts that its program comes to" },
	{ scenario_other_size, "a scenario has the sizes that its program comes to" },
	{ scenario_other_folio, "2 MiB folios are for programs whose buffers hold some" },
	{ scenario_other_fill, "a scenario has its program's fill" },
	{ scenario_sparse_folio, "a folio size is a property of pages: all are there" },
	{ scenario_heap_full, "from 1 GiB on one page a PMD stands for all: tables move whole" },
	{ scenario_heap_sparse, "up to 256 MiB all pages are there" },
	{ scenario_heap_folios, "2 GiB in pages that are all there leave a guest nothing" },
	{ scenario_refault_folios, "256 MiB in 2 MiB folios tell what each costs to fault again" },
	{ scenario_all_small, "faults of 4 KiB pages are most of it: 32 MiB of them tell enough" },
	{ scenario_granules_empty, "1000 empty granules tell what 10000 would" },
	{ NULL, NULL },
};

static int scenario_supported(const struct cell *cell, char *reason)
{
	const struct bench *does = &scenario_of(cell)->does;

	return does->supported ? does->supported(cell, reason) : 0;
}

static int scenario_setup(const struct cell *cell, void *opaque, char *reason)
{
	struct scenario_state *state = opaque;

	state->does = &scenario_of(cell)->does;
	state->own = calloc(1, state->does->state_size);
	if (!state->own)
		return reason_set(reason, -ENOMEM, "no memory for the scenario");
	return state->does->setup(cell, state->own, reason);
}

static int scenario_ready(void *opaque, char *reason)
{
	const struct scenario_state *state = opaque;

	return state->does->ready(state->own, reason);
}

static void scenario_body(void *opaque)
{
	const struct scenario_state *state = opaque;

	state->does->body(state->own);
}

static int scenario_verify(void *opaque, char *reason)
{
	const struct scenario_state *state = opaque;

	return state->does->verify(state->own, reason);
}

static void scenario_outcome(void *opaque, struct outcomes *outcomes)
{
	const struct scenario_state *state = opaque;

	state->does->outcome(state->own, outcomes);
}

static int scenario_reset(void *opaque, char *reason)
{
	const struct scenario_state *state = opaque;

	return state->does->reset(state->own, reason);
}

static void scenario_teardown(void *opaque)
{
	struct scenario_state *state = opaque;

	if (state->own)
		state->does->teardown(state->own);
	free(state->own);
}

static void scenario_expect(const struct cell *cell, struct kernel_version kernel,
			    struct fingerprint *fingerprint)
{
	const struct bench *does = &scenario_of(cell)->does;

	if (does->expect)
		does->expect(cell, kernel, fingerprint);
}

static void scenario_burden(const struct cell *cell, struct burden *burden)
{
	const struct bench *does = &scenario_of(cell)->does;

	if (does->burden)
		does->burden(cell, burden);
}

static const char *const scenario_parts[] = { "calls", "refault", "all", NULL };
static const char *const scenario_counts[] = { "1", "64", "500", "1000", "10000", NULL };
static const char *const scenario_sizes[] = { "32M",  "256M", "512M", "1G",    "2G",
					      "256K", "1M",   "2M",   "mixed", NULL };
static const char *const scenario_folios[] = { "4K", "2M", NULL };
static const char *const scenario_fills[] = { "100", "pmd1", "0", "mixed", NULL };
static const struct param scenario_params[] = {
	{ "name", scenario_names },
	{ "part", scenario_parts },
	{ "count", scenario_counts },
	{ "size", scenario_sizes },
	{ "folio", scenario_folios },
	{ "fill", scenario_fills },
	{ NULL, NULL },
};

const struct bench bench_scenario = {
	.name = "scenario",
	.about = "a program's whole pattern of mremap calls; part=all: with its page touching",
	.params = scenario_params,
	.state_size = sizeof(struct scenario_state),
	.rules = scenario_rules,
	.supported = scenario_supported,
	.setup = scenario_setup,
	.ready = scenario_ready,
	.body = scenario_body,
	.verify = scenario_verify,
	.outcome = scenario_outcome,
	.reset = scenario_reset,
	.teardown = scenario_teardown,
	.expect = scenario_expect,
	.burden = scenario_burden,
};
