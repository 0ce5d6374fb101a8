// SPDX-License-Identifier: GPL-2.0-only
/* order: in which order the trials of a comparison are run. */
#include "results/order.h"
#include "results/random.h"

/* Place i of row 0 of a Williams square: 0, 1, k - 1, 2, k - 2, … */
static uint32_t williams_first(uint32_t i, uint32_t kinds)
{
	return i % 2 ? (i + 1) / 2 : (kinds - i / 2) % kinds;
}

/* Which of 0 … kinds - 1 stands where, if all are shuffled: without memory, place by place. */
static void names_draw(struct random *random, uint32_t *names, uint32_t kinds)
{
	for (uint32_t i = 0; i < kinds; i++)
		names[i] = i;
	random_shuffle(random, names, kinds);
}

void order_block(uint64_t seed, uint32_t block, uint32_t kinds, uint32_t *order)
{
	struct random random;
	uint32_t *rows = order, *names = order + kinds;
	uint32_t row;

	if (!kinds)
		return;
	/* All blocks of a square draw the same: its rows' order, then its names. */
	random_seed(&random, seed, block / kinds);
	names_draw(&random, rows, kinds);
	row = rows[block % kinds];
	names_draw(&random, names, kinds);
	for (uint32_t i = 0; i < kinds; i++)
		order[i] = names[(williams_first(i, kinds) + row) % kinds];
	for (uint32_t i = 0; i < kinds; i++)
		order[kinds + i] = order[kinds - 1 - i];
}
