// SPDX-License-Identifier: GPL-2.0-only
/* The parser of an agent's report: no report, however long, takes more than the limits say. */
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

static void a_line_has_4096_bytes_and_no_more(void **state)
{
	struct fault fault = { 0 };
	char line[REPORT_LINE + 1];

	(void)state;
	memset(line, 'x', sizeof(line));
	memcpy(line, "env k ", 6);
	line[REPORT_LINE - 1] = '\n';
	report_init(&report);
	report_feed(&report, HEAD, strlen(HEAD), NULL);
	assert_int_equal(report_feed(&report, line, REPORT_LINE, &fault), 0);
	/* For people, so it is cut, and shows it. */
	assert_int_equal(strlen(report.envs[0].value), sizeof(report.envs[0].value) - 1);
	assert_string_equal(report.envs[0].value + sizeof(report.envs[0].value) - 5, "x...");
	line[REPORT_LINE - 1] = 'x';
	line[REPORT_LINE] = '\n';
	assert_int_equal(report_feed(&report, line, REPORT_LINE + 1, &fault), -EPROTO);
	assert_string_equal(fault.text, "line 3 of the report: longer than 4096 bytes");
	report_free(&report);
}

static void a_flood_without_a_newline_ends_at_once(void **state)
{
	char flood[1 << 16];
	struct fault fault = { 0 };

	(void)state;
	memset(flood, 'a', sizeof(flood));
	report_init(&report);
	assert_int_equal(report_feed(&report, flood, sizeof(flood), &fault), -EPROTO);
	assert_string_equal(fault.text, "line 1 of the report: longer than 4096 bytes");
	report_free(&report);
}

/* Feeds head, then count lines of fmt with their number, until one is refused: returns its number. */
static unsigned int lines_taken(const char *head, const char *fmt, unsigned int count,
				struct fault *fault)
{
	char line[700];

	report_init(&report);
	assert_int_equal(report_feed(&report, head, strlen(head), fault), 0);
	for (unsigned int i = 0; i < count; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		int len = snprintf(line, sizeof(line), fmt, i);
#pragma GCC diagnostic pop

		if (report_feed(&report, line, (size_t)len, fault))
			return i;
	}
	return count;
}

static void every_limit_holds(void **state)
{
	static const struct {
		const char *head, *fmt;
		unsigned int limit;
		const char *why;
	} rows[] = {
		{ HEAD, "env k%u x\n", REPORT_ENVS, "env: more than 256" },
		{ HEAD, "metric %1$u m%1$u ns ok\n", REPORT_METRICS, "more than 32 metrics" },
		{ HEAD, "cells c%u 1 2\n", REPORT_CELLS, "more than 16384 cells" },
		{ HEAD, "rule b%u x\n", REPORT_RULES, "more than 256 rules" },
		{ HEAD, "count c%u 1\n", REPORT_COUNTS, "more than 32 counts" },
		{ HEAD, "trouble %u\n", REPORT_TROUBLES, "more than 64 lines" },
		{ HEAD "cells a 1 2\n", "expect f%u 0 1\n", REPORT_EXPECTS,
		  "more than 16 in a cell" },
		{ SAMPLE, "outcome o%u 1\n", REPORT_OUTCOMES, "more than 8 in a cell" },
		{ HEAD, "symbol 1 s%u\n", REPORT_SYMBOLS, "more than 400000 symbols" },
		{ HEAD, "log <4>[%u] x\n", REPORT_LOGS, "log: more than 65536" },
		{ CELL, "expect f%u 0 1\n", REPORT_EXPECTS, "more than 16 in a cell" },
		{ CELL, "sample %u 1\n", REPORT_SAMPLES, "more than 100000 in a cell" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fault fault = { 0 };

		assert_int_equal(lines_taken(rows[i].head, rows[i].fmt, rows[i].limit + 1, &fault),
				 rows[i].limit);
		if (!strstr(fault.text, rows[i].why))
			fail_msg("%s", fault.text);
		report_free(&report);
	}
}

static void all_memory_together_is_bounded(void **state)
{
	/* Each takes 16 bytes or more: a value and a region, a symbol, a reject. */
	static const struct {
		const char *head, *line;
		size_t bytes;
	} rows[] = {
		{ CELL, "sample 0 1\n", 16 },
		{ HEAD, "symbol 1 name\n", 16 + 5 },
		{ SAMPLE, "invalid 0 x\n", sizeof(struct report_reject) },
		{ SAMPLE, "outcome a 1\n", 8 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t less = 0; less < 2; less++) {
			struct fault fault = { 0 };

			report_init(&report);
			report_feed(&report, rows[i].head, strlen(rows[i].head), NULL);
			report.bytes = REPORT_BYTES - rows[i].bytes + less;
			assert_int_equal(
				report_feed(&report, rows[i].line, strlen(rows[i].line), &fault),
				less ? -EPROTO : 0);
			assert_int_equal(!!strstr(fault.text, "more than 512 MiB"), less);
			report_free(&report);
		}
}

static void names_that_are_too_long_are_refused(void **state)
{
	static const struct {
		const char *head, *before, *after;
		size_t fits;
	} rows[] = {
		{ METRIC, "cell ", "\n", 255 },	      { HEAD, "cells ", " 1 2\n", 255 },
		{ HEAD, "env ", " x\n", 63 },	      { HEAD, "metric 0 ", " ns ok\n", 63 },
		{ HEAD, "metric 0 m ", " ok\n", 23 }, { CELL, "expect ", " 0 1\n", 63 },
		{ HEAD, "symbol 1 ", "\n", 511 },     { SAMPLE, "outcome ", " 1\n", 40 },
		{ HEAD, "rule ", " x\n", 63 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t more = 0; more < 2; more++) {
			struct text stream = { 0 };
			struct fault fault = { 0 };

			text_add(&stream, rows[i].head);
			text_add(&stream, rows[i].before);
			for (size_t n = 0; n < rows[i].fits + more; n++)
				text_add(&stream, "n");
			text_add(&stream, rows[i].after);
			report_init(&report);
			assert_int_equal(report_feed(&report, stream.data, stream.len, &fault),
					 more ? -EPROTO : 0);
			assert_int_equal(!!strstr(fault.text, "longer than"), more);
			report_free(&report);
			text_free(&stream);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_has_4096_bytes_and_no_more),
		cmocka_unit_test(a_flood_without_a_newline_ends_at_once),
		cmocka_unit_test(every_limit_holds),
		cmocka_unit_test(all_memory_together_is_bounded),
		cmocka_unit_test(names_that_are_too_long_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
