// SPDX-License-Identifier: GPL-2.0-only
/*
 * instrument pmu: hardware and software events counted around the call. The only file that sees
 * libperf. Each event is opened by itself, so that one that can't be had takes no other with it,
 * and enabled and disabled in mirrored order: the last one enabled is the closest to the body.
 */
#include <errno.h>
#include <linux/perf_event.h>
#include <perf/core.h>
#include <perf/evsel.h>
#include <perf/threadmap.h>
#include <stdio.h>
#include <string.h>

#include "benches/instrument.h"

struct pmu_event {
	struct perf_evsel *evsel; /* NULL where it could not be opened */
	struct perf_counts_values before, after;
	char unsupported[200];
};

static struct pmu_event pmu_events[PLAN_EVENTS];
static size_t pmu_count;
static struct perf_thread_map *pmu_threads;

static int pmu_quiet(enum libperf_print_level level, const char *fmt, va_list args)
{
	(void)level;
	(void)fmt;
	(void)args;
	return 0;
}

static struct perf_event_attr pmu_attr(const struct plan_event *event)
{
	bool all = event->levels[0] == '-';
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = event->type,
		.config = event->config,
		.config1 = event->config1,
		.config2 = event->config2,
		.disabled = 1,
		.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING,
		.exclude_user = !all && !strchr(event->levels, 'u'),
		.exclude_kernel = !all && !strchr(event->levels, 'k'),
		.exclude_hv = !all && !strchr(event->levels, 'h'),
	};

	return attr;
}

static const char *pmu_why(int err)
{
	switch (-err) {
	case ENOENT:
	case ENODEV:
	case EOPNOTSUPP:
		return "this machine (or its hypervisor) offers no such counter";
	case EACCES:
	case EPERM:
		return "no permission: run as root, or lower kernel.perf_event_paranoid";
	case ENOSYS:
		return "this kernel has no perf events";
	default:
		return strerror(-err);
	}
}

static void pmu_event_open(struct pmu_event *slot, const struct plan_event *event)
{
	struct perf_event_attr attr = pmu_attr(event);
	int err;

	slot->evsel = NULL;
	if (event->missing[0]) {
		snprintf(slot->unsupported, sizeof(slot->unsupported), "%s", event->missing);
		return;
	}
	slot->evsel = perf_evsel__new(&attr);
	err = slot->evsel ? perf_evsel__open(slot->evsel, NULL, pmu_threads) : -ENOMEM;
	if (!err)
		return;
	snprintf(slot->unsupported, sizeof(slot->unsupported), "perf_event_open: errno %d: %s",
		 -err, pmu_why(err));
	if (slot->evsel)
		perf_evsel__delete(slot->evsel);
	slot->evsel = NULL;
}

static int pmu_open(const struct plan *plan, struct metrics *metrics, char *reason)
{
	libperf_init(pmu_quiet);
	pmu_threads = perf_thread_map__new_dummy();
	if (!pmu_threads)
		return reason_set(reason, -ENOMEM, "libperf: no memory for a thread map");
	perf_thread_map__set_pid(pmu_threads, 0, 0);
	pmu_count = plan->event_count;
	for (size_t i = 0; i < pmu_count; i++) {
		struct pmu_event *slot = &pmu_events[i];

		pmu_event_open(slot, &plan->events[i]);
		metrics->items[i] = (struct metric){ plan->events[i].name, "events",
						     slot->evsel ? NULL : slot->unsupported };
	}
	metrics->count = pmu_count;
	return 0;
}

static void pmu_measure(void (*body)(void *state), void *state, uint64_t *values)
{
	for (size_t i = 0; i < pmu_count; i++)
		if (pmu_events[i].evsel)
			perf_evsel__read(pmu_events[i].evsel, 0, 0, &pmu_events[i].before);
	for (size_t i = 0; i < pmu_count; i++)
		if (pmu_events[i].evsel)
			perf_evsel__enable(pmu_events[i].evsel);
	body(state);
	for (size_t i = pmu_count; i > 0; i--)
		if (pmu_events[i - 1].evsel)
			perf_evsel__disable(pmu_events[i - 1].evsel);
	for (size_t i = 0; i < pmu_count; i++)
		if (pmu_events[i].evsel) {
			perf_evsel__read(pmu_events[i].evsel, 0, 0, &pmu_events[i].after);
			values[i] = pmu_events[i].after.val - pmu_events[i].before.val;
		}
}

/* An event that was not on a counter all the time would have to be scaled: that is no count. */
static int pmu_check(char *reason)
{
	for (size_t i = 0; i < pmu_count; i++) {
		const struct pmu_event *slot = &pmu_events[i];

		if (slot->evsel &&
		    slot->after.ena - slot->before.ena != slot->after.run - slot->before.run)
			return reason_set(reason, -EBUSY,
					  "event %zu of the list had to share its counter", i);
	}
	return 0;
}

static void pmu_close(void)
{
	for (size_t i = 0; i < pmu_count; i++)
		if (pmu_events[i].evsel) {
			perf_evsel__close(pmu_events[i].evsel);
			perf_evsel__delete(pmu_events[i].evsel);
			pmu_events[i].evsel = NULL;
		}
	perf_thread_map__put(pmu_threads);
	pmu_threads = NULL;
	pmu_count = 0;
}

const struct instrument instrument_pmu = {
	.name = "pmu",
	.open = pmu_open,
	.measure = pmu_measure,
	.check = pmu_check,
	.close = pmu_close,
};
