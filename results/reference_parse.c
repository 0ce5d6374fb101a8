// SPDX-License-Identifier: GPL-2.0-only
/*
 * reference_parse: reading a dataset as hostile input: any bytes end in a whole dataset, or in an error
 * with the line's number; memory is bounded by the REFERENCE_* limits.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/files.h"
#include "results/database.h"
#include "results/reference.h"

struct parser {
	struct reference *to;
	struct fault *fault;
	size_t line, values; /* read so far */
	size_t kernel_room, cell_room, note_room, env_room, row_room, text_room[3], bad_room;
	size_t heads; /* header lines read so far */
	uint32_t boot;
	bool ended;
	uint64_t *scratch; /* REFERENCE_SAMPLES values */
	const char *keyword;
};

static int refuse(const struct parser *parser, const char *what)
{
	fault_set(parser->fault, -EPROTO, "line %zu: %s", parser->line, what);
	return -EPROTO;
}

static int no_memory(const struct parser *parser)
{
	fault_set(parser->fault, -ENOMEM, "no memory");
	return -ENOMEM;
}

/* The next word, cut off in place; NULL where there is none. One space stands between two. */
static char *word_next(char **rest)
{
	char *word = *rest, *end;

	if (!word || !*word || *word == ' ')
		return NULL;
	end = strchr(word, ' ');
	if (end)
		*end = '\0';
	*rest = end ? end + 1 : NULL;
	return strlen(word) < REFERENCE_WORD ? word : NULL;
}

static int number_next(char **rest, uint64_t most, uint64_t *number)
{
	char *word = word_next(rest);

	return !word || number_parse(word, number) || *number > most ? -EPROTO : 0;
}

static int copy_to(const struct parser *parser, const char *text, char **out)
{
	*out = strdup(!strcmp(text, "-") ? "" : text);
	return *out ? 0 : no_memory(parser);
}

static int word_to(const struct parser *parser, char **rest, char **out)
{
	const char *word = word_next(rest);

	return word ? copy_to(parser, word, out) : refuse(parser, "a word is missing or too long");
}

/* The rest of the line; "-" for an empty one. */
static int rest_to(const struct parser *parser, const char *rest, char **out)
{
	return rest && *rest ? copy_to(parser, rest, out)
			     : refuse(parser, "the line's end is missing");
}

static int sha256_to(const struct parser *parser, char **rest, bool may_lack, char **out)
{
	char *word = word_next(rest);

	if (!word || !((may_lack && !strcmp(word, "-")) ||
		       (strlen(word) == SHA256_HEX - 1 && !word[strspn(word, "0123456789abcdef")])))
		return refuse(parser, "not a SHA-256");
	return copy_to(parser, word, out);
}

static int time_to(const struct parser *parser, char **rest, int64_t *us)
{
	const char *word = word_next(rest), *end;
	struct tm parts = { 0 };

	end = word && strlen(word) == 20 ? strptime(word, "%Y-%m-%dT%H:%M:%SZ", &parts) : NULL;
	*us = end && !*end ? (int64_t)timegm(&parts) * 1000000 : -1;
	return *us < 0 ? refuse(parser, "not a time like 2026-01-31T23:59:59Z") : 0;
}

static int pair_read(const struct parser *parser, char *rest, struct pair_list *pairs, size_t *room)
{
	struct pair *pair;
	int err;

	if (pairs->count >= REFERENCE_WORD)
		return refuse(parser, "too many notes");
	if (array_grow(&pairs->items, room, pairs->count, sizeof(*pairs->items)))
		return no_memory(parser);
	pair = &pairs->items[pairs->count++];
	*pair = (struct pair){ 0 };
	err = word_to(parser, &rest, &pair->key);
	if (!err && !pair->key[0])
		err = refuse(parser, "a note without a name");
	return err ? err : rest_to(parser, rest, &pair->value);
}

static int kernel_read(struct parser *parser, char *rest)
{
	struct reference *to = parser->to;
	struct reference_kernel *kernel;
	int err;

	if (to->kernel_count >= REFERENCE_KERNELS)
		return refuse(parser, "too many kernels");
	if (array_grow(&to->kernels, &parser->kernel_room, to->kernel_count, sizeof(*to->kernels)))
		return no_memory(parser);
	kernel = &to->kernels[to->kernel_count++];
	*kernel = (struct reference_kernel){ 0 };
	parser->env_room = 0;
	err = word_to(parser, &rest, &kernel->label);
	if (!err)
		err = sha256_to(parser, &rest, false, &kernel->sha256);
	if (!err)
		err = time_to(parser, &rest, &kernel->started_us);
	if (!err)
		err = time_to(parser, &rest, &kernel->ended_us);
	if (!err)
		err = word_to(parser, &rest, &kernel->name);
	if (!err)
		err = word_to(parser, &rest, &kernel->release);
	if (!err)
		err = word_to(parser, &rest, &kernel->version);
	if (!err)
		err = sha256_to(parser, &rest, true, &kernel->config_sha256);
	if (!err)
		err = rest_to(parser, rest, &kernel->origin);
	for (size_t i = 0; !err && i + 1 < to->kernel_count; i++)
		if (!strcmp(to->kernels[i].label, kernel->label) ||
		    !strcmp(to->kernels[i].sha256, kernel->sha256))
			err = refuse(parser, "this kernel is there already");
	if (!err && (!kernel->label[0] || !kernel->name[0] || !kernel->release[0]))
		err = refuse(parser, "a kernel without a name");
	return err;
}

static struct reference_cell *cell_open(const struct parser *parser)
{
	return parser->to->cell_count ? &parser->to->cells[parser->to->cell_count - 1] : NULL;
}

static int boot_read(struct parser *parser, char *rest)
{
	uint64_t boot;

	if (!parser->to->kernel_count)
		return refuse(parser, "a boot before any kernel");
	if (number_next(&rest, REFERENCE_BOOTS, &boot) || rest || boot <= parser->boot)
		return refuse(parser, "boots are numbered upwards, from 1");
	parser->boot = (uint32_t)boot;
	return 0;
}

static int cell_read(struct parser *parser, char *rest)
{
	struct reference *to = parser->to;
	struct reference_cell *cell;
	int err;

	if (!parser->boot)
		return refuse(parser, "a cell before any boot");
	if (to->cell_count >= REFERENCE_CELLS)
		return refuse(parser, "too many cells");
	if (array_grow(&to->cells, &parser->cell_room, to->cell_count, sizeof(*to->cells)))
		return no_memory(parser);
	cell = &to->cells[to->cell_count++];
	*cell = (struct reference_cell){ .boot = parser->boot };
	parser->row_room = 0;
	memset(parser->text_room, 0, sizeof(parser->text_room));
	err = word_to(parser, &rest, &cell->key);
	if (!err && (rest || !cell->key[0]))
		err = refuse(parser, "a cell is one word");
	for (size_t i = 0; !err && i + 1 < to->cell_count; i++)
		if (to->cells[i].boot == cell->boot && !strcmp(to->cells[i].key, cell->key))
			err = refuse(parser, "this cell is in this boot already");
	return err;
}

/* Each column is read once, so that whoever fills it later can't fail; *samples: how many it is of. */
static int columns_check(const struct parser *parser, const char *text, uint32_t *samples)
{
	struct reference_column column;
	const char *at = text;
	size_t count, columns = 0;

	*samples = 0;
	while (*at) {
		if (!reference_column_next(&at, &column) || ++columns > 128 ||
		    reference_values_read(column.values, column.values_len, ',', parser->scratch,
					  REFERENCE_SAMPLES, &count))
			return refuse(parser, "not NAME=VALUE,VALUE*N NAME=…");
		if (count == 1)
			continue;
		if (*samples && *samples != count)
			return refuse(parser, "columns of different lengths");
		*samples = (uint32_t)count;
	}
	return 0;
}

static int text_read(struct parser *parser, int kind, char *rest)
{
	struct reference_cell *cell = cell_open(parser);
	struct reference_texts *lists[3], *texts;
	struct reference_text *item;
	uint64_t number;
	int err;

	if (!cell || cell->row_count)
		return refuse(parser, "texts stand between their cell and its first row");
	lists[0] = &cell->expects;
	lists[1] = &cell->paths;
	lists[2] = &cell->lefts;
	texts = lists[kind];
	if (number_next(&rest, REFERENCE_TEXTS, &number) || number != texts->count + 1)
		return refuse(parser, "texts are numbered from 1");
	if (array_grow(&texts->items, &parser->text_room[kind], texts->count,
		       sizeof(*texts->items)))
		return no_memory(parser);
	item = &texts->items[texts->count++];
	*item = (struct reference_text){ 0 };
	err = rest_to(parser, rest, &item->text);
	return err || !kind ? err : columns_check(parser, item->text, &item->samples);
}

static int text_wanted(struct parser *parser, char **rest, const struct reference_texts *texts,
		       size_t *which)
{
	uint64_t number;

	if (number_next(rest, texts->count, &number))
		return refuse(parser, "a row names a text that its cell doesn't have");
	*which = (size_t)number;
	return 0;
}

static bool text_fits(const struct reference_texts *texts, size_t which, uint32_t samples)
{
	return !which || !texts->items[which - 1].samples ||
	       texts->items[which - 1].samples == samples;
}

static int samples_read(struct parser *parser, const char *rest, struct reference_row *row)
{
	size_t count;

	if (!rest || reference_values_read(rest, strlen(rest), ' ', parser->scratch,
					   REFERENCE_SAMPLES, &count))
		return refuse(parser, "not a row's samples");
	parser->values += count;
	if (parser->values > REFERENCE_VALUES)
		return refuse(parser, "too many samples");
	row->values = malloc(count * sizeof(*row->values));
	if (!row->values)
		return no_memory(parser);
	memcpy(row->values, parser->scratch, count * sizeof(*row->values));
	row->samples = (uint32_t)count;
	return 0;
}

static int row_kernel(struct parser *parser, const struct reference_cell *cell, char **rest,
		      size_t *kernel)
{
	const struct reference *to = parser->to;
	const char *label = word_next(rest);
	/* Rows come in the order of kernels: look behind the last one. */
	size_t from = cell->row_count > 1 ? cell->rows[cell->row_count - 2].kernel + 1 : 0;

	for (*kernel = from; label && *kernel < to->kernel_count; ++*kernel)
		if (!strcmp(to->kernels[*kernel].label, label))
			return 0;
	return refuse(parser, "no such kernel, or not in the order of kernels");
}

static int row_read(struct parser *parser, enum reference_status status, char *rest)
{
	struct reference_cell *cell = cell_open(parser);
	struct reference_row *row;
	int err;

	if (!cell)
		return refuse(parser, "a row before any cell");
	if (array_grow(&cell->rows, &parser->row_room, cell->row_count, sizeof(*cell->rows)))
		return no_memory(parser);
	row = &cell->rows[cell->row_count++];
	*row = (struct reference_row){ .status = status };
	parser->bad_room = 0;
	err = row_kernel(parser, cell, &rest, &row->kernel);
	if (!err)
		err = text_wanted(parser, &rest, &cell->expects, &row->expect);
	if (!err && status != REFERENCE_OK)
		return rest_to(parser, rest, &row->reason);
	if (!err)
		err = text_wanted(parser, &rest, &cell->paths, &row->path);
	if (!err)
		err = text_wanted(parser, &rest, &cell->lefts, &row->left);
	if (!err)
		err = samples_read(parser, rest, row);
	if (!err)
		err = copy_to(parser, "", &row->reason);
	if (!err && (!text_fits(&cell->paths, row->path, row->samples) ||
		     !text_fits(&cell->lefts, row->left, row->samples)))
		err = refuse(parser, "a row of other samples than its texts");
	return err;
}

static int bad_read(struct parser *parser, char *rest)
{
	struct reference_cell *cell = cell_open(parser);
	struct reference_row *row = cell && cell->row_count ? &cell->rows[cell->row_count - 1]
							    : NULL;
	struct reference_bad *bad;
	uint64_t sample;

	if (!row || row->status != REFERENCE_OK || number_next(&rest, REFERENCE_SAMPLES, &sample) ||
	    sample >= row->samples ||
	    (row->bad_count && sample <= row->bads[row->bad_count - 1].sample))
		return refuse(parser, "not an invalid sample of the row above");
	if (array_grow(&row->bads, &parser->bad_room, row->bad_count, sizeof(*row->bads)))
		return no_memory(parser);
	bad = &row->bads[row->bad_count++];
	*bad = (struct reference_bad){ .sample = (uint32_t)sample };
	return rest_to(parser, rest, &bad->reason);
}

/* The first lines, each in its place. */
static int head_read(struct parser *parser, char *rest, bool *taken)
{
	static const char *const keys[] = { "remapbench-reference",
					    "suite",
					    "suite-sha256",
					    "instrument",
					    "samples",
					    "warmup",
					    "machine",
					    "command" };
	struct reference *to = parser->to;
	uint64_t number;

	*taken = parser->heads < sizeof(keys) / sizeof(keys[0]);
	if (!*taken)
		return 0;
	if (strcmp(keys[parser->heads], parser->keyword) != 0)
		return refuse(parser, parser->heads ? "a line of the head is missing or misplaced"
						    : "not a reference dataset");
	switch (parser->heads++) {
	case 0:
		return rest && !strcmp(rest, "1") ? 0
						  : refuse(parser, "a dataset of another version");
	case 1:
		return word_to(parser, &rest, &to->suite);
	case 2:
		return sha256_to(parser, &rest, false, &to->suite_sha256);
	case 3:
		if (!rest || strcmp(rest, "insn") != 0)
			return refuse(parser, "the instrument is insn: nothing else is exact");
		return rest_to(parser, rest, &to->instrument);
	case 4:
		if (number_next(&rest, REFERENCE_SAMPLES, &number) || !number || rest)
			return refuse(parser, "not a number of samples");
		to->samples = (uint32_t)number;
		return 0;
	case 5:
		if (number_next(&rest, REFERENCE_SAMPLES, &number) || rest)
			return refuse(parser, "not a number of warm-ups");
		to->warmup = (uint32_t)number;
		return 0;
	case 6:
		return rest_to(parser, rest, &to->machine);
	default:
		return rest_to(parser, rest, &to->command);
	}
}

static int body_read(struct parser *parser, char *rest)
{
	struct reference *to = parser->to;
	const char *keyword = parser->keyword;

	if (!strcmp(keyword, "note"))
		return to->kernel_count ? refuse(parser, "notes stand before the kernels")
					: pair_read(parser, rest, &to->notes, &parser->note_room);
	if (!strcmp(keyword, "kernel"))
		return parser->boot ? refuse(parser, "kernels stand before the boots")
				    : kernel_read(parser, rest);
	if (!strcmp(keyword, "env"))
		return parser->boot || !to->kernel_count
			       ? refuse(parser, "of no kernel")
			       : pair_read(parser, rest, &to->kernels[to->kernel_count - 1].notes,
					   &parser->env_room);
	if (!strcmp(keyword, "boot"))
		return boot_read(parser, rest);
	if (!strcmp(keyword, "cell"))
		return cell_read(parser, rest);
	if (!strcmp(keyword, "expect"))
		return text_read(parser, 0, rest);
	if (!strcmp(keyword, "path"))
		return text_read(parser, 1, rest);
	if (!strcmp(keyword, "left"))
		return text_read(parser, 2, rest);
	if (!strcmp(keyword, "ok"))
		return row_read(parser, REFERENCE_OK, rest);
	if (!strcmp(keyword, "unsupported"))
		return row_read(parser, REFERENCE_UNSUPPORTED, rest);
	if (!strcmp(keyword, "failed"))
		return row_read(parser, REFERENCE_FAILED, rest);
	if (!strcmp(keyword, "bad"))
		return bad_read(parser, rest);
	if (strcmp(keyword, "end") != 0 || rest || !to->cell_count)
		return refuse(parser, "not a line of a reference dataset");
	parser->ended = true;
	return 0;
}

static int line_read(struct parser *parser, char *line)
{
	char *rest = line;
	bool taken;
	int err;

	if (parser->ended)
		return refuse(parser, "after the end");
	for (const char *at = line; *at; at++)
		if (*at < ' ' || *at > '~')
			return refuse(parser, "not plain text");
	if (*line == '#' || (!*line && parser->heads))
		return 0;
	parser->keyword = word_next(&rest);
	if (!parser->keyword)
		return refuse(parser, "a line begins with a word");
	err = head_read(parser, rest, &taken);
	return err || taken ? err : body_read(parser, rest);
}

static int lines_read(struct parser *parser, char *line, const char *bytes, size_t count)
{
	const char *end = bytes + count;
	int err = 0;

	while (!err && bytes < end) {
		const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
		size_t len = (size_t)((stop ? stop : end) - bytes);

		parser->line++;
		if (!stop)
			return refuse(parser, "cut short");
		if (len >= REFERENCE_LINE || memchr(bytes, '\0', len))
			return refuse(parser, "too long, or not plain text");
		memcpy(line, bytes, len);
		line[len] = '\0';
		err = line_read(parser, line);
		bytes = stop + 1;
	}
	if (!err && !parser->ended)
		err = refuse(parser, "cut short: the last line is \"end\"");
	return err;
}

int reference_parse(const char *bytes, size_t count, struct reference *reference,
		    struct fault *fault)
{
	struct parser parser = { .to = reference, .fault = fault };
	char *line = malloc(REFERENCE_LINE);
	int err;

	*reference = (struct reference){ 0 };
	parser.scratch = calloc(REFERENCE_SAMPLES, sizeof(*parser.scratch));
	if (count > REFERENCE_BYTES)
		err = fault_set(fault, -EPROTO, "larger than %d MiB", REFERENCE_BYTES >> 20);
	else if (!line || !parser.scratch)
		err = no_memory(&parser);
	else
		err = lines_read(&parser, line, bytes, count);
	free(line);
	free(parser.scratch);
	if (err)
		reference_free(reference);
	return err;
}
