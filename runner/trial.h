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

/* How a trial ended, by what it left behind. One that is not TRIAL_ENDED has a reason in words. */
enum trial_ending {
	TRIAL_ENDED, /* all of its report, and the end */
	TRIAL_PANIC, /* the guest's kernel panicked */
	TRIAL_OOM, /* … for want of memory */
	TRIAL_NO_INIT, /* … for want of an /init that it can start: no initrd, no ELF */
	TRIAL_NO_KERNEL, /* the image did not unpack itself */
	TRIAL_SILENT, /* not a byte on either serial port */
	TRIAL_NO_REPORT, /* the kernel spoke, the agent never did */
	TRIAL_HANG, /* its report stopped */
	TRIAL_LATE, /* it went on and on */
	TRIAL_CUT, /* it went away before its report's end: a reset, a power-off, an exit */
	TRIAL_KILLED, /* by a signal */
	TRIAL_REPORT, /* what it reported is not valid */
	TRIAL_FLOOD, /* it said more than anything honest does */
	TRIAL_QEMU, /* the emulator itself did not start */
	TRIAL_UNFIT, /* not started: what the kernel lacks is known before */
	TRIAL_OTHER,
	TRIAL_ENDINGS
};
/* "ended", "panic", "no-init" …: what is stored, and written in JSON. */
const char *trial_ending_name(enum trial_ending ending);

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
	enum trial_ending ending;
	char reason[512]; /* why it failed */
	struct console_scan splats; /* what its kernel reported of itself */
	struct text console; /* the tail */
	int64_t started_us, ended_us; /* CLOCK_REALTIME */
};

/* host_trial.c: a fresh process on the running kernel. */
int trial_start_host(const struct ask *ask, const struct trial_limits *limits, struct trial *trial,
		     struct fault *fault);
/* guest_trial.c: a fresh boot. parent: a directory in which the trial makes its own. */
enum guest_mode {
	GUEST_COUNTED, /* emulated, every instruction counted by the plugin: wants kernel->symbols */
	GUEST_EMULATED, /* without counting */
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
