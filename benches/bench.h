/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bench: the contract between a way to call mremap and the agent that measures it.
 * A bench is one `const struct bench` and one line in registry.c. The agent does the rest: it lists
 * the cells, runs the samples, proves the path and writes the report.
 *
 * One sample:  ready → (instrument) body (instrument) → verify → reset.  A cell: setup … teardown.
 * Functions that return int give 0 or a negative errno with words in `reason`.
 */
#ifndef BENCHES_BENCH_H
#define BENCHES_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	BENCH_PARAMS = 8, /* of one bench */
	BENCH_EXPECTS = 8, /* functions in an expected fingerprint */
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

/* What the running kernel is: the rules of mm/mremap.c differ by version. */
struct kernel_version {
	unsigned int major, minor;
};

struct bench {
	const char *name; /* [a-z0-9_], the first part of a cell's key */
	const char *about; /* one line: what is timed */
	const struct param *params; /* ends with a NULL name */
	size_t state_size; /* bytes of zeroed state, given to all below */

	/* False for combinations that mean nothing: they are no cells. NULL: all are. */
	bool (*exists)(const struct cell *cell);
	/* 0, or why this machine or kernel can't do it: the cell is then unsupported. NULL: it can. */
	int (*supported)(const struct cell *cell, char *reason);
	/* Once a cell: maps and fills. NULL: nothing to do. */
	int (*setup)(const struct cell *cell, void *state, char *reason);
	/* Before each sample: brings the state about and proves it. A failure makes the sample invalid. */
	int (*ready)(void *state, char *reason);
	/* The timed operation: the raw system call and nothing else. */
	void (*body)(void *state);
	/* After each sample: result, data and layout. A failure makes the sample invalid. */
	int (*verify)(void *state, char *reason);
	/* Untimed: back to where ready can start again. A failure ends the cell. */
	int (*reset)(void *state, char *reason);
	void (*teardown)(void *state);
	/* The path that this cell takes on such a kernel. NULL: none is claimed. */
	void (*expect)(const struct cell *cell, struct kernel_version kernel,
		       struct fingerprint *fingerprint);
};

/* registry.c: every bench, in the order of tables. */
extern const struct bench *const bench_registry[];
extern const size_t bench_count;

/* reason.c: writes the words and returns err. */
int reason_set(char *reason, int err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif
