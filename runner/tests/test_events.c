// SPDX-License-Identifier: GPL-2.0-only
/* Event names: the ones that every machine knows, tracepoints from a tracefs of the test's own. */
#include <errno.h>
#include <limits.h>
#include <linux/perf_event.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/files.h"
#include "runner/events.h"
#include "runner/tracepoint.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define CACHE(id, op, result)                                          \
	(PERF_COUNT_HW_CACHE_##id | PERF_COUNT_HW_CACHE_OP_##op << 8 | \
	 PERF_COUNT_HW_CACHE_RESULT_##result << 16)

static char folder[] = "/tmp/test_events.XXXXXX";

static const char *in_folder(const char *name)
{
	static char paths[2][PATH_MAX];
	static unsigned int next;
	char *path = paths[next++ % 2];

	assert_int_equal(path_join(path, PATH_MAX, folder, name), 0);
	return path;
}

static void tracepoint_make(const char *name, const char *id)
{
	char file[PATH_MAX];

	snprintf(file, sizeof(file), "tracing/events/%s", name);
	assert_int_equal(directory_make(in_folder(file), 0755), 0);
	snprintf(file, sizeof(file), "tracing/events/%s/id", name);
	assert_int_equal(file_write(in_folder(file), id, strlen(id)), 0);
}

static int folder_make(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	tracepoint_make("tlb/tlb_flush", "417\n");
	tracepoint_make("kmem/broken", "four\n");
	return directory_make(in_folder("empty"), 0755);
}

static int folder_remove(void **state)
{
	(void)state;
	return directory_remove(folder);
}

static void perfs_own_names_encode_everywhere(void **state)
{
	static const struct {
		const char *name;
		uint32_t type;
		uint64_t config;
		const char *levels;
	} rows[] = {
		{ "instructions:k", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS, "k" },
		{ "instructions:u", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS, "u" },
		{ "instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS, "uk" },
		{ "instructions:u:k", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS, "uk" },
		{ "cycles:k", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES, "k" },
		{ "branch-misses:k", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_MISSES, "k" },
		{ "dTLB-load-misses", PERF_TYPE_HW_CACHE, CACHE(DTLB, READ, MISS), "uk" },
		{ "dTLB-store-misses:k", PERF_TYPE_HW_CACHE, CACHE(DTLB, WRITE, MISS), "k" },
		{ "page-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS, "uk" },
		{ "minor-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS_MIN, "uk" },
		{ "context-switches", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CONTEXT_SWITCHES, "uk" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fault fault = { 0 };
		struct event_code code;

		if (event_encode(rows[i].name, &code, &fault))
			fail_msg("%s", fault.text);
		assert_string_equal(code.name, rows[i].name);
		assert_int_equal(code.type, rows[i].type);
		assert_int_equal(code.config, rows[i].config);
		assert_int_equal(code.config1, 0);
		assert_int_equal(code.config2, 0);
		assert_string_equal(code.levels, rows[i].levels);
	}
}

static void what_is_no_event_is_refused_with_a_reason(void **state)
{
	static const char *const names[] = {
		"",
		"no-such-event",
		"instructions:",
		"instructions:z",
		"instructions k",
		"instructions\n",
		"instructions:period=1000",
		"instructions:k:pinned",
		"instructions:mg",
		"no-such-system:no_such_event",
		"../../x:y",
		"a:b:c",
		"a-name-of-64-characters-is-one-more-than-fits-into-its-place-0123",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct fault fault = { 0 };
		struct event_code code;
		int err = event_encode(names[i], &code, &fault);

		if ((err != -ENOENT && err != -EACCES) || !fault.text[0])
			fail_msg("%s: %d, %s", names[i], err, fault.text);
	}
}

static void the_defaults_encode_or_say_why(void **state)
{
	(void)state;
	assert_int_equal(event_default_count, 6);
	for (size_t i = 0; i < event_default_count; i++) {
		struct fault fault = { 0 };
		struct event_code code;
		int err = event_encode(event_defaults[i], &code, &fault);

		/* The first four everywhere; the tracepoints where there is a tracefs. */
		if (err && (i < 4 || !fault.text[0]))
			fail_msg("%s: %d, %s", event_defaults[i], err, fault.text);
		if (!err && i >= 4) {
			assert_int_equal(code.type, PERF_TYPE_TRACEPOINT);
			assert_string_equal(code.levels, "-");
		}
	}
}

static void tracepoints_are_found_in_the_first_tracefs_there_is(void **state)
{
	static const struct {
		const char *name;
		int err;
		uint64_t id;
		const char *why;
	} rows[] = {
		{ "tlb:tlb_flush", 0, 417, "" },
		{ "tlb:none", -ENOENT, 0, "no such tracepoint in this kernel" },
		{ "none:none", -ENOENT, 0, "no such tracepoint in this kernel" },
		{ "kmem:broken", -EPROTO, 0, "is no number: four" },
		{ "tlb", -ENOENT, 0, "no tracepoint's name" },
		{ "tlb:", -ENOENT, 0, "no tracepoint's name" },
		{ ":tlb_flush", -ENOENT, 0, "no tracepoint's name" },
		{ "tlb:../tlb/tlb_flush", -ENOENT, 0, "no tracepoint's name" },
	};
	const char *const roots[] = { in_folder("empty"), in_folder("tracing"), NULL };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fault fault = { 0 };
		uint64_t id = 0;
		int err = tracepoint_find(roots, rows[i].name, &id, &fault);

		if (err != rows[i].err || !strstr(fault.text, rows[i].why))
			fail_msg("%s: %d, %s", rows[i].name, err, fault.text);
		assert_int_equal(id, rows[i].id);
	}
}

static void without_tracefs_the_reason_says_how_to_mount_it(void **state)
{
	const char *const roots[] = { in_folder("empty"), in_folder("nowhere"), NULL };
	struct fault fault = { 0 };
	char want[PATH_MAX];
	uint64_t id;

	(void)state;
	assert_int_equal(tracepoint_find(roots, "tlb:tlb_flush", &id, &fault), -ENOENT);
	snprintf(want, sizeof(want), "mount -t tracefs tracefs %.100s", roots[0]);
	assert_non_null(strstr(fault.text, want));
}

struct seen {
	size_t count, stop_after;
	bool instructions;
};

static int count_event(const char *pmu, const char *event, const char *about, void *context)
{
	struct seen *seen = context;

	assert_true(pmu[0] && event[0]);
	assert_non_null(about);
	seen->count++;
	if (!strcmp(pmu, "perf") && !strcmp(event, "PERF_COUNT_HW_INSTRUCTIONS"))
		seen->instructions = true;
	return seen->count == seen->stop_after ? 7 : 0;
}

static void events_are_listed_until_the_visitor_stops(void **state)
{
	struct seen all = { 0 }, some = { .stop_after = 3 };

	(void)state;
	assert_int_equal(event_list(count_event, &all), 0);
	assert_true(all.instructions);
	assert_int_equal(event_list(count_event, &some), 7);
	assert_int_equal(some.count, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(perfs_own_names_encode_everywhere),
		cmocka_unit_test(what_is_no_event_is_refused_with_a_reason),
		cmocka_unit_test(the_defaults_encode_or_say_why),
		cmocka_unit_test(tracepoints_are_found_in_the_first_tracefs_there_is),
		cmocka_unit_test(without_tracefs_the_reason_says_how_to_mount_it),
		cmocka_unit_test(events_are_listed_until_the_visitor_stops),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
