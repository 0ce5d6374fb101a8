// SPDX-License-Identifier: GPL-2.0-only
/* compare_fixture: pairs of runs with every verdict that a row can have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "results/tests/compare_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { TRIALS = 8, SAMPLES = 9, TIMED = 3 };

static void note(struct fixture *fixture, int64_t run, const char *key, const char *value)
{
	assert_int_equal(store_run_note(fixture->store, run, key, value, NULL), 0);
}

/* What a cell takes in one trial of one side: no two trials alike, and nothing at random. */
static uint64_t time_of(size_t cell, size_t trial, int b)
{
	static const uint64_t wobble[TRIALS] = { 3, 9, 1, 7, 5, 0, 8, 4 };
	uint64_t base = wobble[trial] * 2 + (uint64_t)b;

	if (cell == 0) /* dearer by a tenth */
		return b ? 110000 + base * 7 : 100000 + base * 7;
	if (cell == 1) /* the same */
		return 50000 + base * 3;
	return 20000 + wobble[(trial * 3 + (size_t)b) % TRIALS] * 800;
}

static void timed_run(struct fixture *fixture, int64_t kernel, int b)
{
	static const char *const cells[TIMED] = {
		"move/size=2M/align=pmd/fill=100/folio=4K",
		"move/size=4K/align=unaligned/fill=100/folio=4K",
		"floor/op=clock",
	};
	int64_t run = fixture_run(fixture, kernel, "clock");

	assert_int_equal(run, b ? TIMES_B : TIMES_A);
	note(fixture, run, "run.group", "0123456789abcdef");
	note(fixture, run, "run.order_seed", "7");
	for (size_t trial = 0; trial < TRIALS; trial++) {
		struct measurement_record records[TIMED];
		struct series_record series[TIMED];
		uint64_t values[TIMED][3];
		/* ABBA: A 0, B 1, B 2, A 3 */
		size_t place = trial / 2 * 4 + (b ? 1 + trial % 2 : trial % 2 * 3);
		const struct trial_record record = {
			.sequence = (int64_t)trial + 1,
			.status = "ok",
			.reason = "",
			.console = "",
			.started_us = 1700000000000000 + (int64_t)place * 1000000,
			.ended_us = 1700000000900000 + (int64_t)place * 1000000,
			.measurement_count = TIMED,
			.measurements = records,
		};

		for (size_t i = 0; i < TIMED; i++) {
			for (size_t s = 0; s < 3; s++)
				values[i][s] = time_of(i, trial, b) + s - 1;
			series[i] = (struct series_record){ "ns", "ns", NULL, values[i] };
			records[i] = (struct measurement_record){ .cell = cells[i],
								  .status = "ok",
								  .reason = "",
								  .expected = "",
								  .samples = 3,
								  .series_count = 1,
								  .series = &series[i] };
		}
		assert_int_equal(store_trial_save(fixture->store, run, &record, NULL), 0);
	}
	assert_int_equal(store_run_end(fixture->store, run, "complete", "", NULL), 0);
}

struct counted {
	const char *cell;
	uint64_t a[SAMPLES], b[SAMPLES];
	uint64_t errno_a, errno_b, tables_a, tables_b, moved_b;
	const char *status_b, *reason_b; /* NULL: as A */
	const char *reject_b; /* of B's samples; NULL: all are valid */
	uint32_t rejects_b; /* so many from the first on; 0: all */
	/* Of these, in mremap's path and in return thunks by a profile, the rest in a slab's refill; path 0: it
	 * has no profile. */
	uint64_t path_a, path_b, thunks_a, thunks_b;
};

#define ALL(value)                                                            \
	{                                                                     \
		value, value, value, value, value, value, value, value, value \
	}

static const struct counted counted[] = {
	{ .cell = "move/size=2M/align=pmd/fill=100/folio=4K",
	  .a = { 900, 900, 900, 900, 900, 1400, 900, 900, 900 },
	  .b = ALL(1412),
	  .tables_b = 1 },
	{ .cell = "move/size=2M/align=unaligned/fill=100/folio=4K",
	  .a = ALL(5000),
	  .b = ALL(4488),
	  .tables_a = 2,
	  .tables_b = 2 },
	/* It was refused. */
	{ .cell = "multi_vma/vmas=3/how=one_call/kind=anon/piece=16K/fill=100",
	  .a = ALL(700),
	  .b = ALL(9000),
	  .errno_a = 14,
	  .tables_b = 3 },
	/* It moves more than it did, and is refused all the same. */
	{ .cell = "multi_vma_fail/case=uffd_last",
	  .a = ALL(1281),
	  .b = ALL(25014),
	  .errno_a = 14,
	  .errno_b = 14,
	  .moved_b = 2 },
	/* No steady state, and each sample is dearer than the one at its place. */
	{ .cell = "multi_vma/vmas=100/how=many_calls/kind=anon/piece=16K/fill=100",
	  .a = { 70011, 71500, 70307, 72044, 71102, 70500, 70900, 71011, 71777 },
	  .b = { 70061, 71556, 70357, 72099, 71152, 70551, 70950, 71061, 71830 } },
	/* No steady state, and now the one is dearer, now the other. */
	{ .cell = "scenario/name=checkpoint_restore/part=calls",
	  .a = { 8000, 8100, 8200, 8300, 8400, 8500, 8600, 8700, 8800 },
	  .b = { 8010, 8090, 8210, 8290, 8410, 8490, 8610, 8690, 8810 } },
	/* Only where a slab was refilled differs. */
	{ .cell = "merge/neighbour=both",
	  .a = ALL(6000),
	  .b = { 6000, 6000, 6540, 6000, 6000, 6000, 6000, 6000, 6000 } },
	{ .cell = "move/size=1G/align=pud/fill=100/folio=4K",
	  .a = ALL(4000),
	  .status_b = "failed",
	  .reason_b = "the guest panicked" },
	{ .cell = "relocate/flags=8/size=2M/fill=100",
	  .a = ALL(4000),
	  .status_b = "unsupported",
	  .reason_b = "errno 22: this kernel has no such flag" },
	/* Only what refills take, in every sample. */
	{ .cell = "dontunmap/size=2M/fill=100",
	  .a = ALL(3000),
	  .b = ALL(3540),
	  .path_a = 2900,
	  .path_b = 2900 },
	/* The path costs more, though refills hide it. */
	{ .cell = "dontunmap/size=4K/fill=100",
	  .a = ALL(3500),
	  .b = ALL(3012),
	  .path_a = 2900,
	  .path_b = 2912 },
	/* Code that only moved. */
	{ .cell = "dontunmap/size=32M/fill=100",
	  .a = ALL(3600),
	  .b = ALL(3614),
	  .path_a = 3500,
	  .path_b = 3500,
	  .thunks_a = 28,
	  .thunks_b = 42 },
	/* Another path, at a cost, without one, and as little as one that is wrong in what it leaves behind. */
	{ .cell = "move/size=32M/align=pmd/fill=100/folio=4K",
	  .a = ALL(1300),
	  .b = { 9100, 9000, 9000, 9000, 9000, 9000, 9000, 9000, 9000 },
	  .tables_b = 16,
	  .reject_b = REJECT_PATH "__pte_alloc entered 16 times instead of 0",
	  .path_a = 1300,
	  .path_b = 9000 },
	{ .cell = "move/size=32M/align=unaligned/fill=0/folio=4K",
	  .a = ALL(1200),
	  .b = ALL(1200),
	  .tables_b = 1,
	  .reject_b = REJECT_PATH "__pte_alloc entered 1 times instead of 0" },
	/* Some of the samples: whatever the others say, it is not what it was. */
	{ .cell = "move/size=1G/align=pmd/fill=100/folio=4K",
	  .a = ALL(4100),
	  .b = { 9100, 9100, 9100, 9100, 9100, 9100, 9100, 9100, 4100 },
	  .reject_b = REJECT_PATH "__pte_alloc entered 16 times instead of 0",
	  .rejects_b = 8 },
	{ .cell = "move/size=1G/align=unaligned/fill=100/folio=4K",
	  .a = ALL(4200),
	  .b = ALL(4200),
	  .reject_b = "page 7 has other bytes than before",
	  .rejects_b = 1 },
	{ .cell = "move/size=3M/align=mutual/fill=100/folio=4K",
	  .a = ALL(1250),
	  .b = ALL(1251),
	  .reject_b = "page 7 has other bytes than before" },
};

/* move_vma is of the path, new_slab a refill, its_return_thunk of the layout (configs/function-groups). */
struct counted_profile {
	uint64_t path[SAMPLES], refill[SAMPLES], thunks[SAMPLES];
	struct function_record functions[3];
};

static struct profile_record profile_of(const struct counted *from, int b,
					struct counted_profile *to)
{
	uint64_t path = b ? from->path_b : from->path_a;
	uint64_t thunks = b ? from->thunks_b : from->thunks_a;

	for (size_t s = 0; s < SAMPLES; s++) {
		to->path[s] = path;
		to->thunks[s] = thunks;
		to->refill[s] = (b ? from->b[s] : from->a[s]) - path - thunks;
	}
	to->functions[0] = (struct function_record){ "move_vma", to->path };
	to->functions[1] = (struct function_record){ "new_slab", to->refill };
	to->functions[2] = (struct function_record){ "its_return_thunk", to->thunks };
	return (struct profile_record){ path ? 3 : 0, to->functions };
}

static void counted_run(struct fixture *fixture, int64_t kernel, int b)
{
	struct measurement_record records[COUNT(counted)];
	struct series_record series[COUNT(counted)][4];
	struct counted_profile functions[COUNT(counted)];
	struct profile_record profiles[COUNT(counted)];
	struct reject_record rejects[COUNT(counted)][SAMPLES];
	uint64_t errnos[COUNT(counted)][SAMPLES], tables[COUNT(counted)][SAMPLES],
		moved[COUNT(counted)][SAMPLES];
	const struct trial_record trial = {
		.sequence = 1,
		.status = "ok",
		.reason = "",
		.console = "",
		.measurement_count = COUNT(counted),
		.measurements = records,
		.profiles = profiles,
	};
	int64_t run = fixture_run(fixture, kernel, "insn");

	assert_int_equal(run, b ? COUNTS_B : COUNTS_A);
	note(fixture, run, "kernel.toolchain", b ? "gcc 14.2.0" : "gcc 12.2.0");
	note(fixture, run, "agent.thp.enabled", b ? "[always] madvise never" : "[madvise] never");
	for (size_t i = 0; i < COUNT(counted); i++) {
		const struct counted *from = &counted[i];
		const char *status = b && from->status_b ? from->status_b : "ok";

		profiles[i] = profile_of(from, b, &functions[i]);
		for (size_t s = 0; s < SAMPLES; s++) {
			errnos[i][s] = b ? from->errno_b : from->errno_a;
			tables[i][s] = b ? from->tables_b : from->tables_a;
			moved[i][s] = b ? from->moved_b : 0;
			rejects[i][s] = (struct reject_record){ (uint32_t)s, from->reject_b };
		}
		series[i][0] = (struct series_record){ "insn", "instructions", NULL,
						       b ? from->b : from->a };
		series[i][1] =
			(struct series_record){ "fn:__pte_alloc", "entries", NULL, tables[i] };
		series[i][2] = (struct series_record){ "outcome:errno", "count", NULL, errnos[i] };
		series[i][3] = (struct series_record){ "outcome:moved", "count", NULL, moved[i] };
		records[i] = (struct measurement_record){
			.cell = from->cell,
			.status = status,
			.reason = b && from->status_b ? from->reason_b : "",
			.expected = "",
			.samples = strcmp(status, "ok") ? 0 : SAMPLES,
			.series_count = strcmp(status, "ok") ? 0 : 4,
			.series = series[i],
			.reject_count = !b || !from->reject_b ? 0
					: from->rejects_b     ? from->rejects_b
							      : SAMPLES,
			.rejects = rejects[i],
		};
	}
	assert_int_equal(store_trial_save(fixture->store, run, &trial, NULL), 0);
	assert_int_equal(store_run_end(fixture->store, run, "complete", "", NULL), 0);
}

void compare_fill(struct fixture *fixture)
{
	int64_t older, newer;

	fixture_open(fixture);
	older = fixture_kernel(fixture, "base", "6.12.1-base");
	newer = fixture_kernel(fixture, "patched", "6.12.1-patched");
	timed_run(fixture, older, 0);
	timed_run(fixture, newer, 1);
	counted_run(fixture, older, 0);
	counted_run(fixture, newer, 1);
	fixture_close(fixture);
	fixture_sql(fixture->path, "UPDATE run SET pid = 1, pid_started = 1, boot_id = 'x',"
				   " started_us = 1700000000000000 + id * 1000000000,"
				   " ended_us = 1700000060000000 + id * 1000000000");
}
