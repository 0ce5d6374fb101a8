/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rng: chance that can be had again. A counter that a fixed odd step advances, and whose value two
 * rounds of multiplying and folding spread over all 64 bits (as Weyl generators do): every seed gives
 * a sequence of full length, and the sequence is the same on every machine.
 * Each operation of a stress has a generator of its own, made of the seed and the operation's number:
 * what one operation draws never moves what the next one does.
 */
#ifndef BENCHES_STRESS_RNG_H
#define BENCHES_STRESS_RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
	uint64_t counter;
};

/* Spreads a number over 64 bits, one to one. */
uint64_t rng_mix(uint64_t number);
/* The generator of one operation; stream tells apart what draws within it (0: the operation itself). */
struct rng rng_make(uint64_t seed, uint64_t operation, uint64_t stream);
uint64_t rng_next(struct rng *rng);
/* Below bound, which is at least 1. All equally likely but for one part in 2^32. */
uint64_t rng_below(struct rng *rng, uint32_t bound);
/* True once in so many times. */
bool rng_once_in(struct rng *rng, uint32_t times);

#endif
