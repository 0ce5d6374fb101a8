// SPDX-License-Identifier: GPL-2.0-only
/* What is timed side by side: blocks of two trials each, mirrored, the same by the same seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runner/run_work.h"

enum { CELLS = 3, RUNS = 2 };

static const char *cells[CELLS] = { "a", "b", "c" };
static double weights[CELLS] = { 1, 2, 3 };
static const struct suite_effort effort = { .samples = 3, .warmup = 1, .trials = 4 };

static struct work *work_new(size_t runs, uint64_t seed)
{
	struct work *work = test_calloc(1, sizeof(*work));
	static const struct run_request request;

	work->request = &request;
	work->effort = &effort;
	work->instrument = "clock";
	work->timed = true;
	work->cells = cells;
	work->weights = weights;
	work->cell_count = CELLS;
	work->run_count = runs;
	work->seed = work->random = seed;
	return work;
}

static void work_drop(struct work *work)
{
	free(work->jobs);
	test_free(work);
}

static size_t which_run(const struct work *work, size_t job)
{
	return (size_t)(work->jobs[job].run - work->runs);
}

static void a_block_has_two_trials_of_each_run_side_by_side_and_mirrored(void **state)
{
	struct work *work = work_new(RUNS, 7);
	size_t first_a = 0;

	(void)state;
	assert_int_equal(work_timed_jobs(work, 40, NULL), 0);
	assert_int_equal(work->job_count, 40 * CELLS * 2 * RUNS);
	for (size_t at = 0; at < work->job_count; at += 2 * RUNS) {
		const struct job *jobs = &work->jobs[at];

		for (size_t i = 0; i < (size_t)2 * RUNS; i++) {
			assert_int_equal(jobs[i].ask.cell_count, 1);
			assert_ptr_equal(jobs[i].ask.cells, jobs[0].ask.cells);
			assert_int_equal((jobs[i].sequence - 1) / 2, at / (2 * RUNS));
			assert_int_equal(jobs[i].sequence % 2, i < RUNS ? 1 : 0);
		}
		assert_ptr_not_equal(jobs[0].run, jobs[1].run);
		assert_ptr_equal(jobs[0].run, jobs[3].run);
		assert_ptr_equal(jobs[1].run, jobs[2].run);
		first_a += which_run(work, at) == 0;
	}
	/* Of two blocks in a row of a cell one begins with A, one with B. */
	assert_int_equal(first_a, 40 * CELLS / 2);
	work_drop(work);
}

static void each_block_has_each_cell_once_and_the_seed_gives_the_order_again(void **state)
{
	struct work *work = work_new(RUNS, 7), *again = work_new(RUNS, 7),
		    *other = work_new(RUNS, 8);
	bool differs = false;

	(void)state;
	assert_int_equal(work_timed_jobs(work, 20, NULL), 0);
	assert_int_equal(work_timed_jobs(again, 12, NULL), 0);
	assert_int_equal(work_timed_jobs(again, 8, NULL), 0); /* in two goes: the same */
	assert_int_equal(work_timed_jobs(other, 20, NULL), 0);
	for (size_t at = 0; at < work->job_count; at++) {
		assert_string_equal(work->jobs[at].ask.cells[0], again->jobs[at].ask.cells[0]);
		assert_int_equal(which_run(work, at), which_run(again, at));
		assert_int_equal(work->jobs[at].sequence, again->jobs[at].sequence);
		differs = differs || which_run(work, at) != which_run(other, at) ||
			  work->jobs[at].ask.cells != other->jobs[at].ask.cells;
	}
	assert_true(differs);
	for (size_t block = 0; block < 20; block++) {
		bool seen[CELLS] = { false };

		for (size_t i = 0; i < CELLS; i++) {
			const struct job *job = &work->jobs[(block * CELLS + i) * 2 * RUNS];

			seen[job->ask.cells - cells] = true;
		}
		assert_true(seen[0] && seen[1] && seen[2]);
	}
	work_drop(work);
	work_drop(again);
	work_drop(other);
}

static void what_is_decided_is_not_measured_again(void **state)
{
	static const bool taken[CELLS] = { false, true, false };
	struct work *work = work_new(RUNS, 7);

	(void)state;
	assert_int_equal(work_timed_jobs(work, 1, NULL), 0);
	assert_int_equal(work_timed_jobs(work, 1, taken), 0);
	assert_int_equal(work->job_count, (CELLS + 1) * 2 * RUNS);
	for (size_t at = (size_t)CELLS * 2 * RUNS; at < work->job_count; at++) {
		assert_string_equal(work->jobs[at].ask.cells[0], "b");
		assert_true(work->jobs[at].sequence > 2 * CELLS);
	}
	assert_int_equal(work->blocks, 2);
	work_drop(work);
}

static void a_run_alone_has_one_trial_a_round_and_cell(void **state)
{
	struct work *work = work_new(1, 7);

	(void)state;
	assert_int_equal(work_timed_jobs(work, 5, NULL), 0);
	assert_int_equal(work->job_count, 5 * CELLS);
	for (size_t at = 0; at < work->job_count; at++)
		assert_int_equal(work->jobs[at].sequence, at + 1);
	assert_int_equal(work->runs[0].sequence, 5 * CELLS);
	work_drop(work);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_has_two_trials_of_each_run_side_by_side_and_mirrored),
		cmocka_unit_test(each_block_has_each_cell_once_and_the_seed_gives_the_order_again),
		cmocka_unit_test(what_is_decided_is_not_measured_again),
		cmocka_unit_test(a_run_alone_has_one_trial_a_round_and_cell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
