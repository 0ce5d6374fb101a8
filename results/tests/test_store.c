// SPDX-License-Identifier: GPL-2.0-only
/* What the store promises of one writer: schema versions, foreign files, all or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "results/query.h"
#include "results/profile.h"
#include "results/schema.h"
#include "results/tests/fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void opening_says(struct fixture *fixture, enum store_mode mode, int err, const char *words)
{
	struct store *store = NULL;
	struct fault fault = { 0 };

	assert_int_equal(store_open(fixture->path, mode, &store, &fault), err);
	assert_null(store);
	if (!strstr(fault.text, words) || !strstr(fault.text, fixture->path))
		fail_msg("\"%s\" does not say \"%s\"", fault.text, words);
}

static void reading_what_is_not_there_says_so(void **state)
{
	struct fixture *fixture = *state;
	struct store *store;
	struct fault fault = { 0 };

	opening_says(fixture, STORE_READ, -ENOENT, "No such file");
	assert_int_equal(access(fixture->path, F_OK), -1);
	assert_int_equal(file_write(fixture->path, "", 0), 0);
	opening_says(fixture, STORE_READ, -ENOENT, "nothing was stored");
	assert_int_equal(store_open("", STORE_WRITE, &store, &fault), -EINVAL);
	assert_int_equal(store_open(fixture->directory, STORE_WRITE, &store, &fault), -EISDIR);
}

/* "file" and ":memory:" are names of files like any other. */
static void a_path_is_only_a_path(void **state)
{
	static const char *const names[] = { ":memory:", "file:x?mode=memory", "a b'c" };
	struct fixture *fixture = *state;
	char before[PATH_MAX];

	assert_non_null(getcwd(before, sizeof(before)));
	assert_int_equal(chdir(fixture->directory), 0);
	for (size_t i = 0; i < COUNT(names); i++) {
		struct store *store;

		assert_int_equal(store_open(names[i], STORE_WRITE, &store, NULL), 0);
		store_close(store);
		assert_int_equal(access(names[i], F_OK), 0);
	}
	assert_int_equal(chdir(before), 0);
}

static void a_foreign_file_is_refused_and_left_as_it_was(void **state)
{
	static const struct {
		const char *sql, *bytes, *words;
	} cases[] = {
		{ "CREATE TABLE t (x); INSERT INTO t VALUES (1)", NULL, "another program" },
		{ "PRAGMA journal_mode=WAL; CREATE TABLE t (x)", NULL, "another program" },
		{ "PRAGMA application_id=7; CREATE TABLE run (x)", NULL, "another program" },
		{ NULL, "x", "not a SQLite database" },
		{ NULL, "SQLite format 3", "another program" },
		{ NULL, "name: default\ncells: []\n", "not a SQLite database" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text before = { 0 }, after = { 0 };

		unlink(fixture->path);
		if (cases[i].sql)
			fixture_sql(fixture->path, cases[i].sql);
		else
			assert_int_equal(file_write(fixture->path, cases[i].bytes,
						    strlen(cases[i].bytes) + 1),
					 0);
		assert_int_equal(file_read(fixture->path, 1 << 20, &before), 0);
		opening_says(fixture, STORE_WRITE, -EBADMSG, cases[i].words);
		opening_says(fixture, STORE_READ, -EBADMSG, cases[i].words);
		assert_int_equal(file_read(fixture->path, 1 << 20, &after), 0);
		assert_int_equal(after.len, before.len);
		assert_memory_equal(after.data, before.data, before.len);
		text_free(&before);
		text_free(&after);
	}
}

/* Damage in any page: an error or an answer, never a crash, and no file that is written to. */
static void a_damaged_database_is_an_error(void **state)
{
	struct fixture *fixture = *state;
	struct text whole = { 0 };
	int refused = 0;

	fixture_fill(fixture);
	assert_int_equal(file_read(fixture->path, 1 << 24, &whole), 0);
	for (size_t page = 0; page < whole.len; page += 4096) {
		struct text damaged = { 0 };
		struct summary_list summaries;
		struct store *store;

		text_add_bytes(&damaged, whole.data, whole.len);
		memset(damaged.data + page + (page ? 0 : 100), 0xa5, 1000);
		assert_int_equal(file_write(fixture->path, damaged.data, damaged.len), 0);
		int err = store_open(fixture->path, STORE_READ, &store, NULL);

		if (!err) {
			err = query_summaries(store, 1, "*", &summaries, NULL);
			if (!err)
				summary_list_free(&summaries);
			store_close(store);
		}
		assert_true(!err || err == -EBADMSG || err == -ENOENT);
		refused += err == -EBADMSG;
		text_free(&damaged);
	}
	assert_true(refused >= 5);
	text_free(&whole);
}

static void a_newer_schema_is_refused(void **state)
{
	struct fixture *fixture = *state;

	fixture_open(fixture);
	fixture_close(fixture);
	fixture_sql(fixture->path, "PRAGMA user_version=999");
	opening_says(fixture, STORE_READ, -EPROTO, "newer");
	opening_says(fixture, STORE_WRITE, -EPROTO, "newer");
	assert_int_equal(fixture_number(fixture->path, "PRAGMA user_version"), 999);
}

/* Every version that ever was, from the empty file on, made by the steps that made it. */
static void every_older_version_is_brought_forward(void **state)
{
	struct fixture *fixture = *state;

	for (size_t version = 0; version <= schema_step_count; version++) {
		sqlite3 *db = NULL;

		unlink(fixture->path);
		assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
		if (version)
			assert_int_equal(schema_apply(db, schema_steps, version, NULL), 0);
		sqlite3_close(db);
		if (version && version < schema_step_count)
			opening_says(fixture, STORE_READ, -EPROTO, "older");
		fixture_fill(fixture);
		assert_int_equal(fixture_number(fixture->path, "PRAGMA user_version"),
				 schema_step_count);
		assert_int_equal(fixture_number(fixture->path, "PRAGMA application_id"),
				 SCHEMA_APPLICATION);
		assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM run"), 4);
	}
}

/* Version 1 had their endings in words only. */
static void old_trials_endings_are_read_from_their_reasons(void **state)
{
	static const struct {
		const char *status, *reason, *ending;
	} rows[] = {
		{ "ok", "", "ended" },
		{ "failed", "the kernel panicked: Kernel panic - not syncing: x", "panic" },
		{ "failed", "it hung: nothing reported for 180 s", "hang" },
		{ "failed", "its report is not valid: line 9", "report" },
		{ "failed", "it flooded its console: more than 4 MiB", "flood" },
		{ "failed", "it ended before its report did: exit status 0", "unknown" },
	};
	struct fixture *fixture = *state;
	sqlite3 *db = NULL;
	char sql[300];

	unlink(fixture->path);
	assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
	assert_int_equal(schema_apply(db, schema_steps, 1, NULL), 0);
	sqlite3_close(db);
	fixture_sql(fixture->path,
		    "INSERT INTO kernel VALUES (1, 's', 'n', 'r', 'v', 'o', '');"
		    "INSERT INTO run VALUES (1, 1, 's', '', 'insn', 'm', 'c', 9, 'running', '', 0,"
		    " NULL, 1, 1, 'b');");
	for (size_t i = 0; i < COUNT(rows); i++) {
		snprintf(sql, sizeof(sql),
			 "INSERT INTO trial VALUES (%zu, 1, %zu, '%s', '%s', '', 0, 0)", i + 1,
			 i + 1, rows[i].status, rows[i].reason);
		fixture_sql(fixture->path, sql);
	}
	fixture_open(fixture);
	for (size_t i = 0; i < COUNT(rows); i++) {
		snprintf(
			sql, sizeof(sql),
			"SELECT count(*) FROM trial WHERE id = %zu AND ending = '%s' AND splats = 0",
			i + 1, rows[i].ending);
		assert_int_equal(fixture_number(fixture->path, sql), 1);
	}
}

/* Version 2 had no profiles: its cells are as they were, and say that they have none. */
static void a_database_without_profiles_is_brought_forward(void **state)
{
	struct fixture *fixture = *state;
	struct profile profile;
	struct fault fault = { 0 };
	sqlite3 *db = NULL;

	unlink(fixture->path);
	assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
	assert_int_equal(schema_apply(db, schema_steps, 2, NULL), 0);
	sqlite3_close(db);
	fixture_sql(fixture->path,
		    "INSERT INTO kernel VALUES (1, 's', 'n', 'r', 'v', 'o', '');"
		    "INSERT INTO run VALUES (1, 1, 's', '', 'insn', 'm', 'c', 1, 'complete', '', 0,"
		    " 1, 1, 1, 'b', '');"
		    "INSERT INTO trial VALUES (1, 1, 1, 'ok', '', '', 0, 0, 'ended', 0, '');"
		    "INSERT INTO cell VALUES (1, 'floor/op=empty');"
		    "INSERT INTO metric VALUES (1, 'insn', 'instructions');"
		    "INSERT INTO measurement VALUES (1, 1, 0, 1, 'ok', '', '', 2);"
		    "INSERT INTO series VALUES (1, 1, 0, NULL, x'01020a00')");
	fixture_open(fixture);
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM series"), 1);
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM profile"), 0);
	assert_int_equal(profile_load(fixture->store, 1, "floor/op=empty", &profile, &fault),
			 -ENODATA);
}

/* One name twice can't be told apart when it is read. */
static void a_profile_that_is_none_costs_its_trial(void **state)
{
	static const uint64_t values[] = { 5, 5 };
	static const struct function_record lists[][2] = {
		{ { "f", values }, { "f", values } },
		{ { "f", values }, { NULL, values } },
		{ { "f", values }, { "g", NULL } },
	};
	static const struct series_record series = { "insn", "instructions", NULL, values };
	struct fixture *fixture = *state;
	int64_t run;

	fixture_open(fixture);
	run = fixture_run(fixture, fixture_kernel(fixture, "k", "6.1"), "insn");
	for (size_t i = 0; i < COUNT(lists); i++) {
		const struct measurement_record cell = { .cell = "floor/op=empty",
							 .status = "ok",
							 .reason = "",
							 .expected = "",
							 .samples = 2,
							 .series_count = 1,
							 .series = &series };
		const struct profile_record profile = { 2, lists[i] };
		const struct trial_record trial = { .sequence = 1,
						    .status = "ok",
						    .reason = "",
						    .console = "",
						    .measurement_count = 1,
						    .measurements = &cell,
						    .profiles = &profile };

		assert_int_equal(store_trial_save(fixture->store, run, &trial, NULL), -EINVAL);
	}
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM trial"), 0);
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM function"), 0);
}

static void a_migration_keeps_the_rows_or_changes_nothing(void **state)
{
	static const char first[] = "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT";
	static const char second[] =
		"CREATE TABLE b (a INTEGER REFERENCES a (id)) STRICT; INSERT INTO b SELECT id FROM a";
	static const char *const good[] = { first, second };
	static const char *const broken[] = { first, second, "CREATE TABLE c (x); DROP TABLE b",
					      "CREATE TABLE a (x)" };
	static const char *const dangling[] = { first, second, "INSERT INTO b VALUES (99)" };
	struct fixture *fixture = *state;
	struct fault fault = { 0 };
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
	assert_int_equal(schema_apply(db, good, 1, &fault), 0);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO a VALUES (7)", NULL, NULL, NULL), 0);
	assert_int_equal(schema_apply(db, good, 2, &fault), 0);
	assert_int_equal(schema_version(db, NULL), 2);
	assert_int_equal(fixture_number(fixture->path, "SELECT a FROM b"), 7);
	assert_int_equal(schema_apply(db, broken, 4, &fault), -EBADMSG);
	assert_non_null(strstr(fault.text, "schema step 4"));
	assert_int_equal(schema_apply(db, dangling, 3, &fault), -EBADMSG);
	assert_int_equal(schema_apply(db, good, 1, &fault), -EPROTO);
	assert_int_equal(schema_version(db, NULL), 2);
	assert_int_equal(fixture_number(fixture->path, "SELECT sum(a) FROM b"), 7);
	assert_int_equal(
		fixture_number(fixture->path, "SELECT count(*) FROM sqlite_schema WHERE name='c'"),
		0);
	sqlite3_close(db);
}

static void a_kernel_is_its_content(void **state)
{
	struct fixture *fixture = *state;
	struct kernel_record kernel = { "abc", "one", "6.1", "v", "o", "c0nf" };
	int64_t first = 0, second = 0;

	fixture_open(fixture);
	assert_int_equal(store_kernel_put(fixture->store, &kernel, &first, NULL), 0);
	kernel.name = "two";
	kernel.config_sha256 = "";
	assert_int_equal(store_kernel_put(fixture->store, &kernel, &second, NULL), 0);
	assert_int_equal(first, second);
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM kernel WHERE"
						       " name='two' AND config_sha256='c0nf'"),
			 1);
	kernel.sha256 = "";
	assert_int_equal(store_kernel_put(fixture->store, &kernel, &second, NULL), -EINVAL);
}

static void a_note_made_again_replaces_the_first(void **state)
{
	struct fixture *fixture = *state;
	struct pair_list pairs;
	int64_t run;

	fixture_open(fixture);
	run = fixture_run(fixture, fixture_kernel(fixture, "k", "6.1"), "insn");
	assert_int_equal(store_run_note(fixture->store, run, "b", "1", NULL), 0);
	assert_int_equal(store_run_note(fixture->store, run, "a", "'; DROP TABLE run; --", NULL),
			 0);
	assert_int_equal(store_run_note(fixture->store, run, "b", "2", NULL), 0);
	assert_int_equal(store_run_note(fixture->store, run + 1, "b", "2", NULL), -EINVAL);
	assert_int_equal(query_provenance(fixture->store, run, &pairs, NULL), 0);
	assert_int_equal(pairs.count, 2);
	assert_string_equal(pairs.items[0].value, "'; DROP TABLE run; --");
	assert_string_equal(pairs.items[1].value, "2");
	pair_list_free(&pairs);
}

static void a_run_ends_once(void **state)
{
	struct fixture *fixture = *state;
	struct run_info info;
	int64_t run;

	fixture_open(fixture);
	run = fixture_run(fixture, fixture_kernel(fixture, "k", "6.1"), "insn");
	assert_int_equal(store_run_end(fixture->store, run, "done", "", NULL), -EINVAL);
	assert_int_equal(store_run_end(fixture->store, run, "running", "", NULL), -EINVAL);
	assert_int_equal(store_run_end(fixture->store, run, "partial", "why", NULL), 0);
	assert_int_equal(store_run_end(fixture->store, run, "complete", "", NULL), -ENOENT);
	assert_int_equal(query_run_find(fixture->store, "last", &info, NULL), 0);
	assert_string_equal(info.status, "partial");
	assert_string_equal(info.reason, "why");
	run_info_free(&info);
}

static int count_rows(struct fixture *fixture)
{
	return (int)fixture_number(
		fixture->path, "SELECT (SELECT count(*) FROM trial) +"
			       " (SELECT count(*) FROM measurement) +"
			       " (SELECT count(*) FROM series) + (SELECT count(*) FROM cell) +"
			       " (SELECT count(*) FROM metric) + (SELECT count(*) FROM reject)");
}

static void a_trial_that_cannot_be_kept_whole_leaves_nothing(void **state)
{
	static const uint64_t values[] = { 1, 2 };
	const struct series_record good = { "ns", "ns", NULL, values },
				   none = { "x", "ns", NULL, NULL };
	const struct series_record two[] = { good, good }, hole[] = { good, none };
	const struct reject_record outside = { 2, "?" };
	const struct measurement_record cases[] = {
		{ "c", "ok", "", "", 2, 2, two, 0, NULL }, /* a metric twice */
		{ "c", "ok", "", "", 2, 2, hole, 0, NULL }, /* no values, no reason */
		{ "c", "ok", "", "", 2, 1, &good, 1, &outside },
		{ "c", "fine", "", "", 2, 1, &good, 0, NULL },
		{ "c", "ok", "but", "", 2, 1, &good, 0, NULL },
		{ "", "ok", "", "", 2, 1, &good, 0, NULL },
		{ "a", "ok", "", "", 2, 1, &good, 0, NULL }, /* the cell that was first, again */
		{ NULL, "ok", "", "", 2, 1, &good, 0, NULL },
	};
	struct fixture *fixture = *state;
	int64_t run;

	fixture_open(fixture);
	run = fixture_run(fixture, fixture_kernel(fixture, "k", "6.1"), "clock");
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct measurement_record both[] = {
			{ "a", "ok", "", "", 2, 1, &good, 0, NULL },
			cases[i],
		};
		const struct trial_record trial = {
			.sequence = 1, .status = "ok", .measurement_count = 2, .measurements = both
		};
		struct fault fault = { 0 };

		assert_int_equal(store_trial_save(fixture->store, run, &trial, &fault), -EINVAL);
		assert_non_null(strstr(fault.text, "trial 1"));
		assert_int_equal(count_rows(fixture), 0);
	}
	fixture_trial(fixture, run, 1, "a", "ns", values, 2);
	assert_int_equal(count_rows(fixture), 5);
	/* The same trial twice; a run that is not there. */
	const struct trial_record again = { .sequence = 1, .status = "ok" };

	assert_int_equal(store_trial_save(fixture->store, run, &again, NULL), -EINVAL);
	assert_int_equal(store_trial_save(fixture->store, run + 1, &again, NULL), -EINVAL);
	assert_int_equal(count_rows(fixture), 5);
}

static void a_failure_without_a_reason_is_kept_and_says_so(void **state)
{
	const struct measurement_record cell = { "a", "failed", "", "", 0, 0, NULL, 0, NULL };
	const struct trial_record trial = {
		.sequence = 1, .status = "failed", .measurement_count = 1, .measurements = &cell
	};
	struct fixture *fixture = *state;
	int64_t run;

	fixture_open(fixture);
	run = fixture_run(fixture, fixture_kernel(fixture, "k", "6.1"), "clock");
	assert_int_equal(store_trial_save(fixture->store, run, &trial, NULL), 0);
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM measurement JOIN trial"
						       " ON trial.id = trial WHERE"
						       " measurement.reason = 'no reason was given'"
						       " AND trial.reason = measurement.reason"),
			 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_make, fixture_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reading_what_is_not_there_says_so),
		TEST(a_path_is_only_a_path),
		TEST(a_foreign_file_is_refused_and_left_as_it_was),
		TEST(a_damaged_database_is_an_error),
		TEST(a_newer_schema_is_refused),
		TEST(old_trials_endings_are_read_from_their_reasons),
		TEST(every_older_version_is_brought_forward),
		TEST(a_migration_keeps_the_rows_or_changes_nothing),
		TEST(a_database_without_profiles_is_brought_forward),
		TEST(a_profile_that_is_none_costs_its_trial),
		TEST(a_kernel_is_its_content),
		TEST(a_note_made_again_replaces_the_first),
		TEST(a_run_ends_once),
		TEST(a_trial_that_cannot_be_kept_whole_leaves_nothing),
		TEST(a_failure_without_a_reason_is_kept_and_says_so),
	};

	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
