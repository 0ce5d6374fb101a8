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

/* Can what is in that state be given another index and anon_vma? As docs/relocation.md has it. */
static bool pages_relocatable(enum pages pages)
{
	switch (pages) {
	case PAGES_FORKED: /* the child's VMA finds its pages by the old index */
	case PAGES_PINNED: /* whoever holds the pin may look at either */
	case PAGES_KSM: /* all that share it find it by what it was merged with */
		return false;
	case PAGES_OWNED:
	case PAGES_FORKED_GONE:
	case PAGES_SWAPPED: /* an entry has no index; a page still in the swap cache is as good as mapped */
	case PAGES_NONPRESENT: /* there is no page behind a guard */
	default:
		return true;
	}
}

enum answer relocate_answer(unsigned int flags, enum pages pages, bool filled, bool always)
{
	/* What was never faulted in gets its new index from copy_vma() on any kernel. */
	if (!filled)
		return ANSWER_RELOCATED;
	if (!flags && !always)
		return ANSWER_MOVED;
	if (pages_relocatable(pages))
		return ANSWER_RELOCATED;
	return flags & MREMAP_MUST_RELOCATE_ANON ? ANSWER_REFUSED : ANSWER_MOVED;
}

bool relocate_answers(enum answer answer, int result, bool merges)
{
	switch (answer) {
	case ANSWER_MOVED:
		return result == 0 && !merges;
	case ANSWER_REFUSED:
		return result == EFAULT;
	case ANSWER_RELOCATED:
	default:
		return result == 0 && merges;
	}
}
