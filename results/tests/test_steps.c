// SPDX-License-Identifier: GPL-2.0-only
/* What is a step and what is not; the order of builds; and the history of a database made for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/history.h"
#include "results/tests/fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void the_count_is_what_half_of_the_samples_say(void **state)
{
	static const struct {
		uint64_t values[9];
		size_t samples;
		uint64_t value, spread;
	} rows[] = {
		{ { 7 }, 1, 7, 0 },
		{ { 100, 100, 100, 568, 100 }, 5, 100, 0 }, /* a slab was refilled */
		{ { 568, 100, 100 }, 3, 100, 0 },
		{ { 10, 12, 10, 12 }, 4, 10, 0 }, /* of two, the smaller */
		{ { 10, 12, 12 }, 3, 12, 0 },
		{ { 13, 10, 12 },
		  3,
		  12,
		  3 }, /* none is right: the middle, and all that they differ */
		{ { 4, 1, 3, 2 }, 4, 2, 3 },
		{ { 10, 10, 20, 30, 40 }, 5, 20, 30 }, /* twice is not half */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct exact_count count;
		uint64_t values[9];

		memcpy(values, rows[i].values, sizeof(values));
		assert_true(exact_count_of(values, rows[i].samples, &count));
		assert_int_equal(count.value, rows[i].value);
		assert_int_equal(count.spread, rows[i].spread);
		assert_int_equal(count.samples, rows[i].samples);
	}
}

static void no_samples_are_no_count(void **state)
{
	struct exact_count count;

	(void)state;
	assert_false(exact_count_of(NULL, 0, &count));
	assert_int_equal(count.samples, 0);
}

static struct step_point counted(uint64_t value, uint64_t spread)
{
	return (struct step_point){ STEP_COUNTED, { .value = value, .spread = spread } };
}

static void a_step_is_more_than_the_rule_and_the_spread(void **state)
{
	static const struct {
		uint64_t from, from_spread, to, to_spread;
		bool step;
	} rows[] = {
		{ 10000, 0, 10000, 0, false },
		{ 10000, 0, 10100, 0, false }, /* one per cent is not more than it */
		{ 10000, 0, 10101, 0, true },
		{ 10000, 0, 9899, 0, true },
		{ 100, 0, 119, 0, false }, /* a fifth, but only 19 instructions */
		{ 100, 0, 120, 0, true },
		{ 10000, 500, 10400, 0, false }, /* samples differ by more */
		{ 10000, 0, 10400, 500, false },
		{ 10000, 300, 10400, 399, true },
		{ 0, 0, 20, 0, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct step_point from = counted(rows[i].from, rows[i].from_spread);
		struct step_point to = counted(rows[i].to, rows[i].to_spread);

		assert_int_equal(step_is(&from, &to, &step_rule_default), rows[i].step);
	}
}

static void what_a_kernel_learns_or_forgets_is_a_step(void **state)
{
	const struct step_point none = { STEP_ABSENT, { 0 } };
	const struct step_point refuses = { STEP_UNSUPPORTED, { 0 } };
	const struct step_point counts = counted(100, 0);

	(void)state;
	assert_true(step_is(&refuses, &counts, &step_rule_default));
	assert_true(step_is(&counts, &refuses, &step_rule_default));
	assert_false(step_is(&refuses, &refuses, &step_rule_default));
	assert_false(step_is(&none, &counts, &step_rule_default));
	assert_false(step_is(&counts, &none, &step_rule_default));
}

static void a_build_without_the_cell_is_stepped_over(void **state)
{
	const struct step_point points[] = {
		{ STEP_ABSENT, { 0 } }, counted(100, 0), { STEP_ABSENT, { 0 } },
		counted(200, 0),	counted(200, 0), counted(210, 0), /* 5 %, but 10 */
		counted(150, 0),
	};
	struct step *steps;
	size_t found;

	(void)state;
	assert_int_equal(steps_find(points, COUNT(points), &step_rule_default, &steps, &found), 0);
	assert_int_equal(found, 2);
	assert_int_equal(steps[0].from, 1);
	assert_int_equal(steps[0].to, 3);
	assert_int_equal(steps[1].from, 5);
	assert_int_equal(steps[1].to, 6);
	free(steps);
	assert_int_equal(steps_find(NULL, 0, &step_rule_default, &steps, &found), 0);
	assert_int_equal(found, 0);
	free(steps);
}

static struct {
	char release[40], version[40], origin[40], family[40], name[40], minor[8];
} builds[] = {
	/* In version order. */
	{ "6.1.0-56-cloud-amd64", "6.1.192-2", "debian bookworm-security x",
	  "debian-12 cloud-amd64", "6.1.192-2", "6.1" },
	{ "6.12.43+deb12-cloud-amd64", "6.12.43-1~bpo12+1", "debian bookworm-backports x",
	  "debian-12 cloud-amd64", "6.12.43", "6.12" },
	{ "6.12.90+deb13-cloud-amd64", "6.12.90-1", "debian trixie-security x",
	  "debian-13 cloud-amd64", "6.12.90", "6.12" },
	{ "6.12.90+deb13-amd64", "6.12.90-2", "debian trixie x", "debian-13 amd64", "6.12.90-2",
	  "6.12" },
	{ "6.12.100+deb12-cloud-amd64", "6.12.100-1~deb12u1", "debian bookworm-security x",
	  "debian-12 cloud-amd64", "6.12.100", "6.12" },
	{ "6.12.100+deb13-cloud-amd64", "6.12.100-1", "debian trixie-security x",
	  "debian-13 cloud-amd64", "6.12.100", "6.12" },
	{ "7.2.13+deb14-cloud-amd64", "7.2.13-1", "debian sid x", "debian-sid cloud-amd64",
	  "7.2.13", "7.2" },
	{ "7.3-cloud-amd64", "7.3~rc7-1~exp1", "debian experimental x", "debian-sid cloud-amd64",
	  "7.3~rc7", "7.3" },
	{ "7.3.4+deb13-cloud-amd64", "7.3.4-1~bpo13+1", "debian trixie-backports x",
	  "debian-13 cloud-amd64", "7.3.4", "7.3" },
	{ "7.3.5-mine", "", "built here", "other", "7.3.5-mine", "7.3" },
	{ "7.3.6-host", "#1 SMP", "host", "other", "7.3.6-host", "7.3" },
	{ "x", "", "", "other", "x", "" },
};

static void builds_are_in_version_order_and_one_compiler_s_are_a_family(void **state)
{
	char none[] = "";
	struct run_info runs[COUNT(builds)];

	(void)state;
	for (size_t i = 0; i < COUNT(builds); i++)
		runs[i] = (struct run_info){ .kernel_release = builds[i].release,
					     .kernel_version = builds[i].version,
					     .kernel_origin = builds[i].origin,
					     .kernel_name = none,
					     .kernel_sha256 = none };
	for (size_t i = 0; i < COUNT(builds); i++) {
		char family[KERNEL_FAMILY], name[80], minor[32];

		kernel_family(&runs[i], family);
		assert_string_equal(family, builds[i].family);
		assert_string_equal(kernel_short(&runs[i], name, sizeof(name)), builds[i].name);
		assert_string_equal(kernel_minor(&runs[i], minor, sizeof(minor)), builds[i].minor);
		for (size_t j = 0; j < COUNT(builds); j++) {
			int order = kernel_order(&runs[i], &runs[j]);

			assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
		}
	}
}

static void releases_are_in_version_order(void **state)
{
	static const char *const order[] = { "6.1.0-56-cloud", "6.1.192", "6.2",
					     "6.12-rc1",       "6.12~x",  "6.12",
					     "6.12.1",	       "6.12.10", "7.0" };

	(void)state;
	for (size_t i = 0; i < COUNT(order); i++)
		for (size_t j = 0; j < COUNT(order); j++) {
			int is = release_compare(order[i], order[j]);

			assert_int_equal((is > 0) - (is < 0), (i > j) - (i < j));
		}
}

static void a_trait_is_a_whole_word(void **state)
{
	char traits[] = "no-move-pmd, relocation";
	const struct run_info run = { .kernel_traits = traits };

	(void)state;
	assert_true(kernel_has_trait(&run, "no-move-pmd"));
	assert_true(kernel_has_trait(&run, "relocation"));
	assert_false(kernel_has_trait(&run, "no-move"));
	assert_false(kernel_has_trait(&run, "move"));
}

#define CELL "move/size=2M/align=pmd"
#define OTHER "move/size=4K/align=unaligned"

struct build_run {
	const char *release, *version, *origin, *traits, *recipe;
	uint64_t value;
	const char *reference, *effort; /* notes; NULL: without */
};

/* A complete run of CELL, whose samples are all of one value. */
static void run_make(struct fixture *fixture, const struct build_run *it)
{
	uint64_t values[] = { it->value, it->value, it->value };
	struct kernel_record record = { it->release, it->release, it->release,
					it->version, it->origin,  "" };
	struct run_record made = { .suite = "s",
				   .suite_sha256 = "5",
				   .instrument = "insn",
				   .machine = "m",
				   .command = "remapbench run",
				   .trials_planned = 1,
				   .kernel_traits = it->traits };
	struct fault fault = { 0 };
	int64_t run;

	assert_int_equal(store_kernel_put(fixture->store, &record, &made.kernel_id, &fault), 0);
	assert_int_equal(store_run_begin(fixture->store, &made, &run, &fault), 0);
	assert_int_equal(store_run_note(fixture->store, run, "guest.recipe", it->recipe, &fault),
			 0);
	if (it->reference)
		assert_int_equal(
			store_run_note(fixture->store, run, "reference", it->reference, &fault), 0);
	if (it->effort)
		assert_int_equal(
			store_run_note(fixture->store, run, "run.effort", it->effort, &fault), 0);
	fixture_trial(fixture, run, 1, CELL, "insn", values, 3);
	assert_int_equal(store_run_end(fixture->store, run, "complete", "", &fault), 0);
}

/* Two compilers' builds of the same versions, in turns; theirs cost 10 % more throughout. */
static const struct build_run turns[] = {
	{ "6.12.90+deb12-x", "6.12.90-1~bpo12+1", "debian bookworm x", NULL, "r", 1000, NULL,
	  NULL },
	{ "6.12.90+deb13-x", "6.12.90-1", "debian trixie x", NULL, "r", 1100, NULL, NULL },
	{ "6.12.94+deb12-x", "6.12.94-1~bpo12+1", "debian bookworm x", NULL, "r", 1005, NULL,
	  NULL },
	{ "6.12.94+deb13-x", "6.12.94-1", "debian trixie x", NULL, "r", 1105, NULL, NULL },
	{ "6.12.95+deb13-x", "6.12.95-1", "debian trixie x", NULL, "r", 1300, NULL, NULL },
};

static void history_of(struct fixture *fixture, const char *cell, const char *kernels,
		       struct history *history)
{
	const struct history_ask ask = { .cells = &cell,
					 .cell_count = cell ? 1 : 0,
					 .kernels = kernels };
	struct fault fault = { 0 };

	if (history_load(fixture->store, &ask, history, &fault))
		fail_msg("%s", fault.text);
}

static void two_compilers_builds_make_no_step(void **state)
{
	struct fixture *fixture = *state;
	struct history history;

	fixture_open(fixture);
	for (size_t i = COUNT(turns); i-- > 0;)
		run_make(fixture, &turns[i]);
	history_of(fixture, NULL, NULL, &history);
	assert_int_equal(history.build_count, COUNT(turns));
	assert_int_equal(history.family_count, 2);
	for (size_t i = 0; i < COUNT(turns); i++)
		assert_string_equal(history.builds[i].run->kernel_release, turns[i].release);
	assert_int_equal(history.step_count, 1);
	assert_int_equal(history.steps[0].from, 3);
	assert_int_equal(history.steps[0].to, 4);
	assert_float_equal(history_difference(&history, &history.steps[0]), 195, 0);
	assert_float_equal(history_ratio(&history, &history.steps[0]), 1300 / 1105.0, 1e-9);
	history_free(&history);
	history_of(fixture, "resize/*", NULL, &history);
	assert_int_equal(history.cell_count, 0);
	history_free(&history);
	history_of(fixture, CELL, "*~bpo12*", &history);
	assert_int_equal(history.build_count, 2);
	assert_int_equal(history.step_count, 0);
	history_free(&history);
}

static void debug_kernels_and_other_guests_are_left_out(void **state)
{
	static const struct build_run debug = {
		"7.0-debug", "", "", "relocation, not for figures", "r", 9000, NULL, NULL
	};
	static const struct build_run shape = { "7.1-x",       "",   "",   NULL,
						"five levels", 9000, NULL, NULL };
	struct fixture *fixture = *state;
	struct history history;

	fixture_open(fixture);
	for (size_t i = 0; i < COUNT(turns); i++)
		run_make(fixture, &turns[i]);
	run_make(fixture, &debug);
	run_make(fixture, &shape);
	history_of(fixture, NULL, NULL, &history);
	assert_int_equal(history.build_count, COUNT(turns));
	assert_int_equal(history.left_kernels, 1);
	assert_int_equal(history.left_shapes, 1);
	history_free(&history);
}

static void of_a_kernel_the_newest_count_stands(void **state)
{
	struct fixture *fixture = *state;
	struct history history;
	struct build_run again = turns[4];

	fixture_open(fixture);
	for (size_t i = 0; i < COUNT(turns); i++)
		run_make(fixture, &turns[i]);
	again.value = 1111;
	run_make(fixture, &again);
	history_of(fixture, NULL, NULL, &history);
	assert_int_equal(history.build_count, COUNT(turns));
	assert_int_equal(history.cells[0].points[4].at.count.value, 1111);
	assert_int_equal(history.step_count, 0);
	history_free(&history);
}

static void imported_and_own_counts_do_not_mix(void **state)
{
	static const struct build_run imported[] = {
		{ "6.1-x", "6.1-1", "debian trixie x", NULL, "r", 1000, "file", "9 samples" },
		{ "6.2-x", "6.2-1", "debian trixie x", NULL, "r", 1000, "file", "9 samples" },
	};
	static const struct build_run own[] = {
		{ "6.3-x", "6.3-1", "debian trixie x", NULL, "r", 2000, NULL, "3 samples" },
		{ "6.4-x", "6.4-1", "debian trixie x", NULL, "r", 3000, NULL, "9 samples" },
		{ "6.5-x", "6.5-1", "debian trixie x", NULL, "r", 3000, NULL, "3 samples" },
	};
	struct fixture *fixture = *state;
	struct history history;

	fixture_open(fixture);
	run_make(fixture, &imported[0]);
	run_make(fixture, &imported[1]);
	run_make(fixture, &own[0]); /* one kernel, against two: of another plan */
	history_of(fixture, NULL, NULL, &history);
	assert_int_equal(history.build_count, 2);
	assert_int_equal(history.left_plans, 1);
	assert_int_equal(history.step_count, 0);
	history_free(&history);
	run_make(fixture, &own[1]); /* of the same plan, but now as many as those: one's own */
	history_of(fixture, NULL, NULL, &history);
	assert_int_equal(history.build_count, 2);
	assert_string_equal(history.builds[0].run->kernel_release, "6.3-x");
	history_free(&history);
	history_of(fixture, NULL, "6.[124]*", &history); /* no glob: nothing */
	assert_int_equal(history.build_count, 0);
	history_free(&history);
	run_make(fixture, &own[2]);
	history_of(fixture, NULL, NULL, &history);
	assert_int_equal(history.build_count, 3);
	history_free(&history);
}

static void an_own_run_of_the_reference_s_plan_stands_beside_it(void **state)
{
	static const struct build_run runs[] = {
		{ "6.1-x", "6.1-1", "debian trixie x", NULL, "r", 1000, "file", "9 samples" },
		{ "6.2-x", "6.2-1", "debian trixie x", NULL, "r", 1000, "file", "9 samples" },
		{ "6.4-x", "6.4-1", "debian trixie x", NULL, "r", 3000, NULL, "9 samples" },
	};
	struct fixture *fixture = *state;
	const struct history_ask own = { .own_only = true };
	struct history history;
	struct fault fault = { 0 };

	fixture_open(fixture);
	for (size_t i = 0; i < COUNT(runs); i++)
		run_make(fixture, &runs[i]);
	history_of(fixture, NULL, NULL, &history);
	assert_int_equal(history.build_count, 3);
	assert_int_equal(history.step_count, 1);
	history_free(&history);
	assert_int_equal(history_load(fixture->store, &own, &history, &fault), 0);
	assert_int_equal(history.build_count, 1);
	history_free(&history);
}

static void what_changed_beside_a_count_is_told(void **state)
{
	struct fixture *fixture = *state;
	struct history history;
	struct change_list changes;
	struct fault fault = { 0 };

	fixture_fill(fixture);
	fixture_open(fixture);
	history_of(fixture, NULL, NULL, &history);
	assert_true(history.build_count == 2 && history.step_count > 0);
	for (size_t i = 0; i < history.step_count; i++) {
		assert_int_equal(history_changes(fixture->store, &history, &history.steps[i],
						 &changes, &fault),
				 0);
		for (size_t c = 0; c < changes.count; c++)
			assert_true(changes.items[c].from != changes.items[c].to);
		change_list_free(&changes);
	}
	history_free(&history);
}

static void an_empty_database_has_an_empty_history(void **state)
{
	struct fixture *fixture = *state;
	struct history history;

	fixture_open(fixture);
	history_of(fixture, NULL, NULL, &history);
	assert_int_equal(history.build_count + history.cell_count + history.step_count, 0);
	history_free(&history);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_count_is_what_half_of_the_samples_say),
		cmocka_unit_test(no_samples_are_no_count),
		cmocka_unit_test(a_step_is_more_than_the_rule_and_the_spread),
		cmocka_unit_test(what_a_kernel_learns_or_forgets_is_a_step),
		cmocka_unit_test(a_build_without_the_cell_is_stepped_over),
		cmocka_unit_test(builds_are_in_version_order_and_one_compiler_s_are_a_family),
		cmocka_unit_test(releases_are_in_version_order),
		cmocka_unit_test(a_trait_is_a_whole_word),
		cmocka_unit_test_setup_teardown(two_compilers_builds_make_no_step, fixture_make,
						fixture_remove),
		cmocka_unit_test_setup_teardown(debug_kernels_and_other_guests_are_left_out,
						fixture_make, fixture_remove),
		cmocka_unit_test_setup_teardown(of_a_kernel_the_newest_count_stands, fixture_make,
						fixture_remove),
		cmocka_unit_test_setup_teardown(imported_and_own_counts_do_not_mix, fixture_make,
						fixture_remove),
		cmocka_unit_test_setup_teardown(an_own_run_of_the_reference_s_plan_stands_beside_it,
						fixture_make, fixture_remove),
		cmocka_unit_test_setup_teardown(what_changed_beside_a_count_is_told, fixture_make,
						fixture_remove),
		cmocka_unit_test_setup_teardown(an_empty_database_has_an_empty_history,
						fixture_make, fixture_remove),
	};

	return cmocka_run_group_tests_name("steps", tests, NULL, NULL);
}
