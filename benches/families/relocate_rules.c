// SPDX-License-Identifier: GPL-2.0-only
/* relocate_rules: the table of answers. */
#include "benches/families/relocate_rules.h"

#include <errno.h>
#include <string.h>

static const char *const pages_words[PAGES_KINDS] = {
	[PAGES_OWNED] = "owned",   [PAGES_FORKED] = "forked",	[PAGES_FORKED_GONE] = "forked_gone",
	[PAGES_PINNED] = "pinned", [PAGES_SWAPPED] = "swapped", [PAGES_NONPRESENT] = "nonpresent",
	[PAGES_KSM] = "ksm",
};

bool pages_parse(const char *word, enum pages *pages)
{
	for (unsigned int i = 0; i < PAGES_KINDS; i++)
		if (strcmp(word, pages_words[i]) == 0) {
			*pages = (enum pages)i;
			return true;
		}
	return false;
}

/* Can what is in that state be given another index and anon_vma? */
static enum answer pages_answer(enum pages pages)
{
	switch (pages) {
	case PAGES_OWNED:
	case PAGES_FORKED_GONE:
		return ANSWER_RELOCATED;
	case PAGES_FORKED: /* the child's VMA finds its pages by the old index */
	case PAGES_PINNED: /* whoever holds the pin may look at either */
		return ANSWER_REFUSED;
	/*
	 * Entries without a page have no index to change, unless the page is still in the swap cache;
	 * prep_move_vma() breaks KSM pages before anything is moved. So these may work, or be refused.
	 */
	case PAGES_SWAPPED:
	case PAGES_NONPRESENT:
	case PAGES_KSM:
	default:
		return ANSWER_EITHER;
	}
}

enum answer relocate_answer(unsigned int flags, enum pages pages, bool filled)
{
	enum answer answer;

	/* What was never faulted in gets its new index from copy_vma() on any kernel. */
	if (!filled)
		return ANSWER_RELOCATED;
	if (!flags)
		return ANSWER_MOVED;
	answer = pages_answer(pages);
	if (answer == ANSWER_REFUSED && !(flags & MREMAP_MUST_RELOCATE_ANON))
		return ANSWER_MOVED;
	return answer;
}

bool relocate_answers(enum answer answer, unsigned int flags, int result, bool merges)
{
	switch (answer) {
	case ANSWER_MOVED:
		return result == 0 && !merges;
	case ANSWER_RELOCATED:
		return result == 0 && merges;
	case ANSWER_REFUSED:
		return result == EFAULT;
	case ANSWER_EITHER:
	default:
		/* MUST says by its errno what RELOCATE alone says by the VMAs. */
		if (flags & MREMAP_MUST_RELOCATE_ANON)
			return result == EFAULT || (result == 0 && merges);
		return result == 0;
	}
}
