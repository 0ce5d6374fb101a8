/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * matrix: a database as full as the widest suite makes it: some 900 cells of a dozen benches, with
 * fingerprints, outcomes, refusals and gaps. Its figures come from a formula; none is a measurement.
 */
#ifndef PLOTS_TESTS_MATRIX_H
#define PLOTS_TESTS_MATRIX_H

/* Run 1: insn on 6.1, all cells; run 2: insn on 6.17, all cells; run 3: insn on 6.17, some moves. */
void matrix_write(const char *database);

#endif
