// SPDX-License-Identifier: GPL-2.0-only
/* fixture: a database in a directory of its own, filled with what a test needs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "results/tests/fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

int fixture_make(void **state)
{
	const char *temporary = getenv("TMPDIR");
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	if (!fixture)
		return -1;
	snprintf(fixture->directory, sizeof(fixture->directory), "%s/remapbench-test-XXXXXX",
		 temporary ? temporary : "/tmp");
	if (!mkdtemp(fixture->directory)) {
		free(fixture);
		return -1;
	}
	snprintf(fixture->path, sizeof(fixture->path), "%s/results.db", fixture->directory);
	*state = fixture;
	return 0;
}

int fixture_remove(void **state)
{
	struct fixture *fixture = *state;
	int err;

	fixture_close(fixture);
	err = directory_remove(fixture->directory);
	free(fixture);
	return err;
}

void fixture_open(struct fixture *fixture)
{
	struct fault fault = { 0 };

	if (store_open(fixture->path, STORE_WRITE, &fixture->store, &fault))
		fail_msg("%s", fault.text);
}

void fixture_close(struct fixture *fixture)
{
	store_close(fixture->store);
	fixture->store = NULL;
}

int64_t fixture_kernel(struct fixture *fixture, const char *name, const char *release)
{
	char sha256[SHA256_HEX];
	const struct kernel_record kernel = {
		.sha256 = sha256,
		.name = name,
		.release = release,
		.version = "#1 SMP",
		.origin = "a test",
		.config_sha256 = "",
	};
	int64_t id = 0;

	assert_int_equal(bytes_sha256(release, 1 + snprintf(NULL, 0, "%s", release), sha256), 0);
	assert_int_equal(store_kernel_put(fixture->store, &kernel, &id, NULL), 0);
	return id;
}

int64_t fixture_run(struct fixture *fixture, int64_t kernel, const char *instrument)
{
	return fixture_run_traits(fixture, kernel, instrument, NULL);
}

int64_t fixture_run_traits(struct fixture *fixture, int64_t kernel, const char *instrument,
			   const char *traits)
{
	const struct run_record run = {
		.suite = "default",
		.suite_sha256 = "5f1d7a84db00d2fce00b31a7fc73224f3f4bd4d0c8a3e9e1dd5f4b8ae3c95f50",
		.kernel_id = kernel,
		.instrument = instrument,
		.machine = "Example CPU, 2 processors",
		.command = "remapbench run -s default -i insn -k 6.1",
		.trials_planned = 2,
		.kernel_traits = traits,
	};
	struct fault fault = { 0 };
	int64_t id = 0;

	if (store_run_begin(fixture->store, &run, &id, &fault))
		fail_msg("%s", fault.text);
	return id;
}

void fixture_trial(struct fixture *fixture, int64_t run, int64_t sequence, const char *cell,
		   const char *metric, const uint64_t *values, uint32_t samples)
{
	const struct series_record series = { .metric = metric, .unit = "u", .values = values };
	const struct measurement_record measurement = {
		.cell = cell,
		.status = "ok",
		.reason = "",
		.expected = "",
		.samples = samples,
		.series_count = 1,
		.series = &series,
	};
	const struct trial_record trial = {
		.sequence = sequence,
		.status = "ok",
		.reason = "",
		.console = "",
		.measurement_count = 1,
		.measurements = &measurement,
	};
	struct fault fault = { 0 };

	if (store_trial_save(fixture->store, run, &trial, &fault))
		fail_msg("%s", fault.text);
}

static sqlite3 *connect(const char *path)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 60000);
	return db;
}

void fixture_sql(const char *path, const char *sql)
{
	sqlite3 *db = connect(path);

	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

int64_t fixture_number(const char *path, const char *sql)
{
	sqlite3 *db = connect(path);
	sqlite3_stmt *stmt = NULL;
	int64_t number;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK ||
	    sqlite3_step(stmt) != SQLITE_ROW)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	number = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return number;
}

/* A cell of the guest runs: its cost, the guest's own clock, and two functions of its fingerprint. */
struct sketch {
	const char *cell, *status, *reason, *expected;
	uint64_t cost[3];
	uint64_t alloc[3], flush[3];
	const char *rejected; /* the first sample's reason, or NULL */
};

static const struct sketch sketches[] = {
	{ "move/size=32M/align=pmd/fill=100/folio=4K",
	  "ok",
	  "",
	  "__pte_alloc=0 flush_tlb_mm_range=17",
	  { 36801, 36790, 36812 },
	  { 0, 0, 0 },
	  { 17, 17, 17 },
	  NULL },
	{ "floor/empty", "ok", "", "", { 2, 2, 2 }, { 0, 0, 0 }, { 0, 0, 0 }, NULL },
	{ "move/size=32M/align=unaligned/fill=100/folio=4K",
	  "ok",
	  "",
	  "__pte_alloc=17 flush_tlb_mm_range=33",
	  { 923901, 423880, 423885 },
	  { 18, 17, 17 },
	  { 33, 33, 33 },
	  "__pte_alloc was entered 18 times, expected 17" },
	{ "move/size=1G/align=pud/fill=100/folio=2M",
	  "unsupported",
	  "the kernel has no \"huge\", pages, here",
	  "",
	  { 0 },
	  { 0 },
	  { 0 },
	  NULL },
	{ "move/size=2M/align=pmd/fill=0/folio=4K",
	  "failed",
	  "the guest panicked",
	  "",
	  { 0 },
	  { 0 },
	  { 0 },
	  NULL },
};

static void sketch_save(struct fixture *fixture, int64_t run, int64_t sequence, uint64_t add,
			const char *status, const char *reason, const char *console)
{
	struct measurement_record records[COUNT(sketches)];
	struct series_record series[COUNT(sketches)][5];
	uint64_t cost[COUNT(sketches)][3], tsc[COUNT(sketches)][3];
	struct reject_record rejects[COUNT(sketches)];
	struct trial_record trial = {
		.sequence = sequence,
		.status = status,
		.reason = reason,
		.console = console,
		.started_us = 1700000000000000,
		.ended_us = 1700000009000000,
		.measurement_count = COUNT(sketches),
		.measurements = records,
	};
	struct fault fault = { 0 };

	for (size_t i = 0; i < COUNT(sketches); i++) {
		const struct sketch *from = &sketches[i];
		uint32_t samples = from->status[0] == 'o' ? 3 : 0;

		for (size_t j = 0; j < 3; j++) {
			cost[i][j] = from->cost[j] + (from->cost[j] > 100 ? add : 0);
			tsc[i][j] = cost[i][j] + 40;
		}
		series[i][0] = (struct series_record){ .metric = "insn",
						       .unit = "instructions",
						       .values = cost[i] };
		series[i][1] = (struct series_record){ .metric = "tsc",
						       .unit = "instructions",
						       .values = tsc[i] };
		series[i][2] = (struct series_record){ .metric = "fn:__pte_alloc",
						       .unit = "entries",
						       .values = from->alloc };
		series[i][3] = (struct series_record){ .metric = "fn:flush_tlb_mm_range",
						       .unit = "entries",
						       .values = from->flush };
		series[i][4] = (struct series_record){ .metric = "page-faults",
						       .unit = "events",
						       .unsupported = "no such event in a guest" };
		rejects[i] = (struct reject_record){ .sample = 0, .reason = from->rejected };
		records[i] = (struct measurement_record){
			.cell = from->cell,
			.status = from->status,
			.reason = from->reason,
			.expected = from->expected,
			.samples = samples,
			.series_count = samples ? 5 : 0,
			.series = series[i],
			.reject_count = from->rejected ? 1 : 0,
			.rejects = &rejects[i],
		};
	}
	/* A cell of which no sample is valid. */
	if (add) {
		const struct reject_record all[] = { { 0, "the floor moved" },
						     { 1, "the floor moved" },
						     { 2, "the floor moved" } };

		records[1].reject_count = 3;
		records[1].rejects = all;
		if (store_trial_save(fixture->store, run, &trial, &fault))
			fail_msg("%s", fault.text);
		return;
	}
	if (store_trial_save(fixture->store, run, &trial, &fault))
		fail_msg("%s", fault.text);
}

static void guest_run(struct fixture *fixture, int64_t kernel, uint64_t add, const char *qemu)
{
	static const char *const notes[][2] = {
		{ "agent.sha256",
		  "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" },
		{ "host.boot_id", "6b7cf7a2-5c0e-4b4e-9a54-6a1d1b2f0a3c" },
		{ "tool.commit", "0123456789ab" },
	};
	int64_t run = fixture_run(fixture, kernel, "insn");

	for (size_t i = 0; i < COUNT(notes); i++)
		assert_int_equal(
			store_run_note(fixture->store, run, notes[i][0], notes[i][1], NULL), 0);
	assert_int_equal(store_run_note(fixture->store, run, "qemu.version", qemu, NULL), 0);
	sketch_save(fixture, run, 1, add, "ok", "", "");
	if (add)
		sketch_save(fixture, run, 2, add, "failed", "the guest panicked after 3 s",
			    "[    2.1] Kernel panic - not syncing: \033[31mtest\r\n"
			    "[    2.2] ---[ end Kernel panic ]---\n");
	assert_int_equal(store_run_end(fixture->store, run, add ? "partial" : "complete",
				       add ? "1 of 2 trials failed" : "", NULL),
			 0);
}

void fixture_fill(struct fixture *fixture)
{
	static const uint64_t times[] = { 10400, 10200, 10900, 12000 };
	int64_t older, newer, run;

	fixture_open(fixture);
	older = fixture_kernel(fixture, "debian-6.1.192-2-cloud-amd64", "6.1.0-56-cloud-amd64");
	newer = fixture_kernel(fixture, "debian-6.12.107-1-cloud-amd64",
			       "6.12.107+deb12-cloud-amd64");
	guest_run(fixture, older, 0, "7.2.22");
	guest_run(fixture, newer, 512, "10.0.8");
	run = fixture_run(fixture, older, "clock");
	for (int64_t trial = 1; trial <= 4; trial++)
		fixture_trial(fixture, run, trial, "floor/clock", "ns", times + trial - 1, 1);
	assert_int_equal(store_run_end(fixture->store, run, "complete", "", NULL), 0);
	guest_run(fixture, older, 0, "7.2.22");
	fixture_close(fixture);
	fixture_sql(fixture->path, "UPDATE run SET pid = 1, pid_started = 1, boot_id = 'x',"
				   " started_us = 1700000000000000 + id * 1000000000,"
				   " ended_us = 1700000060000000 + id * 1000000000");
}

int fixture_make_filled(void **state)
{
	if (fixture_make(state))
		return -1;
	fixture_fill(*state);
	fixture_open(*state);
	return 0;
}
