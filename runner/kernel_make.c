// SPDX-License-Identifier: GPL-2.0-only
/* kernel_make: starts make, follows what it says, and ends it with all its children. */
#include "runner/kernel_make.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/process.h"
#include "runner/progress.h"

enum { ARGUMENTS = 16, LINE = 1024, COMPLAINTS = 4, TAIL = 6, LINE_WIDTH = 99 };
static const double log_period = 15;

/* What of the output is told to people. */
struct listener {
	struct kernel_make *make;
	const char *stage;
	int log;
	double began, shown;
	bool terminal, open; /* open: the terminal's line is not ended yet */
	size_t compiled; /* by this call */
	char line[LINE], last[96]; /* last: the object that is being made */
	size_t len;
	char complaints[COMPLAINTS][LINE], tail[TAIL][LINE];
	size_t complaint_count, tail_count;
};

static volatile sig_atomic_t ended_by;

static void on_signal(int number)
{
	ended_by = number;
}

static void progress_line(struct listener *listener, bool now)
{
	double time = seconds_now();
	char line[256], spent[32];

	if (!listener->make->who ||
	    (!now && time - listener->shown < (listener->terminal ? 0.2 : log_period)))
		return;
	listener->shown = time;
	snprintf(line, sizeof(line), "%s: %s: %s, %zu objects%s%s", listener->make->who,
		 listener->stage, duration_format(time - listener->began, spent, sizeof(spent)),
		 listener->compiled, listener->last[0] && !now ? ", " : "",
		 now ? "" : listener->last);
	if (!listener->terminal) {
		fprintf(stderr, "%s\n", line);
		return;
	}
	fprintf(stderr, now ? "\r%-*.*s\n" : "\r%-*.*s", LINE_WIDTH, LINE_WIDTH, line);
	listener->open = !now;
}

static bool line_complains(const char *line)
{
	static const char *const words[] = { "error:",
					     "rror while",
					     "undefined reference",
					     "*** ",
					     "multiple definition",
					     "ERROR:",
					     "not found",
					     "FAILED",
					     "No space left",
					     "cannot find -l" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(line, words[i]))
			return true;
	return false;
}

/* "  CC      mm/mremap.o": kbuild's way to say it. */
static void line_take(struct listener *listener)
{
	static const char *const makes[] = { "CC", "AS" };
	char word[16], object[80];
	const char *line = listener->line;

	snprintf(listener->tail[listener->tail_count++ % TAIL], LINE, "%s", line);
	if (sscanf(line, "  %15s %79s", word, object) == 2 && line[0] == ' ' && line[1] == ' ') {
		snprintf(listener->last, sizeof(listener->last), "%s", object);
		for (size_t i = 0; i < sizeof(makes) / sizeof(makes[0]); i++)
			if (!strcmp(makes[i], word))
				listener->compiled++;
	} else if (listener->complaint_count < COMPLAINTS && line_complains(line)) {
		snprintf(listener->complaints[listener->complaint_count++], LINE, "%s", line);
	}
}

static int output_take(struct listener *listener, const char *bytes, size_t count)
{
	for (size_t put = 0; put < count;) {
		ssize_t got = write(listener->log, bytes + put, count - put);

		if (got < 0 && errno != EINTR)
			return -errno;
		put += got > 0 ? (size_t)got : 0;
	}
	for (size_t i = 0; i < count; i++) {
		if (bytes[i] == '\n') {
			listener->line[listener->len] = '\0';
			line_take(listener);
			listener->len = 0;
		} else if (listener->len < LINE - 1 && bytes[i]) {
			listener->line[listener->len++] = bytes[i];
		}
	}
	return 0;
}

/* To the end of its output. */
static int make_follow(struct listener *listener, int out)
{
	struct pollfd poller = { .fd = out, .events = POLLIN };
	char chunk[16384];
	int err = 0;

	for (;;) {
		int ready = poll(&poller, 1, 200);
		ssize_t got;

		if (ended_by)
			return -EINTR;
		progress_line(listener, false);
		if (ready < 0 && errno != EINTR)
			return -errno;
		if (ready <= 0)
			continue;
		got = read(out, chunk, sizeof(chunk));
		if (!got)
			return 0;
		if (got < 0 && errno != EINTR && errno != EAGAIN)
			return -errno;
		if (got > 0)
			err = output_take(listener, chunk, (size_t)got);
		if (err)
			return err;
	}
}

/* The first complaints: with many jobs at once, make's own last words are about something else. */
static int make_failed(const struct listener *listener, int status, struct fault *fault)
{
	struct text said = { 0 };
	char how[64];

	for (size_t i = 0; i < listener->complaint_count; i++)
		text_addf(&said, "%s%.160s", i ? " | " : "", listener->complaints[i]);
	for (size_t i = listener->tail_count > TAIL ? listener->tail_count - TAIL : 0;
	     !listener->complaint_count && i < listener->tail_count; i++)
		text_addf(&said, "%s%.100s", said.len ? " | " : "", listener->tail[i % TAIL]);
	if (listener->make->who)
		for (size_t i = 0; i < listener->complaint_count; i++)
			fprintf(stderr, "%s:   %s\n", listener->make->who, listener->complaints[i]);
	fault_set(fault, -ENOEXEC, "%s: make: %s: %s", listener->stage,
		  process_describe(status, how, sizeof(how)), text_get(&said));
	text_free(&said);
	return -ENOEXEC;
}

/* One after the other, as the only thread: the handlers are ours while make runs. */
static int make_run(struct listener *listener, char *const argv[], char *const environment[],
		    struct fault *fault)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal }, before[3];
	int pipes[2], err, status = 0;
	siginfo_t info;
	pid_t pid;

	if (pipe2(pipes, O_CLOEXEC))
		return fault_set(fault, -errno, "make: %s", strerror(errno));
	ended_by = 0;
	for (int i = 0; i < 3; i++) {
		sigaction(signals[i], &action, &before[i]);
		if (before[i].sa_handler == SIG_IGN) /* nohup's, a shell's background */
			sigaction(signals[i], &before[i], NULL);
	}
	err = process_start(argv,
			    &(struct process_files){ .in = -1,
						     .out = pipes[1],
						     .err = pipes[1],
						     .directory = listener->make->tree,
						     .environment = environment },
			    &pid);
	close(pipes[1]);
	if (err) {
		fault_set(fault, err, "make: %s", strerror(-err));
		goto out;
	}
	err = make_follow(listener, pipes[0]);
	/* Not reaped, so that its group stays its own until all of the group is killed. */
	while (!err && waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) && errno == EINTR)
		if (ended_by)
			err = -EINTR;
	process_kill(pid, &status);
	if (listener->open)
		fprintf(stderr, "\r%*s\r", LINE_WIDTH, "");
	if (err == -EINTR)
		fault_set(fault, err, "ended by signal %d (%s)", (int)ended_by,
			  strsignal((int)ended_by));
	else if (err)
		fault_set(fault, err, "make's output: %s", strerror(-err));
	else if (status)
		err = make_failed(listener, status, fault);
out:
	close(pipes[0]);
	for (int i = 0; i < 3; i++)
		sigaction(signals[i], &before[i], NULL);
	return err;
}

int kernel_make(struct kernel_make *make, const char *const arguments[], const char *stage,
		struct fault *fault)
{
	char jobs[24], path[4096], version[64], temporary[4096];
	const char *argv[ARGUMENTS + 4] = { "make", jobs, version };
	char *const environment[] = {
		path,
		temporary,
		(char[]){ "LC_ALL=C" },
		/* No folder, and none that can be made: rustc's wrapper, which kbuild asks, would make one. */
		(char[]){ "HOME=/dev/null" },
		/* What would otherwise tell one build of the same inputs from the next. */
		(char[]){ "KBUILD_BUILD_TIMESTAMP=Thu Jan  1 00:00:00 UTC 1970" },
		(char[]){ "KBUILD_BUILD_USER=remapbench" },
		(char[]){ "KBUILD_BUILD_HOST=lab" },
		(char[]){ "KBUILD_BUILD_VERSION=1" },
		NULL,
	};
	struct listener *listener = calloc(1, sizeof(*listener));
	const char *paths = getenv("PATH"), *temporaries = getenv("TMPDIR");
	int err;

	if (!listener)
		return fault_set(fault, -ENOMEM, "no memory");
	snprintf(jobs, sizeof(jobs), "-j%u", make->jobs ? make->jobs : 1);
	snprintf(version, sizeof(version), "LOCALVERSION=%s", make->localversion);
	snprintf(path, sizeof(path), "PATH=%s", paths ? paths : "/usr/bin:/bin");
	snprintf(temporary, sizeof(temporary), "TMPDIR=%s", temporaries ? temporaries : "/tmp");
	for (size_t i = 0; i < ARGUMENTS && arguments[i]; i++)
		argv[3 + i] = arguments[i];
	listener->make = make;
	listener->stage = stage;
	listener->terminal = isatty(STDERR_FILENO);
	listener->began = listener->shown = seconds_now();
	listener->log = open(make->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (listener->log < 0) {
		err = fault_set(fault, -errno, "%s: %s", make->log, strerror(errno));
		goto out;
	}
	err = make_run(listener, (char *const *)argv, environment, fault);
	make->compiled += listener->compiled;
	if (!err && seconds_now() - listener->began > 2)
		progress_line(listener, true);
	close(listener->log);
out:
	free(listener);
	return err;
}
