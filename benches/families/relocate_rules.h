/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * relocate_rules: what MREMAP_RELOCATE_ANON and MREMAP_MUST_RELOCATE_ANON have to answer, by what is
 * known of the pages. Pure: the flags are in no released kernel, so the table itself is what is tested.
 */
#ifndef BENCHES_RELOCATE_RULES_H
#define BENCHES_RELOCATE_RULES_H

#include <stdbool.h>

/* Of the published series; each works alone, with MREMAP_MAYMOVE. No released kernel knows them. */
#define MREMAP_RELOCATE_ANON 8u
#define MREMAP_MUST_RELOCATE_ANON 16u

/* The state that one or all of the moved pages are in. */
enum pages {
	PAGES_OWNED, /* all mapped by this process alone */
	PAGES_FORKED, /* all shared with a child that lives */
	PAGES_FORKED_GONE, /* all were, and the child has ended */
	PAGES_PINNED, /* the last one, for as long as a device might want it */
	PAGES_SWAPPED, /* the last one is in swap */
	PAGES_NONPRESENT, /* the last one is a guard: an entry without a page */
	PAGES_KSM, /* the last one is one with its twin elsewhere */
	PAGES_KINDS
};

/* "owned", "forked" …, in the order above; false for anything else. */
bool pages_parse(const char *word, enum pages *pages);

enum answer {
	ANSWER_MOVED, /* an ordinary move: what was faulted in doesn't merge with new neighbours */
	ANSWER_RELOCATED, /* moved, and as if first faulted at the new place: it merges */
	ANSWER_REFUSED, /* EFAULT, and nothing has changed */
};

/*
 * filled: is any page of the moved range there? flags: none, one of the two, or both, which is MUST.
 * always: the kernel was booted with mremap_relocate=always, and takes none for MREMAP_RELOCATE_ANON.
 */
enum answer relocate_answer(unsigned int flags, enum pages pages, bool filled, bool always);

/*
 * Is an answer of that call in order? result: mremap's, as 0 for success or a positive errno; merges:
 * what was moved does (of a success).
 */
bool relocate_answers(enum answer answer, int result, bool merges);

#endif
