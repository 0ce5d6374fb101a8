/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * random: numbers that a seed makes again, on any machine. xoshiro256** by D. Blackman and S. Vigna,
 * "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47 (2021), 36, section 4.
 */
#ifndef RESULTS_RANDOM_H
#define RESULTS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random {
	uint64_t state[4];
};

/* Two streams of one seed have nothing to do with each other. */
void random_seed(struct random *random, uint64_t seed, uint64_t stream);
uint64_t random_next(struct random *random);
/* Equally likely in 0 … below - 1; below must not be 0. */
uint64_t random_below(struct random *random, uint64_t below);
/* In [0, 1), 53 bits. */
double random_unit(struct random *random);
/* All orders equally likely: R. Durstenfeld, "Algorithm 235", CACM 7 (1964), 420. */
void random_shuffle(struct random *random, uint32_t *items, size_t count);

#endif
