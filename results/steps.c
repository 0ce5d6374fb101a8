// SPDX-License-Identifier: GPL-2.0-only
/* steps: a cell's count on one build, and where it steps from build to build. */
#include <errno.h>
#include <stdlib.h>

#include "results/steps.h"

const struct step_rule step_rule_default = { .part = 0.01, .least = 20 };

static int value_order(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

bool exact_count_of(uint64_t *values, size_t samples, struct exact_count *count)
{
	size_t longest = 0;

	*count = (struct exact_count){ .samples = (uint32_t)samples };
	if (!samples)
		return false;
	qsort(values, samples, sizeof(*values), value_order);
	count->min = values[0];
	count->max = values[samples - 1];
	for (size_t first = 0, next; first < samples; first = next) {
		for (next = first + 1; next < samples && values[next] == values[first];)
			next++;
		if (next - first > longest) {
			longest = next - first;
			count->value = values[first];
		}
	}
	if (longest * 2 >= samples)
		return true;
	count->value = values[(samples - 1) / 2];
	count->spread = count->max - count->min;
	return true;
}

bool step_is(const struct step_point *from, const struct step_point *to,
	     const struct step_rule *rule)
{
	uint64_t a = from->count.value, b = to->count.value, change = a > b ? a - b : b - a;

	if (from->state == STEP_ABSENT || to->state == STEP_ABSENT)
		return false;
	if (from->state != to->state)
		return true;
	return from->state == STEP_COUNTED && change >= rule->least &&
	       (double)change > rule->part * (double)a && change > from->count.spread &&
	       change > to->count.spread;
}

int steps_find(const struct step_point *points, size_t count, const struct step_rule *rule,
	       struct step **steps, size_t *found)
{
	size_t before = count; /* none yet */

	*found = 0;
	*steps = calloc(count + 1, sizeof(**steps));
	if (!*steps)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++) {
		if (points[i].state == STEP_ABSENT)
			continue;
		if (before < count && step_is(&points[before], &points[i], rule))
			(*steps)[(*found)++] = (struct step){ before, i };
		before = i;
	}
	return 0;
}
