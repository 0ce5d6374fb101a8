// SPDX-License-Identifier: GPL-2.0-only
/* random: numbers that a seed makes again, on any machine. */
#include "results/random.h"

static uint64_t rotate(uint64_t value, int by)
{
	return value << by | value >> (64 - by);
}

/* splitmix64: G. L. Steele, D. Lea and C. H. Flood, "Fast Splittable Pseudorandom Number
 * Generators", OOPSLA 2014, figure 17; what Blackman and Vigna take to fill the state. */
static uint64_t seed_next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

void random_seed(struct random *random, uint64_t seed, uint64_t stream)
{
	uint64_t state = seed;
	uint64_t mixed = seed_next(&state) ^ stream;

	for (size_t i = 0; i < 4; i++)
		random->state[i] = seed_next(&mixed);
}

uint64_t random_next(struct random *random)
{
	uint64_t *s = random->state;
	uint64_t result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate(s[3], 45);
	return result;
}

uint64_t random_below(struct random *random, uint64_t below)
{
	/* What is left over at the top would make small values likelier: throw again. */
	uint64_t over = UINT64_MAX - UINT64_MAX % below, value;

	do
		value = random_next(random);
	while (value >= over);
	return value % below;
}

double random_unit(struct random *random)
{
	return (double)(random_next(random) >> 11) * 0x1p-53;
}

void random_shuffle(struct random *random, uint32_t *items, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = (size_t)random_below(random, i);
		uint32_t kept = items[i - 1];

		items[i - 1] = items[other];
		items[other] = kept;
	}
}
