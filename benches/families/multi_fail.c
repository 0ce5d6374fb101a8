// SPDX-License-Identifier: GPL-2.0-only
/* multi_fail: the failing calls, and their residue by kernel version. */
#include "benches/families/multi_fail.h"

#include <errno.h>
#include <string.h>

#include "benches/kernel_rules.h"

const struct multi_fail multi_fails[] = {
	{ "hole_start", .count = 3, .before = 1, .old_length = 4, .new_length = 4 },
	{ "expand", .count = 3, .old_length = 3, .new_length = 4 },
	{ "expand_onto", .count = 3, .old_length = 3, .new_length = 4, .occupied = true },
	{ "shrink", .count = 3, .old_length = 3, .new_length = 2 },
	{ "overlap", .count = 3, .old_length = 3, .new_length = 3, .overlaps = true },
	{ "uffd_first", OBSTACLE_UFFD, 0, .count = 3, .old_length = 3, .new_length = 3 },
	{ "uffd_last", OBSTACLE_UFFD, 2, .count = 3, .old_length = 3, .new_length = 3 },
	{ "zero_first", OBSTACLE_ZERO, 0, .count = 3, .old_length = 3, .new_length = 3 },
	{ "zero_last", OBSTACLE_ZERO, 2, .count = 3, .old_length = 3, .new_length = 3 },
	{ "sealed_first", OBSTACLE_SEAL, 0, .count = 3, .old_length = 3, .new_length = 3 },
	{ "sealed_last", OBSTACLE_SEAL, 2, .count = 3, .old_length = 3, .new_length = 3 },
	{ "map_limit", OBSTACLE_LIMIT, .count = 6, .old_length = 6, .new_length = 6,
	  .dontunmap = true },
	{ .name = NULL },
};

const struct multi_fail *multi_fail_find(const char *name)
{
	for (const struct multi_fail *fail = multi_fails; fail->name; fail++)
		if (strcmp(fail->name, name) == 0)
			return fail;
	return NULL;
}

/*
 * Up to 6.16 no call takes two VMAs. mremap_to() finds that out in vma_to_resize() only, when it has
 * unmapped the destination and what a shrinking call leaves of the source: both are lost. Overlap is
 * refused before that, and the lookup of the first VMA (and of its seal, 6.10) before all of it.
 */
static struct multi_left multi_left_single(const struct multi_fail *fail)
{
	struct multi_left left = { .error = EFAULT, .occupant_lost = fail->occupied };

	if (fail->old_length > fail->new_length)
		left.lost = fail->old_length - fail->new_length;
	if (fail->overlaps)
		left.error = EINVAL;
	if (fail->obstacle == OBSTACLE_SEAL && fail->at == 0)
		left.error = EPERM;
	return left;
}

/*
 * Since 6.17 each VMA is checked when its turn comes, and those before it stay where they went:
 * vma_multi_allowed() refuses an armed one and one whose file has a get_unmapped_area() of its own,
 * check_prep_vma() a sealed one, prep_move_vma() the one for which there is no room. Calls that
 * change the length take one VMA as before, but check_prep_vma() now comes before any unmapping.
 */
struct multi_left multi_fail_left(const struct multi_fail *fail, struct kernel_version kernel)
{
	struct multi_left left = { .error = EFAULT };
	struct map_room room = kernel_map_room(kernel, fail->dontunmap);

	if (!kernel_moves_many(kernel))
		return multi_left_single(fail);
	if (fail->overlaps)
		left.error = EINVAL;
	if (fail->obstacle == OBSTACLE_SEAL)
		left.error = EPERM;
	if (fail->obstacle != OBSTACLE_NONE)
		left.moved = fail->at;
	if (fail->obstacle == OBSTACLE_LIMIT) {
		/* The call begins with as many VMAs as it may; each one that it moves adds one. */
		left.error = ENOMEM;
		left.moved = room.first - room.each + 1;
	}
	return left;
}
