/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * order: in which order the trials of a comparison are run, so that drift and what a trial leaves behind
 * weigh on all sides alike. A seed gives the same order again.
 */
#ifndef RESULTS_ORDER_H
#define RESULTS_ORDER_H

#include <stddef.h>
#include <stdint.h>

/*
 * Block `block` (from 0) of a comparison of `kinds` kernels or conditions: order[0 … 2 kinds - 1] is which
 * of them (0 is the base) runs when. Each runs twice, the second half mirrors the first (ABBA), so that
 * whatever grows evenly within the block weighs on all alike. The first halves of `kinds` blocks in a row are
 * the rows of a Williams square (E. J. Williams, "Experimental Designs Balanced for the Estimation of
 * Residual Effects of Treatments", Austral. J. Sci. Res. A 2 (1949), 149-168, section 2), in random order
 * with random names: each runs first once, and, with the mirrored halves, follows each other equally
 * often. Of two: of two blocks in a row one is ABBA, the other BAAB, in random order.
 */
void order_block(uint64_t seed, uint32_t block, uint32_t kinds, uint32_t *order);

#endif
