/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * progress: one line on stderr: what runs now, how far it is, about how long remains. On a terminal
 * it is written over again; elsewhere a new line comes every 15 s, so that a log stays short.
 */
#ifndef RUNNER_PROGRESS_H
#define RUNNER_PROGRESS_H

#include <stdbool.h>

struct progress {
	double total, done; /* in any unit of work */
	double started, shown; /* seconds_now() */
	bool terminal, quiet, open; /* open: the terminal's line is not ended yet */
};

void progress_start(struct progress *progress, double total, bool quiet);
void progress_show(struct progress *progress, double done, const char *what);
/* Ends the line, so that other words can be written; the next show begins a new one. */
void progress_pause(struct progress *progress);

/* "1 min 20 s", "45 s", in out (at least 32 bytes): returns out. */
char *duration_format(double seconds, char *out, unsigned long room);

#endif
