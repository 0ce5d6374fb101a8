// SPDX-License-Identifier: GPL-2.0-only
/* reference_write: the dataset as text: what is the same is written once, each row is a line. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "results/reference.h"

/* Printable ASCII and nothing else, whatever a kernel's name or a reason is made of. */
static void plain_add(struct text *out, const char *string)
{
	for (; *string; string++)
		text_add_bytes(out, *string >= ' ' && *string <= '~' ? string : "?", 1);
}

static void word_add(struct text *out, const char *word)
{
	text_add(out, " ");
	for (const char *at = word; *at; at++)
		text_add_bytes(out, *at > ' ' && *at <= '~' ? at : "_", 1);
	if (!*word)
		text_add(out, "-");
}

static void line_add(struct text *out, const char *key, const char *value)
{
	text_addf(out, "%s ", key);
	plain_add(out, value[0] ? value : "-");
	text_add(out, "\n");
}

static void pairs_add(struct text *out, const char *key, const struct pair_list *pairs)
{
	for (size_t i = 0; i < pairs->count; i++) {
		text_add(out, key);
		word_add(out, pairs->items[i].key);
		text_add(out, " ");
		plain_add(out, pairs->items[i].value[0] ? pairs->items[i].value : "-");
		text_add(out, "\n");
	}
}

static void time_add(struct text *out, int64_t us)
{
	time_t seconds = (time_t)(us / 1000000);
	struct tm parts;
	char words[32];

	gmtime_r(&seconds, &parts);
	strftime(words, sizeof(words), "%Y-%m-%dT%H:%M:%SZ", &parts);
	text_addf(out, " %s", words);
}

static void kernel_add(struct text *out, const struct reference_kernel *kernel)
{
	text_add(out, "kernel");
	word_add(out, kernel->label);
	word_add(out, kernel->sha256);
	time_add(out, kernel->started_us);
	time_add(out, kernel->ended_us);
	word_add(out, kernel->name);
	word_add(out, kernel->release);
	word_add(out, kernel->version);
	word_add(out, kernel->config_sha256);
	text_add(out, " ");
	plain_add(out, kernel->origin[0] ? kernel->origin : "-");
	text_add(out, "\n");
	pairs_add(out, "env", &kernel->notes);
}

static void texts_add(struct text *out, const char *key, const struct reference_texts *texts)
{
	for (size_t i = 0; i < texts->count; i++) {
		text_addf(out, "%s %zu ", key, i + 1);
		plain_add(out, texts->items[i].text);
		text_add(out, "\n");
	}
}

static void row_add(struct text *out, const struct reference *reference,
		    const struct reference_row *row)
{
	static const char *const statuses[] = { "ok", "unsupported", "failed" };

	text_add(out, statuses[row->status]);
	word_add(out, reference->kernels[row->kernel].label);
	text_addf(out, " %zu", row->expect);
	if (row->status == REFERENCE_OK) {
		text_addf(out, " %zu %zu ", row->path, row->left);
		reference_values_write(row->values, row->samples, ' ', out);
	} else {
		text_add(out, " ");
		plain_add(out, row->reason[0] ? row->reason : "-");
	}
	text_add(out, "\n");
	for (size_t i = 0; i < row->bad_count; i++) {
		text_addf(out, "bad %" PRIu32 " ", row->bads[i].sample);
		plain_add(out, row->bads[i].reason[0] ? row->bads[i].reason : "-");
		text_add(out, "\n");
	}
}

void reference_write(const struct reference *reference, struct text *out)
{
	uint32_t boot = 0;

	text_add(out, "# SPDX-License-Identifier: GPL-2.0-only\nremapbench-reference 1\n");
	line_add(out, "suite", reference->suite);
	line_add(out, "suite-sha256", reference->suite_sha256);
	line_add(out, "instrument", reference->instrument);
	text_addf(out, "samples %" PRIu32 "\nwarmup %" PRIu32 "\n", reference->samples,
		  reference->warmup);
	line_add(out, "machine", reference->machine);
	line_add(out, "command", reference->command);
	pairs_add(out, "note", &reference->notes);
	for (size_t i = 0; i < reference->kernel_count; i++)
		kernel_add(out, &reference->kernels[i]);
	for (size_t i = 0; i < reference->cell_count; i++) {
		const struct reference_cell *cell = &reference->cells[i];

		if (cell->boot != boot)
			text_addf(out, "\nboot %" PRIu32 "\n", cell->boot);
		boot = cell->boot;
		text_add(out, "\ncell");
		word_add(out, cell->key);
		text_add(out, "\n");
		texts_add(out, "expect", &cell->expects);
		texts_add(out, "path", &cell->paths);
		texts_add(out, "left", &cell->lefts);
		for (size_t j = 0; j < cell->row_count; j++)
			row_add(out, reference, &cell->rows[j]);
	}
	text_add(out, "end\n");
}
