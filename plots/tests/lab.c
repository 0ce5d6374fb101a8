// SPDX-License-Identifier: GPL-2.0-only
/* lab: databases of many kernels, with numbers from formulas. */
#include "plots/tests/lab.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "results/store.h"

enum { CELLS = 160, SERIES = 3 };

struct lab_run {
	struct store *store;
	int64_t id;
	struct measurement_record items[CELLS];
	struct series_record series[CELLS][SERIES];
	uint64_t values[CELLS][SERIES][3];
	char keys[CELLS][128];
	size_t count;
};

static struct store *open_new(const char *database)
{
	struct fault fault = { 0 };
	struct store *store;

	if (store_open(database, STORE_WRITE, &store, &fault))
		fail_msg("%s", fault.text);
	return store;
}

static struct lab_run *run_begin(struct store *store, const struct kernel_record *kernel,
				 const char *traits, const char *recipe)
{
	struct lab_run *run = calloc(1, sizeof(*run));
	struct run_record record = { "core", "5",   0, "insn", "Some CPU", "remapbench run -s core",
				     1,	     traits };
	struct fault fault = { 0 };

	assert_non_null(run);
	run->store = store;
	if (store_kernel_put(store, kernel, &record.kernel_id, &fault) ||
	    store_run_begin(store, &record, &run->id, &fault) ||
	    store_run_note(store, run->id, "guest.recipe", recipe, &fault))
		fail_msg("%s", fault.text);
	return run;
}

/* A cell with three equal samples, the errno that it got, and one function's entries. */
static struct measurement_record *cell_add(struct lab_run *run, const char *key, uint64_t count,
					   uint64_t error, uint64_t entries)
{
	static const struct {
		const char *metric, *unit;
	} metrics[SERIES] = { { "insn", "instructions" },
			      { "outcome:errno", "errno" },
			      { "fn:__pte_alloc", "entries" } };
	size_t at = run->count++;
	struct measurement_record *item = &run->items[at];
	const uint64_t values[SERIES] = { count, error, entries };

	assert_true(at < CELLS);
	snprintf(run->keys[at], sizeof(run->keys[at]), "%s", key);
	for (size_t s = 0; s < SERIES; s++) {
		for (size_t i = 0; i < 3; i++)
			run->values[at][s][i] = values[s];
		run->series[at][s] = (struct series_record){ metrics[s].metric, metrics[s].unit,
							     NULL, run->values[at][s] };
	}
	*item = (struct measurement_record){ .cell = run->keys[at],
					     .status = "ok",
					     .reason = "",
					     .expected = "",
					     .samples = 3,
					     .series_count = SERIES,
					     .series = run->series[at] };
	return item;
}

static void cell_unsupported(struct lab_run *run, const char *key, const char *reason)
{
	struct measurement_record *item = cell_add(run, key, 1, 0, 0);

	item->status = "unsupported";
	item->reason = reason;
	item->samples = 0;
	item->series_count = 0;
}

static void run_end(struct lab_run *run)
{
	struct trial_record trial = { .sequence = 1,
				      .status = "ok",
				      .reason = "",
				      .console = "",
				      .started_us = 1700000000000000 + run->id * 1000000,
				      .ended_us = 1700000000000000 + run->id * 1000000 + 500000,
				      .measurement_count = run->count,
				      .measurements = run->items };
	struct fault fault = { 0 };

	if (store_trial_save(run->store, run->id, &trial, &fault) ||
	    store_run_end(run->store, run->id, "complete", "", &fault))
		fail_msg("%s", fault.text);
	free(run);
}

#define FULL "/fill=100/folio=4K/type=anon"
#define MULTI "multi_vma/vmas=100/how=%s/layout=adjacent/kind=anon/piece=16K/fill=100"

/* What a build of the history costs: steps at 6.12 and 6.17; one compiler's builds cost a little more. */
static void history_cells(struct lab_run *run, int minor, int patch, bool newer)
{
	uint64_t base = newer ? 1030 : 1000, jitter = (uint64_t)(patch % 3);
	char one[128];

	cell_add(run, "move/size=32M/align=pmd" FULL, 24 * base + jitter, 0, 0);
	cell_add(run, "move/size=32M/align=mutual" FULL, (minor < 7 ? 45 : 6) * base + jitter, 0,
		 minor < 7);
	cell_add(run, "move/size=32M/align=unaligned" FULL,
		 (minor >= 17 ? 420 : 380) * base + jitter * 10, 0, 17);
	snprintf(one, sizeof(one), MULTI, "one_call");
	cell_add(run, one, minor >= 17 ? 1200 * base : 3 * base / 2, minor >= 17 ? 0 : 14, 1);
	if (minor < 12)
		cell_unsupported(run, "move/size=32M/align=unaligned/fill=100/folio=64K/type=anon",
				 "this kernel has no folios of that size");
	else
		cell_add(run, "move/size=32M/align=unaligned/fill=100/folio=64K/type=anon",
			 400 * base, 0, 17);
}

static void history_build(struct store *store, const char *version, const char *suite, int minor,
			  int patch, bool newer)
{
	char release[96], name[96], origin[128];
	struct kernel_record kernel = { name, name, release, version, origin, "" };
	struct lab_run *run;

	snprintf(name, sizeof(name), "debian-%.60s-cloud-amd64", version);
	snprintf(release, sizeof(release), "%.60s-cloud-amd64", version);
	snprintf(origin, sizeof(origin), "debian %.20s linux-image %.60s", suite, version);
	run = run_begin(store, &kernel, "", "q35");
	history_cells(run, minor, patch, newer);
	run_end(run);
}

void lab_history(const char *database)
{
	static const int later[] = { 16, 17, 18, 19 };
	struct store *store = open_new(database);
	char version[64];

	for (int i = 0; i < 20; i++) {
		snprintf(version, sizeof(version), "6.1.%d-1", 150 + 2 * i);
		history_build(store, version, "bookworm-security", 1, i, false);
	}
	for (int i = 0; i < 18; i++) {
		snprintf(version, sizeof(version), "6.12.%d-1~bpo12+1", 43 + 4 * i);
		history_build(store, version, "bookworm-backports", 12, i, false);
		snprintf(version, sizeof(version), "6.12.%d-1", 43 + 4 * i);
		history_build(store, version, "trixie-security", 12, i, true);
	}
	for (size_t m = 0; m < sizeof(later) / sizeof(*later); m++)
		for (int i = 0; i < 4; i++) {
			snprintf(version, sizeof(version), "6.%d.%d-1~bpo13+1", later[m],
				 3 + 5 * i);
			history_build(store, version, "trixie-backports", later[m], i, true);
		}
	for (int i = 0; i < 6; i++) {
		snprintf(version, sizeof(version), "7.%d.%d-1~bpo13+1", i / 2, 4 + i);
		history_build(store, version, "trixie-backports", 17 + i, i, true);
	}
	history_build(store, "7.3~rc7-1~exp1", "experimental", 17, 0, true);
	history_build(store, "7.3.1-1", "sid", 17, 0, true);
	store_close(store);
}

/* The relocate cells: pages cost 260 each to relocate, large folios a share of it. */
static void relocate_cells(struct lab_run *run, bool flags, bool always)
{
	static const struct {
		const char *fill, *folio, *pages, *beside;
		unsigned int share; /* of 100, of what a page costs */
	} rows[] = {
		{ "100", "4K", "owned", "nothing", 100 },
		{ "50stride", "4K", "owned", "nothing", 50 },
		{ "100", "64K", "owned", "nothing", 12 },
		{ "100", "2M", "owned", "nothing", 2 },
		{ "0", "4K", "owned", "nothing", 0 },
		{ "100", "4K", "forked", "neighbours", 1 },
		{ "100", "4K", "pinned", "neighbours", 90 },
	};
	static const char *const sizes[] = { "4K", "2M", "32M" };
	static const int flag[] = { 0, 8, 16 };

	for (size_t s = 0; s < 3; s++)
		for (size_t r = 0; r < sizeof(rows) / sizeof(*rows); r++)
			for (size_t f = 0; f < 3; f++) {
				bool owned = strcmp(rows[r].pages, "owned") == 0;
				uint64_t bytes = 0, cost = 15000;
				char key[128];

				size_parse(sizes[s], &bytes);
				if (bytes < 2 << 20 && (r == 1 || r == 2 || r == 3 || !owned))
					continue;
				snprintf(
					key, sizeof(key),
					"relocate/flags=%d/size=%s/fill=%s/folio=%s/pages=%s/beside=%s",
					flag[f], sizes[s], rows[r].fill, rows[r].folio,
					rows[r].pages, rows[r].beside);
				if (flag[f] && !flags) {
					cell_unsupported(run, key,
							 "errno 22: this kernel has no such flag");
					continue;
				}
				cost += bytes >> 18;
				if (flag[f] || always)
					cost += 260 * (bytes >> 12) * rows[r].share / 100;
				cell_add(run, key, cost, flag[f] == 16 && !owned ? 14 : 0, 0);
			}
}

/* lacks: the trait of what it is without; "". */
static void move_cells(struct lab_run *run, const char *lacks)
{
	bool pmd = strcmp(lacks, "no-move-pmd") != 0, pud = strcmp(lacks, "no-move-pud") != 0;
	bool realign = strcmp(lacks, "no-realign") != 0, many = strcmp(lacks, "no-multi-vma") != 0;
	char key[128];

	cell_add(run, "floor/op=getppid", 170, 0, 0);
	cell_add(run, "move/size=2M/align=pmd" FULL, pmd ? 17000 : 40000, 0, pmd ? 0 : 1);
	cell_add(run, "move/size=32M/align=pmd" FULL, pmd ? 25000 : 400000, 0, pmd ? 0 : 16);
	cell_add(run, "move/size=32M/align=pmd/fill=100/folio=2M/type=anon", 24000, 0, 0);
	cell_add(run, "move/size=1G/align=pud" FULL, pud ? 10000 : 300000, 0, 0);
	cell_add(run, "move/size=32M/align=mutual" FULL, realign && pmd ? 40000 : 62000, 0,
		 realign ? 0 : 1);
	snprintf(key, sizeof(key), MULTI, "one_call");
	cell_add(run, key, many ? 1200000 : 1500, many ? 0 : 14, 1);
	snprintf(key, sizeof(key), MULTI, "many_calls");
	cell_add(run, key, 1400000, 0, 1);
}

void lab_kernels(const char *database)
{
	static const char *const lacking[] = { "", "no-move-pmd", "no-move-pud", "no-realign",
					       "no-multi-vma" };
	static const char *const built[] = {
		"built from linux-source-7.3 7.3.4-1, lab-small, 0 patches",
		"built from linux-source-7.3 7.3.4-1, lab-small, 1 patches"
	};
	struct store *store = open_new(database);
	struct lab_run *run;

	for (size_t i = 0; i < sizeof(lacking) / sizeof(*lacking); i++) {
		char name[64];
		struct kernel_record kernel = { name, name, "7.3.4", "", built[i > 0], "" };

		snprintf(name, sizeof(name), "7.3-%s", i ? lacking[i] : "small");
		run = run_begin(store, &kernel, lacking[i], "q35");
		move_cells(run, lacking[i]);
		if (!i)
			relocate_cells(run, false, false);
		run_end(run);
	}
	for (int always = 0; always < 2; always++) {
		const struct kernel_record kernel = { "r1", "7.3-relocation", "7.3.4",
						      "",   built[1],	      "" };

		run = run_begin(store, &kernel, "relocation",
				always ? "q35 -append 'mremap_relocate=always'" : "q35");
		relocate_cells(run, true, always);
		run_end(run);
	}
	run = run_begin(store,
			&(struct kernel_record){ "d1", "7.3-debug", "7.3.4", "", built[1], "" },
			"relocation, not for figures", "q35");
	relocate_cells(run, true, false);
	move_cells(run, "");
	run_end(run);
	store_close(store);
}
