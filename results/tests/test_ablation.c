// SPDX-License-Identifier: GPL-2.0-only
/* Which kernels stand beside each other in an ablation, and what is said of their cells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "results/ablation.h"
#include "results/tests/fixture.h"

#define MOVE "move/size=32M/align=pmd"
#define ONE "multi_vma/vmas=100/how=one_call/layout=adjacent"
#define MANY "multi_vma/vmas=100/how=many_calls/layout=adjacent"

struct made {
	const char *name, *release, *origin, *traits;
	uint64_t move, one, many, one_errno;
};

static const struct made kernels[] = {
	{ "debian", "7.3.4+deb13-cloud-amd64", "debian trixie-backports x", "", 900, 9000, 20000,
	  0 },
	{ "small", "7.3.4", "built from linux-source-7.3, lab-small, 0 patches", "", 1000, 10000,
	  21000, 0 },
	{ "distro", "7.3.4", "built from linux-source-7.3, lab-distro, 0 patches", "", 1100, 11000,
	  22000, 0 },
	{ "patched", "7.3.4", "built from linux-source-7.3, lab-small, 1 patches", "relocation",
	  1001, 10001, 21001, 0 },
	{ "no-many", "7.3.4", "built from linux-source-7.3, lab-small, 1 patches", "no-multi-vma",
	  1000, 300, 21000, 14 },
	{ "no-pmd", "7.3.4", "built from linux-source-7.3, lab-small, 1 patches", "no-move-pmd",
	  50000, 10000, 21000, 0 },
	{ "older-no-pmd", "6.12.107", "built from linux-source-6.12, lab-small, 1 patches",
	  "no-move-pmd", 50000, 10000, 21000, 0 },
};
enum { KERNELS = sizeof(kernels) / sizeof(kernels[0]) };

static void run_make(struct fixture *fixture, const struct made *it)
{
	const uint64_t *const costs[] = { &it->move, &it->one, &it->many };
	const uint64_t errnos[] = { 0, it->one_errno, 0 };
	const char *const cells[] = { MOVE, ONE, MANY };
	struct series_record series[3][2];
	struct measurement_record measured[3];
	struct kernel_record record = { it->name, it->name, it->release, "", it->origin, "" };
	struct run_record made = { "s", "5", 0, "insn", "m", "remapbench run", 1, it->traits };
	struct trial_record trial = { .sequence = 1,
				      .status = "ok",
				      .reason = "",
				      .console = "",
				      .measurement_count = 3,
				      .measurements = measured };
	struct fault fault = { 0 };
	int64_t run;

	for (size_t i = 0; i < 3; i++) {
		series[i][0] = (struct series_record){ "insn", "instructions", NULL, costs[i] };
		series[i][1] = (struct series_record){ "outcome:errno", "errno", NULL, &errnos[i] };
		measured[i] = (struct measurement_record){ .cell = cells[i],
							   .status = "ok",
							   .reason = "",
							   .expected = "",
							   .samples = 1,
							   .series_count = 2,
							   .series = series[i] };
	}
	if (store_kernel_put(fixture->store, &record, &made.kernel_id, &fault) ||
	    store_run_begin(fixture->store, &made, &run, &fault) ||
	    store_trial_save(fixture->store, run, &trial, &fault) ||
	    store_run_end(fixture->store, run, "complete", "", &fault))
		fail_msg("%s", fault.text);
}

static void load(struct fixture *fixture, struct history *history, struct ablation_list *list)
{
	const struct history_ask ask = { 0 };
	struct fault fault = { 0 };

	fixture_open(fixture);
	for (size_t i = 0; i < KERNELS; i++)
		run_make(fixture, &kernels[i]);
	if (history_load(fixture->store, &ask, history, &fault))
		fail_msg("%s", fault.text);
	assert_int_equal(ablations_find(history, list), 0);
}

static void a_kernel_stands_beside_the_one_built_alike(void **state)
{
	static const char *const pairs[][3] = {
		{ "small", "no-pmd", "no-move-pmd" }, /* PMD moves came first */
		{ "small", "no-many", "no-multi-vma" },
	};
	struct history history;
	struct ablation_list list;

	load(*state, &history, &list);
	assert_int_equal(list.count, 2); /* the older one's other half is not there */
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		const struct ablation *it = &list.items[i];

		assert_string_equal(history.builds[it->with].run->kernel_name, pairs[i][0]);
		assert_string_equal(history.builds[it->without].run->kernel_name, pairs[i][1]);
		assert_string_equal(it->trait, pairs[i][2]);
	}
	ablation_list_free(&list);
	history_free(&history);
}

static void only_what_changes_is_a_row(void **state)
{
	struct fixture *fixture = *state;
	struct history history;
	struct ablation_list list;
	struct ablation_rows rows;
	struct fault fault = { 0 };

	load(fixture, &history, &list);
	assert_int_equal(ablation_rows(fixture->store, &history, &list.items[0], &rows, &fault), 0);
	assert_int_equal(rows.count, 1);
	assert_string_equal(history.cells[rows.items[0].step.cell].key, MOVE);
	assert_float_equal(rows.items[0].count, 1000, 0);
	assert_float_equal(rows.items[0].ratio, 50, 0);
	assert_int_equal(rows.items[0].refused, 0);
	ablation_rows_free(&rows);
	ablation_list_free(&list);
	history_free(&history);
}

static void what_is_refused_stands_beside_many_calls(void **state)
{
	struct fixture *fixture = *state;
	struct history history;
	struct ablation_list list;
	struct ablation_rows rows;
	struct fault fault = { 0 };

	load(fixture, &history, &list);
	assert_int_equal(ablation_rows(fixture->store, &history, &list.items[1], &rows, &fault), 0);
	assert_int_equal(rows.count, 1);
	assert_string_equal(history.cells[rows.items[0].step.cell].key, ONE);
	assert_int_equal(rows.items[0].refused, 14);
	assert_string_equal(rows.items[0].instead, MANY);
	assert_float_equal(rows.items[0].ratio, 2.1, 1e-9); /* and not that of the refusal */
	ablation_rows_free(&rows);
	ablation_list_free(&list);
	history_free(&history);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_kernel_stands_beside_the_one_built_alike,
						fixture_make, fixture_remove),
		cmocka_unit_test_setup_teardown(only_what_changes_is_a_row, fixture_make,
						fixture_remove),
		cmocka_unit_test_setup_teardown(what_is_refused_stands_beside_many_calls,
						fixture_make, fixture_remove),
	};

	return cmocka_run_group_tests_name("ablation", tests, NULL, NULL);
}
