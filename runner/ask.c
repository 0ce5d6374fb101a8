// SPDX-License-Identifier: GPL-2.0-only
/* ask: writes a plan. Events are encoded here, since the agent knows no libpfm4. */
#include "runner/ask.h"

#include <inttypes.h>
#include <string.h>

#include "base/fault.h"
#include "runner/events.h"

static void ask_event(const char *name, struct text *plan)
{
	struct event_code code;
	struct fault fault = { 0 };

	if (event_encode(name, &code, &fault))
		text_addf(plan, "event-missing %s %s\n", name, fault.text);
	else
		text_addf(
			plan, "event %s %" PRIu32 " 0x%" PRIx64 " 0x%" PRIx64 " 0x%" PRIx64 " %s\n",
			code.name, code.type, code.config, code.config1, code.config2, code.levels);
}

static void ask_stress(const struct ask_stress *stress, struct text *plan)
{
	text_addf(plan,
		  "seed %" PRIu64 "\noperations %" PRIu64 "\nfrom %" PRIu64 "\nseconds %" PRIu32
		  "\nthreads %" PRIu32 "\n",
		  stress->seed, stress->operations, stress->from, stress->seconds, stress->threads);
	for (size_t i = 0; i < stress->without_count; i++)
		text_addf(plan, "without %s\n", stress->without[i]);
}

/* The agent knows single words; what has several is for people. */
static void ask_traits(const char *traits, struct text *plan)
{
	while (traits && *traits) {
		int len = (int)strcspn(traits, ",");

		if (len && !memchr(traits, ' ', (size_t)len))
			text_addf(plan, "trait %.*s\n", len, traits);
		traits += len;
		traits += strspn(traits, ", ");
	}
}

void ask_write(const struct ask *ask, struct text *plan)
{
	text_addf(plan, "remapbench-plan 1\ntask %s\n", ask->task);
	if (ask->kernel_major)
		text_addf(plan, "kernel %" PRIu32 " %" PRIu32 "\n", ask->kernel_major,
			  ask->kernel_minor);
	ask_traits(ask->traits, plan);
	if (ask->instrument)
		text_addf(plan, "instrument %s\nsamples %" PRIu32 "\nwarmup %" PRIu32 "\n",
			  ask->instrument, ask->samples, ask->warmup);
	if (ask->stress)
		ask_stress(ask->stress, plan);
	for (size_t i = 0; i < ask->event_count && i < ASK_EVENTS; i++)
		ask_event(ask->events[i], plan);
	for (size_t i = 0; i < ask->cell_count; i++)
		text_addf(plan, "cell %s\n", ask->cells[i]);
	text_add(plan, "end\n");
}
