/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * process: starting another program so that it can't outlive us (PR_SET_PDEATHSIG, its own process
 * group), and reading what it says with a time limit and a size limit.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stddef.h>
#include <sys/types.h>

#include "base/fault.h"
#include "base/text.h"

struct process_files {
	int in, out, err; /* what becomes the child's 0, 1, 2; -1 for /dev/null */
	const char *directory; /* the child's working directory, NULL for ours */
	char *const *environment; /* NULL for ours */
	unsigned long file_limit; /* RLIMIT_FSIZE in bytes; 0 for none */
};

/* argv[0] is looked up in PATH. *pid is the child, leader of its own process group. */
int process_start(char *const argv[], const struct process_files *files, pid_t *pid);
/* Kills the group and reaps the child; status may be NULL. */
void process_kill(pid_t pid, int *status);
/* "exit status 3", "killed by signal 9 (Killed)", in out: returns out. */
char *process_describe(int status, char *out, size_t room);

/*
 * Runs to the end, collecting stdout (at most limit bytes; the rest is an error) and the last 4 KiB
 * of stderr in fault. Kills it after seconds. 0 only for exit status 0; -ETIME, -EFBIG, -ECHILD.
 */
int process_capture(char *const argv[], double seconds, size_t limit, struct text *out,
		    struct fault *fault);

/* Seconds of CLOCK_MONOTONIC. */
double seconds_now(void);

#endif
