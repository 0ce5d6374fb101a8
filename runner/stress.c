// SPDX-License-Identifier: GPL-2.0-only
/* stress: watches one trial of task stress and its kernel's console, and keeps what went wrong. */
#include "runner/stress.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "runner/paths.h"
#include "runner/progress.h"
#include "runner/scratch.h"
#include "runner/trial.h"

enum {
	POLL_NS = 100000000,
	BOOT_SECONDS = 900, /* a debug kernel's boot, and the last checks, on a busy machine */
	SPLAT_SECONDS = 5, /* a splat's lines come one by one */
	TAIL_BYTES = 4096,
	KEEP_LIMIT = 64 << 20,
	KEEP_TRIES = 1000,
};

static const double default_silence =
	600; /* a sweep of all pages in a debug kernel takes its time */

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
	interrupted = number;
}

/* What the console has said since the last look. */
static void console_look(int fd, struct stress_result *result)
{
	char block[16384];
	ssize_t got;

	while (fd >= 0 && (got = read(fd, block, sizeof(block))) > 0) {
		console_feed(&result->console, block, (size_t)got);
		text_add_bytes(&result->tail, block, (size_t)got);
		text_keep_tail(&result->tail, TAIL_BYTES);
	}
}

static bool splat_is_bad(const struct console_scan *scan)
{
	return scan->total > 0 || scan->end != CONSOLE_GOES_ON;
}

static void stress_show(struct progress *progress, const struct stress_request *request,
			const struct trial *trial, double seconds)
{
	const struct report_stress *report = trial->report.stress;
	double done = report ? (double)report->done : 0;
	char words[200];

	/* Children that work by themselves count too: more than was asked for. */
	if (done > progress->total)
		done = progress->total;

	snprintf(words, sizeof(words), "seed %" PRIu64 ": %" PRIu64 " operations",
		 request->ask.seed, report ? report->done : 0);
	if (request->ask.operations)
		progress_show(progress, done, words);
	else
		progress_show(progress, seconds, words);
}

/* Until it is over, a splat has come, or a signal. */
static void stress_watch(const struct stress_request *request, struct trial *trial, int console,
			 struct stress_result *result)
{
	struct progress progress;
	double seen = 0;

	progress_start(&progress,
		       request->ask.operations ? (double)request->ask.operations
					       : request->ask.seconds,
		       request->quiet);
	while (!interrupted && !trial_poll(trial)) {
		console_look(console, result);
		if (splat_is_bad(&result->console) && !seen)
			seen = seconds_now();
		if (seen && seconds_now() - seen > SPLAT_SECONDS)
			break;
		stress_show(&progress, request, trial, seconds_now() - trial->started);
		nanosleep(&(struct timespec){ .tv_nsec = POLL_NS }, NULL);
	}
	progress_pause(&progress);
	console_look(console, result);
	console_finish(&result->console);
	result->seconds = seconds_now() - trial->started;
}

static void stress_judge(const struct trial *trial, struct stress_result *result)
{
	if (trial->report.stress)
		result->report = *trial->report.stress;
	if (splat_is_bad(&result->console)) {
		console_words(&result->console, result->reason, sizeof(result->reason));
		if (!result->reason[0])
			snprintf(result->reason, sizeof(result->reason), "the kernel ended: %s",
				 result->console.end_words);
	} else if (result->report.trouble_count) {
		/* The last line of the words, before what was done, says what was wrong. */
		size_t last = result->report.trouble_count > 2 ? 2
							       : result->report.trouble_count - 1;

		snprintf(result->reason, sizeof(result->reason), "%s",
			 result->report.troubles[last]);
	} else if (!trial->ok) {
		snprintf(result->reason, sizeof(result->reason), "%s", trial->reason);
	}
	result->ok = !result->reason[0];
}

/* A folder of its own, for good: stress/NAME-SEED, or with a number behind. */
static int keep_folder(const struct stress_request *request, char *out)
{
	char name[KERNEL_NAME + 64];
	int err = -EEXIST;

	for (int i = 0; i < KEEP_TRIES && err == -EEXIST; i++) {
		snprintf(name, sizeof(name), "stress/%s-%" PRIu64 "%s%.0d",
			 request->kernel ? request->kernel->name : "host", request->ask.seed,
			 i ? "-" : "", i);
		err = path_of_data(name, out);
		if (!err && mkdir(out, 0755))
			err = -errno;
	}
	return err;
}

static void keep_one(const char *folder, const char *name, const char *bytes, size_t count)
{
	char path[PATH_MAX];

	if (path_join(path, sizeof(path), folder, name) == 0 && file_write(path, bytes, count))
		fprintf(stderr, "%s: not kept\n", path);
}

static void stress_keep(const struct stress_request *request, const struct trial *trial,
			struct stress_result *result)
{
	static const char *const files[] = { "console", "report", "qemu.err" };
	struct text text = { 0 };
	char path[PATH_MAX];

	if (keep_folder(request, result->kept)) {
		result->kept[0] = '\0';
		return;
	}
	for (size_t i = 0; trial->guest && i < sizeof(files) / sizeof(*files); i++) {
		text_clear(&text);
		if (path_join(path, sizeof(path), trial->directory, files[i]) == 0 &&
		    file_read(path, KEEP_LIMIT, &text) == 0)
			keep_one(result->kept, files[i], text_get(&text), text.len);
	}
	text_clear(&text);
	text_addf(&text, "%s\n\n", result->reason);
	for (size_t i = 0; i < result->report.trouble_count; i++)
		text_addf(&text, "%s\n", result->report.troubles[i]);
	text_addf(&text, "\n%s\n", result->report.progress);
	keep_one(result->kept, "trouble", text_get(&text), text.len);
	text_clear(&text);
	text_addf(&text, "%s\n", request->command);
	keep_one(result->kept, "command", text_get(&text), text.len);
	text_free(&text);
}

static int stress_start(const struct stress_request *request, const char *scratch,
			struct trial *trial, struct fault *fault)
{
	const struct ask ask = {
		.task = "stress",
		.stress = &request->ask,
		.shape = { .swap_disk = true,
			   .lively = true,
			   .cpus = request->cpus,
			   .append = request->append },
	};
	const struct trial_limits limits = {
		.silence = request->silence ? request->silence : default_silence,
		.total = request->ask.seconds ? request->ask.seconds + BOOT_SECONDS : 86400,
	};

	return request->kernel ? trial_start_guest(request->kernel, GUEST_EMULATED, &ask, &limits,
						   scratch, trial, fault)
			       : trial_start_host(&ask, &limits, trial, fault);
}

int stress_do(const struct stress_request *request, struct stress_result *result,
	      struct fault *fault)
{
	struct sigaction action = { .sa_handler = interrupt };
	struct scratch scratch = { .lock = -1 };
	char path[PATH_MAX];
	struct trial trial;
	int console = -1, err;

	memset(result, 0, sizeof(*result));
	console_begin(&result->console);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	err = scratch_open(&scratch, fault);
	if (err)
		return err;
	err = stress_start(request, scratch.path, &trial, fault);
	if (err)
		goto out;
	if (request->kernel && path_join(path, sizeof(path), trial.directory, "console") == 0)
		console = open(path, O_RDONLY | O_CLOEXEC);
	stress_watch(request, &trial, console, result);
	stress_judge(&trial, result);
	if (interrupted)
		err = fault_set(fault, -EINTR, "ended by a signal");
	else if (!result->ok)
		stress_keep(request, &trial, result);
	if (console >= 0)
		close(console);
	trial_free(&trial);
out:
	scratch_close(&scratch);
	return err;
}

void stress_result_free(struct stress_result *result)
{
	text_free(&result->tail);
}
