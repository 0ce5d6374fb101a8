// SPDX-License-Identifier: GPL-2.0-only
/* process: children that die with us, in groups of their own, heard within limits. */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STDERR_TAIL = 4096, FAULT_TAIL = 600, CHILD_STATUS_FD = 3 };

double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void child_reset_signals(void)
{
	struct sigaction action = { .sa_handler = SIG_DFL };
	sigset_t none;

	for (int signal = 1; signal < NSIG; signal++)
		sigaction(signal, &action, NULL); /* fails for SIGKILL and SIGSTOP, rightly */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* First all above 2, then into place: the caller's may be 0, 1, 2 in another order. */
static int child_place_files(const struct process_files *files, int *status)
{
	int given[3] = { files->in, files->out, files->err }, above[3];
	int moved = fcntl(*status, F_DUPFD_CLOEXEC, CHILD_STATUS_FD + 1);

	if (moved < 0)
		return -errno;
	*status = moved;
	for (int i = 0; i < 3; i++) {
		int fd = given[i];

		if (fd < 0)
			fd = open("/dev/null", O_RDWR | O_CLOEXEC);
		above[i] = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, CHILD_STATUS_FD + 1);
		if (above[i] < 0)
			return -errno;
	}
	for (int i = 0; i < 3; i++)
		if (dup2(above[i], i) < 0)
			return -errno;
	if (dup3(moved, CHILD_STATUS_FD, O_CLOEXEC) < 0)
		return -errno;
	*status = CHILD_STATUS_FD;
	closefrom(CHILD_STATUS_FD + 1);
	return 0;
}

static int child_become(char *const argv[], const struct process_files *files, pid_t parent,
			int *status)
{
	struct rlimit limit = { files->file_limit, files->file_limit };
	int err;

	if (setpgid(0, 0) || prctl(PR_SET_PDEATHSIG, SIGKILL))
		return -errno;
	if (getppid() != parent) /* it died before the line above: nobody would kill us */
		_exit(127);
	err = child_place_files(files, status);
	if (err)
		return err;
	if (files->directory && chdir(files->directory))
		return -errno;
	if (files->file_limit && setrlimit(RLIMIT_FSIZE, &limit))
		return -errno;
	child_reset_signals();
	execvpe(argv[0], argv, files->environment ? files->environment : environ);
	return -errno;
}

static _Noreturn void child_run(char *const argv[], const struct process_files *files, pid_t parent,
				int status)
{
	int err = child_become(argv, files, parent, &status);

	if (write(status, &err, sizeof(err)) < 0)
		_exit(126);
	_exit(127);
}

/*
 * The death signal comes when the *thread* that called this ends: long-lived children are to be
 * started by a thread that outlives them.
 */
int process_start(char *const argv[], const struct process_files *files, pid_t *pid)
{
	pid_t parent = getpid(), child;
	sigset_t all, before;
	int pipes[2], err = 0;
	ssize_t got;

	if (pipe2(pipes, O_CLOEXEC))
		return -errno;
	/* So that none of our handlers runs in the child. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	child = fork();
	if (!child)
		child_run(argv, files, parent, pipes[1]);
	err = child < 0 ? -errno : 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	close(pipes[1]);
	if (err)
		goto out;
	do
		got = read(pipes[0], &err, sizeof(err));
	while (got < 0 && errno == EINTR);
	if (got != sizeof(err)) /* closed by exec */
		err = 0;
	if (err)
		process_kill(child, NULL);
	else
		*pid = child;
out:
	close(pipes[0]);
	return err;
}

void process_kill(pid_t pid, int *status)
{
	int ignored;

	if (pid <= 1) /* -1 and 0 would mean everybody */
		return;
	if (kill(-pid, SIGKILL))
		kill(pid, SIGKILL);
	while (waitpid(pid, status ? status : &ignored, 0) < 0 && errno == EINTR)
		;
}

char *process_describe(int status, char *out, size_t room)
{
	if (WIFEXITED(status))
		snprintf(out, room, "exit status %d", WEXITSTATUS(status));
	else if (WIFSIGNALED(status))
		snprintf(out, room, "killed by signal %d (%s)", WTERMSIG(status),
			 strsignal(WTERMSIG(status)));
	else
		snprintf(out, room, "wait status 0x%x", (unsigned int)status);
	return out;
}

struct capture {
	struct pollfd polls[3]; /* its stdout, its stderr, itself */
	struct text *out, tail;
	size_t limit;
	double deadline;
};

/* Takes what is there; closes at the end of file. */
static int capture_read(struct capture *capture, int which)
{
	char chunk[16384];
	ssize_t got = read(capture->polls[which].fd, chunk, sizeof(chunk));

	if (got < 0)
		return errno == EINTR || errno == EAGAIN ? 0 : -errno;
	if (!got) {
		close(capture->polls[which].fd);
		capture->polls[which].fd = -1;
		return 0;
	}
	if (which) {
		text_add_bytes(&capture->tail, chunk, (size_t)got);
		text_keep_tail(&capture->tail, STDERR_TAIL);
		return 0;
	}
	if ((size_t)got > capture->limit)
		return -EFBIG;
	capture->limit -= (size_t)got;
	text_add_bytes(capture->out, chunk, (size_t)got);
	return capture->out->failed ? -ENOMEM : 0;
}

static bool process_ended(pid_t pid)
{
	siginfo_t info = { 0 };

	/* Not reaped: its number, and so its group's, stays its own until the group is killed. */
	return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) || info.si_pid == pid;
}

/* Until the child has ended and nothing is left to read. */
static int capture_loop(struct capture *capture, pid_t pid)
{
	bool ended = false;
	int err = 0, ready;

	while (!err) {
		double left = (capture->deadline - seconds_now()) * 1000;
		/* Without a pidfd (before Linux 5.3): look again at times. */
		double tick = capture->polls[2].fd < 0 ? 20 : 60000;

		if (left <= 0)
			return -ETIME;
		if (!ended && process_ended(pid)) {
			ended = true;
			kill(-pid, SIGKILL); /* whom it left behind: the pipes end */
		}
		ready = poll(capture->polls, ended ? 2 : 3,
			     ended ? 0 : (int)(left < tick ? left : tick) + 1);
		if (ready < 0 && errno != EINTR)
			return -errno;
		if (ended && ready == 0)
			return 0;
		if (ready <= 0)
			continue;
		for (int i = 0; i < 2 && !err; i++)
			if (capture->polls[i].fd >= 0 && capture->polls[i].revents)
				err = capture_read(capture, i);
	}
	return err;
}

/* The end of stderr, on one line. */
static void capture_tail(struct text *tail, struct fault *fault, int err, const char *name,
			 const char *what)
{
	struct text line = { 0 };

	while (tail->len && strchr("\n\r ", tail->data[tail->len - 1]))
		tail->data[--tail->len] = '\0';
	text_keep_tail(tail, FAULT_TAIL);
	for (const char *at = text_get(tail) + strspn(text_get(tail), "\n"); *at; at++)
		text_add_bytes(&line, *at == '\n' ? " | " : at, *at == '\n' ? 3 : 1);
	text_keep_tail(&line, FAULT_TAIL);
	fault_set(fault, err, "%.100s: %s%s%s", name, what, line.len ? ": " : "", text_get(&line));
	text_free(&line);
}

static int capture_start(char *const argv[], struct capture *capture, pid_t *pid)
{
	int out[2], err[2], failed;

	if (pipe2(out, O_CLOEXEC))
		return -errno;
	if (pipe2(err, O_CLOEXEC)) {
		failed = -errno;
		close(out[0]);
		close(out[1]);
		return failed;
	}
	failed = process_start(
		argv, &(struct process_files){ .in = -1, .out = out[1], .err = err[1] }, pid);
	close(out[1]);
	close(err[1]);
	if (failed) {
		close(out[0]);
		close(err[0]);
		return failed;
	}
	capture->polls[0] = (struct pollfd){ .fd = out[0], .events = POLLIN };
	capture->polls[1] = (struct pollfd){ .fd = err[0], .events = POLLIN };
	capture->polls[2] = (struct pollfd){ .fd = pidfd_open(*pid, 0), .events = POLLIN };
	return 0;
}

int process_capture(char *const argv[], double seconds, size_t limit, struct text *out,
		    struct fault *fault)
{
	struct capture capture = { .out = out,
				   .limit = limit,
				   .deadline = seconds_now() + seconds };
	char what[96];
	int err, status = 0;
	pid_t pid = -1;

	err = capture_start(argv, &capture, &pid);
	if (err)
		return fault_set(fault, err, "can't start %.200s: %s", argv[0], strerror(-err));
	err = capture_loop(&capture, pid);
	process_kill(pid, &status);
	if (!err && !(WIFEXITED(status) && WEXITSTATUS(status) == 0))
		err = -ECHILD;
	if (err == -ETIME)
		snprintf(what, sizeof(what), "still running after %g s", seconds);
	else if (err == -EFBIG)
		snprintf(what, sizeof(what), "says more than %zu bytes", limit);
	else if (err == -ECHILD)
		process_describe(status, what, sizeof(what));
	else
		snprintf(what, sizeof(what), "%s", strerror(-err));
	if (err)
		capture_tail(&capture.tail, fault, err, argv[0], what);
	for (int i = 0; i < 3; i++)
		if (capture.polls[i].fd >= 0)
			close(capture.polls[i].fd);
	text_free(&capture.tail);
	return err;
}
