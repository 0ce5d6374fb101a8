// SPDX-License-Identifier: GPL-2.0-only
/* plan: parses what the runner asks for. Strict: an agent that guesses measures something else. */
#include "benches/plan.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "benches/bench.h"
#include "benches/cell.h"
#include "benches/kernel_rules.h"

enum { PLAN_LIMIT = 4 << 20 };

static int plan_task_parse(struct plan *plan, const char *word)
{
	static const char *const words[] = { "measure", "cells", "symbols", "stress" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], word) == 0) {
			plan->task = (enum plan_task)i;
			return 0;
		}
	return -EINVAL;
}

static int plan_number(const char *word, uint32_t least, uint32_t most, uint32_t *out)
{
	uint64_t number;
	int err = number_parse(word, &number);

	if (err || number < least || number > most)
		return -EINVAL;
	*out = (uint32_t)number;
	return 0;
}

static int plan_event_parse(struct plan *plan, const char *rest)
{
	struct plan_event *event = &plan->events[plan->event_count];
	int end = -1;

	if (plan->event_count == PLAN_EVENTS)
		return -E2BIG;
	if (sscanf(rest, "%63s %" SCNu32 " 0x%" SCNx64 " 0x%" SCNx64 " 0x%" SCNx64 " %7[ukh-]%n",
		   event->name, &event->type, &event->config, &event->config1, &event->config2,
		   event->levels, &end) != 6 ||
	    rest[end])
		return -EINVAL;
	plan->event_count++;
	return 0;
}

static int plan_event_missing(struct plan *plan, const char *rest)
{
	struct plan_event *event = &plan->events[plan->event_count];

	if (plan->event_count == PLAN_EVENTS)
		return -E2BIG;
	if (sscanf(rest, "%63s %199[^\n]", event->name, event->missing) != 2)
		return -EINVAL;
	plan->event_count++;
	return 0;
}

/* One field, shorter than room. */
static bool plan_word_fits(const char *word, size_t room)
{
	return word[0] && !word[strcspn(word, " \r")] && strlen(word) < room;
}

static int plan_cell(struct plan *plan, const char *key)
{
	char **cells;

	if (!plan_word_fits(key, CELL_KEY))
		return -EINVAL;
	cells = realloc(plan->cells, (plan->cell_count + 1) * sizeof(*cells));
	if (!cells)
		return -ENOMEM;
	plan->cells = cells;
	cells[plan->cell_count] = strdup(key);
	if (!cells[plan->cell_count])
		return -ENOMEM;
	plan->cell_count++;
	return 0;
}

static int plan_instrument(struct plan *plan, const char *word)
{
	if (!plan_word_fits(word, sizeof(plan->instrument)))
		return -EINVAL;
	snprintf(plan->instrument, sizeof(plan->instrument), "%s", word);
	return 0;
}

static int plan_kernel(struct plan *plan, const char *rest)
{
	unsigned int major, minor;
	int end = -1;

	if (!strchr("123456789", rest[0]) || sscanf(rest, "%3u %5u%n", &major, &minor, &end) != 2 ||
	    rest[end])
		return -EINVAL;
	plan->kernel = (struct kernel_version){ major, minor };
	return 0;
}

/* An unknown one is refused: this agent's claims would be wrong for such a kernel. */
static int plan_trait(struct plan *plan, const char *word)
{
	unsigned int trait = kernel_trait_of(word);

	if (!trait || plan->kernel_traits & trait)
		return -EINVAL;
	plan->kernel_traits |= trait;
	return 0;
}

static int plan_without(struct plan_stress *stress, const char *name)
{
	char *word;

	if (stress->without_count == PLAN_WITHOUT)
		return -E2BIG;
	word = stress->without[stress->without_count];
	if (!plan_word_fits(name, sizeof(stress->without[0])))
		return -EINVAL;
	snprintf(word, sizeof(stress->without[0]), "%s", name);
	stress->without_count++;
	return 0;
}

/* -ENOENT for a line of another task. */
static int plan_stress_line(struct plan_stress *stress, const char *keyword, const char *rest)
{
	if (strcmp(keyword, "seed") == 0)
		return number_parse(rest, &stress->seed);
	if (strcmp(keyword, "operations") == 0)
		return number_parse(rest, &stress->operations);
	if (strcmp(keyword, "from") == 0)
		return number_parse(rest, &stress->from);
	if (strcmp(keyword, "seconds") == 0)
		return plan_number(rest, 0, PLAN_SECONDS, &stress->seconds);
	if (strcmp(keyword, "threads") == 0)
		return plan_number(rest, 0, PLAN_THREADS, &stress->threads);
	if (strcmp(keyword, "without") == 0)
		return plan_without(stress, rest);
	return -ENOENT;
}

static int plan_line(struct plan *plan, const char *keyword, const char *rest)
{
	if (strcmp(keyword, "task") == 0)
		return plan_task_parse(plan, rest);
	if (strcmp(keyword, "kernel") == 0)
		return plan_kernel(plan, rest);
	if (strcmp(keyword, "trait") == 0)
		return plan_trait(plan, rest);
	if (strcmp(keyword, "instrument") == 0)
		return plan_instrument(plan, rest);
	if (strcmp(keyword, "samples") == 0)
		return plan_number(rest, 1, PLAN_SAMPLES, &plan->samples);
	if (strcmp(keyword, "warmup") == 0)
		return plan_number(rest, 0, PLAN_WARMUP, &plan->warmup);
	if (strcmp(keyword, "event") == 0)
		return plan_event_parse(plan, rest);
	if (strcmp(keyword, "event-missing") == 0)
		return plan_event_missing(plan, rest);
	if (strcmp(keyword, "cell") == 0)
		return plan_cell(plan, rest);
	return plan_stress_line(&plan->stress, keyword, rest);
}

static int plan_parse(char *text, struct plan *plan, char *reason)
{
	char *line = strsep(&text, "\n");
	unsigned int number = 1;

	if (strcmp(line, "remapbench-plan 1") != 0)
		return reason_set(reason, -EPROTO, "not a plan of version 1");
	/* What follows the last newline is a line only where something is there. */
	while ((line = strsep(&text, "\n")) && (text || line[0])) {
		char *rest = strchr(line, ' ');
		int err;

		number++;
		if (strcmp(line, "end") == 0)
			return 0;
		if (rest)
			*rest++ = '\0';
		err = rest ? plan_line(plan, line, rest) : -EINVAL;
		if (err)
			return reason_set(reason, err, "the plan's line %u is not valid", number);
	}
	return reason_set(reason, -EPROTO, "the plan is cut short");
}

int plan_read(int fd, struct plan *plan, char *reason)
{
	struct text text = { 0 };
	char block[4096];
	ssize_t got;
	int err;

	memset(plan, 0, sizeof(*plan));
	plan->samples = 1;
	while ((got = read(fd, block, sizeof(block))) > 0 && text.len < PLAN_LIMIT)
		text_add_bytes(&text, block, (size_t)got);
	if (got < 0 || text.failed || text.len >= PLAN_LIMIT || !text.data) {
		text_free(&text);
		return reason_set(reason, -EIO, "no plan to read");
	}
	err = plan_parse(text.data, plan, reason);
	text_free(&text);
	if (err)
		plan_free(plan);
	return err;
}

void plan_free(struct plan *plan)
{
	for (size_t i = 0; i < plan->cell_count; i++)
		free(plan->cells[i]);
	free(plan->cells);
	plan->cells = NULL;
	plan->cell_count = 0;
}
