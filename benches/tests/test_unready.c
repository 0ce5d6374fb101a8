// SPDX-License-Identifier: GPL-2.0-only
/*
 * A ready that failed is followed by reset, without a call: whatever the last sample's call returned is
 * then past. Each bench's smallest cells are brought there, and must measure afterwards as before.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "benches/cell.h"
#include "benches/fixture.h"

/* Thousands of instructions: a cell that costs more says nothing that a smaller one doesn't. */
enum { MOST = 100000, CELLS = 40 };

enum { WELL, NOT_HERE = 77, WRONG = 1 };

static int sample_take(const struct bench *bench, void *own, bool timed, char *reason)
{
	int err = bench->ready ? bench->ready(own, reason) : 0;

	if (!err && timed)
		bench->body(own);
	if (!err && timed && bench->verify)
		err = bench->verify(own, reason);
	return !err && bench->reset ? bench->reset(own, reason) : err;
}

/* In a process of its own, as the agent has it. */
static int cell_take(const struct cell *cell)
{
	static const bool timed[] = { true, false, true, false, false, true };
	const struct bench *bench = cell->bench;
	void *own = calloc(1, bench->state_size + 1);
	char reason[REASON_SIZE] = "", key[CELL_KEY];
	int err = own ? 0 : -1;
	size_t i = 0;

	if (!err && bench->supported && bench->supported(cell, reason)) {
		free(own);
		return NOT_HERE;
	}
	if (!err && bench->setup)
		err = bench->setup(cell, own, reason);
	for (; !err && i < sizeof(timed) / sizeof(*timed); i++)
		err = sample_take(bench, own, timed[i], reason);
	if (!err && bench->teardown)
		bench->teardown(own);
	free(own);
	if (err)
		print_error("%s: sample %zu: %s\n", cell_key(cell, key), i, reason);
	return err ? WRONG : WELL;
}

static int cell_fork(const struct cell *cell)
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (!pid)
		_exit(cell_take(cell));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/*
 * A ready that went well is what stands for one that failed. That can't be where the last that ready
 * does is to let another thread go, or to leave no VMA to anybody, a sanitizer among them.
 */
static bool cell_differs(const struct cell *cell)
{
	char key[CELL_KEY];

	return !strcmp(cell->bench->name, "merge_limit") ||
	       strstr(cell_key(cell, key), "step=uffd_fault");
}

static void a_reset_takes_what_a_failed_ready_left(void **state)
{
	size_t measured = 0, wrong = 0;

	(void)state;
	for (size_t i = 0; i < bench_count; i++) {
		struct cell cell;
		size_t taken = 0;

		for (bool more = cell_first(bench_registry[i], &cell); more && taken < CELLS;
		     more = cell_next(&cell)) {
			struct burden burden = { 0 };
			int ended;

			if (cell.bench->burden)
				cell.bench->burden(&cell, &burden);
			if (cell_differs(&cell) || burden.setup + burden.sample > MOST)
				continue;
			ended = cell_fork(&cell);
			taken += ended != NOT_HERE;
			wrong += ended == WRONG;
		}
		measured += taken > 0;
	}
	assert_int_equal(wrong, 0);
	assert_true(measured > 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reset_takes_what_a_failed_ready_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
