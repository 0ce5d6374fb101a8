// SPDX-License-Identifier: GPL-2.0-only
/* reference: what the dataset's reader and writer share: memory, look-ups, runs of values, columns. */
#include "results/reference.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void texts_free(struct reference_texts *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		free(texts->items[i].text);
	free(texts->items);
}

static void row_free(struct reference_row *row)
{
	for (size_t i = 0; i < row->bad_count; i++)
		free(row->bads[i].reason);
	free(row->bads);
	free(row->values);
	free(row->reason);
}

static void cell_free(struct reference_cell *cell)
{
	for (size_t i = 0; i < cell->row_count; i++)
		row_free(&cell->rows[i]);
	free(cell->rows);
	texts_free(&cell->expects);
	texts_free(&cell->paths);
	texts_free(&cell->lefts);
	free(cell->key);
}

static void kernel_free(struct reference_kernel *kernel)
{
	char *const strings[] = { kernel->label,   kernel->sha256,  kernel->name,
				  kernel->release, kernel->version, kernel->config_sha256,
				  kernel->origin };

	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
		free(strings[i]);
	pair_list_free(&kernel->notes);
}

void reference_free(struct reference *reference)
{
	char *const strings[] = { reference->suite, reference->suite_sha256, reference->instrument,
				  reference->machine, reference->command };

	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
		free(strings[i]);
	for (size_t i = 0; i < reference->kernel_count; i++)
		kernel_free(&reference->kernels[i]);
	for (size_t i = 0; i < reference->cell_count; i++)
		cell_free(&reference->cells[i]);
	free(reference->kernels);
	free(reference->cells);
	pair_list_free(&reference->notes);
	*reference = (struct reference){ 0 };
}

const char *reference_note(const struct reference *reference, const char *key)
{
	for (size_t i = 0; i < reference->notes.count; i++)
		if (!strcmp(reference->notes.items[i].key, key))
			return reference->notes.items[i].value;
	return NULL;
}

const struct reference_row *reference_row_find(const struct reference_cell *cell, size_t kernel)
{
	for (size_t i = 0; i < cell->row_count; i++)
		if (cell->rows[i].kernel == kernel)
			return &cell->rows[i];
	return NULL;
}

const char *reference_text_of(const struct reference_texts *texts, size_t which)
{
	return which && which <= texts->count ? texts->items[which - 1].text : "";
}

void reference_values_write(const uint64_t *values, size_t count, char separator, struct text *out)
{
	for (size_t i = 0, run; i < count; i += run) {
		for (run = 1; i + run < count && values[i + run] == values[i]; run++)
			;
		if (i)
			text_add_bytes(out, &separator, 1);
		text_addf(out, "%" PRIu64, values[i]);
		if (run > 1)
			text_addf(out, "*%zu", run);
	}
}

/* The digits at *at, moved past: the shortest form of a number only. */
static int digits_read(const char **at, const char *end, uint64_t *number)
{
	const char *start = *at;

	*number = 0;
	for (; *at < end && **at >= '0' && **at <= '9'; (*at)++)
		if (__builtin_mul_overflow(*number, (uint64_t)10, number) ||
		    __builtin_add_overflow(*number, (uint64_t)(**at - '0'), number))
			return -EPROTO;
	return *at == start || (*start == '0' && *at > start + 1) ? -EPROTO : 0;
}

int reference_values_read(const char *text, size_t len, char separator, uint64_t *values,
			  size_t limit, size_t *count)
{
	const char *at = text, *end = text + len;
	uint64_t value, run;

	*count = 0;
	for (;;) {
		run = 1;
		if (digits_read(&at, end, &value))
			return -EPROTO;
		if (at < end && *at == '*') {
			at++;
			if (digits_read(&at, end, &run) || run < 2)
				return -EPROTO;
		}
		if (run > limit - *count)
			return -EPROTO;
		while (run--)
			values[(*count)++] = value;
		if (at == end)
			return 0;
		if (*at++ != separator)
			return -EPROTO;
	}
}

bool reference_column_next(const char **at, struct reference_column *column)
{
	size_t len = strcspn(*at, " "), name = strcspn(*at, "= ");

	if (!name || name >= sizeof(column->name) || name >= len)
		return false;
	memcpy(column->name, *at, name);
	column->name[name] = '\0';
	column->values = *at + name + 1;
	column->values_len = len - name - 1;
	*at += len;
	*at += **at == ' ';
	return true;
}

int reference_column_fill(const struct reference_column *column, uint64_t *values, uint32_t samples)
{
	size_t count;
	int err;

	err = reference_values_read(column->values, column->values_len, ',', values, samples,
				    &count);
	if (err || !count)
		return -EPROTO;
	if (count == 1)
		while (count < samples)
			values[count++] = values[0];
	return count == samples ? 0 : -EPROTO;
}
