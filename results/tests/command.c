// SPDX-License-Identifier: GPL-2.0-only
/* command: runs a command that reads a fixture's database, and keeps what it prints. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "results/tests/command.h"
#include "runner/commands.h"
#include "runner/paths.h"

#define GOLDEN "results/tests/golden"

/* What main.c and paths.c say in the program. */
const char *option_db;
char *command_line;
const char *command_data;

int path_of_data(const char *name, char *out)
{
	return path_join(out, PATH_MAX, command_data, name);
}

int path_of_config(const char *name, char *out)
{
	return path_join(out, PATH_MAX, "configs", name);
}

int command_fixture(void **state)
{
	if (fixture_make(state))
		return -1;
	fixture_fill(*state);
	option_db = ((struct fixture *)*state)->path;
	command_data = ((struct fixture *)*state)->directory;
	return 0;
}

enum { ARGUMENTS = 16 };

/* Sends descriptor fd to a file; returns what it was. */
static int redirect(int fd, const char *path, int flags)
{
	int was = dup(fd), to = open(path, flags, 0600);

	assert_true(was >= 0 && to >= 0);
	assert_int_equal(dup2(to, fd), fd);
	close(to);
	return was;
}

static void restore(int fd, int was)
{
	assert_int_equal(dup2(was, fd), fd);
	close(was);
}

/* Runs a command, words separated by spaces, with its output in two files. */
int command_run(struct fixture *fixture, const char *line, const char *out_path)
{
	static char typed[300];
	char words[256], errors[PATH_MAX], *argv[ARGUMENTS], *rest = words;
	const struct command_entry *entry = command_entries;
	int argc = 0, out, err, status;

	snprintf(words, sizeof(words), "%s", line);
	while ((argv[argc] = strsep(&rest, " ")))
		assert_true(++argc < ARGUMENTS);
	while (entry->name && strcmp(entry->name, argv[0]) != 0)
		entry++;
	assert_non_null(entry->name);
	snprintf(errors, sizeof(errors), "%s/errors", fixture->directory);
	snprintf(typed, sizeof(typed), "remapbench %s", line);
	command_line = typed;
	fflush(stdout);
	out = redirect(STDOUT_FILENO, out_path, O_WRONLY | O_CREAT | O_TRUNC);
	err = redirect(STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC);
	status = entry->call(argc, argv);
	fflush(stdout);
	clearerr(stdout);
	restore(STDOUT_FILENO, out);
	restore(STDERR_FILENO, err);
	return status;
}

struct text command_output(struct fixture *fixture, const char *line, int expected)
{
	struct text text = { 0 };
	char path[PATH_MAX];
	int status;

	snprintf(path, sizeof(path), "%s/output", fixture->directory);
	status = command_run(fixture, line, path);
	if (status != expected)
		fail_msg("%s: %d", line, status);
	assert_int_equal(file_read(path, 1 << 20, &text), 0);
	return text;
}

struct text command_errors(struct fixture *fixture)
{
	struct text text = { 0 };
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/errors", fixture->directory);
	assert_int_equal(file_read(path, 1 << 20, &text), 0);
	return text;
}

void command_golden(struct fixture *fixture, const char *line, const char *name, int expected)
{
	const char *mode = getenv("REMAPBENCH_GOLDEN");
	struct text text = command_output(fixture, line, expected), golden = { 0 };
	char path[PATH_MAX];

	snprintf(path, sizeof(path), GOLDEN "/%s", name);
	if (mode && !strcmp(mode, "write"))
		assert_int_equal(file_write(path, text.data, text.len), 0);
	if (file_read(path, 1 << 20, &golden))
		fail_msg("%s: %s", path, strerror(errno));
	if (strcmp(text_get(&text), text_get(&golden)) != 0)
		fail_msg("%s is not %s any more, but:\n%s", line, path, text_get(&text));
	text_free(&text);
	text_free(&golden);
}

void commands_refuse(struct fixture *fixture, const struct command_refusal *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct text text = command_output(fixture, cases[i].line, cases[i].status);
		struct text errors = command_errors(fixture);

		assert_string_equal(text_get(&text), "");
		if (!strstr(text_get(&errors), cases[i].words))
			fail_msg("%s says: %s", cases[i].line, text_get(&errors));
		text_free(&text);
		text_free(&errors);
	}
}

void commands_tell_a_full_disk(struct fixture *fixture, const char *const *lines, size_t count,
			       int status)
{
	for (size_t i = 0; i < count; i++) {
		struct text errors;

		if (command_run(fixture, lines[i], "/dev/full") != status)
			fail_msg("%s: did not fail", lines[i]);
		errors = command_errors(fixture);
		if (!strstr(text_get(&errors), "could be written") &&
		    !strstr(text_get(&errors), "No space left"))
			fail_msg("%s says: %s", lines[i], text_get(&errors));
		text_free(&errors);
	}
}
