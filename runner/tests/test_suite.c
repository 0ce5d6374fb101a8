// SPDX-License-Identifier: GPL-2.0-only
/* Suites: what is shipped loads, what is wrong is refused at its line and column. */
#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/files.h"
#include "base/text.h"
#include "runner/suite.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NAME "name: x\n"
#define HEAD NAME "cells: [a]\n"
#define CLOCK HEAD "instruments:\n  clock: "
#define GOOD CLOCK "{ trials: 1, samples: 1, warmup: 0 }\n"

static char folder[] = "/tmp/test_suite.XXXXXX";

static int folder_make(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int folder_remove(void **state)
{
	(void)state;
	return directory_remove(folder);
}

static const char *file_make(const char *content, size_t count)
{
	static char path[PATH_MAX];

	assert_int_equal(path_join(path, sizeof(path), folder, "suite"), 0);
	assert_int_equal(file_write(path, content, count), 0);
	return path;
}

static int load(const char *content, struct suite *suite, struct fault *fault)
{
	return suite_load(file_make(content, strlen(content)), suite, fault);
}

static void everything_a_suite_says_is_kept(void **state)
{
	static const char content[] = "# a comment\n"
				      "name: all-of-it-2\n"
				      "about: \"Two: \xc3\xa9\"\n"
				      "cells: [\"move/*\", floor/call=getppid]\n"
				      "except:\n  - \"move/size=1G/*\"\n"
				      "events: [instructions:k, \"tlb:tlb_flush\"]\n"
				      "margin: 2.5%\n"
				      "instruments:\n"
				      "  insn: { trials: 1000, samples: 100000, warmup: 1000 }\n"
				      "  clock: { trials: 1, samples: 1, warmup: 0 }\n";
	struct fault fault = { 0 };
	struct suite suite;
	char sha256[SHA256_HEX];

	(void)state;
	if (load(content, &suite, &fault))
		fail_msg("%s", fault.text);
	assert_string_equal(suite.name, "all-of-it-2");
	assert_string_equal(suite.about, "Two: \xc3\xa9");
	assert_string_equal(suite.margin, "2.5%");
	bytes_sha256(content, strlen(content), sha256);
	assert_string_equal(suite.sha256, sha256);
	assert_int_equal(suite.cell_count, 2);
	assert_string_equal(suite.cells[1], "floor/call=getppid");
	assert_int_equal(suite.except_count, 1);
	assert_int_equal(suite.event_count, 2);
	assert_string_equal(suite.events[1], "tlb:tlb_flush");
	assert_int_equal(suite_effort(&suite, "insn")->trials, 1000);
	assert_int_equal(suite_effort(&suite, "insn")->samples, 100000);
	assert_int_equal(suite_effort(&suite, "insn")->warmup, 1000);
	assert_int_equal(suite_effort(&suite, "clock")->samples, 1);
	assert_int_equal(suite_effort(&suite, "pmu")->trials, 0);
	assert_null(suite_effort(&suite, "stopwatch"));

	assert_true(suite_takes(&suite, "move/size=2M/align=pmd"));
	assert_true(suite_takes(&suite, "floor/call=getppid"));
	assert_false(suite_takes(&suite, "floor/call=nop"));
	assert_false(suite_takes(&suite, "move/size=1G/align=pmd/fill=100/folio=4K/type=anon"));
	suite_free(&suite);
	assert_null(suite.cells);
}

static void a_group_says_why_its_cells_are_there(void **state)
{
	static const char content[] = NAME
		"cells: [\"floor/*\", \"move/size=4K/*\", \"flor/*\"]\n"
		"except: [\"*/type=shmem\"]\n"
		"groups:\n"
		"  - why: \"How a page table moves: \xc3\xa9\"\n"
		"    cells: [\"move/size=2M/*\", \"move/size=4M/*\"]\n"
		"    except: [\"*/fill=0\", \"nothing/has/this\"]\n"
		"  - why: the empty\n"
		"    cells: [\"*/fill=0\", \"move/size=4K/fill=100\", \"*/fil=0\"]\n"
		"instruments: { clock: { trials: 1, samples: 1, warmup: 0 } }\n";
	static struct {
		char cell[48];
		const char *why; /* NULL: not taken */
	} rows[] = {
		{ "floor/call=nop", "" },
		{ "move/size=2M/fill=100", "How a page table moves: \xc3\xa9" },
		{ "move/size=2M/fill=0", "the empty" },
		{ "move/size=4K/fill=50", "" },
		{ "move/size=4K/fill=100", "the empty" },
		{ "move/size=1G/fill=100", NULL },
		{ "move/size=2M/fill=100/type=shmem", NULL },
		{ "floor/type=shmem", NULL },
	};
	static const char *const idle[] = { "flor/*", "move/size=4M/*", "*/fil=0" };
	char *keys[COUNT(rows)];
	struct fault fault = { 0 };
	struct suite suite;
	size_t at = 0;

	(void)state;
	if (load(content, &suite, &fault))
		fail_msg("%s", fault.text);
	assert_int_equal(suite.group_count, 2);
	assert_int_equal(suite.groups[0].except_count, 2);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *why = suite_why(&suite, rows[i].cell);

		keys[i] = rows[i].cell;
		assert_int_equal(suite_takes(&suite, rows[i].cell), rows[i].why != NULL);
		if (!why || !rows[i].why)
			assert_ptr_equal(why, rows[i].why);
		else
			assert_string_equal(why, rows[i].why);
	}
	/* What matches nothing is found, wherever it stands; not what excepts nothing. */
	for (size_t i = 0; i < COUNT(idle); i++)
		assert_string_equal(suite_idle_glob(&suite, keys, COUNT(rows), &at), idle[i]);
	assert_null(suite_idle_glob(&suite, keys, COUNT(rows), &at));
	suite_free(&suite);
	assert_null(suite.groups);
}

static void groups_stand_without_cells(void **state)
{
	struct fault fault = { 0 };
	struct suite suite;

	(void)state;
	if (load(NAME "groups: [{ why: w, cells: [a] }]\n"
		      "instruments: { insn: { trials: 1, samples: 1, warmup: 0 } }\n",
		 &suite, &fault))
		fail_msg("%s", fault.text);
	assert_true(suite_takes(&suite, "a"));
	assert_false(suite_takes(&suite, "b"));
	suite_free(&suite);
}

static void there_are_at_most_128_groups(void **state)
{
	(void)state;
	for (int more = 0; more < 2; more++) {
		struct text text = { 0 };
		struct fault fault = { 0 };
		struct suite suite;

		text_add(&text, GOOD "groups:\n");
		for (int i = 0; i < 128 + more; i++)
			text_addf(&text, "  - { why: w%d, cells: [a] }\n", i);
		assert_int_equal(load(text.data, &suite, &fault), more ? -EPROTO : 0);
		if (!more)
			assert_string_equal(suite.groups[127].why, "w127");
		suite_free(&suite);
		text_free(&text);
	}
}

static void the_shipped_suites_load(void **state)
{
	struct fault fault = { 0 };
	struct suite suite;

	(void)state;
	if (suite_load("core", &suite, &fault))
		fail_msg("%s", fault.text);
	assert_string_equal(suite.name, "core");
	assert_true(suite_takes(&suite, "floor/call=getppid"));
	assert_true(suite_takes(&suite, "move/size=1G/align=pmd/fill=100/folio=4K/type=anon"));
	assert_int_equal(suite.insn.samples, 9);
	suite_free(&suite);
	if (suite_load("smoke", &suite, &fault))
		fail_msg("%s", fault.text);
	assert_string_equal(suite.name, "smoke");
	assert_true(suite_takes(&suite, "move/size=32M/align=pmd/fill=100/folio=4K/type=anon"));
	assert_false(suite_takes(&suite, "move/size=1G/align=pmd/fill=100/folio=4K/type=anon"));
	suite_free(&suite);
}

#define CLAIM(cell, metric, is)                                                                      \
	"name: x\ninstruments: { insn: { trials: 1, samples: 1, warmup: 0 } }\nclaims: [{ says: s, " \
	"cell: \"" cell "\", metric: \"" metric "\", is: " is " }]\n"

static void what_is_wrong_is_said_with_its_place(void **state)
{
	static const struct {
		const char *content, *place, *why;
	} rows[] = {
		{ "", "", "it is empty" },
		{ "# nothing\n", "", "it is empty" },
		{ "just words\n", "", "MAPPING" },
		{ "- a\n- b\n", "", "MAPPING" },
		{ NAME "\tcells: [a]\n", ":1:", "tab" },
		{ HEAD "instruments: {\n", ":3:", "" },
		{ NAME "cells: [a]\n", "", "instruments" },
		{ "cells: [a]\ninstruments: {}\n", "", "name" },
		{ GOOD "bogus: 3\n", ":5:1: ", "bogus" },
		{ GOOD "  bogus: { trials: 1, samples: 1, warmup: 0 }\n", ":5:3: ", "bogus" },
		{ GOOD "name: y\n", ":5:1: ", "already seen: name" },
		{ GOOD "\"name\": y\n", ":5:2: ", "already seen: name" },
		{ "name: X\ncells: [a]\ninstruments:\n  clock: { trials: 1, samples: 1, warmup: 0 }",
		  ":1:7: ", "not made of a-z" },
		{ CLAIM("a*", "insn", "1"), ":3:", "its cell is no key" },
		{ CLAIM("a", "fn:*", "1"), ":3:", "its metric is no name" },
		{ CLAIM("a", "insn", "many"), ":3:", "neither a number, a range nor a state" },
		{ CLAIM("a", "insn", "1, since: \"6.7\""), ":3:", "only of use together" },
		{ CLAIM("a", "insn", "1, since: x, was: 2"), ":3:", "since is no version" },
		{ CLAIM("a", "insn", "1, bogus: 2"), "", "bogus" },
		{ NAME "cells: []\n", ":2:8: ", "" },
		{ NAME "cells: a\n", ":2:8: ", "SEQUENCE" },
		{ NAME "cells: [[a]]\n", ":2:9: ", "Expecting STRING" },
		{ NAME "cells: [\"\"]\n", ":2:9: ", "" },
		{ "name: &n x\ncells: [*n]\n", "", "" },
		{ CLOCK "{ trials: 0, samples: 1, warmup: 0 }\n", ":4:20: ", "0, not 1 to 1000" },
		{ CLOCK "{ trials: 1001, samples: 1, warmup: 0 }\n",
		  ":4:20: ", "trials is 1001, not 1 to 1000" },
		{ CLOCK "{ trials: 1, samples: 0, warmup: 0 }\n", ":4:32: ", "samples is 0" },
		{ CLOCK "{ trials: 1, samples: 100001, warmup: 0 }\n",
		  ":4:32: ", "samples is 100001" },
		{ CLOCK "{ trials: 1, samples: 1, warmup: 1001 }\n", ":4:43: ", "not 0 to 1000" },
		{ CLOCK "{ trials: -1, samples: 1, warmup: 0 }\n",
		  ":4:20: ", "Invalid UINT value" },
		{ CLOCK "{ trials: many, samples: 1, warmup: 0 }\n", ":4:20: ", "many" },
		{ CLOCK "{ trials: 4294967297, samples: 1, warmup: 0 }\n",
		  ":4:20: ", "4294967297" },
		{ CLOCK "{ trials: 1, samples: 1 }\n", ":4:", "warmup" },
		{ HEAD "instruments: {}\n", ":3:14: ", "no instrument" },
		{ HEAD "instruments: 3\n", ":3:14: ", "MAPPING" },
		{ NAME "instruments:\n  clock: { trials: 1, samples: 1, warmup: 0 }\n", "",
		  "no cells, groups or claims" },
		{ NAME "except: [a]\ninstruments:\n  clock: { trials: 1, samples: 1, warmup: 0 }\n",
		  "", "no cells, groups or claims" },
		{ GOOD "margin: 2\n", ":5:9: ", "no percentage" },
		{ GOOD "margin: \"0%\"\n", ":5:9: ", "no percentage" },
		{ GOOD "margin: \"100%\"\n", ":5:9: ", "no percentage" },
		{ GOOD "margin: \"1.2.3%\"\n", ":5:9: ", "no percentage" },
		{ GOOD "margin: \"-1%\"\n", ":5:9: ", "no percentage" },
		{ GOOD "margin: \"1% or so\"\n", ":5:9: ", "no percentage" },
		{ GOOD "groups: []\n", ":5:9: ", "" },
		{ GOOD "groups: a\n", ":5:9: ", "SEQUENCE" },
		{ GOOD "groups: [a]\n", ":5:10: ", "MAPPING" },
		{ GOOD "groups: [{ cells: [a] }]\n", ":5:", "why" },
		{ GOOD "groups: [{ why: w }]\n", ":5:", "cells" },
		{ GOOD "groups: [{ why: \"\", cells: [a] }]\n", ":5:17: ", "" },
		{ GOOD "groups: [{ why: w, cells: [] }]\n", ":5:27: ", "" },
		{ GOOD "groups: [{ why: w, cells: [a], bogus: 1 }]\n", ":5:32: ", "bogus" },
		{ GOOD "groups:\n  - why: w\n    cells: [a]\n  - why: [w]\n", ":8:10: ", "" },
		{ GOOD "groups:\n  - { why: w, cells: [a] }\n  - { why: w, cells: [a, \"a b\"] }\n",
		  ":", "group 2, cells: entry 2 has a blank" },
		{ GOOD "groups: [{ why: w, cells: [a], except: [\"b\\t\"] }]\n",
		  ":5:9: ", "group 1, except: entry 1 has a blank" },
		{ GOOD "events: []\n", ":5:9: ", "" },
		{ GOOD "events: [\"a b\"]\n", ":5:9: ", "entry 1 has a blank" },
		{ GOOD "except: [a, \"b\\n\"]\n", ":5:9: ", "entry 2 has a blank" },
		{ "name: \"x\\ny\"\ncells: [a]\ninstruments: {}\n", ":1:7: ", "x?y" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fault fault = { 0 };
		struct suite suite;
		size_t len = strlen(folder) + strlen("/suite");
		int err = load(rows[i].content, &suite, &fault);

		if (err != -EPROTO || strncmp(fault.text, folder, strlen(folder)) ||
		    strncmp(fault.text + len, rows[i].place, strlen(rows[i].place)) ||
		    !strstr(fault.text, rows[i].why))
			fail_msg("%s: %d, %s", rows[i].content, err, fault.text);
		assert_null(suite.cells);
	}
}

static void strings_that_are_too_long_are_refused(void **state)
{
	static const struct {
		const char *before, *after;
		size_t fits;
	} rows[] = {
		{ "name: ", "\ncells: [a]\n", 63 },
		{ NAME "cells: [", "]\n", 255 },
		{ HEAD "events: [", "]\n", 63 },
		{ HEAD "about: ", "\n", 255 },
		{ HEAD "groups:\n  - cells: [a]\n    why: ", "\n", 300 },
		{ HEAD "groups:\n  - why: w\n    cells: [", "]\n", 255 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t more = 0; more < 2; more++) {
			struct text text = { 0 };
			struct fault fault = { 0 };
			struct suite suite;

			text_add(&text, rows[i].before);
			for (size_t n = 0; n < rows[i].fits + more; n++)
				text_add(&text, "n");
			text_add(&text, rows[i].after);
			text_add(&text,
				 "instruments:\n  insn: { trials: 1, samples: 1, warmup: 0 }\n");
			assert_int_equal(load(text.data, &suite, &fault), more ? -EPROTO : 0);
			suite_free(&suite);
			text_free(&text);
		}
}

static void a_file_that_is_no_suite_is_refused(void **state)
{
	static const char nul[] = NAME "cells: [a\0]\n";
	struct fault fault = { 0 };
	struct suite suite;
	char *large = calloc(1, (1 << 20) + 1);

	(void)state;
	assert_non_null(large);
	memset(large, '#', (1 << 20) + 1);
	assert_int_equal(suite_load(file_make(large, (1 << 20) + 1), &suite, &fault), -EFBIG);
	assert_non_null(strstr(fault.text, "larger than 1024 KiB"));
	free(large);
	assert_int_equal(suite_load(file_make(nul, sizeof(nul) - 1), &suite, &fault), -EPROTO);
	assert_non_null(strstr(fault.text, "NUL"));
	assert_int_equal(suite_load(file_make("\xff\xfe\x00", 3), &suite, &fault), -EPROTO);
	assert_int_equal(suite_load(folder, &suite, &fault), -EISDIR);
	assert_int_equal(suite_load("/nonexistent/suite.yaml", &suite, &fault), -ENOENT);
	assert_string_equal(fault.text, "/nonexistent/suite.yaml: No such file or directory");
	assert_int_equal(suite_load("no-such-suite", &suite, &fault), -ENOENT);
	assert_non_null(strstr(fault.text, "suites/no-such-suite.yaml"));
	assert_int_equal(suite_load("", &suite, &fault), -EINVAL);
	assert_int_equal(suite_load("..", &suite, &fault), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_a_suite_says_is_kept),
		cmocka_unit_test(a_group_says_why_its_cells_are_there),
		cmocka_unit_test(groups_stand_without_cells),
		cmocka_unit_test(there_are_at_most_128_groups),
		cmocka_unit_test(the_shipped_suites_load),
		cmocka_unit_test(what_is_wrong_is_said_with_its_place),
		cmocka_unit_test(strings_that_are_too_long_are_refused),
		cmocka_unit_test(a_file_that_is_no_suite_is_refused),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
