// SPDX-License-Identifier: GPL-2.0-only
/* matrix: writes a database of some 900 cells a run, with numbers from a formula. */
#include "plots/tests/matrix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "results/store.h"

enum { CELLS = 1000, FUNCTIONS = 36, OUTCOMES = 2, SERIES = 1 + FUNCTIONS + OUTCOMES, SAMPLES = 3 };

struct matrix {
	struct measurement_record items[CELLS];
	struct series_record series[CELLS][SERIES];
	uint64_t values[CELLS][SERIES][SAMPLES];
	struct reject_record rejects[CELLS][SAMPLES];
	char keys[CELLS][128];
	char names[FUNCTIONS][32];
	size_t count;
	int kernel; /* 0: 6.1, which has no small THPs; 1: 6.17 */
};

static void series_fill(struct matrix *matrix, size_t at, size_t which, const char *metric,
			const char *unit, uint64_t value)
{
	for (size_t i = 0; i < SAMPLES; i++)
		matrix->values[at][which][i] = value;
	matrix->series[at][which] =
		(struct series_record){ metric, unit, NULL, matrix->values[at][which] };
}

static struct measurement_record *cell_add(struct matrix *matrix, uint64_t cost, const char *fmt,
					   ...) __attribute__((format(printf, 3, 4)));

static struct measurement_record *cell_add(struct matrix *matrix, uint64_t cost, const char *fmt,
					   ...)
{
	size_t at = matrix->count++;
	va_list args;
	bool tables;

	assert_true(at < CELLS);
	va_start(args, fmt);
	vsnprintf(matrix->keys[at], sizeof(matrix->keys[at]), fmt, args);
	va_end(args);
	tables = strstr(matrix->keys[at], "unaligned") != NULL;
	series_fill(matrix, at, 0, "insn", "instructions", cost);
	for (size_t f = 0; f < FUNCTIONS; f++)
		series_fill(matrix, at, 1 + f, matrix->names[f], "entries",
			    f == 0 ? 17 * (uint64_t)tables : f < 5);
	series_fill(matrix, at, 1 + FUNCTIONS, "outcome:vmas", "count", 1 + at % 3);
	series_fill(matrix, at, 2 + FUNCTIONS, "outcome:errno", "count", at % 50 ? 0 : 22);
	matrix->items[at] = (struct measurement_record){
		.cell = matrix->keys[at],
		.status = "ok",
		.reason = "",
		.expected = tables ? "__pte_alloc=17" : "__pte_alloc=0",
		.samples = SAMPLES,
		.series_count = SERIES,
		.series = matrix->series[at],
	};
	return &matrix->items[at];
}

static void cell_unsupported(struct measurement_record *item, const char *reason)
{
	item->status = "unsupported";
	item->reason = reason;
	item->samples = 0;
	item->series_count = 0;
}

static void cell_reject(struct matrix *matrix, struct measurement_record *item, const char *reason)
{
	size_t at = (size_t)(item - matrix->items);

	for (uint32_t i = 0; i < SAMPLES; i++)
		matrix->rejects[at][i] = (struct reject_record){ i, reason };
	item->rejects = matrix->rejects[at];
	item->reject_count = SAMPLES;
}

static const char *const sizes[] = { "4K", "64K", "512K", "2M", "3M",
				     "5M", "32M", "256M", "1G", "2G" };
static const uint64_t kilobytes[] = {
	4, 64, 512, 2048, 3072, 5120, 32768, 262144, 1048576, 2097152
};
enum { SIZES = 10, MIB_32 = 6 };

/* What a populated move "costs": by the page, or by the table of pages. */
static uint64_t move_cost(const struct matrix *matrix, size_t size, const char *align)
{
	uint64_t pages = kilobytes[size] / 4, tables = 1 + pages / 512;
	uint64_t base = 7000 - 500 * (uint64_t)matrix->kernel;

	if (!strncmp(align, "unaligned", 9))
		return base + 55 * pages;
	if (!strncmp(align, "pud", 3))
		return base + 900 * (1 + pages / 262144);
	return base + 1500 * tables + (*align == 'm' ? 5000 : 0);
}

static void moves_of_sizes(struct matrix *matrix)
{
	static const char *const aligns[] = { "pud",
					      "pmd",
					      "mutual",
					      "unaligned",
					      "mutual_short",
					      "mutual_low_src",
					      "mutual_low_dst",
					      "mutual_inside",
					      "unaligned_end",
					      "pmd_down",
					      "mutual_down",
					      "unaligned_down",
					      "near_up",
					      "near_down" };

	for (size_t s = 0; s < SIZES; s++)
		for (size_t a = 0; a < sizeof(aligns) / sizeof(*aligns); a++) {
			uint64_t cost = move_cost(matrix, s, aligns[a]);

			if ((a == 0 && s < 8) || (a == 2 && s < 4))
				continue;
			cell_add(matrix, 7002, "move/size=%s/align=%s/fill=0/folio=4K/type=anon",
				 sizes[s], aligns[a]);
			cell_add(matrix, cost, "move/size=%s/align=%s/fill=100/folio=4K/type=anon",
				 sizes[s], aligns[a]);
			if (a < 4 && s >= 3)
				cell_add(matrix, cost + (a == 3 ? cost / 2 : 0),
					 "move/size=%s/align=%s/fill=100/folio=2M/type=anon",
					 sizes[s], aligns[a]);
		}
}

/* At 32M: the kinds of memory, the folio sizes, the fills. */
static void moves_of_kinds(struct matrix *matrix)
{
	static const char *const aligns[] = { "pmd", "mutual", "unaligned" };
	static const char *const types[] = { "shmem", "shared", "file", "copied", "hugetlb" };
	static const char *const folios[] = { "16K",  "32K", "64K",    "128K",	"256K",
					      "512K", "1M",  "2Mptes", "2Mhalf" };
	static const char *const fills[] = { "pmd1",	 "10prefix", "50prefix", "10stride",
					     "50stride", "10random", "50random" };

	for (size_t a = 0; a < 3; a++) {
		uint64_t cost = move_cost(matrix, MIB_32, aligns[a]);

		for (size_t t = 0; t < 5; t++)
			for (int full = 0; full < 2; full++)
				cell_add(matrix, cost + 100 * t,
					 "move/size=32M/align=%s/fill=%d/folio=4K/type=%s",
					 aligns[a], full * 100, types[t]);
		for (size_t f = 0; f < 9; f++) {
			struct measurement_record *item = cell_add(
				matrix,
				cost + (a == 2 && f == 3 ? 450 : 0) + (a == 1 && f == 1 ? 3 : 0),
				"move/size=32M/align=%s/fill=100/folio=%s/type=anon", aligns[a],
				folios[f]);

			if (!matrix->kernel && f < 7)
				cell_unsupported(item, "no folios of this size: ENOENT");
			else if (a == 1 && f == 5)
				cell_reject(matrix, item, "page 3 is in a folio of order 0");
		}
		for (size_t f = 0; f < 7; f++)
			cell_add(matrix,
				 a == 2 ? 7000 + (cost - 7000) * (f % 2 || !f ? 1 : 2) / 4
					: cost - 20 * (7 - f),
				 "move/size=32M/align=%s/fill=%s/folio=4K/type=anon", aligns[a],
				 fills[f]);
	}
}

static void others(struct matrix *matrix)
{
	static const char *const benches[] = { "multi_vma", "merge",   "relocate",   "dontunmap",
					       "uffd",	    "resize",  "exec_stack", "contend",
					       "refuse",    "scenario" };

	for (size_t b = 0; b < sizeof(benches) / sizeof(*benches); b++)
		for (int i = 0; i < 52; i++) {
			struct measurement_record *item =
				cell_add(matrix, 3000 + 400 * (uint64_t)i,
					 "%s/size=%s/form=shape_%d/count=%d", benches[b],
					 sizes[i % 10], i / 10, i);

			if (b == 2)
				cell_unsupported(item, "this kernel has no "
						       "MREMAP_RELOCATE_ANON: EINVAL");
			if (b == 7)
				cell_unsupported(item, "for clock only");
		}
}

static void run_write(struct store *store, struct matrix *matrix, int kernel, bool narrow)
{
	static const struct kernel_record kernels[] = {
		{ "a1", "debian-6.1", "6.1.0-56-cloud-amd64", "6.1.192-2", "debian", "c1" },
		{ "a3", "debian-6.17", "6.17.13-cloud-amd64", "6.17.13-1", "debian", "c3" },
	};
	struct run_record run = { .suite = "full",
				  .suite_sha256 = "5",
				  .instrument = "insn",
				  .machine = "Some CPU, 2 CPUs",
				  .command = "remapbench run -s full -i insn -k KERNEL",
				  .trials_planned = 1 };
	struct trial_record trial = { .sequence = 1,
				      .status = "ok",
				      .reason = "",
				      .console = "",
				      .started_us = 1700000000000000,
				      .ended_us = 1700000000500000 };
	struct fault fault = { 0 };
	int64_t id;

	matrix->count = 0;
	matrix->kernel = kernel;
	for (size_t f = 0; f < FUNCTIONS; f++)
		snprintf(matrix->names[f], sizeof(matrix->names[f]),
			 f ? "fn:watched_function_%zu" : "fn:__pte_alloc", f);
	cell_add(matrix, 21, "floor/op=empty");
	cell_add(matrix, 170, "floor/op=getppid");
	moves_of_sizes(matrix);
	if (!narrow) {
		moves_of_kinds(matrix);
		others(matrix);
	}
	trial.measurements = matrix->items;
	trial.measurement_count = matrix->count;
	if (store_kernel_put(store, &kernels[kernel], &run.kernel_id, &fault) ||
	    store_run_begin(store, &run, &id, &fault) ||
	    store_trial_save(store, id, &trial, &fault) ||
	    store_run_end(store, id, "complete", "", &fault))
		fail_msg("%s", fault.text);
}

void matrix_write(const char *database)
{
	struct matrix *matrix = calloc(1, sizeof(*matrix));
	struct fault fault = { 0 };
	struct store *store;

	assert_non_null(matrix);
	if (store_open(database, STORE_WRITE, &store, &fault))
		fail_msg("%s", fault.text);
	run_write(store, matrix, 0, false);
	run_write(store, matrix, 1, false);
	run_write(store, matrix, 1, true);
	store_close(store);
	free(matrix);
}
