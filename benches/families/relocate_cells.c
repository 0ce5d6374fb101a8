// SPDX-License-Identifier: GPL-2.0-only
/* relocate_cells: reads a cell's parameters; says which combinations mean nothing, or nothing new. */
#include "benches/families/relocate_cells.h"

#include "base/text.h"
#include "benches/cell.h"
#include "benches/folios.h"

void relocation_of(const struct cell *cell, struct relocation *what)
{
	struct region *region = &what->region;
	uint64_t flags = 0;

	*what = (struct relocation){ 0 };
	number_parse(cell_value(cell, "flags"), &flags);
	what->flags = (unsigned int)flags;
	pages_parse(cell_value(cell, "pages"), &what->pages);
	what->straddles = cell_is(cell, "folio", "2Mstraddle");
	what->neighbours = cell_is(cell, "beside", "neighbours");
	what->source = WINDOW_SOURCE + PMD_BYTES;
	what->destination = WINDOW_DESTINATION + 3 * PMD_BYTES;
	what->length = cell_bytes(cell, "size");
	region->address = what->source;
	region->length = what->length;
	region->folio = FOLIO_2M;
	if (what->straddles) {
		/* From the middle of the first folio to the middle of one more than fit. */
		region->length += PMD_BYTES;
		what->source += PMD_BYTES / 2;
		what->destination += PMD_BYTES / 2;
	} else {
		folio_parse(cell_value(cell, "folio"), &region->folio, &region->mapping);
	}
	fill_parse(cell_value(cell, "fill"), &region->fill);
	region->seed = region->length;
}

static bool relocate_no_folio(const struct cell *cell)
{
	struct relocation what;

	relocation_of(cell, &what);
	return what.region.folio != FOLIO_4K &&
	       (what.region.fill.shape != FILL_ALL || what.length < PMD_BYTES);
}

static bool relocate_sparse_page(const struct cell *cell)
{
	return cell_is(cell, "fill", "50stride") && cell_is(cell, "size", "4K");
}

static bool relocate_state_plain(const struct cell *cell)
{
	return !cell_is(cell, "pages", "owned") && cell_is(cell, "beside", "nothing");
}

static bool relocate_state_filled(const struct cell *cell)
{
	return !cell_is(cell, "pages", "owned") &&
	       (!cell_is(cell, "fill", "100") || cell_is(cell, "size", "4K"));
}

static bool relocate_state_folio(const struct cell *cell)
{
	bool one = cell_is(cell, "pages", "swapped") || cell_is(cell, "pages", "nonpresent") ||
		   cell_is(cell, "pages", "ksm");

	return !cell_is(cell, "pages", "owned") && !cell_is(cell, "folio", "4K") &&
	       (one || !cell_is(cell, "folio", "2M"));
}

static bool relocate_ksm_large(const struct cell *cell)
{
	return cell_is(cell, "pages", "ksm") && cell_is(cell, "size", "32M");
}

static bool relocate_neighbours_few(const struct cell *cell)
{
	return cell_is(cell, "beside", "neighbours") && cell_is(cell, "pages", "owned") &&
	       (!cell_is(cell, "size", "2M") || cell_is(cell, "fill", "50stride") ||
		!(cell_is(cell, "folio", "4K") || cell_is(cell, "folio", "2M")));
}

static bool relocate_both_plain(const struct cell *cell)
{
	return cell_is(cell, "flags", "24") &&
	       !(cell_is(cell, "size", "2M") && cell_is(cell, "fill", "100") &&
		 cell_is(cell, "folio", "4K") && cell_is(cell, "beside", "neighbours") &&
		 (cell_is(cell, "pages", "owned") || cell_is(cell, "pages", "pinned")));
}

const struct rule relocate_rules[] = {
	{ relocate_no_folio, "a folio size is a property of pages: none there, or none fits" },
	{ relocate_sparse_page, "half of one page is none" },
	{ relocate_state_plain,
	  "only neighbours that merge or don't tell what came of such pages" },
	{ relocate_state_filled,
	  "the state of pages that are not there, or of a range that is one" },
	{ relocate_state_folio, "one small page can be swapped, a guard or merged, not a part of a "
				"folio; and one large folio says what the others do" },
	{ relocate_ksm_large, "a scan of 32 MiB by KSM says no more than one of 2 MiB" },
	{ relocate_neighbours_few, "merging costs the same whatever the size: 2 MiB show it" },
	{ relocate_both_plain, "both flags together follow the rule of 16: a success and a refusal "
			       "show it" },
	{ NULL, NULL },
};
