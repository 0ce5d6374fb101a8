/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bench: the contract between a way to call mremap and the agent that measures it.
 * A bench is one `const struct bench bench_NAME` in NAME.c and one line in registry.c. The agent does
 * the rest: it lists the cells, runs the samples, proves the path and writes the report.
 *
 * One sample:  ready → (instrument) body (instrument) → verify → outcome → reset.
 * A cell: setup … teardown.
 * Functions that return int give 0 or a negative errno with words in `reason`.
 */
#ifndef BENCHES_BENCH_H
#define BENCHES_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	BENCH_PARAMS = 8, /* of one bench */
	BENCH_EXPECTS = 16, /* functions in an expected fingerprint */
	BENCH_OUTCOMES = 8, /* of one sample */
	REASON_SIZE = 200, /* bytes of a reason, with its NUL */
};

struct param {
	const char *name;
	const char *const *values; /* ends with NULL; the order is the order of the cells */
};

struct bench;

/* A bench at one point of its parameters. */
struct cell {
	const struct bench *bench;
	uint8_t value[BENCH_PARAMS]; /* index into the parameter's values */
};

/* How often the kernel should enter `function` during one body. */
struct expect {
	const char *function;
	uint64_t min, max;
};
struct fingerprint {
	struct expect items[BENCH_EXPECTS];
	size_t count;
};

/* Which kernel: the rules of mm/mremap.c differ by version (kernel_rules.h). */
struct kernel_version {
	unsigned int major, minor;
};

/* Combinations of parameters that mean nothing, or nothing new: they are no cells. */
struct rule {
	bool (*excludes)(const struct cell *cell);
	const char *why; /* one sentence; `remapbench list rules` shows it */
};

/* What a sample left behind beside its cost (VMAs, an errno, bytes): counted, kept, judged by readers. */
struct outcomes {
	struct {
		const char *
			name; /* [a-z0-9_]; the same names in the same order for each sample of a cell */
		uint64_t value;
	} items[BENCH_OUTCOMES];
	size_t count;
};

/* Thousands of guest instructions, roughly, untimed work included: shares cells out to guests. */
struct burden {
	uint64_t setup, sample;
};

struct bench {
	const char *name; /* [a-z0-9_], the first part of a cell's key */
	const char *about; /* one line: what is timed */
	const struct param *params; /* ends with a NULL name */
	size_t state_size; /* bytes of zeroed state, given to all below */

	/* A cell is what no rule excludes. Ends with a NULL excludes; NULL: all combinations are cells. */
	const struct rule *rules;
	/* Why only real time can measure it (other CPUs, for example); NULL: any instrument can. */
	const char *clock_only;
	/* 0, or why this machine or kernel can't do it: the cell is then unsupported. NULL: it can. */
	int (*supported)(const struct cell *cell, char *reason);
	/* Once a cell: maps and fills. NULL: nothing to do. */
	int (*setup)(const struct cell *cell, void *state, char *reason);
	/*
	 * Before each sample: brings the state about and proves it. A failure makes the sample invalid,
	 * and neither body nor verify runs: reset must take what it left.
	 */
	int (*ready)(void *state, char *reason);
	/* The timed operation: the raw system call and nothing else. */
	void (*body)(void *state);
	/* After each sample: result, data and layout. A failure makes the sample invalid. */
	int (*verify)(void *state, char *reason);
	/* After verify or a ready that failed: what the sample left behind. NULL: nothing is counted. */
	void (*outcome)(void *state, struct outcomes *outcomes);
	/* Untimed: back to where ready can start again. A failure ends the cell. */
	int (*reset)(void *state, char *reason);
	void (*teardown)(void *state);
	/* The path that this cell takes on such a kernel. NULL: none is claimed. */
	void (*expect)(const struct cell *cell, struct kernel_version kernel,
		       struct fingerprint *fingerprint);
	/* What it costs to run the cell. NULL: next to nothing. */
	void (*burden)(const struct cell *cell, struct burden *burden);
};

/* registry.c: every bench, in the order of tables. */
extern const struct bench *const bench_registry[];
extern const size_t bench_count;

/* Shorthands for the functions above. */
void outcome_add(struct outcomes *outcomes, const char *name, uint64_t value);
void expect_add(struct fingerprint *fingerprint, const char *function, uint64_t min, uint64_t max);

/* reason.c: writes the words and returns err. */
int reason_set(char *reason, int err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif
