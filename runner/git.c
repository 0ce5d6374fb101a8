// SPDX-License-Identifier: GPL-2.0-only
/* git: an environment of our own for it, files in memory for what it says, a limit on all. */
#include "runner/git.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/process.h"

enum { ARGUMENTS_MAX = 16384, SAID_MAX = 1 << 20, ENVIRONMENT_MAX = 512 };
static const double longest = 3600;
static const size_t most = (size_t)256 << 20;

struct environment {
	char *items[ENVIRONMENT_MAX];
	size_t count;
	char ceiling[PATH_MAX + 32];
};

static void environment_add(struct environment *environment, const char *string)
{
	if (environment->count < ENVIRONMENT_MAX - 1)
		environment->items[environment->count++] = (char *)string;
}

static bool variable_is(const char *variable, const char *name)
{
	size_t len = strlen(name);

	return !strncmp(variable, name, len) && variable[len] == '=';
}

/* What reads as GIT_… or chooses a language stays out; with GIT_BARE, all but what finds programs. */
static bool variable_kept(const char *variable, enum git_how how)
{
	if (how == GIT_BARE)
		return variable_is(variable, "PATH") || variable_is(variable, "TMPDIR");
	return strncmp(variable, "GIT_", 4) && strncmp(variable, "LC_", 3) &&
	       !variable_is(variable, "LANG") && !variable_is(variable, "LANGUAGE");
}

static void environment_fill(struct environment *environment, const struct git_call *call)
{
	static const char *const always[] = { "LC_ALL=C", "GIT_TERMINAL_PROMPT=0",
					      "GIT_OPTIONAL_LOCKS=0", "GIT_NO_REPLACE_OBJECTS=1",
					      "GIT_PAGER=cat" };
	/* A repository that isn't there: none is looked for, and `apply` is then patch(1) with checks. */
	static const char *const bare[] = {
		"HOME=/nonexistent",	       "XDG_CONFIG_HOME=/nonexistent",
		"GIT_DIR=/dev/null",	       "GIT_CONFIG_NOSYSTEM=1",
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null",
		"GIT_ATTR_NOSYSTEM=1"
	};
	char parent[PATH_MAX], *slash;

	for (char **variable = environ; *variable; variable++)
		if (variable_kept(*variable, call->how))
			environment_add(environment, *variable);
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		environment_add(environment, always[i]);
	for (size_t i = 0; call->how == GIT_BARE && i < sizeof(bare) / sizeof(bare[0]); i++)
		environment_add(environment, bare[i]);
	if (call->directory && realpath(call->directory, parent) &&
	    (slash = strrchr(parent, '/'))) {
		slash[slash == parent] = '\0';
		snprintf(environment->ceiling, sizeof(environment->ceiling),
			 "GIT_CEILING_DIRECTORIES=%s", parent);
		environment_add(environment, environment->ceiling);
	}
	environment->items[environment->count] = NULL;
}

/* A file in memory that begins with the bytes, read from its beginning. */
static int memory_open(const void *bytes, size_t count)
{
	int fd = memfd_create("git", MFD_CLOEXEC);
	size_t put = 0;

	while (fd >= 0 && put < count) {
		ssize_t got = write(fd, (const char *)bytes + put, count - put);

		if (got < 0 && errno != EINTR) {
			close(fd);
			return -ENOMEM;
		}
		put += got > 0 ? (size_t)got : 0;
	}
	if (fd < 0)
		return -errno;
	return lseek(fd, 0, SEEK_SET) ? -EIO : fd;
}

/* At most limit bytes from the beginning of a file in memory; -EFBIG where there is more. */
static int memory_read(int fd, size_t limit, struct text *out)
{
	struct stat status;
	void *bytes;

	if (fstat(fd, &status))
		return -errno;
	if ((size_t)status.st_size > limit)
		return -EFBIG;
	if (!status.st_size)
		return 0;
	bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return -errno;
	text_add_bytes(out, bytes, (size_t)status.st_size);
	munmap(bytes, (size_t)status.st_size);
	return out->failed ? -ENOMEM : 0;
}

static int call_start(const struct git_call *call, int in, int out, int said, pid_t *pid,
		      struct fault *fault)
{
	struct environment *environment = calloc(1, sizeof(*environment));
	const char **argv;
	size_t count = 0;
	int err;

	while (count < ARGUMENTS_MAX && call->arguments[count])
		count++;
	argv = calloc(count + 2, sizeof(*argv));
	if (!environment || !argv || call->arguments[count]) {
		err = fault_set(fault, environment && argv ? -E2BIG : -ENOMEM,
				"git: too many words for one call");
		goto out;
	}
	argv[0] = "git";
	memcpy(argv + 1, call->arguments, count * sizeof(*argv));
	environment_fill(environment, call);
	err = process_start(
		(char *const *)argv,
		&(struct process_files){ .in = in,
					 .out = out,
					 .err = said,
					 .directory = call->directory,
					 .environment = environment->items,
					 .file_limit = call->limit ? call->limit : most },
		pid);
	if (err == -ENOENT && call->directory && !access(call->directory, X_OK))
		fault_set(fault, err, "there is no git here: apt-get install git");
	else if (err)
		fault_set(fault, err, "git in %s: %s", call->directory ? call->directory : ".",
			  strerror(-err));
out:
	free(environment);
	free(argv);
	return err;
}

/* Until it ends; -ETIME. The process isn't reaped. */
static int call_wait(pid_t pid, double seconds)
{
	double end = seconds_now() + (seconds > 0 ? seconds : longest);
	struct pollfd ended = { .fd = pidfd_open(pid, 0), .events = POLLIN };
	int err = 0;

	for (;;) {
		siginfo_t info = { 0 };
		double left = (end - seconds_now()) * 1000;

		if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) ||
		    info.si_pid == pid)
			break;
		if (left <= 0) {
			err = -ETIME;
			break;
		}
		if (ended.fd < 0) /* before Linux 5.3 */
			poll(NULL, 0, 5);
		else
			poll(&ended, 1, left < 60000 ? (int)left + 1 : 60000);
	}
	if (ended.fd >= 0)
		close(ended.fd);
	return err;
}

static int call_end(const struct git_call *call, pid_t pid, struct fault *fault)
{
	char what[96];
	int status = 0, err = call_wait(pid, call->seconds);

	process_kill(pid, &status);
	if (err)
		return fault_set(fault, err, "git %s: still running after %g s", call->arguments[0],
				 call->seconds > 0 ? call->seconds : longest);
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return 0;
	if (WIFEXITED(status))
		return -ECHILD;
	return fault_set(fault, -EIO, "git %s: %s", call->arguments[0],
			 process_describe(status, what, sizeof(what)));
}

int git_run(const struct git_call *call, struct text *out, struct text *said, struct fault *fault)
{
	int in = memory_open(call->input, call->input_count);
	int heard = memory_open(NULL, 0), words = memory_open(NULL, 0), err, more;
	pid_t pid = -1;

	if (in < 0 || heard < 0 || words < 0) {
		err = fault_set(fault, -ENOMEM, "no memory for what git says");
		goto out;
	}
	err = call_start(call, in, heard, words, &pid, fault);
	if (err)
		goto out;
	err = call_end(call, pid, fault);
	if (err && err != -ECHILD)
		goto out;
	more = memory_read(heard, call->limit ? call->limit : most, out);
	if (!more)
		more = memory_read(words, SAID_MAX, said);
	if (more)
		err = fault_set(fault, more, "git %s says too much", call->arguments[0]);
out:
	if (in >= 0)
		close(in);
	if (heard >= 0)
		close(heard);
	if (words >= 0)
		close(words);
	return err;
}

int git_start(const struct git_call *call, pid_t *pid, int *fd, int *said, struct fault *fault)
{
	int ends[2], err;

	*said = memory_open(NULL, 0);
	if (*said < 0 || pipe2(ends, O_CLOEXEC)) {
		if (*said >= 0)
			close(*said);
		return fault_set(fault, -EMFILE, "no pipe for git");
	}
	err = call_start(call, -1, ends[1], *said, pid, fault);
	close(ends[1]);
	if (err) {
		close(ends[0]);
		close(*said);
	}
	*fd = ends[0];
	return err;
}

void git_words(const char *said, char *out, size_t room)
{
	static const char *const starts[] = { "fatal: ", "error: " };
	const char *line = said, *best = said;
	size_t len;

	for (bool found = false; *line && !found;) {
		best = line;
		for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
			if (!strncmp(line, starts[i], strlen(starts[i]))) {
				best = line + strlen(starts[i]);
				found = true;
			}
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	len = strcspn(best, "\n");
	snprintf(out, room, "%.*s", (int)(len < room ? len : room - 1), best);
}
