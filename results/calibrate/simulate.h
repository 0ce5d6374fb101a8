/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * simulate: tables of rows with a known truth, judged as `compare` judges them, and by the rules of others.
 * The trials run in the order of order.h. A seed gives the same counts again.
 */
#ifndef RESULTS_CALIBRATE_SIMULATE_H
#define RESULTS_CALIBRATE_SIMULATE_H

#include <stddef.h>
#include <stdint.h>

#include "results/calibrate/noise.h"
#include "results/verdict.h"

enum {
	SIMULATE_ROWS = 100, /* in a table */
	SIMULATE_TRIALS = 30, /* a side, at most */
};

struct simulate_ask {
	enum noise_kind noise;
	uint64_t seed;
	size_t trials; /* a side, at most SIMULATE_TRIALS; sequential: the budget, even */
	size_t tables;
	double sigma, effect; /* logarithms: of the noise, and B's true one over A */
	double margin; /* a part */
};

/* A row: trials in the order in which they ran, and their logarithms by side. */
struct simulate_row {
	struct verdict_trial trials[2 * SIMULATE_TRIALS];
	double sides[2][SIMULATE_TRIALS];
	size_t count;
};
void simulate_row_make(const struct simulate_ask *ask, struct random *random,
		       struct simulate_row *row);

struct simulate_result {
	size_t tables; /* simulated */
	size_t false_tables; /* with one row at least that holds a false claim (or an interval would) */
	size_t proved; /* rows for which "no effect" was refused to the effect's own side */
	size_t equal; /* rows "less than the margin, proved" */
	double trials; /* a side, of all rows until decided: sequential only */
	size_t false_benchstat, false_lkp, proved_benchstat, proved_lkp;
};

/*
 * A false claim is a cost or a saving where effect is 0 or on the other side, and "less than the margin"
 * where the effect is not less. Negative errno.
 */
int simulate_fixed(const struct simulate_ask *ask, struct simulate_result *result);
/* Looked at after each block (sequential.h); each row goes on until it is decided. */
int simulate_sequential(const struct simulate_ask *ask, struct simulate_result *result);

#endif
