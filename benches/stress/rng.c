// SPDX-License-Identifier: GPL-2.0-only
/* rng: the generator itself. */
#include "benches/stress/rng.h"

/* The golden ratio's fraction, odd: its multiples lie evenly in 64 bits. */
#define RNG_STEP 0x9e3779b97f4a7c15ull

uint64_t rng_mix(uint64_t number)
{
	/* Odd factors and right shifts that fold: each round can be undone, so no two inputs meet. */
	number = (number ^ (number >> 31)) * 0xd6e8feb86659fd93ull;
	number = (number ^ (number >> 29)) * 0xa0761d6478bd642full;
	return number ^ (number >> 32);
}

struct rng rng_make(uint64_t seed, uint64_t operation, uint64_t stream)
{
	return (struct rng){ rng_mix(rng_mix(rng_mix(seed + 1) + operation) + stream) };
}

uint64_t rng_next(struct rng *rng)
{
	rng->counter += RNG_STEP;
	return rng_mix(rng->counter);
}

uint64_t rng_below(struct rng *rng, uint32_t bound)
{
	return ((rng_next(rng) >> 32) * bound) >> 32;
}

bool rng_once_in(struct rng *rng, uint32_t times)
{
	return rng_below(rng, times) == 0;
}
