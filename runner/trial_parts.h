/* SPDX-License-Identifier: GPL-2.0-only */
/* trial_parts: what trial.c, host_trial.c and guest_trial.c share with one another alone. */
#ifndef RUNNER_TRIAL_PARTS_H
#define RUNNER_TRIAL_PARTS_H

#include "runner/trial.h"

enum {
	REPORT_LIMIT = 64 << 20, /* bytes; the longest honest report is a kernel's symbols: 5 MiB */
	CONSOLE_LIMIT = 4 << 20,
};

/* Empty, nothing open. */
void trial_init(struct trial *trial);
/* The process runs: the limits' clocks start. */
void trial_began(struct trial *trial, const struct trial_limits *limits);
/* For trials that have ended: how, and in words why. (trial_end.c) */
void trial_end(struct trial *trial, int status);
/* One that was never started: its kernel can't do what the agent needs. (trial_end.c) */
void trial_unfit(struct trial *trial, const char *reason);
/* The agent's program; $REMAPBENCH_AGENT names another one (the tests' do). out: PATH_MAX bytes. */
int agent_path(char *out);

#endif
