/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * trial: one agent at work, on the host or in a guest, from start to result. Any number may run side
 * by side; trial_poll() never blocks. A trial ends by itself, or by one of the limits (silence,
 * total time, size of what it says); then everything that it had reported until there is its result.
 */
#ifndef RUNNER_TRIAL_H
#define RUNNER_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/fault.h"
#include "base/process.h"
#include "base/text.h"
#include "runner/ask.h"
#include "runner/kernels.h"
#include "runner/report.h"

struct trial_limits {
	double silence; /* seconds without a new byte of the report */
	double total; /* seconds in all */
};
extern const struct trial_limits trial_default_limits;

enum { TRIAL_CONSOLE_TAIL = 4096 }; /* bytes kept of the console */

struct trial {
	/* while it runs */
	pid_t pid; /* 0: not running */
	int report_fd, console_fd;
	char directory[4096]; /* its own, removed by trial_free(); "" for none */
	double started, heard; /* seconds_now() */
	struct trial_limits limits;
	uint64_t report_bytes, console_bytes;
	bool guest;
	struct fault protocol; /* the report's first error */
	/* the result, complete once trial_poll() said true */
	struct report report;
	struct plugin_output plugin; /* insn only */
	bool ok;
	char reason[512]; /* why it failed */
	struct text console; /* the tail */
	int64_t started_us, ended_us; /* CLOCK_REALTIME */
};

/* host_trial.c: a fresh process on the running kernel. */
int trial_start_host(const struct ask *ask, const struct trial_limits *limits, struct trial *trial,
		     struct fault *fault);
/* guest_trial.c: a fresh boot. parent: a directory in which the trial makes its own. */
enum guest_mode {
	GUEST_COUNTED, /* emulated, every instruction counted by the plugin: wants kernel->symbols */
	GUEST_EMULATED, /* without counting: faster */
	GUEST_KVM, /* on the real CPU */
};
int trial_start_guest(const struct kernel *kernel, enum guest_mode mode, const struct ask *ask,
		      const struct trial_limits *limits, const char *parent, struct trial *trial,
		      struct fault *fault);

/* Reads what has come; true once it is over. */
bool trial_poll(struct trial *trial);
/* Polls until it is over. */
void trial_wait(struct trial *trial);
/* Kills what runs, removes the directory, frees the memory. */
void trial_free(struct trial *trial);

/* Guests: which program, and does the project's plugin fit it? 0 or a negative errno with words. */
struct qemu {
	char version[64]; /* "7.2.22", or with the distribution's words */
	unsigned int major, minor;
	char plugin[4096]; /* path of the plugin that fits */
};
int qemu_find(struct qemu *qemu, struct fault *fault);
/* The arguments that decide about a count, as one line, for the provenance. */
const char *qemu_recipe(const struct guest_shape *shape);

#endif
