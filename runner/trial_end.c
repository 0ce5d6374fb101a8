// SPDX-License-Identifier: GPL-2.0-only
/* trial_end: tells apart the ways in which a trial can end, and says each in one line. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "runner/trial.h"
#include "runner/trial_parts.h"

static const char *const ending_names[TRIAL_ENDINGS] = {
	[TRIAL_ENDED] = "ended",
	[TRIAL_PANIC] = "panic",
	[TRIAL_OOM] = "oom",
	[TRIAL_NO_INIT] = "no-init",
	[TRIAL_NO_KERNEL] = "no-kernel",
	[TRIAL_SILENT] = "silent",
	[TRIAL_NO_REPORT] = "no-report",
	[TRIAL_HANG] = "hang",
	[TRIAL_LATE] = "late",
	[TRIAL_CUT] = "cut",
	[TRIAL_KILLED] = "killed",
	[TRIAL_REPORT] = "report",
	[TRIAL_FLOOD] = "flood",
	[TRIAL_QEMU] = "qemu",
	[TRIAL_UNFIT] = "unfit",
	[TRIAL_OTHER] = "other",
};

const char *trial_ending_name(enum trial_ending ending)
{
	return ending_names[ending];
}

#define reason_say(trial, ...) snprintf((trial)->reason, sizeof((trial)->reason), __VA_ARGS__)

static void reason_add(struct trial *trial, const char *before, const char *words)
{
	size_t used = strlen(trial->reason);

	if (words[0])
		snprintf(trial->reason + used, sizeof(trial->reason) - used, "%s%s", before, words);
}

static bool trial_complete(const struct trial *trial)
{
	return trial->report.ended && !trial->protocol.text[0];
}

/* Of a process that ended by itself. */
static enum trial_ending ending_of_exit(const struct trial *trial, int status)
{
	if (trial->protocol.text[0])
		return TRIAL_REPORT;
	if (!status && trial_complete(trial))
		return TRIAL_ENDED;
	if (WIFSIGNALED(status))
		return TRIAL_KILLED;
	if (trial_complete(trial))
		return TRIAL_OTHER;
	if (!trial->guest || trial->report_bytes)
		return TRIAL_CUT;
	if (trial->console_bytes)
		return TRIAL_NO_REPORT;
	return status ? TRIAL_QEMU : TRIAL_SILENT;
}

/* What the kernel said of its end weighs more than what was seen of it from outside. */
static enum trial_ending ending_by_console(const struct trial *trial)
{
	static const enum trial_ending endings[] = {
		[CONSOLE_PANIC] = TRIAL_PANIC,
		[CONSOLE_OOM] = TRIAL_OOM,
		[CONSOLE_NO_INIT] = TRIAL_NO_INIT,
		[CONSOLE_NO_KERNEL] = TRIAL_NO_KERNEL,
	};

	switch (trial->ending) {
	case TRIAL_NO_REPORT:
	case TRIAL_HANG:
	case TRIAL_LATE:
	case TRIAL_CUT:
		return trial->splats.end ? endings[trial->splats.end] : trial->ending;
	default:
		return trial->ending;
	}
}

static void guest_nothing_said(struct trial *trial, bool ended)
{
	static const char causes[] =
		"no kernel for this machine, one without CONFIG_SERIAL_8250 and its console, or one"
		" that comes to grief at once";

	if (ended)
		reason_say(trial, "it went away without a word on its serial ports: %s", causes);
	else
		reason_say(trial,
			   "not a word on its serial ports in %.0f s: %s; or it boots for longer"
			   " than that (--time-limit)",
			   trial->limits.silence, causes);
}

static void reason_of_flood(struct trial *trial)
{
	bool report = trial->report_bytes > REPORT_LIMIT;

	reason_say(trial, "it flooded its %s: more than %d MiB", report ? "report" : "console",
		   (report ? REPORT_LIMIT : CONSOLE_LIMIT) >> 20);
}

/* ended: by itself, with that status; else it was ended by a limit. */
static void reason_of_ending(struct trial *trial, bool ended, int status)
{
	const char *words = trial->splats.end_words;
	char how[128];

	process_describe(status, how, sizeof(how));
	switch (trial->ending) {
	case TRIAL_PANIC:
		reason_say(trial, "the kernel panicked: Kernel panic - not syncing: %s", words);
		break;
	case TRIAL_OOM:
		reason_say(trial, "the guest ran out of memory: %s", words);
		break;
	case TRIAL_NO_INIT:
		reason_say(trial,
			   "the kernel found no /init that it can start (CONFIG_BLK_DEV_INITRD,"
			   " CONFIG_BINFMT_ELF): %s",
			   words);
		break;
	case TRIAL_NO_KERNEL:
		reason_say(trial, "the image did not unpack itself: %s", words);
		break;
	case TRIAL_SILENT:
		guest_nothing_said(trial, ended);
		break;
	case TRIAL_NO_REPORT:
		if (ended)
			reason_say(trial, "it ended before its report began: %s", how);
		else
			reason_say(trial, "the kernel spoke, but nothing was reported for %.0f s",
				   trial->limits.silence);
		reason_add(trial, "; its console's last words: ", trial->splats.said);
		break;
	case TRIAL_HANG:
		reason_say(trial, "it hung: nothing reported for %.0f s", trial->limits.silence);
		break;
	case TRIAL_LATE:
		reason_say(trial, "not finished after %.0f s", trial->limits.total);
		break;
	case TRIAL_REPORT:
		reason_say(trial, "its report is not valid: %.400s", trial->protocol.text);
		break;
	case TRIAL_FLOOD:
		reason_of_flood(trial);
		break;
	case TRIAL_QEMU:
		reason_say(trial, "QEMU did not start it: %s", how);
		reason_add(trial, "; it says: ", text_get(&trial->console));
		break;
	default:
		reason_say(trial, "%s: %s",
			   trial_complete(trial) ? "it failed after its report"
						 : "it ended before its report did",
			   how);
	}
}

void trial_unfit(struct trial *trial, const char *reason)
{
	struct timespec now;

	trial_init(trial);
	clock_gettime(CLOCK_REALTIME, &now);
	trial->started_us = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
	trial->ended_us = trial->started_us;
	trial->guest = true;
	trial->ending = TRIAL_UNFIT;
	reason_say(trial, "not booted, since it can't report: %.400s", reason);
}

void trial_end(struct trial *trial, int status)
{
	/* A limit has set it before. */
	bool ended = trial->ending == TRIAL_ENDED;
	const struct console_splat *first = &trial->splats.splats[0];

	if (ended)
		trial->ending = ending_of_exit(trial, status);
	if (trial->guest)
		trial->ending = ending_by_console(trial);
	if (trial->ending == TRIAL_ENDED && trial->reason[0])
		trial->ending = TRIAL_OTHER; /* the plugin's output */
	else if (trial->ending != TRIAL_ENDED)
		reason_of_ending(trial, ended, status);
	/* What came before an end is mostly its cause. */
	if (trial->ending != TRIAL_ENDED && trial->splats.count && first->kind != SPLAT_PANIC) {
		reason_add(trial, "; before that: ", splat_kind_name(first->kind));
		reason_add(trial, " ", first->headline);
	}
	for (char *at = trial->reason; *at; at++)
		if (*at < ' ' || *at > '~')
			*at = ' ';
}
