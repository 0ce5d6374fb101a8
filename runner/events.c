// SPDX-License-Identifier: GPL-2.0-only
/* events: libpfm4's encoding of names, and tracepoints where it knows none. */
#include "runner/events.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <perfmon/pfmlib_perf_event.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "runner/tracepoint.h"

const char *const event_defaults[] = {
	"instructions:k", "cycles:k",	   "dTLB-load-misses",
	"page-faults",	  "tlb:tlb_flush", "kmem:mm_page_alloc",
};
const size_t event_default_count = sizeof(event_defaults) / sizeof(*event_defaults);

/* Once a process: libpfm4 looks at the machine's PMUs. */
static int events_ready(struct fault *fault)
{
	static bool ready;
	int code;

	if (ready)
		return 0;
	code = pfm_initialize();
	if (code != PFM_SUCCESS)
		return fault_set(fault, -ENOENT, "libpfm4: %s", pfm_strerror(code));
	ready = true;
	return 0;
}

/* Only where to count can be told to an agent: not sampling, not pinning. */
static bool attr_is_plain(const struct perf_event_attr *attr)
{
	struct perf_event_attr rest = *attr, none = { .size = attr->size };

	rest.type = 0;
	rest.config = rest.config1 = rest.config2 = 0;
	rest.exclude_user = rest.exclude_kernel = rest.exclude_hv = 0;
	rest.exclude_guest = 0; /* set unless asked for, and no guest runs in a timed call */
	return !memcmp(&rest, &none, sizeof(rest));
}

static void levels_set(struct event_code *code, const struct perf_event_attr *attr)
{
	char *at = code->levels;

	if (attr->type != PERF_TYPE_TRACEPOINT && !attr->exclude_user)
		*at++ = 'u';
	if (attr->type != PERF_TYPE_TRACEPOINT && !attr->exclude_kernel)
		*at++ = 'k';
	if (at == code->levels)
		*at++ = '-';
	*at = '\0';
}

static int tracepoint_encode(const char *name, struct event_code *code, struct fault *fault)
{
	int err = tracepoint_find(tracepoint_roots, name, &code->config, fault);

	if (err)
		return fault_wrap(fault, err, "%s", name);
	code->type = PERF_TYPE_TRACEPOINT;
	memcpy(code->levels, "-", 2);
	return 0;
}

static bool name_is_good(const char *name)
{
	size_t len = strlen(name);

	for (const char *at = name; *at; at++)
		if (*at <= ' ' || *at > '~')
			return false;
	return len && len < sizeof(((struct event_code *)0)->name);
}

int event_encode(const char *name, struct event_code *code, struct fault *fault)
{
	struct perf_event_attr attr = { .size = sizeof(attr) };
	pfm_perf_encode_arg_t arg = { .attr = &attr, .size = sizeof(arg) };
	int err, found;

	*code = (struct event_code){ 0 };
	if (!name_is_good(name))
		return fault_set(fault, -ENOENT, "no event's name: %.80s", name);
	memcpy(code->name, name, strlen(name) + 1);
	err = events_ready(fault);
	if (err)
		return err;
	found = pfm_get_os_event_encoding(name, PFM_PLM0 | PFM_PLM3, PFM_OS_PERF_EVENT_EXT, &arg);
	if (found == PFM_ERR_NOTFOUND && tracepoint_is(name))
		return tracepoint_encode(name, code, fault);
	if (found != PFM_SUCCESS)
		return fault_set(fault, -ENOENT, "%s: libpfm4: %s", name, pfm_strerror(found));
	if (!attr_is_plain(&attr))
		return fault_set(fault, -ENOENT, "%s: of its modifiers only u and k are known",
				 name);
	code->type = attr.type;
	code->config = attr.config;
	code->config1 = attr.config1;
	code->config2 = attr.config2;
	levels_set(code, &attr);
	return 0;
}

static int pmu_list(pfm_pmu_t pmu, const pfm_pmu_info_t *about,
		    int (*visit)(const char *pmu, const char *event, const char *about,
				 void *context),
		    void *context)
{
	int stop = 0;

	for (int i = about->first_event; i >= 0 && !stop; i = pfm_get_event_next(i)) {
		pfm_event_info_t event = { .size = sizeof(event) };

		if (pfm_get_event_info(i, PFM_OS_PERF_EVENT_EXT, &event) == PFM_SUCCESS &&
		    event.pmu == pmu)
			stop = visit(about->name, event.name, event.desc ? event.desc : "",
				     context);
	}
	return stop;
}

int event_list(int (*visit)(const char *pmu, const char *event, const char *about, void *context),
	       void *context)
{
	int err = events_ready(NULL), stop = 0;
	pfm_pmu_t pmu;

	if (err)
		return err;
	pfm_for_all_pmus(pmu)
	{
		pfm_pmu_info_t about = { .size = sizeof(about) };

		if (!stop && pfm_get_pmu_info(pmu, &about) == PFM_SUCCESS && about.is_present)
			stop = pmu_list(pmu, &about, visit, context);
	}
	return stop;
}
