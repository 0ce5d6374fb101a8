// SPDX-License-Identifier: GPL-2.0-only
/* report_stress: the lines of a report that task stress makes: how far, how much of what, what was wrong. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runner/report_line.h"

static struct report_stress *stress_of(struct line *line)
{
	struct report *report = line->report;

	if (!report->stress)
		report->stress = calloc(1, sizeof(*report->stress));
	if (!report->stress)
		fault_set(line->fault, -ENOMEM, "no memory");
	return report->stress;
}

int take_progress(struct line *line)
{
	struct report_stress *stress = stress_of(line);
	uint64_t done;
	int err = stress ? line_number(line, "operations", &done) : -ENOMEM;

	if (err)
		return err;
	if (done < stress->done)
		return line_refuse(line, "fewer operations than before");
	stress->done = done;
	line_text(line, stress->progress, sizeof(stress->progress));
	return 0;
}

int take_count(struct line *line)
{
	struct report_stress *stress = stress_of(line);
	char name[sizeof(stress->counts[0].name)];
	uint64_t value;
	int err = stress ? line_name(line, "name", name, sizeof(name)) : -ENOMEM;

	if (!err)
		err = line_number(line, "value", &value);
	if (!err)
		err = line_done(line);
	if (err)
		return err;
	if (stress->count_count >= REPORT_COUNTS)
		return line_refuse(line, "more than %d counts", REPORT_COUNTS);
	for (size_t i = 0; i < stress->count_count; i++)
		if (!strcmp(stress->counts[i].name, name))
			return line_refuse(line, "the name was there before: %s", name);
	memcpy(stress->counts[stress->count_count].name, name, strlen(name) + 1);
	stress->counts[stress->count_count++].value = value;
	return 0;
}

int take_trouble(struct line *line)
{
	struct report_stress *stress = stress_of(line);
	char words[sizeof(stress->troubles[0])];
	int err = stress ? line_reason(line, words, sizeof(words)) : -ENOMEM;

	if (err)
		return err;
	if (stress->trouble_count >= REPORT_TROUBLES)
		return line_refuse(line, "more than %d lines of it", REPORT_TROUBLES);
	memcpy(stress->troubles[stress->trouble_count++], words, strlen(words) + 1);
	return 0;
}
