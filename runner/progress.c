// SPDX-License-Identifier: GPL-2.0-only
/* progress: shows work done and an estimate of what remains, by the pace so far. */
#include "runner/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/process.h"

enum { LINE_WIDTH = 99 };
static const double terminal_period = 0.2, log_period = 15, first_estimate = 2;

char *duration_format(double seconds, char *out, unsigned long room)
{
	long whole = (long)(seconds + 0.5);

	if (whole >= 3600)
		snprintf(out, room, "%ld h %ld min", whole / 3600, whole % 3600 / 60);
	else if (whole >= 60)
		snprintf(out, room, "%ld min %ld s", whole / 60, whole % 60);
	else
		snprintf(out, room, "%ld s", whole);
	return out;
}

void progress_start(struct progress *progress, double total, bool quiet)
{
	*progress = (struct progress){
		.total = total,
		.started = seconds_now(),
		.terminal = isatty(STDERR_FILENO),
		.quiet = quiet,
	};
}

void progress_show(struct progress *progress, double done, const char *what)
{
	double now = seconds_now(), spent = now - progress->started;
	double period = progress->terminal ? terminal_period : log_period;
	char line[256], remaining[32] = "?";

	progress->done = done;
	if (progress->quiet || (progress->shown > 0 && now - progress->shown < period))
		return;
	progress->shown = now;
	if (done > 0 && spent > first_estimate)
		duration_format(spent * (progress->total - done) / done, remaining,
				sizeof(remaining));
	snprintf(line, sizeof(line), "%3.0f%%  about %s left  %s",
		 progress->total > 0 ? 100 * done / progress->total : 100, remaining, what);
	if (progress->terminal) {
		fprintf(stderr, "\r%-*.*s", LINE_WIDTH, LINE_WIDTH, line);
		progress->open = true;
	} else {
		fprintf(stderr, "%s\n", line);
	}
}

void progress_pause(struct progress *progress)
{
	if (progress->open)
		fprintf(stderr, "\r%*s\r", LINE_WIDTH, "");
	progress->open = false;
}
