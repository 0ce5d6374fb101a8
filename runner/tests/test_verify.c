// SPDX-License-Identifier: GPL-2.0-only
/* When a row that was measured again is the same, and what is said where it is not. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "runner/verify.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD                                                                          \
	"remapbench-reference 1\nsuite core\nsuite-sha256 " SHA "\ninstrument insn\n" \
	"samples 3\nwarmup 1\nmachine m\ncommand c\nkernel 6.1 " SHA                  \
	" 2026-01-02T03:04:05Z 2026-01-02T03:05:06Z k 6.1 6.1-1 - file /x\nboot 1\ncell floor/op=empty\n"

static void a_row_again_is_the_same_or_it_is_said_what_differs(void **state)
{
	static const struct {
		const char *was, *is, *words;
		bool same;
	} rows[] = {
		{ "path 1 f=1\nok 6.1 0 1 0 7*3\n", "path 1 f=1\nok 6.1 0 1 0 7*3\n", "7", true },
		{ "ok 6.1 0 0 0 1000 5 2000\n", "ok 6.1 0 0 0 1000 5 2000\n", "1,000", true },
		{ "ok 6.1 0 0 0 7*3\n", "ok 6.1 0 0 0 7*2 8\n", "7 -> 7, in 1 of 3 samples",
		  false },
		{ "ok 6.1 0 0 0 7*3\n", "ok 6.1 0 0 0 9*3\n", "7 -> 9, in 3 of 3 samples", false },
		{ "ok 6.1 0 0 0 7*3\n", "ok 6.1 0 0 0 7*2\n", "in 0 of 3 samples (now 2)", false },
		{ "path 1 f=1\nok 6.1 0 1 0 7\n", "path 1 f=2\nok 6.1 0 1 0 7\n", "f 1 -> 2",
		  false },
		{ "path 1 f=1\nok 6.1 0 1 0 7\n", "ok 6.1 0 0 0 7\n", "f 1 -> 0", false },
		/* which function comes first, and one that was never entered, say nothing */
		{ "path 1 f=1 g=2\nok 6.1 0 1 0 7\n", "path 1 g=2 f=1\nok 6.1 0 1 0 7\n", "7",
		  true },
		{ "path 1 f=1 g=0\nok 6.1 0 1 0 7\n", "path 1 f=1\nok 6.1 0 1 0 7\n", "7", true },
		/* one that was not watched then says nothing; one that was, does */
		{ "path 1 f=1\nok 6.1 0 1 0 7\n", "path 1 f=1 h=3\nok 6.1 0 1 0 7\n", "7", true },
		{ "path 1 f=1\npath 2 h=0\nok 6.1 0 1 0 7\n", "path 1 f=1 h=3\nok 6.1 0 1 0 7\n",
		  "h 0 -> 3", false },
		{ "left 1 vmas=2\nok 6.1 0 0 1 7\n", "left 1 vmas=3\nok 6.1 0 0 1 7\n",
		  "vmas 2 -> 3", false },
		{ "left 1 vmas=2\nok 6.1 0 0 1 7\n", "left 1 vmas=2 lost=1\nok 6.1 0 0 1 7\n",
		  "lost 0 -> 1", false },
		{ "ok 6.1 0 0 0 7*3\nbad 1 no\n", "ok 6.1 0 0 0 7*3\nbad 1 no\n", "7", true },
		{ "ok 6.1 0 0 0 7*3\n", "ok 6.1 0 0 0 7*3\nbad 1 torn\n",
		  "invalid samples 0 -> 1: torn", false },
		{ "ok 6.1 0 0 0 7*3\n", "unsupported 6.1 0 errno 22\n",
		  "ok -> unsupported: errno 22", false },
		{ "unsupported 6.1 0 errno 22\n", "unsupported 6.1 0 errno 22\n", "errno 22",
		  true },
		{ "unsupported 6.1 0 errno 22\n", "unsupported 6.1 0 errno 1\n",
		  "unsupported: errno 22 -> errno 1", false },
		/* what the agent claims is no measurement */
		{ "expect 1 f=1\nok 6.1 1 0 0 7*3\n", "expect 1 f=2\nok 6.1 1 0 0 7*3\n", "7",
		  true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct reference was, is;
		struct text text = { 0 }, what = { 0 };
		struct fault fault = { 0 };
		bool same;

		text_addf(&text, "%s%send\n", HEAD, rows[i].was);
		if (reference_parse(text.data, text.len, &was, &fault))
			fail_msg("%s: %s", rows[i].was, fault.text);
		text_clear(&text);
		text_addf(&text, "%s%send\n", HEAD, rows[i].is);
		if (reference_parse(text.data, text.len, &is, &fault))
			fail_msg("%s: %s", rows[i].is, fault.text);
		same = verify_rows_same(&was, &was.cells[0], &was.cells[0].rows[0], &is.cells[0],
					&is.cells[0].rows[0], &what);
		if (same != rows[i].same || !strstr(text_get(&what), rows[i].words))
			fail_msg("%s -> %s: \"%s\"", rows[i].was, rows[i].is, text_get(&what));
		text_free(&text);
		text_free(&what);
		reference_free(&was);
		reference_free(&is);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_again_is_the_same_or_it_is_said_what_differs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
