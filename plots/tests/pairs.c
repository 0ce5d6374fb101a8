// SPDX-License-Identifier: GPL-2.0-only
/* pairs: writes databases of small runs, each other than most in one thing. */
#include "plots/tests/pairs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "results/store.h"

enum { SAMPLES = 9, TRIALS = 2 };

static const char *or_else(const char *words, const char *usual)
{
	return words ? words : usual;
}

static void note(struct store *store, int64_t run, const char *key, const char *value)
{
	if (value)
		assert_int_equal(store_run_note(store, run, key, value, NULL), 0);
}

static void trial_write(struct store *store, int64_t run, const struct pairs_run *from,
			int64_t sequence)
{
	const char *instrument = or_else(from->instrument, "insn");
	const bool counted = strcmp(instrument, "insn") == 0;
	uint64_t values[SAMPLES], path[SAMPLES], refill[SAMPLES];
	const struct series_record series = { counted			       ? "insn"
					      : strcmp(instrument, "pmu") == 0 ? "instructions:k"
									       : "ns",
					      counted ? "instructions" : "ns", NULL, values };
	const struct measurement_record cell = { .cell = or_else(from->cell,
								 "merge/neighbour=both"),
						 .status = "ok",
						 .reason = "",
						 .expected = "",
						 .samples = SAMPLES,
						 .series_count = 1,
						 .series = &series };
	const struct function_record functions[] = { { "move_vma", path }, { "new_slab", refill } };
	const struct profile_record profile = { counted ? 2 : 0, functions };
	const struct splat_record warning = { "warn", "WARNING: mm/mremap.c", 1 };
	const struct trial_record trial = {
		.sequence = sequence,
		.status = "ok",
		.reason = "",
		.console = "",
		.started_us = 1700000000000000 + run * 1000000 + sequence * 1000,
		.ended_us = 1700000000000500 + run * 1000000 + sequence * 1000,
		.measurement_count = 1,
		.measurements = &cell,
		.splats = from->splat,
		.splat_count = from->splat,
		.splat_records = &warning,
		.profiles = &profile,
	};

	for (size_t i = 0; i < SAMPLES; i++) {
		path[i] = from->path ? from->path : 1000;
		refill[i] = from->refill;
		values[i] = path[i] + refill[i] + (counted ? 0 : i % 3);
	}
	assert_int_equal(store_trial_save(store, run, &trial, NULL), 0);
}

static void run_write(struct store *store, const struct pairs_run *from)
{
	const struct kernel_record kernel = { from->kernel, from->kernel, "7.3.4", "", "file", "" };
	struct run_record record = {
		.suite = or_else(from->suite, "core"),
		.suite_sha256 = "5",
		.instrument = or_else(from->instrument, "insn"),
		.machine = or_else(from->machine, "Some CPU, 2 CPUs"),
		.command = "remapbench run",
		.trials_planned = TRIALS,
		.kernel_traits = from->traits,
	};
	struct fault fault = { 0 };
	int64_t run = 0;

	if (store_kernel_put(store, &kernel, &record.kernel_id, &fault) ||
	    store_run_begin(store, &record, &run, &fault))
		fail_msg("%s", fault.text);
	note(store, run, "guest.recipe", or_else(from->recipe, "q35"));
	note(store, run, "reference", from->reference);
	note(store, run, "run.group", from->group);
	note(store, run, "run.order_seed", from->group ? "7" : NULL);
	for (int64_t sequence = 1; sequence <= TRIALS; sequence++)
		trial_write(store, run, from, sequence);
	if (store_run_end(store, run, or_else(from->status, "complete"), "", &fault))
		fail_msg("%s", fault.text);
}

void pairs_write(const char *database, const struct pairs_run *runs, size_t count)
{
	struct fault fault = { 0 };
	struct store *store;

	if (store_open(database, STORE_WRITE, &store, &fault))
		fail_msg("%s", fault.text);
	for (size_t i = 0; i < count; i++)
		run_write(store, &runs[i]);
	store_close(store);
}
