/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * report: reading what an agent says (docs/protocol.md), as hostile input: any byte sequence ends
 * in a valid trial, or in an error with the line's number; memory is bounded (REPORT_* limits).
 * Also the plugin's output, which is joined to the samples by region index.
 */
#ifndef RUNNER_REPORT_H
#define RUNNER_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "runner/console.h"

enum {
	REPORT_LINE = 4096, /* bytes of a line */
	REPORT_METRICS = 32,
	REPORT_CELLS = 16384, /* in one report; their index is 16 bits wide */
	REPORT_SAMPLES = 100000, /* of one cell */
	REPORT_EXPECTS = 16, /* of one cell */
	REPORT_OUTCOMES = 8, /* of one cell */
	REPORT_OUTCOME_NAME = 40, /* bytes of an outcome's name */
	REPORT_RULES = 256,
	REPORT_ENVS = 256,
	REPORT_SYMBOLS = 400000,
	REPORT_LOGS = 65536, /* lines of the kernel's log */
	REPORT_COUNTS = 32,
	REPORT_TROUBLES = 64,
	REPORT_BYTES = 512 << 20, /* of samples, rejects and symbols, all together */
};

struct report_metric {
	char name[64], unit[24], unsupported[256]; /* unsupported "" with ok */
};
struct report_expect {
	char function[64];
	uint64_t min, max;
};
struct report_reject {
	uint32_t sample;
	char reason[256];
};
struct report_cell {
	char key[256];
	char status[16]; /* "ok", "unsupported", "failed"; "open" while it runs */
	char reason[256];
	struct report_expect expects[REPORT_EXPECTS];
	size_t expect_count;
	uint32_t samples, room;
	uint64_t *values; /* samples × metrics, row after row */
	uint64_t *regions; /* a sample's index in the plugin's output; UINT64_MAX without one */
	struct report_reject *rejects; /* at most one a sample: the first */
	size_t reject_count;
	/* What each sample left behind: the names of the first, and row after row of values. A sample
	 * that a report breaks off in may lack its row's end. */
	char outcome_names[REPORT_OUTCOMES][REPORT_OUTCOME_NAME + 1];
	size_t outcome_count, outcome_total;
	uint64_t *outcomes;
	uint64_t setup, sample; /* listed: thousands of guest instructions */
};
/* Combinations of a bench's parameters that are no cells, and why. */
struct report_rule {
	char bench[64], reason[512];
};
struct report_env {
	char key[64], value[512];
};
struct report_symbol {
	uint64_t address;
	char *name;
};

/* Task stress: how far it is, what it counted, and what was wrong, line by line. */
struct report_stress {
	uint64_t done; /* operations */
	char progress[600]; /* words for people */
	struct {
		char name[40];
		uint64_t value;
	} counts[REPORT_COUNTS];
	size_t count_count;
	char troubles[REPORT_TROUBLES][1100];
	size_t trouble_count;
};

struct report {
	struct report_metric metrics[REPORT_METRICS];
	size_t metric_count;
	struct report_cell
		*cells; /* task measure: with samples; task cells: keys only, status "listed" */
	size_t cell_count;
	struct report_rule *rules; /* task cells */
	size_t rule_count;
	struct report_env *envs;
	size_t env_count;
	struct report_symbol *symbols;
	size_t symbol_count;
	struct console_scan log; /* what the kernel's own log said of splats, read from inside */
	size_t log_count; /* its lines */
	struct report_stress *stress; /* NULL where no line of it came */
	bool ended; /* the `end` line was there */
	uint64_t line; /* lines read so far */
	/* the parser's own */
	char partial[REPORT_LINE];
	size_t partial_len;
	bool started;
	int broken; /* 0, or the error */
	struct fault why;
	bool open; /* the last cell has not ended */
	uint64_t region_count;
	size_t bytes; /* of REPORT_BYTES */
	uint16_t
		cell_index[2 * REPORT_CELLS]; /* by the key's hash: the cell's index + 1; 0: none */
	uint64_t rejected[(REPORT_SAMPLES + 63) / 64]; /* of the open cell: a bit a sample */
};

void report_init(struct report *report);
void report_free(struct report *report);

/*
 * Feeds any number of bytes, as they come. 0, or -EPROTO with the line and what is wrong in fault;
 * after that the report keeps what was good and takes nothing more (the same error again).
 * -ENOMEM likewise.
 * A carriage return before the newline is dropped (serial lines).
 */
int report_feed(struct report *report, const char *bytes, size_t count, struct fault *fault);

/* The cell's expected fingerprint in words, "f=2 g=0..7", in out (REPORT_EXPECTED bytes hold any). */
enum { REPORT_EXPECTED = REPORT_EXPECTS * 108 };
void report_expected(const struct report_cell *cell, char *out, size_t room);

/* No more will come: an open cell becomes "failed" with the given reason ("the guest panicked" …). 0, or
 * -EPROTO where `end` is missing, or the error that broke it. */
int report_finish(struct report *report, const char *reason, struct fault *fault);

/* The plugin's output: one record a region, and its profile where there is one. */
enum {
	PLUGIN_FUNCTIONS = 64, /* that are watched */
	PLUGIN_REGIONS = 1000000,
	PLUGIN_ROWS = 1 << 15, /* functions that profiles count by */
	PLUGIN_ROW_NAME = 128, /* bytes, with the NUL */
	PLUGIN_COUNTS = 1 << 24, /* of all profiles */
};
struct plugin_count {
	uint32_t row; /* the index of a function's name */
	uint64_t instructions;
};
struct plugin_region {
	uint64_t instructions, excluded;
	uint32_t entries[PLUGIN_FUNCTIONS];
	/* Its profile: ascending by row; the instructions add up to those above. None: count 0. */
	size_t profile, profile_count;
};
struct plugin_output {
	char functions[PLUGIN_FUNCTIONS][64];
	size_t function_count;
	struct plugin_region *regions;
	size_t region_count;
	bool profiled; /* version 2: the plugin was asked for profiles */
	char **rows; /* PLUGIN_ROWS names, NULL where there is none; NULL where not profiled */
	struct plugin_count *counts;
	size_t count_count, count_room;
};
/* Parses a whole file's content; a cut last line is dropped. 0, -EPROTO, -ENOMEM. */
int plugin_output_parse(const char *bytes, size_t count, struct plugin_output *output,
			struct fault *fault);
void plugin_output_free(struct plugin_output *output);

#endif
