// SPDX-License-Identifier: GPL-2.0-only
/* The plan's parser: a good plan is read exactly, anything else is refused with its line. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "benches/bench.h"
#include "benches/kernel_rules.h"
#include "benches/plan.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEAD "remapbench-plan 1\n"

static int plan_of(const char *bytes, size_t count, struct plan *plan, char *reason)
{
	int fd = memfd_create("plan", MFD_CLOEXEC), err;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, count), count);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	reason[0] = '\0';
	err = plan_read(fd, plan, reason);
	close(fd);
	return err;
}

static void a_whole_plan_is_read_exactly(void **state)
{
	static const char text[] = HEAD
		"task measure\ninstrument pmu\nsamples 100000\nwarmup 1000\n"
		"event cycles:k 0 0x0 0x0 0x0 k\n"
		"event dTLB-load-misses 3 0x10003 0x0 0x0 ukh\n"
		"event raw 4294967295 0xffffffffffffffff 0x1 0xfedcba9876543210 -\n"
		"event-missing no:such libpfm4 knows no event \"no:such\"\n"
		"cell floor/op=empty\ncell move/size=4K/align=pmd\ncell floor/op=empty\nend\n";
	char reason[REASON_SIZE];
	struct plan plan;

	(void)state;
	if (plan_of(text, strlen(text), &plan, reason))
		fail_msg("%s", reason);
	assert_int_equal(plan.task, TASK_MEASURE);
	assert_string_equal(plan.instrument, "pmu");
	assert_int_equal(plan.samples, 100000);
	assert_int_equal(plan.warmup, 1000);
	assert_int_equal(plan.event_count, 4);
	assert_string_equal(plan.events[0].name, "cycles:k");
	assert_string_equal(plan.events[0].missing, "");
	assert_string_equal(plan.events[0].levels, "k");
	assert_int_equal(plan.events[1].type, 3);
	assert_int_equal(plan.events[1].config, 0x10003);
	assert_string_equal(plan.events[1].levels, "ukh");
	assert_true(plan.events[2].type == UINT32_MAX);
	assert_true(plan.events[2].config == UINT64_MAX);
	assert_int_equal(plan.events[2].config1, 1);
	assert_true(plan.events[2].config2 == 0xfedcba9876543210);
	assert_string_equal(plan.events[3].name, "no:such");
	assert_string_equal(plan.events[3].missing, "libpfm4 knows no event \"no:such\"");
	assert_int_equal(plan.cell_count, 3);
	assert_string_equal(plan.cells[0], "floor/op=empty");
	assert_string_equal(plan.cells[1], "move/size=4K/align=pmd");
	assert_string_equal(plan.cells[2], "floor/op=empty");
	plan_free(&plan);
}

static void small_plans_are_good(void **state)
{
	static const struct {
		const char *text;
		enum plan_task task;
		uint32_t samples, warmup;
		size_t cells;
	} cases[] = {
		{ HEAD "task cells\nend\n", TASK_CELLS, 1, 0, 0 },
		{ HEAD "task symbols\nend\n", TASK_SYMBOLS, 1, 0, 0 },
		{ HEAD "task measure\ninstrument insn\nsamples 1\nwarmup 0\ncell a\nend\n",
		  TASK_MEASURE, 1, 0, 1 },
		{ HEAD "task stress\nseed 0\nend\n", TASK_STRESS, 1, 0, 0 },
		{ HEAD "task cells\nend", TASK_CELLS, 1, 0, 0 }, /* the newline is missing */
		{ HEAD "samples 7\ntask cells\nend\n", TASK_CELLS, 7, 0, 0 },
	};
	char reason[REASON_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct plan plan;

		if (plan_of(cases[i].text, strlen(cases[i].text), &plan, reason))
			fail_msg("%s: %s", cases[i].text, reason);
		assert_int_equal(plan.task, cases[i].task);
		assert_int_equal(plan.samples, cases[i].samples);
		assert_int_equal(plan.warmup, cases[i].warmup);
		assert_int_equal(plan.cell_count, cases[i].cells);
		plan_free(&plan);
	}
}

static void a_stress_is_told_what_to_do(void **state)
{
	static const char text[] = HEAD "task stress\nseed 18446744073709551615\noperations 12\n"
					"from 7\nseconds 60\nthreads 8\nwithout fork\n"
					"without pin\nend\n";
	char reason[REASON_SIZE];
	struct plan plan;

	(void)state;
	if (plan_of(text, strlen(text), &plan, reason))
		fail_msg("%s", reason);
	assert_int_equal(plan.task, TASK_STRESS);
	assert_true(plan.stress.seed == UINT64_MAX);
	assert_int_equal(plan.stress.operations, 12);
	assert_int_equal(plan.stress.from, 7);
	assert_int_equal(plan.stress.seconds, 60);
	assert_int_equal(plan.stress.threads, 8);
	assert_int_equal(plan.stress.without_count, 2);
	assert_string_equal(plan.stress.without[1], "pin");
	plan_free(&plan);
}

static void a_bad_line_is_refused_by_its_number(void **state)
{
	static const struct {
		const char *lines; /* after the head */
		unsigned int line; /* of the file */
	} cases[] = {
		{ "task\nend\n", 2 },
		{ "task \nend\n", 2 },
		{ "task nothing\nend\n", 2 },
		{ "task cells \nend\n", 2 },
		{ "task  cells\nend\n", 2 },
		{ "TASK cells\nend\n", 2 },
		{ " task cells\nend\n", 2 },
		{ "\ntask cells\nend\n", 2 },
		{ "task cells\n\nend\n", 3 },
		{ "task cells\r\nend\r\n", 2 },
		{ "task cells\nunknown 1\nend\n", 3 },
		{ "task cells\nend 1\n", 3 },
		{ "samples 0\nend\n", 2 },
		{ "seed\nend\n", 2 },
		{ "seed -1\nend\n", 2 },
		{ "seed 18446744073709551616\nend\n", 2 },
		{ "operations x\nend\n", 2 },
		{ "seconds 1000001\nend\n", 2 },
		{ "threads 9\nend\n", 2 },
		{ "without \nend\n", 2 },
		{ "without fork now\nend\n", 2 },
		{ "without a-name-that-is-longer-than-any\nend\n", 2 },
		{ "samples 100001\nend\n", 2 },
		{ "samples 4294967297\nend\n", 2 },
		{ "samples 18446744073709551617\nend\n", 2 },
		{ "samples -1\nend\n", 2 },
		{ "samples +1\nend\n", 2 },
		{ "samples 1x\nend\n", 2 },
		{ "samples 0x10\nend\n", 2 },
		{ "samples 1 2\nend\n", 2 },
		{ "samples 3\nwarmup 1001\nend\n", 3 },
		{ "samples 3\nwarmup\nend\n", 3 },
		{ "instrument \nend\n", 2 },
		{ "instrument sixteen-letters-\nend\n", 2 },
		{ "instrument clock pmu\nend\n", 2 },
		{ "event cycles\nend\n", 2 },
		{ "event cycles 0 0x0 0x0 0x0\nend\n", 2 },
		{ "event cycles 0 0x0 0x0 0x0 x\nend\n", 2 },
		{ "event cycles 0 0x0 0x0 0x0 k more\nend\n", 2 },
		{ "event cycles 0 0x0 0x0 0x0 kukukukuk\nend\n", 2 },
		{ "event cycles 0 1 0x0 0x0 k\nend\n", 2 },
		{ "event cycles zero 0x0 0x0 0x0 k\nend\n", 2 },
		{ "event 1234567890123456789012345678901234567890123456789012345678901234 0 0x0 0x0"
		  " 0x0 k\nend\n",
		  2 },
		{ "event-missing cycles\nend\n", 2 },
		{ "event-missing cycles \nend\n", 2 },
		{ "cell\nend\n", 2 },
		{ "cell \nend\n", 2 },
		{ "cell a\ncell b\nsamples none\nend\n", 4 },
		{ "trait\nend\n", 2 },
		{ "trait no-such\nend\n", 2 },
		{ "trait no-realign no-move-pmd\nend\n", 2 },
		{ "trait no-realign\ntrait no-realign\nend\n", 3 },
	};
	char text[512], reason[REASON_SIZE], want[64];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct plan plan;

		snprintf(text, sizeof(text), HEAD "%s", cases[i].lines);
		snprintf(want, sizeof(want), "line %u ", cases[i].line);
		if (!plan_of(text, strlen(text), &plan, reason))
			fail_msg("taken: %s", text);
		if (!strstr(reason, want))
			fail_msg("%s\"%s\" does not name %s", text, reason, want);
	}
}

static void what_is_no_whole_plan_is_refused(void **state)
{
	static const struct {
		const char *bytes;
		size_t count;
		const char *want;
	} cases[] = {
		{ "", 0, "no plan" },
		{ "\n", 1, "version 1" },
		{ "remapbench-plan 2\nend\n", 22, "version 1" },
		{ "remapbench-plan 1 \nend\n", 23, "version 1" },
		{ "remapbench-report 1\nend\n", 24, "version 1" },
		{ "\nremapbench-plan 1\nend\n", 23, "version 1" },
		{ "\0remapbench-plan 1\nend\n", 23, "version 1" },
		{ HEAD, strlen(HEAD), "cut short" },
		{ HEAD "task cells\n", strlen(HEAD) + 11, "cut short" },
		{ HEAD "task cells\nen", strlen(HEAD) + 13, "line 3 " },
		{ HEAD "task cells\nend of it", strlen(HEAD) + 20, "line 3 " },
	};
	char reason[REASON_SIZE];
	struct plan plan;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (!plan_of(cases[i].bytes, cases[i].count, &plan, reason))
			fail_msg("case %zu is taken", i);
		if (!strstr(reason, cases[i].want))
			fail_msg("case %zu: \"%s\" does not say %s", i, reason, cases[i].want);
	}
	assert_int_not_equal(plan_read(-1, &plan, reason), 0);
}

static void a_kernels_traits_are_read(void **state)
{
	static const char text[] = HEAD
		"trait no-move-pmd\nkernel 7 3\ntask cells\ntrait no-multi-vma\nend\n";
	char reason[REASON_SIZE];
	struct plan plan;

	(void)state;
	if (plan_of(text, strlen(text), &plan, reason))
		fail_msg("%s", reason);
	assert_int_equal(plan.kernel.major, 7);
	assert_int_equal(plan.kernel.minor, 3);
	assert_int_equal(plan.kernel_traits, TRAIT_NO_MOVE_PMD | TRAIT_NO_MULTI_VMA);
	plan_free(&plan);
}

/* As many events as there is room for; and a plan that is larger than any. */
static void too_much_is_refused(void **state)
{
	char reason[REASON_SIZE];
	struct text text = { 0 };
	struct plan plan;

	(void)state;
	text_add(&text, HEAD "task measure\n");
	for (int i = 0; i < PLAN_EVENTS; i++)
		text_addf(&text, i % 2 ? "event e%d 1 0x2 0x0 0x0 k\n" : "event-missing e%d so\n",
			  i);
	text_add(&text, "end\n");
	assert_int_equal(plan_of(text.data, text.len, &plan, reason), 0);
	assert_int_equal(plan.event_count, PLAN_EVENTS);
	plan_free(&plan);

	text.len -= strlen("end\n");
	text_add(&text, "event-missing one too many\nend\n");
	assert_int_equal(plan_of(text.data, text.len, &plan, reason), -E2BIG);
	assert_non_null(strstr(reason, "line 27 "));

	text_clear(&text);
	text_add(&text, HEAD);
	while (text.len < 5 << 20)
		text_add(&text, "cell move/size=32M/align=pmd/fill=100/folio=4K/type=anon\n");
	text_add(&text, "end\n");
	assert_int_not_equal(plan_of(text.data, text.len, &plan, reason), 0);
	text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_plan_is_read_exactly),
		cmocka_unit_test(small_plans_are_good),
		cmocka_unit_test(a_kernels_traits_are_read),
		cmocka_unit_test(a_stress_is_told_what_to_do),
		cmocka_unit_test(a_bad_line_is_refused_by_its_number),
		cmocka_unit_test(what_is_no_whole_plan_is_refused),
		cmocka_unit_test(too_much_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
