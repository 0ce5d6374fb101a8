// SPDX-License-Identifier: GPL-2.0-only
/* doctor: examines the host, its events and what is needed to show results. */
#include "runner/doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/process.h"
#include "results/store.h"
#include "runner/events.h"
#include "runner/probe.h"
#include "runner/trial.h"

void doctor_add(struct doctor_report *report, const char *subject, const char *item,
		enum doctor_state state, const char *help, const char *fmt, ...)
{
	struct doctor_finding *items, *finding;
	va_list args;

	items = reallocarray(report->items, report->count + 1, sizeof(*items));
	if (!items) {
		report->failed = true;
		return;
	}
	report->items = items;
	finding = &items[report->count++];
	memset(finding, 0, sizeof(*finding));
	snprintf(finding->subject, sizeof(finding->subject), "%s", subject);
	snprintf(finding->item, sizeof(finding->item), "%s", item);
	snprintf(finding->help, sizeof(finding->help), "%s", help);
	finding->state = state;
	va_start(args, fmt);
	vsnprintf(finding->text, sizeof(finding->text), fmt, args);
	va_end(args);
}

void doctor_free(struct doctor_report *report)
{
	free(report->items);
	memset(report, 0, sizeof(*report));
}

static void doctor_folios(struct doctor_report *report)
{
	static const char path[] = "/sys/kernel/mm/transparent_hugepage/enabled";
	char enabled[100];

	if (file_read_line(path, enabled, sizeof(enabled)))
		doctor_add(report, "folios", "2M", DOCTOR_NO, "a kernel with THP",
			   "this kernel has no transparent huge pages");
	else if (strstr(enabled, "[never]"))
		doctor_add(report, "folios", "2M", DOCTOR_NO,
			   "echo madvise >/sys/kernel/mm/transparent_hugepage/enabled",
			   "transparent huge pages are off");
	else
		doctor_add(report, "folios", "2M", DOCTOR_YES, "", "2 MiB folios: %s", enabled);
}

/* Page frame numbers are zero to those who may not see them. */
static void doctor_pagemap(struct doctor_report *report)
{
	uint64_t entry = 0;
	volatile char here = 1;
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	off_t at = (off_t)((uintptr_t)&here / 4096 * sizeof(entry));
	bool seen = fd >= 0 && pread(fd, &entry, sizeof(entry), at) == sizeof(entry) &&
		    (entry & ((1ull << 55) - 1));

	if (fd >= 0)
		close(fd);
	if (seen && access("/proc/kpageflags", R_OK) == 0)
		doctor_add(report, "folios", "proof", DOCTOR_YES, "",
			   "every page's folio size is checked by its page flags");
	else
		doctor_add(report, "folios", "proof", DOCTOR_PARTLY,
			   "run as root to have each page's flags checked",
			   "folio sizes are checked by smaps only (2 MiB or not)");
}

static void doctor_memory(struct doctor_report *report)
{
	struct text meminfo = { 0 };
	unsigned long long kib = 0;
	const char *at;

	if (file_read("/proc/meminfo", 1 << 16, &meminfo) == 0 &&
	    (at = strstr(text_get(&meminfo), "MemAvailable:")))
		sscanf(at, "MemAvailable: %llu", &kib);
	text_free(&meminfo);
	if (kib >> 10 < 1200)
		doctor_add(report, "memory", "", DOCTOR_PARTLY, "free some memory",
			   "%llu MiB available: the cells of 1 GiB are unsupported here",
			   kib >> 10);
	else
		doctor_add(report, "memory", "", DOCTOR_YES, "", "%llu MiB available", kib >> 10);
}

void doctor_host(struct doctor_report *report)
{
	struct cell_list cells;
	struct fault fault = { 0 };

	if (probe_cells(0, 0, NULL, &cells, &fault))
		doctor_add(report, "clock", "", DOCTOR_NO, "build it: ninja", "%s", fault.text);
	else
		doctor_add(report, "clock", "", DOCTOR_YES, "",
			   "the agent runs here and has %zu cells", cells.count);
	if (cells.keys)
		cell_list_free(&cells);
	doctor_memory(report);
	doctor_folios(report);
	doctor_pagemap(report);
}

static const char *event_help(const char *why)
{
	if (strstr(why, "permission"))
		return "run as root, or: sysctl kernel.perf_event_paranoid=-1";
	if (strstr(why, "tracefs") || strstr(why, "tracing"))
		return "mount -t tracefs tracefs /sys/kernel/tracing (as root)";
	return "measure on a machine, or with a hypervisor, that has this counter";
}

void doctor_events(struct doctor_report *report)
{
	const char *cell = "floor/op=empty";
	const struct ask ask = { .task = "measure",
				 .instrument = "pmu",
				 .samples = 1,
				 .cells = &cell,
				 .cell_count = 1,
				 .events = event_defaults,
				 .event_count = event_default_count };
	struct fault fault = { 0 };
	struct trial trial;
	size_t opened = 0;

	if (trial_start_host(&ask, &trial_default_limits, &trial, &fault)) {
		doctor_add(report, "pmu", "", DOCTOR_NO, "build it: ninja", "%s", fault.text);
		return;
	}
	trial_wait(&trial);
	for (size_t i = 0; i < trial.report.metric_count; i++)
		opened += !trial.report.metrics[i].unsupported[0];
	if (!trial.ok)
		doctor_add(report, "pmu", "", DOCTOR_NO, "", "%s", trial.reason);
	else
		doctor_add(report, "pmu", "",
			   opened == trial.report.metric_count ? DOCTOR_YES
			   : opened			       ? DOCTOR_PARTLY
							       : DOCTOR_NO,
			   "", "%zu of the %zu default events can be counted", opened,
			   trial.report.metric_count);
	for (size_t i = 0; i < trial.report.metric_count; i++) {
		const struct report_metric *metric = &trial.report.metrics[i];
		const char *why = metric->unsupported;

		doctor_add(report, "pmu", metric->name, why[0] ? DOCTOR_NO : DOCTOR_YES,
			   why[0] ? event_help(why) : "", "%s", why[0] ? why : "counts");
	}
	trial_free(&trial);
}

void doctor_shows(struct doctor_report *report, const char *database)
{
	char *const argv[] = { (char[]){ "gnuplot" }, (char[]){ "--version" }, NULL };
	struct text version = { 0 };
	struct fault fault = { 0 };
	struct store *store = NULL;
	int err = process_capture(argv, 20, 4096, &version, &fault);

	if (err)
		doctor_add(report, "figures", "", DOCTOR_NO, "apt-get install gnuplot-nox",
			   "gnuplot: %s", fault.text[0] ? fault.text : strerror(-err));
	else
		doctor_add(report, "figures", "", DOCTOR_YES, "", "%.*s",
			   (int)strcspn(text_get(&version), "\n"), text_get(&version));
	text_free(&version);
	fault.text[0] = '\0';
	err = store_open(database, STORE_READ, &store, &fault);
	if (err == -ENOENT)
		doctor_add(report, "results", "", DOCTOR_YES, "",
			   "%s: nothing yet, the first run makes it", database);
	else if (err)
		doctor_add(report, "results", "", DOCTOR_NO, "name another one with --db", "%s",
			   fault.text);
	else
		doctor_add(report, "results", "", DOCTOR_YES, "", "%s", database);
	store_close(store);
}
