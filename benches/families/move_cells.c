// SPDX-License-Identifier: GPL-2.0-only
/* move_cells: the places of moves, and the rules that say which of all combinations are measured. */
#include "benches/families/move_cells.h"

#include <string.h>

#include "benches/cell.h"
#include "benches/folios.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Bits of struct align_place. */
enum {
	DOWN = 1, /* the source lies above the destination */
	NEAR = 2, /* the destination begins where the source ends (with DOWN: ends where it begins) */
	LOW_SOURCE = 4, /* a neighbour's page at the start of the source's first PMD */
	LOW_DESTINATION = 8,
	INSIDE = 16, /* the VMA begins at the start of the source's first PMD */
	MAIN = 32, /* over all sizes, fills, folios and types */
};

#define MIDDLE (PMD_BYTES / 2)
#define LAST (PMD_BYTES - PAGE_BYTES)

/*
 * Where source and destination lie in their PMDs. The PMDs themselves have different places in their
 * PUDs, so that only align=pud is aligned to the PUD at both ends.
 */
static const struct align_place {
	const char *name;
	uint64_t source, destination;
	unsigned int bits;
} align_places[] = {
	{ "pud", 0, 0, 0 },
	{ "pmd", 0, 0, MAIN },
	{ "mutual", MIDDLE, MIDDLE, MAIN },
	{ "unaligned", 0, PAGE_BYTES, MAIN },
	{ "mutual_low_src", MIDDLE, MIDDLE, LOW_SOURCE },
	{ "mutual_low_dst", MIDDLE, MIDDLE, LOW_DESTINATION },
	{ "mutual_inside", MIDDLE, MIDDLE, INSIDE },
	{ "mutual_short", MIDDLE, MIDDLE, 0 },
	{ "unaligned_end", 0, LAST, 0 },
	{ "pmd_down", 0, 0, DOWN },
	{ "mutual_down", MIDDLE, MIDDLE, DOWN },
	{ "unaligned_down", 0, PAGE_BYTES, DOWN },
	{ "near_up", MIDDLE, 0, NEAR },
	{ "near_down", MIDDLE, 0, NEAR | DOWN },
};

static const struct align_place *align_place(const struct cell *cell)
{
	const char *name = cell_value(cell, "align");
	size_t i = 0;

	while (i + 1 < COUNT(align_places) && strcmp(align_places[i].name, name) != 0)
		i++;
	return &align_places[i];
}

void move_place(const struct cell *cell, struct move_place *place)
{
	const struct align_place *align = align_place(cell);
	bool down = align->bits & DOWN, pud = cell_is(cell, "align", "pud");
	uint64_t low = WINDOW_SOURCE + (pud ? 0 : PMD_BYTES);
	uint64_t high = WINDOW_DESTINATION + (pud ? 0 : 3 * PMD_BYTES);
	struct region *region = &place->region;

	*place = (struct move_place){ 0 };
	region->length = cell_bytes(cell, "size");
	folio_parse(cell_value(cell, "folio"), &region->folio, &region->mapping);
	fill_parse(cell_value(cell, "fill"), &region->fill);
	memory_parse(cell_value(cell, "type"), &region->memory);
	region->seed = region->length;
	if (align->bits & NEAR) {
		low += align->source;
		high = low + region->length;
	} else {
		low += down ? align->destination : align->source;
		high += down ? align->source : align->destination;
	}
	region->address = down ? high : low;
	place->destination = down ? low : high;
	place->outer = region->address;
	if (align->bits & INSIDE)
		place->outer -= align->source;
	if (align->bits & (INSIDE | LOW_SOURCE))
		place->neighbour = region->address - align->source;
	if (align->bits & LOW_DESTINATION)
		place->neighbour = place->destination - align->destination;
	place->source_shared = align->bits & (INSIDE | LOW_SOURCE);
	place->destination_shared = align->bits & LOW_DESTINATION;
}

struct move_shape move_shape(const struct move_place *place)
{
	const struct region *region = &place->region;
	struct move_shape shape = { .region = region,
				    .destination = place->destination,
				    .lonely = !place->neighbour,
				    .source_shared = place->source_shared,
				    .destination_shared = place->destination_shared };

	if (place->outer != region->address) {
		shape.vma_start = place->outer;
		shape.floor = region->address; /* the rest of the VMA stays */
	} else if (place->source_shared) {
		shape.floor = place->neighbour + PAGE_BYTES;
	}
	return shape;
}

static void extent_add(struct extent *extents, size_t *count, uint64_t start, uint64_t end)
{
	size_t at = (*count)++;

	for (; at > 0 && extents[at - 1].start > start; at--)
		extents[at] = extents[at - 1];
	extents[at] = (struct extent){ start, end };
}

size_t move_extents(const struct move_place *place, bool moved, struct extent extents[MOVE_EXTENTS])
{
	const struct region *region = &place->region;
	size_t count = 0;

	if (place->neighbour && place->neighbour != place->outer)
		extent_add(extents, &count, place->neighbour, place->neighbour + PAGE_BYTES);
	if (!moved)
		extent_add(extents, &count, place->outer, region->address + region->length);
	else if (place->outer != region->address)
		extent_add(extents, &count, place->outer, region->address);
	if (moved)
		extent_add(extents, &count, place->destination,
			   place->destination + region->length);
	return count;
}

bool move_is_undone_by_moving_back(const struct move_place *place)
{
	const struct move_shape shape = move_shape(place);
	/* Splitting is the same on every kernel version: 0.0 will do. */
	struct path path = path_of_move(&shape, (struct kernel_version){ 0, 0 });
	enum fill_shape fill = place->region.fill.shape;
	bool offset = (place->region.address - place->destination) % PMD_BYTES;

	if (path.splits)
		return false;
	return fill == FILL_ALL || !(place->destination_shared || (fill != FILL_NONE && offset));
}

/* How many of fill, folio and type differ from the base case: full or empty, 4 KiB, anonymous. */
static int move_variations(const struct cell *cell)
{
	return (!cell_is(cell, "fill", "0") && !cell_is(cell, "fill", "100")) +
	       !cell_is(cell, "folio", "4K") + !cell_is(cell, "type", "anon");
}

static bool move_varied_twice(const struct cell *cell)
{
	return move_variations(cell) > 1;
}

static bool move_no_folio(const struct cell *cell)
{
	return !cell_is(cell, "folio", "4K") && cell_is(cell, "fill", "0");
}

static bool move_pud_small(const struct cell *cell)
{
	return cell_is(cell, "align", "pud") && cell_bytes(cell, "size") < PUD_BYTES;
}

static bool move_mutual_short(const struct cell *cell)
{
	const struct align_place *align = align_place(cell);

	return align->source && align->source == align->destination &&
	       (cell_bytes(cell, "size") < MIDDLE) != cell_is(cell, "align", "mutual_short");
}

/* The one size at which realignment leaves no PTE to move. */
static bool move_three(const struct cell *cell)
{
	const struct align_place *align = align_place(cell);

	return cell_is(cell, "size", "3M") && !(align->source && align->destination);
}

static bool size_is_among(const struct cell *cell, const char *const *sizes)
{
	for (; *sizes; sizes++)
		if (cell_is(cell, "size", *sizes))
			return true;
	return false;
}

static bool move_aside(const struct cell *cell)
{
	static const char *const aside[] = { "4K", "64K", "512K", "2M", "3M", "32M", NULL };
	const struct align_place *align = align_place(cell);

	if (align->bits & MAIN || cell_is(cell, "align", "pud"))
		return false;
	return move_variations(cell) || !size_is_among(cell, aside) ||
	       (align->bits & DOWN && !(align->bits & NEAR) && cell_bytes(cell, "size") < MIDDLE);
}

static bool move_huge(const struct cell *cell)
{
	bool whole = cell_is(cell, "align", "pud") || cell_is(cell, "align", "pmd");

	return cell_is(cell, "size", "2G") &&
	       (!whole || move_variations(cell) || cell_is(cell, "fill", "0"));
}

static bool move_fill_size(const struct cell *cell)
{
	bool pattern = !cell_is(cell, "fill", "0") && !cell_is(cell, "fill", "100");
	bool large = cell_is(cell, "size", "256M") && !cell_is(cell, "align", "mutual") &&
		     (cell_is(cell, "fill", "pmd1") || cell_is(cell, "fill", "50random"));

	return pattern && !large && !cell_is(cell, "size", "32M");
}

/* Without folios of 2 MiB by PMD: those have their own page-table entries, and so all sizes. */
static bool move_folio_size(const struct cell *cell)
{
	bool small = cell_is(cell, "size", "2M") &&
		     (cell_is(cell, "align", "unaligned") || cell_is(cell, "folio", "2Mptes") ||
		      cell_is(cell, "folio", "2Mhalf"));

	return !cell_is(cell, "folio", "4K") && !cell_is(cell, "folio", "2M") && !small &&
	       !cell_is(cell, "size", "32M");
}

static bool move_thp_size(const struct cell *cell)
{
	static const char *const sizes[] = { "2M", "3M", "32M", "1G", NULL };

	return cell_is(cell, "folio", "2M") && !size_is_among(cell, sizes);
}

static bool move_folio_fits_not(const struct cell *cell)
{
	struct move_place place;

	if (cell_is(cell, "folio", "4K"))
		return false;
	move_place(cell, &place);
	return !region_folio_count(&place.region);
}

static bool move_type_size(const struct cell *cell)
{
	bool cheap = cell_is(cell, "type", "shmem") || cell_is(cell, "type", "hugetlb");
	bool whole = cell_is(cell, "align", "pud") || cell_is(cell, "align", "pmd");
	bool empty = cell_is(cell, "fill", "0");

	if (cell_is(cell, "type", "anon") || cell_is(cell, "size", "32M"))
		return false;
	if (cell_is(cell, "size", "2M"))
		return empty;
	return !cell_is(cell, "size", "1G") || !cheap || !whole || empty;
}

static bool move_hugetlb_align(const struct cell *cell)
{
	return cell_is(cell, "type", "hugetlb") &&
	       !(cell_is(cell, "align", "pmd") || cell_is(cell, "align", "pud"));
}

/* Those that exclude most come first: a family has far more points than cells. */
const struct rule move_rules[] = {
	{ move_varied_twice,
	  "sparse fills, folio sizes and kinds of memory vary one at a time, each "
	  "from full or empty anonymous memory of 4 KiB pages" },
	{ move_no_folio, "a folio size is a property of pages, and there are none" },
	{ move_aside,
	  "alignments that block, shorten, turn or bring close a move are told apart by "
	  "full and empty memory of 4 KiB pages, up to 32 MiB; moves down from 2 MiB on" },
	{ move_pud_small, "alignment to the PUD says nothing of less than a PUD" },
	{ move_mutual_short,
	  "mutual alignment needs the rest of the first PMD, and mutual_short is "
	  "what has less" },
	{ move_three, "3 MiB from +1 MiB end on a PMD: a size for mutual alignment only" },
	{ move_huge,
	  "2 GiB are for the moves by PUD and by PMD of 4 KiB pages: others grow with the "
	  "size as they do to 1 GiB" },
	{ move_fill_size, "sparse fills are told apart at 32 MiB, two of them at 256 MiB" },
	{ move_folio_size,
	  "folios below 2 MiB and those mapped by PTEs move by page tables or PTEs: "
	  "32 MiB, and 2 MiB where it splits a PMD, tell them apart" },
	{ move_thp_size,
	  "folios of 2 MiB: one of them, one beside small pages, 16, and a PUD full" },
	{ move_folio_fits_not, "no folio of that size fits at that place" },
	{ move_type_size, "kinds of memory are told apart at 2 MiB (full) and 32 MiB; shmem and "
			  "hugetlb also by a whole PUD" },
	{ move_hugetlb_align, "hugetlb moves in its own pages of 2 MiB: elsewhere it is refused" },
	{ NULL, NULL },
};
