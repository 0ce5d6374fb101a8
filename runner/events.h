/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * events: event names to what perf_event_open(2) takes. The only file that sees libpfm4.
 * Software and hardware events and tracepoints ("tlb:tlb_flush": their ids are read from tracefs, since
 * libpfm4 wants debugfs for them). That libpfm4 knows a name says nothing about this machine having it.
 */
#ifndef RUNNER_EVENTS_H
#define RUNNER_EVENTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

struct event_code {
	char name[64]; /* as asked for: "instructions:k" */
	uint32_t type;
	uint64_t config, config1, config2;
	char levels[4]; /* of 'u', 'k': where it is counted; "-" for a tracepoint: everywhere */
};
/* 0; -ENOENT (no such event, no such tracepoint here), -EACCES (tracefs not readable), with the reason in fault. */
int event_encode(const char *name, struct event_code *code, struct fault *fault);

/* Calls visit for each event name that the PMUs that libpfm4 sees here offer; non-zero stops. */
int event_list(int (*visit)(const char *pmu, const char *event, const char *about, void *context),
	       void *context);

/* The events that pmu counts where a suite names none. */
extern const char *const event_defaults[];
extern const size_t event_default_count;

#endif
