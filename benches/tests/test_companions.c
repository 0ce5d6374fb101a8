// SPDX-License-Identifier: GPL-2.0-only
/* Companions: a sample beside threads that do not get on is told apart from one beside threads that do. */
#include <errno.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "benches/bench.h"
#include "benches/families/companions.h"

static int one_other_cpu(void **state)
{
	char reason[REASON_SIZE];

	(void)state;
	return companions_supported(1, reason);
}

static void each_kind_gets_on_and_is_stopped(void **state)
{
	static const enum companion_work works[] = { COMPANION_RUN, COMPANION_FAULT,
						     COMPANION_MAP };

	(void)state;
	if (one_other_cpu(NULL)) {
		print_message("there is no other CPU for a thread to run on\n");
		skip();
	}
	for (size_t i = 0; i < sizeof(works) / sizeof(works[0]); i++) {
		struct companions *all = calloc(1, sizeof(*all));
		char reason[REASON_SIZE] = "";
		uint64_t done;

		assert_int_equal(companions_start(all, 1, works[i], reason), 0);
		if (companions_await(all, reason))
			fail_msg("%s", reason);
		assert_int_not_equal(all->items[0].cpu, sched_getcpu());
		companions_stop(all);
		done = atomic_load(&all->items[0].done);
		assert_true(done > 0);
		sched_yield();
		assert_true(done == atomic_load(&all->items[0].done));
		free(all);
	}
}

static void a_thread_that_does_not_get_on_is_told(void **state)
{
	static const enum companion_work works[] = { COMPANION_RUN, COMPANION_FAULT };

	(void)state;
	for (size_t i = 0; i < sizeof(works) / sizeof(works[0]); i++) {
		struct companions all = { .count = 2 };
		char reason[REASON_SIZE] = "";

		all.items[0].work = works[i];
		all.items[1].work = works[i];
		atomic_store(&all.items[0].done, 7); /* got on by 7 since "before" */
		assert_int_equal(companions_check(&all, reason), -ETIME);
		assert_string_equal(reason, "thread 2 did not run during the sample");
		atomic_store(&all.items[1].done, 1);
		assert_int_equal(companions_check(&all, reason), 0);
		assert_int_equal(companions_faults(&all), works[i] == COMPANION_RUN ? 0 : 8);
	}
}

static void what_no_thread_does_is_never_late(void **state)
{
	struct companions all = { .count = 0 };
	char reason[REASON_SIZE] = "";

	(void)state;
	assert_int_equal(companions_start(&all, 0, COMPANION_RUN, reason), 0);
	assert_int_equal(companions_await(&all, reason), 0);
	assert_int_equal(companions_check(&all, reason), 0);
	companions_stop(&all);
}

static void more_threads_than_other_cpus_are_refused(void **state)
{
	struct companions all = { 0 };
	char reason[REASON_SIZE] = "";

	(void)state;
	assert_int_equal(companions_start(&all, CPU_SETSIZE, COMPANION_RUN, reason), -EOPNOTSUPP);
	assert_non_null(strstr(reason, "other CPUs"));
	assert_int_equal(all.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_gets_on_and_is_stopped),
		cmocka_unit_test(a_thread_that_does_not_get_on_is_told),
		cmocka_unit_test(what_no_thread_does_is_never_late),
		cmocka_unit_test(more_threads_than_other_cpus_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
