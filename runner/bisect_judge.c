// SPDX-License-Identifier: GPL-2.0-only
/* bisect_judge: good or bad, by exact counts: nearer to which end, or beyond a threshold. */
#include <math.h>
#include <string.h>

#include "runner/bisect.h"

const struct bisect_count *bisect_count_of(const struct bisect_counts *counts, const char *cell)
{
	for (size_t i = 0; i < counts->count; i++)
		if (!strcmp(counts->items[i].cell, cell))
			return &counts->items[i];
	return NULL;
}

static double allowed(const struct bisect_rule *rule, const struct bisect_count *good)
{
	return rule->percent ? fabs(good->middle) * rule->threshold / 100 : rule->threshold;
}

bool bisect_telling(const struct bisect_rule *rule, const struct bisect_count *good,
		    const struct bisect_count *bad)
{
	if (good->why[0] || bad->why[0])
		return false;
	if (rule->limited)
		return fabs(bad->middle - good->middle) > allowed(rule, good);
	return bad->middle < good->least || bad->middle > good->most;
}

static bool count_is_bad(const struct bisect_rule *rule, const struct bisect_count *good,
			 const struct bisect_count *bad, const struct bisect_count *count)
{
	double towards = bad->middle > good->middle ? 1 : -1;

	if (rule->limited)
		return (count->middle - good->middle) * towards > allowed(rule, good);
	return fabs(count->middle - bad->middle) < fabs(count->middle - good->middle);
}

enum bisect_verdict bisect_judge(const struct bisect_rule *rule, const struct bisect_counts *good,
				 const struct bisect_counts *bad,
				 const struct bisect_counts *counts,
				 const struct bisect_count **why)
{
	const struct bisect_count *missing = NULL, *first = NULL;

	*why = NULL;
	for (size_t i = 0; i < good->count; i++) {
		const struct bisect_count *from = &good->items[i];
		const struct bisect_count *to = bisect_count_of(bad, from->cell);
		const struct bisect_count *count = bisect_count_of(counts, from->cell);

		if (!to || !bisect_telling(rule, from, to))
			continue;
		if (!count || count->why[0]) {
			missing = missing ? missing : count ? count : from;
			continue;
		}
		if (count_is_bad(rule, from, to, count)) {
			*why = count;
			return BISECT_BAD;
		}
		first = first ? first : count;
	}
	*why = missing ? missing : first;
	return missing || !first ? BISECT_SKIP : BISECT_GOOD;
}
