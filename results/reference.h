/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reference: a reference dataset: what one plan (a suite's cells, shared out to boots) counted on many
 * kernels, as text that can be read and compared line by line; docs/reference.md has the format. The
 * same content is the same bytes. Reading it treats it as hostile.
 */
#ifndef RESULTS_REFERENCE_H
#define RESULTS_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/text.h"
#include "results/query.h"

enum {
	REFERENCE_BYTES = 32 << 20, /* of a file */
	REFERENCE_LINE = 65536,
	REFERENCE_KERNELS = 1000,
	REFERENCE_CELLS = 4096,
	REFERENCE_BOOTS = 10000,
	REFERENCE_SAMPLES = 1000, /* of one cell on one kernel */
	REFERENCE_TEXTS = 1000, /* of one kind, of one cell */
	REFERENCE_VALUES = 4 << 20, /* in all */
	REFERENCE_WORD = 256, /* bytes of a name, a label, a cell's key */
};

struct reference_kernel {
	char *label; /* what its rows begin with, of no other kernel: the package's version, or the name */
	char *sha256, *name, *release, *version, *config_sha256,
		*origin; /* as in a kernel_record */
	int64_t started_us, ended_us; /* of its run, in whole seconds */
	struct pair_list notes; /* provenance that not all kernels share */
};

struct reference_bad { /* an invalid sample */
	uint32_t sample;
	char *reason;
};

enum reference_status { REFERENCE_OK, REFERENCE_UNSUPPORTED, REFERENCE_FAILED };

/* What one kernel did in one cell. Of a cell that is not ok, no samples are kept. */
struct reference_row {
	size_t kernel;
	enum reference_status status;
	char *reason; /* "" with ok */
	size_t expect, path, left; /* which of the cell's texts, from 1; 0: none */
	uint32_t samples;
	uint64_t *values; /* instructions */
	struct reference_bad *bads;
	size_t bad_count;
};

/*
 * Texts of columns: "NAME=VALUES NAME=VALUES …". VALUES is one number for all samples, or one for each:
 * "1*8,2".
 */
struct reference_text {
	char *text;
	uint32_t samples; /* how many samples it is of; 0: of any number */
};
struct reference_texts {
	struct reference_text *items;
	size_t count;
};

struct reference_cell {
	char *key;
	uint32_t boot; /* from 1; a boot's cells stand together, in their order */
	struct reference_texts expects; /* claimed paths, as the agent stated them; no columns */
	struct reference_texts paths; /* entries of functions */
	struct reference_texts lefts; /* outcomes */
	struct reference_row *rows; /* in the order of kernels, at most one of each */
	size_t row_count;
};

struct reference {
	char *suite, *suite_sha256, *instrument, *machine, *command;
	uint32_t samples, warmup; /* that were asked for */
	struct pair_list notes; /* provenance that all kernels share, by key */
	struct reference_kernel *kernels;
	size_t kernel_count;
	struct reference_cell *cells; /* in the plan's order */
	size_t cell_count;
};

/* 0; -EPROTO with the line in fault; -ENOMEM. reference_free in any case. */
int reference_parse(const char *bytes, size_t count, struct reference *reference,
		    struct fault *fault);
void reference_write(const struct reference *reference, struct text *out);
void reference_free(struct reference *reference);

/* The value of a note that all kernels share; NULL without it. */
const char *reference_note(const struct reference *reference, const char *key);
/* The kernel's row; NULL without one. */
const struct reference_row *reference_row_find(const struct reference_cell *cell, size_t kernel);
/* The text with that number; "" for 0. */
const char *reference_text_of(const struct reference_texts *texts, size_t which);

/*
 * Values as runs, "26601*8 26795", separated by the character. Reading takes at most limit values, more than
 * the caller's storage holds never: -EPROTO.
 */
void reference_values_write(const uint64_t *values, size_t count, char separator, struct text *out);
int reference_values_read(const char *text, size_t len, char separator, uint64_t *values,
			  size_t limit, size_t *count);
/* The columns of a text, one after the other: from *at on (a text's start), until it returns false. */
struct reference_column {
	char name[REFERENCE_WORD];
	const char *values;
	size_t values_len;
};
bool reference_column_next(const char **at, struct reference_column *column);
/* Fills all samples' values of a column that was checked by parsing. */
int reference_column_fill(const struct reference_column *column, uint64_t *values,
			  uint32_t samples);

/*
 * From the database: the newest complete runs of the suite and insn, one a kernel, of one plan and one
 * provenance (guest, agent, plugin, effort): those of the newest run of all. skipped: a line each of what
 * was left out, and why. Runs that were imported are left out without a word. -ENOENT: there is none.
 */
int reference_load(struct store *store, const char *suite, struct reference *reference,
		   struct text *skipped, struct fault *fault);
/* Of that run alone, whatever became of it: for what was just measured. */
int reference_load_run(struct store *store, int64_t run_id, struct reference *reference,
		       struct fault *fault);
/*
 * Into the database, all or nothing: each kernel's as a run of its own date, with the note "reference" that
 * says the SHA-256 of the file. Those that are there already are left alone; *added: the others.
 */
int reference_save(struct store *store, const struct reference *reference, const char *file_sha256,
		   size_t *added, struct fault *fault);

#endif
