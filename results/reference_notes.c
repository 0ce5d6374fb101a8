// SPDX-License-Identifier: GPL-2.0-only
/* reference_notes: what a dataset says of how and on which kernels it was measured. */
#include "results/reference_notes.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/text.h"
#include "results/database.h"
#include "results/plan.h"

/* What says something of a count, or of what made it. The machine and its settings don't: they stay home. */
static bool note_kept(const char *key)
{
	static const char *const kept[] = { "guest.*", "tool.*", "run.*", "agent.*", "kernel.*" };

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (glob_match(kept[i], key))
			return true;
	return false;
}

void reference_notes_keep(struct pair_list *notes)
{
	size_t kept = 0;

	for (size_t i = 0; i < notes->count; i++) {
		if (note_kept(notes->items[i].key)) {
			notes->items[kept++] = notes->items[i];
		} else {
			free(notes->items[i].key);
			free(notes->items[i].value);
		}
	}
	notes->count = kept;
}

static int64_t time_us(const char *iso)
{
	struct tm parts = { 0 };

	return strptime(iso, "%Y-%m-%dT%H:%M:%SZ", &parts) ? (int64_t)timegm(&parts) * 1000000 : 0;
}

int reference_kernel_fill(const struct run_info *info, struct pair_list *notes,
			  struct reference *reference)
{
	struct reference_kernel *kernel = &reference->kernels[reference->kernel_count++];
	bool plain = info->kernel_version[0] && !strpbrk(info->kernel_version, " \t") &&
		     strlen(info->kernel_version) < REFERENCE_WORD;

	*kernel = (struct reference_kernel){
		.label = strdup(plain ? info->kernel_version : info->kernel_name),
		.sha256 = strdup(info->kernel_sha256),
		.name = strdup(info->kernel_name),
		.release = strdup(info->kernel_release),
		.version = strdup(info->kernel_version),
		.config_sha256 = strdup(info->kernel_config_sha256),
		.origin = strdup(info->kernel_origin),
		.started_us = time_us(info->started),
		.ended_us = time_us(info->ended),
		.notes = *notes,
	};
	*notes = (struct pair_list){ 0 };
	if (!kernel->label || !kernel->sha256 || !kernel->name || !kernel->release ||
	    !kernel->version || !kernel->config_sha256 || !kernel->origin)
		return -ENOMEM;
	for (size_t i = 0; i + 1 < reference->kernel_count; i++)
		if (!strcmp(reference->kernels[i].label, kernel->label)) {
			free(kernel->label);
			kernel->label = strdup(kernel->name);
			return kernel->label ? 0 : -ENOMEM;
		}
	return 0;
}

int reference_notes_share(struct reference *to)
{
	struct pair_list *first = &to->kernels[0].notes;
	size_t room = 0;

	for (size_t i = 0; i < first->count;) {
		struct pair pair = first->items[i];
		bool same = true;

		for (size_t k = 1; same && k < to->kernel_count; k++)
			same = !strcmp(pair_value(&to->kernels[k].notes, pair.key), pair.value);
		if (!same || !pair.value[0]) {
			i++;
			continue;
		}
		if (array_grow(&to->notes.items, &room, to->notes.count, sizeof(pair)))
			return -ENOMEM;
		to->notes.items[to->notes.count++] =
			(struct pair){ strdup(pair.key), strdup(pair.value) };
		for (size_t k = 0; k < to->kernel_count; k++) {
			struct pair_list *notes = &to->kernels[k].notes;
			size_t at = 0;

			while (strcmp(notes->items[at].key,
				      to->notes.items[to->notes.count - 1].key))
				at++;
			free(notes->items[at].key);
			free(notes->items[at].value);
			memmove(&notes->items[at], &notes->items[at + 1],
				(--notes->count - at) * sizeof(notes->items[0]));
		}
	}
	return 0;
}

int reference_head_fill(const struct run_info *info, const struct pair_list *notes,
			struct reference *to, struct fault *fault)
{
	const char *effort = pair_value(notes, "run.effort");
	uint32_t trials;

	to->suite = strdup(info->suite);
	to->suite_sha256 = strdup(info->suite_sha256);
	to->instrument = strdup(info->instrument);
	to->machine = strdup(info->machine);
	to->command = strdup(info->command);
	if (!to->suite || !to->suite_sha256 || !to->instrument || !to->machine || !to->command)
		return fault_set(fault, -ENOMEM, "no memory");
	if (sscanf(effort, "%" SCNu32 " trials, %" SCNu32 " samples, %" SCNu32 " warm-ups", &trials,
		   &to->samples, &to->warmup) != 3)
		return fault_set(fault, -EINVAL, "it doesn't say how it was measured");
	return 0;
}
