// SPDX-License-Identifier: GPL-2.0-only
/* host_trial: a trial as a fresh process on the running kernel, its report through a pipe. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner/paths.h"
#include "runner/trial.h"
#include "runner/trial_parts.h"

struct pipes {
	int plan[2], report[2], console[2];
};

static void pipes_close(struct pipes *pipes)
{
	int *all[] = { pipes->plan, pipes->report, pipes->console };

	for (size_t i = 0; i < 3; i++)
		for (size_t end = 0; end < 2; end++)
			if (all[i][end] >= 0)
				close(all[i][end]);
}

static int pipes_open(struct pipes *pipes)
{
	*pipes = (struct pipes){ { -1, -1 }, { -1, -1 }, { -1, -1 } };
	if (pipe2(pipes->plan, O_CLOEXEC) || pipe2(pipes->report, O_CLOEXEC) ||
	    pipe2(pipes->console, O_CLOEXEC) || fcntl(pipes->report[0], F_SETFL, O_NONBLOCK) ||
	    fcntl(pipes->console[0], F_SETFL, O_NONBLOCK))
		return -errno;
	return 0;
}

/* The agent reads all of its plan before it writes anything, so this can't deadlock. */
static int plan_send(int fd, const struct text *plan)
{
	size_t done = 0;

	while (done < plan->len) {
		ssize_t wrote = write(fd, plan->data + done, plan->len - done);

		if (wrote < 0 && errno != EINTR)
			return -errno;
		if (wrote > 0)
			done += (size_t)wrote;
	}
	return 0;
}

int trial_start_host(const struct ask *ask, const struct trial_limits *limits, struct trial *trial,
		     struct fault *fault)
{
	char agent[PATH_MAX];
	char *const argv[] = { agent, NULL };
	struct process_files files = { 0 };
	struct text plan = { 0 };
	struct pipes pipes;
	int err;

	trial_init(trial);
	err = agent_path(agent);
	if (!err)
		err = pipes_open(&pipes);
	if (err)
		return fault_set(fault, err, "starting the agent: %s", strerror(-err));
	files.in = pipes.plan[0];
	files.out = pipes.report[1];
	files.err = pipes.console[1];
	ask_write(ask, &plan);
	signal(SIGPIPE, SIG_IGN); /* an agent that dies early must not take us along */
	err = plan.failed ? -ENOMEM : process_start(argv, &files, &trial->pid);
	if (err) {
		trial->pid = 0;
		fault_set(fault, err, "%s: %s", agent, strerror(-err));
		goto out;
	}
	trial_began(trial, limits);
	/* What goes wrong from here on is the trial's own end, and found by polling it. */
	plan_send(pipes.plan[1], &plan);
	trial->report_fd = pipes.report[0];
	trial->console_fd = pipes.console[0];
	pipes.report[0] = pipes.console[0] = -1;
out:
	pipes_close(&pipes);
	text_free(&plan);
	return err;
}
