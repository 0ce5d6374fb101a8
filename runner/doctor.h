/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * doctor: what can be measured on this machine, found out by trying it. Each finding says what was
 * tried, how it ended and, where it ended badly, what would help.
 */
#ifndef RUNNER_DOCTOR_H
#define RUNNER_DOCTOR_H

#include <stdbool.h>
#include <stddef.h>

enum doctor_state { DOCTOR_YES, DOCTOR_PARTLY, DOCTOR_NO };

struct doctor_finding {
	char subject[24]; /* "clock", "pmu", "insn", "kvm" … */
	char item[48]; /* an event's or a kernel's name; "" for the subject as a whole */
	enum doctor_state state;
	char text[300]; /* what was found */
	char help[300]; /* what to do about it; "" where nothing is wrong */
};

struct doctor_report {
	struct doctor_finding *items;
	size_t count;
	bool failed; /* memory ran out: findings are missing */
};

/* Adds one; fmt says what was found. */
void doctor_add(struct doctor_report *report, const char *subject, const char *item,
		enum doctor_state state, const char *help, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
void doctor_free(struct doctor_report *report);

/* The examinations. scratch: a directory for guests; boot: also those that take seconds (KVM, counting). */
void doctor_host(struct doctor_report *report);
void doctor_events(struct doctor_report *report);
void doctor_guests(struct doctor_report *report, const char *scratch, bool boot);
void doctor_shows(struct doctor_report *report, const char *database);

#endif
