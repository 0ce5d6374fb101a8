/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_rules: what mremap does from which kernel version on, each rule with its function. Models of
 * paths ask here, so that a rule stands in one place. A stable kernel may have a rule earlier than its
 * version says (a backport): where Debian's builds have it so, that is told at the rule.
 */
#ifndef BENCHES_KERNEL_RULES_H
#define BENCHES_KERNEL_RULES_H

#include <stdbool.h>

#include "benches/bench.h"

/*
 * What patches make of a kernel, which its version does not tell: the plan says it, and the fingerprints
 * prove it. Each ablation (configs/kernels/ablations) takes one optimisation out and is named like its trait.
 */
enum kernel_trait {
	TRAIT_NO_MOVE_PMD =
		1 << 0, /* built without CONFIG_HAVE_MOVE_PMD: no page table moves whole */
	TRAIT_NO_MOVE_PUD = 1 << 1, /* … without CONFIG_HAVE_MOVE_PUD: no table of PMDs does */
	TRAIT_NO_REALIGN = 1 << 2, /* a move never begins below its address */
	TRAIT_NO_MULTI_VMA = 1 << 3, /* a call that spans several VMAs is refused */
	TRAIT_RELOCATION = 1 << 4, /* knows MREMAP_RELOCATE_ANON (configs/kernels/relocation) */
	TRAIT_RELOCATES_ALWAYS = 1 << 5, /* … and was booted with mremap_relocate=always */
};
/* "no-move-pmd": 0 where there is no such trait. */
unsigned int kernel_trait_of(const char *word);
/* An agent works for one kernel: all rules below answer for one with these traits, ored. None at first. */
void kernel_traits_set(unsigned int traits);

/* Of uname(2); 0.0 where the release does not begin with a version. */
struct kernel_version kernel_running(void);
bool kernel_since(struct kernel_version kernel, unsigned int major, unsigned int minor);

/* MREMAP_RELOCATE_ANON is known; each move that can be relocated is, with or without it. */
bool kernel_relocates(void);
bool kernel_relocates_always(void);
/* A page table, a table of PMDs, moves whole: move_normal_pmd(), 5.0; move_normal_pud(), 5.11. */
bool kernel_moves_tables(void);
bool kernel_moves_upper_tables(void);
/* move_page_tables() begins at the PMD's boundary where nothing is mapped below: try_realign_addr(), 6.7. */
bool kernel_realigns(struct kernel_version kernel);
/* One call with MREMAP_FIXED and equal lengths moves many VMAs: remap_move(), 6.17. */
bool kernel_moves_many(struct kernel_version kernel);
/* mseal(2), 6.10: a sealed VMA can't be moved, EPERM. */
bool kernel_seals(struct kernel_version kernel);
/*
 * All that speaks against a call is looked at before the destination is unmapped: check_prep_vma()
 * and check_mremap_params(), 6.17. Before, mremap_to() unmaps it first and asks vma_to_resize()
 * (6.15: remap_is_valid()) then: a call that is refused may have lost what was mapped there.
 */
bool kernel_checks_before_unmapping(struct kernel_version kernel);
/*
 * x86 frees page tables by tlb_remove_table() whatever is configured, 6.15. Before, a kernel that runs
 * on no hypervisor of its kind freed them as pages, and flushed once for up to 10,000.
 */
bool kernel_batches_tables(struct kernel_version kernel);
/*
 * A userfaultfd without EVENT_REMAP keeps page tables from moving whole, so that each entry loses its
 * mark: vma_has_uffd_without_event_remap(), asked by move_normal_pmd() and move_normal_pud(), 6.13; by
 * stable updates also in 6.12, which is taken for one that has it. Before, page tables move whole, and
 * the marks stay in them.
 */
bool kernel_moves_watched_entries(struct kernel_version kernel);
/*
 * Older series that are still updated got that too, in an update that the version does not tell:
 * Debian's 6.1.176 has it not, 6.1.192 has it.
 */
bool kernel_may_move_watched_entries(struct kernel_version kernel);
/*
 * How many VMAs short of max_map_count a process must be for a move to a given place. Up to 7.0
 * mremap_to() (6.17: check_mremap_params()) asks for 6, and move_vma() and its kin, for each VMA, for 4.
 * Since 7.1 __check_map_count_against_split() asks for the 4 that a move can really add (since 7.2 for
 * 5 with MREMAP_DONTUNMAP, as if the source were locked), and for 2 for each VMA. Read in 6.1, 6.12,
 * 6.17, 7.2 and 7.3; merge_limit holds every kernel to it, and did so on Debian's 7.0 and 7.1.
 */
struct map_room {
	unsigned int first; /* at the call's beginning */
	unsigned int each; /* for each VMA that it moves */
};
struct map_room kernel_map_room(struct kernel_version kernel, bool dontunmap);
/* Each folio size has its switch under transparent_hugepage/, 6.8. */
bool kernel_has_folio_switches(struct kernel_version kernel);
/*
 * A place that the kernel chooses for anonymous memory of a multiple of 2 MiB, mremap's too, is aligned
 * to the PMD: __get_unmapped_area(), 6.7 (not in 6.1's source, in 6.12's).
 */
bool kernel_aligns_large(struct kernel_version kernel);

#endif
