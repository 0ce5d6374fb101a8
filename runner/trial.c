// SPDX-License-Identifier: GPL-2.0-only
/* trial: what host and guest trials share: reading, limits, the end and its reason. */
#include "runner/trial.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "runner/paths.h"
#include "runner/trial_parts.h"

enum { PLUGIN_LIMIT = 256 << 20, POLL_MS = 20 };

const struct trial_limits trial_default_limits = { .silence = 180, .total = 3600 };

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int agent_path(char *out)
{
	const char *other = getenv("REMAPBENCH_AGENT");

	if (other && other[0])
		return realpath(other, out) ? 0 : -errno;
	return path_of_part("remapbench-agent", out);
}

void trial_init(struct trial *trial)
{
	memset(trial, 0, sizeof(*trial));
	trial->report_fd = trial->console_fd = -1;
	report_init(&trial->report);
	console_begin(&trial->splats);
}

void trial_began(struct trial *trial, const struct trial_limits *limits)
{
	trial->limits = *limits;
	trial->started = trial->heard = seconds_now();
	trial->started_us = now_us();
}

/* What has come on fd: bytes, 0 for nothing now (or the end), in block. */
static size_t read_some(int fd, char *block, size_t room)
{
	ssize_t got;

	do
		got = fd >= 0 ? read(fd, block, room) : 0;
	while (got < 0 && errno == EINTR);
	return got > 0 ? (size_t)got : 0;
}

static void trial_read(struct trial *trial)
{
	char block[16384];
	size_t got;

	while (trial->console_bytes <= CONSOLE_LIMIT &&
	       (got = read_some(trial->console_fd, block, sizeof(block)))) {
		trial->console_bytes += got;
		text_add_bytes(&trial->console, block, got);
		text_keep_tail(&trial->console, TRIAL_CONSOLE_TAIL);
		if (trial->guest)
			console_feed(&trial->splats, block, got);
	}
	while (!trial->protocol.text[0] && trial->report_bytes <= REPORT_LIMIT &&
	       (got = read_some(trial->report_fd, block, sizeof(block)))) {
		trial->report_bytes += got;
		trial->heard = seconds_now();
		if (report_feed(&trial->report, block, got, &trial->protocol))
			break;
	}
}

static bool trial_fails(struct trial *trial, enum trial_ending ending)
{
	trial->ending = ending;
	return true;
}

/* Whether a trial that still runs must end now; if so, how it did. */
static bool trial_exceeds(struct trial *trial)
{
	double now = seconds_now();
	bool spoke = trial->report_bytes > 0;

	if (trial->protocol.text[0])
		return trial_fails(trial, TRIAL_REPORT);
	if (trial->report_bytes > REPORT_LIMIT)
		return trial_fails(trial, TRIAL_FLOOD);
	if (trial->console_bytes > CONSOLE_LIMIT)
		return trial_fails(trial, TRIAL_FLOOD);
	if (now - trial->heard > trial->limits.silence)
		return trial_fails(trial, spoke			 ? TRIAL_HANG
					  : trial->console_bytes ? TRIAL_NO_REPORT
								 : TRIAL_SILENT);
	if (now - trial->started > trial->limits.total)
		return trial_fails(trial, TRIAL_LATE);
	return false;
}

static void trial_plugin_read(struct trial *trial)
{
	char path[5000];
	struct text text = { 0 };
	struct fault fault = { 0 };
	int err;

	if (!trial->guest)
		return;
	snprintf(path, sizeof(path), "%s/plugin.out", trial->directory);
	if (access(path, F_OK))
		return; /* not a counted guest */
	err = file_read(path, PLUGIN_LIMIT, &text);
	if (!err)
		err = plugin_output_parse(text_get(&text), text.len, &trial->plugin, &fault);
	if (err && !trial->reason[0])
		snprintf(trial->reason, sizeof(trial->reason), "the plugin's output: %.400s",
			 fault.text[0] ? fault.text : strerror(-err));
	text_free(&text);
}

/* What QEMU itself had to say, where the guest said nothing: a refused option, a plugin that does not load. */
static void trial_qemu_words(struct trial *trial)
{
	char path[5000];
	struct text words = { 0 };

	snprintf(path, sizeof(path), "%s/qemu.err", trial->directory);
	if (!trial->console.len && file_read(path, TRIAL_CONSOLE_TAIL, &words) == 0 && words.len)
		text_addf(&trial->console, "QEMU: %s", text_get(&words));
	text_free(&words);
}

static void trial_finish(struct trial *trial, int status)
{
	char open_reason[600];
	struct fault fault = { 0 };

	trial->pid = 0;
	trial->ended_us = now_us();
	trial_plugin_read(trial);
	if (trial->guest)
		trial_qemu_words(trial);
	console_finish(&trial->splats);
	trial_end(trial, status);
	snprintf(open_reason, sizeof(open_reason), "its trial failed: %.500s", trial->reason);
	report_finish(&trial->report, open_reason, &fault);
	/* The log has all since the boot, the console what came after the log was read. */
	if (trial->report.log_count) {
		console_merge(&trial->report.log, &trial->splats);
		trial->splats = trial->report.log;
	}
	trial->ok = trial->ending == TRIAL_ENDED;
}

bool trial_poll(struct trial *trial)
{
	int status = 0;
	pid_t gone;

	if (!trial->pid)
		return true;
	trial_read(trial);
	if (trial_exceeds(trial)) {
		process_kill(trial->pid, &status);
		trial_read(trial);
		trial_finish(trial, status);
		return true;
	}
	gone = waitpid(trial->pid, &status, WNOHANG);
	if (gone == 0)
		return false;
	trial_read(trial); /* what came between the last read and the end */
	trial_exceeds(trial);
	trial_finish(trial, gone < 0 ? 0 : status);
	return true;
}

void trial_wait(struct trial *trial)
{
	static const struct timespec pause = { .tv_nsec = POLL_MS * 1000000 };

	while (!trial_poll(trial))
		nanosleep(&pause, NULL);
}

void trial_free(struct trial *trial)
{
	if (trial->pid)
		process_kill(trial->pid, NULL);
	trial->pid = 0;
	if (trial->report_fd > 0)
		close(trial->report_fd);
	if (trial->console_fd > 0)
		close(trial->console_fd);
	trial->report_fd = trial->console_fd = -1;
	if (trial->directory[0])
		directory_remove(trial->directory);
	trial->directory[0] = '\0';
	report_free(&trial->report);
	plugin_output_free(&trial->plugin);
	text_free(&trial->console);
}
