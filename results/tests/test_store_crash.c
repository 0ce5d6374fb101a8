// SPDX-License-Identifier: GPL-2.0-only
/* What the store promises of writers that are killed, and of several at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <grp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "results/query.h"
#include "results/tests/fixture.h"

enum { WRITERS = 3, TRIALS = 25, SAMPLES = 50 };

/* In a child of fork(): a failed assertion must not run on as a second test program. */
#define MUST(condition)            \
	do {                       \
		if (!(condition))  \
			_exit(99); \
	} while (0)

static int child_status(pid_t pid)
{
	int status = 0;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

/* A process that has half of a trial in the database, in its open transaction. */
static void write_half_and_stop(const char *path, int ready)
{
	sqlite3 *db = NULL;

	MUST(sqlite3_open(path, &db) == SQLITE_OK);
	/* A small cache: the pages of the transaction are in the file, not in memory only. */
	MUST(sqlite3_exec(
		     db,
		     "PRAGMA cache_size=2; BEGIN IMMEDIATE;"
		     "INSERT INTO trial (id, run, sequence, status, reason, console, started_us,"
		     " ended_us) VALUES (100, 1, 2, 'ok', '', '', 0, 0);"
		     "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE"
		     " i < 2000) INSERT INTO cell (key) SELECT hex(randomblob(100)) || i FROM n",
		     NULL, NULL, NULL) == SQLITE_OK);
	MUST(write(ready, "x", 1) == 1);
	for (;;)
		pause();
}

static void a_killed_writer_loses_the_trial_in_flight_only(void **state)
{
	static const uint64_t values[] = { 4, 5, 6 };
	struct fixture *fixture = *state;
	int64_t run;
	int pipes[2];
	char byte;
	pid_t pid;

	fixture_open(fixture);
	run = fixture_run(fixture, fixture_kernel(fixture, "k", "6.1"), "clock");
	assert_int_equal(run, 1);
	fixture_trial(fixture, run, 1, "a", "ns", values, 3);
	fixture_close(fixture);
	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid)
		write_half_and_stop(fixture->path, pipes[1]);
	close(pipes[1]);
	assert_int_equal(read(pipes[0], &byte, 1), 1);
	close(pipes[0]);
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_true(WIFSIGNALED(child_status(pid)));

	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM trial"), 1);
	fixture_open(fixture);
	fixture_trial(fixture, run, 2, "a", "ns", values, 3);
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM cell"), 1);
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM trial"), 2);
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM pragma_quick_check"
						       " WHERE quick_check <> 'ok'"),
			 0);
}

/* The whole of a runner's work, in a process of its own, in a database that may not be there yet. */
static void write_a_run(const char *path, int number)
{
	struct store *store;
	struct kernel_record kernel = { "abc", "k", "6.1", "", "", "" };
	struct run_record record = { "s", "", 0, "clock", "m", "c", TRIALS, NULL };
	int64_t run, count;

	MUST(!store_open(path, STORE_WRITE, &store, NULL));
	MUST(!store_runs_recover(store, &count, NULL) && !count);
	MUST(!store_kernel_put(store, &kernel, &record.kernel_id, NULL));
	MUST(!store_run_begin(store, &record, &run, NULL));
	for (int trial = 1; trial <= TRIALS; trial++) {
		uint64_t values[SAMPLES];

		for (int i = 0; i < SAMPLES; i++)
			values[i] = (uint64_t)number * 1000 + (uint64_t)i;
		const struct series_record series = { "ns", "ns", NULL, values };
		const struct measurement_record cells[] = {
			{ "a", "ok", "", "", SAMPLES, 1, &series, 0, NULL },
			{ number ? "b" : "c", "ok", "", "", SAMPLES, 1, &series, 0, NULL },
		};
		const struct trial_record done = { .sequence = trial,
						   .status = "ok",
						   .measurement_count = 2,
						   .measurements = cells };

		MUST(!store_trial_save(store, run, &done, NULL));
	}
	MUST(!store_run_end(store, run, "complete", "", NULL));
	store_close(store);
	_exit(0);
}

static int count_sample(const struct sample_row *row, void *context)
{
	(void)row;
	++*(int *)context;
	return 0;
}

static void writers_at_once_lose_nothing(void **state)
{
	struct fixture *fixture = *state;
	pid_t pids[WRITERS];
	int samples = 0;

	for (int i = 0; i < WRITERS; i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (!pids[i])
			write_a_run(fixture->path, i);
	}
	for (int i = 0; i < WRITERS; i++)
		assert_int_equal(child_status(pids[i]), 0);
	fixture_open(fixture);
	for (int64_t run = 1; run <= WRITERS; run++)
		assert_int_equal(query_samples(fixture->store, run, NULL, NULL, count_sample,
					       &samples, NULL),
				 0);
	assert_int_equal(samples, WRITERS * TRIALS * 2 * SAMPLES);
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM kernel"), 1);
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM cell"), 3);
}

static void begin_and_be_killed(const char *path)
{
	struct store *store;
	struct kernel_record kernel = { "abc", "k", "6.1", "", "", "" };
	struct run_record record = { "s", "", 0, "clock", "m", "c", 1, NULL };
	int64_t run;

	MUST(!store_open(path, STORE_WRITE, &store, NULL));
	MUST(!store_kernel_put(store, &kernel, &record.kernel_id, NULL));
	MUST(!store_run_begin(store, &record, &run, NULL));
	raise(SIGKILL);
	_exit(1);
}

static void only_runs_of_dead_processes_are_interrupted(void **state)
{
	struct fixture *fixture = *state;
	struct run_info info;
	int64_t living, count = -1;
	siginfo_t dead;
	pid_t pid;

	fixture_open(fixture);
	living = fixture_run(fixture, fixture_kernel(fixture, "k", "6.1"), "insn");
	fixture_close(fixture);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid)
		begin_and_be_killed(fixture->path);
	/* Dead, but not reaped: a zombie runs nothing either. */
	assert_int_equal(waitid(P_PID, (id_t)pid, &dead, WEXITED | WNOWAIT), 0);
	fixture_open(fixture);
	assert_int_equal(store_runs_recover(fixture->store, &count, NULL), 0);
	assert_int_equal(count, 1);
	assert_int_equal(child_status(pid), SIGKILL);
	assert_int_equal(query_run_find(fixture->store, "2", &info, NULL), 0);
	assert_string_equal(info.status, "interrupted");
	assert_string_not_equal(info.ended, "");
	run_info_free(&info);
	assert_int_equal(query_run_find(fixture->store, "1", &info, NULL), 0);
	assert_string_equal(info.status, "running");
	assert_string_equal(info.ended, "");
	run_info_free(&info);

	/* Our pid, but of another boot, or of a process before us. */
	fixture_sql(fixture->path, "UPDATE run SET boot_id = 'another' WHERE id = 1");
	assert_int_equal(store_runs_recover(fixture->store, &count, NULL), 0);
	assert_int_equal(count, 1);
	fixture_run(fixture, 1, "insn");
	fixture_sql(fixture->path, "UPDATE run SET pid_started = pid_started - 1 WHERE id = 3");
	assert_int_equal(store_runs_recover(fixture->store, &count, NULL), 0);
	assert_int_equal(count, 1);
	assert_int_equal(store_runs_recover(fixture->store, &count, NULL), 0);
	assert_int_equal(count, 0);
	/* One that lives after all has the last word. */
	assert_int_equal(store_run_end(fixture->store, living, "complete", "", NULL), 0);
}

/* As another user, who may not even make a file beside it. */
static void read_as_nobody(const char *path)
{
	struct run_list runs;
	struct store *store;

	MUST(!setgroups(0, NULL) && !setresgid(65534, 65534, 65534));
	MUST(!setresuid(65534, 65534, 65534));
	MUST(!store_open(path, STORE_READ, &store, NULL));
	MUST(!query_runs(store, NULL, &runs, NULL) && runs.count == 1);
	run_list_free(&runs);
	store_close(store);
	_exit(0);
}

static void a_database_is_read_where_nothing_can_be_written(void **state)
{
	struct fixture *fixture = *state;
	char odd[PATH_MAX];
	pid_t pid;

	if (geteuid())
		skip();
	fixture_open(fixture);
	fixture_run(fixture, fixture_kernel(fixture, "k", "6.1"), "insn");
	fixture_close(fixture);
	snprintf(odd, sizeof(odd), "%s/50%%3f a?b#c.db", fixture->directory);
	assert_int_equal(rename(fixture->path, odd), 0);
	assert_int_equal(chmod(odd, 0644), 0);
	assert_int_equal(chmod(fixture->directory, 0755), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid)
		read_as_nobody(odd);
	assert_int_equal(child_status(pid), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_make, fixture_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_killed_writer_loses_the_trial_in_flight_only),
		TEST(writers_at_once_lose_nothing),
		TEST(only_runs_of_dead_processes_are_interrupted),
		TEST(a_database_is_read_where_nothing_can_be_written),
	};

	return cmocka_run_group_tests_name("store_crash", tests, NULL, NULL);
}
