// SPDX-License-Identifier: GPL-2.0-only
/* refuse_rules: the table of refusals. */
#include "benches/families/refuse_rules.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "benches/fixture.h"
#include "benches/kernel_rules.h"
#include "benches/families/relocate_rules.h"

#define MOVE (MREMAP_MAYMOVE | MREMAP_FIXED)
#define DONTUNMAP 4u /* MREMAP_DONTUNMAP: linux/mman.h */
#define P 4096

#define TOO_FAR (1ll << 56) /* past any user address, with five levels of page tables too */
#define TOO_LONG (1ll << 60) /* longer than any address space */
#define TOO_MUCH (16ll << 40) /* there is address space for it, and no memory to promise */

/* clang-format off */
const struct refusal refusals[] = {
	{ "unknown_flag", EINVAL, 0, MOVE | REFUSED_FLAG, 0, 0, 0, 0, SCENE_PLAIN, false },
	/* Each of these needs MREMAP_MAYMOVE, where a patched kernel knows them at all. */
	{ "relocate_alone", EINVAL, 0, MREMAP_RELOCATE_ANON, 0, 0, 0, 0, SCENE_PLAIN, false },
	{ "must_alone", EINVAL, 0, MREMAP_MUST_RELOCATE_ANON, 0, 0, 0, 0, SCENE_PLAIN, false },
	{ "fixed_alone", EINVAL, 0, MREMAP_FIXED, 0, 0, 0, 0, SCENE_PLAIN, false },
	{ "dontunmap_alone", EINVAL, 0, DONTUNMAP, 0, 0, 0, 0, SCENE_PLAIN, false },
	{ "dontunmap_resize", EINVAL, 0, MOVE | DONTUNMAP, 0, 0, P, 0, SCENE_PLAIN, false },
	{ "unaligned", EINVAL, 0, MOVE, 1, 0, 0, 0, SCENE_PLAIN, false },
	{ "unaligned_new", EINVAL, 0, MOVE, 0, 0, 0, 1, SCENE_PLAIN, false },
	{ "new_len_0", EINVAL, 0, MREMAP_MAYMOVE, 0, 0, REFUSE_NO_LENGTH, 0, SCENE_PLAIN, false },
	/* Nothing looked at a length by itself before check_mremap_params(): no place was found for it. */
	{ "too_long", EINVAL, ENOMEM, MREMAP_MAYMOVE, 0, 0, TOO_LONG, 0, SCENE_PLAIN, false },
	{ "overlap", EINVAL, 0, MOVE, 0, 0, 0, REFUSE_OVERLAP, SCENE_PLAIN, false },
	{ "beyond", EINVAL, 0, MOVE, 0, 0, 0, TOO_FAR, SCENE_PLAIN, false },
	{ "old_len_0", EINVAL, 0, MREMAP_MAYMOVE, 0, REFUSE_NO_LENGTH, 0, 0, SCENE_PLAIN, false },
	{ "huge_unaligned", EINVAL, 0, MOVE, P, -(int64_t)PMD_BYTES, -(int64_t)PMD_BYTES, 0, SCENE_HUGE, true },
	{ "huge_grow", EINVAL, 0, MREMAP_MAYMOVE, 0, 0, PMD_BYTES, 0, SCENE_HUGE, true },
	{ "unmapped", EFAULT, 0, MOVE, PUD_BYTES, 0, 0, 0, SCENE_PLAIN, false },
	{ "past_end", EFAULT, 0, MREMAP_MAYMOVE, 0, P, 2 * P, 0, SCENE_PLAIN, true },
	{ "past_end_over", EFAULT, 0, MOVE, 0, P, 2 * P, 0, SCENE_OVER, true },
	{ "dontexpand", EFAULT, 0, MREMAP_MAYMOVE, 0, 0, P, 0, SCENE_VDSO, false },
	{ "no_room", ENOMEM, 0, 0, 0, 0, P, 0, SCENE_NEIGHBOUR, true },
	{ "maps", ENOMEM, 0, MOVE, 0, 0, 0, 0, SCENE_MAPS, true },
	{ "space", ENOMEM, 0, MREMAP_MAYMOVE, 0, 0, P, 0, SCENE_SPACE, true },
	{ "commit", ENOMEM, 0, MREMAP_MAYMOVE, 0, 0, TOO_MUCH, 0, SCENE_COMMIT, true },
	{ "sealed", EPERM, 0, MOVE, 0, 0, 0, 0, SCENE_SEALED, true },
	{ "sealed_over", EPERM, 0, MOVE, 0, 0, 0, 0, SCENE_SEALED_OVER, true },
	{ "locked", EAGAIN, 0, MREMAP_MAYMOVE, 0, 0, P, 0, SCENE_LOCKED, true },
};
/* clang-format on */

const size_t refusal_count = sizeof(refusals) / sizeof(refusals[0]);

const struct refusal *refusal_find(const char *name)
{
	for (size_t i = 0; i < refusal_count; i++)
		if (strcmp(refusals[i].name, name) == 0)
			return &refusals[i];
	return NULL;
}

int refusal_errno(const struct refusal *refusal, struct kernel_version kernel)
{
	return refusal->err_before && !kernel_checks_before_unmapping(kernel) ? refusal->err_before
									      : refusal->err;
}

bool refusal_loses(const struct refusal *refusal, struct kernel_version kernel)
{
	return refusal->scene == SCENE_OVER && !kernel_checks_before_unmapping(kernel);
}
