// SPDX-License-Identifier: GPL-2.0-only
/* The parser of an agent's report: what is good is kept exactly, anything else is refused. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "runner/report.h"
#include "runner/tests/report_head.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct report report; /* one at a time; large */

static void a_whole_report_is_kept_exactly(void **state)
{
	static const char stream[] = HEAD "env release 6.12.1~rc1 with spaces\r\n"
					  "env empty\n"
					  "metric 0 insn instructions ok\n"
					  "metric 1 cycles:k events unsupported no PMU here\n"
					  "cell floor/call=getppid\n"
					  "region 1\n"
					  "expect __pte_alloc 0 0\n"
					  "expect move_huge_pmd 16 18446744073709551615\n"
					  "sample 0 18446744073709551615 0\n"
					  "region 3\n"
					  "sample 1 7 0\n"
					  "region 1000000\n"
					  "invalid 1 __pte_alloc 17, not 0\n"
					  "invalid 1 the second reason\n"
					  "invalid 0 late, but the first of its sample\n"
					  "cell-end floor/call=getppid\n"
					  "cell move/size=1G\n"
					  "unsupported EINVAL: no such flag\n"
					  "cell-end move/size=1G\n"
					  "cell move/size=2M\n"
					  "sample 0 5 0\n"
					  "failed no memory\n"
					  "cell-end move/size=2M\n"
					  "end\n";
	struct fault fault = { 0 };
	const struct report_cell *cell;

	(void)state;
	report_init(&report);
	assert_int_equal(report_feed(&report, stream, strlen(stream), &fault), 0);
	assert_int_equal(report_finish(&report, "unused", &fault), 0);
	assert_string_equal(fault.text, "");
	assert_true(report.ended);
	assert_int_equal(report.line, 25);

	assert_int_equal(report.env_count, 2);
	assert_string_equal(report.envs[0].key, "release");
	assert_string_equal(report.envs[0].value, "6.12.1~rc1 with spaces");
	assert_string_equal(report.envs[1].value, "");
	assert_int_equal(report.metric_count, 2);
	assert_string_equal(report.metrics[0].unit, "instructions");
	assert_string_equal(report.metrics[0].unsupported, "");
	assert_string_equal(report.metrics[1].unsupported, "no PMU here");

	assert_int_equal(report.cell_count, 3);
	cell = &report.cells[0];
	assert_string_equal(cell->key, "floor/call=getppid");
	assert_string_equal(cell->status, "ok");
	assert_string_equal(cell->reason, "");
	assert_int_equal(cell->expect_count, 2);
	assert_string_equal(cell->expects[1].function, "move_huge_pmd");
	assert_int_equal(cell->expects[1].min, 16);
	assert_true(cell->expects[1].max == UINT64_MAX);
	assert_int_equal(cell->samples, 2);
	assert_true(cell->values[0] == UINT64_MAX);
	assert_int_equal(cell->values[2], 7);
	assert_int_equal(cell->regions[0], 2);
	assert_int_equal(cell->regions[1], 999999);
	assert_int_equal(cell->reject_count, 2);
	assert_int_equal(cell->rejects[0].sample, 1);
	assert_string_equal(cell->rejects[0].reason, "__pte_alloc 17, not 0");
	assert_int_equal(cell->rejects[1].sample, 0);

	cell = &report.cells[1];
	assert_string_equal(cell->status, "unsupported");
	assert_string_equal(cell->reason, "EINVAL: no such flag");
	assert_int_equal(cell->samples, 0);
	cell = &report.cells[2];
	assert_string_equal(cell->status, "failed");
	assert_string_equal(cell->reason, "no memory");
	assert_int_equal(cell->samples, 1);
	assert_true(cell->regions[0] == UINT64_MAX);
	report_free(&report);
}

static void lists_of_cells_and_symbols_are_kept(void **state)
{
	static const char stream[] = HEAD "rule floor there is nothing to move: no size\n"
					  "rule move too short to have a fill\n"
					  "rule move no folio is that large\n"
					  "cells floor/a 0 18446744073709551615\n"
					  "cells move/b 1200 34\n"
					  "expect __pte_alloc 17 17\n"
					  "expect move_huge_pmd 0 3\n"
					  "rule mover its name begins as another's\n"
					  "cells move/c 1 2\n"
					  "symbol ffffffff81000000 _stext\n"
					  "symbol 0x1f mremap_to\n"
					  "end\n";
	char words[REPORT_EXPECTED];
	struct fault fault = { 0 };

	(void)state;
	report_init(&report);
	assert_int_equal(report_feed(&report, stream, strlen(stream), &fault), 0);
	assert_int_equal(report_finish(&report, "unused", &fault), 0);
	assert_int_equal(report.rule_count, 4);
	assert_string_equal(report.rules[0].bench, "floor");
	assert_string_equal(report.rules[0].reason, "there is nothing to move: no size");
	assert_string_equal(report.rules[2].reason, "no folio is that large");
	assert_int_equal(report.cell_count, 3);
	assert_int_equal(report.cells[0].setup, 0);
	assert_true(report.cells[0].sample == UINT64_MAX);
	assert_string_equal(report.cells[1].key, "move/b");
	assert_string_equal(report.cells[1].status, "listed");
	assert_int_equal(report.cells[1].setup, 1200);
	assert_int_equal(report.cells[1].sample, 34);
	report_expected(&report.cells[0], words, sizeof(words));
	assert_string_equal(words, "");
	report_expected(&report.cells[1], words, sizeof(words));
	assert_string_equal(words, "__pte_alloc=17 move_huge_pmd=0..3");
	assert_int_equal(report.cells[2].expect_count, 0);
	assert_int_equal(report.symbol_count, 2);
	assert_true(report.symbols[0].address == 0xffffffff81000000);
	assert_string_equal(report.symbols[0].name, "_stext");
	assert_int_equal(report.symbols[1].address, 0x1f);
	report_free(&report);
}

/* Streams that break: in which line, and words of the reason. */
static const struct bad {
	const char *stream;
	unsigned int line;
	const char *why;
} bad_streams[] = {
	{ "\n", 1, "not remapbench-report 1" },
	{ "remapbench-report 2\n", 1, "not remapbench-report 1" },
	{ " remapbench-report 1\n", 1, "not remapbench-report 1" },
	{ "remapbench-report 1 \n", 1, "not remapbench-report 1" },
	{ "end\n", 1, "not remapbench-report 1" },
	{ HEAD "\n", 2, "unknown keyword" },
	{ HEAD "bogus 1\n", 2, "unknown keyword: bogus" },
	{ HEAD " end\n", 2, "unknown keyword" },
	{ HEAD HEAD, 2, "unknown keyword: remapbench-report" },
	{ HEAD "END\n", 2, "unknown keyword" },
	{ HEAD "end \n", 2, "more fields" },
	{ HEAD "end 1\n", 2, "more fields" },
	{ HEAD "end\r\r\n", 2, "byte 0x0d at column 4" },
	{ HEAD "env a b\tc\n", 2, "byte 0x09 at column 8" },
	{ HEAD "env a b\x80\n", 2, "byte 0x80 at column 8" },
	{ HEAD "end\nend\n", 3, "something after end" },
	{ HEAD "end\n\n", 3, "something after end" },
	{ HEAD "end\nx", 3, "something after end" },
	{ HEAD "env\n", 2, "no key" },
	{ HEAD "env  text\n", 2, "no key" },
	{ HEAD "env a 1\nenv a 2\n", 3, "was there before: a" },
	{ HEAD "progress\n", 2, "no operations" },
	{ HEAD "progress x\n", 2, "no 64-bit number" },
	{ HEAD "progress 9 a\nprogress 8 a\n", 3, "fewer operations than before" },
	{ HEAD "count a\n", 2, "no value" },
	{ HEAD "count a 1 2\n", 2, "more fields" },
	{ HEAD "count a 1\ncount a 1\n", 3, "was there before: a" },
	{ HEAD "trouble\n", 2, "no reason" },
	{ HEAD "cells\n", 2, "no key" },
	{ HEAD "cells a\n", 2, "no setup" },
	{ HEAD "cells a yes\n", 2, "the setup is no 64-bit number: yes" },
	{ HEAD "cells a -1 2\n", 2, "the setup is no 64-bit number: -1" },
	{ HEAD "cells a 1\n", 2, "no sample" },
	{ HEAD "cells a 1 18446744073709551616\n", 2, "the sample is no 64-bit number" },
	{ HEAD "cells a 1 2 x\n", 2, "more fields" },
	{ HEAD "cells a 1 2\ncells a 1 2\n", 3, "was there before: a" },
	{ HEAD "cells a 1 2\ncell b\n", 3, "among listed cells" },
	{ HEAD "rule a x\ncell b\n", 3, "among listed cells" },
	{ CELL "cells b 1 2\n", 4, "among measured cells" },
	{ HEAD "rule\n", 2, "no bench" },
	{ HEAD "rule a\n", 2, "no reason" },
	{ HEAD "rule a \n", 2, "no reason" },
	{ HEAD "cells a/b=1 1 2\nrule a late\n", 3, "rule: after a cell of a" },
	{ HEAD "cells a 1 2\ncells b 1 2\nrule a late\n", 4, "rule: after a cell of a" },
	{ CELL "rule b x\n", 4, "among measured cells" },
	{ HEAD "expect f 1 2\n", 2, "outside a cell" },
	{ HEAD "rule a x\nexpect f 1 2\n", 3, "outside a cell" },
	{ HEAD "cells a 1 2\nexpect f 2 1\n", 3, "minimum is above" },
	{ HEAD "cells a 1 2\nexpect f 1 2\nexpect f 1 2\n", 4, "was there before: f" },
	{ HEAD "cells a 1 2\nsample 0 1\n", 3, "outside a cell" },
	{ HEAD "cells a 1 2\noutcome a 1\n", 3, "outside a cell" },
	{ CELL "outcome a 1\n", 4, "no sample before it" },
	{ METRIC "outcome a 1\n", 3, "outside a cell" },
	{ SAMPLE "outcome\n", 5, "no name" },
	{ SAMPLE "outcome a\n", 5, "no value" },
	{ SAMPLE "outcome a -1\n", 5, "no 64-bit number: -1" },
	{ SAMPLE "outcome a 1 2\n", 5, "more fields" },
	{ SAMPLE "outcome A 1\n", 5, "not made of a-z, 0-9 and _: A" },
	{ SAMPLE "outcome a-b 1\n", 5, "not made of a-z, 0-9 and _: a-b" },
	{ SAMPLE "outcome a 1\noutcome a 1\n", 6, "was there before: a" },
	{ SAMPLE "outcome a 1\nsample 1 1\nsample 2 1\n", 7, "sample 1 has no outcome a" },
	{ SAMPLE "outcome a 1\noutcome b 1\nsample 1 1\noutcome a 1\ncell-end a/b=1\n", 9,
	  "sample 1 has no outcome b" },
	{ SAMPLE "outcome a 1\noutcome b 1\nsample 1 1\noutcome b 1\n", 8, "b where a was due" },
	{ SAMPLE "outcome a 1\nsample 1 1\noutcome c 1\n", 7, "c where a was due" },
	{ SAMPLE "outcome a 1\nsample 1 1\noutcome a 1\noutcome a 1\n", 8,
	  "the first sample has no such: a" },
	{ SAMPLE "sample 1 1\noutcome a 1\n", 6, "the first sample has no such: a" },
	{ SAMPLE "failed x\noutcome a 1\n", 6, "after the cell was failed" },
	{ HEAD "symbol g name\n", 2, "no hex address" },
	{ HEAD "symbol 0x name\n", 2, "no hex address" },
	{ HEAD "symbol 10000000000000000 name\n", 2, "no hex address" },
	{ HEAD "symbol 1\n", 2, "no name" },
	{ HEAD "symbol 1 a b\n", 2, "more fields" },
	{ HEAD "metric 1 ns ns ok\n", 2, "index 1 where 0 was due" },
	{ HEAD "metric x ns ns ok\n", 2, "no 64-bit number" },
	{ HEAD "metric 0 ns ns\n", 2, "neither ok nor unsupported" },
	{ HEAD "metric 0 ns ns fine\n", 2, "neither ok nor unsupported" },
	{ HEAD "metric 0 ns ns ok really\n", 2, "more fields" },
	{ HEAD "metric 0 ns ns unsupported\n", 2, "no reason" },
	{ HEAD "metric 0 ns ns unsupported \n", 2, "no reason" },
	{ HEAD "metric 0 ns a-unit-of-24-characters- ok\n", 2, "longer than 23 bytes" },
	{ METRIC "metric 1 ns ns ok\n", 3, "was there before: ns" },
	{ CELL "metric 1 x ns ok\n", 4, "after the first cell" },
	{ METRIC "cell\n", 3, "no key" },
	{ METRIC "cell a b\n", 3, "more fields" },
	{ CELL "cell c/d=1\n", 4, "before the last one's cell-end" },
	{ SAMPLE "cell-end a/b=1\ncell a/b=1\n", 6, "was there before: a/b=1" },
	{ METRIC "cell-end a/b=1\n", 3, "outside a cell" },
	{ SAMPLE "cell-end a/b=2\n", 5, "not of the open cell, a/b=1" },
	{ SAMPLE "cell-end\n", 5, "not of the open cell" },
	{ SAMPLE "cell-end a/b=1 x\n", 5, "more fields" },
	{ CELL "cell-end a/b=1\n", 4, "neither a sample nor a reason" },
	{ SAMPLE "end\n", 5, "inside a cell" },
	{ METRIC "sample 0 1\n", 3, "outside a cell" },
	{ HEAD "cell a\nsample 0\n", 3, "before any metric" },
	{ CELL "sample 1 1\n", 4, "index 1 where 0 was due" },
	{ SAMPLE "sample 2 1\n", 5, "index 2 where 1 was due" },
	{ SAMPLE "sample 0 1\n", 5, "index 0 where 1 was due" },
	{ CELL "sample 0\n", 4, "no value" },
	{ CELL "sample 0 1 2\n", 4, "more fields" },
	{ CELL "sample 0 -1\n", 4, "no 64-bit number: -1" },
	{ CELL "sample 0 18446744073709551616\n", 4, "no 64-bit number" },
	{ CELL "sample 0  1\n", 4, "no value" },
	{ CELL "sample 0 1 \n", 4, "more fields" },
	{ CELL "invalid 0 early\n", 4, "sample 0 was not reported" },
	{ SAMPLE "invalid 0\n", 5, "no reason" },
	{ SAMPLE "invalid 4294967296 x\n", 5, "sample 4294967296 was not reported" },
	{ METRIC "invalid 0 x\n", 3, "outside a cell" },
	{ CELL "expect f 2 1\n", 4, "minimum is above" },
	{ CELL "expect f 1\n", 4, "no maximum" },
	{ CELL "expect f 1 2 3\n", 4, "more fields" },
	{ CELL "expect f 1 2\nexpect f 1 2\n", 5, "was there before: f" },
	{ METRIC "expect f 1 2\n", 3, "outside a cell" },
	{ CELL "region 0\n", 4, "count 0 after 0" },
	{ CELL "region 1000001\n", 4, "count 1000001 after 0" },
	{ CELL "region 2\nregion 2\n", 5, "count 2 after 2" },
	{ SAMPLE "region 1\nregion 2\n", 6, "no sample before it" },
	{ METRIC "region 1\n", 3, "outside a cell" },
	{ CELL "region 1 2\n", 4, "more fields" },
	{ METRIC "unsupported x\n", 3, "outside a cell" },
	{ SAMPLE "unsupported late\n", 5, "after a sample" },
	{ CELL "unsupported\n", 4, "no reason" },
	{ CELL "unsupported x\nsample 0 1\n", 5, "after the cell was unsupported" },
	{ CELL "failed\n", 4, "no reason" },
	{ CELL "failed x\nfailed y\n", 5, "after the cell was failed" },
	{ METRIC "failed x\n", 3, "outside a cell" },
};

static void a_broken_stream_is_refused_with_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad_streams); i++) {
		const struct bad *bad = &bad_streams[i];
		struct fault fault = { 0 }, again = { 0 }, finished = { 0 };
		char line[32];
		int err;

		snprintf(line, sizeof(line), "line %u of the report: ", bad->line);
		report_init(&report);
		err = report_feed(&report, bad->stream, strlen(bad->stream), &fault);
		if (err != -EPROTO || strncmp(fault.text, line, strlen(line)) ||
		    !strstr(fault.text, bad->why))
			fail_msg("%s: %d, %s", bad->stream, err, fault.text);
		/* Nothing more is taken, and the first reason stays. */
		assert_int_equal(report_feed(&report, "end\n", 4, &again), -EPROTO);
		assert_string_equal(again.text, fault.text);
		assert_int_equal(report_finish(&report, "the stream broke", &finished), -EPROTO);
		assert_string_equal(finished.text, fault.text);
		report_free(&report);
	}
}

static void feeding_byte_by_byte_gives_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad_streams); i++) {
		const char *stream = bad_streams[i].stream;
		struct fault whole = { 0 }, pieces = { 0 };
		uint64_t line, samples;
		size_t cells;
		int err = 0;

		report_init(&report);
		report_feed(&report, stream, strlen(stream), &whole);
		line = report.line;
		cells = report.cell_count;
		samples = cells ? report.cells[0].samples : 0;
		report_free(&report);
		for (; *stream && !err; stream++)
			err = report_feed(&report, stream, 1, &pieces);
		assert_int_equal(err, -EPROTO);
		assert_string_equal(whole.text, pieces.text);
		assert_int_equal(line, report.line);
		assert_int_equal(cells, report.cell_count);
		assert_int_equal(samples, cells ? report.cells[0].samples : 0);
		report_free(&report);
	}
}

static void a_nul_byte_is_refused(void **state)
{
	static const char stream[] = SAMPLE "invalid 0 a\0b\n";
	struct fault fault = { 0 };

	(void)state;
	report_init(&report);
	assert_int_equal(report_feed(&report, stream, sizeof(stream) - 1, &fault), -EPROTO);
	assert_string_equal(fault.text, "line 5 of the report: byte 0x00 at column 12");
	assert_int_equal(report.cells[0].samples, 1);
	assert_int_equal(report.cells[0].reject_count, 0);
	report_free(&report);
}

static void a_cut_report_keeps_what_was_there(void **state)
{
	static const struct {
		const char *stream, *status, *reason;
	} rows[] = {
		{ SAMPLE, "failed", "the guest panicked" },
		{ SAMPLE "sample 1 4", "failed", "the guest panicked" },
		{ SAMPLE "cell-end a/b=1\n", "ok", "" },
		{ SAMPLE "cell-end a/b=1\nend", "ok", "" },
		{ CELL "unsupported its own\n", "unsupported", "its own" },
		{ CELL "failed its own\n", "failed", "its own" },
		{ SAMPLE "rubbish\n", "failed", "the guest panicked" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fault fault = { 0 };

		report_init(&report);
		report_feed(&report, rows[i].stream, strlen(rows[i].stream), NULL);
		assert_int_equal(report_finish(&report, "the guest panicked", &fault), -EPROTO);
		assert_true(fault.text[0]);
		assert_false(report.ended);
		assert_int_equal(report.cell_count, 1);
		assert_string_equal(report.cells[0].status, rows[i].status);
		assert_string_equal(report.cells[0].reason, rows[i].reason);
		report_free(&report);
	}
	report_init(&report);
	assert_int_equal(report_finish(&report, "nothing came", NULL), -EPROTO);
	report_free(&report);
}

static void a_stress_tells_how_far_how_much_and_what_was_wrong(void **state)
{
	static const char stream[] = HEAD "progress 5 mremap=1\nprogress 7 mremap=2\n"
					  "count operations 7\ncount mremap 2\n"
					  "trouble seed 1\ntrouble a page is wrong\nend\n";
	struct fault fault = { 0 };

	(void)state;
	report_init(&report);
	assert_int_equal(report_feed(&report, stream, strlen(stream), &fault), 0);
	assert_non_null(report.stress);
	assert_int_equal(report.stress->done, 7);
	assert_string_equal(report.stress->progress, "mremap=2");
	assert_int_equal(report.stress->count_count, 2);
	assert_string_equal(report.stress->counts[1].name, "mremap");
	assert_int_equal(report.stress->counts[1].value, 2);
	assert_int_equal(report.stress->trouble_count, 2);
	assert_string_equal(report.stress->troubles[1], "a page is wrong");
	report_free(&report);
}

static void the_kernels_log_is_read_for_splats(void **state)
{
	static const char text[] = HEAD
		"log <4>[    0.100000] an honest warning\nlog\n"
		"log <4>[    1.0][    T1] WARNING: CPU: 0 PID: 1 at mm/a.c:1 f+0x1/0x2\n"
		"log <4>[    1.0][    T1] WARNING: CPU: 0 PID: 2 at mm/a.c:1 f+0x1/0x2\nend\n";
	struct fault fault = { 0 };

	(void)state;
	report_init(&report);
	assert_int_equal(report_feed(&report, text, strlen(text), &fault), 0);
	assert_int_equal(report_finish(&report, "", &fault), 0);
	assert_int_equal(report.log_count, 4);
	assert_int_equal(report.log.total, 2);
	assert_int_equal(report.log.count, 1);
	assert_string_equal(report.log.splats[0].headline, "mm/a.c:1 f+0x1/0x2");
	report_free(&report);
	report_init(&report);
	assert_int_equal(report_feed(&report, CELL "log x\n", strlen(CELL "log x\n"), &fault),
			 -EPROTO);
	assert_non_null(strstr(fault.text, "log: inside a cell"));
	report_free(&report);
}

static void a_sample_is_rejected_once(void **state)
{
	struct text stream = { 0 };

	(void)state;
	text_add(&stream, CELL);
	for (int i = 0; i < 2000; i++)
		text_addf(&stream, "sample %d %d\n", i, 3 * i);
	for (int round = 0; round < 2; round++)
		for (int i = 1999; i >= 0; i--) /* backwards */
			text_addf(&stream, "invalid %d round %d\n", i, round);
	text_add(&stream, TAIL);
	report_init(&report);
	assert_int_equal(report_feed(&report, stream.data, stream.len, NULL), 0);
	assert_int_equal(report_finish(&report, "unused", NULL), 0);
	assert_int_equal(report.cells[0].samples, 2000);
	assert_int_equal(report.cells[0].values[1999], 5997);
	assert_int_equal(report.cells[0].reject_count, 2000);
	for (uint32_t i = 0; i < 2000; i++) {
		assert_int_equal(report.cells[0].rejects[i].sample, 1999 - i);
		assert_string_equal(report.cells[0].rejects[i].reason, "round 0");
	}
	report_free(&report);
	text_free(&stream);
}

/* Also between a sample and its outcomes, and in a cell that fails in the middle of them. */
static void outcomes_are_kept_row_after_row(void **state)
{
	static const char stream[] = SAMPLE
		"region 1\noutcome vmas 3\ninvalid 0 other data\noutcome errno 0\n"
		"sample 1 11\noutcome vmas 18446744073709551615\nregion 2\noutcome errno 12\n"
		"cell-end a/b=1\n"
		"cell c\nsample 0 1\nsample 1 1\ncell-end c\n"
		"cell d\nsample 0 1\noutcome bytes 1\noutcome more 2\nsample 1 1\noutcome bytes 3\n"
		"failed no memory\ncell-end d\nend\n";
	static const uint64_t rows[] = { 3, 0, UINT64_MAX, 12 };
	const struct report_cell *cell = NULL;
	struct fault fault = { 0 };

	(void)state;
	report_init(&report);
	if (report_feed(&report, stream, strlen(stream), &fault) ||
	    report_finish(&report, "unused", &fault))
		fail_msg("%s", fault.text);
	cell = &report.cells[0];
	assert_int_equal(cell->outcome_count, 2);
	assert_string_equal(cell->outcome_names[0], "vmas");
	assert_string_equal(cell->outcome_names[1], "errno");
	assert_int_equal(cell->outcome_total, COUNT(rows));
	assert_memory_equal(cell->outcomes, rows, sizeof(rows));
	assert_int_equal(cell->reject_count, 1);
	assert_int_equal(cell->regions[1], 1);
	assert_int_equal(report.cells[1].outcome_count, 0);
	assert_int_equal(report.cells[2].outcome_total, 3);
	report_free(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_report_is_kept_exactly),
		cmocka_unit_test(lists_of_cells_and_symbols_are_kept),
		cmocka_unit_test(a_broken_stream_is_refused_with_its_line),
		cmocka_unit_test(feeding_byte_by_byte_gives_the_same),
		cmocka_unit_test(a_nul_byte_is_refused),
		cmocka_unit_test(a_cut_report_keeps_what_was_there),
		cmocka_unit_test(a_stress_tells_how_far_how_much_and_what_was_wrong),
		cmocka_unit_test(the_kernels_log_is_read_for_splats),
		cmocka_unit_test(a_sample_is_rejected_once),
		cmocka_unit_test(outcomes_are_kept_row_after_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
