// SPDX-License-Identifier: GPL-2.0-only
/* Settings: only a machine of ours is set, and what a killed cell set is put back. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/files.h"
#include "benches/bench.h"
#include "benches/machine.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* As files under /proc and /sys answer, and what is to be written for that. */
static const struct {
	const char *is, *set, *was;
} settings[] = {
	{ "65530\n", "00200", "65530" },
	{ "always [madvise] never\n", "never", "madvise" },
	{ "[0] 1\n", "1", "0" },
};

static void file_make(char path[64], const char *content)
{
	FILE *file;
	int fd;

	snprintf(path, 64, "/tmp/remapbench-test-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	file = fdopen(fd, "w");
	assert_non_null(file);
	assert_true(fputs(content, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void another_machine_is_never_set(void **state)
{
	char path[64], line[64], reason[REASON_SIZE];

	(void)state;
	file_make(path, "1\n");
	assert_false(machine_is_ours());
	assert_int_equal(machine_set(path, "0", reason), -EPERM);
	machine_next(true);
	assert_int_equal(file_read_line(path, line, sizeof(line)), 0);
	assert_string_equal(line, "1");
	unlink(path);
}

/* In a process of its own, as a cell's is, which ends as it is told. */
static void set_in_child(const char *path, const char *value, bool dies)
{
	char reason[REASON_SIZE];
	int status;
	pid_t child = fork();

	if (child == 0) {
		/* Twice: what it was before the first time counts. */
		if (machine_set(path, "x", reason) || machine_set(path, value, reason))
			_exit(1);
		if (dies)
			raise(SIGKILL);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, dies ? SIGKILL : 0);
	machine_next(dies);
}

static void what_a_killed_cell_set_is_put_back(void **state)
{
	(void)state;
	machine_own(mmap(NULL, sizeof(struct machine_notes), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	for (size_t i = 0; i < COUNT(settings); i++) {
		char path[64], line[64];

		file_make(path, settings[i].is);
		set_in_child(path, settings[i].set, true);
		assert_int_equal(file_read_line(path, line, sizeof(line)), 0);
		/* A file keeps what is longer than the last write, as a setting does not. */
		assert_int_equal(strncmp(line, settings[i].was, strlen(settings[i].was)), 0);
		unlink(path);
	}
}

static void what_a_cell_left_well_stays_as_it_set_it(void **state)
{
	char path[64], line[64];

	(void)state;
	file_make(path, "0\n");
	set_in_child(path, "1", false);
	set_in_child("/dev/null", "1", true); /* nothing is remembered of the first */
	assert_int_equal(file_read_line(path, line, sizeof(line)), 0);
	assert_string_equal(line, "1");
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_machine_is_never_set), /* first: it can't be given up */
		cmocka_unit_test(what_a_killed_cell_set_is_put_back),
		cmocka_unit_test(what_a_cell_left_well_stays_as_it_set_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
