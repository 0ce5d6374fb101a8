// SPDX-License-Identifier: GPL-2.0-only
/* merge_rules: VMAs before and after a move, by page offset and anon_vma. */
#include "benches/families/merge_rules.h"

#include "benches/fixture.h"

uint64_t merge_home(const struct merge_shape *shape)
{
	return shape->sequence == MERGE_ONCE ? shape->destination : shape->source;
}

/*
 * A VMA that has an anon_vma keeps its page offset when it moves (its folios know it), one without
 * gets that of its new place: copy_vma(). A merge needs the offsets to go on, and one anon_vma at most.
 *
 * Once: the offset of a faulted one never goes on at another place. An unfaulted one's does; between
 * two neighbours with an anon_vma each it joins the one below only.
 *
 * Back: it was a part of one VMA, so it had that one's anon_vma (by any page of any part) or none,
 * and its old offset either way. Faulted while it was out, it has the offset of that place for good,
 * unless its VMA had an anon_vma before.
 *
 * A kernel that relocates always gives the moved VMA the offset of its new place, and the anon_vma that
 * a fault would give it there: __anon_vma_prepare() asks the neighbour above first. So it joins any
 * neighbour, but of two with an anon_vma each the one above.
 */
void merge_joins(const struct merge_shape *shape, bool *below, bool *above)
{
	bool joins = true, relocated = shape->always && shape->moved_faulted;

	if (shape->sequence == MERGE_ONCE)
		joins = !shape->moved_faulted || relocated;
	else if (shape->sequence == MERGE_TOUCHED)
		joins = shape->others_faulted || shape->always;
	*below = joins && shape->below;
	*above = joins && shape->above;
	if (shape->sequence != MERGE_ONCE || !*below || !*above || !shape->others_faulted)
		return;
	if (relocated)
		*below = false;
	else
		*above = false;
}

size_t merge_extents(const struct merge_shape *shape, struct extent extents[MERGE_EXTENTS])
{
	uint64_t home = merge_home(shape), end = home + MERGE_PART;
	bool below, above;
	size_t count = 0;

	merge_joins(shape, &below, &above);
	if (shape->restored)
		below = above = false;
	if (shape->dontunmap)
		extents[count++] = (struct extent){ shape->source, shape->source + MERGE_PART };
	if (shape->below && !below)
		extents[count++] = (struct extent){ home - MERGE_PART, home };
	extents[count++] =
		(struct extent){ below ? home - MERGE_PART : home, above ? end + MERGE_PART : end };
	if (shape->above && !above)
		extents[count++] = (struct extent){ end, end + MERGE_PART };
	return count;
}

unsigned int merge_vmas(const struct merge_shape *shape)
{
	bool below, above;

	merge_joins(shape, &below, &above);
	return 1 + shape->below + shape->above - below - above;
}

unsigned int merge_moves(const struct merge_shape *shape)
{
	return shape->sequence == MERGE_BACK ? 2 : 1;
}

/*
 * All parts of a place lie in one PMD. Pages of any of them give it a page table, which stays as long
 * as a VMA is left in the PMD (free_pgtables()).
 */
unsigned int merge_tables(const struct merge_shape *shape)
{
	bool others = shape->below || shape->above;
	bool others_table = others && shape->others_faulted;

	switch (shape->sequence) {
	case MERGE_ONCE:
		return shape->moved_faulted && !others_table;
	case MERGE_BACK:
		if (!shape->moved_faulted && !others_table)
			return 0;
		return others ? 1 : 2;
	case MERGE_TOUCHED:
		return !others_table;
	}
	return 0;
}

bool merge_is_ordinary(const struct merge_shape *shape)
{
	/* A VMA that has an anon_vma, by a page of its own or of those that were one with it. */
	bool faulted = shape->moved_faulted || shape->sequence == MERGE_TOUCHED ||
		       (shape->sequence == MERGE_BACK && shape->others_faulted);

	return !shape->always || !faulted;
}

/* A merge with two neighbours is one. */
unsigned int merge_merges(const struct merge_shape *shape)
{
	bool below, above;

	merge_joins(shape, &below, &above);
	return (below || above) && !shape->restored;
}
