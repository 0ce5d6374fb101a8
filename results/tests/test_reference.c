// SPDX-License-Identifier: GPL-2.0-only
/* The reference dataset: what it says survives being written, read, stored and loaded; what is wrong is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "results/query.h"
#include "results/reference.h"
#include "results/tests/fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define SHA_S "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

#define HEAD                                                                                       \
	"# SPDX-License-Identifier: GPL-2.0-only\n"                                                \
	"remapbench-reference 1\nsuite core\nsuite-sha256 " SHA_S "\ninstrument insn\nsamples 3\n" \
	"warmup 1\nmachine a CPU, 2 CPUs\ncommand remapbench run -k 'debian-*'\n"
#define NOTES                                                                               \
	"note guest.recipe -machine q35\nnote run.effort 1 trials, 3 samples, 1 warm-ups\n" \
	"note tool.agent_sha256 " SHA_B "\n"
#define KERNELS                                                                                   \
	"kernel 6.1.2-1 " SHA_A " 2026-01-02T03:04:05Z 2026-01-02T03:05:06Z debian-6.1.2 6.1.0-2" \
	" 6.1.2-1 - debian old linux-image-6.1.0-2\nenv agent.kernel.version #1 SMP\n"            \
	"kernel 7.3~rc7-1 " SHA_B " 2026-01-02T03:04:05Z 2026-01-02T03:05:06Z debian-7.3~rc7 7.3" \
	" 7.3~rc7-1 " SHA_S " file /x\n"
#define FIRST_CELL                                                                                 \
	"\nboot 1\n\ncell floor/op=empty\nexpect 1 f=0..2\npath 1 f=1 g=0*2,3\npath 2 f=1\nleft 1" \
	" vmas=2\nok 6.1.2-1 1 1 1 7*2 9\nbad 1 another path: f entered 3 times\n"                 \
	"ok 7.3~rc7-1 1 2 0 18446744073709551615*3\n"
#define SECOND_CELL                                                                       \
	"\nboot 3\n\ncell floor/op=empty\nunsupported 6.1.2-1 0 errno 22: no such flag\n" \
	"failed 7.3~rc7-1 0 killed by signal 4\n"
#define WHOLE HEAD NOTES KERNELS FIRST_CELL SECOND_CELL "end\n"

static void reads(const char *bytes, struct reference *reference)
{
	struct fault fault = { 0 };

	if (reference_parse(bytes, strlen(bytes), reference, &fault))
		fail_msg("%s", fault.text);
}

static void what_is_read_is_written_as_it_was(void **state)
{
	struct reference reference;
	struct text again = { 0 };

	(void)state;
	reads(WHOLE, &reference);
	reference_write(&reference, &again);
	assert_string_equal(text_get(&again), WHOLE);
	assert_int_equal(reference.kernel_count, 2);
	assert_int_equal(reference.cell_count, 2);
	assert_int_equal(reference.cells[1].boot, 3);
	assert_int_equal(reference.cells[0].rows[0].values[2], 9);
	assert_int_equal(reference.cells[0].rows[0].bads[0].sample, 1);
	assert_string_equal(reference_text_of(&reference.cells[0].paths, 1), "f=1 g=0*2,3");
	assert_string_equal(reference_note(&reference, "guest.recipe"), "-machine q35");
	assert_null(reference_note(&reference, "guest"));
	assert_null(reference_row_find(&reference.cells[0], 2));
	text_free(&again);
	reference_free(&reference);
}

/* WHOLE with one piece in another's place. */
static char *spoiled(const char *from, const char *to)
{
	struct text text = { 0 };
	const char *at = strstr(WHOLE, from);

	if (!at)
		fail_msg("nothing to spoil: %s", from);
	text_add_bytes(&text, WHOLE, (size_t)(at - WHOLE));
	text_add(&text, to);
	text_add(&text, at + strlen(from));
	return text.data;
}

static void what_is_wrong_is_refused_by_its_line(void **state)
{
	static const struct {
		const char *from, *to, *words;
	} rows[] = {
		{ "remapbench-reference 1", "remapbench-reference 2",
		  "line 2: a dataset of another" },
		{ "remapbench-reference 1\n", "", "line 2: not a reference dataset" },
		{ "suite core\n", "", "line 3: a line of the head" },
		{ "suite core", "suite", "line 3: a word is missing" },
		{ "suite-sha256 0", "suite-sha256 x", "line 4: not a SHA-256" },
		{ "instrument insn", "instrument clock", "line 5: the instrument is insn" },
		{ "samples 3", "samples 0", "line 6: " },
		{ "samples 3", "samples 99999999999999999999", "line 6: " },
		{ "warmup 1", "warmup 1 2", "line 7: " },
		{ "machine a CPU, 2 CPUs", "machine ", "line 8: " },
		{ "machine a", "machine \xc3\xa9", "line 8: not plain text" },
		{ "machine a", "machine \t", "line 8: not plain text" },
		{ "machine a", "machine \x1b[2J", "line 8: not plain text" },
		{ "note guest.recipe", "note  guest.recipe", "line 10: " },
		{ "kernel 7.3~rc7-1 ", "kernel 6.1.2-1 ", "line 15: this kernel is there already" },
		{ SHA_B " 2026", SHA_A " 2026", "line 15: this kernel is there already" },
		{ "2026-01-02T03:04:05Z", "2026-01-02 03:04:05Z", "line 13: " },
		{ "2026-01-02T03:04:05Z", "2026-99-02T03:04:05Z", "line 13: not a time" },
		{ "env agent", "env", "line 14: " },
		{ "boot 1\n", "", "a cell before any boot" },
		{ "boot 1", "boot 0", "line 17: boots are numbered upwards" },
		{ "boot 3", "boot 1", "boots are numbered upwards" },
		{ "boot 3\n", "", "this cell is in this boot already" },
		{ "boot 3", "boot 3\nkernel x", "kernels stand before the boots" },
		{ "boot 3", "boot 3\nnote x y", "notes stand before the kernels" },
		{ "boot 3", "boot 3\nenv x y", "of no kernel" },
		{ "cell floor/op=empty", "cell a b", "line 19: a cell is one word" },
		{ "cell floor/op=empty\n", "", "texts stand between" },
		{ "expect 1", "expect 2", "line 20: texts are numbered" },
		{ "path 2 f=1", "path 2 f", "line 22: not NAME=VALUE" },
		{ "path 2 f=1", "path 2 f=01", "line 22: not NAME=VALUE" },
		{ "path 2 f=1", "path 2 f=1*1", "line 22: not NAME=VALUE" },
		{ "path 2 f=1", "path 2 f=1*999999999", "line 22: not NAME=VALUE" },
		{ "path 2 f=1", "path 2 =1", "line 22: not NAME=VALUE" },
		{ "path 2 f=1", "path 2 f=1*2,3 g=1,2", "line 22: columns of different" },
		{ "g=0*2,3", "g=0*3,3", "a row of other samples" },
		{ "ok 6.1.2-1 1 1 1", "ok 6.1.3-1 1 1 1", "line 24: no such kernel" },
		{ "ok 6.1.2-1 1 1 1", "ok 6.1.2-1 2 1 1", "line 24: a row names a text" },
		{ "ok 6.1.2-1 1 1 1", "ok 6.1.2-1 1 3 1", "line 24: a row names a text" },
		{ "ok 6.1.2-1 1 1 1", "ok 6.1.2-1 1 1 2", "line 24: a row names a text" },
		{ "7*2 9\n", "\n", "line 24: not a row's samples" },
		{ "7*2 9\n", "7*2  9\n", "line 24: not a row's samples" },
		{ "7*2 9\n", "7*2 9 \n", "line 24: not a row's samples" },
		{ "7*2 9\n", "-7*2 9\n", "line 24: not a row's samples" },
		{ "18446744073709551615*3", "18446744073709551616*3", "line 26: not a row's" },
		{ "bad 1", "bad 3", "line 25: not an invalid sample" },
		{ "bad 1", "bad 1 x\nbad 1", "line 26: not an invalid sample" },
		{ "bad 1", "bad", "line 25: not an invalid sample" },
		{ "ok 7.3~rc7-1", "ok 6.1.2-1", "line 26: no such kernel, or not in the order" },
		{ "failed 7.3~rc7-1 0 killed by signal 4", "failed 7.3~rc7-1 0", "line 32: " },
		{ "failed", "fail", "line 32: not a line of" },
		{ "end\n", "", "cut short" },
		{ "end\n", "end", "cut short" },
		{ "end\n", "end\nend\n", "line 34: after the end" },
		{ "end\n", "end\n\n", "line 34: after the end" },
	};
	struct reference reference;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *bytes = spoiled(rows[i].from, rows[i].to);
		struct fault fault = { 0 };

		if (reference_parse(bytes, strlen(bytes), &reference, &fault) != -EPROTO ||
		    !strstr(fault.text, rows[i].words))
			fail_msg("%s -> %s: \"%s\"", rows[i].from, rows[i].to, fault.text);
		assert_null(reference.cells);
		free(bytes);
	}
}

static void bytes_that_are_no_text_are_refused(void **state)
{
	struct reference reference;
	struct fault fault = { 0 };
	char *long_line = malloc(REFERENCE_LINE + 2);

	(void)state;
	assert_non_null(long_line);
	assert_int_equal(reference_parse("", 0, &reference, &fault), -EPROTO);
	assert_int_equal(reference_parse("#\0\n", 3, &reference, &fault), -EPROTO);
	memset(long_line, 'x', REFERENCE_LINE + 1);
	long_line[REFERENCE_LINE + 1] = '\n';
	assert_int_equal(reference_parse(long_line, REFERENCE_LINE + 2, &reference, &fault),
			 -EPROTO);
	assert_non_null(strstr(fault.text, "line 1"));
	free(long_line);
}

static void saves(struct fixture *fixture, size_t wanted)
{
	struct reference reference;
	struct fault fault = { 0 };
	size_t added = 99;

	reads(WHOLE, &reference);
	if (reference_save(fixture->store, &reference, SHA_S, &added, &fault))
		fail_msg("%s", fault.text);
	assert_int_equal(added, wanted);
	reference_free(&reference);
}

static void what_is_stored_is_what_was_read_once_and_marked(void **state)
{
	struct fixture *fixture = *state;
	struct reference reference;
	struct run_info run;
	struct text again = { 0 };
	struct fault fault = { 0 };

	fixture_open(fixture);
	saves(fixture, 2);
	saves(fixture, 0);
	assert_int_equal(query_run_find(fixture->store, "last:insn:6.1", &run, &fault), 0);
	assert_string_equal(run.reference, SHA_S);
	assert_string_equal(run.started, "2026-01-02T03:04:05Z");
	assert_string_equal(run.status, "complete");
	if (reference_load_run(fixture->store, run.id, &reference, &fault))
		fail_msg("%s", fault.text);
	assert_int_equal(reference.cell_count, 2);
	reference_write(&reference, &again);
	assert_non_null(strstr(text_get(&again), "ok 6.1.2-1 1 1 1 7*2 9\nbad 1 another path: f"));
	assert_non_null(strstr(text_get(&again), "path 1 f=1 g=0*2,3\n"));
	assert_non_null(strstr(text_get(&again), "\nboot 3\n\ncell floor/op=empty\nunsupported"));
	run_info_free(&run);
	reference_free(&reference);
	text_free(&again);
}

static void what_was_imported_is_behind_ones_own_and_is_not_exported(void **state)
{
	struct fixture *fixture = *state;
	struct reference reference;
	struct run_info run;
	struct text skipped = { 0 };
	struct fault fault = { 0 };
	int64_t kernel, own;

	fixture_open(fixture);
	kernel = fixture_kernel(fixture, "mine", "6.1.0-2");
	own = fixture_run(fixture, kernel, "insn");
	assert_int_equal(store_run_end(fixture->store, own, "complete", "", NULL), 0);
	saves(fixture, 2);
	assert_int_equal(query_run_find(fixture->store, "last", &run, &fault), 0);
	assert_int_equal(run.id, own);
	run_info_free(&run);
	assert_int_equal(query_run_find(fixture->store, "last:insn:7.3", &run, &fault), 0);
	assert_string_equal(run.reference, SHA_S);
	run_info_free(&run);
	fixture_sql(fixture->path, "UPDATE run SET status = 'failed' WHERE id = 1");
	assert_int_equal(reference_load(fixture->store, "core", &reference, &skipped, &fault),
			 -ENOENT);
	text_free(&skipped);
}

static void a_file_that_the_database_refuses_adds_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct reference reference;
	struct fault fault = { 0 };
	char *twice = spoiled("path 2 f=1", "path 2 f=1 f=2"); /* of the second kernel */
	size_t added = 99;

	fixture_open(fixture);
	reads(twice, &reference);
	assert_true(reference_save(fixture->store, &reference, SHA_S, &added, &fault) < 0);
	assert_int_equal(added, 0);
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM run"), 0);
	assert_int_equal(fixture_number(fixture->path, "SELECT count(*) FROM kernel"), 0);
	saves(fixture, 2);
	reference_free(&reference);
	free(twice);
}

#define WITH_DATABASE(test) cmocka_unit_test_setup_teardown(test, fixture_make, fixture_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_read_is_written_as_it_was),
		cmocka_unit_test(what_is_wrong_is_refused_by_its_line),
		cmocka_unit_test(bytes_that_are_no_text_are_refused),
		WITH_DATABASE(what_is_stored_is_what_was_read_once_and_marked),
		WITH_DATABASE(what_was_imported_is_behind_ones_own_and_is_not_exported),
		WITH_DATABASE(a_file_that_the_database_refuses_adds_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
