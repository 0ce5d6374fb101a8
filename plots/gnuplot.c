// SPDX-License-Identifier: GPL-2.0-only
/* gnuplot: quoting, and one process that reads its script from memory and has a time limit. */
#include "plots/gnuplot.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/process.h"
#include "plots/utf8.h"

enum { STDERR_SHOWN = 400 };
static const unsigned long OUTPUT_LIMIT = 256ul << 20; /* bytes of any one file */

/*
 * Not even two apostrophes for one: gnuplot 5.4 takes them at a string's beginning, and two pairs
 * in a row, for the string's end, and what follows for commands.
 */
static void quote(struct text *script, const char *words, size_t limit, const char *percent)
{
	struct text clean = { 0 };

	utf8_add_clean(&clean, words, limit);
	text_add(script, "'");
	for (const char *c = text_get(&clean); *c; c++) {
		/*
		 * A backtick is harmless in single quotes; whoever edits the script may change
		 * them.
		 */
		if (*c == '\'' || *c == '`')
			text_add(script, "’");
		else if (*c == '%')
			text_add(script, percent);
		else
			text_add_bytes(script, c, 1);
	}
	text_add(script, "'");
	if (clean.failed)
		script->failed = true;
	text_free(&clean);
}

void gnuplot_quote(struct text *script, const char *words, size_t limit)
{
	quote(script, words, limit, "%");
}

void gnuplot_quote_tick(struct text *script, const char *words, size_t limit)
{
	quote(script, words, limit, "%%");
}

void gnuplot_quote_name(struct text *script, const char *name)
{
	text_add(script, "'./");
	for (; *name; name++) {
		if (*name == '\'')
			text_add(script, "'.\"'\".'"); /* three strings, which gnuplot joins */
		else if ((unsigned char)*name >= ' ' && *name != 0x7f)
			text_add_bytes(script, name, 1);
	}
	text_add(script, "'");
}

/* A file in memory: the child can read it at its own pace, and nobody waits for anybody. */
static int memory_file(const char *name, const struct text *content)
{
	int fd = memfd_create(name, MFD_CLOEXEC);
	size_t done = 0;

	if (fd < 0)
		return -errno;
	while (content && done < content->len) {
		ssize_t wrote = write(fd, content->data + done, content->len - done);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0) {
			close(fd);
			return -EIO;
		}
		done += (size_t)wrote;
	}
	if (lseek(fd, 0, SEEK_SET) < 0) {
		close(fd);
		return -EIO;
	}
	return fd;
}

/* Waits until the child can be reaped, or the time is over: 0, -ETIME or another errno. */
static int process_wait(pid_t pid, double seconds)
{
	struct pollfd end = { .events = POLLIN };
	double until = seconds_now() + seconds;
	int got;

	end.fd = pidfd_open(pid, 0);
	if (end.fd < 0)
		return -errno;
	do {
		double left = until - seconds_now();

		got = poll(&end, 1, left > 0 ? (int)(left * 1000) + 1 : 0);
	} while (got < 0 && errno == EINTR);
	close(end.fd);
	return got > 0 ? 0 : got < 0 ? -errno : -ETIME;
}

/* The end of what was said on stderr, as one line. */
static void stderr_tail(int fd, char *out, size_t room)
{
	off_t size = lseek(fd, 0, SEEK_END);
	off_t from = size > (off_t)room - 1 ? size - (off_t)room + 1 : 0;
	ssize_t got = pread(fd, out, room - 1, from);

	out[got > 0 ? got : 0] = '\0';
	for (char *c = out; *c; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
}

static int run_result(int err, int status, int complaints, double seconds, struct fault *fault)
{
	char tail[STDERR_SHOWN], how[64];

	if (err == -ETIME)
		return fault_set(fault, err, "gnuplot did not end within %g s and was killed",
				 seconds);
	if (err)
		return fault_set(fault, err, "waiting for gnuplot: %s", strerror(-err));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	stderr_tail(complaints, tail, sizeof(tail));
	return fault_set(fault, -EIO, "gnuplot: %s%s%s", process_describe(status, how, sizeof(how)),
			 tail[0] ? ": " : "", tail);
}

int gnuplot_run(const char *directory, const struct text *script, double seconds,
		struct fault *fault)
{
	/* -d: no start-up files, so that figures don't depend on who draws them. */
	static char program[] = "gnuplot", defaults[] = "-d", home[] = "HOME=/nonexistent",
		    locale[] = "LC_ALL=C.UTF-8";
	char *const argv[] = { program, defaults, NULL };
	char path[4200];
	char *const environment[] = { path, home, locale, NULL };
	struct process_files files = { .out = -1,
				       .directory = directory,
				       .environment = environment,
				       .file_limit = OUTPUT_LIMIT };
	int input = -1, complaints = -1, status = 0, err;
	pid_t pid;

	if (script->failed)
		return fault_set(fault, -ENOMEM, "out of memory");
	snprintf(path, sizeof(path), "PATH=%s", getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin");
	input = memory_file("figures.gp", script);
	complaints = memory_file("stderr", NULL);
	if (input < 0 || complaints < 0) {
		err = input < 0 ? input : complaints;
		fault_set(fault, err, "a file in memory for gnuplot: %s", strerror(-err));
		goto done;
	}
	files.in = input;
	files.err = complaints;
	err = process_start(argv, &files, &pid);
	if (err) {
		fault_set(fault, err, "gnuplot could not be started: %s", strerror(-err));
		goto done;
	}
	err = process_wait(pid, seconds);
	process_kill(pid,
		     &status); /* of an ended child: reaps it, and ends what it may have left */
	err = run_result(err, status, complaints, seconds, fault);
done:
	if (input >= 0)
		close(input);
	if (complaints >= 0)
		close(complaints);
	return err;
}

char *gnuplot_version(char *out, size_t room)
{
	static char program[] = "gnuplot", version[] = "--version";
	char *const argv[] = { program, version, NULL };
	struct text said = { 0 };

	if (process_capture(argv, 10, 4096, &said, NULL))
		text_clear(&said);
	snprintf(out, room, "%.*s", (int)strcspn(text_get(&said), "\n"), text_get(&said));
	text_free(&said);
	return out;
}
