// SPDX-License-Identifier: GPL-2.0-only
/* plan: what a run's plan is: its suite, its cells and how they are shared out, its guest, its agent. */
#include "results/plan.h"

#include <string.h>

/* Two runs that differ in one of these did not count the same thing. */
static const char *const plan_keys[] = { "guest.recipe", "guest.qemu",	       "tool.agent_sha256",
					 "run.effort",	 "tool.plugin_sha256", "run.cells" };

const char *pair_value(const struct pair_list *pairs, const char *key)
{
	for (size_t i = 0; i < pairs->count; i++)
		if (!strcmp(pairs->items[i].key, key))
			return pairs->items[i].value;
	return "";
}

const char *plan_difference(const struct run_info *a, const struct pair_list *a_notes,
			    const struct run_info *b, const struct pair_list *b_notes)
{
	if (strcmp(a->suite_sha256, b->suite_sha256) != 0)
		return "suite";
	for (size_t i = 0; i < sizeof(plan_keys) / sizeof(plan_keys[0]); i++)
		if (strcmp(pair_value(a_notes, plan_keys[i]), pair_value(b_notes, plan_keys[i])))
			return plan_keys[i];
	return NULL;
}
