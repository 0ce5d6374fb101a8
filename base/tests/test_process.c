// SPDX-License-Identifier: GPL-2.0-only
/* What base/process.h promises: children that start, are limited and end as they should. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/fault.h"
#include "base/files.h"
#include "base/process.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ARGV(...) ((char **)(const char *[]){ __VA_ARGS__, NULL })

static char folder[] = "/tmp/test_process.XXXXXX";

/* name in the test's own folder; several at once. */
static const char *in_folder(const char *name)
{
	static char paths[4][PATH_MAX];
	static unsigned int next;
	char *path = paths[next++ % 4];

	assert_int_equal(path_join(path, PATH_MAX, folder, name), 0);
	return path;
}

static int folder_make(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int folder_remove(void **state)
{
	(void)state;
	return directory_remove(folder);
}

static void a_failing_exec_is_the_callers_errno(void **state)
{
	static const struct {
		const char *program, *directory;
		int err;
	} rows[] = {
		{ "/proc/nonexistent/program", NULL, -ENOENT },
		{ "no-such-program-in-the-path", NULL, -ENOENT },
		{ "/etc", NULL, -EACCES },
		{ "true", "/proc/nonexistent", -ENOENT },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char **argv = ARGV(rows[i].program);
		struct process_files files = { -1, -1, -1, rows[i].directory, NULL, 0 };
		pid_t pid = -7;

		assert_int_equal(process_start(argv, &files, &pid), rows[i].err);
		assert_int_equal(pid, -7);
	}
	/* No zombie is left. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void a_child_gets_its_files_and_nothing_else(void **state)
{
	char **argv = ARGV("sh", "-c", "ls /proc/self/fd; echo err >&2; echo $A; pwd");
	char **environment = ARGV("A=given", "PATH=/usr/bin:/bin");
	int out[2], err[2], spare = open("/dev/null", O_RDONLY);
	struct process_files files = { -1, 0, 0, "/", environment, 0 };
	char said[128] = "", complained[16] = "";
	ssize_t got;
	size_t len = 0;
	int status;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(out), 0); /* without CLOEXEC, on purpose */
	assert_int_equal(pipe(err), 0);
	files.out = out[1];
	files.err = err[1];
	assert_int_equal(process_start(argv, &files, &pid), 0);
	close(out[1]);
	close(err[1]);
	while ((got = read(out[0], said + len, sizeof(said) - 1 - len)) > 0)
		len += (size_t)got;
	assert_true(read(err[0], complained, sizeof(complained) - 1) > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_string_equal(said, "0\n1\n2\n3\ngiven\n/\n"); /* 3 is ls's own */
	assert_string_equal(complained, "err\n");
	close(out[0]);
	close(err[0]);
	close(spare);
}

static void the_childs_signals_are_the_defaults(void **state)
{
	char **argv = ARGV("cat", "/proc/self/status");
	static const char *const lines[] = { "SigBlk:\t0000000000000000\n",
					     "SigIgn:\t0000000000000000\n",
					     "SigCgt:\t0000000000000000\n" };
	struct text text = { 0 };
	sigset_t some, before;

	(void)state;
	sigemptyset(&some);
	sigaddset(&some, SIGTERM);
	sigprocmask(SIG_BLOCK, &some, &before);
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(process_capture(argv, 10, 4096, &text, NULL), 0);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	for (size_t i = 0; i < COUNT(lines); i++)
		if (!strstr(text_get(&text), lines[i]))
			fail_msg("no %s in %s", lines[i], text_get(&text));
	text_free(&text);
}

static void a_file_limit_ends_the_writer(void **state)
{
	char **argv = ARGV("dd", "if=/dev/zero", "bs=4096", "count=64");
	int fd = open(in_folder("big"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	struct process_files files = { -1, fd, -1, NULL, NULL, 8192 };
	char out[64];
	struct stat status;
	int ended;
	pid_t pid;

	(void)state;
	assert_int_equal(process_start(argv, &files, &pid), 0);
	assert_int_equal(waitpid(pid, &ended, 0), pid);
	assert_true(WIFSIGNALED(ended));
	assert_int_equal(WTERMSIG(ended), SIGXFSZ);
	assert_memory_equal(process_describe(ended, out, sizeof(out)), "killed by signal", 16);
	assert_int_equal(fstat(fd, &status), 0);
	assert_int_equal(status.st_size, 8192);
	close(fd);
}

static void killing_a_child_kills_its_children(void **state)
{
	char **argv = ARGV("sh", "-c", "sleep 1000 & echo $!; wait");
	struct process_files files = { -1, -1, -1, NULL, NULL, 0 };
	char said[32] = "", out[64];
	int pipes[2], status = 0;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
	files.out = pipes[1];
	assert_int_equal(process_start(argv, &files, &pid), 0);
	close(pipes[1]);
	assert_int_equal(getpgid(pid), pid);
	assert_true(read(pipes[0], said, sizeof(said) - 1) > 1);
	process_kill(pid, &status);
	assert_string_equal(process_describe(status, out, sizeof(out)),
			    "killed by signal 9 (Killed)");
	/* The grandchild held the pipe's other end: its end is the grandchild's. */
	assert_int_equal(read(pipes[0], said, sizeof(said)), 0);
	close(pipes[0]);
	process_kill(-1, NULL); /* and not everybody */
}

static void a_capture_is_bounded_and_judged(void **state)
{
	static const struct {
		const char *script;
		double seconds;
		size_t limit;
		int err;
		const char *out, *fault; /* fault: a part of it */
	} rows[] = {
		{ "echo yes", 10, 100, 0, "yes\n", "" },
		{ "printf 12345", 10, 5, 0, "12345", "" },
		{ "printf 123456", 10, 5, -EFBIG, NULL, "more than 5 bytes" },
		{ "yes", 10, 100000, -EFBIG, NULL, "more than 100000 bytes" },
		{ "echo out; echo one >&2; echo two >&2; exit 3", 10, 100, -ECHILD, "out\n",
		  "sh: exit status 3: one | two" },
		{ "kill -9 $$", 10, 100, -ECHILD, "", "killed by signal 9" },
		{ "yes no | head -c 100000 >&2; exit 1", 10, 100, -ECHILD, "", "no | no" },
		{ "sleep 1000", 0.05, 100, -ETIME, "", "still running after 0.05 s" },
		{ "exec >&- 2>&-; sleep 1000", 0.05, 100, -ETIME, "", "still running" },
		/* Its own child doesn't hold us up. */
		{ "sleep 1000 & echo left", 60, 100, 0, "left\n", "" },
		{ "cat", 10, 100, 0, "", "" }, /* its stdin is empty */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char **argv = ARGV("sh", "-c", rows[i].script);
		struct fault fault = { 0 };
		struct text text = { 0 };
		int err = process_capture(argv, rows[i].seconds, rows[i].limit, &text, &fault);

		if (err != rows[i].err || !strstr(fault.text, rows[i].fault) ||
		    !fault.text[0] != !err)
			fail_msg("%s: %d, %s", rows[i].script, err, fault.text);
		if (rows[i].out)
			assert_string_equal(text_get(&text), rows[i].out);
		assert_true(text.len <= rows[i].limit);
		text_free(&text);
	}
}

static void a_capture_of_nothing_says_so(void **state)
{
	char **argv = ARGV("/proc/nonexistent/program");
	struct fault fault = { 0 };
	struct text text = { 0 };

	(void)state;
	assert_int_equal(process_capture(argv, 1, 10, &text, &fault), -ENOENT);
	assert_string_equal(fault.text,
			    "can't start /proc/nonexistent/program: No such file or directory");
}

/* A runner that is killed takes its child with it. */
static void a_child_dies_with_its_parent(void **state)
{
	int pipes[2];
	char byte;
	pid_t parent;

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	parent = fork();
	if (!parent) {
		char **argv = ARGV("sh", "-c", "echo ready; exec sleep 1000");
		struct process_files files = { -1, pipes[1], -1, NULL, NULL, 0 };
		pid_t pid;

		if (process_start(argv, &files, &pid))
			_exit(1);
		close(pipes[1]);
		pause();
		_exit(2);
	}
	close(pipes[1]);
	assert_int_equal(read(pipes[0], &byte, 1), 1);
	kill(parent, SIGKILL);
	assert_int_equal(waitpid(parent, NULL, 0), parent);
	while (read(pipes[0], &byte, 1) > 0) /* ends only when the child has ended too */
		;
	close(pipes[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failing_exec_is_the_callers_errno),
		cmocka_unit_test(a_child_gets_its_files_and_nothing_else),
		cmocka_unit_test(the_childs_signals_are_the_defaults),
		cmocka_unit_test(a_file_limit_ends_the_writer),
		cmocka_unit_test(killing_a_child_kills_its_children),
		cmocka_unit_test(a_capture_is_bounded_and_judged),
		cmocka_unit_test(a_capture_of_nothing_says_so),
		cmocka_unit_test(a_child_dies_with_its_parent),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
