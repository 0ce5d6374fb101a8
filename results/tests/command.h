/* SPDX-License-Identifier: GPL-2.0-only */
/* command: runs a command that reads a fixture's database, and keeps what it prints. */
#ifndef RESULTS_TESTS_COMMAND_H
#define RESULTS_TESTS_COMMAND_H

#include "base/text.h"
#include "results/tests/fixture.h"

/* The commands that the test's program has, which it names itself; the last has no name. */
extern const struct command_entry {
	const char *name;
	int (*call)(int argc, char **argv);
} command_entries[];

/* cmocka's setup: fixture_make(), fixture_fill(), and the commands read that database. */
int command_fixture(void **state);
/* What path_of_data() finds; command_fixture() sets it to the fixture's directory. */
extern const char *command_data;

/* Words separated by spaces: "show 1 --json"; its standard output goes to a file. The exit status. */
int command_run(struct fixture *fixture, const char *line, const char *out_path);
/* The same, printed; another status than expected fails the test. */
struct text command_output(struct fixture *fixture, const char *line, int expected);
/* What the last one said on standard error. */
struct text command_errors(struct fixture *fixture);

/*
 * The output must be that of results/tests/golden/NAME, byte by byte. REMAPBENCH_GOLDEN=write writes the
 * file anew: read the difference before you keep it.
 */
void command_golden(struct fixture *fixture, const char *line, const char *name, int expected);

struct command_refusal {
	const char *line;
	int status;
	const char *words; /* on standard error; nothing on the other */
};
void commands_refuse(struct fixture *fixture, const struct command_refusal *cases, size_t count);
/* Each ends with this status and says why. */
void commands_tell_a_full_disk(struct fixture *fixture, const char *const *lines, size_t count,
			       int status);

#endif
